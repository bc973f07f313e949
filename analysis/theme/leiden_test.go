package theme

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
)

// link makes an undirected graph of weighted pairs.
func link(n int, pairs [][3]float64) Graph {
	g := make(Graph, n)
	for _, p := range pairs {
		a, b := int(p[0]), int(p[1])
		g[a] = append(g[a], Edge{int32(b), p[2]})
		g[b] = append(g[b], Edge{int32(a), p[2]})
	}
	return g
}

// planted links units of one group often, others seldom.
func planted(n, groups int, seed uint64) (Graph, []int) {
	rng := rand.New(rand.NewPCG(seed, 7))
	var pairs [][3]float64
	truth := make([]int, n)
	for i := range n {
		truth[i] = i % groups
		for j := range i {
			chance := .02
			if truth[i] == truth[j] {
				chance = .4
			}
			if rng.Float64() < chance {
				pairs = append(pairs, [3]float64{float64(i), float64(j), .5 + rng.Float64()})
			}
		}
	}
	return link(n, pairs), truth
}

func TestLeidenPlanted(t *testing.T) {
	for seed := range uint64(5) {
		g, truth := planted(120, 4, seed)
		member, n := Leiden(context.Background(), g, 1, seed)
		if v := VMeasure(truth, member); n != 4 || v < .95 {
			t.Errorf("seed %d: %d communities, V %.3f", seed, n, v)
		}
	}
}

// Against every partition of a small graph.
func TestLeidenBest(t *testing.T) {
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(seed, 3))
		var pairs [][3]float64
		const n = 7
		for i := range n {
			for j := range i {
				if rng.Float64() < .45 {
					pairs = append(pairs, [3]float64{float64(i), float64(j), .1 + rng.Float64()})
				}
			}
		}
		g := link(n, pairs)
		best := math.Inf(-1)
		member := make([]int, n)
		var try func(i, used int)
		try = func(i, used int) {
			if i == n {
				best = max(best, Modularity(g, member, 1))
				return
			}
			for c := range used + 1 {
				member[i] = c
				try(i+1, max(used, c+1))
			}
		}
		try(0, 0)
		found := math.Inf(-1)
		for s := range uint64(10) {
			m, _ := Leiden(context.Background(), g, 1, s)
			found = max(found, Modularity(g, m, 1))
		}
		if found < best-.005 { // a heuristic: near the best, not always at it
			t.Errorf("seed %d: modularity %.6f, the best is %.6f", seed, found, best)
		}
	}
}

// What the paper guarantees: communities are connected.
func TestLeidenConnected(t *testing.T) {
	for seed := range uint64(5) {
		g, _ := planted(150, 10, seed)
		for _, gamma := range []float64{.3, 1, 3, 20} {
			member, n := Leiden(context.Background(), g, gamma, seed)
			for c := range n {
				reach := make(map[int]bool)
				var walk func(v int)
				walk = func(v int) {
					reach[v] = true
					for _, e := range g[v] {
						if member[e.To] == c && !reach[int(e.To)] {
							walk(int(e.To))
						}
					}
				}
				walk(slices.Index(member, c))
				size := 0
				for _, m := range member {
					if m == c {
						size++
					}
				}
				if len(reach) != size {
					t.Errorf("seed %d, resolution %v: community %d is in pieces", seed, gamma, c)
				}
			}
		}
	}
}

func TestLeidenEdges(t *testing.T) {
	for _, c := range []struct {
		g    Graph
		want int
	}{{nil, 0}, {make(Graph, 3), 3}, {link(2, [][3]float64{{0, 1, 1}}), 1}} {
		if _, n := Leiden(context.Background(), c.g, 1, 0); n != c.want {
			t.Errorf("%v: %d communities, want %d", c.g, n, c.want)
		}
	}
}

// The graph against all pairs, compared the long way.
func TestNeighbours(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	const n, roots, k = 90, 30, 4
	rows := make([]lexis.Vector, n)
	for i := range rows {
		norm := 0.
		for root := range int32(roots) {
			if rng.Float64() < .15 {
				w := rng.Float32()
				norm += float64(w) * float64(w)
				rows[i] = append(rows[i], lexis.Weight{Root: root, Value: w})
			}
		}
		for j := range rows[i] {
			rows[i][j].Value /= float32(math.Sqrt(norm))
		}
	}
	g, _, err := Neighbours(context.Background(), NewLexical(rows, roots), nil, k, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := make([]map[int]bool, n)
	for i := range want {
		want[i] = make(map[int]bool)
	}
	for i := range n {
		var others []int
		for j := range n {
			if j != i && rows[i].Dot(rows[j]) > 1e-6 {
				others = append(others, j)
			}
		}
		slices.SortStableFunc(others, func(a, b int) int {
			switch x, y := rows[i].Dot(rows[a]), rows[i].Dot(rows[b]); {
			case x > y:
				return -1
			case x < y:
				return 1
			}
			return 0
		})
		for _, j := range others[:min(k, len(others))] {
			want[i][j], want[j][i] = true, true
		}
	}
	for i, edges := range g {
		if len(edges) != len(want[i]) {
			t.Errorf("unit %d has %d neighbours, want %d", i, len(edges), len(want[i]))
		}
		for _, e := range edges {
			if !want[i][int(e.To)] || math.Abs(e.Weight-rows[i].Dot(rows[e.To])) > 1e-5 {
				t.Errorf("unit %d: edge %+v", i, e)
			}
		}
	}
}

func TestPartitionExactly(t *testing.T) {
	g, truth := planted(120, 4, 1)
	for _, n := range []int{1, 2, 4, 9, 30, 120, 500} {
		found, err := Partition(context.Background(), g, Plan{Themes: n}, nil)
		if err != nil {
			t.Fatal(err)
		}
		seen := make(map[int]bool)
		for _, c := range found.Theme {
			seen[c] = true
		}
		if want := min(n, 120); len(seen) != want || found.Themes != want {
			t.Errorf("%d themes, want %d", len(seen), want)
		}
		if n == 4 && VMeasure(truth, found.Theme) < .95 {
			t.Error("the planted groups are not found")
		}
	}
	stable, err := Stability(context.Background(), g, Found{Theme: truth, Themes: 4, Resolution: 1}, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	for c, s := range stable {
		if s < .9 || s > 1 {
			t.Errorf("theme %d has stability %v", c, s)
		}
	}
}
