package analysis

import (
	"math/rand/v2"
	"testing"

	"github.com/villes-internet/congres/corpora"
)

// One text in twenty comes later: nine of ten of the others stay where people
// found them.
func TestSteady(t *testing.T) {
	for _, c := range []struct {
		file, text string
		themes     int
	}{
		{"masakhanews-fra/dev.tsv", "headline", 5},
		{"masakhanews-fra/dev.tsv", "text", 5},
		{"decidim-mel/comments.tsv", "text", 0},
		{"decidim-mel/comments.tsv", "text", 29},
		{"decidim-mel/proposals.tsv", "text", 0},
		{"republique-numerique/opinions.tsv", "text", 18},
		{"drawn", "wide", 0},
	} {
		all := corpora.Corpus{}
		if c.file == "drawn" {
			all = drawn(t, 3000)
		} else {
			all = shared(t, c.file, c.text)
		}
		for seed := range uint64(1) {
			rng := rand.New(rand.NewPCG(seed, 20))
			before := all
			before.Documents = nil
			for _, d := range all.Documents {
				if rng.IntN(20) > 0 {
					before.Documents = append(before.Documents, d)
				}
			}
			one := analyse(t, before, Settings{Themes: c.themes})
			two := analyse(t, all, Settings{Themes: c.themes, Previous: priors(one)})
			is := make(map[string]string)
			for _, d := range two.Documents {
				is[d.ID] = d.Theme
			}
			same, placed := 0, 0
			for _, d := range one.Documents {
				if d.Theme != "" {
					placed++
					if is[d.ID] == d.Theme {
						same++
					}
				}
			}
			t.Logf("%s %s, %d themes, seed %d: %d of %d texts stay (%.3f)", c.file, c.text, len(one.Themes), seed, same, placed, float64(same)/float64(placed))
			if 10*same < 9*placed {
				t.Errorf("too many texts change theme")
			}
		}
	}
}
