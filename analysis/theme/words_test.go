package theme

import (
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
)

func TestNatureOf(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Pourquoi les bus sont-ils si rares ?", Question},
		{"Les bus sont rares le soir.", Fact},
		{"Il faut plus de bus.", Proposal},
		{"Créer une maison de santé.", Proposal},
		{"Et pourquoi ne pas ouvrir l'école le soir ?", Proposal},
		{"J’habite un village sans bus.", Witness},
		{"Dans ma commune, le bus ne passe plus.", Witness},
		{"L'État devrait payer.", Proposal},
		{"Premier constat : rien ne bouge.", Fact},
		{"", Fact},
		{"Que l’État compense les charges qu’il transfère.", Proposal},
		{"Ne plus fermer de classes en cours d’année.", Proposal},
		{"INTERDIRE les publicités lumineuses.", Proposal},
		{"- Les rendre gratuits !", Proposal},
		{"Je souhaiterais que les petites communes soient écoutées.", Proposal},
		{"Ne pourrait-on pas mutualiser les secrétariats ?", Proposal},
		{"Comment recruter une secrétaire de mairie", Question},
		{"Nous avons perdu notre dernier médecin l’an passé.", Witness},
		{"Mes enfants font une heure de car chaque matin.", Witness},
		{"Je suis favorable à la gratuité.", Proposal},
		{"Je ne pense pas qu’il faut tout changer.", Fact},
		{"Le maire a dit qu’il viendrait.", Fact},
		{"On dit « Que faire ? » dans les réunions.", Fact},
		{"Arrêtez de fermer les guichets.", Proposal},
		{"Permettez-moi de vous remercier.", Fact},
		{"Il me semble utile de garder un accueil.", Proposal},
		{"Il suffit de rouvrir la gare.", Proposal},
		{"C’est aux communes de décider.", Proposal},
		{"Les horaires sont à revoir.", Proposal},
		{"Les horaires ne sont pas à revoir.", Fact},
		{"Cette hausse est à craindre.", Fact},
		{"Un guichet unique simplifierait tout.", Proposal},
		{"Je suis pour le vote par correspondance.", Proposal},
		{"J’approuve la gratuité.", Proposal},
		{"J’approuve cette proposition.", Fact},
		{"Je souhaiterais remercier les agents.", Fact},
		{"Pour que chacun puisse venir.", Proposal},
		{"Alors que le bus passe encore.", Fact},
		{"J’avais peur de la machine.", Witness},
		{"Chez nous, le bus ne passe plus.", Witness},
		{"Une conseillère est venue vers moi.", Witness},
		{"Ma meilleure amie attend un médecin.", Witness},
	} {
		if got := NatureOf(c.text); got != c.want {
			t.Errorf("NatureOf(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func term(form string, chi2 float64, in int, roots ...int32) lexis.Term {
	var k lexis.Key
	copy(k[:], roots)
	return lexis.Term{Key: k, Form: form, Chi2: chi2, In: in, Noun: .8}
}

// held says which texts, one a segment, hold the terms of themes, each after another
// where its first word is another, in a corpus of 600 other segments.
func held(themes []Theme) []Theme {
	for i := range themes {
		t := &themes[i]
		t.Texts = t.Segments
		for j := range t.Terms {
			c := &t.Terms[j]
			for n := range c.In {
				c.Texts = append(c.Texts, (11*c.Key[0]+int32(n))%int32(t.Texts))
			}
			a, b := float64(c.In)/float64(t.Segments), float64(c.Out)/600
			c.Own = (a - b) / (a + b)
		}
		for j := range t.Terms {
			c := &t.Terms[j]
			for _, other := range t.Terms {
				if other.Key.Shares(c.Key) {
					c.Around = append(c.Around, other.Texts...)
				}
			}
			slices.Sort(c.Around)
			c.Around = slices.Compact(c.Around)
		}
	}
	return themes
}

func TestLabels(t *testing.T) {
	got := Labels(held([]Theme{
		{Segments: 30, Terms: []lexis.Term{term("numérique", 90, 12, 1), term("fracture numérique", 80, 9, 2, 1), term("accès aux services", 40, 6, 3, 4), term("fracture", 30, 9, 2), {Key: lexis.Key{9}, Form: "permettre", Chi2: 99, In: 20}, term("exemple", 95, 20, 10)}},
		{Segments: 30, Terms: []lexis.Term{term("fracture numérique", 20, 4, 2, 1), term("bus", 15, 8, 5), term("soir", 12, 4, 6), term("vélo", 11, 4, 7)}},
		{Segments: 30, Label: "Nos écoles"},
		{Segments: 30, Terms: nil},
		{Segments: 3, Terms: nil},
		{},
	}))
	want := []string{"Fracture numérique, accès aux services", "Bus, vélo", "Nos écoles", "Autres sujets", "Autres sujets (II)", "Thème sans texte"}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("label %d: %q, want %q", i, got[i], want[i])
		}
	}
}

