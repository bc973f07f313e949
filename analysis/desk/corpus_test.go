package desk_test

import (
	"context"
	"errors"
	"testing"

	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
)

// TestCorpus hands out what the run read with its themes, to staff, without the
// words of whoever was erased since.
func TestCorpus(t *testing.T) {
	h := newHouse(t, nil)
	ctx := context.Background()
	h.sayAll()
	if _, err := h.desk.Corpus(ctx, h.staff, h.edition); !errors.Is(err, desk.ErrNoRun) {
		t.Errorf("before the first run: %v", err)
	}
	h.themes = 4
	h.run()
	before, err := h.desk.Corpus(ctx, h.staff, h.edition)
	h.must(err)
	for i, d := range h.report().Documents {
		if x := before.Documents[i]; x.ID != d.ID || x.Text == "" || d.Theme != "" && x.Variables["theme"] != h.label(d.Theme) {
			t.Errorf("%s is %+v", d.ID, x)
		}
	}
	for _, actor := range []string{"", h.elus[0], "nobody"} {
		if c, err := h.desk.Corpus(ctx, actor, h.edition); !errors.Is(err, consult.ErrForbidden) || len(c.Documents) > 0 {
			t.Errorf("%q: %v", actor, err)
		}
	}
	h.erase(0)
	after, err := h.desk.Corpus(ctx, h.staff, h.edition)
	h.must(err)
	if len(after.Documents) >= len(before.Documents) {
		t.Errorf("%d texts after an erasure, %d before", len(after.Documents), len(before.Documents))
	}
	for _, d := range after.Documents {
		if d.Variables["auteur"] == h.elus[0] {
			t.Errorf("%s is still there", d.ID)
		}
	}
}
