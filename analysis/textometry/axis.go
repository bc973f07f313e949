package textometry

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"
)

// sparse is a binary table: the forms that each row holds, rows of at least one
// form, columns counted in sums.
type sparse struct {
	rows [][]int32
	sums []int // by column
	n    int   // of ones
}

func newSparse(rows [][]int32, columns int) *sparse {
	s := &sparse{rows: rows, sums: make([]int, columns)}
	for _, row := range rows {
		for _, j := range row {
			s.sums[j]++
		}
		s.n += len(row)
	}
	return s
}

// order returns the rows in the order of the first factor of their
// correspondence analysis; ties by row. Of the factor's two directions, that in
// which the row of most inertia comes last.
func (s *sparse) order(ctx context.Context) []int {
	u := s.firstFactor(ctx)
	if sign(u) < 0 {
		scale(u, -1)
	}
	for i, row := range s.rows {
		u[i] /= math.Sqrt(float64(len(row)))
	}
	order := make([]int, len(s.rows))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(u[i], u[j]) })
	return order
}

// firstFactor returns the left singular vector of the standardised residuals
// that goes with their largest singular value, by the bidiagonalisation of Golub
// and Kahan (1965) with full reorthogonalisation: the residuals are never
// written down, only the ones of the table are read. The start is always the
// same. Where ctx ends, the vector is null.
func (s *sparse) firstFactor(ctx context.Context) []float64 {
	const most, close = 300, 1e-10
	rowRoot, colRoot := make([]float64, len(s.rows)), make([]float64, len(s.sums))
	for i, row := range s.rows {
		rowRoot[i] = math.Sqrt(float64(len(row)) / float64(s.n))
	}
	for j, sum := range s.sums {
		colRoot[j] = math.Sqrt(float64(sum) / float64(s.n))
	}
	// p/√(r c) − √(r c), times a vector, either way.
	times := func(x []float64) []float64 {
		y := make([]float64, len(s.rows))
		mean := dot(colRoot, x)
		for i, row := range s.rows {
			for _, j := range row {
				y[i] += x[j] / colRoot[j]
			}
			y[i] = y[i]/(rowRoot[i]*float64(s.n)) - rowRoot[i]*mean
		}
		return y
	}
	transposed := func(x []float64) []float64 {
		y := make([]float64, len(s.sums))
		mean := dot(rowRoot, x)
		for i, row := range s.rows {
			for _, j := range row {
				y[j] += x[i] / rowRoot[i]
			}
		}
		for j := range y {
			if colRoot[j] > 0 {
				y[j] = y[j]/(colRoot[j]*float64(s.n)) - colRoot[j]*mean
			}
		}
		return y
	}
	rng := rand.New(rand.NewPCG(1983, 0))
	v := make([]float64, len(s.sums))
	for j := range v {
		if colRoot[j] > 0 {
			v[j] = rng.Float64() - .5
		}
	}
	scale(v, 1/math.Sqrt(dot(v, v)))
	var us, vs [][]float64
	var alphas, betas []float64 // a = u B vᵀ: B has alphas on its diagonal, betas above
	for k := range most {
		if ctx.Err() != nil {
			return make([]float64, len(s.rows))
		}
		u := times(v)
		clear := func(x []float64, basis [][]float64) float64 {
			for range 2 {
				for _, b := range basis {
					d := dot(x, b)
					for i := range x {
						x[i] -= d * b[i]
					}
				}
			}
			norm := math.Sqrt(dot(x, x))
			if norm > 1e-12 {
				scale(x, 1/norm)
				return norm
			}
			return 0
		}
		vs = append(vs, v)
		alpha := clear(u, us)
		if alpha == 0 { // the rows' side is exhausted: B ends with a column above the diagonal
			break
		}
		us, alphas = append(us, u), append(alphas, alpha)
		v = transposed(u)
		beta := clear(v, vs)
		if done := beta == 0 || k+1 == most; done || k%10 == 9 {
			left, singular := bidiagonal(alphas, betas)
			if done || beta*math.Abs(left[len(left)-1]) < close*singular {
				return combine(us, left)
			}
		}
		betas = append(betas, beta)
	}
	if len(us) == 0 {
		return make([]float64, len(s.rows)) // no residuals: every order is as good
	}
	left, _ := bidiagonal(append(alphas, 0), betas)
	return combine(us, left[:len(us)])
}

// bidiagonal returns the first left singular vector of a bidiagonal matrix, and
// its singular value.
func bidiagonal(diagonal, above []float64) (left []float64, singular float64) {
	n := len(diagonal)
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
		m[i][i] = diagonal[i]
		if i+1 < n {
			m[i][i+1] = above[i]
		}
	}
	u, s, _ := svd(m, n)
	return u[0], s[0]
}

func combine(basis [][]float64, by []float64) []float64 {
	out := make([]float64, len(basis[0]))
	for k, b := range basis {
		for i, x := range b {
			out[i] += by[k] * x
		}
	}
	return out
}
