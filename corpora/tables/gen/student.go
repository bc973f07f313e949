package main

import (
	"log"
	"math"
)

// How the student learns: how much an English reading weighs beside a French one,
// how firmly rows are held to their first guess, in how many steps, and how often
// a stem must be met for its row to tell how words alone become rows.
const (
	translated = 3
	ridge      = 2
	steps      = 40
	wellMet    = 20
)

// A student is what of a teacher fits in one row a stem: rows whose sum over the
// stems of a text, divided by √n, comes near to what the teacher says of it.
type student struct {
	rows    int
	lessons []lesson
	targets []float32 // lessons × dim
}

// distil returns rows of dim numbers for each stem, from what the teacher says of
// the lessons and of each stem's word by itself (width numbers each, of unit
// length). Stems that no lesson holds get what their word alone becomes by the
// linear map that fits the others.
func distil(lessons []lesson, said, alone []float32) []float32 {
	words := len(alone) / width
	center(alone, func(int) int { return 0 })
	center(said, func(i int) int { // the teacher hears that a text is French: that is no subject
		if lessons[i].english {
			return 1
		}
		return 0
	})
	spread := newSquare(width)
	for i := range lessons {
		spread.add(said[i*width:(i+1)*width], float64(lessons[i].weight()))
	}
	axes := spread.axes(dim)
	s := student{words, lessons, make([]float32, len(lessons)*dim)}
	for i := range lessons {
		for k, axis := range axes {
			sum := 0.
			for j, v := range said[i*width : (i+1)*width] {
				sum += float64(float64(v) * axis[j])
			}
			s.targets[i*dim+k] = float32(sum)
		}
	}
	rows := s.solve(make([]float32, words*dim))
	log.Printf("student: cosine to the teacher %.3f", s.cosine(rows))
	rows = s.solve(s.guess(alone, rows))
	log.Printf("student: cosine to the teacher %.3f around its guess", s.cosine(rows))
	return rows
}

// center takes the mean of each group off its vectors.
func center(vectors []float32, group func(i int) int) {
	var mean [2][width]float64
	var count [2]float64
	for i := range len(vectors) / width {
		g := group(i)
		count[g]++
		for k, v := range vectors[i*width : (i+1)*width] {
			mean[g][k] += float64(v)
		}
	}
	for i := range len(vectors) / width {
		g := group(i)
		for k := range width {
			vectors[i*width+k] -= float32(mean[g][k] / count[g])
		}
	}
}

// guess returns a row for every stem: what its word alone becomes by the linear
// map from words to rows that fits best, by ridge regression, where stems are
// well met.
func (s *student) guess(alone, rows []float32) []float32 {
	met := make([]int, s.rows)
	for _, l := range s.lessons {
		for _, stem := range l.stems {
			met[stem]++
		}
	}
	words, toward := newSquare(width), make([]float64, width*dim)
	for i, n := range met {
		if n < wellMet {
			continue
		}
		word := alone[i*width : (i+1)*width]
		words.add(word, 1)
		for j, a := range word {
			for k, b := range rows[i*dim : (i+1)*dim] {
				toward[j*dim+k] += float64(float64(a) * float64(b))
			}
		}
	}
	for j := range width {
		*words.at(j, j) += 5
	}
	become := words.solve(toward, dim)
	out := make([]float32, len(rows))
	sum := make([]float64, dim)
	for i := range s.rows {
		clear(sum)
		for j, a := range alone[i*width : (i+1)*width] {
			for k := range sum {
				sum[k] += float64(float64(a) * become[j*dim+k])
			}
		}
		for k, x := range sum {
			out[i*dim+k] = float32(x)
		}
	}
	return out
}

// solve finds the rows x that make the least of Σ w |y − Ax|² + ridge |x − guess|²,
// by conjugate gradients (Hestenes and Stiefel, 1952), all columns side by side.
func (s *student) solve(guess []float32) []float32 {
	x := append([]float32(nil), guess...)
	left := make([]float32, len(x)) // at the guess, AᵀW(y − Ax)
	s.normal(x, left, true)
	along := append([]float32(nil), left...)
	moved := make([]float32, len(x))
	size := columns(left, left)
	var rate [dim]float32
	for range steps {
		clear(moved)
		s.normal(along, moved, false)
		for i, p := range along {
			moved[i] += float32(ridge * p)
		}
		curve := columns(along, moved)
		for k := range rate {
			rate[k] = 0
			if curve[k] > 0 {
				rate[k] = float32(size[k] / curve[k])
			}
		}
		for i := range x {
			x[i] += float32(rate[i%dim] * along[i])
			left[i] -= float32(rate[i%dim] * moved[i])
		}
		next := columns(left, left)
		for k := range rate {
			rate[k] = 0
			if size[k] > 0 {
				rate[k] = float32(next[k] / size[k])
			}
		}
		for i := range along {
			along[i] = left[i] + float32(rate[i%dim]*along[i])
		}
		size = next
	}
	return x
}

// normal adds AᵀWAx to out or, as what is left, AᵀW(y − Ax).
func (s *student) normal(x, out []float32, left bool) {
	for l, lesson := range s.lessons {
		sum := s.sum(x, lesson.stems)
		scale := float32(1 / math.Sqrt(float64(len(lesson.stems))))
		for k := range sum {
			sum[k] *= scale
			if left {
				sum[k] = s.targets[l*dim+k] - sum[k]
			}
			sum[k] *= scale * lesson.weight()
		}
		for _, stem := range lesson.stems {
			row := out[int(stem)*dim : int(stem+1)*dim]
			for k, v := range sum {
				row[k] += v
			}
		}
	}
}

func (s *student) sum(x []float32, stems []int32) (sum [dim]float32) {
	for _, stem := range stems {
		for k, v := range x[int(stem)*dim : int(stem+1)*dim] {
			sum[k] += v
		}
	}
	return sum
}

// columns returns the inner product of each pair of columns.
func columns(a, b []float32) (out [dim]float64) {
	for i := range a {
		out[i%dim] += float64(float64(a[i]) * float64(b[i]))
	}
	return out
}

// cosine is the mean over the lessons between what rows say and the teacher does.
func (s *student) cosine(rows []float32) float64 {
	total := 0.
	for l, lesson := range s.lessons {
		sum := s.sum(rows, lesson.stems)
		target := [dim]float32(s.targets[l*dim : (l+1)*dim])
		if both := float64(dot(&sum, &sum)) * float64(dot(&target, &target)); both > 0 {
			total += float64(dot(&sum, &target)) / math.Sqrt(both)
		}
	}
	return total / float64(len(s.lessons))
}
