package theme

import "slices"

// lean is how many times more an edge weighs inside a theme that people know.
const lean = 2

// Lean returns the graph with more weight on the edges between units of one
// earlier theme (before gives each unit's, or -1): a new partition then differs
// from the earlier one where the texts ask for it, not where chance does.
func (g Graph) Lean(before []int) Graph {
	out := make(Graph, len(g))
	for i, edges := range g {
		out[i] = slices.Clone(edges)
		if before[i] < 0 {
			continue
		}
		for j, e := range edges {
			if before[e.To] == before[i] {
				out[i][j].Weight *= lean
			}
		}
	}
	return out
}

// resume returns the earlier themes with every linked unit settled among them;
// nil when there are not n of them.
func resume(g Graph, before, copies []int, n int, resolution, least float64) []int {
	if before == nil {
		return nil
	}
	member := slices.Clone(before)
	for i, edges := range g {
		if len(edges) == 0 {
			member[i] = -1
		}
	}
	if number(member) != n {
		return nil
	}
	// A unit that is new goes where its nearest neighbours are, in as many rounds
	// as it takes to reach those whose neighbours are new too.
	toward := make([]float64, n)
	for moved := true; moved; {
		moved = false
		for i, edges := range g {
			if member[i] >= 0 {
				continue
			}
			clear(toward)
			best := -1
			for _, e := range edges {
				if t := member[e.To]; t >= 0 {
					toward[t] += e.Weight
					if best < 0 || toward[t] > toward[best] {
						best = t
					}
				}
			}
			if best >= 0 {
				member[i], moved = best, true
			}
		}
	}
	for i, edges := range g {
		if member[i] < 0 && len(edges) > 0 {
			return nil // what is new is like nothing that was there
		}
	}
	settle(g, member, copies, n, resolution, least)
	return member
}
