package analysis

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/villes-internet/congres/corpora"
)

// TestScattered remarks on a number of themes that leaves many of them with one
// text, where it was asked for.
func TestScattered(t *testing.T) {
	words := strings.Fields("bus cantine vélo école crèche marché piscine forêt")
	var corpus corpora.Corpus
	for i, a := range words {
		for j, b := range words[i+1:] {
			corpus.Documents = append(corpus.Documents, corpora.Document{ID: fmt.Sprint(i, "-", j), Version: 1,
				Text: fmt.Sprintf("Le %s et le %s, le %s surtout avec le %s.", a, b, a, b)})
		}
	}
	for _, tc := range []struct {
		themes int
		want   bool
	}{{0, false}, {2, false}, {20, true}} {
		r, err := Run(context.Background(), corpus, Settings{Themes: tc.themes})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(strings.Join(r.Notes, " "), "n’ont qu’un seul texte"); got != tc.want {
			t.Errorf("%d themes asked for, %d made: notes %q", tc.themes, len(r.Themes), r.Notes)
		}
	}
}
