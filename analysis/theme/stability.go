package theme

import (
	"context"
	"math/rand/v2"
	"slices"
)

// Resamples is how many times [Stability] draws (fewer in a large corpus), and kept
// the share of texts that each draw keeps.
const (
	Resamples = 10
	kept      = 0.8
)

// Stability returns for each theme how well it is found again when one text in
// five is left out and chance falls otherwise: the mean, over [Resamples] draws,
// of the highest Jaccard similarity between the theme and a theme of the draw,
// over the texts that were kept (Hennig, « Cluster-wise assessment of cluster
// stability », 2007). Above .75 a theme is solid, below .5 it owes much to
// chance.
func Stability(ctx context.Context, g Graph, f Found, seed uint64, tick func(done, total int)) ([]float64, error) {
	out := make([]float64, f.Themes)
	if f.Themes == 1 {
		out[0] = 1
		return out, nil
	}
	if f.sample > 0 {
		g, f.Theme = g[:f.sample], f.Theme[:f.sample]
	}
	draws, _ := effort(len(g))
	found := make([][]float64, draws)
	err := Share(ctx, draws, 1, tick, func() func(int) {
		l, edges := new(level), make([]Edge, 0, size(g))
		return func(draw int) { found[draw] = resample(ctx, l, edges, g, f, seed, draw) }
	})
	if err != nil || ctx.Err() != nil {
		return nil, ctx.Err()
	}
	for _, draw := range found { // in their order: sums are the same whatever the number of processors
		for t, j := range draw {
			out[t] += j / float64(draws)
		}
	}
	return out, nil
}

// largeCorpus is how many units make the least effort enough.
const largeCorpus = 5_000

// effort is how many times [Stability] draws, and how many times communities are
// sought in each draw; of a large corpus, where chance weighs less, less often.
func effort(n int) (draws, tries int) {
	switch {
	case n > largeCorpus:
		return 4, 1
	case n > wideCorpus:
		return Resamples / 2, 2
	}
	return Resamples, 4
}

// resample returns how well each theme is found again in one draw; nil when ctx has
// ended. edges is memory for all of the graph.
func resample(ctx context.Context, l *level, edges []Edge, g Graph, f Found, seed uint64, draw int) []float64 {
	rng := rand.New(rand.NewPCG(seed, uint64(draw)+1))
	in := make([]int, len(g)) // texts that were kept of each unit
	for i := range in {
		in[i] = f.keep(rng, i)
	}
	sub := make(Graph, len(g))
	active := 0
	for i, list := range g {
		if in[i] == 0 {
			continue
		}
		from := len(edges)
		for _, e := range list {
			if in[e.To] > 0 {
				edges = append(edges, e)
			}
		}
		if sub[i] = edges[from:len(edges):len(edges)]; len(sub[i]) > 0 {
			active++
		}
	}
	again := l.draw(ctx, sub, f, rng.Uint64())
	best := Modularity(sub, again, f.Resolution)
	_, tries := effort(len(g))
	for range tries - 1 {
		other := l.draw(ctx, sub, f, rng.Uint64())
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
	if merge(ctx, sub, again, in, f.Themes, least) != nil {
		return nil
	}
	themes := min(f.Themes, active)
	settle(sub, again, in, themes, likeliest(sub, again, themes), least)
	return jaccard(f.Theme, again, in, f.Themes)
}

// draw seeks communities of a graph again as they were sought.
func (l *level) draw(ctx context.Context, g Graph, f Found, seed uint64) []int {
	if f.fine == nil {
		member, _ := l.leiden(ctx, g, f.Resolution, seed)
		return member
	}
	member, _ := l.leiden(ctx, l.contracted(g, f.fine, slices.Max(f.fine)+1), f.Resolution, seed)
	out := make([]int, len(g))
	for i, c := range f.fine {
		out[i] = member[c]
	}
	return l.moved(ctx, g, out, f.Resolution, seed)
}

// keep draws how many of the texts for which a unit stands are kept.
func (f Found) keep(rng *rand.Rand, unit int) (n int) {
	copies := 1
	if f.copies != nil {
		copies = f.copies[unit]
	}
	for range copies {
		if rng.Float64() < kept {
			n++
		}
	}
	return n
}

// jaccard returns for each theme its highest Jaccard similarity with a group of
// again, over the texts of each unit that are in.
func jaccard(theme, again, in []int, themes int) []float64 {
	groups := slices.Max(again) + 1
	both := make([]int, themes*groups)
	ours, theirs := make([]int, themes), make([]int, groups)
	for i, t := range theme {
		if in[i] == 0 {
			continue
		}
		c := again[i]
		if c >= 0 {
			theirs[c] += in[i]
		}
		if t >= 0 {
			ours[t] += in[i]
		}
		if t >= 0 && c >= 0 {
			both[t*groups+c] += in[i]
		}
	}
	out := make([]float64, themes)
	for t := range out {
		for c, n := range both[t*groups : (t+1)*groups] {
			if n > 0 {
				out[t] = max(out[t], float64(n)/float64(ours[t]+theirs[c]-n))
			}
		}
	}
	return out
}
