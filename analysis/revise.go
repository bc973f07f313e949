package analysis

import (
	"cmp"
	"context"
	"runtime"
	"slices"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/corpora"
)

// Revise describes again a partition that people gave: each prior lists all the
// segments of its theme, and what no prior lists is unclassified. It never
// regroups anything. Segments are those of the report, whose corpus c must be;
// a segment that two priors list goes to the one that pins it, else to the first;
// one that the report does not know is left out. Every prior is in the new
// report, even when nothing is left in it. The names that priors bring (Found) are
// those that people saw when they made the theme: like those of themes that nobody
// changed, they stay while the texts say them.
func Revise(ctx context.Context, c corpora.Corpus, report *Report, themes []Prior) (*Report, error) {
	v, err := NewReviser(ctx, c, report)
	if err != nil {
		return nil, err
	}
	return v.Revise(ctx, report, themes)
}

// A Reviser describes a report's segments again, and again: it has read them, and
// counted what does not depend on themes, which is more than half of the work. One
// goroutine at a time may use it. It holds all words of the report: let go of it with
// that.
type Reviser struct{ reading *reading }

// NewReviser reads the segments of a report, which are cut from c. Errors:
// ErrReport, ctx's.
func NewReviser(ctx context.Context, c corpora.Corpus, report *Report) (*Reviser, error) {
	r, err := reopen(ctx, c, report)
	if err != nil {
		return nil, err
	}
	return &Reviser{r}, nil
}

// Revise is what [Revise] does of a report whose segments are those that the Reviser
// read, of the same corpus.
func (v *Reviser) Revise(ctx context.Context, report *Report, themes []Prior) (*Report, error) {
	r := v.reading
	why := make([]string, len(report.Segments))
	for i, s := range report.Segments {
		if s.Theme == "" {
			why[i] = s.Why
		}
	}
	g := &grouping{theme: make([]int, len(r.segments)), why: why, notes: report.Notes}
	for i := range g.theme {
		g.theme[i] = -1
		if why[i] == "" {
			why[i] = whyPeople
		}
	}
	stability := make(map[string]float64)
	seeds, guide := make(map[string][]string), make(map[string]string)
	for _, t := range report.Themes {
		if seeds[t.ID] = t.Seeds; t.Guided {
			guide[t.ID] = cmp.Or(t.Guide, t.Label) // reports of before do not say the axis
		}
		stability[t.ID] = t.Stability
	}
	for n, p := range themes {
		g.themes = append(g.themes, group{id: p.ID, label: cmp.Or(p.Label, guide[p.ID]), frozen: p.Frozen, keep: true, keepsName: p.keepsName() || p.Found != "", stability: stability[p.ID],
			guide: guide[p.ID], seeds: seeds[p.ID]})
		for _, id := range p.Segments {
			if i, ok := r.segment(id); ok && g.theme[i] < 0 {
				g.put(i, n)
			}
		}
	}
	for n, p := range themes {
		for _, id := range p.Pinned {
			if i, ok := r.segment(id); ok {
				g.put(i, n)
			}
		}
	}
	g.mint(r, themes)
	g.was = report.seen()
	for _, p := range themes {
		if p.Found != "" {
			g.was.names[p.ID] = p.Found
		}
	}
	g.unchanged(report)
	revised, err := r.describe(ctx, g, report.Settings, report)
	if err != nil {
		return nil, err
	}
	revised.Notes = report.Notes
	revised.Workshop, revised.Revised = report.Workshop, report.Revised || !sameThemes(report, revised)
	// The other readings are of the same segments whatever people decide.
	revised.Network = report.Network
	if report.Second != nil {
		second := *report.Second
		second.Classes = slices.Clone(second.Classes)
		revised.Second = &second
	}
	if report.Bare != nil {
		bare := *report.Bare
		bare.Themes = slices.Clone(bare.Themes)
		revised.Bare = &bare
	}
	for i, s := range report.Segments {
		revised.Segments[i].Class, revised.Segments[i].Bare = s.Class, s.Bare
	}
	revised.compare(revised.places())
	return revised, nil
}

// sameThemes is whether two reports have the same segments in the same themes, of the
// same names.
func sameThemes(a, b *Report) bool {
	return slices.EqualFunc(a.Themes, b.Themes, func(x, y Theme) bool {
		return x.ID == y.ID && x.Label == y.Label && x.Named == y.Named && x.Frozen == y.Frozen
	}) && slices.EqualFunc(a.Segments, b.Segments, func(x, y Segment) bool { return x.ID == y.ID && x.Theme == y.Theme })
}

// Reread makes a report's other readings anew (Reinert's classes, the graph of
// similarity, the themes by shared words alone), as when texts have left it. c is
// what its segments are cut from. Errors: ErrReport, ctx's.
func Reread(ctx context.Context, c corpora.Corpus, report *Report) (*Report, error) {
	r, err := reopen(ctx, c, report)
	if err != nil {
		return nil, err
	}
	out := *report
	out.Segments = slices.Clone(report.Segments)
	out.Notes = slices.DeleteFunc(slices.Clone(report.Notes), func(n string) bool { return n == noteParts || n == noteSecond })
	out.Second, out.Network, out.Bare = nil, nil, nil
	if err := r.reread(ctx, &out, report.Settings, func(string, int, int) {}); err != nil {
		return nil, err
	}
	return &out, nil
}

// reopen reads the segments of a report, which are cut from c, and counts them.
func reopen(ctx context.Context, c corpora.Corpus, report *Report) (*reading, error) {
	r, err := newReading(c)
	if err != nil {
		return nil, err
	}
	for i, s := range report.Segments {
		d, ok := r.byID[s.Document]
		if !ok || version(c.Documents[d]) != s.Version || s.Start < 0 || s.End > len(c.Documents[d].Text) || s.End <= s.Start ||
			i > 0 && len(r.segments) > 0 && d < r.segments[len(r.segments)-1].document {
			return nil, ErrReport
		}
		r.add(pieceOf(c.Documents[d], d, s.Start, s.End), nil)
		r.natures = append(r.natures, s.Nature)
	}
	if err := r.read(ctx); err != nil {
		return nil, err
	}
	if err := r.count(ctx); err != nil {
		return nil, err
	}
	return r, r.find(ctx)
}

// read reads the segments.
func (r *reading) read(ctx context.Context) error {
	parts := runtime.GOMAXPROCS(0)
	readers := make([]lexis.Reader, parts)
	part := func(p int) (from, to int) { return p * len(r.texts) / parts, (p + 1) * len(r.texts) / parts }
	if err := each(ctx, parts, func(p int) {
		from, to := part(p)
		for i := from; i < to && ctx.Err() == nil; i++ {
			r.words[i] = readers[p].Read(r.texts[i])
		}
	}); err != nil {
		return err
	}
	for p := range readers {
		from, to := part(p)
		for _, words := range r.words[from:to] {
			r.lexicon.Adopt(&readers[p], words)
		}
	}
	return r.weigh(ctx)
}
