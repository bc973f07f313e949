package theme

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/villes-internet/congres/analysis/lexis"
)

// A laid view is a fused one whose units stand cell by cell.
type laid struct {
	fused
	brief *Static // the rows in fewer dimensions
	of    [][wideCells]int32
	start []int32 // of each cell, and the end of the last
}

func (f *fused) lay(ctx context.Context) (finder, []int32, error) {
	brief, err := f.static.brief(ctx, briefly)
	if err != nil {
		return nil, nil, err
	}
	of, cells, err := brief.divide(ctx)
	if err != nil {
		return nil, nil, err
	}
	order := make([]int32, len(of))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(slices.Compare(of[a][:], of[b][:]), cmp.Compare(a, b))
	})
	l := &laid{brief: brief.ordered(order), of: make([][wideCells]int32, len(of)), start: make([]int32, cells+1)}
	rows := make([]lexis.Vector, len(order))
	for at, i := range order {
		l.of[at], rows[at] = of[i], f.shared.rows[i]
		if k := of[i][0]; k < int32(cells) {
			l.start[k+1]++
		}
	}
	for k := range cells {
		l.start[k+1] += l.start[k]
	}
	l.fused = fused{NewLexical(rows, len(f.shared.postings)), f.static.ordered(order), f.weight}
	return l.near, order, nil
}

// ordered is the view of the same units in another order.
func (v *Static) ordered(order []int32) *Static {
	out := &Static{n: v.n, dim: v.dim, rows: make([]float32, len(v.rows))}
	for at, i := range order {
		copy(out.row(at), v.row(int(i)))
	}
	return out
}

// near looks at those that share most of the words of i and at those of its cells,
// likens them by the words that they share and, in fewer dimensions, by near words,
// and compares the most alike in full.
func (l *laid) near() func(i int, to *best) {
	row, rare := newSparse[float32](l.Len()), l.shared.rare(widePostings)
	seen := make([]int32, l.Len())                 // one more than the unit for which each was looked at
	own := make([]float32, len(l.shared.postings)) // the words of i
	sharing, alike := best{kept: make([]Edge, 0, likelyOf)}, best{kept: make([]Edge, 0, likelyOf)}
	total := float64(1 + l.weight)
	return func(i int, to *best) {
		words, meaning, brief := l.shared.rows[i], l.static.row(i), l.brief.row(i)
		sharing, alike = best{k: likelyOf, kept: sharing.kept[:0]}, best{k: likelyOf, kept: alike.kept[:0]}
		seen[i] = int32(i) + 1
		look := func(j int32) {
			if seen[j] != int32(i)+1 {
				seen[j] = int32(i) + 1
				alike.offer(Edge{j, float64(row.value[j] + float32(l.weight*dot(brief, l.brief.row(int(j)))))})
			}
		}
		rare(row, i)
		for _, j := range row.touched {
			sharing.offer(Edge{j, float64(row.value[j])})
		}
		for _, e := range sharing.kept {
			look(e.To)
		}
		l.around(i, look)
		row.clear()
		for _, w := range words {
			own[w.Root] = w.Value
		}
		for _, e := range alike.kept {
			common := 0.
			for _, w := range l.shared.rows[e.To] {
				common += float64(float64(own[w.Root]) * float64(w.Value))
			}
			like := float64(dot(meaning, l.static.row(int(e.To))))
			to.offer(Edge{e.To, (common + float64(float64(l.weight)*like)) / total})
		}
		for _, w := range words {
			own[w.Root] = 0
		}
	}
}

// around yields the units of the cells nearest to unit i: of each cell, those that
// stand where i does or would stand, among which are those that it shares both with.
func (l *laid) around(i int, yield func(j int32)) {
	cells := l.of[i]
	for _, k := range cells {
		if int(k) >= len(l.start)-1 {
			break
		}
		from, until := int(l.start[k]), int(l.start[k+1])
		at := i
		if k != cells[0] {
			at, _ = slices.BinarySearchFunc(l.of[from:until], cells[0], func(of [wideCells]int32, cell int32) int { return cmp.Compare(of[1], cell) })
			at += from
		}
		if until-from > wideCell {
			from = max(from, min(at-wideCell/2, until-wideCell))
			until = from + wideCell
		}
		for j := from; j < until; j++ {
			yield(int32(j))
		}
	}
}

// divide finds about √n cells (an inverted file: Sivic and Zisserman, « Video
// Google », 2003; Jégou et al. 2011) by a few rounds of spherical k-means on a
// sample, and returns for each unit the nearest ones, nearest first, and how many
// cells there are; that number stands for none.
func (v *Static) divide(ctx context.Context) ([][wideCells]int32, int, error) {
	count := max(1, int(math.Sqrt(float64(v.n))))
	centres := &Static{n: count, dim: v.dim, rows: make([]float32, count*v.dim)}
	for k := range count {
		copy(centres.row(k), v.row(k*v.n/count))
		unit(centres.row(k))
	}
	step := max(1, v.n/(30*count))
	at := make([]int32, v.n/step)
	for range 4 {
		if err := spread(ctx, len(at), nil, func() func(int) {
			return func(i int) { at[i] = centres.nearest(v.row(i * step))[0] }
		}); err != nil {
			return nil, 0, err
		}
		clear(centres.rows)
		for i, k := range at {
			if int(k) == count {
				continue
			}
			centre := centres.row(int(k))
			for j, x := range v.row(i * step) {
				centre[j] += x
			}
		}
		for k := range count {
			unit(centres.row(k))
		}
	}
	of := make([][wideCells]int32, v.n)
	err := spread(ctx, v.n, nil, func() func(int) {
		return func(i int) { of[i] = centres.nearest(v.row(i)) }
	})
	return of, count, err
}

// nearest returns the rows nearest to another, the nearest first; v.n where there
// are not so many, or the other holds nothing.
func (v *Static) nearest(row []float32) (at [wideCells]int32) {
	var most [wideCells]float32
	for n := range at {
		at[n], most[n] = int32(v.n), -2
	}
	if !slices.ContainsFunc(row, func(x float32) bool { return x != 0 }) {
		return at
	}
	for k := range v.n {
		cell, d := int32(k), dot(row, v.row(k))
		for n := range at {
			if d > most[n] {
				at[n], most[n], cell, d = cell, d, at[n], most[n]
			}
		}
	}
	return at
}
