package desk_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

// TestDecisionsStand has each kind of decision stand through a second run with
// more documents, and be undone after it.
func TestDecisionsStand(t *testing.T) {
	ctx := context.Background()
	const first = "fibre: Fibre lente. / Fibre chère.\npartout: Vélo partout.\nécole: École ouverte. / École rurale.\n-: Bonjour à vous."
	const second = "fibre: Fibre lente. / Fibre chère. / Fibre toujours.\nvélo: Vélo partout. / Vélo encore.\nécole: École ouverte. / École rurale. / École encore.\n-: Bonjour à vous."
	for _, c := range []struct {
		name          string
		decide        func(h *house) error
		before, after string // the second run
		what          string
	}{
		{"rename", func(h *house) error {
			return h.desk.Rename(ctx, h.staff, h.edition, h.theme("école").ID, " Nos  écoles ", h.key())
		},
			"Nos écoles: École ouverte. / École rurale.\nfibre: Fibre lente. / Fibre chère.\npartout: Vélo partout.\n-: Bonjour à vous.",
			"Nos écoles: École ouverte. / École rurale. / École encore.\nfibre: Fibre lente. / Fibre chère. / Fibre toujours.\nvélo: Vélo partout. / Vélo encore.\n-: Bonjour à vous.",
			"Le thème «\u00a0école\u00a0» s’appelle désormais «\u00a0Nos écoles\u00a0»."},
		{"merge", func(h *house) error {
			return h.desk.Merge(ctx, h.staff, h.edition, h.theme("école").ID, h.theme("partout").ID, h.key())
		},
			"fibre: Fibre lente. / Fibre chère.\nécole: École ouverte. / Vélo partout. / École rurale.\n-: Bonjour à vous.",
			"fibre: Fibre lente. / Fibre chère. / Fibre toujours.\nécole: École ouverte. / Vélo partout. / École rurale. / École encore. / Vélo encore.\n-: Bonjour à vous.",
			"Le thème «\u00a0partout\u00a0» a rejoint «\u00a0école\u00a0»."},
		{"move", func(h *house) error {
			return h.desk.Move(ctx, h.staff, h.edition, h.segment("École rurale").ID, h.theme("fibre").ID, h.key())
		},
			"fibre: École rurale. / Fibre lente. / Fibre chère.\nouverte: École ouverte.\npartout: Vélo partout.\n-: Bonjour à vous.",
			"fibre: École rurale. / Fibre lente. / Fibre chère. / Fibre toujours.\nvélo: Vélo partout. / Vélo encore.\nécole: École ouverte. / École encore.\n-: Bonjour à vous.",
			"Une phrase est passée de «\u00a0école\u00a0» à «\u00a0fibre\u00a0»."},
		{"move out", func(h *house) error {
			return h.desk.Move(ctx, h.staff, h.edition, h.segment("École rurale").ID, "", h.key())
		},
			"fibre: Fibre lente. / Fibre chère.\nouverte: École ouverte.\npartout: Vélo partout.\n-: École rurale. / Bonjour à vous.",
			"fibre: Fibre lente. / Fibre chère. / Fibre toujours.\nvélo: Vélo partout. / Vélo encore.\nécole: École ouverte. / École encore.\n-: École rurale. / Bonjour à vous.",
			"Une phrase est sortie de «\u00a0école\u00a0»."},
		{"move in", func(h *house) error {
			return h.desk.Move(ctx, h.staff, h.edition, h.segment("Bonjour").ID, h.theme("école").ID, h.key())
		},
			"fibre: Fibre lente. / Fibre chère.\npartout: Vélo partout.\nécole: École ouverte. / École rurale. / Bonjour à vous.",
			"fibre: Fibre lente. / Fibre chère. / Fibre toujours.\nvélo: Vélo partout. / Vélo encore.\nécole: École ouverte. / École rurale. / Bonjour à vous. / École encore.",
			"Une phrase non classée est entrée dans «\u00a0école\u00a0»."},
		{"move several", func(h *house) error {
			return h.desk.MoveAll(ctx, h.staff, h.edition, []string{h.segment("École rurale").ID, h.segment("Bonjour").ID}, h.theme("fibre").ID, h.key())
		},
			"fibre: École rurale. / Bonjour à vous. / Fibre lente. / Fibre chère.\nouverte: École ouverte.\npartout: Vélo partout.",
			"fibre: École rurale. / Bonjour à vous. / Fibre lente. / Fibre chère. / Fibre toujours.\nvélo: Vélo partout. / Vélo encore.\nécole: École ouverte. / École encore.",
			"2\u00a0phrases ont rejoint «\u00a0fibre\u00a0», venues de «\u00a0école\u00a0» (1) et de ce qui n’était pas classé (1)."},
		{"split", func(h *house) error {
			_, err := h.desk.Split(ctx, h.staff, h.edition, "Divers", []string{h.segment("École rurale").ID, h.segment("Fibre chère").ID, h.segment("Bonjour").ID}, h.key())
			return err
		},
			"Divers: École rurale. / Bonjour à vous. / Fibre chère.\nfibre: Fibre lente.\nouverte: École ouverte.\npartout: Vélo partout.",
			"Divers: École rurale. / Bonjour à vous. / Fibre chère.\nfibre: Fibre lente. / Fibre toujours.\nvélo: Vélo partout. / Vélo encore.\nécole: École ouverte. / École encore.",
			"Le nouveau thème «\u00a0Divers\u00a0» réunit 3\u00a0phrases, venues de «\u00a0fibre\u00a0» (1), de «\u00a0école\u00a0» (1) et de ce qui n’était pas classé (1)."},
		{"freeze", func(h *house) error { return h.desk.Freeze(ctx, h.staff, h.edition, h.theme("école").ID, h.key()) },
			strings.Replace(first, "école:", "école!:", 1), strings.Replace(second, "école:", "école!:", 1),
			"Le thème «\u00a0école\u00a0» est figé\u00a0: les analyses n’en sortent rien."},
		{"place", func(h *house) error {
			return h.desk.Place(ctx, h.staff, h.edition, h.theme("école").ID, "Éducation", h.key())
		}, first, second, "Le thème «\u00a0école\u00a0» relève de «\u00a0Éducation\u00a0»."},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t, &fake{topics: topics})
			h.seed()
			h.run()
			h.want(first)
			h.must(c.decide(h))
			h.want(c.before)
			if history, err := h.desk.History(ctx, h.edition); err != nil || history[0].What != c.what {
				t.Errorf("history %+v, %v, want %q", history, err, c.what)
			}

			h.write(3, "École encore. Vélo encore. Fibre toujours.")
			h.run()
			h.want(c.after)

			history, err := h.desk.History(ctx, h.edition)
			h.must(err)
			if len(history) != 1 || history[0].What != c.what || history[0].Actor != h.staff || history[0].Undone || history[0].At.IsZero() {
				t.Fatalf("history %+v, want %q", history, c.what)
			}
			h.must(h.desk.Undo(ctx, h.staff, h.edition, history[0].Seq, h.key()))
			h.want(second)
			h.must(h.desk.Undo(ctx, h.staff, h.edition, history[0].Seq, h.key())) // once more changes nothing
			if history, _ = h.desk.History(ctx, h.edition); !history[0].Undone || history[0].UndoneBy != h.staff {
				t.Errorf("history after undo: %+v", history)
			}
			h.run()
			h.want(second)
			if got := h.desk.Places(h.edition); len(got) != 0 {
				t.Errorf("places after undo: %v", got)
			}
		})
	}
}

