package desk

import (
	"cmp"
	"slices"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult/store"
)

// mint gives the themes of r that no prior had an identifier for good: that of the
// earlier theme that comes back with it, or a new one. r itself stays as it is.
func mint(r *analysis.Report, priors []analysis.Prior, back map[string]string) *analysis.Report {
	known := map[string]bool{}
	for _, p := range priors {
		known[p.ID] = true
	}
	minted := map[string]string{}
	for _, t := range r.Themes {
		if !known[t.ID] {
			minted[t.ID] = cmp.Or(back[t.ID], store.NewID())
		}
	}
	name := func(id string) string {
		if new, ok := minted[id]; ok {
			return new
		}
		return id
	}
	names := func(ids []string) []string {
		ids = slices.Clone(ids)
		for i := range ids {
			ids[i] = name(ids[i])
		}
		return ids
	}
	out := *r
	out.Workshop = true
	out.Themes = each(r.Themes, func(t *analysis.Theme) { t.ID = name(t.ID) })
	out.Segments = each(r.Segments, func(s *analysis.Segment) { s.Theme, s.Also = name(s.Theme), names(s.Also) })
	out.Documents = each(r.Documents, func(d *analysis.Placed) { d.Theme, d.Themes = name(d.Theme), names(d.Themes) })
	out.Axes = each(r.Axes, func(a *analysis.Axis) { a.Themes = names(a.Themes) })
	out.Links = each(r.Links, func(l *analysis.Link) { l.A, l.B = name(l.A), name(l.B) })
	if r.Plane != nil {
		plane := *r.Plane
		plane.Points = each(plane.Points, func(p *analysis.Point) { p.Theme = name(p.Theme) })
		out.Plane = &plane
	}
	if r.Second != nil {
		second := *r.Second
		second.Classes = each(second.Classes, func(c *analysis.Class) { c.Theme = name(c.Theme) })
		out.Second = &second
	}
	if r.Bare != nil {
		bare := *r.Bare
		bare.Themes = each(bare.Themes, func(t *analysis.BareTheme) { t.Theme = name(t.Theme) })
		out.Bare = &bare
	}
	return &out
}

// each is list with a change made to each of its elements; list stays as it is.
func each[T any](list []T, change func(*T)) []T {
	list = slices.Clone(list)
	for i := range list {
		change(&list[i])
	}
	return list
}
