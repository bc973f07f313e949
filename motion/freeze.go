package motion

import (
	"time"
	"unicode/utf8"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// MaxReason bounds why a motion was frozen or opened again, in characters.
const MaxReason = 200

// A Halt is who last froze a motion or opened it again.
type Halt struct {
	By     string // Person.ID, "" the house, or nobody so far
	At     time.Time
	Reason string // "" none, or erased since
}

const (
	kindFrozen = "motion.frozen"
	// The reason is a fact of its own: it is a person's words, and can be erased
	// without the text being opened again.
	kindFrozenReason = "motion.frozen.reason"
)

type frozenData struct {
	Frozen bool `cbor:"frozen"`
}

type frozenReasonData struct {
	Reason string `cbor:"reason"`
}

// Freeze says that nobody writes in the motion any more, or that one may again,
// and why. Rapporteurs and staff may, and the house, which gives no reason. A
// motion that is so already stays as it is.
func Freeze(tx *ledger.Tx, id string, frozen bool, reason string) error {
	m, err := writable(tx, id)
	if err != nil {
		return err
	}
	reason = consult.OneLine(reason)
	if n := utf8.RuneCountInString(reason); n > MaxReason || n == 0 && tx.Actor != "" {
		return &consult.FieldError{Field: "motif", Problem: "Dites pourquoi en 200 caractères au plus, par exemple «" + nnbsp + "Le texte est remis à la séance de jeudi" + nnbsp + "»."}
	}
	if m.Frozen == frozen {
		return nil
	}
	tx.Emit(kindFrozen, 1, id, frozenData{frozen})
	if reason != "" {
		tx.Emit(kindFrozenReason, 1, id, frozenReasonData{reason})
	}
	return nil
}

// ReadFrozen reads what Freeze said first. It is false of another fact.
func ReadFrozen(f *store.Fact) (frozen, ok bool) {
	var d frozenData
	if f.Kind != kindFrozen || !read(f, &d) {
		return false, false
	}
	return d.Frozen, true
}

// applyFrozen folds a fact about freezing.
func (s *State) applyFrozen(f *store.Fact) {
	if f.Kind == kindFrozen {
		if frozen, ok := ReadFrozen(f); ok {
			s.change(f.Subject, func(m *Motion) { m.Frozen, m.Halt = frozen, Halt{By: f.Actor, At: f.At()} })
		}
		return
	}
	s.words[f.Actor] = append(s.words[f.Actor], f.Seq)
	var d frozenReasonData
	if read(f, &d) {
		s.change(f.Subject, func(m *Motion) { m.Halt.Reason = d.Reason })
	}
}
