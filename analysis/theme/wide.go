package theme

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/villes-internet/congres/analysis/lexis"
)

// wideCorpus is how many units are compared with all others. Beyond, each is
// compared with those that are likely to be near it, so that the work grows like
// n√n and not like n².
const wideCorpus = 5_000

// How many units are looked at for each, beyond.
const (
	widePostings = 3_000 // that share its rarest words
	wideCells    = 2     // cells of near words whose units are compared as well
	wideCell     = 200   // units of a cell, at most
	likelyOf     = 60    // of either kind, that are then compared in full
)

// A wide view lists, for a unit, those that are likely to be near it.
type wide interface {
	// prepare makes what near needs, once, and returns an order in which units that
	// are looked up one after the other are near each other in memory; nil: theirs.
	prepare(ctx context.Context) (order []int32, err error)
	// near adds the similarity of unit i and those that are likely to be near it.
	near(row *sparse, i int)
}

func (v *Lexical) prepare(context.Context) ([]int32, error) { return nil, nil }

// near looks at those that share the rarest words of i, and likens them by these.
// Where they are too many, it looks at those that stand nearest to i in the corpus.
func (v *Lexical) near(row *sparse, i int) {
	words := slices.Clone(v.rows[i])
	slices.SortFunc(words, func(a, b lexis.Weight) int {
		return cmp.Or(cmp.Compare(len(v.postings[a.Root]), len(v.postings[b.Root])), cmp.Compare(a.Root, b.Root))
	})
	left := widePostings
	for _, w := range words {
		list := v.postings[w.Root]
		at, _ := slices.BinarySearchFunc(list, int32(i), func(p posting, unit int32) int { return cmp.Compare(p.unit, unit) })
		list = window(list, at, left)
		left -= len(list)
		for _, p := range list {
			row.add(p.unit, float64(w.Value)*float64(p.value))
		}
	}
}

// window returns the n entries of a list that stand around one.
func window[T any](list []T, at, n int) []T {
	if len(list) <= n {
		return list
	}
	from := max(0, min(at-n/2, len(list)-n))
	return list[from : from+n]
}

func (f *fused) prepare(ctx context.Context) ([]int32, error) {
	at, err := f.static.divide(ctx)
	if err != nil {
		return nil, err
	}
	order := make([]int32, len(at))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(at[a], at[b]) })
	return order, nil
}

// near looks at those that share most of the words of i and at those of its cells
// whose words are nearest.
func (f *fused) near(row *sparse, i int) {
	f.shared.near(row, i)
	sharing := best{k: likelyOf}
	for _, j := range row.touched {
		sharing.offer(Edge{j, row.value[j]})
	}
	row.clear()
	words, own := f.shared.rows[i], f.static.row(i)
	alike := best{k: likelyOf}
	for _, j := range f.static.around(i) {
		alike.offer(Edge{j, float64(dot(own, f.static.row(int(j))))})
	}
	total := float64(1 + f.weight)
	for _, list := range [][]Edge{sharing.kept, alike.kept} {
		for _, e := range list {
			if row.in[e.To] {
				continue
			}
			near := float64(f.weight) * float64(dot(own, f.static.row(int(e.To))))
			row.add(e.To, (words.Dot(f.shared.rows[e.To])+float64(near))/total)
		}
	}
}

// cells divide the units of a static view: an inverted file (Sivic and Zisserman,
// « Video Google », 2003; Jégou et al. 2011).
type cells struct {
	centres []float32 // of unit length, side by side
	units   [][]int32 // of each cell, ascending
}

// divide finds about √n cells by a few rounds of spherical k-means on a sample, and
// puts every unit into the nearest, which it returns.
func (v *Static) divide(ctx context.Context) ([]int32, error) {
	count := max(1, int(math.Sqrt(float64(v.n))))
	c := &cells{make([]float32, count*v.dim), make([][]int32, count)}
	for k := range count {
		copy(c.centre(k, v.dim), v.row(k*v.n/count))
	}
	step := max(1, v.n/(30*count))
	at := make([]int32, v.n)
	for range 4 {
		if err := spread(ctx, v.n/step, nil, func() func(int) {
			return func(i int) { at[i*step] = int32(c.nearest(v.row(i * step))) }
		}); err != nil {
			return nil, err
		}
		clear(c.centres)
		for i := 0; i < v.n/step; i++ {
			centre := c.centre(int(at[i*step]), v.dim)
			for j, x := range v.row(i * step) {
				centre[j] += x
			}
		}
		for k := range count {
			unit(c.centre(k, v.dim))
		}
	}
	if err := spread(ctx, v.n, nil, func() func(int) {
		return func(i int) { at[i] = int32(c.nearest(v.row(i))) }
	}); err != nil {
		return nil, err
	}
	for i, k := range at {
		if slices.ContainsFunc(v.row(i), func(x float32) bool { return x != 0 }) {
			c.units[k] = append(c.units[k], int32(i))
		}
	}
	v.cells = c
	return at, nil
}

func (c *cells) centre(k, dim int) []float32 { return c.centres[k*dim : (k+1)*dim] }

// nearest returns the cell of a row.
func (c *cells) nearest(row []float32) int {
	at, most := 0, float32(-2)
	for k := range c.units {
		if d := dot(row, c.centre(k, len(row))); d > most {
			at, most = k, d
		}
	}
	return at
}

// around returns the units of the cells nearest to unit i.
func (v *Static) around(i int) []int32 {
	b := best{k: wideCells}
	own := v.row(i)
	for k := range v.cells.units {
		b.offer(Edge{int32(k), float64(dot(own, v.cells.centre(k, v.dim)))})
	}
	var out []int32
	for _, e := range b.kept {
		list := v.cells.units[e.To]
		at, _ := slices.BinarySearch(list, int32(i))
		out = append(out, window(list, at, wideCell)...)
	}
	return out
}
