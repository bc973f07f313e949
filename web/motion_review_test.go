package web

import (
	"strings"
	"testing"

	"github.com/villes-internet/congres/motion/ydoc"
)

// TestToReview: what is to be published without a title, an axis or kinds of
// blocks is said, and not forbidden.
func TestToReview(t *testing.T) {
	s := newSite(t)
	nour, id := s.writers("Considérant l’école")
	page := "/motion/" + id
	s.as(nour).get(page).want(t, 200, "À relire avant de publier", "n’a pas de titre", "aucun axe")
	s.edit(nour, id, func(x *ydoc.Text) {
		for _, b := range []string{"", "axis|a", "title|t"} {
			x.Insert(0, "\n", map[string]any{"b": b})
			x.Insert(0, "Des mots", map[string]any{})
		}
	})
	got := s.as(nour).get(page).want(t, 200, "1 bloc n’a pas de nature").words()
	if strings.Contains(got, "n’a pas de titre") || strings.Contains(got, "aucun axe") {
		t.Errorf("got %s", got)
	}
	s.as(nour).post(page+"/publier", nil).goes(t, page+"?version=1&fait=publie")
}
