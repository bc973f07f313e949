package textometry

import (
	"cmp"
	"math"
	"slices"

	"github.com/villes-internet/congres/analysis/lexis"
)

// A Specific is how much a modality uses a form.
type Specific struct {
	Form  int32   // column of the contingency table
	In    int     // occurrences in the modality
	All   int     // occurrences in the corpus
	Score float64 // as [lexis.Specificity]: signed log10 of a probability
}

// A SpecificityTable holds the specificity of every form in every modality.
type SpecificityTable struct {
	Scores [][]float64 // modalities × forms
	of     *Contingency
	totals []int // by form
}

// Specificities computes the specificity of every form of a contingency table in
// every modality (Lafon 1980, see [lexis.Specificity]).
func Specificities(c *Contingency) *SpecificityTable {
	s := &SpecificityTable{Scores: make([][]float64, len(c.Counts)), of: c}
	all := 0
	for m, counts := range c.Counts {
		if s.totals == nil {
			s.totals = make([]int, len(counts))
		}
		for form, n := range counts {
			s.totals[form] += n
		}
		all += c.Sizes[m]
	}
	for m, counts := range c.Counts {
		s.Scores[m] = make([]float64, len(counts))
		for form, n := range counts {
			s.Scores[m][form] = lexis.Specificity(n, s.totals[form], c.Sizes[m], all)
		}
	}
	return s
}

// Of returns the forms whose score in a modality is at least threshold either
// way (2: one chance in a hundred), over-used first, by score; ties by form.
func (s *SpecificityTable) Of(modality int, threshold float64) []Specific {
	var out []Specific
	for form, score := range s.Scores[modality] {
		if math.Abs(score) >= threshold {
			out = append(out, Specific{int32(form), s.of.Counts[modality][form], s.totals[form], score})
		}
	}
	slices.SortFunc(out, func(a, b Specific) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Form, b.Form))
	})
	return out
}

// Banal returns the forms met at least least times that stay under threshold in
// every modality: both tails are likely everywhere, so they belong to everybody
// (Lafon's « formes banales », the basic vocabulary). Most frequent first.
func (s *SpecificityTable) Banal(threshold float64, least int) []int32 {
	var out []int32
	for form, n := range s.totals {
		if n < max(least, 1) {
			continue
		}
		banal := true
		for _, scores := range s.Scores {
			banal = banal && math.Abs(scores[form]) < threshold
		}
		if banal {
			out = append(out, int32(form))
		}
	}
	slices.SortStableFunc(out, func(a, b int32) int { return cmp.Compare(s.totals[b], s.totals[a]) })
	return out
}
