package analysis

import (
	"strconv"

	"github.com/villes-internet/congres/analysis/chart"
	"github.com/villes-internet/congres/analysis/textometry"
)

// draw makes the page's figures.
func (v *pageView) draw() {
	var bars []chart.Bar
	for n, t := range v.Views {
		bars = append(bars, chart.Bar{Label: strconv.Itoa(t.N) + ". " + capital(t.Label), Value: plural(t.Documents, "texte"), N: float64(t.Documents)})
		var words []chart.Bar
		for _, term := range t.Terms[:min(8, len(t.Terms))] {
			words = append(words, chart.Bar{Label: term.Form, Value: "χ² " + french1(term.Chi2), N: term.Chi2})
		}
		if t.Distinguished() {
			v.Views[n].Chart = chart.Bars(words)
		}
	}
	v.Bars = chart.Bars(bars)
	here := func(theme string, sub int) string {
		if sub > 0 {
			return "#" + theme + "-s" + strconv.Itoa(sub)
		}
		return "#" + theme
	}
	v.Map, v.BigMap = v.Report.Map(false, here), v.Report.Map(true, here)
	for n, a := range v.Axes {
		v.Legend = append(v.Legend, legendView{v.AxisLetter(n), a.Label, chart.Swatch(v.AxisGroup(n))})
	}
	tree := v.Report.Tree(here)
	v.Tree, v.Mind = chart.Tree(tree), chart.Mind(tree)
	v.Net, v.Growth, v.Forks = v.Report.DrawNetwork(), v.Report.DrawGrowth(), v.Report.DrawClasses()
	v.Figures = map[string]*chart.Drawing{"afc": v.Report.DrawPlane(false), "large afc": v.Report.DrawPlane(true)}
	v.Names = make(map[string]string)
	for _, t := range v.Views {
		v.Names[t.ID] = strconv.Itoa(t.N) + ". " + capital(t.Label)
	}
	for n, x := range v.Spoken {
		v.Spoken[n].Chart = drawVariable(&x.Variable)
	}
}

func drawVariable(v *Variable) *chart.Drawing {
	var bars []chart.Bar
	for _, m := range v.Modalities {
		bars = append(bars, chart.Bar{Label: capital(ValueName(v.Name, m.Name)), Value: plural(m.Documents, "texte"), N: float64(m.Documents)})
	}
	return chart.Bars(bars)
}

// An Address says where a figure's theme leads, or one of its sub-themes, from 1; 0
// is the theme itself.
type Address func(theme string, sub int) string

// to is an address, "" where there are none.
func (a Address) to(theme string, sub int) string {
	if a == nil {
		return ""
	}
	return a(theme, sub)
}

// Map draws the themes, numbered from 1, where those of like vocabulary are near
// each other; nil for fewer than two, or more than 60. A nil Address leads nowhere.
func (r *Report) Map(large bool, a Address) *chart.Drawing {
	if len(r.Themes) < 2 || len(r.Themes) > mostThemes {
		return nil
	}
	group, place := make(map[string]int), make(map[string]int)
	for n, axis := range r.Axes {
		for _, id := range axis.Themes {
			group[id] = r.AxisGroup(n)
		}
	}
	var spots []chart.Spot
	for n, t := range r.Themes {
		place[t.ID] = n
		spots = append(spots, chart.Spot{X: t.X, Y: t.Y, Size: float64(t.Documents), Label: capital(t.Label), Group: group[t.ID], To: a.to(t.ID, 0)})
	}
	var ties []chart.Tie
	for _, l := range r.Links {
		ties = append(ties, chart.Tie{A: place[l.A], B: place[l.B], Weight: l.Weight})
	}
	return chart.Map(spots, ties, large)
}

