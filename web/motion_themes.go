package web

import (
	"encoding/json"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/motion"
)

// mostVerbatims is how many verbatims of a theme the editor's panel offers.
const mostVerbatims = 30

// motionThemes is what the editor's panel shows: ?axe=, ?departement= and
// ?taille= narrow the verbatims, as motion.Filter does.
func (v *visit) motionThemes() error {
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
	type theme struct {
		ID            string      `json:"id"`
		Label         string      `json:"label"`
		Elus          int         `json:"elus"`
		Communes      int         `json:"communes"`
		Contributions int         `json:"contributions"`
		Segments      []string    `json:"segments"`
		Verbatims     []cited     `json:"verbatims"`
		Reach         motion.Part `json:"reach"`
	}
	filter := v.filter()
	var out struct {
		Themes        []theme        `json:"themes"`
		Choices       motion.Choices `json:"choices"`
		Contributions int            `json:"contributions"`
		Elus          int            `json:"elus"`
		Problem       string         `json:"problem,omitempty"` // why the filter finds nothing
	}
	of := map[string][]analysis.Segment{}
	for _, s := range r.Segments {
		of[s.Theme] = append(of[s.Theme], s)
	}
	v.s.view(func(st *consult.State) {
		reach := motion.ReachOf(r, st)
		out.Choices, out.Contributions, out.Elus = motion.Offer(st, st.Edition(m.Edition)), reach.Contributions, reach.Elus
		allowed := filter.Allowed(st)
		if !allowed {
			out.Problem = "Moins de cinq élu·es correspondent à ce choix\u00a0: élargissez-le."
		}
		for i := range r.Themes {
			t := &r.Themes[i]
			x := theme{t.ID, t.Label, t.Authors, t.Communes, t.Documents, []string{}, []cited{}, reach.Themes[t.ID]}
			for _, s := range of[t.ID] {
				x.Segments = append(x.Segments, s.ID)
			}
			if allowed {
				for _, s := range filter.Rank(st, t, of[t.ID], mostVerbatims) {
					x.Verbatims = append(x.Verbatims, citedOf(st, s.ID, s.Text))
				}
			}
			out.Themes = append(out.Themes, x)
		}
	})
	if out.Themes == nil {
		out.Themes = []theme{}
	}
	v.w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(v.w).Encode(out)
}

// filter reads ?axe=, ?departement= and ?taille=.
func (v *visit) filter() motion.Filter {
	q := v.r.URL.Query()
	return motion.Filter{Axis: q.Get("axe"), Department: q.Get("departement"), Size: q.Get("taille")}
}

// citedOf is a segment as it can be cited: its words, who said them, as the rule of
// the edition that they were said in allows, and where.
func citedOf(st *consult.State, segment, words string) cited {
	s, _ := motion.ParseSegment(segment)
	c := st.Contribution(s.Contribution)
	return cited{segment, words, st.Signature(st.Edition(c.Edition), c.Author), "/contributions/" + c.ID + "#" + anchor(segment)}
}
