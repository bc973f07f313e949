package web

import (
	"encoding/json"
	"net/url"
	"testing"
)

// TestPanelThemes: the editor's panel has each theme's reach and its verbatims
// by axis, and no territory that few élus fit.
func TestPanelThemes(t *testing.T) {
	s := newSite(t, withAnalysis)
	s.speak(30)
	s.analyse()
	nour, id := s.writers("Vu")
	type answer struct {
		Themes []struct {
			Verbatims []cited
			Reach     struct{ Contributions, Elus []int }
		}
		Choices struct {
			Axes               []struct{ Value, Label string }
			Departments, Sizes []struct{}
		}
		Contributions, Elus int
		Problem             string
	}
	ask := func(query string) (a answer, verbatims int) {
		t.Helper()
		if err := json.Unmarshal([]byte(s.as(nour).get("/motion/"+id+"/themes.json"+query).want(t, 200).Body), &a); err != nil {
			t.Fatal(err)
		}
		for _, x := range a.Themes {
			verbatims += len(x.Verbatims)
		}
		return a, verbatims
	}
	a, n := ask("")
	if a.Contributions != 60 || a.Elus != 1 || len(a.Themes) == 0 || n == 0 || len(a.Themes[0].Reach.Contributions) == 0 || len(a.Themes[0].Reach.Elus) != 1 {
		t.Errorf("got %+v", a)
	}
	if len(a.Choices.Axes) != 2 || len(a.Choices.Departments) != 0 || len(a.Choices.Sizes) != 0 {
		t.Errorf("choices: %+v", a.Choices)
	}
	if _, same := ask("?axe=" + a.Choices.Axes[0].Value); same < n {
		t.Errorf("got %d of %d verbatims on the axis", same, n)
	}
	if _, none := ask("?axe=" + a.Choices.Axes[1].Value); none != 0 {
		t.Errorf("got %d verbatims on an axis without any", none)
	}
	for _, query := range []string{"?departement=98", "?taille=" + url.QueryEscape("1 000 à 3 499 hab."), "?departement=inconnu"} {
		if a, n := ask(query); n != 0 || a.Problem == "" {
			t.Errorf("%s: %d verbatims, %q", query, n, a.Problem)
		}
	}
	s.as(s.zoe).get("/motion/"+id+"/themes.json").want(t, 403)
}
