package lexis

import (
	"math"
	"slices"
)

// A Growth says how a vocabulary grows as one reads on.
type Growth struct {
	Whole    Richness  // of the corpus
	N        []int     // occurrences read, ascending; the last is the corpus
	V        []int     // different words met so far
	Expected []float64 // what V would be at each N, were the words dealt at random (C. Muller)
	Special  float64   // p, the share of vocabulary that belongs to parts rather than to the whole (Hubert and Labbé)
	HeapsK   float64   // V ≈ HeapsK · N^HeapsB
	HeapsB   float64
}

// Grow reads the texts in order and looks at points places evenly spread, fewer
// in a corpus shorter than that.
//
// Expected is exact: V − Σ Vi C(N−i, n)/C(N, n), the hypergeometric law behind C.
// Muller's binomial « accroissement du vocabulaire » (« Principes et méthodes de
// statistique lexicale », 1977). Special is the p of P. Hubert and D. Labbé (« Un
// modèle de partition du vocabulaire », 1988), V(n) = p V n/N + (1−p) Expected(n),
// by least squares, kept in 0…1. Heaps' law (H. S. Heaps, « Information
// Retrieval », 1978) is fitted by least squares on logarithms.
func Grow(texts [][]Word, unit Unit, points int) Growth {
	frequencies := Frequencies(texts, unit)
	r := NewRichness(frequencies)
	g := Growth{Whole: r}
	if r.N == 0 || points < 1 {
		return g
	}
	points = min(points, r.N)
	highest := int32(0)
	for _, f := range frequencies {
		highest = max(highest, f.ID)
	}
	seen, v, n := make([]bool, highest+1), 0, 0
	for _, words := range texts {
		for _, w := range words {
			id := unit.of(w)
			if id < 0 {
				continue
			}
			if !seen[id] {
				seen[id] = true
				v++
			}
			n++
			if n == (len(g.N)+1)*r.N/points {
				g.N, g.V = append(g.N, n), append(g.V, v)
				g.Expected = append(g.Expected, r.Expected(n))
			}
		}
	}
	g.fit(r)
	return g
}

// Expected returns how many different words n of the occurrences drawn at random
// are expected to hold.
func (r Richness) Expected(n int) float64 {
	n = min(max(n, 0), r.N)
	missing := 0.
	for _, m := range keys(r.Spectrum) {
		if m <= r.N-n {
			missing += float64(r.Spectrum[m]) * math.Exp(logChoose(r.N-m, n)-logChoose(r.N, n))
		}
	}
	return float64(r.V) - missing
}

// keys sorts, so that sums are made in one order.
func keys(m map[int]int) []int {
	out := make([]int, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func (g *Growth) fit(r Richness) {
	var up, down, sx, sy, sxx, sxy float64
	for i, n := range g.N {
		line := float64(n) / float64(r.N) * float64(r.V)
		up += (line - g.Expected[i]) * (float64(g.V[i]) - g.Expected[i])
		down += (line - g.Expected[i]) * (line - g.Expected[i])
		x, y := math.Log(float64(n)), math.Log(float64(g.V[i]))
		sx, sy, sxx, sxy = sx+x, sy+y, sxx+x*x, sxy+x*y
	}
	g.Special = min(max(ratio(up, down), 0), 1)
	count := float64(len(g.N))
	g.HeapsB = ratio(count*sxy-sx*sy, count*sxx-sx*sx)
	g.HeapsK = math.Exp((sy - g.HeapsB*sx) / count)
}
