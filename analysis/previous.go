package analysis

import (
	"errors"

	"github.com/villes-internet/congres/corpora"
)

// ErrPrevious: an earlier report and a corpus have no sentence in common.
var ErrPrevious = errors.New("aucune phrase du rapport à suivre n’est dans ce corpus")

// Priors are the themes of a report, and their axes, for a run on c to follow
// (Settings.Previous, Settings.PreviousAxes): their identifiers, names, places on the
// map, which are frozen, and the segments that c still has in the same place of the
// same document, to the byte. Error: ErrPrevious where it has none.
func (r *Report) Priors(c corpora.Corpus) ([]Prior, []Axis, error) {
	documents := make(map[string]*corpora.Document, len(c.Documents))
	for i := range c.Documents {
		documents[c.Documents[i].ID] = &c.Documents[i]
	}
	out := make([]Prior, len(r.Themes))
	at := make(map[string]int, len(r.Themes))
	for n, t := range r.Themes {
		at[t.ID] = n
		p := &out[n]
		p.ID, p.Frozen, p.X, p.Y = t.ID, t.Frozen, t.X, t.Y
		switch {
		case !t.Named:
			p.Found = t.Label
		case !t.Guided || t.Label != t.Guide: // an axis that guides gives its name again
			p.Label = t.Label
		}
	}
	pinned := make(map[string]string) // segment → the theme where a person put it
	for _, p := range r.Settings.Previous {
		for _, id := range p.Pinned {
			pinned[id] = p.ID
		}
	}
	found := false
	for _, s := range r.Segments {
		d := documents[s.Document]
		if d == nil || s.Start < 0 || s.End > len(d.Text) || s.Start >= s.End || d.Text[s.Start:s.End] != s.Text {
			continue
		}
		found = true
		n, ok := at[s.Theme]
		if !ok {
			continue
		}
		id := corpora.SegmentID(d.ID, version(*d), s.Start, s.End)
		out[n].Segments = append(out[n].Segments, id)
		if pinned[s.ID] == s.Theme {
			out[n].Pinned = append(out[n].Pinned, id)
		}
	}
	if !found {
		return nil, nil, ErrPrevious
	}
	return out, r.Axes, nil
}
