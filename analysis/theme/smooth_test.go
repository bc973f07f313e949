package theme

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"
)

// random is a graph of n units with some edges.
func random(n int, chance float64, seed uint64) Graph {
	rng := rand.New(rand.NewPCG(seed, 11))
	var pairs [][3]float64
	for i := range n {
		for j := range i {
			if rng.Float64() < chance {
				pairs = append(pairs, [3]float64{float64(i), float64(j), .1 + rng.Float64()})
			}
		}
	}
	return link(n, pairs)
}

// Against P(I + Z)Pᵀ computed the long way.
func TestSmoothed(t *testing.T) {
	const n = 40
	g := random(n, .15, 3)
	g[7] = nil // alone
	for i := range g {
		var kept []Edge
		for _, e := range g[i] {
			if e.To != 7 {
				kept = append(kept, e)
			}
		}
		g[i] = kept
	}
	var p, z [n][n]float64
	for i, list := range newSmoother(g).shares {
		sum := 0.
		for _, e := range list {
			p[i][e.To] = e.Weight
			sum += e.Weight
		}
		if math.Abs(sum-1) > 1e-12 {
			t.Errorf("the shares of %d sum to %v", i, sum)
		}
	}
	for i := range g {
		z[i][i] = 1
		for _, e := range g[i] {
			z[i][e.To] = e.Weight
		}
	}
	times := func(a, b [n][n]float64, turned bool) (out [n][n]float64) {
		for i := range n {
			for j := range n {
				for k := range n {
					x := b[k][j]
					if turned {
						x = b[j][k]
					}
					out[i][j] += a[i][k] * x
				}
			}
		}
		return out
	}
	want := times(times(p, z, false), p, true)
	got, err := g.Smoothed(context.Background(), n)
	if err != nil {
		t.Fatal(err)
	}
	if len(got[7]) != 0 {
		t.Errorf("a unit alone is linked: %v", got[7])
	}
	for i := range got {
		seen := 0
		for _, e := range got[i] {
			seen++
			if w := want[i][e.To] / math.Sqrt(want[i][i]*want[e.To][e.To]); math.Abs(w-e.Weight) > 1e-9 {
				t.Errorf("%d, %d: %v, want %v", i, e.To, e.Weight, w)
			}
		}
		all := 0
		for j := range n {
			if j != i && want[i][j] > 0 {
				all++
			}
		}
		if seen != all {
			t.Errorf("%d has %d neighbours, want %d", i, seen, all)
		}
	}
}

// Neighbours of a lonely unit count for more than those of a hub.
func TestScaled(t *testing.T) {
	g := link(5, [][3]float64{{0, 1, .8}, {0, 2, .8}, {0, 3, .8}, {3, 4, .2}})
	s := g.Scaled()
	weight := func(g Graph, a, b int) float64 {
		for _, e := range g[a] {
			if int(e.To) == b {
				return e.Weight
			}
		}
		return 0
	}
	if was, is := weight(g, 3, 4)/weight(g, 0, 3), weight(s, 3, 4)/weight(s, 0, 3); is <= was {
		t.Errorf("the lonely unit's link weighs %v of the hub's, was %v", is, was)
	}
	for i := range s {
		for _, e := range s[i] {
			if back := weight(s, int(e.To), i); back != e.Weight {
				t.Errorf("%d→%d weighs %v, back %v", i, e.To, e.Weight, back)
			}
		}
	}
}

func TestLinksProcessors(t *testing.T) {
	g := random(300, .1, 5)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	one, _ := g.Scaled().Smoothed(context.Background(), 10)
	runtime.GOMAXPROCS(4)
	two, _ := g.Scaled().Smoothed(context.Background(), 10)
	for i := range one {
		for j, e := range one[i] {
			if two[i][j] != e {
				t.Fatalf("unit %d depends on the number of processors", i)
			}
		}
	}
}
