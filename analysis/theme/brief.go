package theme

import "context"

// In how many dimensions near words are looked through, of how many units these are
// learnt, and in how many rounds.
const (
	briefly     = 64
	briefUnits  = 2_000
	briefRounds = 6
	ownAxis     = 1e-7 // of its square, at least, is an axis' own
)

// brief is the view in the dimensions in which its rows differ most: their principal
// axes, by orthogonal iteration (Golub and Van Loan, « Matrix Computations », §8.2).
func (v *Static) brief(ctx context.Context, dim int) (*Static, error) {
	dim = min(dim, v.dim)
	square := make([]float32, v.dim*v.dim) // what dimensions have in common
	for i, step := 0, max(1, v.n/briefUnits); i < v.n; i += step {
		row := v.row(i)
		for j, x := range row {
			into := square[j*v.dim : (j+1)*v.dim]
			for k, y := range row {
				into[k] += float32(x * y)
			}
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	axes, next := make([]float32, dim*v.dim), make([]float32, dim*v.dim)
	axis := func(of []float32, k int) []float32 { return of[k*v.dim : (k+1)*v.dim] }
	for k := range dim {
		axes[k*v.dim+k*v.dim/dim] = 1
	}
	for range briefRounds {
		for k := range dim {
			for j := range v.dim {
				next[k*v.dim+j] = dot(axis(axes, k), square[j*v.dim:(j+1)*v.dim])
			}
			row := axis(next, k)
			whole := dot(row, row)
			for before := range k {
				along := dot(row, axis(next, before))
				for j, x := range axis(next, before) {
					row[j] -= float32(along * x)
				}
			}
			if dot(row, row) < ownAxis*whole { // rounding, where rows span less
				clear(row)
			}
			unit(row)
		}
		axes, next = next, axes
	}
	out := &Static{n: v.n, dim: dim, rows: make([]float32, v.n*dim)}
	return out, spread(ctx, v.n, nil, func() func(int) {
		return func(i int) {
			for k := range dim {
				out.row(i)[k] = dot(v.row(i), axis(axes, k))
			}
		}
	})
}
