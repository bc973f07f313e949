package paper

import (
	"fmt"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/textometry"
)

// TestFigureSheets writes what the page draws as rows, and no sheet of what the report
// has not.
func TestFigureSheets(t *testing.T) {
	r := &analysis.Report{Format: 1, Themes: []analysis.Theme{{ID: "a", Label: "bus"}}}
	if got := len(sheets(r)); got != 8 {
		t.Errorf("%d sheets of a report without figures, want 8", got)
	}
	r.Plane = &analysis.Plane{Values: []float64{.5, .25}, Inertia: []float64{.6, .3}, Points: []analysis.Point{
		{Theme: "a", X: 1, Y: -.5, Cos2: .75, Contribution: .5, Contributions: []float64{.4, .6}}, {Form: "arrêt", X: .5, Contributions: []float64{.1, .2}}}}
	r.Second = &analysis.Second{Classes: []analysis.Class{{Terms: []analysis.Term{{Form: "arrêt", Chi2: 12.5, In: 4, Out: 1}}, Segments: 9, Again: 7, Theme: "a", Shared: 5}}, Joins: []textometry.Join{}}
	r.Network = &analysis.Network{Nodes: []analysis.Node{{Form: "bus", Segments: 8}, {Form: "soir", Segments: 6}}, Edges: []analysis.Edge{{A: 0, B: 1, N: 5, Weight: .722}}}
	r.Richness.Growth = []analysis.Step{{Tokens: 100, Forms: 60, Expected: 58.4}}
	var got []string
	for _, s := range sheets(r)[8:] {
		for _, row := range s.rows {
			if len(row) != len(s.rows[0]) {
				t.Errorf("%s: %d cells below %d heads", s.name, len(row), len(s.rows[0]))
			}
		}
		for _, row := range s.rows[1:] {
			got = append(got, s.name+strings.TrimSuffix(fmt.Sprint(row), "]"))
		}
	}
	want := "AFC[thème bus {1 3} {-0.5 3} {0.75 3} {0.5 3} {0.4 3} {0.6 3}; AFC[mot arrêt {0.5 3} {0 3} {0 3} {0 3} {0.1 3} {0.2 3}; " +
		"Reinert[1 9 7 bus 5 arrêt 12.5 4 1; similitudes[bus soir 5 {0.722 3} 8 6; accroissement[100 60 {58.4 1}"
	if list := strings.Join(got, "; "); list != want {
		t.Errorf("got  %s\nwant %s", list, want)
	}
}
