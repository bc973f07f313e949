package motion

import (
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// Errors of the rules, beside consult.ErrForbidden and consult.ErrNotFound.
var (
	ErrFrozen = errors.New("motion: frozen")                   // nobody writes in it any more
	ErrStale  = errors.New("motion: made from an older state") // make it again

	ErrUnchanged   = errors.New("motion: the newest version says the same") // nothing to publish
	ErrUnread      = errors.New("motion: the text is not the one that was read")
	ErrUnconfirmed = errors.New("motion: grave things are to be reviewed") // see [Review.Grave]
)

// MayEdit is whether the person may write motions: rapporteurs and staff may.
func MayEdit(people *consult.State, person string) bool {
	r := people.Role(person)
	return r == consult.Rapporteur || r == consult.Staff
}

// MayRead is whether the person ("" a visitor) may read a version of a
// motion; version 0 is the draft, which only those who may write it read.
func MayRead(people *consult.State, m *Motion, version int, person string) bool {
	if version == 0 {
		return MayEdit(people, person)
	}
	return m.Version(version) != nil
}

// Rights says what a person may do with the shared text, and in French why
// not more.
func Rights(people *consult.State, m *Motion, person string) (read, write bool, reason string) {
	switch {
	case m == nil:
		return false, false, "Cette motion n’existe pas."
	case !MayEdit(people, person):
		return false, false, "Le texte en cours d’écriture est réservé aux rapporteur·es et à l’équipe."
	case m.Frozen:
		return true, false, "Cette motion est figée" + nbsp + ": elle se lit mais ne se modifie plus."
	}
	return true, true, ""
}

// Open begins a motion. Rapporteurs and staff may, and the system. Its text
// is written afterwards, see [Draft].
func Open(tx *ledger.Tx, edition, title string, themes []string) (id string, err error) {
	people := ledger.Of[*consult.State](tx)
	if !mayAct(people, tx.Actor) {
		return "", consult.ErrForbidden
	}
	if people.Edition(edition) == nil {
		return "", consult.ErrNotFound
	}
	title = consult.OneLine(title)
	if title == "" || utf8.RuneCountInString(title) > 200 {
		return "", &consult.FieldError{Field: "titre", Problem: "Donnez à la motion un titre de 200 caractères au plus."}
	}
	if len(themes) > 1000 {
		return "", &consult.FieldError{Field: "thèmes", Problem: "Une motion part de 1" + nnbsp + "000 thèmes au plus."}
	}
	id = store.NewID()
	tx.Emit(kindOpened, 1, id, openedData{edition, title, themes})
	return id, nil
}

// Snapshotted notes a checkpoint of the shared text. Only the system does.
func Snapshotted(tx *ledger.Tx, id string, number uint64, hash store.Hash) error {
	m := ledger.Of[*State](tx).Motion(id)
	switch {
	case tx.Actor != "":
		return consult.ErrForbidden
	case m == nil:
		return consult.ErrNotFound
	case m.Snapshot.Number < number:
		tx.Emit(kindSnapshot, 1, id, snapshotData{number, hash})
	}
	return nil
}

// A Release is what becomes a version.
type Release struct {
	Version int // the number that its document bears
	Blob    string
	Hash    store.Hash
	Head    store.Head
	Cites   []string // contributions, sorted
	Annexed []string // those that only the annex names, sorted
	Refused error    // why nobody may publish it as it is: ErrUnchanged, ErrUnread, ErrUnconfirmed; nil one may
}

// Publish makes a version known; [Publisher.Publish] prepares and calls it.
// ErrStale: another version was published, or something it names was erased,
// since it was made. ErrUnchanged, ErrUnread, ErrUnconfirmed: r says so.
func Publish(tx *ledger.Tx, id string, r Release) error {
	m, err := writable(tx, id)
	if err != nil {
		return err
	}
	if r.Version != len(m.Versions)+1 {
		return fmt.Errorf("%w: version %d is not the next", ErrStale, r.Version)
	}
	if gone := erasedOf(ledger.Of[*consult.State](tx), r.Cites, r.Annexed); len(gone) > 0 {
		return fmt.Errorf("%w: it names what was erased", ErrStale)
	}
	if r.Refused != nil {
		return r.Refused
	}
	tx.Emit(kindPublished, 1, id, publishedData{r.Version, r.Blob, r.Hash, r.Head.Seq, r.Head.Hash, r.Cites, r.Annexed})
	return nil
}

// Redacted says that a version was written again without words that were
// erased. Only the system does. ErrStale: another was faster.
func Redacted(tx *ledger.Tx, id string, old string, r Release) error {
	m := ledger.Of[*State](tx).Motion(id)
	if tx.Actor != "" {
		return consult.ErrForbidden
	}
	if m == nil || m.Version(r.Version) == nil {
		return consult.ErrNotFound
	}
	if m.Version(r.Version).Blob != old || len(erasedOf(ledger.Of[*consult.State](tx), r.Cites, r.Annexed)) > 0 {
		return ErrStale
	}
	tx.Emit(kindRedacted, 1, id, redactedData{r.Version, old, r.Blob, r.Hash, r.Cites, r.Annexed})
	return nil
}

func writable(tx *ledger.Tx, id string) (*Motion, error) {
	if !mayAct(ledger.Of[*consult.State](tx), tx.Actor) {
		return nil, consult.ErrForbidden
	}
	m := ledger.Of[*State](tx).Motion(id)
	if m == nil {
		return nil, consult.ErrNotFound
	}
	return m, nil
}

// mayAct: the system (actor "") may for the command line.
func mayAct(people *consult.State, actor string) bool { return actor == "" || MayEdit(people, actor) }

// erasedOf returns those contributions that were erased.
func erasedOf(people *consult.State, contributions ...[]string) (gone []string) {
	for _, list := range contributions {
		for _, id := range list {
			if c := people.Contribution(id); c != nil && c.Erased {
				gone = append(gone, id)
			}
		}
	}
	return slices.Clip(gone)
}
