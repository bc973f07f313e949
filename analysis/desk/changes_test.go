package desk_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis/desk"
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
	if !slices.Equal(c.Added, []string{added}) || c.Revised != nil || c.Removed != nil {
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
