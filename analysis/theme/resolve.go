package theme

import (
	"context"
	"math"
)

// A resolver looks for the resolution at which there are between n and resolveMost
// times n communities of some size.
type resolver struct {
	n      int
	texts  []int // that stand at each place of the graph
	active int   // places where some stand, copies counting for one
	seed   uint64
	tick   func(done, total int)
}

const (
	resolveMost  = 1.5
	resolveSteps = 28
	wideSteps    = 14

	// Units of a wide corpus are first put together at a resolution of one for so many
	// of them, or finely: some ten come together, more where texts repeat each other.
	together = 100
	finely   = 300
)

// resolve returns the communities found, at which resolution, and the small ones that
// they were sought among, if they were. Those of a wide
// corpus are sought among small communities rather than among its units, which
// then move among what was found (multilevel refinement, as in Karypis and Kumar,
// « A Fast and High Quality Multilevel Scheme », 1998): all but the first search
// and the last moves are then of a small graph.
func (r resolver) resolve(ctx context.Context, g Graph) (member []int, at float64, fine []int, err error) {
	if len(g) > wideCorpus {
		if member, at, fine = r.coarsely(ctx, g); member != nil {
			return member, at, fine, ctx.Err()
		}
	}
	member, at = r.bisect(ctx, g, 1, resolveSteps)
	member, err = r.again(ctx, g, member, at)
	return member, at, nil, err
}

// coarsely is resolve for a wide corpus, and tells the small communities; nil where
// too few communities are found.
func (r resolver) coarsely(ctx context.Context, g Graph) (member []int, at float64, fine []int) {
	var l level
	fine, communities := l.leiden(ctx, g, max(finely, float64(len(g)/together)), r.seed)
	small := r
	small.texts = make([]int, communities)
	for i, c := range fine {
		small.texts[c] += r.texts[i]
	}
	among := l.contracted(g, fine, communities)
	found, at := small.bisect(ctx, among, 1, wideSteps)
	found, err := small.again(ctx, among, found, at)
	if err != nil {
		return nil, 0, nil
	}
	if all, _ := tally(small.texts, found, 0); all < r.n {
		return nil, 0, nil
	}
	member = make([]int, len(g))
	for i, c := range fine {
		member[i] = found[c]
	}
	moved := l.moved(ctx, g, member, at, r.seed)
	if all, _ := tally(r.texts, moved, 0); all < r.n {
		return member, at, fine
	}
	return moved, at, fine
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
		all, big := tally(r.texts, member, least)
		far := 0.
		switch {
		case big < r.n:
			far = float64(r.n-big) * 2
		case float64(big) > resolveMost*float64(r.n):
			far = float64(big) - resolveMost*float64(r.n)
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
		if float64(big) > resolveMost*float64(r.n) {
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
	if all, _ := tally(r.texts, best, 0); all < r.n {
		best = make([]int, len(g))
		for i := range best {
			best[i] = i
		}
	}
	return best, bestAt
}

// tries is how many times communities are sought once the resolution is known;
// the partition of the highest modularity is kept. Ten tries make the outcome
// depend less on chance: on short comments they raise it as well.
const tries = 10

// tried is tries, or fewer in a graph of many, where each costs more and chance
// weighs less.
func tried(n int) int {
	if n > wideCorpus {
		return tries / 3
	}
	return tries
}

// again seeks communities as often as [tried] says, on all processors, and returns
// those of the highest modularity, ties by the order of trying; member are the first.
func (r resolver) again(ctx context.Context, g Graph, member []int, resolution float64) ([]int, error) {
	members, quality := make([][]int, tried(len(g))), make([]float64, tried(len(g)))
	members[0] = member
	err := Share(ctx, len(members), 1, nil, func() func(int) {
		l := new(level)
		return func(try int) {
			if try > 0 {
				members[try], _ = l.leiden(ctx, g, resolution, r.seed+uint64(try)<<32)
			}
			quality[try] = Modularity(g, members[try], resolution)
		}
	})
	if err != nil || ctx.Err() != nil {
		return nil, ctx.Err()
	}
	best := 0
	for try, q := range quality {
		if all, _ := tally(r.texts, members[try], 0); q > quality[best] && all >= r.n {
			best = try
		}
	}
	return members[best], nil
}
