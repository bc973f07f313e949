package analysis

import (
	"context"
	"errors"
	"math"
	"testing"
)

// The whole chain, on news of five kinds: each document's theme, as
// documents.csv says it, against its topic (V-measure, Rosenberg and Hirschberg
// 2007).
func TestNews(t *testing.T) {
	c := shared(t, "masakhanews-fra/dev.tsv", "text")
	r := analyse(t, c, Settings{Themes: 5})
	gold, found, both := make(map[string]float64), make(map[string]float64), make(map[[2]string]float64)
	for i, d := range r.Documents {
		topic := c.Documents[i].Variables["category"]
		gold[topic]++
		found[d.Theme]++
		both[[2]string{topic, d.Theme}]++
	}
	n := float64(len(r.Documents))
	v := 2 * (entropy(gold, n) + entropy(found, n) - entropy(both, n)) / (entropy(gold, n) + entropy(found, n))
	t.Logf("V %.3f", v)
	if v < .40 {
		t.Errorf("V %.3f, below .40", v)
	}
}

func entropy[K comparable](counts map[K]float64, n float64) float64 {
	h := 0.
	for _, c := range counts {
		h -= c / n * math.Log(c/n)
	}
	return h
}

// A run that is stopped at any stage says so and returns nothing.
func TestStopped(t *testing.T) {
	c := shared(t, "decidim-mel/comments.tsv", "text")
	var stages []string
	analyse(t, c, Settings{Progress: func(stage string, done, total int) {
		if len(stages) == 0 || stages[len(stages)-1] != stage {
			stages = append(stages, stage)
		}
		if done < 0 || done > total {
			t.Errorf("%s: %d of %d", stage, done, total)
		}
	}})
	if len(stages) != 6 {
		t.Errorf("stages %q", stages)
	}
	for _, at := range stages[:5] {
		ctx, cancel := context.WithCancel(context.Background())
		r, err := Run(ctx, c, Settings{Progress: func(stage string, _, _ int) {
			if stage == at {
				cancel()
			}
		}})
		if r != nil || !errors.Is(err, context.Canceled) {
			t.Errorf("stopped at %s: %v", at, err)
		}
		cancel()
	}
}
