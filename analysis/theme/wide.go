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
	wideCell     = 120   // units of a cell, at most
	likelyOf     = 60    // of either kind, that are then compared in full
	wideRead     = 48    // that weigh most in what a unit is, read with its neighbours
	wideAgain    = 30    // nearest by these, that are then compared in full
)

// A wide view lists, for a unit, those that are likely to be near it.
type wide interface {
	// prepare makes what near needs, once, and returns an order in which units that
	// are looked up one after the other are near each other in memory; nil: theirs.
	prepare(ctx context.Context) (order []int32, err error)
	// near returns, for one goroutine, what offers the units that are likely to be
	// near a unit, with their similarity.
	near() func(i int, to *best)
}

func (v *Lexical) prepare(context.Context) ([]int32, error) { return nil, nil }

func (v *Lexical) near() func(i int, to *best) {
	row, rare := newSparse[float32](len(v.rows)), v.rare()
	return func(i int, to *best) {
		rare(row, i)
		for _, j := range row.touched {
			if int(j) != i {
				to.offer(Edge{j, float64(row.value[j])})
			}
		}
		row.clear()
	}
}

// rare returns what adds to a row the units that share the rarest words of i,
// likened by these. Where they are too many, it looks at those that stand nearest to
// i in the corpus.
func (v *Lexical) rare() func(row *sparse[float32], i int) {
	var words lexis.Vector
	return func(row *sparse[float32], i int) {
		words = append(words[:0], v.rows[i]...)
		slices.SortFunc(words, func(a, b lexis.Weight) int {
			return cmp.Or(cmp.Compare(len(v.postings[a.Root]), len(v.postings[b.Root])), cmp.Compare(a.Root, b.Root))
		})
		left := widePostings
		for _, w := range words {
			if left == 0 {
				break
			}
			list := v.postings[w.Root]
			if len(list) > left {
				at, _ := slices.BinarySearchFunc(list, int32(i), func(p posting, unit int32) int { return cmp.Compare(p.unit, unit) })
				list = window(list, at, left)
			}
			left -= len(list)
			for _, p := range list {
				row.add(p.unit, float32(w.Value*p.value))
			}
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
func (f *fused) near() func(i int, to *best) {
	row, rare := newSparse[float32](f.Len()), f.shared.rare()
	seen := make([]int32, f.Len())                 // one more than the unit for which each was looked at
	own := make([]float32, len(f.shared.postings)) // the words of i
	sharing, alike := best{kept: make([]Edge, 0, likelyOf)}, best{kept: make([]Edge, 0, likelyOf)}
	total := float64(1 + f.weight)
	return func(i int, to *best) {
		words, meaning := f.shared.rows[i], f.static.row(i)
		sharing, alike = best{k: likelyOf, kept: sharing.kept[:0]}, best{k: likelyOf, kept: alike.kept[:0]}
		rare(row, i)
		for _, j := range row.touched {
			sharing.offer(Edge{j, float64(row.value[j])})
		}
		row.clear()
		f.static.around(i, func(j int32) {
			alike.offer(Edge{j, float64(dot(meaning, f.static.row(int(j))))})
		})
		for _, w := range words {
			own[w.Root] = w.Value
		}
		seen[i] = int32(i) + 1
		offer := func(j int32, near float64) {
			common := 0.
			for _, w := range f.shared.rows[j] {
				common += float64(float64(own[w.Root]) * float64(w.Value))
			}
			to.offer(Edge{j, (common + float64(float64(f.weight)*near)) / total})
			seen[j] = int32(i) + 1
		}
		for _, e := range alike.kept {
			if int(e.To) != i {
				offer(e.To, e.Weight)
			}
		}
		for _, e := range sharing.kept {
			if seen[e.To] != int32(i)+1 {
				offer(e.To, float64(dot(meaning, f.static.row(int(e.To)))))
			}
		}
		for _, w := range words {
			own[w.Root] = 0
		}
	}
}

// cells divide the units of a static view: an inverted file (Sivic and Zisserman,
// « Video Google », 2003; Jégou et al. 2011).
type cells struct {
	centres []float32          // of unit length, side by side
	units   [][]int32          // of each cell, ascending
	of      [][wideCells]int32 // the cells nearest to each unit, nearest first
}

// divide finds about √n cells by a few rounds of spherical k-means on a sample, and
// puts every unit into the nearest, which it returns.
func (v *Static) divide(ctx context.Context) ([]int32, error) {
	count := max(1, int(math.Sqrt(float64(v.n))))
	c := &cells{make([]float32, count*v.dim), make([][]int32, count), make([][wideCells]int32, v.n)}
	for k := range count {
		copy(c.centre(k, v.dim), v.row(k*v.n/count))
	}
	step := max(1, v.n/(30*count))
	at := make([]int32, v.n)
	for range 4 {
		if err := spread(ctx, v.n/step, nil, func() func(int) {
			return func(i int) { at[i*step] = c.nearest(v.row(i * step))[0] }
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
		return func(i int) {
			c.of[i] = c.nearest(v.row(i))
			at[i] = c.of[i][0]
		}
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

// nearest returns the cells nearest to a row, the nearest first; -1 where there are
// not so many.
func (c *cells) nearest(row []float32) (at [wideCells]int32) {
	var most [wideCells]float32
	for n := range at {
		at[n], most[n] = -1, -2
	}
	for k := range c.units {
		cell, d := int32(k), dot(row, c.centre(k, len(row)))
		for n := range at {
			if d > most[n] {
				at[n], most[n], cell, d = cell, d, at[n], most[n]
			}
		}
	}
	return at
}

// around yields the units of the cells nearest to unit i.
func (v *Static) around(i int, yield func(j int32)) {
	for _, k := range v.cells.of[i] {
		if k < 0 {
			break
		}
		list := v.cells.units[k]
		at, _ := slices.BinarySearch(list, int32(i))
		for _, j := range window(list, at, wideCell) {
			yield(j)
		}
	}
}
