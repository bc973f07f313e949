package analysis

import (
	"math"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/analysis/theme"
	"github.com/villes-internet/congres/corpora"
)

// quote chooses the verbatims of every theme.
func (r *reading) quote(report *Report, of []int, affinities []float64, terms [][]lexis.Term) {
	most := 0.
	support := make([]float64, len(r.corpus.Documents))
	for i, d := range r.corpus.Documents {
		if n, err := strconv.Atoi(strings.TrimSpace(d.Variables[corpora.VarSupport])); err == nil && n > 0 {
			support[i] = math.Log1p(float64(n))
			most = max(most, support[i])
		}
	}
	candidates := make([][]theme.Candidate, len(report.Themes))
	said := make(map[string]bool)
	for i, t := range of {
		if t < 0 || r.length[i] == 0 {
			continue
		}
		text := strconv.Itoa(t) + " " + strings.Join(strings.Fields(french.Normalise(r.texts[i])), " ")
		if said[text] {
			continue // quoting the same words twice says nothing more
		}
		said[text] = true
		d := r.segments[i].document
		c := theme.Candidate{Segment: i, Row: r.rows[i], Formed: theme.Formed(r.texts[i]),
			Author: author(r.corpus.Documents[d]), Commune: r.corpus.Documents[d].Variables[corpora.VarCommune],
			Typical: .5*report.Segments[i].Score + .5*telling(r.words[i], terms[t])}
		if most > 0 {
			c.Supported = support[d] / most
		}
		candidates[t] = append(candidates[t], c)
	}
	for t := range report.Themes {
		ranked := theme.Rank(candidates[t], maxVerbatims)
		out := make([]Verbatim, len(ranked))
		for n, c := range ranked {
			out[n] = Verbatim{report.Segments[c.Segment].ID, round(c.Score, 4), round(c.Typical, 4), round(c.Formed, 4),
				round(c.Supported, 4), round(c.Distinct, 4)}
		}
		report.Themes[t].Verbatims = out
	}
}

// telling says how much of what sets a theme apart a segment holds: the χ² of
// the characteristic words in it, against that of the theme's five first.
func telling(words []lexis.Word, terms []lexis.Term) float64 {
	chi2 := make(map[int32]float64, len(terms))
	full, n := 0., 0
	for _, t := range terms {
		if t.Key.Len() == 1 {
			chi2[t.Key[0]-1] = t.Chi2
			if n < 5 {
				full += t.Chi2
				n++
			}
		}
	}
	if full <= 0 {
		return 0
	}
	sum := 0.
	for _, w := range words {
		sum += chi2[w.Root]
		delete(chi2, w.Root)
	}
	return min(1, sum/full)
}
