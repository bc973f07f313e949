package motion

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion/ydoc"
)

// A Cause says why a copy of the draft was kept.
type Cause string

// The causes. All but ByHand are the house's own, before what could cost words.
const (
	ByHand   Cause = "nommee"       // somebody wanted it
	AtStart  Cause = "ouverture"    // the first
	Restored Cause = "retour"       // before an earlier state is put back
	Replaced Cause = "remplacement" // before words are replaced everywhere
	Cut      Cause = "suppression"  // before a large passage is deleted
	Along    Cause = "fil"          // much has changed since the last
)

// Says is the cause in French.
func (c Cause) Says() string {
	switch c {
	case ByHand:
		return "gardée par une personne"
	case AtStart:
		return "premier projet, avant toute réécriture"
	case Restored:
		return "gardée avant le retour à une version"
	case Replaced:
		return "gardée avant un remplacement partout"
	case Cut:
		return "gardée avant la suppression d’un long passage"
	}
	return "gardée au fil de l’écriture"
}

// Kept is a copy of the draft as it was.
type Kept struct {
	ID       string
	Cause    Cause
	Name     string     // that a person gave it last, "" none
	Blob     string     // of its [Copy]
	Hash     store.Hash // of the blob
	Cites    []string   // contributions, sorted; none that was erased since
	Words    int
	By       string // Person.ID, "" the house
	At       time.Time
	Redacted int // how many times erased words were taken out
	names    []naming
	// To is what the text was then made again, as restoredData has it, where it was
	// kept before that; "" otherwise, or when that came to nothing.
	To string
}

// A naming is a name that a person gave; who is erased has given none.
type naming struct{ name, by string }

// call has a copy go by the last of names.
func (k *Kept) call(names []naming) {
	if k.names, k.Name = names, ""; len(names) > 0 {
		k.Name = names[len(names)-1].name
	}
}

// Copy returns nil when there is none of that identifier.
func (m *Motion) Copy(id string) *Kept {
	for i := range m.Copies {
		if m.Copies[i].ID == id {
			return &m.Copies[i]
		}
	}
	return nil
}

// CopyFormat is the version of [Copy]'s JSON.
const CopyFormat = 1

// A Copy is the draft at one moment, with all its attributes, and who wrote
// it.
type Copy struct {
	Format int       `json:"format"`
	Motion string    `json:"motion"`
	Ops    []ydoc.Op `json:"ops"`
	Hands  Hands     `json:"hands,omitempty"`
	// Letters say the same of each letter, in the order of Ops. Copies from before
	// there was such a list have none.
	Letters []Hand `json:"letters,omitempty"`
}

// Hands says of each block whose letters stand in it, by Person.ID, who wrote
// most first; [Machine] for what was drafted from themes.
type Hands map[string][]string

// Machine is who writes a first draft.
const Machine = "projet"

// Encode writes the copy's JSON.
func (c *Copy) Encode() ([]byte, error) {
	out := *c
	out.Format, out.Ops = CopyFormat, plain(c.Ops)
	data, err := json.Marshal(&out)
	if err != nil {
		return nil, fmt.Errorf("motion: encode copy: %w", err)
	}
	return data, nil
}

// DecodeCopy reads what Encode wrote. Errors: ErrFormat.
func DecodeCopy(data []byte) (*Copy, error) {
	c := &Copy{}
	if err := json.Unmarshal(data, c); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrFormat, err)
	}
	if c.Format < 1 || c.Format > CopyFormat {
		return nil, fmt.Errorf("%w: copy of format %d", ErrFormat, c.Format)
	}
	return c, nil
}

const (
	kindKept         = "motion.kept"
	kindNamed        = "motion.named"
	kindCopyRedacted = "motion.copy.redacted"
	kindRestored     = "motion.restored"
)

type keptData struct {
	Copy  string     `cbor:"copy"`
	Cause Cause      `cbor:"cause"`
	Blob  string     `cbor:"blob"`
	Hash  store.Hash `cbor:"hash"`
	Cites []string   `cbor:"cites,omitempty"`
	Words int        `cbor:"words"`
}

type namedData struct {
	Copy string `cbor:"copy"`
	Name string `cbor:"name"`
}

// restoredData says what the text was made again, and where what stood is.
type restoredData struct {
	To   string `cbor:"to"`   // a copy's identifier, or « p » and a version's number
	Kept string `cbor:"kept"` // the copy of what stood, "" when it is not known
}

type copyRedactedData struct {
	Copy  string     `cbor:"copy"`
	Old   string     `cbor:"old"`
	Blob  string     `cbor:"blob"`
	Hash  store.Hash `cbor:"hash"`
	Cites []string   `cbor:"cites,omitempty"`
}

// applyCopy folds a fact about a copy.
func (s *State) applyCopy(f *store.Fact) {
	if f.Kind == kindNamed {
		s.words[f.Actor] = append(s.words[f.Actor], f.Seq)
	}
	change := func(id string, fn func(*Kept)) {
		s.change(f.Subject, func(m *Motion) {
			m.Copies = slices.Clone(m.Copies)
			if c := m.Copy(id); c != nil {
				fn(c)
			}
		})
	}
	switch f.Kind {
	case kindKept:
		var d keptData
		if read(f, &d) {
			s.change(f.Subject, func(m *Motion) {
				m.Copies = append(slices.Clip(m.Copies), Kept{ID: d.Copy, Cause: d.Cause, Blob: d.Blob, Hash: d.Hash,
					Cites: d.Cites, Words: d.Words, By: f.Actor, At: f.At()})
			})
		}
	case kindRestored:
		var d restoredData
		if read(f, &d) {
			change(d.Kept, func(c *Kept) { c.To = d.To })
		}
	case kindNamed:
		var d namedData
		if read(f, &d) {
			change(d.Copy, func(c *Kept) { c.call(append(slices.Clip(c.names), naming{d.Name, f.Actor})) })
		}
	case kindCopyRedacted:
		var d copyRedactedData
		if read(f, &d) {
			change(d.Copy, func(c *Kept) { c.Blob, c.Hash, c.Cites, c.Redacted = d.Blob, d.Hash, d.Cites, c.Redacted+1 })
			s.discarded = append(slices.Clip(s.discarded), d.Old)
		}
	}
}

// forget takes away what a person wrote beside the text.
func (s *State) forget(person string) {
	delete(s.words, person)
	s.silence(func(c *Comment) bool { return c.By == person })
	for id, m := range s.motions {
		if m.Halt.By == person && m.Halt.Reason != "" {
			s.change(id, func(m *Motion) { m.Halt.Reason = "" })
		}
		theirs := func(n naming) bool { return n.by == person }
		if slices.ContainsFunc(m.Copies, func(c Kept) bool { return slices.ContainsFunc(c.names, theirs) }) {
			s.change(id, func(m *Motion) {
				m.Copies = slices.Clone(m.Copies)
				for i := range m.Copies {
					c := &m.Copies[i]
					c.call(slices.DeleteFunc(slices.Clone(c.names), theirs))
				}
			})
		}
	}
}
