package theme

import (
	"cmp"
	"math"
	"slices"
)

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
	var weights []float64
	for i, edges := range g {
		weights = weights[:0]
		for _, e := range edges {
			weights = append(weights, e.Weight)
		}
		slices.SortFunc(weights, func(a, b float64) int { return cmp.Compare(b, a) })
		for _, w := range weights[:min(around, len(weights))] {
			dense[i] += w / around
		}
	}
	out := make(Graph, len(g))
	for i, edges := range g {
		out[i] = slices.Clone(edges)
		for j, e := range edges {
			both := float64(dense[i] * dense[e.To]) // the same from both ends
			out[i][j].Weight = e.Weight / (math.Sqrt(math.Sqrt(both)) + loose)
		}
	}
	return out
}
