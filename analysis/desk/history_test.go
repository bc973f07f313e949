package desk_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis"
)

// told are the sentences of the history.
func (h *house) told() (out []string) {
	h.t.Helper()
	history, err := h.desk.History(context.Background(), h.edition)
	h.must(err)
	for _, d := range history {
		out = append(out, d.What)
	}
	return out
}

// TestHistoryStays: what was decided is told for ever as it was told when it was
// decided, whatever is run, renamed, merged or undone afterwards.
func TestHistoryStays(t *testing.T) {
	engine := &fake{topics: topics}
	h := newHouse(t, engine)
	h.seed()
	h.run()
	ctx := context.Background()
	var want []string
	then := func(err error) {
		t.Helper()
		h.must(err)
		got := h.told()
		if len(got) < len(want) || !slices.Equal(got[:len(want)], want) {
			t.Fatalf("told\n%s\nwas\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		want = got
	}
	school, bike, fibre := h.theme("école").ID, h.theme("partout").ID, h.theme("fibre").ID
	then(h.desk.Merge(ctx, h.staff, h.edition, school, bike, h.key()))
	merged := h.ledger.Head().Seq
	then(h.desk.Rename(ctx, h.staff, h.edition, school, "Écoles", h.key()))
	renamed := h.ledger.Head().Seq
	then(h.desk.Freeze(ctx, h.staff, h.edition, fibre, h.key()))
	h.write(3, "Vélo encore. Vélo toujours. Fibre toujours. Lente, lente, lente fibre.")
	h.run()
	then(nil)
	then(h.desk.Undo(ctx, h.staff, h.edition, renamed, h.key()))
	then(h.desk.Undo(ctx, h.staff, h.edition, merged, h.key()))
	then(h.desk.Merge(ctx, h.staff, h.edition, fibre, bike, h.key()))
	then(h.desk.Rename(ctx, h.staff, h.edition, fibre, "Réseaux", h.key()))
	engine.topics = []string{"bonjour", "toujours"}
	h.run()
	then(nil)
	h.run()
	then(nil)
	h.close()
	h.open()
	then(nil)
	for i, s := range []string{"«\u00a0partout\u00a0» a rejoint «\u00a0école\u00a0»", "«\u00a0école\u00a0» s’appelle désormais «\u00a0Écoles\u00a0»", "«\u00a0fibre\u00a0» est figé",
		"«\u00a0vélo\u00a0» a rejoint «\u00a0fibre\u00a0»"} {
		if !strings.Contains(want[i], s) {
			t.Errorf("decision %d: %q, want %q", i, want[i], s)
		}
	}
}

// TestHistoryErased: a name that was somebody's word is gone with it, from what
// was decided before later runs too; others stay.
func TestHistoryErased(t *testing.T) {
	h := newHouse(t, nil)
	h.themes = 5
	ctx := context.Background()
	for i := range 4 {
		for n := range said {
			h.write((i+n)%3, said[n][i])
		}
	}
	for _, text := range []string{"Le xylophone municipal sonne.", "Un xylophone municipal au kiosque.", "Notre xylophone municipal est rouillé.", "Xylophone municipal, kiosque rouillé."} {
		h.write(3, text)
	}
	h.run()
	music, canteen, bike := h.segment("Un xylophone").Theme, h.segment("Les cantines").Theme, h.segment("Une piste").Theme
	h.must(h.desk.Place(ctx, h.staff, h.edition, music, "Éducation", h.key()))
	h.must(h.desk.Merge(ctx, h.staff, h.edition, canteen, bike, h.key()))
	h.run()
	before := h.told()
	if !strings.Contains(strings.ToLower(before[0]), "xylophone") {
		t.Fatalf("the theme is not called so: %q", before)
	}
	h.erase(3)
	for _, when := range []string{"at once", "after the purge"} {
		after := h.told()
		if after[0] != "Un ancien thème relève de «\u00a0Éducation\u00a0»." || after[1] != before[1] {
			t.Errorf("%s: %q, was %q", when, after, before)
		}
		h.must(h.desk.Purge(ctx))
	}
}

// TestMergeHolds has a merge stand through a run of too few themes to tell the two
// apart, and one of more.
func TestMergeHolds(t *testing.T) {
	h := newHouse(t, nil)
	h.themes = 4
	ctx := context.Background()
	for i := range 4 {
		for n, subject := range said {
			h.write((i+n)%4, subject[i]+" "+subject[(i+1)%4])
		}
	}
	h.run()
	with := func(text string) string { return h.segment(text).Theme }
	bike, network, canteen := with("Une piste"), with("La fibre"), with("Les cantines")
	h.must(h.desk.Merge(ctx, h.staff, h.edition, bike, network, h.key()))
	merged := h.ledger.Head().Seq
	for _, h.themes = range []int{2, 0, 6} {
		h.run()
		for subject, want := range map[int]string{1: bike, 2: bike} {
			for _, text := range said[subject] {
				if got := with(text[:12]); got != want {
					t.Errorf("%d themes: %q is in theme %s:\n%s", h.themes, text, got, outline(h.report()))
				}
			}
		}
		if slices.ContainsFunc(h.report().Themes, func(x analysis.Theme) bool { return x.ID == network }) {
			t.Errorf("%d themes: the merged theme is back", h.themes)
		}
		if c, err := h.desk.Changes(ctx, h.edition); err != nil || len(c.Standing) != 1 || len(c.Waiting) != 0 {
			t.Errorf("%d themes: standing %+v, waiting %+v, %v", h.themes, c.Standing, c.Waiting, err)
		}
	}
	h.must(h.desk.Undo(ctx, h.staff, h.edition, merged, h.key()))
	if with("Une piste") == with("La fibre") || with("Les cantines") == with("La fibre") {
		t.Errorf("the merge was not undone (cantines %s):\n%s", canteen, outline(h.report()))
	}
}
