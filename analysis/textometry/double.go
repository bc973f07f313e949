package textometry

import (
	"cmp"
	"math"
	"slices"
)

// Crossing sets a double classification. Zero fields take rainette2's defaults.
type Crossing struct {
	Classes    int     // of the finest partition, at most: 5
	MinMembers int     // a crossed class has more segments than this: 10
	MinChi2    float64 // and a χ² above this: 3.84
	Effort     int     // steps of the search for one partition: 2 000 000
}

// A Crossed class is what a class of one classification has in common with one
// of another.
type Crossed struct {
	Level1, Class1 int // Levels[Level1], class Class1 of the first
	Level2, Class2 int
	Members        []int   // segments, ascending
	Chi2           float64 // signed, with Yates's correction, of « in the one » × « in the other »
}

// A Partition is a set of crossed classes without a segment in common.
type Partition struct {
	Classes []Crossed
	Class   []int   // of each segment, −1 unclassified
	Chi2    float64 // sum over the classes
	N       int     // segments that it classifies
	Exact   bool    // no other partition is better; false: Effort ran out
}

// Best holds the two partitions in k classes that matter, often the same.
type Best struct {
	K           int
	Association Partition // of greatest χ²; of those, of most segments
	Coverage    Partition // of most segments; of those, of greatest χ²
}

// Double crosses two descending classifications of the same segments (made with
// two sizes of context) and keeps what both found: Reinert's double
// classification (« Alceste, une méthodologie d'analyse des données textuelles »,
// Bulletin de méthodologie sociologique 26, 1990), by the rules of rainette2.
// Every class of every level of the one is crossed with every class of the
// other; for k from 2, the best partitions made of k crossed classes are found by
// branch and bound, where rainette lists them all. Unclassified segments make no
// class. The result ends at the last k that has a partition.
func Double(one, two *CHD, settings Crossing) []Best {
	s := settings
	s.Classes = cmp.Or(s.Classes, 5)
	s.MinMembers = cmp.Or(s.MinMembers, 10)
	s.MinChi2 = cmp.Or(s.MinChi2, 3.84)
	s.Effort = cmp.Or(s.Effort, 2_000_000)
	crossed := crossings(one, two, s)
	most := min(s.Classes, len(one.Levels)+1, len(two.Levels)+1)
	var out []Best
	for k := 2; k <= most; k++ {
		association, ok := best(crossed, k, len(one.Units), s.Effort, func(c Crossed) (float64, float64) { return c.Chi2, float64(len(c.Members)) })
		if !ok {
			break
		}
		coverage, _ := best(crossed, k, len(one.Units), s.Effort, func(c Crossed) (float64, float64) { return float64(len(c.Members)), c.Chi2 })
		out = append(out, Best{k, association, coverage})
	}
	return out
}

// crossings lists the crossed classes worth keeping; of those with the very same
// segments, the first.
func crossings(one, two *CHD, s Crossing) []Crossed {
	var out []Crossed
	for i, first := range one.Levels {
		for j, second := range two.Levels {
			members := make(map[[2]int][]int)
			n1, n2 := make([]int, i+2), make([]int, j+2)
			for segment := range first {
				a, b := first[segment], second[segment]
				if a >= 0 {
					n1[a]++
				}
				if b >= 0 {
					n2[b]++
				}
				if a >= 0 && b >= 0 {
					members[[2]int{a, b}] = append(members[[2]int{a, b}], segment)
				}
			}
			for a := range n1 {
				for b := range n2 {
					in := members[[2]int{a, b}]
					if len(in) <= s.MinMembers {
						continue
					}
					chi2 := yates(len(in), n1[a], n2[b], len(first))
					same := func(c Crossed) bool { return slices.Equal(c.Members, in) }
					if chi2 > s.MinChi2 && !slices.ContainsFunc(out, same) {
						out = append(out, Crossed{i, a, j, b, in, chi2})
					}
				}
			}
		}
	}
	return out
}

// yates is the χ², with Yates's correction for continuity, of the 2×2 table of n
// things of which n1 have one property, n2 another and both have the two;
// negative when both is less than chance gives.
func yates(both, n1, n2, n int) float64 {
	a, b := float64(both), float64(n1-both)
	c, d := float64(n2-both), float64(n-n1-n2+both)
	total := a + b + c + d
	margins := (a + b) * (c + d) * (a + c) * (b + d)
	if margins <= 0 {
		return 0
	}
	cross := a*d - b*c
	off := math.Abs(cross) - math.Min(total/2, math.Abs(cross))
	chi2 := total * off * off / margins
	if cross < 0 {
		return -chi2
	}
	return chi2
}

// best finds the k classes without a common segment whose first values have the
// greatest sum; ties by the sum of second values, then by the order of classes.
func best(classes []Crossed, k, segments, effort int, value func(Crossed) (float64, float64)) (Partition, bool) {
	order := slices.Clone(classes)
	slices.SortStableFunc(order, func(a, b Crossed) int {
		a1, a2 := value(a)
		b1, b2 := value(b)
		return cmp.Or(cmp.Compare(b1, a1), cmp.Compare(b2, a2))
	})
	apart := make([][]bool, len(order))
	first, second := make([]float64, len(order)), make([]float64, len(order))
	in := make([]bool, segments)
	for i, c := range order {
		first[i], second[i] = value(c)
		for _, m := range c.Members {
			in[m] = true
		}
		apart[i] = make([]bool, len(order))
		for j := range i {
			apart[i][j] = !slices.ContainsFunc(order[j].Members, func(m int) bool { return in[m] })
			apart[j][i] = apart[i][j]
		}
		for _, m := range c.Members {
			in[m] = false
		}
	}
	var found []int
	most, more, steps := -1., -1., 0
	var grow func(chosen, left []int, sum, sum2 float64)
	grow = func(chosen, left []int, sum, sum2 float64) {
		if len(chosen) == k {
			if sum > most*(1+1e-12) || sum > most*(1-1e-12) && sum2 > more*(1+1e-12) {
				found, most, more = slices.Clone(chosen), sum, sum2
			}
			return
		}
		want := k - len(chosen)
		for at := 0; at+want <= len(left); at++ {
			bound := sum // left is sorted: no choice does better than the next ones
			for _, i := range left[at : at+want] {
				bound += first[i]
			}
			if bound < most*(1-1e-12) || steps >= effort {
				return
			}
			steps++
			var next []int
			for _, j := range left[at+1:] {
				if apart[left[at]][j] {
					next = append(next, j)
				}
			}
			grow(append(chosen, left[at]), next, sum+first[left[at]], sum2+second[left[at]])
		}
	}
	all := make([]int, len(order))
	for i := range all {
		all[i] = i
	}
	grow(nil, all, 0, 0)
	if found == nil {
		return Partition{}, false
	}
	p := Partition{Class: make([]int, segments), Exact: steps < effort}
	for i := range p.Class {
		p.Class[i] = -1
	}
	for i, c := range found {
		p.Classes = append(p.Classes, order[c])
		p.Chi2 += order[c].Chi2
		p.N += len(order[c].Members)
		for _, m := range order[c].Members {
			p.Class[m] = i
		}
	}
	return p, true
}
