package textometry

import (
	"cmp"
	"math"
	"slices"
)

// svd decomposes a (rows × columns, rows ≥ columns) into u, s and v, with
// a = u diag(s) vᵀ and s decreasing, by one-sided Jacobi rotations (M. R.
// Hestenes, « Inversion of Matrices by Biorthogonalization and Related Results »,
// J. SIAM 6, 1958): columns are rotated two by two until all are orthogonal.
// Small singular values keep their digits, which the eigenvalues of aᵀa would
// lose. u and v are given by column; a column of u is null where s is.
func svd(a [][]float64, columns int) (u [][]float64, s []float64, v [][]float64) {
	u, v = make([][]float64, columns), make([][]float64, columns)
	for j := range columns {
		u[j], v[j] = make([]float64, len(a)), make([]float64, columns)
		v[j][j] = 1
		for i := range a {
			u[j][i] = a[i][j]
		}
	}
	const sweeps, small = 60, 1e-15
	for range sweeps {
		turned := false
		for p := range columns {
			for q := p + 1; q < columns; q++ {
				alpha, beta, gamma := dot(u[p], u[p]), dot(u[q], u[q]), dot(u[p], u[q])
				if math.Abs(gamma) <= small*math.Sqrt(alpha*beta) || gamma == 0 {
					continue
				}
				turned = true
				zeta := (beta - alpha) / (2 * gamma)
				t := 1 / (math.Abs(zeta) + math.Hypot(1, zeta))
				if zeta < 0 {
					t = -t
				}
				cos := 1 / math.Hypot(1, t)
				rotate(u[p], u[q], cos, cos*t)
				rotate(v[p], v[q], cos, cos*t)
			}
		}
		if !turned {
			break
		}
	}
	s = make([]float64, columns)
	order := make([]int, columns)
	for j := range columns {
		order[j], s[j] = j, math.Sqrt(dot(u[j], u[j]))
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(s[j], s[i]) })
	su, ss, sv := make([][]float64, columns), make([]float64, columns), make([][]float64, columns)
	for to, from := range order {
		su[to], ss[to], sv[to] = u[from], s[from], v[from]
		if ss[to] > 0 {
			scale(su[to], 1/ss[to])
		}
	}
	return su, ss, sv
}

func rotate(x, y []float64, cos, sin float64) {
	for i := range x {
		x[i], y[i] = cos*x[i]-sin*y[i], sin*x[i]+cos*y[i]
	}
}

func dot(x, y []float64) float64 {
	sum := 0.
	for i := range x {
		sum += x[i] * y[i]
	}
	return sum
}

func scale(x []float64, by float64) {
	for i := range x {
		x[i] *= by
	}
}
