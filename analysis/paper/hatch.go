package paper

import (
	"math"

	"github.com/villes-internet/congres/analysis/chart"
	"github.com/villes-internet/congres/motion/publish/pdf"
)

// tints are the greys of groups; hatch tells apart on paper those that are close.
var tints = [chart.Patterns]float64{1, .9, .96, .82, .93, .97}

// What hatching is made of: how far strokes are apart, how wide they and dots are,
// and how grey.
const (
	hatchGap   = 4.5
	hatchWidth = .7
	hatchDot   = .9
	hatchGray  = .5
	hatchHole  = 9 // radius left blank in the middle of a disc, where its number stands
)

// hatch is what a group's rectangles and discs are covered with, as on the page (see
// package chart): nothing, diagonals, dots, lines, columns, both.
func hatch(m chart.Mark) (out []pdf.Shape) {
	x0, y0, x1, y1 := m.X, m.Y, m.X+m.W, m.Y+m.H
	inside := func(x, y float64) bool { return x > x0 && x < x1 && y > y0 && y < y1 }
	if m.Kind == chart.Disc {
		x0, y0, x1, y1 = m.X-m.W, m.Y-m.W, m.X+m.W, m.Y+m.W
		inside = func(x, y float64) bool { far := math.Hypot(x-m.X, y-m.Y); return far < m.W && far > hatchHole }
	}
	// stroke draws the pieces of a line that are inside.
	stroke := func(ax, ay, bx, by float64) {
		const steps = 200
		at := func(i int) (x, y float64) {
			part := float64(i) / steps
			return ax + part*(bx-ax), ay + part*(by-ay)
		}
		first := -1
		for i := range steps + 2 {
			switch in := i <= steps && inside(at(i)); {
			case in && first < 0:
				first = i
			case !in && first >= 0:
				if fx, fy := at(first); i-1 > first {
					lx, ly := at(i - 1)
					out = append(out, pdf.Shape{Form: pdf.Stroke, X: fx, Y: fy, W: lx, H: ly, Size: hatchWidth, Gray: hatchGray})
				}
				first = -1
			}
		}
	}
	width, height := x1-x0, y1-y0
	rows := func() {
		for y := y0 + hatchGap/2; y < y1; y += hatchGap {
			stroke(x0, y, x1, y)
		}
	}
	columns := func() {
		for x := x0 + hatchGap/2; x < x1; x += hatchGap {
			stroke(x, y0, x, y1)
		}
	}
	switch m.Group % chart.Patterns {
	case 1:
		for d := hatchGap; d < width+height; d += hatchGap * math.Sqrt2 {
			stroke(x0+d, y0, x0+d-height, y1)
		}
	case 2:
		for y := y0 + hatchGap/2; y < y1; y += hatchGap {
			for x := x0 + hatchGap/2; x < x1; x += hatchGap {
				if inside(x-hatchDot, y) && inside(x+hatchDot, y) && inside(x, y-hatchDot) && inside(x, y+hatchDot) {
					out = append(out, pdf.Shape{Form: pdf.Stroke, X: x - hatchDot, Y: y, W: x + hatchDot, H: y, Size: 2 * hatchDot, Gray: hatchGray})
				}
			}
		}
	case 3:
		rows()
	case 4:
		columns()
	case 5:
		rows()
		columns()
	}
	return out
}
