package desk_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

// TestCompare sets what people made of themes beside what the machine had found.
func TestCompare(t *testing.T) {
	engine := &fake{topics: topics}
	h := newHouse(t, engine)
	ctx := context.Background()
	h.seed()
	first := h.run()
	if _, err := h.desk.Compare(ctx, h.edition, "ailleurs"); !errors.Is(err, desk.ErrNoRun) {
		t.Errorf("a run that is not: %v", err)
	}
	c, err := h.desk.Compare(ctx, h.edition, first)
	h.must(err)
	if c.Run.ID != first || c.Common == 0 || c.Same != c.Common || c.Gained != 0 || c.Lost != 0 {
		t.Errorf("with itself: %+v", c)
	}
	school, fibre := h.theme("école").ID, h.theme("fibre").ID
	report, err := h.desk.Report(ctx, h.edition)
	h.must(err)
	moved := 0
	for _, s := range report.Segments {
		if s.Theme == fibre {
			moved++
		}
	}
	h.must(h.desk.Merge(ctx, h.staff, h.edition, school, fibre, h.key()))
	h.write(3, "Bonjour encore. Vélo encore.")
	h.run()
	after, err := h.desk.Compare(ctx, h.edition, first)
	h.must(err)
	if moved == 0 || after.Common != c.Common || after.Same != c.Same-moved || after.Gained != 2 || after.Lost != 0 {
		t.Errorf("after a merge of %d sentences and a new contribution: %+v", moved, after)
	}
	total := 0
	for _, x := range after.Crossings {
		total += x.Sentences
		if x.Now.Theme == school && x.Then.Theme == fibre && (x.Sentences != moved || x.Then.Label == "") {
			t.Errorf("the crossing is %+v", x)
		}
	}
	if total != after.Common {
		t.Errorf("crossings hold %d sentences of %d", total, after.Common)
	}
}

// TestCompareEditions sets the themes beside those of the congress before, of which
// no sentence is the same.
func TestCompareEditions(t *testing.T) {
	h := newHouse(t, nil)
	ctx := context.Background()
	h.themes = 3
	speak := func(subjects ...int) {
		for i := range 4 {
			for _, n := range subjects {
				h.write((i+n)%4, said[n][i]+" "+said[n][(i+1)%4])
			}
		}
	}
	speak(0, 1, 2)
	before := h.run()
	canteen := h.segment("Les cantines").Theme
	h.must(h.desk.Rename(ctx, h.staff, h.edition, canteen, "Bien manger", h.key()))
	bikes := h.segment("Une piste").Theme
	h.do("", func(tx *ledger.Tx) (err error) {
		h.edition, err = consult.OpenEdition(tx, consult.Edition{
			Title: "Congrès 2027", Axes: []consult.Axis{{Title: "Éducation"}}, Opens: time.Now().Add(-time.Hour), Closes: time.Now().Add(24 * time.Hour),
			Readers: consult.ReadPublic, Names: consult.ByFunction,
		})
		return err
	})
	speak(0, 1, 3) // nothing on bikes, and a new subject
	h.run()
	c, err := h.desk.Compare(ctx, h.edition, before)
	h.must(err)
	if !c.Other || !c.Corrected || c.All == 0 || c.Common != c.All {
		t.Errorf("compared with another edition: %+v", c)
	}
	now := h.segment("Les cantines").Theme
	sum, same := 0, 0
	for _, x := range c.Crossings {
		sum += x.Sentences
		if x.Now.Theme == now && x.Then == (desk.Named{Theme: canteen, Label: "Bien manger"}) {
			same = x.Sentences
		}
	}
	if sum != c.Common || same == 0 {
		t.Errorf("%d of the canteen's sentences go where they went then, %d of %d are counted: %+v", same, sum, c.Common, c.Crossings)
	}
	if len(c.Gone) != 1 || c.Gone[0].Theme != bikes {
		t.Errorf("themes that do not come back: %+v, want the bikes", c.Gone)
	}
	doctors := h.segment("Le médecin").Theme
	if len(c.New) != 1 || c.New[0].Theme != doctors {
		t.Errorf("new themes: %+v, want the doctors", c.New)
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := h.desk.Compare(stopped, h.edition, before); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}
