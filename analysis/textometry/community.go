package textometry

// Communities groups the nodes by greedy modularity (A. Clauset, M. E. J. Newman
// and C. Moore, « Finding community structure in very large networks », Physical
// Review E 70, 2004): from one community a node, the two whose union raises
// modularity most unite, the first of several, until none does. The result is
// each node's community, numbered by first node. A node without an edge is alone.
// Time grows with the cube of the nodes: a graph to be drawn has a few hundred.
func (g *Graph) Communities() []int {
	n := len(g.Nodes)
	of := make([]int, n)
	between := make([][]float64, n) // weight, each edge counted from both ends
	degree := make([]float64, n)
	total := 0.
	for i := range of {
		of[i], between[i] = i, make([]float64, n)
	}
	for _, e := range g.Edges {
		between[e.A][e.B] += e.Weight
		between[e.B][e.A] += e.Weight
		degree[e.A] += e.Weight
		degree[e.B] += e.Weight
		total += 2 * e.Weight
	}
	gone := make([]bool, n)
	for total > 0 {
		a, b, most := -1, -1, 1e-12
		for i := range n {
			for j := i + 1; j < n && !gone[i]; j++ {
				if between[i][j] == 0 || gone[j] {
					continue
				}
				if gain := 2 * (between[i][j]/total - degree[i]*degree[j]/(total*total)); gain > most*(1+1e-12) {
					a, b, most = i, j, gain
				}
			}
		}
		if a < 0 {
			break
		}
		for k := range n {
			between[a][k] += between[b][k]
			between[k][a] = between[a][k]
			between[k][b], between[b][k] = 0, 0
		}
		between[a][a] = 0
		degree[a] += degree[b]
		gone[b] = true
		for i, c := range of {
			if c == b {
				of[i] = a
			}
		}
	}
	return renumbered(of)
}

// renumbered numbers groups by first member.
func renumbered(of []int) []int {
	number := make(map[int]int)
	out := make([]int, len(of))
	for i, c := range of {
		if _, ok := number[c]; !ok {
			number[c] = len(number)
		}
		out[i] = number[c]
	}
	return out
}

// Modularity is how much more weight lies inside the communities than chance
// would put there, −½…1 (Newman and Girvan 2004).
func (g *Graph) Modularity(of []int) float64 {
	inside, degree := make(map[int]float64), make([]float64, len(of)+1)
	total := 0.
	for _, e := range g.Edges {
		total += 2 * e.Weight
		degree[of[e.A]] += e.Weight
		degree[of[e.B]] += e.Weight
		if of[e.A] == of[e.B] {
			inside[of[e.A]] += 2 * e.Weight
		}
	}
	q := 0.
	for c, d := range degree {
		if total > 0 {
			q += inside[c]/total - d/total*d/total
		}
	}
	return q
}
