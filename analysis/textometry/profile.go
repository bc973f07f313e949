package textometry

import (
	"cmp"
	"math"
	"slices"

	"github.com/villes-internet/congres/analysis/lexis"
)

// A Mark is how much a class uses a form, counted in segments.
type Mark struct {
	Form int32
	In   int     // segments of the class that hold it
	All  int     // classified segments that hold it
	Chi2 float64 // signed, one degree of freedom, see [lexis.Chi2]
}

// Profiles returns, for each class from 0, the forms whose χ² is at least
// threshold either way ([lexis.Chi2At05], …), over-used first, ties by form: the
// profiles that Alceste and IRaMuTeQ print. Unclassified segments (−1) are left
// out.
func Profiles(t *lexis.Table, classOf []int, threshold float64) [][]Mark {
	classes := 0
	for _, c := range classOf {
		classes = max(classes, c+1)
	}
	size, all := make([]int, classes), make([]int, len(t.DF))
	in := make([][]int, classes)
	for c := range in {
		in[c] = make([]int, len(t.DF))
	}
	total := 0
	for i, row := range t.Rows {
		if c := classOf[i]; c >= 0 {
			size[c]++
			total++
			for _, cell := range row {
				in[c][cell.Root]++
				all[cell.Root]++
			}
		}
	}
	out := make([][]Mark, classes)
	for c := range out {
		for form, n := range all {
			chi2 := lexis.Chi2(in[c][form], n-in[c][form], size[c], total-size[c])
			if n > 0 && math.Abs(chi2) >= threshold {
				out[c] = append(out[c], Mark{int32(form), in[c][form], n, chi2})
			}
		}
		slices.SortFunc(out[c], func(a, b Mark) int {
			return cmp.Or(cmp.Compare(b.Chi2, a.Chi2), cmp.Compare(a.Form, b.Form))
		})
	}
	return out
}

// A Segment is a row of the table and how well it speaks for its class.
type Segment struct {
	Row   int
	Score float64 // the sum of the χ² of the class's forms that it holds
}

// Typical returns the class's n segments of highest score: over-used forms of
// its profile count once each, as in IRaMuTeQ's « score absolu ». Ties by row.
func Typical(t *lexis.Table, classOf []int, class int, profile []Mark, n int) []Segment {
	chi2 := make([]float64, len(t.DF))
	for _, m := range profile {
		chi2[m.Form] = max(m.Chi2, 0)
	}
	var out []Segment
	for i, row := range t.Rows {
		if classOf[i] != class {
			continue
		}
		s := Segment{Row: i}
		for _, cell := range row {
			s.Score += chi2[cell.Root]
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b Segment) int { return cmp.Compare(b.Score, a.Score) })
	return out[:min(n, len(out))]
}
