package theme

import (
	"context"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"
)

// What a wide corpus would look at holds most of what comparing all pairs finds,
// with about the same similarity, whatever the number of processors.
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
		exact, _, err := Neighbours(context.Background(), view, nil, 10, nil)
		if err != nil {
			t.Fatal(err)
		}
		find := func(processors int) Graph {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
			g, order, err := likely(context.Background(), view, nil, view.Len(), 10, nil)
			if err != nil {
				t.Fatal(err)
			}
			return renumbered(g, order)
		}
		g := find(1)
		if !reflect.DeepEqual(g, find(4)) {
			t.Errorf("%s: the graph depends on the number of processors", c.file)
		}
		found, all, off := 0., 0., 0.
		for i, edges := range exact {
			likely := make(map[int32]float64)
			for _, e := range g[i] {
				likely[e.To] = e.Weight
			}
			for _, e := range edges {
				all += e.Weight
				if w, ok := likely[e.To]; ok {
					found += e.Weight
					off += abs(w-e.Weight) * e.Weight
				}
			}
		}
		t.Logf("%s %s: %.3f of the weight of the ten nearest is found, to within %.3f", c.file, c.text, found/all, off/found)
		if off > .05*found {
			t.Error("weights are far from what they are")
		}
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

// Planted groups of a wide graph are found, in the number that is asked for, whatever
// the number of processors.
func TestWidePlanted(t *testing.T) {
	const n, groups = 2*wideCorpus + 1, 7
	rng := rand.New(rand.NewPCG(1, 7))
	g, truth := make(Graph, n), make([]int, n)
	for i := range n {
		truth[i] = i % groups
	}
	for i := range n - 1 { // the last is like no other
		for range 5 {
			j := rng.IntN(n - 1)
			if rng.IntN(5) > 0 {
				j = rng.IntN((n-1)/groups)*groups + truth[i]
			}
			if j != i {
				weight := .5 + rng.Float64()
				g[i], g[j] = append(g[i], Edge{int32(j), weight}), append(g[j], Edge{int32(i), weight})
			}
		}
	}
	find := func(processors, themes int) Found {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		found, err := Partition(context.Background(), g, Plan{Themes: themes}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	for _, themes := range []int{1, 2, groups, 50} {
		found := find(1, themes)
		if !reflect.DeepEqual(found, find(4, themes)) {
			t.Errorf("%d themes depend on the number of processors", themes)
		}
		if found.Theme[n-1] != -1 {
			t.Error("what is like no other is in a theme")
		}
		seen := make(map[int]bool)
		for _, theme := range found.Theme[:n-1] {
			seen[theme] = true
		}
		if len(seen) != themes || found.Themes != themes {
			t.Errorf("%d themes, said to be %d, want %d", len(seen), found.Themes, themes)
		}
		if v := VMeasure(truth[:n-1], found.Theme[:n-1]); themes == groups && v < .95 {
			t.Errorf("V %.3f", v)
		}
	}
}

// In as many dimensions as there are, nothing is lost; in those where rows differ,
// next to nothing; where there are none, nothing comes.
func TestBrief(t *testing.T) {
	const n, dim, spanned = 400, 32, 6
	rng := rand.New(rand.NewPCG(1, 8))
	draw := func(size int) []float32 {
		out := make([]float32, size)
		for i := range out {
			out[i] = float32(rng.NormFloat64())
		}
		return out
	}
	axes, v := draw(spanned*dim), &Static{n: n, dim: dim, rows: make([]float32, n*dim)}
	for i := range n - 1 { // the last is empty
		for k, x := range draw(spanned) {
			for j := range dim {
				v.row(i)[j] += x * axes[k*dim+j]
			}
		}
		unit(v.row(i))
	}
	for _, c := range []struct {
		dim  int
		most float32 // error
	}{{dim, 1e-4}, {100, 1e-4}, {spanned, 1e-3}} {
		brief, err := v.brief(context.Background(), c.dim)
		if err != nil {
			t.Fatal(err)
		}
		if brief.dim > dim || brief.dim > c.dim {
			t.Errorf("%d dimensions for %d", brief.dim, c.dim)
		}
		for i := range n {
			for j := range i {
				if want, got := dot(v.row(i), v.row(j)), dot(brief.row(i), brief.row(j)); got-want > c.most || want-got > c.most {
					t.Fatalf("%d dimensions: %v, want %v", c.dim, got, want)
				}
			}
		}
	}
	brief, err := (&Static{n: 3, dim: dim, rows: make([]float32, 3*dim)}).brief(context.Background(), 8)
	if err != nil || reflect.ValueOf(brief.rows).IsZero() {
		t.Fatal(err)
	}
	for _, x := range brief.rows {
		if x != 0 {
			t.Fatal("something comes of nothing")
		}
	}
}

// A laid view says of each unit what the view itself says, and every unit that has a
// meaning is looked at by its neighbours in its cell.
func TestLaid(t *testing.T) {
	texts, _, _ := shared(t, "republique-numerique/opinions.tsv", "title", "id")
	texts = append(texts, "", "et puis")
	words, full := read(texts)
	static := &Static{n: full.n, dim: briefly, rows: make([]float32, full.n*briefly)}
	for i := range full.n { // in no more dimensions than are kept
		copy(static.row(i), full.row(i))
	}
	view := Both(words, static).(*fused)
	find, order, err := view.lay(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	place := make([]int, len(order))
	for at, i := range order {
		place[i] = at + 1
	}
	row, offered, near := make([]float32, view.Len()), 0, find()
	for at, i := range order {
		if place[i] != at+1 {
			t.Fatal("no order")
		}
		clear(row)
		view.Add(row, int(i), 1)
		b := best{k: likelyOf}
		near(at, &b)
		offered += len(b.kept)
		for _, e := range b.kept {
			if want := row[order[e.To]]; abs(e.Weight-float64(want)) > 1e-4 || int(e.To) == at {
				t.Fatalf("%d, %d: %v, want %v", at, e.To, e.Weight, want)
			}
		}
	}
	if offered < len(texts)*likelyOf/2 {
		t.Errorf("%d units are offered to %d", offered, len(texts))
	}
}

// renumbered is the graph whose units have the numbers that order gives them.
func renumbered(g Graph, order []int32) Graph {
	out := make(Graph, len(g))
	for at, edges := range g {
		for n := range edges {
			edges[n].To = order[edges[n].To]
		}
		out[order[at]] = edges
	}
	return out
}
