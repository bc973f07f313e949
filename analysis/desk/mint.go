package desk

import (
	"slices"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult/store"
)

// mint gives the themes of r that no prior had an identifier for good. r
// itself stays as it is.
func mint(r *analysis.Report, priors []analysis.Prior) *analysis.Report {
	known := map[string]bool{}
	for _, p := range priors {
		known[p.ID] = true
	}
	minted := map[string]string{}
	for _, t := range r.Themes {
		if !known[t.ID] {
			minted[t.ID] = store.NewID()
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
	out.Themes, out.Segments, out.Documents = slices.Clone(r.Themes), slices.Clone(r.Segments), slices.Clone(r.Documents)
	for i := range out.Themes {
		out.Themes[i].ID = name(out.Themes[i].ID)
	}
	for i := range out.Segments {
		s := &out.Segments[i]
		s.Theme, s.Also = name(s.Theme), names(s.Also)
	}
	for i := range out.Documents {
		d := &out.Documents[i]
		d.Theme, d.Themes = name(d.Theme), names(d.Themes)
	}
	out.Axes = slices.Clone(r.Axes)
	for i := range out.Axes {
		out.Axes[i].Themes = names(out.Axes[i].Themes)
	}
	out.Links = slices.Clone(r.Links)
	for i := range out.Links {
		out.Links[i].A, out.Links[i].B = name(out.Links[i].A), name(out.Links[i].B)
	}
	if r.Plane != nil {
		plane := *r.Plane
		plane.Points = slices.Clone(plane.Points)
		for i := range plane.Points {
			plane.Points[i].Theme = name(plane.Points[i].Theme)
		}
		out.Plane = &plane
	}
	if r.Second != nil {
		second := *r.Second
		second.Classes = slices.Clone(second.Classes)
		for i := range second.Classes {
			second.Classes[i].Theme = name(second.Classes[i].Theme)
		}
		out.Second = &second
	}
	if r.Bare != nil {
		bare := *r.Bare
		bare.Themes = slices.Clone(bare.Themes)
		for i := range bare.Themes {
			bare.Themes[i].Theme = name(bare.Themes[i].Theme)
		}
		out.Bare = &bare
	}
	return &out
}
