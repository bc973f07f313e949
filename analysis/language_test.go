package analysis

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/villes-internet/congres/corpora"
)

// TestLanguage says how many texts are not French, from one in ten on.
func TestLanguage(t *testing.T) {
	french := []string{"Les bus sont trop rares le soir dans notre quartier.", "Il faudrait plus d’espaces verts pour les enfants de la ville.",
		"La cantine scolaire devrait servir des légumes de la région.", "Les élu·es doivent écouter les habitant·es avant de décider."}
	foreign := []string{"The buses are too rare in the evening in our area.", "We need more green spaces for the children of the town.",
		"Los autobuses son demasiado raros por la noche en nuestro barrio.", "Die Busse fahren abends in unserem Viertel viel zu selten."}
	const beware = "en français\u00a0: les thèmes sont à lire avec prudence."
	for _, c := range []struct {
		foreign, of int
		want        string
	}{
		{0, 40, ""}, {3, 40, ""},
		{4, 40, "4\u00a0textes sur 40 (10\u00a0%) ne semblent pas écrits " + beware},
		{10, 40, "10\u00a0textes sur 40 (25\u00a0%) ne semblent pas écrits " + beware},
		{20, 40, "20\u00a0textes sur 40 (50\u00a0%) ne semblent pas écrits " + beware},
		{40, 40, "40\u00a0textes sur 40 (100\u00a0%) ne semblent pas écrits " + beware},
		{1, 3, "1\u00a0texte sur 3 (33\u00a0%) ne semble pas écrit " + beware},
	} {
		var corpus corpora.Corpus
		for i := range c.of {
			text := french[i%len(french)]
			if i < c.foreign {
				text = foreign[i%len(foreign)]
			}
			corpus.Documents = append(corpus.Documents, corpora.Document{ID: fmt.Sprint(i), Version: 1, Text: text})
		}
		if got := languageOf(t, corpus); got != c.want {
			t.Errorf("%d of %d: %q, want %q", c.foreign, c.of, got, c.want)
		}
	}
	// Texts of a few words each are judged together.
	for text, want := range map[string]string{"cantine école vélos piscine médiathèque marché": "", "school bicycle swimming library housing town": "300\u00a0textes sur 300 (100\u00a0%) ne semblent pas écrits " + beware} {
		words := strings.Fields(text)
		var corpus corpora.Corpus
		for i := range 300 {
			corpus.Documents = append(corpus.Documents, corpora.Document{ID: fmt.Sprint(i), Version: 1, Text: words[i%len(words)]})
		}
		if got := languageOf(t, corpus); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func languageOf(t *testing.T, c corpora.Corpus) string {
	t.Helper()
	r, err := Run(context.Background(), c, Settings{})
	if err != nil {
		t.Fatal(err)
	}
	return r.Corpus.Language
}
