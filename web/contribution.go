package web

import (
	"net/http"
	"slices"
	"time"

	"github.com/villes-internet/congres/consult"
)

// A piece is a run of a contribution's words; an anchor marks where a citation
// begins: "v1-0-80" for bytes 0 to 80 of version 1.
type piece struct {
	Text   string
	Anchor string
	Cited  bool
}

// A version is one version of the text, cut where it is cited.
type version struct {
	Number int
	At     time.Time
	Pieces []piece
}

// contribution is one contribution and what became of it.
func (v *visit) contribution() error {
	var data struct {
		shown
		Erased, Veiled, Mine, MaySupport, Supported, Open bool
		Versions                                          []version
		Fate                                              *fate
		Receipt                                           string
	}
	id := v.r.PathValue("id")
	var err error
	v.s.view(func(st *consult.State) {
		c := st.Contribution(id)
		if c == nil {
			err = consult.ErrNotFound
			return
		}
		if c.Erased {
			data.ID, data.Erased = id, true
			return
		}
		e := st.Edition(c.Edition)
		mine := c.Author != "" && c.Author == v.id()
		if !mine && !v.is(consult.Staff) {
			if !st.MayRead(e, v.id()) {
				err = v.refuse()
				return
			}
			if c.Hidden != "" { // a motion may cite it, and leads here
				data.ID, data.Veiled = id, true
				return
			}
		}
		data.shown = show(st, e, c)
		data.Mine, data.Open = mine, e.Window(v.s.now()) == nil
		data.MaySupport = data.Open && !mine && v.is(consult.Elu, consult.Rapporteur)
		data.Supported = slices.Contains(c.Supports, v.id())
		for i, x := range c.Versions {
			data.Versions = append(data.Versions, version{i + 1, x.At, []piece{{Text: x.Text}}})
		}
	})
	if err != nil {
		return err
	}
	if data.Erased {
		return v.render(http.StatusGone, "contribution.html", "Contribution effacée", data)
	}
	if data.Veiled {
		return v.render(http.StatusGone, "contribution.html", "Contribution masquée", data)
	}
	if data.Fate, err = v.fate(id); err != nil {
		return err
	}
	for i := range data.Versions {
		data.Versions[i].Pieces = cut(data.Versions[i].Pieces[0].Text, id, i+1, data.Fate.Segments, data.Fate.Known)
	}
	slices.Reverse(data.Versions)
	if data.Mine {
		data.Receipt = v.r.URL.Query().Get("recu")
	}
	return v.page("contribution.html", debut(data.Text, 60), data)
}

// mine shows a person's own words and what they reached.
func (v *visit) mine() error {
	if err := v.need(consult.Elu, consult.Rapporteur); err != nil {
		return err
	}
	type item struct {
		shown
		Fate   *fate
		Change *draft // under way, not sent yet
	}
	var data struct {
		Items []item
		Draft string
		At    time.Time
		Open  bool
	}
	v.s.view(func(st *consult.State) {
		for _, e := range st.Editions() {
			found := st.Contributions(consult.Query{Edition: e.ID, Author: v.id(), Hidden: true})
			for _, c := range found {
				data.Items = append(data.Items, item{shown: show(st, e, c)})
			}
		}
		if e := st.Current(v.s.now()); e != nil {
			data.Open = e.Window(v.s.now()) == nil
		}
	})
	changes, err := v.changes()
	if err != nil {
		return err
	}
	ids := make([]string, len(data.Items))
	for i := range data.Items {
		ids[i] = data.Items[i].ID
	}
	fates, err := v.fates(ids)
	if err != nil {
		return err
	}
	for i := range data.Items {
		item := &data.Items[i]
		if d, ok := changes[item.ID]; ok {
			item.Change = &d
		}
		item.Fate = fates[item.ID]
	}
	if d, err := v.draft(newDraft); err == nil {
		data.Draft, data.At = d.Text, d.At
	}
	return v.page("mes-contributions.html", "Mes contributions", data)
}
