package theme

import (
	"cmp"
	"context"
	"math/rand/v2"
	"runtime"
)

// Resamples is how many times [Stability] draws (fewer in a wide corpus), and kept
// the share of units that each draw keeps.
const (
	Resamples = 10
	kept      = 0.8
)

// Stability returns for each theme how well it is found again when one unit in
// five is left out and chance falls otherwise: the mean, over [Resamples] draws,
// of the highest Jaccard similarity between the theme and a theme of the draw,
// over the units that were kept (Hennig, « Cluster-wise assessment of cluster
// stability », 2007). Above .75 a theme is solid, below .5 it owes much to
// chance.
func Stability(ctx context.Context, g Graph, f Found, seed uint64, tick func(done, total int)) ([]float64, error) {
	out := make([]float64, f.Themes)
	if f.Themes == 1 {
		out[0] = 1
		return out, nil
	}
	draws := Resamples * tried(len(g)) / tries
	found := make([][]float64, draws)
	next, done := make(chan int), make(chan error, draws)
	for range min(draws, runtime.GOMAXPROCS(0)) {
		go func() {
			for draw := range next {
				var err error
				found[draw], err = resample(ctx, g, f, seed, draw)
				done <- err
			}
		}()
	}
	var failed error
	for given, back := 0, 0; back < draws; {
		give := next
		if given == draws {
			give = nil
		}
		select {
		case give <- given:
			given++
		case err := <-done:
			failed = cmp.Or(failed, err)
			if back++; tick != nil {
				tick(back, draws)
			}
		}
	}
	close(next)
	if failed != nil {
		return nil, failed
	}
	for _, draw := range found { // in their order: sums are the same whatever the number of processors
		for t, j := range draw {
			out[t] += j / float64(draws)
		}
	}
	return out, ctx.Err()
}

// resample returns how well each theme is found again in one draw.
func resample(ctx context.Context, g Graph, f Found, seed uint64, draw int) ([]float64, error) {
	rng := rand.New(rand.NewPCG(seed, uint64(draw)+1))
	in := make([]bool, len(g))
	for i := range in {
		in[i] = rng.Float64() < kept
	}
	sub := make(Graph, len(g))
	active := 0
	for i, edges := range g {
		if !in[i] {
			continue
		}
		for _, e := range edges {
			if in[e.To] {
				sub[i] = append(sub[i], e)
			}
		}
		if len(sub[i]) > 0 {
			active++
		}
	}
	again, _ := Leiden(ctx, sub, f.Resolution, rng.Uint64())
	best := Modularity(sub, again, f.Resolution)
	for range tried(len(g)) / 3 {
		other, _ := Leiden(ctx, sub, f.Resolution, rng.Uint64())
		if q := Modularity(sub, other, f.Resolution); q > best {
			again, best = other, q
		}
	}
	for i := range again {
		if len(sub[i]) == 0 {
			again[i] = -1
		}
	}
	least := float64(active) / float64(4*f.Themes)
	if err := merge(ctx, sub, again, f.Themes, least); err != nil {
		return nil, err
	}
	settle(sub, again, min(f.Themes, active), settled*f.Resolution, least)
	return jaccard(f.Theme, again, in, f.Themes), nil
}

// jaccard returns for each theme its highest Jaccard similarity with a group of
// again, over the units that are in.
func jaccard(theme, again []int, in []bool, themes int) []float64 {
	type cell struct{ t, c int }
	both := make(map[cell]int)
	ours, theirs := make([]int, themes), make(map[int]int)
	for i, t := range theme {
		if !in[i] {
			continue
		}
		if c := again[i]; c >= 0 {
			theirs[c]++
			if t >= 0 {
				both[cell{t, c}]++
			}
		}
		if t >= 0 {
			ours[t]++
		}
	}
	out := make([]float64, themes)
	for k, n := range both {
		out[k.t] = max(out[k.t], float64(n)/float64(ours[k.t]+theirs[k.c]-n))
	}
	return out
}
