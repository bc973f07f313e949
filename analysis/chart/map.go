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
// 720 wide when it is large, else 360. Names stand beside the discs where there
// is room, those of the largest first, cut short where there is little.
func Map(spots []Spot, ties []Tie, large bool) *Drawing {
	d := &Drawing{Width: 360, Height: 400}
	least, more, apart := 9., 15., 16. // radius of the smallest disc, what the largest has more, and between two
	if large {
		d.Width, d.Height = 720, 470
		least, more, apart = 11, 19, 18
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
			return least
		}
		return least + more*math.Sqrt(s.Size/most)
	}
	x, y := make([]float64, len(spots)), make([]float64, len(spots))
	for i, s := range spots {
		x[i], y[i] = edge+s.X*(d.Width-2*edge), edge+s.Y*(d.Height-2*edge)
	}
	// Discs that are near each other step aside.
	for range 60 {
		for i := range spots {
			for j := range i {
				dx, dy := x[i]-x[j], y[i]-y[j]
				far := max(math.Hypot(dx, dy), .01)
				if want := radius(spots[i]) + radius(spots[j]) + apart; far < want {
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
	room := &placer{drawing: d}
	for i, s := range spots {
		x[i], y[i] = tenth(x[i]), tenth(y[i])
		r := tenth(radius(s))
		room.take(box{x[i] - r, y[i] - r, x[i] + r, y[i] + r})
	}
	for _, t := range ties {
		d.add(Mark{Kind: Line, X: x[t.A], Y: y[t.A], W: x[t.B], H: y[t.B], Size: 1 + 4*t.Weight/max(heavy, 1e-9), Soft: true})
		room.line(x[t.A], y[t.A], x[t.B], y[t.B])
	}
	for i, s := range spots {
		d.add(Mark{Kind: Disc, X: x[i], Y: y[i], W: tenth(radius(s)), Group: s.Group, To: s.To},
			Mark{Kind: Word, X: x[i], Y: y[i] + 5, Text: strconv.Itoa(i + 1), Size: 14, Anchor: Middle, Strong: true, To: s.To})
	}
	lengths, size := []int{30, 20, 13}, 13.
	if !large {
		lengths, size = []int{20, 12}, 12
	}
	for _, i := range ranked(len(spots), func(i int) float64 { return spots[i].Size }) {
		s, best := spots[i], seat{cost: math.Inf(1)}
		var lines []string
		try := func(names []string, cost float64) {
			most := 0.
			for _, name := range names {
				most = max(most, wide(name, size))
			}
			at, ok := room.beside(x[i], y[i], tenth(radius(s)), most+4, size*1.15*float64(len(names)), 2)
			if at.cost += cost; ok && at.cost < best.cost {
				best, lines = at, names
			}
		}
		for n, letters := range lengths {
			// A name on two lines costs less than one that says less.
			if names := halved(s.Label, letters); len(names) == 2 {
				try(names, 1.5*float64(n)+.5+lost(names[1]))
			}
			name := brief(s.Label, letters)
			try([]string{name}, 1.5*float64(n)+lost(name))
		}
		if lines != nil {
			room.sit(best)
		}
		for n, line := range lines {
			up := size * 1.15 * float64(len(lines)-1-n)
			d.add(Mark{Kind: Word, X: (best.x0 + best.x1) / 2, Y: best.y1 - size*.25 - up, Text: line, Size: size, Anchor: Middle, To: s.To})
		}
	}
	return d
}

// ranked is the numbers from 0 of n things, those of most weight first.
func ranked(n int, weight func(i int) float64) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weight(b), weight(a)) })
	return order
}

// lost is what a name that is cut costs.
func lost(name string) float64 {
	if strings.HasSuffix(name, "…") {
		return 1
	}
	return 0
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

// A Key says what the pattern of a group stands for.
type Key struct {
	Group int
	Label string
}

// Legend lists keys, 720 wide, two a row below a title.
func Legend(title string, keys []Key) *Drawing {
	const row = 24.
	d := &Drawing{Width: 720, Height: row * float64((len(keys)+3)/2)}
	d.add(Mark{Kind: Word, X: 1, Y: 16, Text: title, Size: 13})
	for n, key := range keys {
		x, y := 360*float64(n%2), row*float64(n/2+1)
		d.add(Mark{Kind: Rect, X: x + 1, Y: y + 3, W: 28, H: 17, Group: key.Group}, Mark{Kind: Word, X: x + 36, Y: y + 16, Text: short(key.Label, 44), Size: 13})
	}
	return d
}
