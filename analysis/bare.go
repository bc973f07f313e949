package analysis

import (
	"context"

	"github.com/villes-internet/congres/analysis/theme"
)

const maxBareTerms = 6

// bare groups the segments again by shared words alone, with the same number of
// themes and the same seed, and gives each segment its theme there.
func (r *reading) bare(ctx context.Context, report *Report, s Settings) error {
	s.View, s.Themes, s.Previous = "lexical", len(report.Themes), nil
	if s.Themes == 0 {
		return nil
	}
	quiet := func(string, int, int) {}
	l, err := r.link(ctx, s, quiet)
	if err != nil {
		return err
	}
	g, err := r.group(ctx, l, s, quiet)
	if err != nil {
		return err
	}
	order := g.order(r)
	place := make([]int, len(g.themes))
	for n, t := range order {
		place[t] = n
	}
	of := make([]int, len(g.theme))
	for i, t := range g.theme {
		if of[i] = -1; t >= 0 {
			of[i] = place[t]
		}
	}
	out := &Bare{Themes: make([]BareTheme, len(order))}
	counts := r.tally(of, len(order))
	terms := r.terms.Terms(ctx, of, len(order), 3*maxTerms)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	named := make([]theme.Theme, len(order))
	for n, t := range order {
		named[n] = theme.Theme{Terms: terms[n], Segments: counts[n].Segments, Texts: counts[n].Documents, Label: g.themes[t].label}
	}
	for n, label := range theme.Labels(named) {
		t := &out.Themes[n]
		t.Label, t.Segments, t.Documents, t.Authors, t.Communes = label, counts[n].Segments, counts[n].Documents, counts[n].Authors, counts[n].Communes
		t.Stability, t.Terms = g.themes[order[n]].stability, []string{}
		for _, term := range terms[n][:min(maxBareTerms, len(terms[n]))] {
			t.Terms = append(t.Terms, term.Form)
		}
	}
	placed := make([]bool, len(r.corpus.Documents))
	for i, t := range of {
		report.Segments[i].Bare = t + 1
		if t < 0 {
			out.Aside++
		} else {
			placed[r.document[i]] = true
		}
	}
	for _, yes := range placed {
		if !yes {
			out.Unplaced++
		}
	}
	report.Bare = out
	return nil
}
