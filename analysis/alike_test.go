package analysis

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/villes-internet/congres/corpora"
)

// TestAlike says plainly that all texts are the same, and shows no figure of nothing.
func TestAlike(t *testing.T) {
	c := corpora.Corpus{Name: "Pétition"}
	for i := range 60 {
		text := "Il faut plus de bus le soir dans les villages de la vallée. La cantine devrait servir des légumes."
		if i%2 == 1 {
			text = strings.ToUpper(text[:1]) + text[1:] + " " // spaces say nothing
		}
		c.Documents = append(c.Documents, corpora.Document{ID: fmt.Sprint(i), Text: text})
	}
	r, err := Run(context.Background(), c, Settings{})
	if err != nil {
		t.Fatal(err)
	}
	var html bytes.Buffer
	if err := r.WriteHTML(&html); err != nil {
		t.Fatal(err)
	}
	page := html.String()
	if len(r.Notes) != 1 || !strings.HasPrefix(r.Notes[0], "Les 60 textes sont tous les mêmes") {
		t.Errorf("notes %q", r.Notes)
	}
	for _, never := range []string{"soutenu 0", "χ² 0,0"} {
		if strings.Contains(page, never) {
			t.Errorf("the page says %q", never)
		}
	}
	if !strings.Contains(page, "Aucun mot ne le distingue du reste") {
		t.Error("the page does not say that no word sets the theme apart")
	}
	c.Documents[59].Text = "Des arbres dans la cour de l’école."
	if r, err = Run(context.Background(), c, Settings{}); err != nil || len(r.Notes) > 0 && strings.Contains(r.Notes[0], "tous les mêmes") {
		t.Errorf("one text is another: %q, %v", r.Notes, err)
	}
}

// TestNoNull writes no list as null, however little there is to say.
func TestNoNull(t *testing.T) {
	one := corpora.Corpus{Documents: []corpora.Document{{ID: "1", Text: "Bonjour."}}}
	odd := corpora.Corpus{}
	for i := range 24 {
		odd.Documents = append(odd.Documents, corpora.Document{ID: fmt.Sprint(i), Text: []string{"👍🏽 👍🏽", "Des bus le soir.", "Les bus du matin sont pleins.", "…"}[i%4],
			Variables: map[string]string{"secteur": []string{"a", "b"}[i%2], "rare": fmt.Sprint(i % 8)}})
	}
	for _, c := range []corpora.Corpus{small(), one, odd} {
		r, err := Run(context.Background(), c, Settings{})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := r.WriteJSON(&out); err != nil {
			t.Fatal(err)
		}
		for _, key := range regexp.MustCompile(`"[^"]+": null`).FindAllString(out.String(), -1) {
			t.Errorf("%d texts: %s", len(c.Documents), key)
		}
	}
}

// TestSameVariable shows one of two columns that say the same, ours first, and names
// the other.
func TestSameVariable(t *testing.T) {
	var c corpora.Corpus
	for i := range 40 {
		axis := []string{"Transports", "École"}[i%2]
		d := corpora.Document{ID: fmt.Sprint(i), Text: []string{"Des bus le soir et le dimanche.", "La cantine scolaire et ses légumes."}[i%2] + fmt.Sprint(" Avis ", i),
			Variables: map[string]string{corpora.VarAxis: axis, "Category/id": fmt.Sprint(3 + i%2), "secteur": []string{"nord", "sud"}[i/20]}}
		c.Documents = append(c.Documents, d)
	}
	names := func() (out []string) {
		r, err := Run(context.Background(), c, Settings{Themes: 2})
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range r.Variables {
			out = append(out, v.Name+" = "+strings.Join(v.Same, ", "))
		}
		for _, s := range r.Themes[0].Profile {
			if s.Variable == "Category/id" && len(r.Variables) == 2 {
				t.Errorf("the theme is told by %s too", s.Variable)
			}
		}
		return out
	}
	if got := strings.Join(names(), "; "); got != "axe = Category/id; secteur = " {
		t.Errorf("variables %s", got)
	}
	c.Documents[0].Variables["Category/id"] = "4"
	if got := strings.Join(names(), "; "); got != "axe = ; Category/id = ; secteur = " {
		t.Errorf("one value differs: %s", got)
	}
}
