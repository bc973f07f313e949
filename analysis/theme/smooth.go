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
	// The square root of what each unit has in common with itself.
	length := make([]float64, len(g))
	err := spread(ctx, len(g), nil, func() func(i int) {
		row := newSparse(len(g))
		return func(i int) {
			s.read(row, i)
			sum := 0.
			for _, e := range s.shares[i] {
				sum += float64(row.value[e.To] * e.Weight)
			}
			length[i] = math.Sqrt(sum)
			row.clear()
		}
	})
	if err != nil {
		return nil, err
	}
	nearest := make([][]Edge, len(g))
	err = spread(ctx, len(g), nil, func() func(i int) {
		row, out := newSparse(len(g)), make([]float64, len(g))
		return func(i int) {
			s.read(row, i)
			clear(out)
			for _, j := range row.touched {
				value := row.value[j]
				for _, e := range s.readers[j] {
					out[e.To] += float64(value * e.Weight)
				}
			}
			out[i] = 0
			nearest[i] = s.top(out, i, length, k)
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
	shares  [][]Edge // of each unit: itself and those it is read with; they sum to 1
	readers [][]Edge // the same, turned round: who is read with it
}

func newSmoother(g Graph) *smoother {
	nearest := make([][]Edge, len(g))
	for i, edges := range g {
		nearest[i] = strongest(edges, readWith)
	}
	s := &smoother{g: g, shares: make([][]Edge, len(g))}
	for i, edges := range union(nearest) {
		total := 0.
		for _, e := range edges {
			total += e.Weight
		}
		own := ownShare
		if total == 0 {
			own = 1
		}
		list := append(make([]Edge, 0, len(edges)+1), Edge{int32(i), own})
		for _, e := range edges {
			list = append(list, Edge{e.To, (1 - own) * e.Weight / total})
		}
		s.shares[i] = list
	}
	s.readers = turned(s.shares)
	return s
}

// read adds row i of P(I + Z).
func (s *smoother) read(row *sparse, i int) {
	for _, share := range s.shares[i] {
		row.add(share.To, share.Weight)
		for _, e := range s.g[share.To] {
			row.add(e.To, share.Weight*e.Weight)
		}
	}
}

// top returns the k units most like i, as cosines.
func (s *smoother) top(row []float64, i int, length []float64, k int) []Edge {
	b := best{k: k}
	least := 0. // a little below what is kept, in what is common over the other's length
	for j, value := range row {
		if value > least*length[j] {
			b.offer(Edge{int32(j), value / (length[i] * length[j])})
			least = b.floor * length[i] * (1 - 1e-9)
		}
	}
	return b.kept
}
