package analysis

import (
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
	all := make([]theme.Candidate, len(of))
	hash, seed := make([]uint64, len(of)), maphash.MakeSeed() // of the plain texts
	if err := ranges(ctx, len(of), func(from, to int) {
		var text []byte
		for i := from; i < to && ctx.Err() == nil; i++ {
			t := of[i]
			if t < 0 || r.length[i] == 0 {
				continue
			}
			d := r.segments[i].document
			text = plain(text[:0], r.texts[i])
			hash[i] = maphash.Bytes(seed, text)
			all[i] = theme.Candidate{Segment: i, Row: r.rows[i], Formed: theme.Formed(r.texts[i]),
				Author: author(r.corpus.Documents[d]), Commune: r.corpus.Documents[d].Variables[corpora.VarCommune],
				Typical: .5*report.Segments[i].Score + .5*told[t].of(r.words[i])}
			if most > 0 {
				all[i].Supported = support[d] / most
			}
		}
	}); err != nil {
		return err
	}
	candidates := make([][]theme.Candidate, len(report.Themes))
	for t := range candidates {
		candidates[t] = make([]theme.Candidate, 0, report.Themes[t].Segments)
	}
	type saying struct {
		theme int
		hash  uint64
	}
	said := make(map[saying][]int) // the first to say it
	for i, t := range of {
		if t < 0 || r.length[i] == 0 {
			continue
		}
		k := saying{t, hash[i]}
		if slices.ContainsFunc(said[k], func(before int) bool {
			return r.texts[before] == r.texts[i] || slices.Equal(plain(nil, r.texts[before]), plain(nil, r.texts[i]))
		}) {
			continue // quoting the same words twice says nothing more
		}
		said[k] = append(said[k], i)
		candidates[t] = append(candidates[t], all[i])
	}
	return each(ctx, len(report.Themes), func(t int) {
		ranked := theme.Rank(candidates[t], maxVerbatims)
		out := make([]Verbatim, len(ranked))
		for n, c := range ranked {
			out[n] = Verbatim{report.Segments[c.Segment].ID, round(c.Score, 4), round(c.Typical, 4), round(c.Formed, 4),
				round(c.Supported, 4), round(c.Distinct, 4)}
		}
		report.Themes[t].Verbatims = out
	})
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
