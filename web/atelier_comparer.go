package web

import (
	"errors"
	"slices"

	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
)

// mostRuns is how many analyses are offered to compare with.
const mostRuns = 50

// workshopCompare sets today's themes beside those of an earlier analysis, as it
// found them.
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
		Who string
	}
	type row struct {
		Label, Address, Then string
		Sentences            int
		First                bool // of its theme
		Span                 int  // rows of its theme
	}
	var data struct {
		Runs       []run
		Comparison desk.Comparison
		Rows       []row
		Chosen     bool
	}
	runs := slices.Clone(v.s.Desk.Runs(edition))
	slices.Reverse(runs)
	v.s.view(func(st *consult.State) {
		for _, r := range runs[:min(len(runs), mostRuns)] {
			who := "la ligne de commande"
			if p := st.Person(r.Actor); p != nil {
				who = p.Name()
			}
			data.Runs = append(data.Runs, run{r, who})
		}
	})
	chosen := v.r.URL.Query().Get("avec")
	if chosen == "" {
		return v.wide("atelier-comparer.html", "Comparer deux analyses", data)
	}
	data.Chosen = true
	data.Comparison, err = v.s.Desk.Compare(v.r.Context(), edition, chosen)
	if errors.Is(err, desk.ErrNoRun) {
		return consult.ErrNotFound
	}
	if err != nil {
		return err
	}
	unclassified := func(n desk.Named) string {
		if n.Theme == "" {
			return "Non classé"
		}
		return sentenceCase(n.Label)
	}
	first := 0
	for i, c := range data.Comparison.Crossings {
		to := "/atelier/themes/" + c.Now.Theme
		if c.Now.Theme == "" {
			to = "/atelier/themes/sans-theme"
		}
		x := row{unclassified(c.Now), to, unclassified(c.Then), c.Sentences, i == 0 || data.Comparison.Crossings[i-1].Now.Theme != c.Now.Theme, 1}
		if x.First {
			first = i
		}
		data.Rows = append(data.Rows, x)
		data.Rows[first].Span = i - first + 1
	}
	return v.wide("atelier-comparer.html", "Comparer deux analyses", data)
}
