package motion

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/bolt"
)

// A world is a small congress: its journal, people and contributions.
type world struct {
	*testing.T
	store   *bolt.Store
	path    string // its file
	ledger  *ledger.Ledger
	now     time.Time
	edition string
	people  map[string]string // by first name
}

func newWorld(t *testing.T) *world {
	t.Helper()
	ctx := context.Background()
	w := &world{T: t, now: time.Date(2026, 11, 10, 12, 0, 0, 0, time.UTC), people: map[string]string{}}
	var err error
	w.path = filepath.Join(t.TempDir(), "congres.db")
	if w.store, err = bolt.Open(ctx, w.path, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.store.Close() })
	w.open()
	w.do("", func(tx *ledger.Tx) (err error) {
		w.edition, err = consult.OpenEdition(tx, consult.Edition{Title: "Congrès 2026", Axes: []consult.Axis{{Title: "Numérique"}},
			Opens: time.Date(2026, 11, 1, 0, 0, 0, 0, consult.Paris), Closes: time.Date(2026, 12, 1, 0, 0, 0, 0, consult.Paris),
			Readers: consult.ReadPublic, Names: consult.ByName, Licence: "Licence ouverte 2.0"})
		return err
	})
	for _, p := range []struct {
		first, town string
		role        consult.Role
	}{{"Zoé", "Villebrume", consult.Elu}, {"Ali", "Villebrume", consult.Elu}, {"Léa", "Montclair", consult.Rapporteur}, {"Max", "", consult.Staff}} {
		w.do("", func(tx *ledger.Tx) error {
			id, _, err := consult.Accredit(tx, consult.Person{FirstName: p.first, LastName: "Martin", Email: p.first + "@exemple.fr",
				Mandate: "maire", Role: p.role, Town: consult.Collectivity{Name: p.town}})
			w.people[p.first] = id
			return err
		})
	}
	return w
}

// open folds the journal anew.
func (w *world) open() {
	w.Helper()
	if w.ledger != nil {
		w.ledger.Close()
	}
	l, err := ledger.Open(context.Background(), ledger.Config{Journal: w.store, Now: func() time.Time { return w.now },
		Folds: func() []ledger.Fold { return []ledger.Fold{consult.NewState(), NewState()} }})
	if err != nil {
		w.Fatal(err)
	}
	w.ledger = l
	w.Cleanup(l.Close)
}

func (w *world) do(actor string, decide func(*ledger.Tx) error) {
	w.Helper()
	if err := w.try(actor, decide); err != nil {
		w.Fatal(err)
	}
}

func (w *world) try(actor string, decide func(*ledger.Tx) error) error {
	_, err := w.ledger.Do(context.Background(), ledger.Command{Actor: actor, Decide: decide})
	return err
}

func (w *world) submit(who, text string) (id string) {
	w.Helper()
	w.do(w.people[who], func(tx *ledger.Tx) (err error) {
		id, err = consult.Submit(tx, w.edition, "Numérique", text)
		return err
	})
	return id
}

// unknown imports a contribution without an author.
func (w *world) unknown(text string) (id string) {
	w.Helper()
	w.do("", func(tx *ledger.Tx) error {
		_, err := consult.Import(tx, w.edition, "fichier", []consult.Imported{{External: store.NewID(), Text: text}})
		return err
	})
	w.view(func(people *consult.State, _ *State) {
		all := people.Contributions(consult.Query{Edition: w.edition})
		id = all[0].ID
	})
	return id
}

func (w *world) view(fn func(*consult.State, *State)) {
	w.ledger.View(func(v ledger.View) { fn(ledger.Of[*consult.State](v), ledger.Of[*State](v)) })
}

// segment names words of a contribution's first version.
func (w *world) segment(contribution, words string) (id string) {
	w.Helper()
	w.view(func(people *consult.State, _ *State) {
		text := people.Contribution(contribution).Versions[0].Text
		at := strings.Index(text, words)
		if at < 0 {
			w.Fatalf("%q is not in %q", words, text)
		}
		id = Segment{contribution, 1, at, at + len(words)}.String()
	})
	return id
}

// placedIn makes a report's segment of a whole contribution.
func (w *world) placedIn(theme, nature, contribution string) analysis.Segment {
	var s analysis.Segment
	w.view(func(people *consult.State, _ *State) {
		text := people.Contribution(contribution).Text()
		id := Segment{contribution, 1, 0, len(text)}
		s = analysis.Segment{ID: id.String(), Document: contribution, Version: 1, End: len(text), Theme: theme, Nature: nature, Text: text, Score: 0.5}
	})
	return s
}

func report(labels map[string]string, order []string, segments ...analysis.Segment) *analysis.Report {
	r := &analysis.Report{Format: 1, Segments: segments}
	for _, id := range order {
		t := analysis.Theme{ID: id, Label: labels[id]}
		for _, s := range segments {
			if s.Theme == id {
				t.Segments++
				t.Verbatims = append(t.Verbatims, analysis.Verbatim{Segment: s.ID})
			}
		}
		r.Themes = append(r.Themes, t)
	}
	for _, s := range segments {
		r.Documents = append(r.Documents, analysis.Placed{ID: s.Document, Version: s.Version, Theme: s.Theme})
	}
	return r
}
