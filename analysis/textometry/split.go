package textometry

import (
	"context"
	"math"
)

// bisection is a table cut in two: its χ² is Pearson's, of the 2 × columns table
// of the sums of both halves.
//
// With p the first half's share, n1 its sums by column and c the table's,
//
//	χ² = (Σ n1²/c − p N1) / (p (1−p))
//
// so a row that changes sides costs as many operations as it holds forms.
type bisection struct {
	of    *sparse
	first []bool // row is in the first half
	sums  []int  // of the first half, by column
	n     int    // of ones in the first half
	s     float64
}

func (b *bisection) chi2(s float64, n int) float64 {
	p := float64(n) / float64(b.of.n)
	if p <= 0 || p >= 1 {
		return 0
	}
	return (s - p*float64(n)) / (p * (1 - p))
}

// after returns what s and n become when row changes sides.
func (b *bisection) after(row int) (float64, int) {
	s, n, way := b.s, b.n, 1
	if b.first[row] {
		way = -1
	}
	for _, j := range b.of.rows[row] {
		s += float64(2*way*b.sums[j]+1) / float64(b.of.sums[j])
	}
	return s, n + way*len(b.of.rows[row])
}

func (b *bisection) change(row int) {
	b.s, b.n = b.after(row)
	way := 1
	if b.first[row] {
		way = -1
	}
	for _, j := range b.of.rows[row] {
		b.sums[j] += way
	}
	b.first[row] = !b.first[row]
}

// fresh sums s again, so that rounding does not pile up.
func (b *bisection) fresh() {
	b.s = 0
	for j, n := range b.sums {
		if n > 0 {
			b.s += float64(n) * float64(n) / float64(b.of.sums[j])
		}
	}
}

// bisect cuts a table in two as Reinert (1983) does: rows in the order of the
// first factor are cut where χ² is greatest; then, as long as one row's passage
// to the other side raises χ², the row that raises it most passes. χ² is 0 when
// the table cannot be cut, or ctx ends.
func bisect(ctx context.Context, of *sparse) (b *bisection, chi2 float64) {
	b = &bisection{of: of, first: make([]bool, len(of.rows)), sums: make([]int, len(of.sums))}
	order, at := of.order(ctx), -1
	for i, row := range order[:len(order)-1] {
		b.change(row)
		if x := b.chi2(b.s, b.n); x > chi2*(1+1e-12) && x > 1e-9 {
			chi2, at = x, i
		}
	}
	for i, row := range order {
		if b.first[row] && i > at {
			b.change(row)
		}
	}
	if at < 0 {
		return b, 0
	}
	for {
		if ctx.Err() != nil {
			return b, 0
		}
		b.fresh()
		chi2 = b.chi2(b.s, b.n)
		best, most := -1, chi2*(1+1e-12)
		for row := range of.rows {
			if x := b.chi2(b.after(row)); x > most {
				best, most = row, x
			}
		}
		if best < 0 {
			return b, chi2
		}
		b.change(best)
	}
}

// keep says which columns a class that holds in of a column's all occurrences
// takes into its own cuts: those met at least least times, and, of those that
// tell the halves apart (coefficient of contingency C above limit), only the
// over-used. n and total are the occurrences of all columns.
func keep(in, all, n, total int, limit float64, least int) bool {
	if in < least || in == 0 {
		return false
	}
	e1 := float64(all) * float64(n) / float64(total)
	e2 := float64(all) - e1
	if e1 == 0 || e2 == 0 {
		return true
	}
	d := float64(in) - e1
	chi2 := d*d/e1 + d*d/e2
	return math.Sqrt(chi2/(chi2+float64(all))) <= limit || d > 0
}
