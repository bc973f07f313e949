package chart

import (
	"math"
	"slices"
	"strconv"
)

// A Dot is a point of a plane. A Number above 0 is written in a square, an empty one
// where the plane shows it badly (Faint); else its label is written where there is
// room.
type Dot struct {
	X, Y   float64
	Label  string
	Number int
	Faint  bool
	Weight float64 // words of more weight are written first
}

// Plane draws points around the origin of two axes of one scale, 720 wide when it is
// large, else 360. What lies far beyond the others is drawn at the edge. Every point
// has its dot; what was moved to be read is tied to it.
func Plane(dots []Dot, across, up string, large bool) *Drawing {
	d := &Drawing{Width: 360}
	most, edge, size, letters := 460., 30., 12., 16
	if large {
		d.Width = 720
		most, edge, size, letters = 560, 60, 13, 22
	}
	var far []float64
	for _, p := range dots {
		far = append(far, max(math.Abs(p.X), math.Abs(p.Y)))
	}
	slices.Sort(far)
	reach := 1.
	if len(far) > 0 {
		reach = max(far[len(far)*9/10], far[len(far)-1]/1.8)
	}
	within := func(v float64) float64 { return min(max(v, -reach), reach) }
	var x0, x1, y0, y1 float64 // of all points and the origin
	for _, p := range dots {
		x0, x1 = min(x0, within(p.X)), max(x1, within(p.X))
		y0, y1 = min(y0, within(p.Y)), max(y1, within(p.Y))
	}
	scale := 1.
	if x1 > x0 || y1 > y0 {
		scale = min((d.Width-2*edge)/max(x1-x0, 1e-9), (most-2*edge)/max(y1-y0, 1e-9))
	}
	d.Height = tenth(max((y1-y0)*scale, 60) + 2*edge)
	left := (d.Width - (x1-x0)*scale) / 2
	x := func(v float64) float64 { return tenth(left + (within(v)-x0)*scale) }
	y := func(v float64) float64 { return tenth(edge + (y1-within(v))*scale) }
	room := &placer{drawing: d}
	for _, l := range [][4]float64{{0, y(0), d.Width, y(0)}, {x(0), 0, x(0), d.Height}} {
		d.add(Mark{Kind: Line, X: l[0], Y: l[1], W: l[2], H: l[3], Size: 1, Soft: true})
		room.line(l[0], l[1], l[2], l[3])
	}
	d.add(Mark{Kind: Word, X: d.Width - 2, Y: d.Height - 4, Text: across, Size: 12, Anchor: End, Soft: true}, Mark{Kind: Word, X: x(0) + 5, Y: 11, Text: up, Size: 12, Soft: true})
	room.take(box{d.Width - wide(across, 12) - 6, d.Height - 18, d.Width, d.Height})
	room.take(box{x(0), 0, x(0) + wide(up, 12) + 6, 16})

	var places [][2]float64
	for _, p := range dots {
		if p.Number > 0 {
			places = append(places, [2]float64{x(p.X), y(p.Y)})
		}
	}
	apart(places, 24, 22, d)
	var squares []Mark
	for _, p := range dots {
		if p.Number == 0 {
			room.take(box{x(p.X) - 2.5, y(p.Y) - 2.5, x(p.X) + 2.5, y(p.Y) + 2.5})
			continue
		}
		a, b := tenth(places[0][0]), tenth(places[0][1])
		places = places[1:]
		room.take(box{a - 11, b - 10, a + 11, b + 10})
		if math.Abs(a-x(p.X)) > 11 || math.Abs(b-y(p.Y)) > 10 { // its point is no longer behind it
			d.add(Mark{Kind: Line, X: x(p.X), Y: y(p.Y), W: a, H: b, Size: 1}, Mark{Kind: Circle, X: x(p.X), Y: y(p.Y), W: 2.5})
			room.line(x(p.X), y(p.Y), a, b)
		}
		squares = append(squares, Mark{Kind: Rect, X: a - 11, Y: b - 10, W: 22, H: 20, Soft: p.Faint}, Mark{Kind: Word, X: a, Y: b + 5, Text: strconv.Itoa(p.Number), Size: 13, Anchor: Middle, Strong: true})
	}
	var words []Mark
	for _, i := range ranked(len(dots), func(i int) float64 { return dots[i].Weight }) {
		p := dots[i]
		if p.Number > 0 {
			continue
		}
		text := short(p.Label, letters)
		d.add(Mark{Kind: Circle, X: x(p.X), Y: y(p.Y), W: 2})
		if at, ok := room.beside(x(p.X), y(p.Y), 2.5, wide(text, size)+2, size*1.1, 5); ok {
			room.sit(at)
			words = append(words, Mark{Kind: Word, X: (at.x0 + at.x1) / 2, Y: at.y1 - size*.25, Text: text, Size: size, Anchor: Middle})
		}
	}
	d.add(squares...)
	d.add(words...)
	return d
}

// apart moves places that are nearer than w and h until none covers another, as
// far as a drawing has room.
func apart(places [][2]float64, w, h float64, d *Drawing) {
	for range 200 {
		moved := false
		for i := range places {
			for j := range i {
				a, b := &places[i], &places[j]
				dx, dy := w-math.Abs(a[0]-b[0]), h-math.Abs(a[1]-b[1])
				if dx <= 0 || dy <= 0 {
					continue
				}
				moved = true
				axis, push := 0, dx/2
				if dy < dx {
					axis, push = 1, dy/2
				}
				if a[axis] < b[axis] {
					push = -push
				}
				a[axis], b[axis] = a[axis]+push, b[axis]-push
			}
		}
		for i := range places {
			places[i] = [2]float64{min(max(places[i][0], w/2), d.Width-w/2), min(max(places[i][1], h/2), d.Height-h/2)}
		}
		if !moved {
			return
		}
	}
}
