package theme

import (
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
)

// No person names a theme; places, laws, programs and what bears a person's name do.
func TestPerson(t *testing.T) {
	for _, c := range []struct {
		form                    string
		article, titled, within float64
		want                    bool
	}{
		{"Alexandrine Holognon", 0, 0, 0, true},
		{"Jacques Chirac", 0, 0, 0, true},
		{"Raissa Okoi", 0, 0, 0, true},
		{"président Alassane Ouattara", 0, 0, 0, true},
		{"lycée Jean Moulin", .2, 0, 0, false},
		{"Holognon", 0, .5, 0, true},
		{"Zblurg", 0, 0, 0, true},
		{"Zblurg", 0, 0, .3, false}, // « sous Zblurg »
		{"Poutine", 0, .4, 0, true},
		{"Twitter", 0, 0, .3, false},
		{"Linux", 0, 0, 0, false},
		{"Lille", 0, 0, .5, false},
		{"RGPD", .9, 0, 0, false},
		{"Burkina Faso", .3, 0, .3, false},
		{"Open Data", .1, 0, 0, false},
		{"Caf", .8, 0, 0, false},
		{"vote blanc", .1, 0, 0, false},
	} {
		var k lexis.Key
		if got := person(lexis.Term{Key: k, Form: c.form, Article: c.article, Titled: c.titled, Within: c.within}); got != c.want {
			t.Errorf("person(%q, %v, %v, %v) = %v", c.form, c.article, c.titled, c.within, got)
		}
	}
}

func TestPhrase(t *testing.T) {
	for form, want := range map[string]bool{
		"transports en commun":               true,
		"accès au numérique":                 true,
		"taxe sur les produits pétroliers":   true,
		"droits des femmes et des enfants":   true,
		"offre et demande":                   true,
		"données à caractère personnel":      true,
		"coup d’État":                        true,
		"nom et la rue":                      false,
		"informatique et des libertés":       false,
		"fonction de leur niveau de revenus": false,
		"heures pour les antennes":           false,
		"perplexité face":                    false,
		"présente loi":                       false,
		"urgence nécessaires":                false,
		"vote et la prise en compte du vote": false,
		"bus":                                true,
	} {
		if got := phrase(form); got != want {
			t.Errorf("phrase(%q) = %v", form, got)
		}
	}
}

// A name is of nouns: hollow ones only where they name much better, which then is said,
// verbs and adjectives where nothing else does; no two words of one family, none of
// another language's little words.
func TestLabelsNouns(t *testing.T) {
	noun := func(form string, in int, root int32) lexis.Term { return term(form, 50, in, root) }
	adjective := noun("majoritaire", 9, 1)
	adjective.Noun = 0
	got := Labels(held([]Theme{
		{Segments: 20, Terms: []lexis.Term{noun("conditions", 10, 2), noun("bus", 7, 3)}},
		{Segments: 20, Terms: []lexis.Term{noun("système", 16, 4), noun("coûts", 2, 5)}},
		{Segments: 20, Terms: []lexis.Term{adjective, noun("scrutin", 8, 6)}},
		{Segments: 20, Terms: []lexis.Term{noun("agriculture", 9, 7), noun("agriculteurs", 8, 8), noun("pesticides", 5, 12)}},
		{Segments: 20, Terms: []lexis.Term{noun("détruire", 12, 10), noun("ghettos", 8, 11)}},
		{Segments: 20, Terms: []lexis.Term{noun("with", 15, 13), noun("The", 15, 14), noun("package", 9, 15)}},
	}))
	for i, want := range []string{"Bus", "Divers (système)", "Scrutin", "Agriculture, pesticides", "Ghettos", "Package"} {
		if got[i] != want {
			t.Errorf("label %d: %q, want %q", i, got[i], want)
		}
	}
}

// What only says a word that says nothing by itself is no name.
func TestHollow(t *testing.T) {
	for name, want := range map[string]bool{"Divers (ans)": true, "Divers (système, question)": true, "Divers (système, coûts)": false, "Système": false, "Bus": false} {
		if got := Hollow(name); got != want {
			t.Errorf("Hollow(%q) = %v", name, got)
		}
	}
}

// A theme of parts is named by what they have in common, not by what one has.
func TestLabelsParts(t *testing.T) {
	bus, trains := term("bus", 50, 12, 1), term("transports", 40, 12, 2)
	themes := held([]Theme{{Segments: 40, Terms: []lexis.Term{bus, trains}, Part: map[int32]int{}, Sizes: []int{20, 20}}})
	t0 := &themes[0]
	t0.Terms[0].Texts, t0.Terms[1].Texts = nil, nil
	for d := range int32(40) {
		t0.Part[d] = int(d) / 20
		if d < 12 {
			t0.Terms[0].Texts = append(t0.Terms[0].Texts, d)
		}
		if d%20 < 6 {
			t0.Terms[1].Texts = append(t0.Terms[1].Texts, d)
		}
	}
	if got := Labels(themes)[0]; got != "Transports, bus" {
		t.Errorf("%q, want what both have first", got)
	}
}
