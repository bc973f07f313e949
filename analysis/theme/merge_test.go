package theme

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"
)

func ones(n int) []int { return slices.Repeat([]int{1}, n) }

func TestMerge(t *testing.T) {
	// Communities 0 and 1 are large; 2 leans to 1; 3 is a stray pair.
	g := link(12, [][3]float64{
		{0, 1, 1}, {1, 2, 1}, {0, 2, 1}, {2, 3, 1}, {0, 3, 1},
		{4, 5, 1}, {5, 6, 1}, {4, 6, 1}, {6, 7, 1}, {4, 7, 1}, {3, 4, .1},
		{8, 9, .5}, {8, 5, .4}, {9, 6, .4}, {8, 0, .1},
		{10, 11, 1},
	})
	member := []int{0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3}
	if err := merge(context.Background(), g, member, ones(12), 2, 2.5); err != nil {
		t.Fatal(err)
	}
	want := []int{0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0}
	if !slices.Equal(member, want) {
		t.Errorf("%v, want %v", member, want)
	}
	// What nothing links is still brought to the number that was asked for.
	member = []int{0, 1, 2, 3, -1}
	if err := merge(context.Background(), make(Graph, 5), member, ones(5), 2, 0); err != nil {
		t.Fatal(err)
	}
	if n := number(slices.Clone(member)); n != 2 || member[4] != -1 {
		t.Errorf("%v", member)
	}
}

// A merger's tables stay those of the graph, whatever is joined.
func TestMergerTables(t *testing.T) {
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 1))
		g := random(40, .2, seed)
		member := make([]int, len(g))
		for i := range member {
			member[i] = rng.IntN(12)
		}
		m := newMerger(g, member, ones(len(g)), number(member))
		for range 6 {
			a, b := m.closest(3)
			m.join(a, b)
		}
		for i := range member {
			member[i] = m.root(member[i])
		}
		names := slices.Clone(member)
		count := number(names)
		fresh := newMerger(g, names, ones(len(g)), count)
		for i, c := range member {
			d := names[i]
			if m.size[c] != fresh.size[d] || len(m.toward[c]) != len(fresh.toward[d]) || abs(m.mass[c]-fresh.mass[d]) > 1e-9 || abs(m.share[c]-fresh.share[d]) > 1e-9 {
				t.Fatalf("seed %d: community %d", seed, c)
			}
		}
	}
}

func abs(x float64) float64 { return max(x, -x) }

// Settling never lowers modularity, and empties no theme.
func TestSettle(t *testing.T) {
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 2))
		g := random(60, .15, seed)
		member := make([]int, len(g))
		for i := range member {
			member[i] = i % 5
			if rng.Float64() < .3 {
				member[i] = rng.IntN(5)
			}
		}
		number(member)
		before := Modularity(g, member, .8)
		settle(g, member, ones(len(g)), 5, .8, 0)
		if after := Modularity(g, member, .8); after < before-1e-9 {
			t.Errorf("seed %d: modularity %v, was %v", seed, after, before)
		}
		if n := number(member); n != 5 {
			t.Errorf("seed %d: %d themes", seed, n)
		}
	}
}

// What is kept up to date at each join is what looking at everything again says.
func TestTurn(t *testing.T) {
	for seed := range uint64(40) {
		rng := rand.New(rand.NewPCG(seed, 7))
		const n = 24
		g, member := make(Graph, n), make([]int, n)
		for i := range n {
			member[i] = i
			for j := range i {
				if rng.IntN(4) == 0 {
					w := float64(1 + rng.IntN(3)) // many ties
					g[i], g[j] = append(g[i], Edge{int32(j), w}), append(g[j], Edge{int32(i), w})
				}
			}
		}
		m := newMerger(g, member, ones(len(g)), n)
		for left := n; left > 1; left-- {
			a, b := m.closest(2)
			m.join(a, b)
			for c, size := range m.size {
				if size == 0 {
					continue
				}
				best, share := m.best[c], m.share[c]
				if m.look(c); best != m.best[c] || share != m.share[c] {
					t.Fatalf("seed %d, %d left: %d would join %d (%v), kept %d (%v)", seed, left-1, c, m.best[c], m.share[c], best, share)
				}
			}
		}
	}
}
