package textometry

import (
	"errors"
	"math"
)

// ErrNothing is what an analysis of a table without two rows and two columns
// that hold something returns.
var ErrNothing = errors.New("nothing to analyse: fewer than two rows or two columns hold something")

// An AFC is a correspondence analysis: a cloud of rows and a cloud of columns on
// the same axes (J.-P. Benzécri, « L'analyse des données », 1973; M. Greenacre,
// « Correspondence Analysis in Practice », 2nd ed. 2007, appendix A).
type AFC struct {
	Total   float64   // inertia of the table: χ² divided by its sum
	Inertia []float64 // principal inertias (eigenvalues, 0…1), decreasing, one an axis
	Rows    []Point
	Columns []Point

	singular         []float64
	rowStd, colStd   [][]float64 // standard coordinates, axis × point
	rowMass, colMass []float64
}

// A Point is a row or a column in the space of the axes.
type Point struct {
	Mass         float64   // its share of the table's sum; 0: it holds nothing, or is supplementary
	Inertia      float64   // its part of the total inertia, in the same unit
	Coord        []float64 // principal coordinates
	Contribution []float64 // to each axis, 0…1: over all rows, or all columns, they sum to 1
	Cos2         []float64 // how well each axis shows it, 0…1
}

// Correspondence analyses a table of counts, none negative, and keeps at most
// axes axes; 0 keeps all that carry inertia. Its cost is that of the smaller side
// squared times the larger. On each axis, the row that contributes most (the
// first, when several contribute as much) has a positive coordinate.
func Correspondence(counts [][]float64, axes int) (*AFC, error) {
	rows := len(counts)
	if rows == 0 {
		return nil, ErrNothing
	}
	columns := len(counts[0])
	a := &AFC{rowMass: make([]float64, rows), colMass: make([]float64, columns)}
	sum := 0.
	for i, row := range counts {
		for j, n := range row {
			a.rowMass[i] += n
			a.colMass[j] += n
			sum += n
		}
	}
	if held(a.rowMass) < 2 || held(a.colMass) < 2 {
		return nil, ErrNothing
	}
	scale(a.rowMass, 1/sum)
	scale(a.colMass, 1/sum)

	wide := columns > rows // svd wants the smaller side as columns
	s := make([][]float64, max(rows, columns))
	for i := range s {
		s[i] = make([]float64, min(rows, columns))
	}
	rowInertia, colInertia := make([]float64, rows), make([]float64, columns)
	for i, row := range counts {
		for j, n := range row {
			expected := a.rowMass[i] * a.colMass[j]
			if expected == 0 {
				continue
			}
			residual := (n/sum - expected) / math.Sqrt(expected)
			rowInertia[i] += residual * residual
			colInertia[j] += residual * residual
			a.Total += residual * residual
			if wide {
				s[j][i] = residual
			} else {
				s[i][j] = residual
			}
		}
	}
	u, singular, v := svd(s, min(rows, columns))
	if wide {
		u, v = v, u
	}
	for k, sigma := range singular {
		if sigma < 1e-9 || axes > 0 && k >= axes {
			break
		}
		if sign(u[k]) < 0 {
			scale(u[k], -1)
			scale(v[k], -1)
		}
		a.singular = append(a.singular, sigma)
		a.Inertia = append(a.Inertia, sigma*sigma)
		a.rowStd = append(a.rowStd, standard(u[k], a.rowMass))
		a.colStd = append(a.colStd, standard(v[k], a.colMass))
	}
	a.Rows = a.points(a.rowStd, a.rowMass, rowInertia)
	a.Columns = a.points(a.colStd, a.colMass, colInertia)
	return a, nil
}

func held(sums []float64) int {
	n := 0
	for _, s := range sums {
		if s > 0 {
			n++
		}
	}
	return n
}

// sign is that of the largest element, the first where several are as large but
// for rounding.
func sign(x []float64) float64 {
	largest := 0.
	for _, v := range x {
		if math.Abs(v) > math.Abs(largest)*(1+1e-9) {
			largest = v
		}
	}
	return largest
}

func standard(vector, mass []float64) []float64 {
	out := make([]float64, len(vector))
	for i, m := range mass {
		if m > 0 {
			out[i] = vector[i] / math.Sqrt(m)
		}
	}
	return out
}

func (a *AFC) points(std [][]float64, mass, inertia []float64) []Point {
	out := make([]Point, len(mass))
	for i, m := range mass {
		p := a.point()
		p.Mass, p.Inertia = m, inertia[i]
		for k, sigma := range a.singular {
			p.Coord[k] = sigma * std[k][i]
			p.Contribution[k] = m * std[k][i] * std[k][i]
			if inertia[i] > 0 {
				p.Cos2[k] = m * p.Coord[k] * p.Coord[k] / inertia[i]
			}
		}
		out[i] = p
	}
	return out
}

func (a *AFC) point() Point {
	k := len(a.singular)
	return Point{Coord: make([]float64, k), Contribution: make([]float64, k), Cos2: make([]float64, k)}
}

// SupplementaryRow places a row that took no part in the analysis (counts by
// column): at the barycentre of the columns' standard coordinates (Greenacre
// 2007, chapter 12). Its Mass and Contribution are 0; its Inertia is its squared
// χ² distance to the mean row.
func (a *AFC) SupplementaryRow(counts []float64) Point {
	return a.supplementary(counts, a.colStd, a.colMass)
}

// SupplementaryColumn is [AFC.SupplementaryRow] for a column (counts by row).
func (a *AFC) SupplementaryColumn(counts []float64) Point {
	return a.supplementary(counts, a.rowStd, a.rowMass)
}

func (a *AFC) supplementary(counts []float64, std [][]float64, mass []float64) Point {
	p := a.point()
	sum := 0.
	for i, n := range counts {
		if mass[i] > 0 { // what the analysis never saw has no place in it
			sum += n
		}
	}
	if sum == 0 {
		return p
	}
	for i, n := range counts {
		if mass[i] == 0 {
			continue
		}
		d := n/sum - mass[i]
		p.Inertia += d * d / mass[i]
		for k := range p.Coord {
			p.Coord[k] += n / sum * std[k][i]
		}
	}
	for k, x := range p.Coord {
		if p.Inertia > 0 {
			p.Cos2[k] = x * x / p.Inertia
		}
	}
	return p
}
