package theme

import (
	"cmp"
	"context"
	"slices"
)

// An Edge leads to a unit, with a weight above zero.
type Edge struct {
	To     int32
	Weight float64
}

// A Graph is undirected: each edge stands under both of its ends, by the other
// end's number. An edge from a unit to itself counts twice in its strength.
type Graph [][]Edge

// Neighbours links each unit to the k others most like it; two units are linked
// when either is among the other's nearest (union), with their similarity as
// weight. Units that share nothing are not linked. Those of a wide corpus have their
// places in the order that it returns, in which those that are alike are near each
// other in memory; nil: their own. The work is spread over the processors; the graph
// does not depend on how. tick is called as rows are begun, from the caller's
// goroutine.
//
// Where a sample is given, ascending, its units come first in that
// order, and only they are linked with each other; each of the others leads to the k
// of the sample most like it, and nothing leads to it.
func Neighbours(ctx context.Context, v View, sample []int32, k int, tick func(done, total int)) (Graph, []int32, error) {
	if w, ok := v.(wide); ok && v.Len() > wideCorpus {
		return likely(ctx, w, sample, v.Len(), k, tick)
	}
	n := v.Len()
	nearest, order := make([][]Edge, n), ahead(sample, n)
	err := spread(ctx, n, tick, func() func(i int) {
		row, found := make([]float32, n), make([]float32, len(sample))
		return func(at int) {
			i := at
			if order != nil {
				i = int(order[at])
			}
			clear(row)
			v.Add(row, i, 1)
			row[i] = 0
			if sample == nil {
				nearest[at] = top(row, k)
				return
			}
			for s, j := range sample {
				found[s] = row[j]
			}
			nearest[at] = top(found, k)
		}
	})
	if err != nil {
		return nil, nil, err
	}
	return apart(nearest, sample), order, nil
}

// ahead is the order in which the units of a sample come first; nil without one.
func ahead(sample []int32, n int) []int32 {
	if sample == nil {
		return nil
	}
	order, rest := slices.Grow(slices.Clone(sample), n-len(sample)), sample
	for i := range int32(n) {
		if len(rest) > 0 && rest[0] == i {
			rest = rest[1:]
		} else {
			order = append(order, i)
		}
	}
	return order
}

// apart is the union of the lists of nearest units of a sample, which come first, and
// those of the others as they are.
func apart(nearest [][]Edge, sample []int32) Graph {
	if sample == nil {
		return union(nearest)
	}
	return append(union(nearest[:len(sample)]), nearest[len(sample):]...)
}

// likely is [Neighbours] among those that are likely to be near.
func likely(ctx context.Context, v wide, sample []int32, n, k int, tick func(done, total int)) (Graph, []int32, error) {
	find, order, err := v.lay(ctx, sample)
	if err != nil {
		return nil, nil, err
	}
	nearest := make([][]Edge, n)
	err = spread(ctx, n, tick, func() func(i int) {
		near := find()
		return func(i int) {
			b := best{k: k}
			near(i, &b)
			nearest[i] = b.kept
		}
	})
	if err != nil {
		return nil, nil, err
	}
	return apart(nearest, sample), order, nil
}

// top returns the k greatest positive entries of row, ties by number.
func top(row []float32, k int) []Edge {
	b := best{k: k}
	for j, w := range row {
		b.offer(Edge{int32(j), float64(w)})
	}
	return b.kept
}

// union makes the lists of nearest units symmetrical; it sorts them by number.
func union(nearest [][]Edge) Graph {
	back := turned(nearest)
	end := make([]int, len(nearest)+1) // of each unit's edges, at most
	for i := range nearest {
		end[i+1] = end[i] + len(back[i]) + len(nearest[i])
	}
	g, edges := make(Graph, len(nearest)), make([]Edge, end[len(nearest)])
	all(len(nearest), func(i int) {
		slices.SortFunc(nearest[i], func(a, b Edge) int { return cmp.Compare(a.To, b.To) })
		g[i] = merged(edges[end[i]:end[i]:end[i+1]], nearest[i], back[i])
	})
	return g
}

// merged adds two lists of edges, each by the number of their ends, to a third.
func merged(to, there, back []Edge) []Edge {
	for _, e := range there {
		for ; len(back) > 0 && back[0].To < e.To; back = back[1:] {
			to = append(to, back[0])
		}
		if len(back) > 0 && back[0].To == e.To {
			// Both ends found each other, perhaps with a last bit of difference.
			e.Weight = max(e.Weight, back[0].Weight)
			back = back[1:]
		}
		to = append(to, e)
	}
	return append(to, back...)
}

// size returns how many edges stand in a graph.
func size(g Graph) (n int) {
	for _, edges := range g {
		n += len(edges)
	}
	return n
}

// turned returns the edges by their other ends, in the order of their first, side by
// side in memory.
func turned(lists [][]Edge) [][]Edge {
	end := make([]int, len(lists)+1)
	for _, list := range lists {
		for _, e := range list {
			end[e.To+1]++
		}
	}
	for i := range lists {
		end[i+1] += end[i]
	}
	edges := make([]Edge, end[len(lists)])
	for i, list := range lists {
		for _, e := range list {
			edges[end[e.To]] = Edge{int32(i), e.Weight}
			end[e.To]++
		}
	}
	out, from := make([][]Edge, len(lists)), 0
	for i := range out {
		out[i] = edges[from:end[i]:end[i]]
		from = end[i]
	}
	return out
}
