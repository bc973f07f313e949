package consult

import (
	"cmp"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // Europe/Paris must be known on the smallest machine
	"unicode/utf8"

	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// Readers says who may read the contributions of an edition.
type Readers string

// Who may read.
const (
	ReadPublic Readers = "public" // anybody
	ReadElus   Readers = "élus"   // whoever is accredited
	ReadStaff  Readers = "équipe" // staff and rapporteurs; an élu reads their own
)

// An Axis is a question put to the élus.
type Axis struct {
	ID       string `cbor:"id"`
	Title    string `cbor:"title"`
	Question string `cbor:"question"`
}

// An Edition is one congress. Never changed once folded.
type Edition struct {
	ID      string
	Title   string
	Axes    []Axis
	Opens   time.Time // the window's first instant
	Closes  time.Time // the first instant after it
	Readers Readers
	Names   NameRule
	Licence string // of what is public
}

type editionData struct {
	Title   string   `cbor:"title"`
	Axes    []Axis   `cbor:"axes"`
	Opens   string   `cbor:"opens"` // local wall time in Europe/Paris: 2006-01-02T15:04
	Closes  string   `cbor:"closes"`
	Readers Readers  `cbor:"readers"`
	Names   NameRule `cbor:"names"`
	Licence string   `cbor:"licence"`
}

const kindEdition = "edition.opened" // also when staff change it
const wall = "2006-01-02T15:04"

// Paris is where the congress' clock hangs.
var Paris = func() *time.Location {
	l, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		panic(err) // time/tzdata is embedded
	}
	return l
}()

// ParseWall reads a local wall time in Europe/Paris, as a form's
// datetime-local field or a date sends it.
func ParseWall(s string) (time.Time, error) {
	s = strings.TrimSpace(s)
	for _, layout := range []string{wall, "2006-01-02 15:04", "2006-01-02", "02/01/2006 15:04", "02/01/2006"} {
		if t, err := time.ParseInLocation(layout, s, Paris); err == nil {
			if read, _ := time.Parse(layout, s); t.Format(layout) != read.Format(layout) { // an hour that the clocks skip in March
				return time.Time{}, bad("date", "Cette heure n’existe pas : cette nuit-là, on passe à l’heure d’été de 2 h à 3 h. Choisissez-en une autre que « %.40s ».", s)
			}
			return t, nil
		}
	}
	return time.Time{}, bad("date", "La date « %.40s » ne se lit pas : écrivez-la comme 2026-11-24 08:00.", s)
}

// Wall writes t as a form's datetime-local field wants it.
func Wall(t time.Time) string { return t.In(Paris).Format(wall) }

// OpenEdition opens an edition, or changes the one that e.ID names. Only staff may.
func OpenEdition(tx *ledger.Tx, e Edition) (id string, err error) {
	s := ledger.Of[*State](tx)
	if tx.Actor != "" && s.Role(tx.Actor) != Staff {
		return "", ErrForbidden
	}
	if e.ID != "" && s.editions[e.ID] == nil {
		return "", ErrNotFound
	}
	e.Title, e.Licence = OneLine(e.Title), OneLine(e.Licence)
	if e.Title == "" || utf8.RuneCountInString(e.Title) > 200 {
		return "", bad("titre", "Donnez à l’édition un titre de 200 caractères au plus.")
	}
	if e.Opens.IsZero() || e.Closes.IsZero() || !e.Opens.Before(e.Closes) {
		return "", bad("dates", "L’espace d’expression doit s’ouvrir avant de se fermer : vérifiez les deux dates.")
	}
	if len(e.Axes) == 0 || len(e.Axes) > 30 {
		return "", bad("axes", "Posez au moins une question et trente au plus, une par ligne.")
	}
	axes := slices.Clone(e.Axes)
	for i := range axes {
		a := &axes[i]
		a.Title, a.Question = OneLine(a.Title), OneLine(a.Question)
		if a.Title == "" || utf8.RuneCountInString(a.Title) > 200 || utf8.RuneCountInString(a.Question) > 1000 {
			return "", bad("axes", "Chaque question a un titre de 200 caractères au plus et un énoncé de 1 000 au plus.")
		}
		if a.ID == "" {
			a.ID = store.NewID()
		}
	}
	switch e.Readers {
	case ReadPublic, ReadElus, ReadStaff:
	default:
		return "", bad("lecture", "Dites qui peut lire les contributions : tout le monde, les élu·es ou l’équipe.")
	}
	if e.Names != ByName && e.Names != ByFunction {
		return "", bad("noms", "Dites ce que l’on voit des auteurs : leur nom ou leur fonction.")
	}
	if e.ID == "" {
		e.ID = store.NewID()
	}
	tx.Emit(kindEdition, 1, e.ID, editionData{e.Title, axes, Wall(e.Opens), Wall(e.Closes), e.Readers, e.Names, e.Licence})
	return e.ID, nil
}

// Window says whether the edition takes contributions at t: nil, ErrNotOpen
// or ErrOver.
func (e *Edition) Window(t time.Time) error {
	switch {
	case t.Before(e.Opens):
		return ErrNotOpen
	case !t.Before(e.Closes):
		return ErrOver
	}
	return nil
}

// Axis returns the axis with this identifier, title or question; ok is false when
// there is none.
func (e *Edition) Axis(idOrTitle string) (Axis, bool) {
	for _, a := range e.Axes {
		if a.ID == idOrTitle || strings.EqualFold(a.Title, strings.TrimSpace(idOrTitle)) {
			return a, true
		}
	}
	for _, a := range e.Axes {
		if a.Question != "" && strings.EqualFold(a.Question, strings.TrimSpace(idOrTitle)) {
			return a, true
		}
	}
	return Axis{}, false
}

// Edition returns nil when there is none.
func (s *State) Edition(id string) *Edition { return s.editions[id] }

// Current is the edition that the congress is at: the one that takes
// contributions now, else the one that opens last, so that its meetings can be
// noted before its window opens. It is nil before the first one.
func (s *State) Current(now time.Time) *Edition {
	all := s.Editions()
	for _, e := range all {
		if e.Window(now) == nil {
			return e
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all[0]
}

// Editions returns all, the one that opens last first.
func (s *State) Editions() []*Edition {
	out := make([]*Edition, 0, len(s.editions))
	for _, e := range s.editions {
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b *Edition) int {
		return cmp.Or(b.Opens.Compare(a.Opens), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// MayRead says whether the person ("" for a visitor) may read what others
// wrote in e.
func (s *State) MayRead(e *Edition, person string) bool {
	switch r := s.Role(person); e.Readers {
	case ReadPublic:
		return true
	case ReadElus:
		return r != ""
	default:
		return r == Staff || r == Rapporteur
	}
}
