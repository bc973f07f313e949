package analysis

import (
	"fmt"
	"strings"
	"testing"

	"github.com/villes-internet/congres/corpora"
)

// A term that some write without its accent is named with it, as others write it.
func TestAccents(t *testing.T) {
	c := corpora.Corpus{}
	add := func(text string) {
		c.Documents = append(c.Documents, corpora.Document{ID: fmt.Sprint(len(c.Documents)), Text: text})
	}
	for i := range 12 {
		add(fmt.Sprint("Chez pole emploi, personne ne répond, dossier ", i))
		add(fmt.Sprint("La cantine de l’école est trop chère, classe ", i))
	}
	for range 3 {
		add("Chez Pôle emploi, personne ne répond")
	}
	r := analyse(t, c, Settings{Themes: 2})
	for _, x := range r.Themes {
		if strings.Contains(strings.ToLower(x.Label), "pole emploi") {
			t.Errorf("theme %q", x.Label)
		}
		if strings.Contains(x.Label, "ôle emploi") {
			return
		}
	}
	t.Errorf("no theme of %v is named after Pôle emploi", labels(r))
}

func labels(r *Report) (out []string) {
	for _, x := range r.Themes {
		out = append(out, x.Label)
	}
	return out
}
