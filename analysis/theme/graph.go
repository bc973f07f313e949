package theme

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"
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
// weight. Units that share nothing are not linked. The work is spread over the
// processors; the graph does not depend on how. tick is called as rows are
// begun, from the caller's goroutine.
func Neighbours(ctx context.Context, v View, k int, tick func(done, total int)) (Graph, error) {
	n := v.Len()
	nearest := make([][]Edge, n)
	workers := max(1, min(runtime.GOMAXPROCS(0), n/64))
	const block = 64
	blocks := make(chan int)
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			row := make([]float32, n)
			for at := range blocks {
				for i := at; i < min(n, at+block); i++ {
					clear(row)
					v.Add(row, i, 1)
					row[i] = 0
					nearest[i] = top(row, k)
				}
			}
		})
	}
	var err error
feed:
	for at := 0; at < n; at += block {
		select {
		case blocks <- at:
			if tick != nil {
				tick(min(n, at+block), n)
			}
		case <-ctx.Done():
			err = ctx.Err()
			break feed
		}
	}
	close(blocks)
	all.Wait()
	if err != nil {
		return nil, err
	}
	return union(nearest), nil
}

// top returns the k greatest positive entries of row, ties by number.
func top(row []float32, k int) []Edge {
	heap := make([]Edge, 0, k+1) // the least of those kept is at heap[0]
	worse := func(a, b Edge) bool { return a.Weight < b.Weight || a.Weight == b.Weight && a.To > b.To }
	for j, w := range row {
		if w <= 1e-6 || len(heap) == k && float64(w) <= heap[0].Weight {
			continue
		}
		heap = append(heap, Edge{int32(j), float64(w)})
		for c := len(heap) - 1; c > 0 && worse(heap[c], heap[(c-1)/2]); c = (c - 1) / 2 {
			heap[c], heap[(c-1)/2] = heap[(c-1)/2], heap[c]
		}
		if len(heap) <= k {
			continue
		}
		last := len(heap) - 1
		heap[0] = heap[last]
		heap = heap[:last]
		for p := 0; ; {
			c := 2*p + 1
			if c >= last {
				break
			}
			if c+1 < last && worse(heap[c+1], heap[c]) {
				c++
			}
			if !worse(heap[c], heap[p]) {
				break
			}
			heap[c], heap[p] = heap[p], heap[c]
			p = c
		}
	}
	return heap
}

// union makes the lists of nearest units symmetrical.
func union(nearest [][]Edge) Graph {
	g := make(Graph, len(nearest))
	for i, list := range nearest {
		for _, e := range list {
			g[i] = append(g[i], e)
			g[e.To] = append(g[e.To], Edge{int32(i), e.Weight})
		}
	}
	for i := range g {
		slices.SortFunc(g[i], func(a, b Edge) int { return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(b.Weight, a.Weight)) })
		// Both ends may have found each other, with a last bit of difference.
		g[i] = slices.CompactFunc(g[i], func(a, b Edge) bool { return a.To == b.To })
	}
	return g
}
