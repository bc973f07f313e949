package analysis

import (
	"cmp"
	"errors"
	"slices"

	"github.com/villes-internet/congres/analysis/textometry"
)

// What the AFC takes, and keeps.
const (
	planeWords = 400 // most frequent lemmas that take part
	planeLeast = 5   // segments that hold each of them, at least
	planeShown = 40  // lemmas kept
	planeAxes  = 3
	mostThemes = 60  // above which a plane says nothing to anybody
	faint      = 0.2 // cos² below which the plane shows a point badly
)

// A Plane is a correspondence analysis of themes × words, on its first axes: three, or
// two where there are no more.
type Plane struct {
	Words   int       `json:"mots"`            // lemmas that take part; 0: a report of before, which says neither this nor what follows
	Count   int       `json:"occurrences"`     // of them, in segments of a theme: the table's sum
	Total   float64   `json:"inertie_totale"`  // of the table
	Values  []float64 `json:"valeurs_propres"` // principal inertia of each axis
	Inertia []float64 `json:"inertie"`         // share of the total that each axis carries, 0…1
	Points  []Point   `json:"points"`          // themes in the report's order, then words, those that contribute most to the plane first
}

// A Point is a theme, or a form that contributes much to the first plane.
type Point struct {
	Theme         string    `json:"theme,omitempty"` // identifier; "": a form
	Form          string    `json:"forme,omitempty"`
	X             float64   `json:"x"`
	Y             float64   `json:"y"`
	Z             float64   `json:"z,omitempty"`             // on the third axis
	Cos2          float64   `json:"cos2"`                    // how well the plane of the first two shows it, 0…1
	Contribution  float64   `json:"contribution"`            // to that plane, of all themes or all forms, 0…1
	Contributions []float64 `json:"contributions,omitempty"` // to each axis, likewise
}

// Faint is whether the plane shows a point so badly that its place says little.
func (p Point) Faint() bool { return p.Cos2 < faint }

// plane is the AFC of themes × forms; nil where there is none to make.
func (r *reading) plane(report *Report, of []int) (*Plane, error) {
	themes := len(report.Themes)
	if themes < 3 || themes > mostThemes {
		return nil, nil
	}
	frequent := r.frequent(planeWords, planeLeast)
	column := make(map[int32]int, len(frequent))
	for n, lemma := range frequent {
		column[lemma] = n
	}
	counts := make([][]float64, themes)
	for t := range counts {
		counts[t] = make([]float64, len(frequent))
	}
	total := 0
	for i, words := range r.words {
		if of[i] < 0 {
			continue
		}
		for _, w := range words {
			if n, ok := column[w.Lemma]; ok && w.Lemma >= 0 {
				counts[of[i]][n]++
				total++
			}
		}
	}
	afc, err := textometry.Correspondence(counts, planeAxes)
	if errors.Is(err, textometry.ErrNothing) || err == nil && len(afc.Inertia) < 2 {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	p := &Plane{Words: len(frequent), Count: total, Total: round(afc.Total, 4)}
	for _, value := range afc.Inertia {
		p.Values, p.Inertia = append(p.Values, round(value, 4)), append(p.Inertia, round(value/afc.Total, 4))
	}
	point := func(p textometry.Point) Point {
		weight := afc.Inertia[0] + afc.Inertia[1]
		out := Point{X: round(p.Coord[0], 4), Y: round(p.Coord[1], 4), Cos2: round(p.Cos2[0]+p.Cos2[1], 3),
			Contribution: round((p.Contribution[0]*afc.Inertia[0]+p.Contribution[1]*afc.Inertia[1])/weight, 4)}
		if len(p.Coord) > 2 {
			out.Z = round(p.Coord[2], 4)
		}
		for _, part := range p.Contribution {
			out.Contributions = append(out.Contributions, round(part, 4))
		}
		return out
	}
	for t := range report.Themes {
		x := point(afc.Rows[t])
		x.Theme = report.Themes[t].ID
		p.Points = append(p.Points, x)
	}
	var forms []Point
	for n, lemma := range frequent {
		x := point(afc.Columns[n])
		x.Form = r.spelled[lemma]
		forms = append(forms, x)
	}
	slices.SortStableFunc(forms, func(a, b Point) int { return cmp.Compare(b.Contribution, a.Contribution) })
	p.Points = append(p.Points, forms[:min(planeShown, len(forms))]...)
	return p, nil
}
