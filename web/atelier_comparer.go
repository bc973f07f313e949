package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/store"
)

// mostRuns is how many analyses of an edition are offered to compare with, and
// mostEditions how many editions.
const (
	mostRuns     = 50
	mostEditions = 20
)

// workshopCompare sets today's themes beside those of an earlier analysis, as it
// found them, or beside those of another edition.
func (v *visit) workshopCompare() error {
	if err := v.need(consult.Staff); err != nil {
		return err
	}
	edition, err := v.edition()
	if err != nil {
		return err
	}
	type run struct {
		*desk.Run
		Who        string
		Number, Of int // its place in time, from 1, and that of the one that it returns to, else 0
		Now        int // themes that its edition has now, of the newest run where decisions changed how many; else 0
	}
	type editionRuns struct {
		Title string
		Runs  []run
	}
	type row struct {
		Label, Address, Then string
		Places               string // where those sentences are; "" for another edition's
		Sentences            int
		First                bool // of its theme
		Span                 int  // rows of its theme
	}
	var data struct {
		Runs       []run
		Editions   []editionRuns // the others that were analysed
		Edition    string        // of the run, where it is another one
		Comparison desk.Comparison
		Rows       []row
		Chosen     bool
		Back       bool // the run is one to return to
		Key        string
	}
	var editions []*consult.Edition
	v.s.view(func(st *consult.State) { editions = st.Editions() })
	runsOf := func(edition string) (out []run) {
		runs, number := v.s.Desk.Runs(edition), map[string]int{}
		for i, r := range runs {
			number[r.ID] = i + 1
		}
		slices.Reverse(runs)
		v.s.view(func(st *consult.State) {
			for _, r := range runs[:min(len(runs), mostRuns)] {
				who := "la ligne de commande"
				if p := st.Person(r.Actor); p != nil {
					who = p.Name()
				}
				out = append(out, run{r, who, number[r.ID], number[r.Back], 0})
			}
		})
		return out
	}
	if data.Runs = runsOf(edition); data.Runs != nil {
		r, err := v.s.Desk.Report(v.r.Context(), edition)
		if err != nil {
			return err
		}
		if n := len(r.Themes); n != len(data.Runs[0].Themes) {
			data.Runs[0].Now = n
		}
	}
	titles := map[string]string{}
	for _, e := range editions {
		titles[e.ID] = e.Title
		if e.ID == edition || len(data.Editions) == mostEditions {
			continue
		}
		if runs := runsOf(e.ID); runs != nil {
			data.Editions = append(data.Editions, editionRuns{e.Title, runs})
		}
	}
	chosen := v.r.URL.Query().Get("avec")
	if chosen == "" {
		return v.render(http.StatusOK, "atelier-comparer.html", "Comparer deux analyses", data)
	}
	data.Chosen = true
	data.Comparison, err = v.s.Desk.Compare(v.r.Context(), edition, chosen)
	if errors.Is(err, desk.ErrNoRun) {
		return consult.ErrNotFound
	}
	if err != nil {
		return err
	}
	data.Back = !data.Comparison.Other && data.Runs[0].ID != chosen
	data.Key = store.NewID()
	none := "Non classé"
	if data.Comparison.Other {
		data.Edition, none = titles[data.Comparison.Run.Edition], "Aucun thème d’alors"
	}
	unclassified := func(n desk.Named, none string) string {
		if n.Theme == "" {
			return none
		}
		return sentenceCase(n.Label)
	}
	first := 0
	for i, c := range data.Comparison.Crossings {
		to := workshopThemes + c.Now.Theme
		if c.Now.Theme == "" {
			to = "/atelier/themes/sans-theme"
		}
		places := ""
		if !data.Comparison.Other {
			places = to + "?" + url.Values{"analyse": {chosen}, "alors": {c.Then.Theme}}.Encode() + "#phrases"
		}
		x := row{unclassified(c.Now, "Non classé"), to, unclassified(c.Then, none), places, c.Sentences, i == 0 || data.Comparison.Crossings[i-1].Now.Theme != c.Now.Theme, 1}
		if x.First {
			first = i
		}
		data.Rows = append(data.Rows, x)
		data.Rows[first].Span = i - first + 1
	}
	return v.render(http.StatusOK, "atelier-comparer.html", "Comparer deux analyses", data)
}
