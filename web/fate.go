package web

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/corpora"
	"github.com/villes-internet/congres/motion"
)

// A fate is what became of a contribution: the themes that it reached and the
// sentences of the motion that cite it.
type fate struct {
	Themes    []link
	Sentences []link
	Segments  []string // of it, that the motion cites
	Known     []string // of it, that the newest analysis read
	Placing   *placing // to its author, until an analysis has read it
}

// A placing is where the newest analysis would put words that it has not read.
type placing struct {
	Theme link // none: nowhere
	Again bool // an earlier version was read
}

// A link is an address and its words.
type link struct{ Address, Text string }

// cut gives the segments of a text their anchors, so that a citation or a
// theme's verbatim leads to the very words, and marks those that are cited.
func cut(text, contribution string, version int, cited, known []string) []piece {
	type span struct {
		start, end int
		cited      bool
	}
	var spans []span
	add := func(segments []string, cited bool) {
		for _, s := range segments {
			doc, n, start, end, ok := corpora.ParseSegmentID(s)
			if !ok || doc != contribution || n != version || end > len(text) ||
				slices.ContainsFunc(spans, func(x span) bool { return x.cited != cited && start < x.end && x.start < end }) {
				continue
			}
			spans = append(spans, span{start, end, cited})
		}
	}
	add(cited, true)
	add(known, false)
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	var out []piece
	at := 0
	for _, s := range spans {
		if s.start < at { // within one that is marked already
			continue
		}
		if s.start > at {
			out = append(out, piece{Text: text[at:s.start]})
		}
		out = append(out, piece{Text: text[s.start:s.end], Anchor: anchorOf(version, s.start, s.end), Cited: s.cited})
		at = s.end
	}
	if at < len(text) {
		out = append(out, piece{Text: text[at:]})
	}
	return out
}

// fate gathers what became of a contribution.
func (v *visit) fate(contribution string) (f fate, err error) {
	report, err := v.report()
	if err != nil && !errors.Is(err, desk.ErrNoRun) {
		return f, err
	}
	if report != nil {
		for _, s := range report.Segments {
			if s.Document == contribution {
				f.Known = append(f.Known, s.ID)
			}
		}
		for _, d := range report.Documents {
			if d.ID != contribution {
				continue
			}
			for _, t := range d.Themes {
				f.Themes = append(f.Themes, link{"/themes/" + t, labelOf(report, t)})
			}
		}
	}
	if f.Placing, err = v.placing(report, contribution); err != nil {
		return f, err
	}
	// Published versions for all; those who write the motion see the draft too.
	var motions []*motion.Motion
	v.s.Ledger.View(func(w ledger.View) {
		if c := ledger.Of[*consult.State](w).Contribution(contribution); c != nil {
			motions = ledger.Of[*motion.State](w).Motions(c.Edition)
		}
	})
	found, err := v.s.Shelf.Citing(v.r.Context(), motions, contribution, v.shown)
	if err != nil {
		return f, err
	}
	if v.mayEdit() {
		for _, m := range motions {
			d, err := v.draftDocument(m)
			if err != nil {
				return f, err
			}
			found = append(found, d.Citing(contribution)...)
		}
	}
	for _, ref := range found {
		l := link{fmt.Sprintf("/motion/%s?version=%d#%s", ref.Motion, ref.Version, ref.Anchor), debut(ref.Text, 200)}
		if ref.Version == 0 {
			l = link{fmt.Sprintf("/motion/%s#%s", ref.Motion, ref.Anchor), debut(ref.Text, 200) + " (projet)"}
		}
		f.Sentences = append(f.Sentences, l)
		f.Segments = append(f.Segments, ref.Segments...)
	}
	return f, nil
}

// placing places a contribution for its author, where élus may see the themes: nil
// for anybody else, for one that is hidden, and once it was read as it is.
func (v *visit) placing(r *analysis.Report, contribution string) (*placing, error) {
	if r == nil {
		return nil, nil
	}
	text, edition, version := "", "", 0
	v.s.view(func(st *consult.State) {
		c, e := st.Contribution(contribution), st.Current(v.s.now())
		if c != nil && e != nil && c.Edition == e.ID && !c.Erased && c.Hidden == "" && c.Author != "" && c.Author == v.id() && st.MayRead(e, v.id()) {
			text, edition, version = c.Text(), e.ID, c.Version()
		}
	})
	if version == 0 {
		return nil, nil
	}
	p := &placing{}
	if i := slices.IndexFunc(r.Documents, func(d analysis.Placed) bool { return d.ID == contribution }); i >= 0 {
		if r.Documents[i].Version == version {
			return nil, nil
		}
		p.Again = true
	}
	to, err := v.s.Desk.Joins(v.r.Context(), edition, text)
	if to.Theme != "" {
		p.Theme = link{"/themes/" + to.Theme, to.Label}
	}
	return p, err
}

// anchorOf names a span of one version of a contribution, in its page.
func anchorOf(version, start, end int) string { return fmt.Sprintf("v%d-%d-%d", version, start, end) }
