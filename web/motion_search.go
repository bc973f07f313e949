package web

import (
	"encoding/json"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/motion"
)

// mostFound is how many segments one search gives.
const mostFound = 100

// searchMotion finds words in everything that was contributed: ?q=, narrowed as
// motionThemes is.
func (v *visit) searchMotion() error {
	if !v.mayEdit() {
		return consult.ErrForbidden
	}
	m, err := v.motionOf()
	if err != nil {
		return err
	}
	r, err := v.report()
	if err != nil {
		return err
	}
	type found struct {
		cited
		Theme string `json:"theme"` // "" none
	}
	var out struct {
		Verbatims []found `json:"verbatims"`
		Total     int     `json:"total"` // also those that are not listed
	}
	q := v.r.URL.Query()
	filter := motion.Filter{Axis: q.Get("axe"), Department: q.Get("departement"), Size: q.Get("taille")}
	out.Verbatims = []found{}
	v.s.view(func(st *consult.State) {
		edition := st.Edition(m.Edition)
		list, total := filter.Search(st, edition, r, q.Get("q"), mostFound)
		out.Total = total
		for _, s := range list {
			out.Verbatims = append(out.Verbatims, found{cited{s.ID, s.Text, st.Signature(edition, st.Contribution(s.Document).Author), "/contributions/" + s.Document + "#" + anchor(s.ID)}, s.Theme})
		}
	})
	v.w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(v.w).Encode(out)
}
