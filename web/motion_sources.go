package web

import (
	"encoding/json"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/motion"
)

// A cited segment is what the editor shows of one.
type cited struct {
	Segment      string `json:"segment"`
	Text         string `json:"text"`
	Who          string `json:"who"`
	Contribution string `json:"contribution"` // its page
}

// mostSources is how many segments one may ask about at once.
const mostSources = 60

// motionSources says who stands behind segments that the text cites, as the
// edition's rule on names allows: ?s=SEGMENT, any number of times. What is
// erased, hidden or unknown is left out.
func (v *visit) motionSources() error {
	if !v.mayEdit() {
		return consult.ErrForbidden
	}
	asked := v.r.URL.Query()["s"]
	sources := []cited{}
	v.s.view(func(st *consult.State) {
		for _, id := range asked[:min(len(asked), mostSources)] {
			s, ok := motion.ParseSegment(id)
			text := s.Words(st)
			if ok && text != "" {
				sources = append(sources, citedOf(st, id, text))
			}
		}
	})
	v.w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(v.w).Encode(map[string]any{"sources": sources})
}
