package chart

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Spot is a group on a map: X and Y in 0…1, Size what its surface says.
type Spot struct {
	X, Y, Size float64
	Label      string
	Group      int
	To         string // where it leads; "": nowhere
}

// A Tie joins two spots, or two words, by their places; Weight is its width,
// against the heaviest.
type Tie struct {
	A, B   int
	Weight float64
}

// Map draws spots as discs that bear their rank from 1, in patterns by group;
// 720 wide when it is large, else 360. Labels stand beside the discs where there
// is room, cut short where there is little.
func Map(spots []Spot, ties []Tie, large bool) *Drawing {
	d := &Drawing{Width: 360, Height: 330}
	if large {
		d.Width, d.Height = 720, 470
	}
	edge := 34.
	most, heavy := 0., 0.
	for _, s := range spots {
		most = max(most, s.Size)
	}
	for _, t := range ties {
		heavy = max(heavy, t.Weight)
	}
	radius := func(s Spot) float64 {
		if most == 0 {
			return 11
		}
		return 11 + 19*math.Sqrt(s.Size/most)
	}
	x, y := make([]float64, len(spots)), make([]float64, len(spots))
	for i, s := range spots {
		x[i], y[i] = edge+s.X*(d.Width-2*edge), edge+s.Y*(d.Height-2*edge)
	}
	// Discs that cover each other step aside.
	for range 60 {
		for i := range spots {
			for j := range i {
				dx, dy := x[i]-x[j], y[i]-y[j]
				far := max(math.Hypot(dx, dy), .01)
				if want := radius(spots[i]) + radius(spots[j]) + 6; far < want {
					if far == .01 {
						dx, dy = .01, 0
					}
					push := (want - far) / 2 / far
					x[i], y[i], x[j], y[j] = x[i]+dx*push, y[i]+dy*push, x[j]-dx*push, y[j]-dy*push
				}
			}
		}
		for i, s := range spots {
			r := radius(s) + 1
			x[i], y[i] = min(max(x[i], r), d.Width-r), min(max(y[i], r), d.Height-r)
		}
	}
	for _, t := range ties {
		d.add(Mark{Kind: Line, X: x[t.A], Y: y[t.A], W: x[t.B], H: y[t.B], Size: 1 + 4*t.Weight/max(heavy, 1e-9), Soft: true})
	}
	var taken boxes
	for i, s := range spots {
		r := radius(s)
		taken = append(taken, box{x[i] - r, y[i] - r, x[i] + r, y[i] + r})
		d.add(Mark{Kind: Disc, X: x[i], Y: y[i], W: r, Group: s.Group, To: s.To},
			Mark{Kind: Word, X: x[i], Y: y[i] + 5, Text: strconv.Itoa(i + 1), Size: 14, Anchor: Middle, Strong: true, To: s.To})
	}
	lengths, size := []int{30, 20, 13}, 13.
	if !large {
		lengths, size = []int{20, 12}, 12
	}
	named := make([]bool, len(spots))
	for _, letters := range lengths {
		for i, s := range spots {
			if named[i] {
				continue
			}
			text := brief(s.Label, letters)
			if b, ok := taken.beside(d, x[i], y[i], radius(s), wide(text, size)/2, size); ok {
				taken, named[i] = append(taken, b), true
				d.add(Mark{Kind: Word, X: (b.x0 + b.x1) / 2, Y: b.y1 - size*.25, Text: text, Size: size, Anchor: Middle, To: s.To})
			}
		}
	}
	return d
}

// beside finds room for a word, of half a width, beside a disc.
func (b boxes) beside(d *Drawing, x, y, r, w, size float64) (box, bool) {
	low, high, mid := y+r+size*1.1, y-r-size*.4, y+size*.3
	for _, at := range [][2]float64{{x, low}, {x, high}, {x + r + w + 4, mid}, {x - r - w - 4, mid},
		{x + w - r, low}, {x - w + r, low}, {x + w - r, high}, {x - w + r, high},
		{x + .7*r + w + 4, y + .7*r + size}, {x - .7*r - w - 4, y + .7*r + size}, {x + .7*r + w + 4, y - .7*r}, {x - .7*r - w - 4, y - .7*r}} {
		if place := (box{at[0] - w, at[1] - size*.9, at[0] + w, at[1] + size*.25}); b.free(d, place) {
			return place, true
		}
	}
	return box{}, false
}

// brief cuts a label to n letters, between words where it can.
func brief(s string, n int) string {
	cut := short(s, n)
	if whole, ok := strings.CutSuffix(cut, "…"); ok && !strings.HasPrefix(s, whole+" ") && !strings.HasPrefix(s, whole+",") {
		if at := strings.LastIndexByte(whole, ' '); at >= n/3 {
			return strings.TrimRight(whole[:at], " ,;:") + "…"
		}
	}
	return cut
}

// Swatch is the pattern of a group, for the list that says what each stands for.
func Swatch(group int) *Drawing {
	d := &Drawing{Width: 32, Height: 20}
	d.add(Mark{Kind: Rect, X: 1, Y: 1, W: 30, H: 18, Group: group})
	return d
}

// Legend says what the pattern of each group stands for, 720 wide, two a row below
// a title.
func Legend(title string, labels []string) *Drawing {
	const row = 24.
	d := &Drawing{Width: 720, Height: row * float64((len(labels)+3)/2)}
	d.add(Mark{Kind: Word, X: 1, Y: 16, Text: title, Size: 13})
	for n, label := range labels {
		x, y := 360*float64(n%2), row*float64(n/2+1)
		d.add(Mark{Kind: Rect, X: x + 1, Y: y + 3, W: 28, H: 17, Group: n}, Mark{Kind: Word, X: x + 36, Y: y + 16, Text: short(label, 44), Size: 13})
	}
	return d
}

