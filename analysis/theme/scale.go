package theme

import "math"

// around is how many of a unit's nearest neighbours tell how close-packed its
// surroundings are.
const around = 10

// loose keeps the weights of units that are near to nothing from growing without
// bound.
const loose = .02

// Scaled returns the graph with each weight divided by the square root of the
// geometric mean of how near both ends are to their own nearest neighbours:
// neighbours of a lonely unit count for more, those of a hub, which is a little
// like everything, for less. It is half of Zelnik-Manor and Perona's local
// scaling (« Self-Tuning Spectral Clustering », 2004), whose whole costs as much
// as it gains; what hubs do to near neighbours is in Radovanović et al., « Hubs in
// Space », 2010.
func (g Graph) Scaled() Graph {
	dense := make([]float64, len(g))
	for i, edges := range g {
		var most [around]float64 // the greatest first
		for _, e := range edges {
			w := e.Weight
			for at := range most {
				if w > most[at] {
					w, most[at] = most[at], w
				}
			}
		}
		for _, w := range most {
			dense[i] += w / around
		}
	}
	out, all := make(Graph, len(g)), make([]Edge, 0, size(g))
	for i, edges := range g {
		from := len(all)
		for _, e := range edges {
			both := float64(dense[i] * dense[e.To]) // the same from both ends
			all = append(all, Edge{e.To, e.Weight / (math.Sqrt(math.Sqrt(both)) + loose)})
		}
		out[i] = all[from:len(all):len(all)]
	}
	return out
}
