package web

import "github.com/villes-internet/congres/consult"

func (v *visit) meetings() error {
	var all []*consult.Meeting
	v.s.view(func(st *consult.State) {
		if e := st.Current(v.s.now()); e != nil {
			all = st.Meetings(e.ID)
			if !st.MayRead(e, v.id()) { // dates for all, notes for those who may read
				for i, m := range all {
					bare := *m
					bare.Notes = ""
					all[i] = &bare
				}
			}
		}
	})
	return v.page("rencontres.html", "Rencontres", all)
}