// A Dot is a point of a plane. A Number above 0 is written in a square; else its
// label is written where there is room.
type Dot struct {
	X, Y   float64
	Label  string
	Number int
	Weight float64 // words of more weight are written first
}

// Plane draws points around the origin of two axes of one scale, 640 wide. What
// lies far beyond the others is drawn at the edge.
func Plane(dots []Dot, across, up string) *Drawing {
	d := &Drawing{Width: 640, Height: 480}
	var far []float64
	for _, p := range dots {
		far = append(far, max(math.Abs(p.X)/320, math.Abs(p.Y)/240))
	}
	slices.Sort(far)
	scale := 1.
	if len(far) > 0 {
		if reach := max(far[len(far)*9/10], far[len(far)-1]/1.8); reach > 0 {
			scale = .92 / reach
		}
	}
	x := func(p Dot) float64 { return min(max(320+p.X*scale, 14), 626) }
	y := func(p Dot) float64 { return min(max(240-p.Y*scale, 14), 466) }
	d.add(Mark{Kind: Line, X: 0, Y: 240, W: 640, H: 240, Size: 1, Soft: true}, Mark{Kind: Line, X: 320, Y: 0, W: 320, H: 480, Size: 1, Soft: true},
		Mark{Kind: Word, X: 636, Y: 474, Text: across, Size: 12, Anchor: End, Soft: true}, Mark{Kind: Word, X: 326, Y: 13, Text: up, Size: 12, Soft: true})
	taken := boxes{{500, 462, 640, 480}, {320, 0, 470, 18}}
	var places [][2]float64
	for _, p := range dots {
		if p.Number > 0 {
			places = append(places, [2]float64{x(p), y(p)})
		}
	}
	apart(places, 24, 22, d)
	var squares []Mark
	for _, p := range dots {
		if p.Number > 0 {
			a, b := places[0][0], places[0][1]
			places = places[1:]
			taken = append(taken, box{a - 11, b - 10, a + 11, b + 10})
			if math.Abs(a-x(p)) > 11 || math.Abs(b-y(p)) > 10 { // its point is no longer behind it
				d.add(Mark{Kind: Line, X: x(p), Y: y(p), W: a, H: b, Size: 1}, Mark{Kind: Circle, X: x(p), Y: y(p), W: 2})
			}
			squares = append(squares, Mark{Kind: Rect, X: a - 11, Y: b - 10, W: 22, H: 20}, Mark{Kind: Word, X: a, Y: b + 5, Text: strconv.Itoa(p.Number), Size: 13, Anchor: Middle, Strong: true})
		}
	}
	behind := len(d.Marks)
	d.add(squares...)
	order := slices.Clone(dots)
	slices.SortStableFunc(order, func(a, b Dot) int { return cmp.Compare(b.Weight, a.Weight) })
	for _, p := range order {
		if p.Number == 0 && !d.write(&taken, Spot{x(p), y(p), 12, short(p.Label, 22), -1, ""}) {
			d.Marks = slices.Insert(d.Marks, behind, Mark{Kind: Circle, X: x(p), Y: y(p), W: 2})
		}
	}
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

// write writes a word at or near its place, behind its group's pattern if it has one
// (from 0), and says whether there was room. Its size is that of its letters.
func (d *Drawing) write(taken *boxes, s Spot) bool {
	const apart = 3
	w, sign := wide(s.Label, s.Size), 0.
	if s.Group >= 0 {
		sign = .7 * s.Size
		w += sign + apart
	}
	half := w/2 + 4
	for _, at := range [][2]float64{{0, 4}, {0, -8}, {0, 16}, {half, 4}, {-half, 4}} {
		left, base := s.X+at[0]-w/2, s.Y+at[1]
		place := box{left - apart, base - s.Size*.85, left + w + apart, base + s.Size*.25}
		if !taken.free(d, place) {
			continue
		}
		*taken = append(*taken, place)
		if sign > 0 {
			d.add(Mark{Kind: Rect, X: left, Y: base - sign, W: sign, H: sign, Group: s.Group})
			left += sign + apart
		}
		d.add(Mark{Kind: Word, X: left, Y: base, Text: s.Label, Size: s.Size})
		return true
	}
	return false
}

// Words draws a graph of words, 640 wide; a word's size says how frequent it is, the
// pattern before it its group.
func Words(spots []Spot, ties []Tie) *Drawing {
	d := &Drawing{Width: 640, Height: 520}
	most, heavy := 0., 0.
	for _, s := range spots {
		most = max(most, s.Size)
	}
	for _, t := range ties {
		heavy = max(heavy, t.Weight)
	}
	x := func(s Spot) float64 { return 50 + s.X*540 }
	y := func(s Spot) float64 { return 20 + s.Y*480 }
	for _, t := range ties {
		a, b := spots[t.A], spots[t.B]
		d.add(Mark{Kind: Line, X: x(a), Y: y(a), W: x(b), H: y(b), Size: 1 + 5*t.Weight/max(heavy, 1e-9), Soft: true})
	}
	order := slices.Clone(spots)
	slices.SortStableFunc(order, func(a, b Spot) int { return cmp.Compare(b.Size, a.Size) })
	var taken boxes
	behind := len(d.Marks)
	for _, s := range order {
		if !d.write(&taken, Spot{x(s), y(s), 10.5 + 11*s.Size/max(most, 1), short(s.Label, 22), s.Group, ""}) {
			d.Marks = slices.Insert(d.Marks, behind, Mark{Kind: Disc, X: x(s), Y: y(s), W: 3.5, Group: s.Group})
		}
	}
	return d
}
