package theme

import (
	"context"
	"math"
)

// A resolver looks for the resolution at which there are between n and most times n
// communities of some size.
type resolver struct {
	n      int
	most   float64
	units  []int // that stand at each place of the graph
	active int   // all of them
	seed   uint64
	tick   func(done, total int)
}

const (
	resolveMost  = 1.5
	guessMost    = 1.2 // in a small graph, which is to say where to look
	resolveSteps = 28
	wideSteps    = 6 // once it has

	// finely is the resolution at which units of a wide corpus are put together
	// into a small graph: a few dozen in each community.
	finely = 300
)

// resolve returns the communities found at the resolution.
func (r resolver) resolve(ctx context.Context, g Graph) ([]int, float64) {
	if len(g) <= wideCorpus {
		return r.bisect(ctx, g, 1, resolveSteps)
	}
	var l level
	member, communities := l.leiden(ctx, g, finely, r.seed)
	small := resolver{r.n, guessMost, make([]int, communities), r.active, r.seed, nil}
	for i, c := range member {
		small.units[c] += r.units[i]
	}
	_, at := small.bisect(ctx, l.contracted(g, member, communities), 1, resolveSteps)
	return r.bisect(ctx, g, at, wideSteps)
}

// bisect looks for the resolution from start on, in so many steps, and returns what
// it found at that which comes nearest.
func (r resolver) bisect(ctx context.Context, g Graph, start float64, steps int) ([]int, float64) {
	least := float64(r.active) / float64(4*r.n)
	var l level
	var best []int
	bestAt, distance := start, math.Inf(1)
	low, high, at := 0., 0., start
	for step := range steps {
		if ctx.Err() != nil {
			break
		}
		member, _ := l.leiden(ctx, g, at, r.seed)
		all, big := tally(r.units, member, least)
		far := 0.
		switch {
		case big < r.n:
			far = float64(r.n-big) * 2
		case float64(big) > r.most*float64(r.n):
			far = float64(big) - r.most*float64(r.n)
		}
		if all < r.n {
			far += float64(r.active) // cannot be brought to n at all
		}
		if far < distance {
			best, bestAt, distance = member, at, far
		}
		if r.tick != nil {
			r.tick(step+1, steps)
		}
		if far == 0 {
			break
		}
		if float64(big) > r.most*float64(r.n) {
			high = at
		} else {
			low = at
		}
		switch {
		case high == 0:
			at *= 1.6
		case low == 0:
			at /= 1.6
		default:
			at = math.Sqrt(low * high)
		}
		if at > 1e4 || at < 1e-3 || high > 0 && high/max(low, 1e-9) < 1.001 {
			break
		}
	}
	if all, _ := tally(r.units, best, 0); all < r.n {
		best = make([]int, len(g))
		for i := range best {
			best[i] = i
		}
	}
	return best, bestAt
}
