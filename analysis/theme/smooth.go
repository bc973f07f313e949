package theme

import (
	"context"
	"math"
)

// A unit is read together with its nearest neighbours: it keeps ownShare of
// itself and takes the rest from the readWith nearest.
const (
	ownShare = .5
	readWith = 10
)

// Smoothed returns the graph of units read together with their neighbours, each
// linked to the k then most like it. Two short texts without a common word become
// alike when their neighbours are; a link that nothing around it confirms
// weakens. With Z the weights and P the shares by which a unit is read, the new
// weights are P(I + Z)Pᵀ, brought to cosines: one step of diffusion, as between a
// query and its documents (« cluster-based smoothing », Liu and Croft 2004;
// Wu et al., « Simplifying Graph Convolutional Networks », 2019).
func (g Graph) Smoothed(ctx context.Context, k int) (Graph, error) {
	s := newSmoother(g)
	err := spread(ctx, len(g), nil, func() func(i int) {
		own := make([]float64, len(g))
		return func(i int) { s.length[i] = math.Sqrt(s.itself(own, i)) }
	})
	if err != nil {
		return nil, err
	}
	nearest := make([][]Edge, len(g))
	err = spread(ctx, len(g), nil, func() func(i int) {
		row, out := newSparse[float64](len(g)), newSparse[float64](len(g))
		return func(i int) {
			s.read(row, i)
			if len(g) > wideCorpus {
				nearest[i] = s.likely(row, i, k)
			} else {
				nearest[i] = s.top(out, i, row.edges(), k)
			}
			row.clear()
		}
	})
	if err != nil {
		return nil, err
	}
	return union(nearest), nil
}

// A smoother holds by which shares each unit is read.
type smoother struct {
	g       Graph
	shares  [][]Edge  // of each unit: itself and those it is read with; they sum to 1
	readers [][]Edge  // the same, turned round: who is read with it; nil: wide
	length  []float64 // square root of what each unit has in common with itself
}

func newSmoother(g Graph) *smoother {
	nearest := make([][]Edge, len(g))
	for i, edges := range g {
		nearest[i] = strongest(edges, readWith)
	}
	s := &smoother{g: g, shares: make([][]Edge, len(g)), length: make([]float64, len(g))}
	both := union(nearest)
	all := make([]Edge, 0, size(both)+len(g))
	for i, edges := range both {
		total := 0.
		for _, e := range edges {
			total += e.Weight
		}
		own := ownShare
		if total == 0 {
			own = 1
		}
		from := len(all)
		all = append(all, Edge{int32(i), own})
		for _, e := range edges {
			all = append(all, Edge{e.To, (1 - own) * e.Weight / total})
		}
		s.shares[i] = all[from:len(all):len(all)]
	}
	if len(g) <= wideCorpus {
		s.readers = turned(s.shares)
	}
	return s
}

// read adds row i of P(I + Z).
func (s *smoother) read(row *sparse[float64], i int) {
	for _, share := range s.shares[i] {
		row.add(share.To, share.Weight)
		for _, e := range s.g[share.To] {
			row.add(e.To, float64(share.Weight*e.Weight))
		}
	}
}

// itself is what a unit has in common with itself; own is zeros, to do so.
func (s *smoother) itself(own []float64, i int) float64 {
	for _, share := range s.shares[i] {
		own[share.To] = share.Weight
	}
	sum := 0.
	for _, share := range s.shares[i] {
		common := share.Weight
		for _, e := range s.g[share.To] {
			common += float64(own[e.To] * e.Weight)
		}
		sum += float64(share.Weight * common)
	}
	for _, share := range s.shares[i] {
		own[share.To] = 0
	}
	return sum
}

// common is what a unit whose row of P(I + Z) is given has in common with j.
func (s *smoother) common(row *sparse[float64], j int) float64 {
	sum := 0.
	for _, e := range s.shares[j] {
		sum += float64(row.value[e.To] * e.Weight)
	}
	return sum
}

// top returns the k units most like i, as cosines, by what its row holds; out is
// memory to do so.
func (s *smoother) top(out *sparse[float64], i int, row []Edge, k int) []Edge {
	for _, e := range row {
		for _, r := range s.readers[e.To] {
			out.add(r.To, float64(e.Weight*r.Weight))
		}
	}
	b := best{k: k}
	least := 0. // a little below what is kept, in what is common over the other's length
	for _, j := range out.touched {
		if value := out.value[j]; value > least*s.length[j] && int(j) != i {
			b.offer(Edge{j, value / (s.length[i] * s.length[j])})
			least = b.floor * s.length[i] * (1 - 1e-9)
		}
	}
	out.clear()
	return b.kept
}

// likely is top, where only those are compared in full that weigh most in the row
// for what they are: nearly all of the nearest are among them.
func (s *smoother) likely(row *sparse[float64], i, k int) []Edge {
	most := best{k: wideRead}
	for _, j := range row.touched {
		if int(j) != i {
			most.offer(Edge{j, row.value[j] / s.length[j]})
		}
	}
	b := best{k: k}
	for _, e := range most.kept {
		b.offer(Edge{e.To, s.common(row, int(e.To)) / (s.length[i] * s.length[e.To])})
	}
	return b.kept
}
