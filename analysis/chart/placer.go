package chart

import "math"

// A box is where something stands already.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) touches(o box) bool { return b.x0 < o.x1 && o.x0 < b.x1 && b.y0 < o.y1 && o.y0 < b.y1 }

// crossed says whether a line goes through a box (Liang and Barsky 1984).
func (b box) crossed(l [4]float64) bool {
	from, to := 0., 1.
	dx, dy := l[2]-l[0], l[3]-l[1]
	for _, side := range [4][2]float64{{-dx, l[0] - b.x0}, {dx, b.x1 - l[0]}, {-dy, l[1] - b.y0}, {dy, b.y1 - l[1]}} {
		switch p, q := side[0], side[1]; {
		case p == 0:
			if q < 0 {
				return false
			}
		case p < 0:
			from = max(from, q/p)
		default:
			to = min(to, q/p)
		}
	}
	return from < to
}

// A placer finds room for names beside what they name.
type placer struct {
	drawing *Drawing
	taken   []box
	lines   [][4]float64 // which names had rather not cover
}

func (p *placer) take(b box) { p.taken = append(p.taken, b) }

func (p *placer) line(x0, y0, x1, y1 float64) { p.lines = append(p.lines, [4]float64{x0, y0, x1, y1}) }

// A seat is a place for a name.
type seat struct {
	box
	cost float64    // of its distance, and of what it covers
	tie  [4]float64 // the line to what it names, where it is far from it
	far  bool
}

// The ways in which a name may stand from its place: beside it first, for that is
// how names are read.
var ways = [...][2]float64{{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {.8, .6}, {.8, -.6}, {-.8, .6}, {-.8, -.6}, {.4, .95}, {.4, -.95}, {-.4, .95}, {-.4, -.95}}

// beside is the best seat for a name of w × h beside a disc of radius r, at most so
// many steps away from it; false: there is none.
func (p *placer) beside(x, y, r, w, h float64, steps int) (best seat, ok bool) {
	best.cost = math.Inf(1)
	for step := range steps {
		far := r + 2 + 11*float64(step)
		for n, way := range ways {
			cx, cy := tenth(x+way[0]*(far+w/2)), tenth(y+way[1]*(far+h/2))
			at := seat{box: box{cx - w/2, cy - h/2, cx + w/2, cy + h/2}, far: step > 0}
			if at.far {
				toX, toY := min(max(x, at.x0), at.x1), min(max(y, at.y0), at.y1)
				edge := r / max(math.Hypot(toX-x, toY-y), r)
				at.tie = [4]float64{tenth(x + (toX-x)*edge), tenth(y + (toY-y)*edge), toX, toY}
			}
			if at.cost = 2.5*float64(step) + .05*float64(n) + p.covers(at); at.cost < best.cost && p.free(at.box) {
				best, ok = at, true
			}
		}
	}
	return best, ok
}

// free says whether a box touches none, and lies inside the drawing.
func (p *placer) free(b box) bool {
	if b.x0 < 0 || b.y0 < 0 || b.x1 > p.drawing.Width || b.y1 > p.drawing.Height {
		return false
	}
	for _, o := range p.taken {
		if b.touches(o) {
			return false
		}
	}
	return true
}

// covers is what a seat costs by the lines that it covers, and by what its own tie
// goes through.
func (p *placer) covers(at seat) (cost float64) {
	for _, l := range p.lines {
		if at.crossed(l) {
			cost += 2
		}
	}
	if !at.far {
		return cost
	}
	for _, o := range p.taken {
		if inside := o.x0 <= at.tie[0] && at.tie[0] <= o.x1 && o.y0 <= at.tie[1] && at.tie[1] <= o.y1; !inside && o.crossed(at.tie) {
			cost += 4
		}
	}
	return cost
}

// sit takes a seat, and draws its tie.
func (p *placer) sit(at seat) {
	p.take(at.box)
	if at.far {
		p.line(at.tie[0], at.tie[1], at.tie[2], at.tie[3])
		p.drawing.add(Mark{Kind: Line, X: at.tie[0], Y: at.tie[1], W: at.tie[2], H: at.tie[3], Size: .75, Soft: true})
	}
}

// tenth rounds a place, so that all machines choose the same ones.
func tenth(x float64) float64 { return math.Round(10*x) / 10 }
