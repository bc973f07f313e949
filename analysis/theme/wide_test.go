package theme

import (
	"context"
	"reflect"
	"runtime"
	"testing"
)

// What a wide corpus would look at holds most of what comparing all pairs finds,
// with the same similarity, whatever the number of processors.
func TestLikely(t *testing.T) {
	for _, c := range []struct {
		file, text string
		least      float64
	}{
		{"decidim-mel/comments.tsv", "text", .75},
		{"republique-numerique/opinions.tsv", "title", .6},
	} {
		texts, _, _ := shared(t, c.file, c.text, "id")
		words, static := read(texts)
		view := Both(words, static).(*fused)
		exact, err := Neighbours(context.Background(), view, 10, nil)
		if err != nil {
			t.Fatal(err)
		}
		find := func(processors int) Graph {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
			g, err := likely(context.Background(), view, view.Len(), 10, nil)
			if err != nil {
				t.Fatal(err)
			}
			return g
		}
		g := find(1)
		if !reflect.DeepEqual(g, find(4)) {
			t.Errorf("%s: the graph depends on the number of processors", c.file)
		}
		found, all := 0., 0.
		for i, edges := range exact {
			likely := make(map[int32]float64)
			for _, e := range g[i] {
				likely[e.To] = e.Weight
			}
			for _, e := range edges {
				all += e.Weight
				if w, ok := likely[e.To]; ok {
					found += e.Weight
					if abs(w-e.Weight) > 1e-5 {
						t.Fatalf("%s: %d, %d: %v, want %v", c.file, i, e.To, w, e.Weight)
					}
				}
			}
		}
		t.Logf("%s %s: %.3f of the weight of the ten nearest is found", c.file, c.text, found/all)
		if found < c.least*all {
			t.Errorf("less than %.2f", c.least)
		}
	}
}

func TestWindow(t *testing.T) {
	list := []int{0, 1, 2, 3, 4, 5, 6}
	for _, c := range []struct{ at, n, from, to int }{{0, 3, 0, 2}, {6, 3, 4, 6}, {3, 3, 2, 4}, {3, 9, 0, 6}, {7, 2, 5, 6}} {
		if got := window(list, c.at, c.n); got[0] != c.from || got[len(got)-1] != c.to {
			t.Errorf("window at %d of %d: %v", c.at, c.n, got)
		}
	}
}
