package theme

import (
	"context"
	"math"
)

// K is how many neighbours each unit is looked up, Smooth how many it keeps once it
// has been read together with them.
const (
	K      = 50
	Smooth = 30

	wideK      = 20
	wideSmooth = 15
)

// Links returns the graph in which [Partition] looks for themes: the [Neighbours]
// of each unit, [Graph.Scaled] and [Graph.Smoothed].
func Links(ctx context.Context, v View, tick func(done, total int)) (Graph, error) {
	k, smooth := K, Smooth
	if v.Len() > wideCorpus { // there are nearer neighbours in a wide corpus
		k, smooth = wideK, wideSmooth
	}
	g, err := Neighbours(ctx, v, k, tick)
	if err != nil {
		return nil, err
	}
	return g.Scaled().Smoothed(ctx, smooth)
}

// tries is how many times communities are sought once the resolution is known;
// the partition of the highest modularity is kept. Ten tries make the outcome
// depend less on chance: on short comments they raise it as well.
const tries = 10

// tried is tries, or fewer in a large corpus, where each costs more and chance
// weighs less.
func tried(n int) int {
	switch {
	case n > wideCorpus:
		return tries / 3
	case n > largeCorpus:
		return tries / 2
	}
	return tries
}

// largeCorpus is how many units make half the tries enough.
const largeCorpus = 2_000

// Plan says what [Partition] is to find.
type Plan struct {
	Themes int    // how many; at least 1
	Seed   uint64 // of every random choice
	Before []int  // the theme of each unit as people know it, -1: none; nil: nobody knows any
}

// A Found is a partition of the units.
type Found struct {
	Theme      []int   // of each unit; -1: like no other unit
	Themes     int     // how many there are
	Resolution float64 // at which communities were found
}

// Partition groups the units of a graph into plan.Themes themes, or as many as
// there are linked units when that is less. The resolution is bisected until
// there are between N and 1.5 N communities of some size (at least n/4N units:
// stray components stay out of the count); then communities are put together
// until N are left, and units settle among them. Where people know as many themes
// already, these stay unless the new ones are better.
func Partition(ctx context.Context, g Graph, plan Plan, tick func(done, total int)) (Found, error) {
	active := 0
	for _, edges := range g {
		if len(edges) > 0 {
			active++
		}
	}
	n := max(1, min(plan.Themes, active))
	member, resolution := resolve(ctx, g, n, active, plan, tick)
	if err := ctx.Err(); err != nil {
		return Found{}, err
	}
	member, err := again(ctx, g, member, n, resolution, plan.Seed)
	if err != nil {
		return Found{}, err
	}
	found := Found{member, n, resolution}
	if active == 0 {
		found.Themes = 0
	}
	for i, edges := range g {
		if len(edges) == 0 {
			member[i] = -1
		}
	}
	if active == 0 {
		return found, nil
	}
	least := float64(active) / float64(4*n)
	if err := merge(ctx, g, member, n, least); err != nil {
		return Found{}, err
	}
	settle(g, member, n, settled*resolution, least)
	if before := resume(g, plan.Before, n, settled*resolution, least); before != nil && Modularity(g, before, settled*resolution) >= Modularity(g, member, settled*resolution) {
		found.Theme = before
	}
	return found, nil
}

// again seeks communities as often as [tried] says, on all processors, and returns
// those of the highest modularity, ties by the order of trying; member are the first.
func again(ctx context.Context, g Graph, member []int, n int, resolution float64, seed uint64) ([]int, error) {
	members, quality := make([][]int, tried(len(g))), make([]float64, tried(len(g)))
	members[0] = member
	err := share(ctx, len(members), 1, nil, func() func(int) {
		l := new(level)
		return func(try int) {
			if try > 0 {
				members[try], _ = l.leiden(ctx, g, resolution, seed+uint64(try)<<32)
			}
			quality[try] = Modularity(g, members[try], resolution)
		}
	})
	if err != nil || ctx.Err() != nil {
		return nil, ctx.Err()
	}
	best := 0
	for try, q := range quality {
		if q > quality[best] && communitiesOf(g, members[try]) >= n {
			best = try
		}
	}
	return members[best], nil
}

// resolve looks for the resolution.
func resolve(ctx context.Context, g Graph, n, active int, plan Plan, tick func(done, total int)) ([]int, float64) {
	least := float64(active) / float64(4*n)
	const steps = 28
	l := new(level)
	var best []int
	bestAt, distance := 1., math.Inf(1)
	low, high, at := 0., 0., 1.
	for step := range steps {
		if ctx.Err() != nil {
			break
		}
		member, communities := l.leiden(ctx, g, at, plan.Seed)
		big := atLeast(g, member, communities, least)
		far := 0.
		switch {
		case big < n:
			far = float64(n-big) * 2
		case float64(big) > 1.5*float64(n):
			far = float64(big) - 1.5*float64(n)
		}
		if communitiesOf(g, member) < n {
			far += float64(active) // cannot be brought to n at all
		}
		if far < distance {
			best, bestAt, distance = member, at, far
		}
		if tick != nil {
			tick(step+1, steps)
		}
		if far == 0 {
			break
		}
		if float64(big) > 1.5*float64(n) {
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
	if best == nil || communitiesOf(g, best) < n {
		best = make([]int, len(g))
		for i := range best {
			best[i] = i
		}
	}
	return best, bestAt
}

// atLeast counts the communities of at least so many linked units.
func atLeast(g Graph, member []int, communities int, least float64) int {
	sizes := make([]int, communities)
	for i, c := range member {
		if len(g[i]) > 0 {
			sizes[c]++
		}
	}
	n := 0
	for _, size := range sizes {
		if size > 0 && float64(size) >= least {
			n++
		}
	}
	return n
}

func communitiesOf(g Graph, member []int) int {
	n := 0
	var seen []bool
	for i, c := range member {
		for c >= len(seen) {
			seen = append(seen, false)
		}
		if len(g[i]) > 0 && !seen[c] {
			seen[c] = true
			n++
		}
	}
	return n
}
