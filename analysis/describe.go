package analysis

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/villes-internet/congres/analysis/theme"
	"github.com/villes-internet/congres/corpora"
	"github.com/villes-internet/congres/corpora/tables"
)

// What a description shows at most, and when a segment also speaks of another
// theme.
const (
	maxTerms     = 20
	maxVerbatims = 30
	maxKeywords  = 10
	alsoShare    = 0.8 // of its affinity to its own theme
	alsoLeast    = 0.15
)

// describe says of a partition what people need to know of it: the one function
// behind [Run] and [Revise]. known is the report that is described again, nil at
// a run. What does not depend on themes has been found and heard.
func (r *reading) describe(ctx context.Context, g *grouping, s Settings, known *Report) (*Report, error) {
	order := g.order(r)
	roots := len(r.lexicon.Roots)
	if r.counted == nil {
		counted := r.summary()
		r.counted = &counted
	}
	report := &Report{Format: 1, Corpus: *r.counted, Themes: make([]Theme, len(order)), Settings: s}

	// From here on a theme's number is its place in the report.
	place := make([]int, len(g.themes))
	for t := range place {
		place[t] = -1
	}
	for n, t := range order {
		place[t] = n
	}
	of := make([]int, len(g.theme))
	for i, t := range g.theme {
		of[i] = -1
		if t >= 0 {
			of[i] = place[t]
		}
	}
	centroids := theme.Centroids(r.rows, of, len(order), roots)
	if known != nil && known.Lemmas > 0 { // of the same texts
		report.Richness, report.Lexicon = known.Richness, known.Lexicon
		report.Lemmas, report.Hapax, report.HapaxAll = known.Lemmas, known.Hapax, known.HapaxAll
	} else {
		report.Richness = r.richness
		r.list(report)
	}
	terms := r.characteristic(ctx, of, len(order))
	if err := ctx.Err(); err != nil {
		return nil, err
	}

	named := make([]theme.Theme, len(order))
	counts := r.tally(of, len(order))
	for n, t := range order {
		named[n] = theme.Theme{Terms: terms[n], Segments: counts[n].Segments, Texts: counts[n].Documents, Label: g.themes[t].label}
	}
	labels := r.names(g, order, named)
	away := r.away(g, order, of, labels)
	for n, label := range labels {
		t := g.themes[order[n]]
		counts[n].ID, counts[n].Label, counts[n].Named = t.id, label, t.label != ""
		counts[n].Review = away[n]
		counts[n].Frozen, counts[n].Stability = t.frozen, t.stability
		counts[n].Guided, counts[n].Guide, counts[n].Seeds = t.seeds != nil, t.guide, t.seeds
		counts[n].Terms = make([]Term, 0, maxTerms)
		for _, term := range terms[n][:min(maxTerms, len(terms[n]))] {
			counts[n].Terms = append(counts[n].Terms, Term{term.Form, round(term.Chi2, 2), term.In, term.Out})
		}
	}
	report.Themes = counts

	if err := r.place(ctx, report, of, centroids, g.why); err != nil {
		return nil, err
	}
	r.doubt(report, of)
	if err := r.quote(ctx, report, of, terms); err != nil {
		return nil, err
	}
	if err := r.placeDocuments(ctx, report, of); err != nil {
		return nil, err
	}
	if err := r.deepen(ctx, report, of, centroids, known, g.was); err != nil {
		return nil, err
	}
	return report, ctx.Err()
}

// deepen adds what follows from the themes: natures, sub-themes, axes, variables,
// the plane of the vocabulary.
func (r *reading) deepen(ctx context.Context, report *Report, of []int, centroids [][]float32, known *Report, was before) error {
	for t := range report.Themes {
		report.Themes[t].Natures = make(map[string]int)
	}
	for i, t := range of {
		if t >= 0 {
			report.Themes[t].Natures[report.Segments[i].Nature]++
		}
	}
	parts, sub := r.known(report, of, known)
	var division, err error
	var taken map[string]bool
	ended := together(ctx, func() { division = r.divide(ctx, report, of, parts, sub) }, func() { // which write different fields
		taken = r.entitle(ctx, report, of, report.gather(centroids, was))
		r.variables(report, of)
		report.Plane, err = r.plane(report, of)
	})
	if err := cmp.Or(ended, division, err); err != nil {
		return err
	}
	report.entitleParts(taken)
	return nil
}

// known finds the themes whose segments are those of an earlier report, which has
// their sub-themes already.
func (r *reading) known(report *Report, of []int, known *Report) (map[string][]Subtheme, []int) {
	if known == nil || len(known.Segments) != len(of) {
		return nil, nil
	}
	parts, was := make(map[string][]Subtheme), make([]int, len(of))
	for _, t := range known.Themes {
		if t.Natures != nil { // described by this version
			parts[t.ID] = t.Subthemes
		}
	}
	for i, s := range known.Segments {
		now := report.Segments[i].Theme
		if was[i] = s.Sub; now != s.Theme {
			delete(parts, now)
			delete(parts, s.Theme)
		}
	}
	return parts, was
}

