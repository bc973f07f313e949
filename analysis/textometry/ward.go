package textometry

import "math"

// A Join unites two groups of things into one. Groups are numbered: the things
// themselves from 0, then each join's result in order.
type Join struct {
	A, B   int     // A < B
	Height float64 // the increase of inertia times two, so that two lone things of weight 1 join at their squared distance
}

// Ward unites things from the bottom up, each time the two groups whose union
// raises the inertia within groups least (J. H. Ward, « Hierarchical Grouping to
// Optimize an Objective Function », Journal of the American Statistical
// Association 58, 1963), by the recurrence of Lance and Williams (1967) on squared
// distances. squared is symmetrical, none negative; weights are above 0 (nil: 1
// each). Ties go to the first pair. No group gets more than most things (0: any
// number). It returns n−1 joins, fewer where most stops it, none for fewer than two
// things. Time grows with the cube of things.
func Ward(squared [][]float64, weights []float64, most int) []Join {
	n := len(squared)
	d := make([][]float64, n)
	count := make([]int, n)
	size, name, gone := make([]float64, n), make([]int, n), make([]bool, n)
	for i := range d {
		d[i] = append([]float64(nil), squared[i]...)
		count[i] = 1
		if size[i], name[i] = 1, i; weights != nil {
			size[i] = weights[i]
		}
	}
	for i := range d {
		for j := range d[i] {
			d[i][j] *= 2 * size[i] * size[j] / (size[i] + size[j])
		}
	}
	var joins []Join
	for step := 1; step < n; step++ {
		a, b, least := -1, -1, math.Inf(1)
		for i := range n {
			for j := i + 1; j < n && !gone[i]; j++ {
				if !gone[j] && (most <= 0 || count[i]+count[j] <= most) && (a < 0 || d[i][j] < least-1e-12) {
					a, b, least = i, j, d[i][j]
				}
			}
		}
		if a < 0 {
			break
		}
		joins = append(joins, Join{min(name[a], name[b]), max(name[a], name[b]), least})
		for k := range n {
			if gone[k] || k == a || k == b {
				continue
			}
			d[a][k] = float64((size[a]+size[k])*d[a][k]) + float64((size[b]+size[k])*d[b][k]) - float64(size[k]*least)
			d[a][k] /= size[a] + size[b] + size[k]
			d[k][a] = d[a][k]
		}
		size[a] += size[b]
		count[a] += count[b]
		name[a], gone[b] = n+step-1, true
	}
	return joins
}

// CutJoins returns the partition into k groups of the n things that the joins
// unite, numbered by first member.
func CutJoins(joins []Join, n, k int) []int {
	of := make([]int, n)
	for i := range of {
		of[i] = i
	}
	for step, j := range joins[:max(0, min(len(joins), n-k))] {
		for i, g := range of {
			if g == j.A || g == j.B {
				of[i] = n + step
			}
		}
	}
	return renumbered(of)
}
