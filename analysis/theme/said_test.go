package theme

import (
	"slices"
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
)

func TestSaid(t *testing.T) {
	for name, want := range map[string][]string{
		"Pain, l’eau du puits":    {"Pain", "l’eau du puits"},
		"Pain (III)":              {"Pain"},
		"Divers (pain, eau)":      {"pain", "eau"},
		"Divers (pain, eau) (IX)": {"pain", "eau"},
		"Autres sujets":           nil,
		"Autres sujets (II)":      nil,
		"Thème sans texte (XIV)":  nil,
		"Louis XIV":               {"Louis XIV"},
	} {
		if got := Said(name); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	// Whatever it is that names them.
	var lexicon lexis.Lexicon
	key := func(form string) lexis.Key { lexicon.Read(form); return lexicon.Key(form) }
	term := lexis.Term{Key: key("pain"), Form: "pain", In: 1, Own: 1, Chi2: 9, Texts: []int32{0}}
	for _, x := range []Theme{{}, {Segments: 9, Texts: 9}, {Segments: 9, Texts: 9, Terms: []lexis.Term{term}}} {
		for _, label := range Labels([]Theme{x, x, x}) {
			for _, said := range Said(label) {
				if said != "pain" && said != "Pain" {
					t.Errorf("%q says %q", label, said)
				}
			}
		}
	}
}
