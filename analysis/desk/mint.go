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
	return &out
}
