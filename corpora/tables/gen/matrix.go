package main

import (
	"math"
	"slices"
)

// A square is a symmetric matrix, whole.
type square struct {
	n int
	v []float64
}

func newSquare(n int) square { return square{n, make([]float64, n*n)} }

func (m square) at(i, j int) *float64 { return &m.v[i*m.n+j] }

// add adds weight times the outer product of a row with itself.
func (m square) add(row []float32, weight float64) {
	for i, a := range row {
		x := weight * float64(a)
		line := m.v[i*m.n : (i+1)*m.n]
		for j, b := range row {
			line[j] += float64(x * float64(b))
		}
	}
}

// axes returns the k directions of greatest variance, each of n numbers, by
// Jacobi's rotations (Golub and Van Loan, « Matrix Computations », §8.5). The
// matrix is spent.
func (m square) axes(k int) [][]float64 {
	n := m.n
	turn := newSquare(n) // its rows become the directions
	for i := range n {
		*turn.at(i, i) = 1
	}
	for range 12 {
		for p := range n {
			for q := p + 1; q < n; q++ {
				m.rotate(turn, p, q)
			}
		}
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch x, y := *m.at(a, a), *m.at(b, b); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	out := make([][]float64, k)
	for i := range out {
		out[i] = turn.v[order[i]*n : (order[i]+1)*n]
	}
	return out
}

// rotate makes the entry p, q zero.
func (m square) rotate(turn square, p, q int) {
	off := *m.at(p, q)
	if math.Abs(off) < 1e-15*math.Sqrt(math.Abs(*m.at(p, p)**m.at(q, q))) || off == 0 {
		return
	}
	theta := (*m.at(q, q) - *m.at(p, p)) / (2 * off)
	t := 1 / (math.Abs(theta) + math.Sqrt(1+float64(theta*theta)))
	if theta < 0 {
		t = -t
	}
	c := 1 / math.Sqrt(1+float64(t*t))
	s := t * c
	for i := range m.n {
		a, b := *m.at(i, p), *m.at(i, q)
		*m.at(i, p), *m.at(i, q) = float64(c*a)-float64(s*b), float64(s*a)+float64(c*b)
	}
	for _, side := range []square{m, turn} {
		rowP, rowQ := side.v[p*m.n:(p+1)*m.n], side.v[q*m.n:(q+1)*m.n]
		for i, a := range rowP {
			b := rowQ[i]
			rowP[i], rowQ[i] = float64(c*a)-float64(s*b), float64(s*a)+float64(c*b)
		}
	}
}

// solve returns X such that m X = b, of k columns, by Cholesky's factors. The
// matrix, which must be positive, and b are spent.
func (m square) solve(b []float64, k int) []float64 {
	n := m.n
	for j := range n {
		for i := j; i < n; i++ {
			sum := *m.at(i, j)
			for l := range j {
				sum -= float64(*m.at(i, l) * *m.at(j, l))
			}
			if i == j {
				*m.at(j, j) = math.Sqrt(sum)
			} else {
				*m.at(i, j) = sum / *m.at(j, j)
			}
		}
	}
	for i := range n {
		for l := range i {
			for c := range k {
				b[i*k+c] -= float64(*m.at(i, l) * b[l*k+c])
			}
		}
		for c := range k {
			b[i*k+c] /= *m.at(i, i)
		}
	}
	for i := n - 1; i >= 0; i-- {
		for l := i + 1; l < n; l++ {
			for c := range k {
				b[i*k+c] -= float64(*m.at(l, i) * b[l*k+c])
			}
		}
		for c := range k {
			b[i*k+c] /= *m.at(i, i)
		}
	}
	return b
}
