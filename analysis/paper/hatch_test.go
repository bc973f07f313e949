package paper

import (
	"fmt"
	"math"
	"testing"

	"github.com/villes-internet/congres/analysis/chart"
	"github.com/villes-internet/congres/motion/publish/pdf"
)

// TestHatch covers each group's shapes differently, and nothing beyond them.
func TestHatch(t *testing.T) {
	for _, kind := range []chart.Kind{chart.Disc, chart.Rect} {
		seen := make(map[string]bool)
		for g := range chart.Patterns {
			m := chart.Mark{Kind: kind, X: 50, Y: 40, W: 15, H: 12, Group: g}
			marks := hatch(m)
			if seen[fmt.Sprint(marks)] || (len(marks) == 0) != (g == 0) {
				t.Errorf("group %d has %d marks, or those of another", g, len(marks))
			}
			seen[fmt.Sprint(marks)] = true
			for _, s := range marks {
				for _, p := range [][2]float64{{s.X, s.Y}, {s.W, s.H}} {
					if s.Form != pdf.Stroke {
						t.Errorf("group %d: form %d", g, s.Form)
					}
					out := math.Hypot(p[0]-m.X, p[1]-m.Y) > m.W
					if kind == chart.Rect {
						out = p[0] < m.X || p[0] > m.X+m.W || p[1] < m.Y || p[1] > m.Y+m.H
					}
					if out {
						t.Errorf("group %d: %v is outside", g, p)
					}
				}
			}
		}
	}
}