// TestIdentifiersFollow has themes keep theirs through a run, also a merged
// one that the machine takes for the other.
func TestIdentifiersFollow(t *testing.T) {
	engine := &fake{topics: topics}
	h := newHouse(t, engine)
	h.seed()
	h.run()
	ctx := context.Background()
	school, fibre := h.theme("école").ID, h.theme("fibre").ID
	h.must(h.desk.Merge(ctx, h.staff, h.edition, h.theme("partout").ID, fibre, h.key()))
	h.must(h.desk.Undo(ctx, h.staff, h.edition, h.ledger.Head().Seq, h.key()))
	h.must(h.desk.Merge(ctx, h.staff, h.edition, fibre, school, h.key()))
	h.run()
	if got := h.theme("fibre").ID; got != fibre {
		t.Errorf("theme %s, want %s", got, fibre)
	}
	engine.topics = []string{"fibre", "vélo"} // what was said of the école is on no topic now
	h.run()
	h.want("fibre: Fibre lente. / Fibre chère.\npartout: Vélo partout.\n-: École ouverte. / École rurale. / Bonjour à vous.")
	if got := h.theme("fibre").ID; got != fibre {
		t.Errorf("theme %s, want %s", got, fibre)
	}
	engine.topics = []string{"école"}
	h.run()
	h.want("école: École ouverte. / École rurale.\n-: Vélo partout. / Bonjour à vous. / Fibre lente. / Fibre chère.")
}

