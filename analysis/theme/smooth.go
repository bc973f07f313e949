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
	read := make([][]Edge, len(g))    // what each unit is, read so
	length := make([]float64, len(g)) // the square root of what it has in common with itself
	err := spread(ctx, len(g), nil, func() func(i int) {
		row := newSparse[float64](len(g))
		return func(i int) {
			s.read(row, i)
			sum := 0.
			for _, e := range s.shares[i] {
				sum += float64(row.value[e.To] * e.Weight)
			}
			length[i] = math.Sqrt(sum)
			read[i] = row.edges()
			if len(g) > wideCorpus {
				read[i] = strongest(read[i], wideRead)
			}
			row.clear()
		}
	})
	if err != nil {
		return nil, err
	}
	nearest := make([][]Edge, len(g))
	err = spread(ctx, len(g), nil, func() func(i int) {
		row := newSparse[float64](len(g))
		return func(i int) {
			for _, e := range read[i] {
				for _, r := range s.readers[e.To] {
					row.add(r.To, float64(e.Weight*r.Weight))
				}
			}
			nearest[i] = s.top(row, i, length, k)
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
func (s *smoother) read(row *sparse[float64], i int) {
	for _, share := range s.shares[i] {
		row.add(share.To, share.Weight)
		for _, e := range s.g[share.To] {
			row.add(e.To, float64(share.Weight*e.Weight))
		}
	}
}

// top returns the k units most like i, as cosines.
func (s *smoother) top(row *sparse[float64], i int, length []float64, k int) []Edge {
	b := best{k: k}
	least := 0. // a little below what is kept, in what is common over the other's length
	for _, j := range row.touched {
		if value := row.value[j]; value > least*length[j] && int(j) != i {
			b.offer(Edge{j, value / (length[i] * length[j])})
			least = b.floor * length[i] * (1 - 1e-9)
		}
	}
	return b.kept
}
