package textometry

import "math"

// An Agreement compares two partitions of the same things, over those that both
// classify.
type Agreement struct {
	N   int     `json:"n"`   // how many both classify
	ARI float64 `json:"ari"` // adjusted Rand index: 1 the same, 0 what chance gives, below 0 less
	V   float64 `json:"v"`   // V-measure, 0…1: harmonic mean of homogeneity and completeness
}

// Agree compares two partitions; −1 is unclassified. ARI is L. Hubert and P.
// Arabie's (« Comparing partitions », Journal of Classification 2, 1985), V is A.
// Rosenberg and J. Hirschberg's (« V-Measure », EMNLP 2007). Where neither
// partition parts anything, or both part everything, both are 1.
func Agree(one, two []int) Agreement {
	rows, columns := 0, 0
	for i := range one {
		rows, columns = max(rows, one[i]+1), max(columns, two[i]+1)
	}
	cells := make([][]int, rows)
	for i := range cells {
		cells[i] = make([]int, columns)
	}
	a := Agreement{}
	row, column := make([]int, rows), make([]int, columns)
	for i := range one {
		if one[i] >= 0 && two[i] >= 0 {
			cells[one[i]][two[i]]++
			row[one[i]]++
			column[two[i]]++
			a.N++
		}
	}
	if a.N == 0 {
		return a
	}
	pairs := func(n int) float64 { return float64(n) * float64(n-1) / 2 }
	n := float64(a.N)
	var both, left, right, hOne, hTwo, hBoth float64
	part := func(k int) float64 {
		if k == 0 {
			return 0
		}
		return -float64(k) / n * math.Log(float64(k)/n)
	}
	for i, total := range row {
		left += pairs(total)
		hOne += part(total)
		for _, k := range cells[i] {
			both += pairs(k)
			hBoth += part(k)
		}
	}
	for _, total := range column {
		right += pairs(total)
		hTwo += part(total)
	}
	chance := 0.
	if a.N > 1 {
		chance = left * right / pairs(a.N)
	}
	a.ARI = 1
	if most := (left + right) / 2; most != chance {
		a.ARI = (both - chance) / (most - chance)
	}
	homogeneity, completeness := 1., 1. // of two as answers to one
	shared := max(hOne+hTwo-hBoth, 0)
	if hOne > 1e-12 {
		homogeneity = shared / hOne
	}
	if hTwo > 1e-12 {
		completeness = shared / hTwo
	}
	if sum := homogeneity + completeness; sum > 0 {
		a.V = 2 * homogeneity * completeness / sum
	}
	return a
}
