package textometry

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// smoking is the table by which Greenacre teaches the method: staff groups
// × habits (none, light, medium, heavy).
var smoking = [][]float64{{4, 2, 3, 2}, {4, 3, 7, 4}, {25, 10, 12, 4}, {18, 24, 33, 13}, {10, 6, 7, 2}}

func near(a, b, by float64) bool { return math.Abs(a-b) <= by }

func TestCorrespondenceSmoking(t *testing.T) {
	a, err := Correspondence(smoking, 0)
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range []float64{.0748, .0100, .0004} { // as published
		if !near(a.Inertia[k], want, 5e-5) {
			t.Errorf("inertia %d: %.5f, want %.4f", k, a.Inertia[k], want)
		}
	}
	if !near(a.Total, .0852, 5e-5) || len(a.Inertia) != 3 {
		t.Errorf("total %.5f on %d axes, want 0.0852 on 3", a.Total, len(a.Inertia))
	}
	// The published map of the groups, up to the sign of each axis.
	for i, want := range [][2]float64{{.0658, .1937}, {.2590, .2433}, {.3806, .0107}, {.2330, .0577}, {.2011, .0789}} {
		for k := range want {
			if got := math.Abs(a.Rows[i].Coord[k]); !near(got, want[k], 1e-4) {
				t.Errorf("row %d, axis %d: ±%.4f, want ±%.4f", i, k, got, want[k])
			}
		}
	}
	// What took part, placed as if it had not, falls where it stands.
	for i, row := range smoking {
		for k, x := range a.SupplementaryRow(row).Coord {
			if !near(x, a.Rows[i].Coord[k], 1e-12) {
				t.Errorf("supplementary row %d, axis %d: %v, want %v", i, k, x, a.Rows[i].Coord[k])
			}
		}
	}
	for j := range smoking[0] {
		var column []float64
		for i := range smoking {
			column = append(column, smoking[i][j])
		}
		for k, x := range a.SupplementaryColumn(column).Coord {
			if !near(x, a.Columns[j].Coord[k], 1e-12) {
				t.Errorf("supplementary column %d, axis %d: %v, want %v", j, k, x, a.Columns[j].Coord[k])
			}
		}
	}
	// Greenacre's supplementary row: the national average, in percent.
	if got := a.SupplementaryRow([]float64{42, 29, 20, 9}).Coord; !near(math.Abs(got[0]), .258, 1e-3) || !near(math.Abs(got[1]), .118, 1e-3) {
		t.Errorf("national average at %.4f, want ±0.258, ±0.118", got)
	}
}

// eigenvalues finds those of a symmetric matrix by power iteration and
// deflation: slow, and of another kind than what it checks.
func eigenvalues(m [][]float64, count int) []float64 {
	var out []float64
	for k := range count {
		x := make([]float64, len(m))
		for i := range x {
			x[i] = math.Sin(float64(i + 1 + k))
		}
		lambda := 0.
		for range 20_000 {
			y := make([]float64, len(m))
			for i := range m {
				y[i] = dot(m[i], x)
			}
			lambda = math.Sqrt(dot(y, y))
			if lambda == 0 {
				break
			}
			scale(y, 1/lambda)
			x = y
		}
		out = append(out, lambda)
		for i := range m {
			for j := range m {
				m[i][j] -= lambda * x[i] * x[j]
			}
		}
	}
	return out
}

func TestCorrespondenceOracle(t *testing.T) {
	const seed = 1973
	rng := rand.New(rand.NewPCG(seed, 0))
	for range 30 {
		rows, columns := 2+rng.IntN(6), 2+rng.IntN(6)
		counts := make([][]float64, rows)
		for i := range counts {
			counts[i] = make([]float64, columns)
			for j := range counts[i] {
				counts[i][j] = float64(rng.IntN(20))
			}
		}
		counts[0][0]++
		counts[1][1]++
		a, err := Correspondence(counts, 0)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.
		r, c := make([]float64, rows), make([]float64, columns)
		for i := range counts {
			for j, n := range counts[i] {
				r[i] += n
				c[j] += n
				sum += n
			}
		}
		chi2 := 0.
		gram := make([][]float64, rows)
		for i := range gram {
			gram[i] = make([]float64, rows)
			for k := range rows {
				for j := range columns {
					if r[i] > 0 && r[k] > 0 && c[j] > 0 {
						gram[i][k] += (counts[i][j] - r[i]*c[j]/sum) * (counts[k][j] - r[k]*c[j]/sum) / (math.Sqrt(r[i]*r[k]) * c[j])
					}
				}
			}
			for j := range columns {
				if e := r[i] * c[j] / sum; e > 0 {
					chi2 += (counts[i][j] - e) * (counts[i][j] - e) / e
				}
			}
		}
		total := 0.
		for k, want := range eigenvalues(gram, min(rows, columns)-1) {
			got := 0.
			if k < len(a.Inertia) {
				got = a.Inertia[k]
			}
			if !near(got, want, 1e-6) {
				t.Errorf("seed %d: %v: inertia %d is %v, want %v", seed, counts, k, got, want)
			}
			total += got
		}
		if !near(total, chi2/sum, 1e-9) || !near(a.Total, chi2/sum, 1e-9) {
			t.Errorf("seed %d: inertias sum to %v, total %v, want %v", seed, total, a.Total, chi2/sum)
		}
		// Distances between points are χ² distances, contributions sum to 1, cos² to 1.
		for k := range a.Inertia {
			over := 0.
			for _, p := range a.Columns {
				over += p.Contribution[k]
			}
			if !near(over, 1, 1e-9) {
				t.Errorf("seed %d: contributions to axis %d sum to %v", seed, k, over)
			}
		}
		for i, p := range a.Rows {
			if r[i] == 0 {
				continue
			}
			got, want, cos2 := dot(p.Coord, p.Coord), 0., 0.
			for j := range columns {
				if c[j] > 0 {
					d := counts[i][j]/r[i] - c[j]/sum
					want += d * d / (c[j] / sum)
				}
			}
			for _, x := range p.Cos2 {
				cos2 += x
			}
			if !near(got, want, 1e-9) || want > 1e-9 && !near(cos2, 1, 1e-9) {
				t.Errorf("seed %d: row %d at χ² distance %v, want %v; cos² %v", seed, i, got, want, cos2)
			}
		}
	}
}

func TestCorrespondenceOdd(t *testing.T) {
	for _, counts := range [][][]float64{nil, {{}}, {{1, 2}}, {{1}, {2}}, {{0, 0}, {1, 2}}, {{0, 1}, {0, 2}}} {
		if _, err := Correspondence(counts, 0); !errors.Is(err, ErrNothing) {
			t.Errorf("Correspondence(%v): %v, want %v", counts, err, ErrNothing)
		}
	}
	a, err := Correspondence([][]float64{{1, 2}, {2, 4}}, 0)
	if err != nil || len(a.Inertia) != 0 || a.Total > 1e-20 {
		t.Errorf("independent rows and columns: %+v, %v", a, err)
	}
}
