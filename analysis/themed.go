package analysis

import (
	"maps"
	"slices"
	"strconv"

	"github.com/villes-internet/congres/corpora"
)

// Names under which [Report.Themed] says what a text speaks of.
const (
	varTheme = "theme"
	unthemed = "sans thème"
	mostSaid = 3 // themes of a text: theme, theme_2, theme_3
)

// Themed returns c with each text's themes among its variables, for those who
// carry on in another program: « theme », its main one by its label, then
// « theme_2 » and « theme_3 » where it speaks of others. A text without any has
// « sans thème ». Where the corpus has such a variable already, ours is called
// « theme_analyse », then « theme_analyse2 » and so on. c is not changed.
func (r *Report) Themed(c corpora.Corpus) corpora.Corpus {
	label := make(map[string]string, len(r.Themes))
	for _, t := range r.Themes {
		label[t.ID] = t.Label
	}
	placed := make(map[string]*Placed, len(r.Documents))
	for i := range r.Documents {
		placed[r.Documents[i].ID] = &r.Documents[i]
	}
	taken := make(map[string]bool)
	for _, d := range c.Documents {
		for name := range d.Variables {
			taken[name] = true
		}
	}
	base := varTheme
	for n := 1; taken[base] || taken[nth(base, 1)] || taken[nth(base, 2)]; n++ {
		if base = varTheme + "_analyse"; n > 1 {
			base += strconv.Itoa(n)
		}
	}
	out := corpora.Corpus{Name: c.Name, Documents: slices.Clone(c.Documents)}
	for i := range out.Documents {
		d := &out.Documents[i]
		d.Variables = maps.Clone(d.Variables)
		if d.Variables == nil {
			d.Variables = make(map[string]string)
		}
		d.Variables[base] = unthemed
		p := placed[d.ID]
		if p == nil || p.Theme == "" {
			continue
		}
		said := append([]string{p.Theme}, slices.DeleteFunc(slices.Clone(p.Themes), func(id string) bool { return id == p.Theme })...)
		for n, id := range said[:min(len(said), mostSaid)] {
			d.Variables[nth(base, n)] = label[id]
		}
	}
	return out
}

// nth is name, then name_2, name_3.
func nth(name string, n int) string {
	if n == 0 {
		return name
	}
	return name + "_" + strconv.Itoa(n+1)
}
