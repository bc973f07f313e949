package desk_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

func TestChanges(t *testing.T) {
	engine := &fake{topics: topics}
	h := newHouse(t, engine)
	ctx := context.Background()
	if _, err := h.desk.Changes(ctx, h.edition); !errors.Is(err, desk.ErrNoRun) {
		t.Fatalf("before the first run: %v", err)
	}
	h.seed()
	first := h.run()
	c, err := h.desk.Changes(ctx, h.edition)
	h.must(err)
	if want := []string{"Première analyse\u00a0: 3\u00a0contributions, 3\u00a0thèmes."}; c.Run != first || c.Before != "" || !slices.Equal(c.Sentences, want) {
		t.Errorf("got %+v, want %q", c, want)
	}
	school, bike, fibre := h.theme("école").ID, h.theme("partout").ID, h.theme("fibre").ID
	h.must(h.desk.Rename(ctx, h.staff, h.edition, school, "Écoles", h.key()))
	h.must(h.desk.Merge(ctx, h.staff, h.edition, school, fibre, h.key())) // is in both runs: no change
	added := h.write(3, "Bonjour encore. Vélo encore.")
	engine.topics = []string{"école", "bonjour", "fibre"}
	second := h.run()
	h.must(h.desk.Freeze(ctx, h.staff, h.edition, school, h.key()))

	c, err = h.desk.Changes(ctx, h.edition)
	h.must(err)
	if c.Run != second || c.Before != first {
		t.Errorf("runs %s and %s", c.Run, c.Before)
	}
	if len(c.Kept) != 1 || c.Kept[0] != (desk.Named{Theme: school, Label: "Écoles"}) {
		t.Errorf("kept %+v", c.Kept)
	}
	if len(c.New) != 1 || c.New[0].Label != "bonjour" {
		t.Errorf("new %+v", c.New)
	}
	if len(c.Gone) != 1 || c.Gone[0] != (desk.Named{Theme: bike, Label: "partout"}) {
		t.Errorf("gone %+v", c.Gone)
	}
	want := []desk.Moved{{Segment: h.segment("Vélo partout").ID, From: bike}, {Segment: h.segment("Bonjour à vous").ID, To: c.New[0].Theme}}
	if !slices.Equal(c.Moved, want) {
		t.Errorf("moved %+v, want %+v", c.Moved, want)
	}
	if !slices.Equal(c.Added, []string{added}) || c.Revised != nil || c.Removed != 0 {
		t.Errorf("contributions %v %v %v", c.Added, c.Revised, c.Removed)
	}
	if len(c.Standing) != 3 {
		t.Errorf("standing %+v", c.Standing)
	}
	said := strings.Join(c.Sentences, "\n")
	for _, s := range []string{
		"Depuis l’analyse précédente\u00a0: 1\u00a0contribution de plus.", "1\u00a0nouveau thème\u00a0: «\u00a0bonjour\u00a0».",
		"1\u00a0thème n’est plus là\u00a0: «\u00a0partout\u00a0».", "1\u00a0thème demeure, vos décisions d’alors comprises.", "2\u00a0phrases ont changé de thème.",
		"3\u00a0décisions de l’équipe tiennent.",
	} {
		if !strings.Contains(said, s) {
			t.Errorf("%q is not said in\n%s", s, said)
		}
	}
}

// TestRenamed sees that a name that the machine found anew is told, and what it was.
func TestRenamed(t *testing.T) {
	engine := &fake{topics: topics}
	h := newHouse(t, engine)
	ctx := context.Background()
	h.seed()
	h.run()
	school, bike := h.theme("école"), h.theme("partout")
	if was, err := h.desk.Formerly(ctx, h.edition); err != nil || len(was) != 0 {
		t.Errorf("before anything changed: %v, %v", was, err)
	}
	h.write(3, "École cantine cantine cantine cantine cantine.")
	h.run()
	now := h.report()
	label := ""
	for _, x := range now.Themes {
		if x.ID == school.ID {
			label = x.Label
		}
	}
	if label == school.Label {
		t.Fatalf("still %q", label)
	}
	c, err := h.desk.Changes(ctx, h.edition)
	h.must(err)
	if want := []desk.Renamed{{Named: desk.Named{Theme: school.ID, Label: label}, Was: school.Label}}; !slices.Equal(c.Renamed, want) {
		t.Errorf("renamed %+v, want %+v", c.Renamed, want)
	}
	if want := "«\u00a0" + label + "\u00a0» s’appelait «\u00a0école\u00a0»"; !strings.Contains(strings.Join(c.Sentences, "\n"), want) {
		t.Errorf("%q is not said in %q", want, c.Sentences)
	}
	was, err := h.desk.Formerly(ctx, h.edition)
	h.must(err)
	if len(was) != 1 || was[school.ID] != "école" {
		t.Errorf("formerly %v", was)
	}
	h.must(h.desk.Rename(ctx, h.staff, h.edition, school.ID, "Cantines", h.key()))
	h.must(h.desk.Rename(ctx, h.staff, h.edition, bike.ID, "Vélos", h.key()))
	if was, err = h.desk.Formerly(ctx, h.edition); err != nil || len(was) != 0 {
		t.Errorf("of themes that people named: %v, %v", was, err)
	}
}

// TestRenamedAfterPurge has a name that is a theme's first word stay one when an
// erasure has the report rewritten.
func TestRenamedAfterPurge(t *testing.T) {
	h := newHouse(t, &fake{topics: topics})
	ctx := context.Background()
	h.seed()
	h.write(2, "Bonjour.")
	h.run()
	school := h.theme("école")
	h.erase(2)
	h.must(h.desk.Purge(ctx))
	h.write(3, "École cantine cantine cantine cantine cantine.")
	h.run()
	c, err := h.desk.Changes(ctx, h.edition)
	h.must(err)
	if want := []desk.Renamed{{Named: desk.Named{Theme: school.ID, Label: "cantine"}, Was: "école"}}; !slices.Equal(c.Renamed, want) {
		t.Errorf("renamed %+v, want %+v", c.Renamed, want)
	}
}

// TestRemoved tells how many contributions the newest run did not read any more, and
// not of those that left after it.
func TestRemoved(t *testing.T) {
	h := newHouse(t, &fake{topics: topics})
	ctx := context.Background()
	h.seed()
	hidden, later := h.write(0, "École fermée."), h.write(0, "Vélo lent.")
	h.run()
	hide := func(id string) {
		h.do(h.staff, func(tx *ledger.Tx) error { return consult.Hide(tx, id, "hors sujet") })
	}
	told := func(want int, sentence string) {
		t.Helper()
		c, err := h.desk.Changes(ctx, h.edition)
		h.must(err)
		if c.Removed != want || c.Sentences[0] != sentence {
			t.Errorf("%d removed, want %d: %q", c.Removed, want, c.Sentences[0])
		}
	}
	h.run()
	told(0, "Les mêmes contributions qu’à l’analyse précédente.")
	hide(later)
	told(0, "Les mêmes contributions qu’à l’analyse précédente.")
	hide(hidden)
	h.erase(2)
	h.run()
	told(3, "Depuis l’analyse précédente\u00a0: 3\u00a0retirées.")
	h.must(h.desk.Purge(ctx))
	told(3, "Depuis l’analyse précédente\u00a0: 3\u00a0retirées.")
	h.erase(1) // whom both runs had read
	h.must(h.desk.Purge(ctx))
	told(3, "Depuis l’analyse précédente\u00a0: 3\u00a0retirées.")
}
