package theme

// settled is at which part of the resolution units settle: communities were
// sought at one that gives up to half as many again as there are themes.
const settled = .6

// rounds bounds how often units are looked at again.
const rounds = 10

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
