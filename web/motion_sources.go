package web

import (
	"encoding/json"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/motion"
)

// mostSources is how many segments one may ask about at once.
const mostSources = 60

// motionSources says who stands behind segments that the text cites, as the
// edition's rule on names allows: ?s=SEGMENT, any number of times. What is
// erased, hidden or unknown is left out.
func (v *visit) motionSources() error {
	if !v.mayEdit() {
		return consult.ErrForbidden
	}
	type source struct {
		Segment      string `json:"segment"`
		Text         string `json:"text"`
		Who          string `json:"who"`
		Contribution string `json:"contribution"`
	}
	asked := v.r.URL.Query()["s"]
	sources := []source{}
	v.s.view(func(st *consult.State) {
		for _, id := range asked[:min(len(asked), mostSources)] {
			s, ok := motion.ParseSegment(id)
			if !ok {
				continue
			}
			c := st.Contribution(s.Contribution)
			if c == nil || c.Erased || c.Hidden != "" || s.Version < 1 || s.Version > c.Version() {
				continue
			}
			text := c.Versions[s.Version-1].Text
			if s.Start < 0 || s.End > len(text) || s.Start >= s.End {
				continue
			}
			sources = append(sources, source{id, text[s.Start:s.End], st.Signature(st.Edition(c.Edition), c.Author), "/contributions/" + c.ID + "#" + anchor(id)})
		}
	})
	v.w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(v.w).Encode(map[string]any{"sources": sources})
}
