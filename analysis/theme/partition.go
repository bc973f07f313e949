package theme

import (
	"context"
	"slices"
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
// of each unit, [Graph.Scaled] and [Graph.Smoothed]; and the order of its units, as
// [Neighbours] does. Units that are not of the sample, where there is one, keep their
// neighbours.
func Links(ctx context.Context, v View, sample []int32, tick func(done, total int)) (Graph, []int32, error) {
	k, smooth := K, Smooth
	if v.Len() > wideCorpus {
		k, smooth = wideK, wideSmooth // there are nearer neighbours in a wide corpus
	}
	g, order, err := Neighbours(ctx, v, sample, k, tick)
	if err != nil {
		return nil, nil, err
	}
	var others Graph
	if sample != nil {
		g, others = g[:len(sample)], g[len(sample):]
	}
	if g, err = g.Scaled().Smoothed(ctx, smooth); err != nil {
		return nil, nil, err
	}
	return append(g, others...), order, nil
}

// Plan says what [Partition] is to find.
type Plan struct {
	Themes int    // how many; at least 1
	Seed   uint64 // of every random choice
	Before []int  // the theme of each unit as people know it, -1: none; nil: nobody knows any
	Copies []int  // how many texts each unit stands for, at least 1, as the graph was weighed by; nil: one each
	Sample int    // themes are found among so many of the first units, and the others join them; 0: among all
}

// A Found is a partition of the units.
type Found struct {
	Theme      []int   // of each unit; -1: like no other unit
	Themes     int     // how many there are
	Resolution float64 // at which communities were found

	fine   []int // small communities among which they were sought; nil: among units
	copies []int // of each unit
	sample int   // units among which themes were found, the first; 0: all
}

// Partition groups the units of a graph into plan.Themes themes, or as many as
// there are linked units when that is less. The resolution is bisected until
// there are between N and 1.5 N communities of some size (at least n/4N of n units:
// stray components stay out of the count); then communities are put together
// until N are left, and units settle among them. Where people know as many themes
// already, these stay unless the new ones are better.
//
// A unit may stand for many copies of one text. All of them count in the size of a
// community, so that a letter that hundreds sent is never too little to be a theme;
// one of them counts in what size is asked for, else the letter would make what the
// others speak of too little. In the graph it is one node; [Graph.Weighed] gives it
// the strength by which modularity expects links.
func Partition(ctx context.Context, g Graph, plan Plan, tick func(done, total int)) (Found, error) {
	copies := plan.Copies
	if copies == nil {
		copies = slices.Repeat([]int{1}, len(g))
	}
	others, before := g[len(g):], plan.Before
	if plan.Sample > 0 {
		g, others, copies = g[:plan.Sample], g[plan.Sample:], copies[:plan.Sample]
		if before != nil {
			before = before[:plan.Sample]
		}
	}
	texts, active := linked(g, copies)
	n := max(1, min(plan.Themes, active))
	r := resolver{n, texts, active, plan.Seed, tick}
	member, resolution, fine, err := r.resolve(ctx, g)
	if err != nil {
		return Found{}, err
	}
	found := Found{member, n, resolution, fine, copies, plan.Sample}
	if active == 0 {
		found.Themes = 0
	}
	for i, edges := range g {
		if len(edges) == 0 {
			member[i] = -1
		}
	}
	if active == 0 {
		found.Theme = joined(found.Theme, others, n)
		return found, nil
	}
	least := float64(active) / float64(4*n)
	if err := merge(ctx, g, member, copies, n, least); err != nil {
		return Found{}, err
	}
	resolution = likeliest(g, member, n)
	settle(g, member, copies, n, resolution, least)
	if before := resume(g, before, copies, n, resolution, least); before != nil && Modularity(g, before, resolution) >= Modularity(g, member, resolution) {
		found.Theme = before
	}
	found.Theme = joined(found.Theme, others, n)
	return found, nil
}

// joined adds to the themes of a sample those of the other units: each joins the
// theme of most of its links to the sample, as a new text does (nearest neighbours:
// Cover and Hart, « Nearest neighbor pattern classification », 1967; out-of-sample
// extension: Bengio et al., « Out-of-Sample Extensions for LLE, Isomap, MDS, Eigenmaps,
// and Spectral Clustering », 2003).
func joined(theme []int, others Graph, themes int) []int {
	toward := make([]float64, themes)
	for _, edges := range others {
		clear(toward)
		best := -1
		for _, e := range edges {
			if t := theme[e.To]; t >= 0 {
				toward[t] += e.Weight
			}
		}
		for t, weight := range toward {
			if weight > 0 && (best < 0 || weight > toward[best]) {
				best = t
			}
		}
		theme = append(theme, best)
	}
	return theme
}

// linked counts the texts for which each linked unit of a graph stands, none for
// another, and these units.
func linked(g Graph, copies []int) (texts []int, units int) {
	texts = make([]int, len(g))
	for i, edges := range g {
		if len(edges) > 0 {
			texts[i] = copies[i]
			units++
		}
	}
	return texts, units
}

// tally counts the communities that hold a text, and those of at least so many.
func tally(texts, member []int, least float64) (all, big int) {
	highest := -1
	for _, c := range member {
		highest = max(highest, c)
	}
	sizes := make([]int, highest+1)
	for i, c := range member {
		sizes[c] += texts[i]
	}
	for _, size := range sizes {
		if size > 0 {
			all++
			if float64(size) >= least {
				big++
			}
		}
	}
	return all, big
}
