package desk_test

import (
	"context"
	"errors"
	"testing"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
)

// TestPreview sees that what is shown before a decision is what the decision then
// gives, and that looking at it decides nothing.
func TestPreview(t *testing.T) {
	engine := &fake{topics: topics}
	h := newHouse(t, engine)
	ctx := context.Background()
	h.seed()
	if _, err := h.desk.PreviewMerge(ctx, h.staff, h.edition, "a", "b"); !errors.Is(err, desk.ErrNoRun) {
		t.Errorf("before the first run: %v", err)
	}
	h.run()
	school, fibre := h.theme("école").ID, h.theme("fibre").ID
	before, head := outline(h.report()), h.ledger.Head()
	still := func() {
		t.Helper()
		if h.ledger.Head() != head || outline(h.report()) != before {
			t.Errorf("a preview changed something:\n%s", outline(h.report()))
		}
	}
	names := func(list []analysis.Theme) (out string) {
		for _, x := range list {
			out += x.Label + " "
		}
		return out
	}

	p, err := h.desk.PreviewMerge(ctx, h.staff, h.edition, school, fibre)
	h.must(err)
	still()
	if names(p.Before) != "école fibre " || len(p.After) != 1 || p.After[0].ID != school || p.After[0].Segments != p.Before[0].Segments+p.Before[1].Segments {
		t.Errorf("merge: %+v", p)
	}
	described := engine.revised.Load()
	h.must(h.desk.Merge(ctx, h.staff, h.edition, school, fibre, h.key()))
	if got, want := outline(h.report()), outline(p.Then); got != want {
		t.Errorf("the merge gave\n%s\nand its preview was\n%s", got, want)
	}
	if engine.revised.Load() != described {
		t.Error("what a preview described is described again")
	}
	before, head = outline(h.report()), h.ledger.Head()

	segments := []string{h.segment("Fibre lente").ID, h.segment("Bonjour").ID}
	p, err = h.desk.PreviewSplit(ctx, h.staff, h.edition, segments)
	h.must(err)
	still()
	if len(p.Before) != 1 || p.Before[0].ID != school || len(p.After) != 2 || p.After[0].Segments != 2 || p.After[0].Named || p.After[0].Label == "" ||
		p.After[1].ID != school || p.After[1].Segments != p.Before[0].Segments-1 {
		t.Errorf("split: before %+v after %+v", p.Before, p.After)
	}
	made, err := h.desk.Split(ctx, h.staff, h.edition, p.After[0].Label, segments, h.key())
	h.must(err)
	if got, want := outline(h.report()), outline(p.Then); got != want {
		t.Errorf("the split gave\n%s\nand its preview was\n%s", got, want)
	}

	var field *consult.FieldError
	if _, err := h.desk.PreviewMerge(ctx, h.staff, h.edition, school, school); !errors.As(err, &field) {
		t.Errorf("a theme with itself: %v", err)
	}
	if _, err := h.desk.PreviewMerge(ctx, h.staff, h.edition, made, fibre); !errors.Is(err, consult.ErrNotFound) {
		t.Errorf("a theme that was merged: %v", err)
	}
	if _, err := h.desk.PreviewSplit(ctx, h.staff, h.edition, nil); !errors.As(err, &field) {
		t.Errorf("of nothing: %v", err)
	}
	if _, err := h.desk.PreviewSplit(ctx, h.staff, h.edition, []string{"ailleurs@1:0-1"}); !errors.Is(err, consult.ErrNotFound) {
		t.Errorf("of a sentence that is not: %v", err)
	}
	if _, err := h.desk.PreviewSplit(ctx, h.elus[0], h.edition, segments); !errors.Is(err, consult.ErrForbidden) {
		t.Errorf("by an élu: %v", err)
	}
}