func TestUndoInAnyOrder(t *testing.T) {
	h := newHouse(t, &fake{topics: topics})
	h.seed()
	h.run()
	ctx := context.Background()
	s, school, fibre, bike := h.segment("École rurale").ID, h.theme("école").ID, h.theme("fibre").ID, h.theme("partout").ID
	h.must(h.desk.Move(ctx, h.staff, h.edition, s, fibre, h.key()))
	one := h.ledger.Head().Seq
	h.must(h.desk.Move(ctx, h.staff, h.edition, s, bike, h.key()))
	two := h.ledger.Head().Seq
	h.run()
	in := func(want string) {
		t.Helper()
		if got := h.segment("École rurale").Theme; got != want {
			t.Errorf("the segment is in %s, want %s", got, want)
		}
	}
	in(bike)
	h.must(h.desk.Undo(ctx, h.staff, h.edition, one, h.key()))
	in(bike)
	h.must(h.desk.Undo(ctx, h.staff, h.edition, two, h.key()))
	in(school)
	if err := h.desk.Undo(ctx, h.staff, h.edition, 1, h.key()); !errors.Is(err, consult.ErrNotFound) {
		t.Errorf("undo of what is no decision: %v", err)
	}
}

func TestLabels(t *testing.T) {
	h := newHouse(t, &fake{topics: topics})
	h.seed()
	h.run()
	ctx := context.Background()
	school, fibre := h.theme("école").ID, h.theme("fibre").ID
	for label, ok := range map[string]bool{
		"": false, " \n\u00a0": false, strings.Repeat("é", 80): true, strings.Repeat("é", 81): false,
		"FIBRE": false, "partout": false, "École": true, "a\x00b": true, "\xff": true,
	} {
		err := h.desk.Rename(ctx, h.staff, h.edition, school, label, h.key())
		var field *consult.FieldError
		if ok && err != nil || !ok && !errors.As(err, &field) {
			t.Errorf("%q: %v", label, err)
		}
	}
	h.must(h.desk.Rename(ctx, h.staff, h.edition, school, "Un", h.key()))
	h.must(h.desk.Rename(ctx, h.staff, h.edition, school, "Deux", h.key()))
	seq := h.ledger.Head().Seq
	h.must(h.desk.Rename(ctx, h.staff, h.edition, fibre, "Un", h.key()))
	var field *consult.FieldError
	if err := h.desk.Undo(ctx, h.staff, h.edition, seq, h.key()); !errors.As(err, &field) || !strings.Contains(field.Problem, "Un") {
		t.Errorf("a name brought back twice: %v", err)
	}
	if _, err := h.desk.Split(ctx, h.staff, h.edition, "deux", []string{h.segment("Vélo").ID}, h.key()); !errors.As(err, &field) {
		t.Errorf("a split with another's name: %v", err)
	}
	head := h.ledger.Head()
	h.must(h.desk.Rename(ctx, h.staff, h.edition, fibre, "Un", h.key()))
	if h.ledger.Head() != head {
		t.Error("the same name again is a fact")
	}
}

