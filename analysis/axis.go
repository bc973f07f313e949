package analysis

import (
	"cmp"
	"math"
	"slices"

	"github.com/villes-internet/congres/analysis/textometry"
)

// An Axis is a group of themes that share their vocabulary, found by Ward's
// agglomeration of the themes' centroids. Once people have seen it, it keeps its
// letter, its name and its themes for as long as one of them is there.
type Axis struct {
	Letter string   `json:"lettre,omitempty"` // "A", "B"…, see [Report.AxisLetter]
	Label  string   `json:"label"`
	Themes []string `json:"themes"` // identifiers, by weight
}

// AxisLetter is how figures call the axis at a place in Axes. Reports of before
// have no letters: theirs are those of the places.
func (r *Report) AxisLetter(n int) string { return cmp.Or(r.Axes[n].Letter, letter(n)) }

// AxisGroup is the number of an axis's pattern in figures, from 0: it goes with the
// letter.
func (r *Report) AxisGroup(n int) int { return letterNumber(r.AxisLetter(n)) }

// letter is A to Z, then AA, AB…, from 0.
func letter(n int) string {
	if n < 26 {
		return string(rune('A' + n))
	}
	return letter(n/26-1) + string(rune('A'+n%26))
}

// letterNumber is what letter is of; of anything else, a number from 0.
func letterNumber(s string) int {
	n := 0
	for _, c := range s {
		n = 26*n + max(0, int(c-'A'+1)%27)
	}
	return max(0, n-1)
}

// fewThemes is how many themes need no axes, manyThemes how many are too many for
// the map and for axes.
const (
	fewThemes  = 4
	manyThemes = 200
)

// mostAxes is how many axes so many themes have at most, when they are found.
func mostAxes(themes int) int {
	return max(2, min(6, int(math.Round(1.2*math.Sqrt(float64(themes))))))
}

// group gives every theme its axis, a place in report.Axes, which it fills; nil where
// themes have none. Themes that were in an axis stay in it; the others join the
// nearest one or, where themes have become many, make new ones, which come last. None
// has more than twice its part of the themes, unless it had them before (else a
// corpus with one common subject would make one axis). squared has the squared distances
// of the themes' centroids.
func (report *Report) group(squared [][]float64, was []Axis) (axisOf []int) {
	n := len(report.Themes)
	if n > manyThemes {
		return nil
	}
	weights := make([]float64, n) // a theme of few texts joins others first
	for t := range report.Themes {
		weights[t] = math.Sqrt(float64(max(1, report.Themes[t].Documents)))
	}
	k := mostAxes(n)
	if axisOf = report.hold(was); axisOf != nil {
		report.settle(axisOf, squared, weights, max(k, len(report.Axes)), was)
	} else if n >= fewThemes {
		axisOf = textometry.CutJoins(textometry.Ward(squared, weights, (2*n+k-1)/k), n, k)
		report.Axes = make([]Axis, slices.Max(axisOf)+1)
		for a := range report.Axes {
			report.Axes[a].Letter = letter(a)
		}
	}
	for t, a := range axisOf {
		report.Axes[a].Themes = append(report.Axes[a].Themes, report.Themes[t].ID)
	}
	return axisOf
}

// hold takes over the axes of before that still have a theme, and gives themes their
// axis: -1 for those that had none. nil: no axis has a theme.
func (report *Report) hold(was []Axis) []int {
	of := make(map[string]int)
	for a, x := range was {
		for _, id := range x.Themes {
			of[id] = a + 1
		}
	}
	place := make([]int, len(was)) // in the report, from 1
	axisOf := make([]int, len(report.Themes))
	for t := range report.Themes {
		if axisOf[t] = of[report.Themes[t].ID] - 1; axisOf[t] >= 0 {
			place[axisOf[t]] = 1
		}
	}
	for a, x := range was {
		if place[a] > 0 {
			report.Axes = append(report.Axes, Axis{Letter: cmp.Or(x.Letter, letter(a)), Label: x.Label})
			place[a] = len(report.Axes)
		}
	}
	if len(report.Axes) == 0 {
		return nil
	}
	for t, a := range axisOf {
		if a >= 0 {
			axisOf[t] = place[a] - 1
		}
	}
	return axisOf
}

