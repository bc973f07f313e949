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
		row, out := newSparse(len(g)), newSparse(len(g))
		return func(i int) {
			s.read(row, i)
			for _, j := range row.touched {
				for _, e := range s.readers[j] {
					out.add(e.To, row.value[j]*e.Weight)
				}
			}
			nearest[i] = s.top(out, i, length, k)
			row.clear()
			out.clear()
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
	s := &smoother{g, make([][]Edge, len(g)), make([][]Edge, len(g))}
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
		for _, e := range list {
			s.readers[e.To] = append(s.readers[e.To], Edge{int32(i), e.Weight})
		}
	}
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
func (s *smoother) top(row *sparse, i int, length []float64, k int) []Edge {
	b := best{k: k}
	for _, j := range row.touched {
		if int(j) != i {
			b.offer(Edge{j, row.value[j] / (length[i] * length[j])})
		}
	}
	return b.kept
}
