package theme

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Of a planted partition the likeliest resolution is what its own two rates give.
func TestLikeliest(t *testing.T) {
	const n, themes, inside, between = 400, 8, .4, .04
	rng := rand.New(rand.NewPCG(1, 12))
	g, member := make(Graph, n), make([]int, n)
	for i := range n {
		member[i] = i % themes
		for j := range i {
			rate := between
			if member[j] == member[i] {
				rate = inside
			}
			if rng.Float64() < rate {
				g[i], g[j] = append(g[i], Edge{int32(j), 1}), append(g[j], Edge{int32(i), 1})
			}
		}
	}
	mean := inside/themes + between*(themes-1)/themes // what both rates are relative to
	want := (inside - between) / mean / math.Log(inside/between)
	if got := likeliest(g, member, themes); math.Abs(got-want) > .05*want {
		t.Errorf("%.3f, want %.3f", got, want)
	}
	for name, c := range map[string]struct {
		g      Graph
		member []int
		themes int
	}{
		"no unit":                {nil, nil, 1},
		"no link":                {make(Graph, 3), []int{-1, -1, -1}, 1},
		"one theme":              {g, make([]int, n), 1},
		"no link between themes": {Graph{{{1, 1}}, {{0, 1}}, {{3, 1}}, {{2, 1}}}, []int{0, 0, 1, 1}, 2},
		"none inside":            {Graph{{{1, 1}}, {{0, 1}}}, []int{0, 1}, 2},
	} {
		if got := likeliest(c.g, c.member, c.themes); got != 1 {
			t.Errorf("%s: %v, want 1", name, got)
		}
	}
}
