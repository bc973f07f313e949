package analysis

import (
	"bytes"
	"context"
	"hash/maphash"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/analysis/theme"
	"github.com/villes-internet/congres/corpora"
)

// quote chooses the verbatims of every theme.
func (r *reading) quote(ctx context.Context, report *Report, of []int, terms [][]lexis.Term) error {
	most := 0.
	support := make([]float64, len(r.corpus.Documents))
	for i, d := range r.corpus.Documents {
		if n, err := strconv.Atoi(strings.TrimSpace(d.Variables[corpora.VarSupport])); err == nil && n > 0 {
			support[i] = math.Log1p(float64(n))
			most = max(most, support[i])
		}
	}
	told := make([]telling, len(terms))
	for t := range terms {
		told[t] = newTelling(terms[t])
	}
	typical := make([]float64, len(of))
	if err := ranges(ctx, len(of), func(from, to int) {
		for i := from; i < to && ctx.Err() == nil; i++ {
			if t := of[i]; t >= 0 {
				typical[i] = .5*report.Segments[i].Score + .5*told[t].of(r.words[i])
			}
		}
	}); err != nil {
		return err
	}
	quotable := make([][]int, len(report.Themes)) // segments
	for t := range quotable {
		quotable[t] = make([]int, 0, report.Themes[t].Segments)
	}
	said := make(map[[2]int]bool) // by theme
	for i, t := range of {
		if t < 0 || r.length[i] == 0 {
			continue
		}
		if k := [2]int{t, int(r.saying[i])}; !said[k] { // quoting the same words twice says nothing more
			said[k] = true
			quotable[t] = append(quotable[t], i)
		}
	}
	return each(ctx, len(report.Themes), func(t int) {
		candidates := make([]theme.Candidate, len(quotable[t]))
		for n, i := range quotable[t] {
			d := r.document[i]
			candidates[n] = theme.Candidate{Segment: i, Row: r.rows[i], Formed: r.formed[i], Typical: typical[i],
				Author: author(r.corpus.Documents[d]), Commune: r.corpus.Documents[d].Variables[corpora.VarCommune]}
			if most > 0 {
				candidates[n].Supported = support[d] / most
			}
		}
		ranked := theme.Rank(candidates, maxVerbatims)
		out := make([]Verbatim, len(ranked))
		for n, c := range ranked {
			out[n] = Verbatim{report.Segments[c.Segment].ID, round(c.Score, 4), round(c.Typical, 4), round(c.Formed, 4),
				round(c.Supported, 4), round(c.Distinct, 4)}
		}
		report.Themes[t].Verbatims = out
	})
}

// plainly numbers what texts say, by the first that says it: the same of two that are
// the same but for what differs from one writing to another.
func plainly(texts []string) []int32 {
	out, first := make([]int32, len(texts)), make(map[uint64]int32, len(texts))
	var own, other []byte
	seed := maphash.MakeSeed()
	for i, text := range texts {
		own = plain(own[:0], text)
		for hash := maphash.Bytes(seed, own); ; hash++ { // beside those of another text that has it by chance
			before, ok := first[hash]
			if !ok {
				before = int32(i)
				first[hash] = before
			} else if other = plain(other[:0], texts[before]); !bytes.Equal(own, other) {
				continue
			}
			out[i] = before
			break
		}
	}
	return out
}

// plain appends a text without what differs from one writing to another.
func plain(dst []byte, text string) []byte {
	for word := range strings.FieldsSeq(french.Normalise(text)) {
		dst = append(append(dst, word...), ' ')
	}
	return dst
}

// A telling says how much of what sets a theme apart a segment holds: the χ² of
// the characteristic words in it, against that of the theme's five first.
type telling struct {
	chi2 map[int32]float64 // of lemmas
	full float64
}

func newTelling(terms []lexis.Term) telling {
	t := telling{chi2: make(map[int32]float64, len(terms))}
	n := 0
	for _, term := range terms {
		if term.Key.Len() == 1 {
			t.chi2[term.Key[0]-1] = term.Chi2
			if n < 5 {
				t.full += term.Chi2
				n++
			}
		}
	}
	return t
}

func (t telling) of(words []lexis.Word) float64 {
	if t.full <= 0 {
		return 0
	}
	sum := 0.
	for at, w := range words {
		chi2, ok := t.chi2[w.Lemma]
		if ok && !slices.ContainsFunc(words[:at], func(before lexis.Word) bool { return before.Lemma == w.Lemma }) {
			sum += chi2
		}
	}
	return min(1, sum/t.full)
}