// order drops the themes that are empty and ranks the others: those with most
// contributors first, then most documents, then most segments.
func (g *grouping) order(r *reading) []int {
	counts := r.tally(g.theme, len(g.themes))
	var order []int
	for t := range g.themes {
		if counts[t].Segments > 0 || g.themes[t].keep {
			order = append(order, t)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(counts[b].Authors, counts[a].Authors), cmp.Compare(counts[b].Documents, counts[a].Documents), cmp.Compare(counts[b].Segments, counts[a].Segments))
	})
	return order
}

// tally counts each theme's segments, documents, authors and communes.
func (r *reading) tally(of []int, themes int) []Theme {
	type meeting struct {
		theme int
		who   int32
	}
	authors, communes := make(map[meeting]bool), make(map[meeting]bool)
	first := func(seen map[meeting]bool, t int, who int32) int {
		if who < 0 || seen[meeting{t, who}] {
			return 0
		}
		seen[meeting{t, who}] = true
		return 1
	}
	last := make([]int, themes) // document that was counted last, plus one
	out := make([]Theme, themes)
	for i, t := range of {
		if t < 0 {
			continue
		}
		out[t].Segments++
		if d := r.document[i]; last[t] != d+1 {
			last[t] = d + 1
			out[t].Documents++
			out[t].Authors += first(authors, t, r.author[d])
			out[t].Communes += first(communes, t, r.commune[d])
		}
	}
	return out
}

// author returns who wrote a document, "" when nobody knows.
func author(d corpora.Document) string {
	if a := d.Variables[corpora.VarAuthor]; a != corpora.UnknownAuthor {
		return a
	}
	return ""
}

// place fills the report's segments.
func (r *reading) place(ctx context.Context, report *Report, of []int, centroids [][]float32, why []string) error {
	affinities := make([]float64, len(of))
	highest := make([]float64, len(centroids))
	for i, t := range of {
		if t >= 0 {
			affinities[i] = theme.Affinity(r.rows[i], centroids[t])
			highest[t] = max(highest[t], affinities[i])
		}
	}
	report.Segments = make([]Segment, len(of))
	return ranges(ctx, len(of), func(from, to int) {
		for i := from; i < to && ctx.Err() == nil; i++ {
			t, s := of[i], r.segments[i]
			d := r.corpus.Documents[s.document]
			out := Segment{ID: s.id, Document: d.ID, Version: version(d), Start: s.start, End: s.end,
				Nature: r.natures[i], Text: r.texts[i]}
			if t < 0 {
				out.Why = why[i]
			} else {
				out.Theme = report.Themes[t].ID
				if highest[t] > 0 {
					out.Score = round(affinities[i]/highest[t], 4)
				}
				for other, c := range centroids {
					if other == t {
						continue
					}
					if a := theme.Affinity(r.rows[i], c); a >= alsoLeast && a >= alsoShare*affinities[i] {
						out.Also = append(out.Also, report.Themes[other].ID)
					}
				}
			}
			report.Segments[i] = out
		}
	})
}

// doubt says of the segments that their theme hardly holds that it does so: a sentence
// that follows its text into a theme, and says nothing of it.
func (r *reading) doubt(report *Report, of []int) {
	text := r.document
	if r.piecemeal() {
		text = make([]int, len(of)) // each segment was grouped by itself
		for i := range text {
			text[i] = i
		}
	}
	var words []tables.Table
	if report.Settings.View != "lexical" {
		words = tables.Words()
	}
	for i, weak := range theme.Weak(r.rows, text, of, len(report.Themes), r.lexicon.Roots, words) {
		if weak {
			report.Segments[i].Score, report.Segments[i].Why = 0, whyFar
		}
	}
}

// placeDocuments says where each document went: to the theme of most of its
// counted words.
func (r *reading) placeDocuments(ctx context.Context, report *Report, of []int) error {
	report.Documents = make([]Placed, len(r.corpus.Documents))
	err := ranges(ctx, len(report.Documents), func(from, to int) {
		next, _ := slices.BinarySearch(r.document, from)
		for d := from; d < to && ctx.Err() == nil; d++ {
			segments := next
			for next < len(of) && r.document[next] == d {
				next++
			}
			report.Documents[d] = r.placeDocument(report, d, of[segments:next], r.length[segments:next])
			report.Documents[d].Between = between(r.corpus.Documents[d].Text, r.segments[segments:next])
		}
	})
	for d := range report.Documents {
		if report.Documents[d].Theme == "" {
			report.Corpus.Unplaced++
		}
	}
	return err
}

// placeDocument says where a document went, of whose segments the themes and the
// counted words are given.
func (r *reading) placeDocument(report *Report, d int, of, length []int) Placed {
	document := r.corpus.Documents[d]
	out := Placed{ID: document.ID, Version: version(document), Themes: []string{}, Keywords: append([]string{}, r.keywords[d]...)}
	words := make(map[int]int)
	var order []int
	for i, t := range of {
		if t >= 0 {
			if _, ok := words[t]; !ok {
				order = append(order, t)
			}
			words[t] += max(1, length[i])
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(words[b], words[a]) })
	for n, t := range order {
		if n == 0 {
			out.Theme = report.Themes[t].ID
		}
		out.Themes = append(out.Themes, report.Themes[t].ID)
	}
	return out
}

func round(x float64, digits int) float64 {
	scale := math.Pow10(digits)
	return math.Round(x*scale) / scale
}