// settle gives an axis to the themes that have none (-1): it unites them, with each
// other and with the axes that are there, by Ward's criterion as when axes are found,
// until there are most groups; a theme that is left alone joins the nearest axis.
// Those of before are never united with each other.
func (report *Report) settle(axisOf []int, squared [][]float64, weights []float64, most int, was []Axis) {
	held := len(report.Axes)
	groups := make([][]int, held)
	for t, a := range axisOf {
		if a >= 0 {
			groups[a] = append(groups[a], t)
		} else {
			groups = append(groups, []int{t})
		}
	}
	// The mean squared distance between the members of two groups, by their weights.
	mean := func(a, b []int) float64 {
		sum, all := 0., 0.
		for _, i := range a {
			for _, j := range b {
				w := weights[i] * weights[j]
				sum += float64(w * squared[i][j])
				all += w
			}
		}
		return sum / all
	}
	weight := func(list []int) (sum float64) {
		for _, i := range list {
			sum += weights[i]
		}
		return sum
	}
	rise := func(a, b []int) float64 { // of the inertia within groups, were they united
		wa, wb := weight(a), weight(b)
		return wa * wb / (wa + wb) * (mean(a, b) - float64(mean(a, a)/2) - float64(mean(b, b)/2))
	}
	// nearest is the pair of which one is new and fits that costs least; -1: none.
	nearest := func(fits func(a, b int) bool) (into, from int) {
		into, from = -1, -1
		least := math.Inf(1)
		for b := held; b < len(groups); b++ {
			for a := range b {
				if !fits(a, b) {
					continue
				}
				if x := rise(groups[a], groups[b]); x < least-1e-12 {
					into, from, least = a, b, x
				}
			}
		}
		return into, from
	}
	unite := func(a, b int) {
		groups[a] = append(groups[a], groups[b]...)
		groups = slices.Delete(groups, b, b+1)
	}
	size := (2*len(axisOf) + most - 1) / most
	for len(groups) > most {
		a, b := nearest(func(a, b int) bool { return len(groups[a])+len(groups[b]) <= size })
		if a < 0 {
			a, b = nearest(func(int, int) bool { return true })
		}
		unite(a, b)
	}
	for {
		a, b := nearest(func(a, b int) bool { return a < held && len(groups[b]) == 1 })
		if a < 0 {
			break
		}
		unite(a, b)
	}
	next := 0 // after every letter that people have seen
	for a, x := range was {
		next = max(next, letterNumber(cmp.Or(x.Letter, letter(a)))+1)
	}
	for range groups[held:] {
		report.Axes = append(report.Axes, Axis{Letter: letter(next)})
		next++
	}
	for a, list := range groups {
		for _, t := range list {
			axisOf[t] = a
		}
	}
}

// A before is what people have seen of the themes, and find again.
type before struct {
	axes  []Axis
	at    map[string]textometry.Place // themes on the map; {0 0}: not yet
	names map[string]string           // that were found for themes
}

// seen is what a run follows.
func (s Settings) seen() before {
	b := before{s.PreviousAxes, make(map[string]textometry.Place), make(map[string]string)}
	for _, p := range s.Previous {
		b.at[p.ID], b.names[p.ID] = textometry.Place{X: p.X, Y: p.Y}, p.Found
	}
	return b
}

// seen is what a report showed.
func (r *Report) seen() before {
	b := before{r.Axes, make(map[string]textometry.Place), make(map[string]string)}
	for _, t := range r.Themes {
		b.at[t.ID] = textometry.Place{X: t.X, Y: t.Y}
		if !t.Named && !t.Replaced {
			b.names[t.ID] = t.Label
		}
	}
	return b
}

// lay puts the themes on the map: those that were on it where they were, the others
// between the three that they are closest to; all anew where fewer than half were.
func (report *Report) lay(drawn *textometry.Graph, squared [][]float64, was map[string]textometry.Place) {
	var old, fresh []int
	for t := range report.Themes {
		if at := was[report.Themes[t].ID]; at != (textometry.Place{}) {
			report.Themes[t].X, report.Themes[t].Y = at.X, at.Y
			old = append(old, t)
		} else {
			fresh = append(fresh, t)
		}
	}
	if len(old) < max(1, len(fresh)) {
		for t, p := range drawn.Layout() {
			report.Themes[t].X, report.Themes[t].Y = round(p.X, 4), round(p.Y, 4)
		}
		return
	}
	for _, t := range fresh {
		slices.SortStableFunc(old, func(a, b int) int { return cmp.Compare(squared[t][a], squared[t][b]) })
		var x, y, all float64
		for _, o := range old[:min(3, len(old))] {
			w := 1 / max(squared[t][o], 1e-3)
			x += float64(w * report.Themes[o].X)
			y += float64(w * report.Themes[o].Y)
			all += w
		}
		report.Themes[t].X, report.Themes[t].Y = round(x/all, 4), round(y/all, 4)
	}
}
