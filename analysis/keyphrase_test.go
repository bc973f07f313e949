package analysis

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/corpora"
)

// Keywords against those that authors gave their own papers: F1 of the ten first,
// matched exactly once stemmed, over a sample of the papers.
func TestKeyphrases(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "shared", "data", "taln", "keyphrases-before-2012.json"))
	if err != nil {
		t.Skip("taln/keyphrases-before-2012.json is absent")
	}
	var papers []struct {
		ID, Title, Abstract string
		Keywords            []string
	}
	if err := json.Unmarshal(data, &papers); err != nil {
		t.Fatal(err)
	}
	var c corpora.Corpus
	for _, p := range papers {
		c.Documents = append(c.Documents, corpora.Document{ID: p.ID, Text: p.Title + "\n" + p.Abstract})
	}
	r := analyse(t, c, Settings{})
	f1, precision, recall, n := 0., 0., 0., 0
	for i, d := range r.Documents {
		gold := make(map[string]bool)
		for _, k := range papers[i].Keywords {
			gold[stemmed(k)] = true
		}
		if len(gold) == 0 {
			continue
		}
		n++
		hit := 0.
		for _, k := range d.Keywords {
			if gold[stemmed(k)] {
				hit++
				delete(gold, stemmed(k))
			}
		}
		if hit > 0 {
			p, q := hit/float64(len(d.Keywords)), hit/float64(len(gold)+int(hit))
			f1, precision, recall = f1+2*p*q/(p+q), precision+p, recall+q
		}
	}
	f1 /= float64(n)
	t.Logf("%d papers: F1@10 %.4f, precision %.3f, recall %.3f", n, f1, precision/float64(n), recall/float64(n))
	for _, i := range []int{0, 100, 400} {
		t.Logf("%q ≠ %q", papers[i].Keywords, r.Documents[i].Keywords)
	}
	if f1 < .165 {
		t.Error("below .165")
	}
}

// stemmed is a phrase as roots.
func stemmed(phrase string) string {
	var out []string
	for _, t := range french.Tokens(nil, phrase) {
		if t.Kind != french.Punct && t.Kind != french.Symbol {
			out = append(out, french.Root(t.Form(phrase)))
		}
	}
	return strings.Join(out, " ")
}
