package theme

import (
	"reflect"
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/corpora/tables"
)

// A sentence is in its theme for what its own text says elsewhere only, unless other
// texts of the theme say its words, or words of near sense.
func TestWeak(t *testing.T) {
	var lexicon lexis.Lexicon
	var words [][]lexis.Word
	var text, theme []int
	for _, s := range []struct {
		said        string
		text, theme int
	}{
		{"Le bus est rare le soir", 0, 0},
		{"Mon voisin dort", 0, 0}, // nobody else says so
		{"Le train est rare", 1, 0},
		{"La voiture", 1, 0}, // nor that, in these words
		{"Le bus et le train le dimanche", 2, 0},
		{"La cantine de l’école", 3, 1},
		{"Les enfants de la cantine", 4, 1},
		{"Mon voisin", 4, 1}, // which others say, of another theme
		{"L’école du dimanche", 5, 1},
		{"Girafe", 6, 2}, // alone in its theme
		{"Oui", 7, -1},
	} {
		words, text, theme = append(words, lexicon.Read(s.said)), append(text, s.text), append(theme, s.theme)
	}
	rows := lexis.NewTable(words, len(lexicon.Roots)).BM25()
	for _, c := range []struct {
		name   string
		tables []tables.Table
		themes int
		want   []int
	}{
		{"words", nil, 3, []int{1, 3, 7}},
		{"senses", tables.Words(), 3, []int{1, 7}},
		{"one theme", nil, 1, nil},
	} {
		var got []int
		for i, weak := range Weak(rows, text, theme, c.themes, lexicon.Roots, c.tables) {
			if weak {
				got = append(got, i)
			}
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
