package theme

import "slices"

// best keeps the k edges of greatest weight of those that it is offered, ties by
// number: a heap whose first is the least of those kept.
type best struct {
	k     int
	kept  []Edge
	floor float64 // below which nothing is kept any more
}

// faint is a weight that is none.
const faint = 1e-6

func worse(a, b Edge) bool { return a.Weight < b.Weight || a.Weight == b.Weight && a.To > b.To }

func (b *best) offer(e Edge) {
	if e.Weight >= b.floor { // most are not: the rest stays out of the way
		b.take(e)
	}
}

func (b *best) take(e Edge) {
	if e.Weight <= faint {
		return
	}
	h := b.kept
	if len(h) < b.k {
		if h == nil {
			h = make([]Edge, 0, b.k)
		}
		h = append(h, e)
		for c := len(h) - 1; c > 0 && worse(h[c], h[(c-1)/2]); c = (c - 1) / 2 {
			h[c], h[(c-1)/2] = h[(c-1)/2], h[c]
		}
		if b.kept = h; len(h) == b.k {
			b.floor = h[0].Weight
		}
		return
	}
	if b.k == 0 || !worse(h[0], e) {
		return
	}
	h[0] = e
	for p := 0; ; {
		c := 2*p + 1
		if c >= len(h) {
			break
		}
		if c+1 < len(h) && worse(h[c+1], h[c]) {
			c++
		}
		if !worse(h[c], h[p]) {
			break
		}
		h[c], h[p] = h[p], h[c]
		p = c
	}
	b.floor = h[0].Weight
}

// strongest returns the k greatest of a unit's edges.
func strongest(edges []Edge, k int) []Edge {
	if len(edges) <= k {
		return slices.Clone(edges)
	}
	b := best{k: k}
	for _, e := range edges {
		b.offer(e)
	}
	return b.kept
}
