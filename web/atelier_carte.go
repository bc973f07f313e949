package web

import (
	"html/template"
	"strconv"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/chart"
)

// figures are the map of the themes and their outline, as people left them, with
// all that they show in words beside.
type figures struct {
	Map, BigMap   template.HTML // none for fewer than two themes, or too many to draw
	Tree, BigTree template.HTML
	Themes        []themeRow
	Axes          []axisRow // of the outline; one without letter where themes are not grouped
}

// A themeRow is a theme in the table behind the map.
type themeRow struct {
	analysis.Theme
	N       int
	Address string
	Axis    string     // its letter; "": none
	Near    []themeRef // that the map ties to it
}

// A themeRef leads to a theme.
type themeRef struct {
	N              int
	Address, Label string
}

// An axisRow is an axis in the outline.
type axisRow struct {
	Letter, Label string
	Pattern       template.HTML // of its themes on the map
	Themes        []*themeRow
}

// figuresOf draws a report for the workshop.
func figuresOf(r *analysis.Report) (f figures) {
	address := func(theme string, sub int) string {
		if sub > 0 {
			return workshopThemes + theme + "#partie-" + strconv.Itoa(sub)
		}
		return workshopThemes + theme
	}
	draw := func(d *chart.Drawing, name string) template.HTML {
		if d == nil {
			return ""
		}
		return template.HTML(d.SVG(name, "")) // chart escapes what people wrote
	}
	f.Map, f.BigMap = draw(r.Map(false, address), "carte"), draw(r.Map(true, address), "grande")
	tree := r.Tree(address)
	f.Tree, f.BigTree = draw(chart.Tree(tree), "plan"), draw(chart.Mind(tree), "arbre")

	f.Themes = make([]themeRow, len(r.Themes))
	row := make(map[string]*themeRow)
	for i, t := range r.Themes {
		f.Themes[i] = themeRow{Theme: t, N: i + 1, Address: address(t.ID, 0)}
		row[t.ID] = &f.Themes[i]
	}
	tie := func(a, b string) {
		if row[a] != nil && row[b] != nil {
			row[a].Near = append(row[a].Near, themeRef{row[b].N, row[b].Address, row[b].Label})
		}
	}
	for _, l := range r.Links {
		tie(l.A, l.B)
		tie(l.B, l.A)
	}
	for n, a := range r.Axes {
		x := axisRow{Letter: r.AxisLetter(n), Label: a.Label, Pattern: draw(chart.Swatch(r.AxisGroup(n)), "motif"+strconv.Itoa(n)+"x")}
		for _, id := range a.Themes {
			if t := row[id]; t != nil {
				t.Axis = x.Letter
				x.Themes = append(x.Themes, t)
			}
		}
		f.Axes = append(f.Axes, x)
	}
	if len(r.Axes) == 0 {
		x := axisRow{}
		for i := range f.Themes {
			x.Themes = append(x.Themes, &f.Themes[i])
		}
		f.Axes = append(f.Axes, x)
	}
	return f
}
