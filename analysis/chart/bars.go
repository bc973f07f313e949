package chart

// A Bar is a row of a bar chart; N is none negative.
type Bar struct {
	Label, Value string
	N            float64
}

// Bars draws one bar a row, its label above it, 360 wide.
func Bars(rows []Bar) *Drawing {
	const height, most = 40, 290
	d := &Drawing{Width: 360, Height: float64(len(rows)*height) + 2}
	top := 0.
	for _, r := range rows {
		top = max(top, r.N)
	}
	for i, r := range rows {
		y, w := float64(i*height), 1.
		if top > 0 {
			w = max(1, r.N/top*most)
		}
		d.add(Mark{Kind: Word, X: 0, Y: y + 14, Text: short(r.Label, 46), Size: 14},
			Mark{Kind: Rect, X: .5, Y: y + 19, W: w, H: 13},
			Mark{Kind: Word, X: w + 6, Y: y + 30, Text: r.Value, Size: 12, Soft: true})
	}
	return d
}

// A Curve of growth: what was seen, and what was expected.
type Growth struct{ N, Seen, Expected float64 }

// Grow draws a growing count, 360 wide: seen in ink, expected in grey.
func Grow(points []Growth, across, up string) *Drawing {
	d := &Drawing{Width: 360, Height: 220}
	if len(points) == 0 {
		return d
	}
	last := points[len(points)-1]
	right, top := max(last.N, 1), 1.
	for _, p := range points {
		top = max(top, p.Seen, p.Expected)
	}
	x := func(n float64) float64 { return 8 + 335*n/right }
	y := func(v float64) float64 { return 195 - 175*v/top }
	d.add(Mark{Kind: Line, X: 8, Y: 195, W: 350, H: 195, Size: 1}, Mark{Kind: Line, X: 8, Y: 195, W: 8, H: 12, Size: 1})
	before := Growth{}
	for _, p := range points {
		d.add(Mark{Kind: Line, X: x(before.N), Y: y(before.Expected), W: x(p.N), H: y(p.Expected), Size: 4, Soft: true},
			Mark{Kind: Line, X: x(before.N), Y: y(before.Seen), W: x(p.N), H: y(p.Seen), Size: 1.5})
		before = p
	}
	d.add(Mark{Kind: Word, X: 350, Y: 212, Text: across, Size: 12, Anchor: End, Soft: true}, Mark{Kind: Word, X: 14, Y: 16, Text: up, Size: 12, Soft: true})
	return d
}