// A word gives way to a term that it stands in, a term to the theme that it names
// best, a word to the theme that a term with it names best; no journalist names what they write.
func TestLabelsLead(t *testing.T) {
	blank, out := term("vote blanc", 90, 27, 1, 2), term("vote obligatoire", 60, 9, 1, 3)
	vote := term("vote", 99, 59, 1)
	vote.Out, blank.Out, out.Out = 80, 50, 5
	best := term("vote blanc", 95, 49, 1, 2)
	best.Out = 28
	okoi, club := term("Raissa Okoi", 50, 5, 8, 9), term("Caf", 50, 5, 10)
	club.Article = .8
	got := Labels(held([]Theme{
		{Segments: 93, Terms: []lexis.Term{vote, blank, out}},
		{Segments: 153, Terms: []lexis.Term{best, term("candidats", 90, 44, 4)}},
		{Segments: 8, Terms: []lexis.Term{okoi, term("Diop", 45, 4, 11), term("raissa", 44, 4, 8), term("reportage", 20, 4, 12)}},
		{Segments: 8, Terms: []lexis.Term{club, term("Sénégal", 20, 4, 14)}},
	}))
	for i, want := range []string{"Vote obligatoire", "Vote blanc, candidats", "Reportage", "Caf, Sénégal"} {
		if got[i] != want {
			t.Errorf("label %d: %q, want %q", i, got[i], want)
		}
	}
}

// A rare noun does not name a theme that a word which is none holds together;
// a vague noun names one with an adjective.
func TestLabelsMislead(t *testing.T) {
	accord, souris := term("accord", 30, 32, 1), term("souris", 9, 2, 2)
	accord.Noun, accord.Out = .1, 28
	got := Labels(held([]Theme{
		{Segments: 37, Terms: []lexis.Term{accord, souris}},
		{Segments: 28, Terms: []lexis.Term{term("changement", 20, 10, 3), term("changement climatique", 15, 6, 3, 4)}},
		{Segments: 28, Terms: []lexis.Term{term("changement de cap", 20, 6, 3, 5), term("bus", 12, 10, 6)}},
	}))
	for i, want := range []string{"Accord", "Changement climatique", "Bus"} {
		if got[i] != want {
			t.Errorf("label %d: %q, want %q", i, got[i], want)
		}
	}
}

// A term that seldom stands outside a longer one does not name a theme in its place.
func TestLabelsWhole(t *testing.T) {
	got := Labels(held([]Theme{
		{Segments: 20, Terms: []lexis.Term{term("caractère personnel", 30, 10, 2, 3), term("données à caractère personnel", 28, 8, 1, 2, 3), term("mairie", 12, 6, 4)}},
		{Segments: 20, Terms: []lexis.Term{term("logiciels", 30, 15, 5), term("logiciels libres", 28, 3, 5, 6)}},
	}))
	for i, want := range []string{"Données à caractère personnel", "Logiciels"} {
		if first, _, _ := strings.Cut(got[i], ","); first != want {
			t.Errorf("label %d: %q, want %q first", i, got[i], want)
		}
	}
}

func TestRank(t *testing.T) {
	row := func(root int32) lexis.Vector { return lexis.Vector{{Root: root, Value: 1}} }
	got := Rank([]Candidate{
		{Segment: 1, Row: row(1), Typical: .9, Formed: .8, Author: "a"},
		{Segment: 2, Row: row(1), Typical: .88, Formed: .8, Author: "a"}, // the same words, the same person
		{Segment: 3, Row: row(2), Typical: .7, Formed: .8, Author: "b"},
		{Segment: 4, Row: row(3), Typical: .1, Formed: .1},
	}, 3)
	for i, want := range []int{1, 3, 2} {
		if got[i].Segment != want {
			t.Errorf("rank %d: segment %d, want %d", i, got[i].Segment, want)
		}
	}
	if WeightTypical+WeightFormed+WeightSupported+WeightDistinct != 1 {
		t.Error("the weights do not sum to 1")
	}
}

func TestFormed(t *testing.T) {
	best := Formed("Les communes rurales ont besoin de bus plus fréquents le soir et le dimanche.")
	for _, text := range []string{"Bus", "Il faudrait cela aussi, et puis le reste, pour de bon.", "les bus", ""} {
		if got := Formed(text); got >= best || got < 0 {
			t.Errorf("Formed(%q) = %v, not below %v", text, got, best)
		}
	}
}

// A term that few texts hold does not name a theme, however much it is its own, nor
// does one that adds no text to the others; a theme of which no term holds a third
// says so.
func TestLabelsCover(t *testing.T) {
	plastic, products := term("emballages plastiques", 39, 3, 1, 2), term("produits", 49, 12, 3)
	products.Out = 40
	city := term("ville", 40, 14, 4)
	twin := city
	twin.Form, twin.Key = "agglomération", lexis.Key{15}
	themes := held([]Theme{
		{Segments: 30, Terms: []lexis.Term{plastic, products, term("agriculture", 90, 9, 5)}},
		{Segments: 30, Terms: []lexis.Term{city, twin, term("vélo", 20, 5, 6)}},
		{Segments: 40, Terms: []lexis.Term{term("talibans", 16, 4, 7), term("attentats", 12, 3, 8)}},
	})
	themes[1].Terms[1].Texts = themes[1].Terms[0].Texts
	got := Labels(themes)
	for i, want := range []string{"Agriculture, produits", "Ville, vélo", "Divers (talibans, attentats)"} {
		if got[i] != want {
			t.Errorf("label %d: %q, want %q", i, got[i], want)
		}
	}
}