func TestNotFound(t *testing.T) {
	h := newHouse(t, &fake{topics: topics})
	h.seed()
	h.run()
	ctx := context.Background()
	school, s := h.theme("école").ID, h.segment("Vélo").ID
	for name, err := range map[string]error{
		"rename":     h.desk.Rename(ctx, h.staff, h.edition, "none", "Nom", ""),
		"merge into": h.desk.Merge(ctx, h.staff, h.edition, "none", school, ""),
		"merge from": h.desk.Merge(ctx, h.staff, h.edition, school, "none", ""),
		"move":       h.desk.Move(ctx, h.staff, h.edition, "none@1:0-3", school, ""),
		"move to":    h.desk.Move(ctx, h.staff, h.edition, s, "none", ""),
		"freeze":     h.desk.Freeze(ctx, h.staff, h.edition, "none", ""),
		"place":      h.desk.Place(ctx, h.staff, h.edition, "none", "x", ""),
	} {
		if !errors.Is(err, consult.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := h.desk.Rename(ctx, h.staff, "nowhere", school, "Nom", ""); !errors.Is(err, desk.ErrNoRun) {
		t.Errorf("in no edition: %v", err)
	}
}

func TestKeys(t *testing.T) {
	h := newHouse(t, &fake{topics: topics})
	h.seed()
	h.run()
	ctx := context.Background()
	s := []string{h.segment("Vélo").ID}
	one, err := h.desk.Split(ctx, h.staff, h.edition, "À part", s, "split")
	h.must(err)
	head := h.ledger.Head()
	_, err = h.desk.Split(ctx, h.staff, h.edition, "À part", s, "split")
	if again, err := h.desk.Split(ctx, h.staff, h.edition, "À part", s, "split"); err != nil || again != one {
		t.Errorf("the same key answers %q, %v, want %q", again, err, one)
	}
	h.must(err)
	h.must(h.desk.Merge(ctx, h.staff, h.edition, h.theme("école").ID, one, "merge"))
	h.must(h.desk.Merge(ctx, h.staff, h.edition, h.theme("école").ID, one, "merge"))
	if got := h.ledger.Head().Seq - head.Seq; got != 1 {
		t.Errorf("%d facts, want 1", got)
	}
}

// TestTogether has many people decide and read at once.
func TestTogether(t *testing.T) {
	h := newHouse(t, &fake{topics: topics})
	h.seed()
	h.run()
	ctx := context.Background()
	school, s := h.theme("école").ID, h.segment("Vélo").ID
	bike := h.theme("partout").ID
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 5 {
				to := school
				if i%2 == 0 {
					to = bike
				}
				if err := h.desk.Move(ctx, h.staff, h.edition, s, to, ""); err != nil {
					t.Error(err)
				}
				if r, err := h.desk.Report(ctx, h.edition); err != nil || len(r.Segments) != 6 {
					t.Error(err)
				}
				if _, err := h.desk.History(ctx, h.edition); err != nil {
					t.Error(err)
				}
			}
		})
	}
	h.run()
	wg.Wait()
}

// TestRevised: a decision on a sentence that its author changed says nothing.
func TestRevised(t *testing.T) {
	h := newHouse(t, &fake{topics: topics})
	h.seed()
	id := h.write(3, "Vélo vite. École un.")
	h.run()
	ctx := context.Background()
	h.must(h.desk.Move(ctx, h.staff, h.edition, h.segment("Vélo vite").ID, h.theme("fibre").ID, h.key()))
	h.do(h.elus[3], func(tx *ledger.Tx) error { return consult.Revise(tx, id, "Oh, vélo vite. École deux.") })
	if got := h.segment("Vélo vite").Version; got != 1 {
		t.Errorf("the report speaks of version %d before the next run", got)
	}
	h.run()
	if got, want := h.segment("Oh, vélo vite").Theme, h.segment("Vélo partout").Theme; got != want {
		t.Errorf("the new sentence is in %s, want %s", got, want)
	}
	c, err := h.desk.Changes(ctx, h.edition)
	h.must(err)
	if len(c.Revised) != 1 || c.Revised[0] != id || len(c.Standing) != 0 || len(c.Waiting) != 1 ||
		!strings.Contains(strings.Join(c.Sentences, "\n"), "1\u00a0décision de l’équipe ne se retrouve pas dans cette analyse") {
		t.Errorf("changes %+v", c)
	}
}

// TestUndoOfGone undoes a split whose theme of before is gone: no sentence falls out of
// all themes, one is told so first, and the next run places them.
func TestUndoOfGone(t *testing.T) {
	engine := &fake{topics: topics}
	h := newHouse(t, engine)
	h.seed()
	h.write(3, "École encore. Fibre toujours.")
	h.run()
	ctx := context.Background()
	made, err := h.desk.Split(ctx, h.staff, h.edition, "À part", []string{h.segment("École rurale").ID, h.segment("Bonjour").ID}, h.key())
	h.must(err)
	seq := h.ledger.Head().Seq
	stuck := func() int {
		history, err := h.desk.History(ctx, h.edition)
		h.must(err)
		return history[0].Stuck
	}
	if n := stuck(); n != 0 {
		t.Errorf("%d sentences would stay, want 0", n)
	}
	engine.topics = []string{"fibre", "vélo"}
	h.run()
	if n := stuck(); n != 1 {
		t.Errorf("%d sentences would stay, want 1", n)
	}
	h.must(h.desk.Undo(ctx, h.staff, h.edition, seq, h.key()))
	if got := h.segment("École rurale"); got.Theme != made {
		t.Errorf("the sentence is in %q, want %s", got.Theme, made)
	}
	if got := h.segment("Bonjour"); got.Theme != "" {
		t.Errorf("what was in no theme is in %q", got.Theme)
	}
	engine.topics = topics
	h.run()
	h.want("fibre: Fibre lente. / Fibre chère. / Fibre toujours.\npartout: Vélo partout.\nécole: École ouverte. / École rurale. / École encore.\n-: Bonjour à vous.")
}
