package lexis

import (
	"math"
	"strings"
	"testing"
)

func readTexts(texts ...string) (*Lexicon, [][]Word) {
	l := &Lexicon{}
	var out [][]Word
	for _, text := range texts {
		out = append(out, l.Read(text))
	}
	return l, out
}

func TestConcordance(t *testing.T) {
	texts := []string{"Une école zen. L’école éteinte, une École étroite.", "Deux écoles, école ouverte ; l'école elle aussi", "rien"}
	l, words := readTexts(texts...)
	for _, c := range []struct {
		query string
		unit  Unit
		width int
		by    Sort
		want  string
	}{
		{"ÉCOLE", Forms, 1, AsRead, "Une [école] zen|L’[école] éteinte|une [École] étroite|écoles, [école] ouverte|l'[école] elle"},
		{"école", Forms, 1, ByRight, "l'[école] elle|L’[école] éteinte|une [École] étroite|écoles, [école] ouverte|Une [école] zen"},
		{"école", Forms, 2, ByLeft, "Deux écoles, [école] ouverte ; l'|ouverte ; l'[école] elle aussi|zen. L’[école] éteinte, une|Une [école] zen. L’|éteinte, une [École] étroite"},
		{"école", Roots, 1, AsRead, "Une [école] zen|L’[école] éteinte|une [École] étroite|Deux [écoles], école|écoles, [école] ouverte|l'[école] elle"},
		{"l’école", Forms, 1, AsRead, "zen. [L’école] éteinte|ouverte ; [l'école] elle"},
		{"une école", Roots, 1, AsRead, "[Une école] zen|éteinte, [une École] étroite"},
		{"écoles école", Forms, 1, AsRead, ""}, // a comma stands between
		{"écoles", Lemmas, 1, AsRead, "Une [école] zen|L’[école] éteinte|une [École] étroite|Deux [écoles], école|écoles, [école] ouverte|l'[école] elle"},
		{"ecole", Lemmas, 1, ByRight, "Deux [écoles], école|l'[école] elle|L’[école] éteinte|une [École] étroite|écoles, [école] ouverte|Une [école] zen"},
		{"écolier", Lemmas, 1, AsRead, ""},
		{"absent", Forms, 1, AsRead, ""},
		{"", Forms, 1, AsRead, ""},
	} {
		var got []string
		for _, line := range l.Concordance(words, l.Query(c.query, c.unit), c.width, c.by) {
			text := texts[line.Text]
			got = append(got, text[line.Left:line.Start]+"["+text[line.Start:line.End]+"]"+text[line.End:line.Right])
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q, unit %d, sort %d:\n got %s\nwant %s", c.query, c.unit, c.by, strings.Join(got, "|"), c.want)
		}
	}
}

// Words of one root that are different ones: what a query of each finds.
func TestConcordanceOfLemmas(t *testing.T) {
	l, words := readTexts("Une équipe et un équipement. Des équipes équipées.", "La commune, les communes, la communication, un bien commun.", "Un élu, des élu·es, une élue.")
	if l.Roots[words[0][1].Root] != l.Roots[words[0][4].Root] {
		t.Fatal("équipe and équipement have no root in common: the test says nothing")
	}
	for query, want := range map[string]string{
		"équipe": "équipe équipes", "équipement": "équipement", "équiper": "équipées", "communes": "commune communes",
		"communication": "communication", "communs": "commun", "élu": "élu élu·es élue", "élues": "élu élu·es élue", "communal": "",
	} {
		var got []string
		for i, text := range words {
			for at := range text {
				if l.Query(query, Lemmas).at(words[i], at) {
					got = append(got, l.Forms[text[at].Form])
				}
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

func TestCooccurrents(t *testing.T) {
	l, words := readTexts("le bus bleu passe le bus bleu", "un vélo rouge file loin", "bleu bus vert un train long")
	got := Cooccurrents(words, l.Query("bus", Forms), 1, 1, Forms, 1, -99)
	byForm := make(map[string]Cooccurrent)
	for _, c := range got {
		byForm[l.Forms[c.ID]] = c
	}
	// Near: le bleu le bleu, bleu vert: six occurrences of eighteen.
	for form, want := range map[string]Cooccurrent{
		"bleu": {Near: 3, All: 3, Distance: 1, Score: math.Log10(18. * 17 * 16 / (6 * 5 * 4))},
		"le":   {Near: 2, All: 2, Distance: 1, Score: math.Log10(18. * 17 / (6 * 5))},
		"vert": {Near: 1, All: 1, Distance: 1, Score: math.Log10(18. / 6)},
	} {
		g := byForm[form]
		if g.Near != want.Near || g.All != want.All || g.Distance != want.Distance || math.Abs(g.Score-want.Score) > 1e-9 {
			t.Errorf("%s: %+v, want %+v", form, g, want)
		}
	}
	if len(got) != 3 || l.Forms[got[0].ID] != "bleu" {
		t.Errorf("cooccurrents %+v", got)
	}
	if often := Cooccurrents(words, l.Query("bus", Forms), 1, 1, Forms, 3, -99); len(often) != 1 || often[0].Near != 3 {
		t.Errorf("met three times: %+v", often)
	}
	wide := Cooccurrents(words, l.Query("bus", Forms), 0, 3, Forms, 1, -99)
	for _, c := range wide {
		if l.Forms[c.ID] == "passe" && c.Distance != 2 {
			t.Errorf("passe at distance %v, want 2", c.Distance)
		}
	}
}
