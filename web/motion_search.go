package web

import (
	"encoding/json"

	"github.com/villes-internet/congres/consult"
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
	r, err := v.s.Desk.Report(v.r.Context(), m.Edition)
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
	out.Verbatims = []found{}
	v.s.view(func(st *consult.State) {
		list, total := v.filter().Search(st, st.Edition(m.Edition), r, v.r.URL.Query().Get("q"), mostFound)
		out.Total = total
		for _, s := range list {
			out.Verbatims = append(out.Verbatims, found{citedOf(st, s.ID, s.Text), s.Theme})
		}
	})
	v.w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(v.w).Encode(out)
}
