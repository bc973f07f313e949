package consult

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// MaxText is the length of a contribution, in characters.
const MaxText = 20_000

// A Source is the way by which a contribution came.
type Source string

// The sources.
const (
	FromForm    Source = "formulaire"
	FromImport  Source = "import"
	FromMeeting Source = "rencontre"
)

// A Version is a contribution's text as its author left it.
type Version struct {
	Text string
	At   time.Time
}

// A Contribution is what one élu wrote on one axis. Never changed once folded.
type Contribution struct {
	ID       string
	Edition  string
	Author   string // Person.ID; "" unknown
	Axis     string // Axis.ID; "" when it came without one
	Question string // of the file that it came from, where that is none of the edition's axes
	Source   Source
	Meeting  string    // Meeting.ID when it was said there
	Origin   string    // the file or form that it came from
	External string    // its identifier there
	Versions []Version // the first has number 1; never empty unless erased
	Supports []string  // Person.ID of those who support it, in time
	Hidden   string    // why staff hid it; "" when it is shown
	Erased   bool
	Seq      uint64 // of the fact that brought it
}

// Under is the title of the axis that c is on, else the question that it answers; ""
// where it came without any.
func (e *Edition) Under(c *Contribution) string {
	a, _ := e.Axis(c.Axis)
	return cmp.Or(a.Title, c.Question)
}

// said is whether a version of c has this text.
func (c *Contribution) said(text string) bool {
	return slices.ContainsFunc(c.Versions, func(v Version) bool { return v.Text == text })
}

// Text is the newest version's.
func (c *Contribution) Text() string {
	if len(c.Versions) == 0 {
		return ""
	}
	return c.Versions[len(c.Versions)-1].Text
}

// Version is the number of the newest version.
func (c *Contribution) Version() int { return len(c.Versions) }

// At is when it came, zero when erased.
func (c *Contribution) At() time.Time {
	if len(c.Versions) == 0 {
		return time.Time{}
	}
	return c.Versions[0].At
}

type contributionData struct {
	Edition  string `cbor:"edition"`
	Author   string `cbor:"author"`
	Axis     string `cbor:"axis"`
	Source   Source `cbor:"source"`
	Meeting  string `cbor:"meeting,omitempty"`
	Origin   string `cbor:"origin,omitempty"`
	External string `cbor:"external,omitempty"`
	Question string `cbor:"question,omitempty"`
	Text     string `cbor:"text"`
}

type revisionData struct {
	Text string `cbor:"text"`
}

type hiddenData struct {
	Reason string `cbor:"reason"`
}

const (
	kindSubmitted   = "contribution.submitted"
	kindRevised     = "contribution.revised"
	kindSupported   = "contribution.supported"
	kindUnsupported = "contribution.unsupported"
	kindHidden      = "contribution.hidden"
	kindShown       = "contribution.shown"
)

// Submit keeps what the actor wrote on an axis of an edition. Errors:
// ErrForbidden (not an élu), ErrNotOpen, ErrOver, a FieldError on the text.
func Submit(tx *ledger.Tx, edition, axis, text string) (id string, err error) {
	s := ledger.Of[*State](tx)
	e := s.editions[edition]
	if e == nil {
		return "", ErrNotFound
	}
	if r := s.Role(tx.Actor); r != Elu && r != Rapporteur {
		return "", ErrForbidden
	}
	if err := e.Window(tx.Now); err != nil {
		return "", err
	}
	a, ok := e.Axis(axis)
	if !ok {
		return "", bad("axe", "Choisissez la question à laquelle vous répondez.")
	}
	if text, err = CleanText(text); err != nil {
		return "", err
	}
	id = store.NewID()
	tx.Emit(kindSubmitted, 1, id, contributionData{Edition: edition, Author: tx.Actor, Axis: a.ID, Source: FromForm, Text: text})
	return id, nil
}

// Revise keeps a new version of the actor's own contribution, while the
// window is open.
func Revise(tx *ledger.Tx, id, text string) error {
	s := ledger.Of[*State](tx)
	if err := s.MayRevise(tx.Actor, id); err != nil {
		return err
	}
	c := s.contributions[id]
	if err := s.editions[c.Edition].Window(tx.Now); err != nil {
		return err
	}
	text, err := CleanText(text)
	if err != nil {
		return err
	}
	if text != c.Text() {
		tx.Emit(kindRevised, 1, id, revisionData{text})
	}
	return nil
}

// Support adds the actor's support, or takes it back. Nobody supports their
// own words.
func Support(tx *ledger.Tx, id string, yes bool) error {
	s := ledger.Of[*State](tx)
	c := s.contributions[id]
	if c == nil || c.Erased || c.Hidden != "" {
		return ErrNotFound
	}
	if r := s.Role(tx.Actor); r != Elu && r != Rapporteur || c.Author == tx.Actor || !s.MayRead(s.editions[c.Edition], tx.Actor) {
		return ErrForbidden
	}
	if err := s.editions[c.Edition].Window(tx.Now); err != nil {
		return err
	}
	switch has := slices.Contains(c.Supports, tx.Actor); {
	case yes && !has:
		tx.Emit(kindSupported, 1, id, struct{}{})
	case !yes && has:
		tx.Emit(kindUnsupported, 1, id, struct{}{})
	}
	return nil
}

// Hide takes a contribution out of what others read, with a reason that its
// author sees; an empty reason shows it again. Only staff may.
func Hide(tx *ledger.Tx, id, reason string) error {
	s := ledger.Of[*State](tx)
	c := s.contributions[id]
	if s.Role(tx.Actor) != Staff {
		return ErrForbidden
	}
	if c == nil || c.Erased {
		return ErrNotFound
	}
	switch reason = OneLine(reason); {
	case reason == "" && c.Hidden != "":
		tx.Emit(kindShown, 1, id, struct{}{})
	case reason != "" && utf8.RuneCountInString(reason) > 500:
		return bad("motif", "Le motif tient en 500 caractères.")
	case reason != "" && reason != c.Hidden:
		tx.Emit(kindHidden, 1, id, hiddenData{reason})
	}
	return nil
}

// Contribution returns nil when there is none.
func (s *State) Contribution(id string) *Contribution { return s.contributions[id] }

// A Query selects contributions. The zero Query selects all that are shown.
type Query struct {
	Edition, Axis, Author string
	Hidden                bool // hidden ones too
}

// Contributions returns those that q selects, the newest first.
func (s *State) Contributions(q Query) (found []*Contribution) {
	for _, id := range slices.Backward(s.order[q.Edition]) {
		c := s.contributions[id]
		if c.Erased || c.Hidden != "" && !q.Hidden || q.Axis != "" && c.Axis != q.Axis || q.Author != "" && c.Author != q.Author {
			continue
		}
		found = append(found, c)
	}
	return found
}

// Holding returns those of found whose text holds all of the words, accents and
// case aside. It reads every text: call it outside of a reading of the ledger,
// for which commits wait.
func Holding(found []*Contribution, words string) []*Contribution {
	sought := strings.Fields(fold(words))
	if len(sought) == 0 {
		return found
	}
	var out []*Contribution
	for _, c := range found {
		text := fold(c.Text())
		if !slices.ContainsFunc(sought, func(w string) bool { return !strings.Contains(text, w) }) {
			out = append(out, c)
		}
	}
	return out
}