// Tree is the outline: axes, themes, sub-themes.
func (r *Report) Tree(a Address) chart.Branch {
	name := r.Corpus.Name
	if name == "" {
		name = "Corpus"
	}
	root := chart.Branch{Label: capital(name)}
	of := make(map[string]chart.Branch)
	for n, t := range r.Themes {
		b := chart.Branch{Label: strconv.Itoa(n+1) + ". " + capital(t.Label), To: a.to(t.ID, 0)}
		for i, s := range t.Subthemes {
			b.Kids = append(b.Kids, chart.Branch{Label: s.Label, To: a.to(t.ID, i+1)})
		}
		of[t.ID] = b
		if len(r.Axes) == 0 {
			root.Kids = append(root.Kids, b)
		}
	}
	for n, axis := range r.Axes {
		b := chart.Branch{Label: r.AxisLetter(n) + ". " + axis.Label}
		for _, id := range axis.Themes {
			b.Kids = append(b.Kids, of[id])
		}
		root.Kids = append(root.Kids, b)
	}
	return root
}

// DrawPlane draws the AFC; nil without one.
func (r *Report) DrawPlane(large bool) *chart.Drawing {
	if r.Plane == nil {
		return nil
	}
	number := make(map[string]int)
	for n, t := range r.Themes {
		number[t.ID] = n + 1
	}
	var dots []chart.Dot
	for _, p := range r.Plane.Points {
		dots = append(dots, chart.Dot{X: p.X, Y: p.Y, Label: p.Form, Number: number[p.Theme], Faint: p.Faint(), Weight: p.Contribution})
	}
	axis := func(n int) string {
		return "axe " + strconv.Itoa(n+1) + " (" + french1(100*r.Plane.Inertia[n]) + "\u00a0%)"
	}
	return chart.Plane(dots, axis(0), axis(1), large)
}

// DrawNetwork draws the similarity tree; nil without one.
func (r *Report) DrawNetwork() *chart.Drawing {
	if r.Network == nil {
		return nil
	}
	var spots []chart.Spot
	for _, n := range r.Network.Nodes {
		spots = append(spots, chart.Spot{X: n.X, Y: n.Y, Size: float64(n.Segments), Label: n.Form, Group: n.Group})
	}
	var ties []chart.Tie
	for _, e := range r.Network.Edges {
		ties = append(ties, chart.Tie{A: e.A, B: e.B, Weight: e.Weight})
	}
	return chart.Words(spots, ties)
}

// DrawGrowth draws how the vocabulary grows; nil where it was not measured.
func (r *Report) DrawGrowth() *chart.Drawing {
	if len(r.Richness.Growth) < 3 {
		return nil
	}
	var points []chart.Growth
	for _, s := range r.Richness.Growth {
		points = append(points, chart.Growth{N: float64(s.Tokens), Seen: float64(s.Forms), Expected: s.Expected})
	}
	return chart.Grow(points, plural(r.Corpus.Tokens, "mot"), plural(r.Corpus.Forms, "forme"))
}

// DrawClasses draws Reinert's dendrogram; nil without one. A class's height is its
// rank, as the χ² of successive cuts are not of one scale.
func (r *Report) DrawClasses() *chart.Drawing {
	if r.Second == nil {
		return nil
	}
	var leaves []string
	for n, c := range r.Second.Classes {
		label := strconv.Itoa(n+1) + "."
		for i, t := range c.Terms[:min(3, len(c.Terms))] {
			if i > 0 {
				label += ","
			}
			label += " " + t.Form
		}
		leaves = append(leaves, label)
	}
	return chart.Forks(leaves, forks(r.Second.Joins))
}

// forks draws each join one step beyond those that it holds.
func forks(joins []textometry.Join) []chart.Fork {
	n := len(joins) + 1
	height := make([]float64, n+len(joins))
	var out []chart.Fork
	for i, j := range joins {
		height[n+i] = 1 + max(height[j.A], height[j.B])
		out = append(out, chart.Fork{A: j.A, B: j.B, Height: height[n+i]})
	}
	return out
}
