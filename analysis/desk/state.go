package desk

import (
	"slices"
	"time"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult/store"
)

// A Run is one analysis of an edition that was kept. Never changed once folded.
type Run struct {
	ID       string
	Edition  string
	After    string // the edition's run before, "" for its first
	Actor    string // Person.ID of who asked for it
	Started  time.Time
	At       time.Time // when it was kept
	Seq      uint64
	Settings analysis.Settings // without Previous and Axes, which the report has
	Themes   []string          // their identifiers
	// What was read:
	Documents, Segments, Authors, Communes, Unplaced int
	Back                                             string // the earlier run that it returns to, "" mostly

	blob   string
	hash   store.Hash
	old    []string  // blobs that the present one replaced
	heard  uint64    // the last fact whose decisions it was told
	clean  uint64    // no contribution erased before this fact is in blob
	purged bool      // its figures are those from before an erasure
	left   []*choice // decisions on themes as they were when the next run was kept
}

// A choice is a decision as folded. Never changed once folded.
type choice struct {
	Seq      uint64
	Actor    string
	At       time.Time
	Kind     string
	Theme    string // the subject: a theme, or the axis that guides; a move's is where to, "" for none
	Data     decisionData
	Undone   uint64 // the fact that undid it, 0 while it stands
	UndoneBy string
	UndoneAt time.Time
}

// stands says whether the decision was taken and not undone as of fact at.
func (c *choice) stands(at uint64) bool {
	return c.Seq <= at && (c.Undone == 0 || c.Undone > at)
}

// guides says whether the decision is on an axis that guides the runs, not on a theme.
func (c *choice) guides() bool {
	return c.Kind == kindGiven || c.Kind == kindWithdrawn || c.Kind == kindCleared
}

// State is what folding the journal gives. What its methods return is never
// changed afterwards.
type State struct {
	runs    map[string][]*Run    // edition → runs, in time
	choices map[string][]*choice // edition → decisions, in time
	last    map[string]uint64    // edition → the last of the desk's facts
	gone    uint64               // the last fact that hid, showed or erased
	erased  uint64               // the last fact that erased
}

// NewState is the state before the first fact.
func NewState() *State {
	return &State{runs: map[string][]*Run{}, choices: map[string][]*choice{}, last: map[string]uint64{}}
}

func read(f *store.Fact, v any) bool {
	return !f.Erased && store.Unmarshal(f.Data, v) == nil
}

// Apply folds one fact.
func (s *State) Apply(f *store.Fact) {
	switch f.Kind {
	case kindHidden, kindShown:
		s.gone = f.Seq
	case kindErased:
		s.gone, s.erased = f.Seq, f.Seq
	case kindRun:
		var d runData
		if !read(f, &d) {
			return
		}
		runs := s.runs[d.Edition]
		if n := len(runs) - 1; n >= 0 {
			runs = replaced(runs, func(r *Run) bool { return r == runs[n] }, func(r *Run) {
				r.left = slices.DeleteFunc(slices.Clone(s.choices[d.Edition]), (*choice).guides)
			})
		}
		run := &Run{
			ID: f.Subject, Edition: d.Edition, After: d.After, Actor: f.Actor, Started: time.UnixMilli(d.Started).UTC(), At: f.At(), Seq: f.Seq,
			Settings: analysis.Settings{Themes: d.Using.Themes, View: d.Using.View, Seed: d.Using.Seed}, Themes: d.Themes, Back: d.Back,
			Documents: d.Counts.Documents, Segments: d.Counts.Segments, Authors: d.Counts.Authors,
			Communes: d.Counts.Communes, Unplaced: d.Counts.Unplaced,
			blob: d.Blob, hash: d.Hash, heard: d.Heard, clean: f.Seq, purged: d.Purged,
		}
		if i := slices.IndexFunc(runs, func(r *Run) bool { return r.ID == d.Back }); i >= 0 {
			s.choices[d.Edition] = asThen(s.choices[d.Edition], runs[i].left, run)
		}
		s.runs[d.Edition] = append(runs, run)
		s.last[d.Edition] = f.Seq
	case kindPurged:
		var d purgedData
		if !read(f, &d) {
			return
		}
		s.runs[d.Edition] = replaced(s.runs[d.Edition], func(r *Run) bool { return r.ID == f.Subject }, func(r *Run) {
			r.blob, r.hash, r.old, r.clean, r.purged = d.Blob, d.Hash, append(slices.Clip(r.old), d.Old), f.Seq, true
		})
		s.last[d.Edition] = f.Seq
	case kindRenamed, kindMerged, kindSplit, kindMoved, kindFrozen, kindThawed, kindPlaced, kindGiven, kindWithdrawn:
		var d decisionData
		if !read(f, &d) {
			return
		}
		c := &choice{Seq: f.Seq, Actor: f.Actor, At: f.At(), Kind: f.Kind, Theme: f.Subject, Data: d}
		if f.Kind == kindMoved {
			c.Theme = d.To
		}
		s.choices[d.Edition] = append(s.choices[d.Edition], c)
		s.last[d.Edition] = f.Seq
	case kindCleared:
		var d clearedData
		if !read(f, &d) {
			return
		}
		s.cleared(&choice{Seq: f.Seq, Actor: f.Actor, At: f.At(), Kind: f.Kind, Theme: f.Subject}, d)
	case kindUndone:
		var d decisionData
		if !read(f, &d) {
			return
		}
		s.choices[d.Edition] = replaced(s.choices[d.Edition], func(c *choice) bool { return c.Seq == d.Undoes }, func(c *choice) {
			c.Undone, c.UndoneBy, c.UndoneAt = f.Seq, f.Actor, f.At()
		})
		s.last[d.Edition] = f.Seq
	}
}

// replaced is list with a changed copy of the element that is meant.
func replaced[T any](list []*T, meant func(*T) bool, change func(*T)) []*T {
	i := slices.IndexFunc(list, meant)
	if i < 0 {
		return list
	}
	list = slices.Clone(list)
	x := *list[i]
	change(&x)
	list[i] = &x
	return list
}

// Runs returns those of an edition, in time.
func (s *State) Runs(edition string) []*Run { return slices.Clone(s.runs[edition]) }

// Newest returns an edition's last run, nil when there is none.
func (s *State) Newest(edition string) *Run {
	if r := s.runs[edition]; len(r) > 0 {
		return r[len(r)-1]
	}
	return nil
}

// Places says under which axis (its identifier) or issue (its name) people
// put the edition's themes.
func (s *State) Places(edition string) map[string]string {
	return apply(nil, 0, s.choices[edition], always).axis
}

// run returns nil when there is none.
func (s *State) run(id string) *Run {
	for _, runs := range s.runs {
		for _, r := range runs {
			if r.ID == id {
				return r
			}
		}
	}
	return nil
}
