package motion

import (
	"cmp"
	"slices"
	"time"

	"github.com/villes-internet/congres/consult/store"
)

// A Motion is one text and what became of it. Never changed once folded.
type Motion struct {
	ID       string
	Edition  string
	Title    string
	Themes   []string // that it was drafted from
	By       string   // Person.ID
	At       time.Time
	Frozen   bool      // nobody writes in it
	Halt     Halt      // the last time that this changed
	Versions []Version // published, the first has number 1
	Copies   []Kept    // of the draft, the oldest first
	Snapshot Snapshot  // the newest checkpoint of its shared text
	Seq      uint64
}

// A Version is a published state of the text.
type Version struct {
	Number   int
	Blob     string     // key of its neutral document, see [Document]
	Hash     store.Hash // of the blob
	Head     store.Head // the journal's when it was made
	Cites    []string   // contributions that it cites, sorted; none that was erased since
	Annexed  []string   // those that only its annex names, sorted likewise
	By       string
	At       time.Time
	Seq      uint64 // of the fact that says so
	Redacted int    // how many times erased words were taken out
}

// A Snapshot says what the shared text was at one number of its log.
type Snapshot struct {
	Number uint64
	Hash   store.Hash // of the text as one update
	At     time.Time
}

// Latest is the newest version, nil before the first.
func (m *Motion) Latest() *Version {
	if len(m.Versions) == 0 {
		return nil
	}
	return &m.Versions[len(m.Versions)-1]
}

// Version returns nil when there is none of that number.
func (m *Motion) Version(number int) *Version {
	if number < 1 || number > len(m.Versions) {
		return nil
	}
	return &m.Versions[number-1]
}

// State is what folding the journal gives. What its methods return is never
// changed afterwards. It is a ledger.Fold.
type State struct {
	motions   map[string]*Motion
	discarded []string
	threads   map[string]*Thread
	about     map[string][]string // motion → threads, the oldest first
	words     map[string][]uint64 // person → facts whose data are words of theirs
}

// NewState is the state before the first fact.
func NewState() *State {
	return &State{motions: map[string]*Motion{}, threads: map[string]*Thread{}, about: map[string][]string{}, words: map[string][]uint64{}}
}

const (
	kindOpened    = "motion.opened"
	kindSnapshot  = "motion.snapshot"
	kindPublished = "motion.published"
	kindRedacted  = "motion.redacted"

	kindPersonErased = "person.erased" // consult's: what a person wrote here goes too
)

type openedData struct {
	Edition string   `cbor:"edition"`
	Title   string   `cbor:"title"`
	Themes  []string `cbor:"themes,omitempty"`
}

type snapshotData struct {
	Number uint64     `cbor:"number"`
	Hash   store.Hash `cbor:"hash"`
}

type publishedData struct {
	Version int        `cbor:"version"`
	Blob    string     `cbor:"blob"`
	Hash    store.Hash `cbor:"hash"`
	Seq     uint64     `cbor:"seq"` // the journal's head
	Head    store.Hash `cbor:"head"`
	Cites   []string   `cbor:"cites,omitempty"`
	Annexed []string   `cbor:"annexed,omitempty"`
}

type redactedData struct {
	Version int        `cbor:"version"`
	Old     string     `cbor:"old"` // the blob that held the words
	Blob    string     `cbor:"blob"`
	Hash    store.Hash `cbor:"hash"`
	Cites   []string   `cbor:"cites,omitempty"`
	Annexed []string   `cbor:"annexed,omitempty"`
}

// read decodes a fact's data; false when they were erased or are of a form
// that this version does not know.
func read(f *store.Fact, v any) bool {
	return !f.Erased && store.Unmarshal(f.Data, v) == nil
}

// Apply folds one fact.
func (s *State) Apply(f *store.Fact) {
	switch f.Kind {
	case kindOpened:
		var d openedData
		if read(f, &d) {
			s.motions[f.Subject] = &Motion{ID: f.Subject, Edition: d.Edition, Title: d.Title, Themes: d.Themes,
				By: f.Actor, At: f.At(), Seq: f.Seq}
		}
	case kindSnapshot:
		var d snapshotData
		if read(f, &d) {
			s.change(f.Subject, func(m *Motion) {
				if d.Number >= m.Snapshot.Number {
					m.Snapshot = Snapshot{d.Number, d.Hash, f.At()}
				}
			})
		}
	case kindPublished:
		var d publishedData
		if read(f, &d) {
			s.change(f.Subject, func(m *Motion) {
				m.Versions = append(slices.Clip(m.Versions), Version{Number: d.Version, Blob: d.Blob, Hash: d.Hash,
					Head: store.Head{Seq: d.Seq, Hash: d.Head}, Cites: d.Cites, Annexed: d.Annexed, By: f.Actor, At: f.At(), Seq: f.Seq})
			})
		}
	case kindFrozen, kindFrozenReason:
		s.applyFrozen(f)
	case kindRedacted:
		var d redactedData
		if read(f, &d) {
			s.change(f.Subject, func(m *Motion) {
				m.Versions = slices.Clone(m.Versions)
				if v := m.Version(d.Version); v != nil {
					v.Blob, v.Hash, v.Cites, v.Annexed, v.Redacted = d.Blob, d.Hash, d.Cites, d.Annexed, v.Redacted+1
				}
			})
			s.discarded = append(slices.Clip(s.discarded), d.Old)
		}
	case kindKept, kindNamed, kindRestored, kindCopyRedacted:
		s.applyCopy(f)
	case kindThread, kindComment, kindResolved, kindCommentsErased:
		s.applyThread(f)
	case kindPersonErased:
		s.forget(f.Subject)
	}
}

// change replaces a motion by a changed copy.
func (s *State) change(id string, fn func(*Motion)) {
	if old := s.motions[id]; old != nil {
		m := *old
		fn(&m)
		s.motions[id] = &m
	}
}

// Motion returns nil when there is none.
func (s *State) Motion(id string) *Motion { return s.motions[id] }

// Motions returns those of an edition ("" all), the newest first.
func (s *State) Motions(edition string) []*Motion {
	var out []*Motion
	for _, m := range s.motions {
		if edition == "" || m.Edition == edition {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b *Motion) int { return cmp.Compare(b.Seq, a.Seq) })
	return out
}

// Discarded are the blobs that held words since erased. They are deleted when
// the words are; whoever starts a server has them deleted again.
func (s *State) Discarded() []string { return s.discarded }
