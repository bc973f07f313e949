package analysis

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/corpora"
)

// A text that is taken out of a report goes back, most times, where the run that
// knew it had put it.
func TestPlacer(t *testing.T) {
	for _, c := range []struct {
		name, column string
		least        float64
	}{{"decidim-mel/comments.tsv", "text", .85}, {"masakhanews-fra/dev.tsv", "text", .8}, {"masakhanews-fra/dev.tsv", "headline", .8}, {"republique-numerique/opinions.tsv", "text", .75}} {
		corpus := shared(t, c.name, c.column)
		whole := analyse(t, corpus, Settings{})
		home := make(map[string]string)
		for _, d := range whole.Documents {
			home[d.ID] = d.Theme
		}
		var right, none, all float64
		for fold := range 5 {
			out := func(i int) bool { return i%5 == fold }
			fewer := *whole
			left := make(map[string]bool)
			for i, d := range whole.Documents {
				left[d.ID] = out(i)
			}
			fewer.Segments = slices.DeleteFunc(slices.Clone(whole.Segments), func(s Segment) bool { return left[s.Document] })
			p := NewPlacer(&fewer)
			for i, d := range corpus.Documents {
				if !out(i) || home[d.ID] == "" {
					continue
				}
				all++
				switch got := p.Place(d.Text); got.Theme {
				case home[d.ID]:
					right++
				case "":
					none++
				}
			}
		}
		t.Logf("%s %s, %d themes: %.3f of %v where the run put them, %.3f nowhere", c.name, c.column, len(whole.Themes), right/all, all, none/all)
		if right/all < c.least {
			t.Errorf("%s: below %.2f", c.name, c.least)
		}
	}
}

func TestPlacerNowhere(t *testing.T) {
	r := analyse(t, shared(t, "decidim-mel/comments.tsv", "text"), Settings{})
	p := NewPlacer(r)
	for _, text := range []string{"", "   ", "\xff\xfe", "12 345", "zyxwvut qponmlk", strings.Repeat("!", 1000),
		"Excellente proposition !", "Je partage ce point de vue, merci."} {
		if got := p.Place(text); got.Theme != "" {
			t.Errorf("Place(%.20q) = %v, want nowhere", text, got)
		}
	}
	if got := NewPlacer(&Report{}).Place("Le bus ne passe plus."); got.Theme != "" {
		t.Errorf("in an empty report: %v", got)
	}
}

// astray are texts on something else than a consultation of any kind, written for
// this test.
var astray = map[string][]string{
	"greetings": {"Bonjour", "Bonjour à toutes et à tous", "Bonjour, ceci est un test.", "Merci beaucoup et bonne journée", "Rien à ajouter.", "Je suis d'accord.", "Voir pièce jointe.", "Idem", "lol"},
	"recipes": {"Mélangez la farine, les œufs et le sucre, puis enfournez quarante minutes à four moyen.",
		"Faites fondre le beurre, ajoutez les oignons émincés et laissez mijoter à feu doux pendant une heure.",
		"Une tarte aux pommes réussie demande une pâte bien froide et des pommes acidulées.",
		"Épluchez les carottes, coupez-les en rondelles et faites-les revenir dans l'huile d'olive.",
		"Le coq au vin se prépare la veille avec un bon bourgogne, des lardons et des champignons."},
	"other languages": {"Hello everyone, this is a test message.", "We should build more bike lanes and improve public transport in the city.",
		"I think that the internet should be free for all citizens.", "Local elected officials need better digital services for their inhabitants.",
		"El ayuntamiento debe mejorar el transporte público y las bicicletas.", "Wir brauchen mehr Fahrräder und weniger Autos in der Stadt.", "Buy cheap watches online now, limited offer."},
	"other things": {"L'équipe de France a battu l'Argentine aux tirs au but après prolongation.", "Mon chat dort toute la journée sur le radiateur.",
		"Les étoiles brillent au-dessus de la mer et le vent se tait.", "Les dinosaures ont disparu il y a soixante-six millions d'années.",
		"Napoléon a perdu la bataille de Waterloo contre Wellington et Blücher.", "Il était une fois une princesse qui vivait dans un château avec un dragon.",
		"Prenez deux comprimés matin et soir pendant sept jours.", "Cette robe rouge me va mieux que la bleue, tu ne trouves pas ?"},
}

// TestPlacerAstray counts the texts on something else that are said to be of no
// theme: what was written for this test, and another corpus altogether.
func TestPlacerAstray(t *testing.T) {
	comments, opinions, news := shared(t, "decidim-mel/comments.tsv", "text"), shared(t, "republique-numerique/opinions.tsv", "text"), shared(t, "masakhanews-fra/dev.tsv", "text")
	var others []string
	for _, d := range news.Documents {
		others = append(others, d.Text)
	}
	for _, c := range []struct {
		corpus corpora.Corpus
		least  map[string]float64 // share of no theme
	}{
		{comments, map[string]float64{"greetings": .75, "recipes": .95, "other languages": .95, "other things": .7, "news": .5}},
		{opinions, map[string]float64{"greetings": .75, "recipes": .95, "other languages": .95, "other things": .7, "news": .8}},
	} {
		p := NewPlacer(analyse(t, c.corpus, Settings{}))
		for kind, least := range c.least {
			texts := astray[kind]
			if kind == "news" {
				texts = others
			}
			nowhere := 0
			for _, text := range texts {
				if p.Place(text).Theme == "" {
					nowhere++
				} else if kind != "news" {
					t.Logf("%s: « %s » has a theme", c.corpus.Name, text)
				}
			}
			t.Logf("%s: %d of %d %s of no theme", c.corpus.Name, nowhere, len(texts), kind)
			if float64(nowhere) < least*float64(len(texts)) {
				t.Errorf("%s, %s: below %.2f", c.corpus.Name, kind, least)
			}
		}
	}
}

func BenchmarkPlace(b *testing.B) {
	c := shared(b, "decidim-mel/comments.tsv", "text")
	r, err := Run(context.Background(), c, Settings{})
	if err != nil {
		b.Fatal(err)
	}
	p := NewPlacer(r)
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		p.Place(c.Documents[n%len(c.Documents)].Text)
	}
}
