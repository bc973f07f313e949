package theme

import "math"

// rounds bounds how often units are looked at again.
const rounds = 10

// likeliest returns the resolution at which maximising modularity is maximising the
// likelihood of the graph, where links inside the themes of a partition are as frequent
// as they are in this one (planted partition, corrected for degrees: Newman,
// « Equivalence between modularity optimization and maximum likelihood methods for
// community detection », Physical Review E 94, 052315, 2016, eq. 20): near 1 for few
// themes, above 2 for thirty. 1 where the partition does not tell: one theme, or no
// link between themes. That at which communities were sought says how many were
// wanted, not how large they are: units that settle there would make themes of one
// size of what people speak of much and of little.
func likeliest(g Graph, member []int, themes int) float64 {
	mass := make([]float64, themes)
	inside, total := 0., 0.
	for i, edges := range g {
		own := member[i]
		for _, e := range edges {
			w := e.Weight
			if int(e.To) == i {
				w += e.Weight
			}
			total += w
			if own >= 0 {
				mass[own] += w
				if member[e.To] == own {
					inside += w
				}
			}
		}
	}
	expected := 0. // inside, would chance link
	for _, m := range mass {
		expected += float64(m / total * m)
	}
	if inside <= 0 || total-inside < 1e-9*total || total-expected < 1e-9*total {
		return 1
	}
	within, between := inside/expected, (total-inside)/(total-expected)
	if within <= between {
		return 1
	}
	return (within - between) / (math.Log(within) - math.Log(between))
}

// settle lets units move, in place, to the theme by which modularity gains most,
// now that themes are what they will be: those of what was merged often lean to
// another one. None leaves a theme of least texts or fewer, nor one that it would
// bring, with its copies, to that.
func settle(g Graph, member, copies []int, themes int, resolution, least float64) {
	strength := make([]float64, len(g))
	mass, size := make([]float64, themes), make([]int, themes)
	total := 0.
	for i, edges := range g {
		for _, e := range edges {
			strength[i] += e.Weight
			if int(e.To) == i {
				strength[i] += e.Weight
			}
		}
		if t := member[i]; t >= 0 {
			mass[t] += strength[i]
			size[t] += copies[i]
		}
		total += strength[i]
	}
	toward := make([]float64, themes)
	for moved, round := true, 0; moved && round < rounds; round++ {
		moved = false
		for i, edges := range g {
			own := member[i]
			if own < 0 || float64(size[own]-copies[i]+1) <= max(1, least) {
				continue
			}
			clear(toward)
			for _, e := range edges {
				if t := member[e.To]; t >= 0 && int(e.To) != i {
					toward[t] += e.Weight
				}
			}
			mass[own] -= strength[i]
			cost := resolution * strength[i] / total
			best, gain := own, toward[own]-float64(cost*mass[own])
			for t := range themes {
				if d := toward[t] - float64(cost*mass[t]); d > gain+1e-12 {
					best, gain = t, d
				}
			}
			mass[best] += strength[i]
			if best != own {
				size[own] -= copies[i]
				size[best] += copies[i]
				member[i], moved = best, true
			}
		}
	}
	number(member)
}
