package desk

import (
	"slices"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/corpora"
)

// without is r less some documents: their segments, and every word that only
// they used, also where it is a term, a key word or part of a name that the
// machine gave. Segments and documents are counted again; figures that need
// more than the report (authors, χ²) stay until it is described anew. r itself
// stays as it is, and is returned when it has none of them.
func without(r *analysis.Report, documents map[string]bool) *analysis.Report {
	gone := func(segment string) bool {
		id, _, _, _, ok := corpora.ParseSegmentID(segment)
		return ok && documents[id]
	}
	if !slices.ContainsFunc(r.Documents, func(p analysis.Placed) bool { return documents[p.ID] }) &&
		!slices.ContainsFunc(r.Segments, func(s analysis.Segment) bool { return documents[s.Document] }) &&
		!slices.ContainsFunc(r.Settings.Previous, func(p analysis.Prior) bool {
			return slices.ContainsFunc(p.Segments, gone) || slices.ContainsFunc(p.Core, gone)
		}) {
		return r
	}
	out := *r
	out.Revised = true
	said := analysis.Said{}
	segments, speakers := map[string]int{}, map[string]map[string]bool{}
	out.Segments = []analysis.Segment{}
	for _, s := range r.Segments {
		if documents[s.Document] {
			continue
		}
		s.Sub, s.Class, s.Bare = 0, 0, 0
		out.Segments = append(out.Segments, s)
		said.Read(s.Text)
		segments[s.Theme]++
		if speakers[s.Theme] == nil {
			speakers[s.Theme] = map[string]bool{}
		}
		speakers[s.Theme][s.Document] = true
	}
	unsaid := func(name string) bool { return !said.Holds(name) }
	out.Themes = []analysis.Theme{}
	for _, t := range r.Themes {
		if segments[t.ID] == 0 && !named(t) && !t.Frozen {
			continue
		}
		t.Segments, t.Documents = segments[t.ID], len(speakers[t.ID])
		t.Natures, t.Subthemes, t.Profile = nil, nil, nil
		t.Terms = slices.DeleteFunc(slices.Clone(t.Terms), func(x analysis.Term) bool { return unsaid(x.Form) })
		t.Verbatims = slices.DeleteFunc(slices.Clone(t.Verbatims), func(v analysis.Verbatim) bool { return gone(v.Segment) })
		if !t.Named && unsaid(t.Label) {
			t.Label, t.Replaced = "", true
			if len(t.Terms) > 0 {
				t.Label = t.Terms[0].Form
			}
		}
		out.Themes = append(out.Themes, t)
	}
	out.Documents, out.Corpus.Unplaced = []analysis.Placed{}, 0
	for _, p := range r.Documents {
		if documents[p.ID] {
			continue
		}
		p.Values = nil
		p.Keywords = slices.DeleteFunc(slices.Clone(p.Keywords), unsaid)
		if p.Theme == "" {
			out.Corpus.Unplaced++
		}
		out.Documents = append(out.Documents, p)
	}
	out.Corpus.Documents, out.Corpus.Segments = len(out.Documents), len(out.Segments)
	// What is computed from all texts together would still tell of them: Revise
	// and Reread make it anew.
	out.Links, out.Variables, out.Richness, out.Lexicon = nil, nil, analysis.Richness{}, nil
	out.Lemmas, out.Hapax, out.HapaxAll = 0, nil, 0
	out.Plane, out.Network, out.Second, out.Bare = nil, nil, nil, nil
	out.Settings.Previous = slices.Clone(r.Settings.Previous)
	for i := range out.Settings.Previous {
		p := &out.Settings.Previous[i]
		p.Segments = slices.DeleteFunc(slices.Clone(p.Segments), gone)
		p.Pinned = slices.DeleteFunc(slices.Clone(p.Pinned), gone)
		p.Core = slices.DeleteFunc(slices.Clone(p.Core), gone)
		if unsaid(p.Found) {
			p.Found = ""
		}
	}
	// Axes stay; one whose name nobody says any more has that of its first theme,
	// until it is named anew.
	label := map[string]string{}
	for _, t := range out.Themes {
		label[t.ID] = t.Label
	}
	out.Axes = nil
	for _, a := range r.Axes {
		a.Themes = slices.DeleteFunc(slices.Clone(a.Themes), func(t string) bool { _, there := label[t]; return !there })
		if len(a.Themes) == 0 {
			continue
		}
		if unsaid(a.Label) {
			a.Label = label[a.Themes[0]]
		}
		out.Axes = append(out.Axes, a)
	}
	out.Settings.PreviousAxes = slices.Clone(r.Settings.PreviousAxes)
	for i := range out.Settings.PreviousAxes {
		if a := &out.Settings.PreviousAxes[i]; unsaid(a.Label) {
			a.Label = ""
		}
	}
	return &out
}
