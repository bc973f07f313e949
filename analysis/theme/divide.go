package theme

import (
	"context"
	"math"
	"slices"
)

// A division puts units into cells that are near each other (an inverted file: Sivic
// and Zisserman, « Video Google », 2003; Jégou et al. 2011), and cells into groups,
// so that a unit is compared with a few of them.
type division struct {
	centres, above *Static
	under          [][]int32 // cells of each group
}

// How many groups a unit is looked for in, how many rounds find cells, and on how
// many units for each.
const (
	wideGroups  = 4
	cellRounds  = 4
	cellSampled = 20
)

// divide finds for each unit the cells nearest to it, nearest first, of about √n for
// the n units of a sample, and returns how many cells there are; that number stands for
// none.
func (v *Static) divide(ctx context.Context, sample *Static) ([][wideCells]int32, int, error) {
	var d division
	var err error
	if d.centres, err = sample.means(ctx); err != nil {
		return nil, 0, err
	}
	if d.above, err = d.centres.means(ctx); err != nil {
		return nil, 0, err
	}
	d.under = make([][]int32, d.above.n)
	for k := range d.centres.n {
		at := d.above.closest(d.centres.row(k))
		d.under[at] = append(d.under[at], int32(k))
	}
	of := make([][wideCells]int32, v.n)
	err = spread(ctx, v.n, nil, func() func(int) {
		return func(i int) { of[i] = d.nearest(v.row(i)) }
	})
	return of, d.centres.n, err
}

// means finds about √n middles of the rows by a few rounds of spherical k-means
// (Dhillon and Modha, « Concept Decompositions », 2001) on a sample.
func (v *Static) means(ctx context.Context) (*Static, error) {
	count := max(1, int(math.Sqrt(float64(v.n))))
	m := &Static{n: count, dim: v.dim, rows: make([]float32, count*v.dim)}
	for k := range count {
		copy(m.row(k), v.row(k*v.n/count))
		unit(m.row(k))
	}
	step := max(1, v.n/(cellSampled*count))
	at := make([]int, v.n/step)
	for range cellRounds {
		err := spread(ctx, len(at), nil, func() func(int) {
			return func(i int) { at[i] = m.closest(v.row(i * step)) }
		})
		if err != nil {
			return nil, err
		}
		clear(m.rows)
		for i, k := range at { // in their order: sums are the same whatever the number of processors
			middle := m.row(k)
			for j, x := range v.row(i * step) {
				middle[j] += x
			}
		}
		for k := range count {
			unit(m.row(k))
		}
	}
	return m, nil
}

// closest returns the row that is nearest to another.
func (v *Static) closest(row []float32) int {
	at, most := 0, float32(-2)
	for k := range v.n {
		if d := dot(row, v.row(k)); d > most {
			at, most = k, d
		}
	}
	return at
}

// nearest returns the cells nearest to a row, the nearest first; their number where
// there are not so many, or the row holds nothing.
func (d *division) nearest(row []float32) (at [wideCells]int32) {
	for n := range at {
		at[n] = int32(d.centres.n)
	}
	if !slices.ContainsFunc(row, func(x float32) bool { return x != 0 }) {
		return at
	}
	var groups [wideGroups]int32
	var near [wideGroups]float32
	for n := range near {
		near[n] = -2
	}
	for k := range d.above.n {
		insert(groups[:], near[:], int32(k), dot(row, d.above.row(k)))
	}
	var most [wideCells]float32
	for n := range most {
		most[n] = -2
	}
	for n, group := range groups {
		if near[n] == -2 {
			break
		}
		for _, k := range d.under[group] {
			insert(at[:], most[:], k, dot(row, d.centres.row(int(k))))
		}
	}
	return at
}

// insert puts a row where it stands among the nearest, nearest first; the last falls
// out.
func insert(at []int32, near []float32, k int32, d float32) {
	for n := range at {
		if d > near[n] {
			at[n], near[n], k, d = k, d, at[n], near[n]
		}
	}
}
