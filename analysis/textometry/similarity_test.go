package textometry

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

func TestSimilarity(t *testing.T) {
	table := tableOf([]int{1, 2, 0, 1}, []int{1, 1, 0, 0}, []int{0, 1, 1, 0}, []int{1, 0, 0, 5})
	labels := []string{"ville", "bus", "vélo", "arbre"}
	g := Similarity(table, []int32{0, 1, 2, 3}, labels, Cooccurrence, 1)
	if want := []Node{{3, "arbre", 2}, {1, "bus", 3}, {0, "ville", 3}, {2, "vélo", 1}}; !reflect.DeepEqual(g.Nodes, want) {
		t.Errorf("nodes %v, want %v", g.Nodes, want)
	}
	if want := []Edge{{0, 1, 1, 1}, {0, 2, 2, 2}, {1, 2, 2, 2}, {1, 3, 1, 1}}; !reflect.DeepEqual(g.Edges, want) {
		t.Errorf("edges %v, want %v", g.Edges, want)
	}
	for index, want := range map[Index]float64{Jaccard: 2. / 3, Dice: .8, Ochiai: 2 / math.Sqrt(6)} {
		if got := Similarity(table, []int32{0, 3}, labels, index, 1).Edges[0].Weight; !near(got, want, 1e-12) {
			t.Errorf("index %d: %v, want %v", index, got, want)
		}
	}
	if got := len(Similarity(table, []int32{0, 1, 2, 3}, labels, Jaccard, 2).Edges); got != 2 {
		t.Errorf("%d edges of two segments or more, want 2", got)
	}
	if want := []Edge{{0, 2, 2, 2}, {1, 2, 2, 2}, {1, 3, 1, 1}}; !reflect.DeepEqual(g.MaximumTree().Edges, want) {
		t.Errorf("tree %v, want %v", g.MaximumTree().Edges, want)
	}
}

func randomGraph(rng *rand.Rand, n int) *Graph {
	g := &Graph{Nodes: make([]Node, n)}
	for a := range n {
		for b := a + 1; b < n; b++ {
			if rng.IntN(2) == 0 {
				g.Edges = append(g.Edges, Edge{a, b, 1, float64(1 + rng.IntN(4))})
			}
		}
	}
	return g
}

// pieces numbers the connected pieces.
func pieces(n int, edges []Edge) []int {
	of := make([]int, n)
	for i := range of {
		of[i] = i
	}
	for range n {
		for _, e := range edges {
			low := min(of[e.A], of[e.B])
			of[e.A], of[e.B] = low, low
		}
	}
	return of
}

func TestMaximumTreeOracle(t *testing.T) {
	const seed = 1962
	rng := rand.New(rand.NewPCG(seed, 0))
	for range 60 {
		n := 2 + rng.IntN(4)
		g := randomGraph(rng, n)
		whole, most := pieces(n, g.Edges), 0.
		for set := range 1 << len(g.Edges) { // every set of edges that joins what was joined
			var edges []Edge
			sum := 0.
			for i, e := range g.Edges {
				if set>>i&1 == 1 {
					edges = append(edges, e)
					sum += e.Weight
				}
			}
			roots := make(map[int]bool)
			for _, p := range whole {
				roots[p] = true
			}
			if len(edges) == n-len(roots) && slices.Equal(pieces(n, edges), whole) {
				most = max(most, sum)
			}
		}
		got := 0.
		tree := g.MaximumTree()
		for _, e := range tree.Edges {
			got += e.Weight
		}
		if got != most || !slices.Equal(pieces(n, tree.Edges), whole) {
			t.Errorf("seed %d: %v: tree of weight %v, want %v", seed, g.Edges, got, most)
		}
	}
}

func TestCommunities(t *testing.T) {
	// Two triangles joined by one edge, and a node alone.
	g := &Graph{Nodes: make([]Node, 7), Edges: []Edge{{0, 1, 1, 1}, {0, 2, 1, 1}, {1, 2, 1, 1}, {2, 3, 1, 1}, {3, 4, 1, 1}, {3, 5, 1, 1}, {4, 5, 1, 1}}}
	if got, want := g.Communities(), []int{0, 0, 0, 1, 1, 1, 2}; !slices.Equal(got, want) {
		t.Errorf("communities %v, want %v", got, want)
	}
	if got := g.Modularity([]int{0, 0, 0, 1, 1, 1, 2}); !near(got, 5./14, 1e-12) {
		t.Errorf("modularity %v, want 5/14", got)
	}
	const seed = 2004
	rng := rand.New(rand.NewPCG(seed, 0))
	reached := 0.
	for range 40 {
		g := randomGraph(rng, 6)
		best := math.Inf(-1) // over all partitions
		of := make([]int, 6)
		var try func(i, groups int)
		try = func(i, groups int) {
			if i == len(of) {
				best = max(best, g.Modularity(of))
				return
			}
			for c := range groups + 1 {
				of[i] = c
				try(i+1, max(groups, c+1))
			}
		}
		try(0, 0)
		got := g.Modularity(g.Communities())
		if got > best+1e-9 {
			t.Errorf("seed %d: modularity %v above the best, %v", seed, got, best)
		}
		if got > best-1e-9 {
			reached++
		}
		// No union of two communities is better.
		found := g.Communities()
		for a := range 6 {
			for b := range a {
				united := slices.Clone(found)
				for i, c := range united {
					if c == a {
						united[i] = b
					}
				}
				if g.Modularity(united) > got+1e-9 {
					t.Errorf("seed %d: uniting communities %d and %d is better", seed, a, b)
				}
			}
		}
	}
	if reached < 20 {
		t.Errorf("seed %d: best modularity reached %v times in 40", seed, reached)
	}
}

func TestLayout(t *testing.T) {
	g := &Graph{Nodes: make([]Node, 7), Edges: []Edge{{0, 1, 1, 1}, {0, 2, 1, 1}, {1, 2, 1, 1}, {2, 3, 1, 1}, {3, 4, 1, 1}, {3, 5, 1, 1}, {4, 5, 1, 1}}}
	at := g.Layout()
	if !reflect.DeepEqual(at, g.Layout()) {
		t.Error("two drawings of one graph differ")
	}
	away := func(i, j int) float64 { return math.Hypot(at[i].X-at[j].X, at[i].Y-at[j].Y) }
	for i, p := range at {
		if !(p.X >= -1e-9 && p.X <= 1+1e-9 && p.Y >= -1e-9 && p.Y <= 1+1e-9) {
			t.Errorf("node %d at %v", i, p)
		}
		for j := range i {
			if away(i, j) < .05 {
				t.Errorf("nodes %d and %d are drawn %v apart", i, j, away(i, j))
			}
		}
	}
	if away(0, 1) > away(0, 5) {
		t.Errorf("neighbours are drawn further (%v) than strangers (%v)", away(0, 1), away(0, 5))
	}
	for _, n := range []int{0, 1} {
		if got := (&Graph{Nodes: make([]Node, n)}).Layout(); len(got) != n || n == 1 && math.IsNaN(got[0].X) {
			t.Errorf("%d nodes: %v", n, got)
		}
	}
}
