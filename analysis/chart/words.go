package chart

import "math"

// Words draws a graph of words, 720 wide; a disc's surface and its word's size say how
// frequent the word is, the disc's pattern its group.
func Words(spots []Spot, ties []Tie) *Drawing {
	d := &Drawing{Width: 720, Height: 620}
	most, heavy := 1., 0.
	for _, s := range spots {
		most = max(most, s.Size)
	}
	for _, t := range ties {
		heavy = max(heavy, t.Weight)
	}
	x := func(s Spot) float64 { return tenth(60 + s.X*600) }
	y := func(s Spot) float64 { return tenth(24 + s.Y*572) }
	radius := func(s Spot) float64 { return tenth(4 + 6*math.Sqrt(s.Size/most)) }
	room := &placer{drawing: d}
	for _, t := range ties {
		a, b := spots[t.A], spots[t.B]
		d.add(Mark{Kind: Line, X: x(a), Y: y(a), W: x(b), H: y(b), Size: 1 + 5*t.Weight/max(heavy, 1e-9), Soft: true})
		room.line(x(a), y(a), x(b), y(b))
	}
	for _, s := range spots {
		r := radius(s)
		room.take(box{x(s) - r, y(s) - r, x(s) + r, y(s) + r})
	}
	var over []Mark
	for _, i := range ranked(len(spots), func(i int) float64 { return spots[i].Size }) {
		s := spots[i]
		over = append(over, Mark{Kind: Disc, X: x(s), Y: y(s), W: radius(s), Group: s.Group})
		text, size := short(s.Label, 22), tenth(11.5+7*s.Size/most)
		if at, ok := room.beside(x(s), y(s), radius(s), wide(text, size)+6, size, 4); ok {
			room.sit(at)
			over = append(over, Mark{Kind: Word, X: (at.x0 + at.x1) / 2, Y: at.y1 - size*.2, Text: text, Size: size, Anchor: Middle})
		}
	}
	d.add(over...)
	return d
}
