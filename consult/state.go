package consult

import (
	"crypto/sha256"
	"slices"
	"strings"

	"github.com/villes-internet/congres/consult/store"
)

// State is what folding the journal gives. What its methods return is never
// changed afterwards.
type State struct {
	people        map[string]*Person
	byEmail       map[string]string
	fits          map[territory]int // how many people
	editions      map[string]*Edition
	contributions map[string]*Contribution
	order         map[string][]string // edition → contributions, in time
	externals     map[external]string
	gone          map[store.Hash]bool // externals of erased contributions
	meetings      map[string]*Meeting
	facts         map[string][]uint64 // person or contribution → facts whose data speak of them
}

// An external is a row of a file: its identifier there and, where that is drawn
// from its words, its author, since two people may say the same.
type external struct{ edition, origin, id, author string }

func externalOf(edition, origin, id, author string) external {
	if !strings.HasPrefix(id, byWords) {
		author = ""
	}
	return external{edition, origin, id, author}
}

// hash names a row of a file without saying which: all that stays of it once
// its contribution is erased, so that importing the file again does not bring
// it back. Nobody knows its author any more then.
func (e external) hash() store.Hash {
	return sha256.Sum256([]byte(e.edition + "\x00" + e.origin + "\x00" + e.id))
}

// NewState is the state before the first fact.
func NewState() *State {
	return &State{
		people: map[string]*Person{}, byEmail: map[string]string{}, fits: map[territory]int{}, editions: map[string]*Edition{},
		contributions: map[string]*Contribution{}, order: map[string][]string{}, externals: map[external]string{}, gone: map[store.Hash]bool{},
		meetings: map[string]*Meeting{}, facts: map[string][]uint64{},
	}
}

// read decodes a fact's data; false when they were erased or are of a form
// that this version does not know.
func read(f *store.Fact, v any) bool {
	return !f.Erased && store.Unmarshal(f.Data, v) == nil
}

// Apply folds one fact.
func (s *State) Apply(f *store.Fact) {
	switch f.Kind {
	case kindAccredited:
		s.facts[f.Subject] = append(s.facts[f.Subject], f.Seq)
		var d personData
		if !read(f, &d) {
			return
		}
		if old := s.people[f.Subject]; old != nil {
			delete(s.byEmail, old.Email)
		}
		s.put(&Person{f.Subject, d.FirstName, d.LastName, d.Email, d.Mandate, d.Town, d.Role, false})
		s.byEmail[d.Email] = f.Subject
	case kindPersonErased:
		s.erase(f)
	case kindEdition:
		var d editionData
		if !read(f, &d) {
			return
		}
		opens, _ := ParseWall(d.Opens)
		closes, _ := ParseWall(d.Closes)
		s.editions[f.Subject] = &Edition{f.Subject, d.Title, d.Axes, opens, closes, d.Readers, d.Names, d.Licence}
	case kindSubmitted:
		s.facts[f.Subject] = append(s.facts[f.Subject], f.Seq)
		var d contributionData
		if !read(f, &d) {
			s.contributions[f.Subject] = &Contribution{ID: f.Subject, Erased: true, Seq: f.Seq}
			return
		}
		s.contributions[f.Subject] = &Contribution{
			ID: f.Subject, Edition: d.Edition, Author: d.Author, Axis: d.Axis, Question: d.Question, Source: d.Source, Meeting: d.Meeting,
			Origin: d.Origin, External: d.External, Versions: []Version{{d.Text, f.At()}}, Seq: f.Seq,
		}
		s.order[d.Edition] = append(s.order[d.Edition], f.Subject)
		if d.External != "" {
			from := externalOf(d.Edition, d.Origin, d.External, d.Author)
			s.externals[from] = f.Subject
			if from.author = ""; s.externals[from] == "" { // for the day when its author is not recognised
				s.externals[from] = f.Subject
			}
		}
	case kindRevised:
		s.facts[f.Subject] = append(s.facts[f.Subject], f.Seq)
		var d revisionData
		if read(f, &d) {
			at := f.At()
			s.change(f.Subject, func(c *Contribution) { c.Versions = append(slices.Clip(c.Versions), Version{d.Text, at}) })
		}
	case kindSupported:
		s.change(f.Subject, func(c *Contribution) { c.Supports = append(slices.Clip(c.Supports), f.Actor) })
	case kindUnsupported:
		s.change(f.Subject, func(c *Contribution) {
			c.Supports = slices.DeleteFunc(slices.Clone(c.Supports), func(id string) bool { return id == f.Actor })
		})
	case kindHidden:
		s.facts[f.Subject] = append(s.facts[f.Subject], f.Seq)
		var d hiddenData
		read(f, &d)
		s.change(f.Subject, func(c *Contribution) {
			if c.Hidden = d.Reason; c.Hidden == "" {
				c.Hidden = "masquée"
			}
		})
	case kindShown:
		s.change(f.Subject, func(c *Contribution) { c.Hidden = "" })
	case kindMeeting:
		var d meetingData
		if read(f, &d) {
			s.meetings[f.Subject] = &Meeting{f.Subject, d.Edition, d.Title, d.Place, d.Date, d.Notes}
		}
	}
}

// change replaces a contribution by a changed copy.
func (s *State) change(id string, fn func(*Contribution)) {
	if old := s.contributions[id]; old != nil && !old.Erased {
		c := *old
		fn(&c)
		s.contributions[id] = &c
	}
}

// erase forgets a person and their words at once.
func (s *State) erase(f *store.Fact) {
	if p := s.people[f.Subject]; p != nil {
		delete(s.byEmail, p.Email)
	}
	s.put(&Person{ID: f.Subject, Erased: true})
	var d erasedData
	read(f, &d)
	for _, id := range d.Contributions {
		if c := s.contributions[id]; c != nil {
			s.contributions[id] = &Contribution{ID: id, Edition: c.Edition, Erased: true, Seq: c.Seq}
			from := externalOf(c.Edition, c.Origin, c.External, c.Author)
			delete(s.externals, from)
			if from.author = ""; s.externals[from] == id {
				delete(s.externals, from)
			}
		}
	}
	for _, h := range d.Externals {
		s.gone[h] = true
	}
	for id, c := range s.contributions {
		if slices.Contains(c.Supports, f.Subject) {
			s.change(id, func(c *Contribution) {
				c.Supports = slices.DeleteFunc(slices.Clone(c.Supports), func(p string) bool { return p == f.Subject })
			})
		}
	}
}

// ErasedContributions returns the identifiers of all that were erased.
func (s *State) ErasedContributions() map[string]bool {
	out := map[string]bool{}
	for id, c := range s.contributions {
		if c.Erased {
			out[id] = true
		}
	}
	return out
}
