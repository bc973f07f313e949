package desk_test

import (
	"context"
	"errors"
	"testing"

	"github.com/villes-internet/congres/analysis/desk"
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
