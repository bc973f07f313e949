package pdf

import (
	"fmt"
)

// A Figure is a drawing with what it says in words. Its unit is its own: it is
// set as wide as the column, at most at its natural size in points.
type Figure struct {
	Width, Height float64
	Alt           string
	Shapes        []Shape
}

// A Form is what a shape is.
type Form uint8

// The forms.
const (
	Box    Form = iota // X, Y, W, H: filled
	Ring               // X, Y, W: its radius; filled
	Stroke             // X, Y to W, H
	Bow                // X, Y to W, H, leaving and arriving horizontally
	Label              // X, Y: words on their baseline
)

// A Shape is one piece of a figure; y goes down.
type Shape struct {
	Form       Form
	X, Y, W, H float64
	Gray       float64 // 0 black … 1 white
	Size       float64 // of letters, or of a stroke
	Text       string
	At         float64 // of words: 0 they start there, ½ they are centred, 1 they end
	Strong     bool
}

// size is how a figure is scaled, and the height that it takes.
func (f *Figure) size() (scale, height float64) {
	scale = min(column/max(f.Width, 1), 1, (pageHeight-top-bottom-30)/max(f.Height, 1))
	return scale, f.Height*scale + 8
}

// figure sets a figure on one page.
func (d *document) figure(p *page, f *Figure) *page {
	d.list = nil
	scale, height := f.size()
	p = d.next(p, height)
	n := d.root.add(&node{tag: "Figure", alt: f.Alt, obj: -1})
	d.mark(p, n)
	x0, y0 := left+(column-f.Width*scale)/2, pageHeight-p.y
	x := func(v float64) string { return num(x0 + v*scale) }
	y := func(v float64) string { return num(y0 - v*scale) }
	for i := range f.Shapes {
		s := &f.Shapes[i]
		switch s.Form {
		case Box:
			fmt.Fprintf(&p.content, "%s g 0 G 0.5 w %s %s %s %s re B 0 g\n", num(s.Gray), x(s.X), y(s.Y+s.H), num(s.W*scale), num(s.H*scale))
		case Ring:
			k := s.W * .5523
			fmt.Fprintf(&p.content, "%s g 0 G 0.5 w %s %s m %s %s %s %s %s %s c %s %s %s %s %s %s c %s %s %s %s %s %s c %s %s %s %s %s %s c B 0 g\n", num(s.Gray),
				x(s.X+s.W), y(s.Y), x(s.X+s.W), y(s.Y+k), x(s.X+k), y(s.Y+s.W), x(s.X), y(s.Y+s.W),
				x(s.X-k), y(s.Y+s.W), x(s.X-s.W), y(s.Y+k), x(s.X-s.W), y(s.Y),
				x(s.X-s.W), y(s.Y-k), x(s.X-k), y(s.Y-s.W), x(s.X), y(s.Y-s.W),
				x(s.X+k), y(s.Y-s.W), x(s.X+s.W), y(s.Y-k), x(s.X+s.W), y(s.Y))
		case Stroke:
			fmt.Fprintf(&p.content, "%s G %s w %s %s m %s %s l S 0 G\n", num(s.Gray), num(max(s.Size, .5)*scale), x(s.X), y(s.Y), x(s.W), y(s.H))
		case Bow:
			half := (s.X + s.W) / 2
			fmt.Fprintf(&p.content, "%s G %s w %s %s m %s %s %s %s %s %s c S 0 G\n", num(s.Gray), num(max(s.Size, .5)*scale), x(s.X), y(s.Y), x(half), y(s.Y), x(half), y(s.H), x(s.W), y(s.H))
		case Label:
			d.label(p, s, scale, x0, y0, n)
		}
	}
	p.content.WriteString("EMC\n")
	p.y += height
	return p
}

func (d *document) label(p *page, s *Shape, scale, x0, y0 float64, n *node) {
	g := d.setter.glyphs(nil, s.Text, styleOf(s.Strong, false), s.Size*scale, 0, n)
	width := 0.0
	for i := range g {
		width += g[i].width
	}
	d.show(p, g, x0+s.X*scale-width*s.At, y0-s.Y*scale)
	p.content.WriteByte('\n')
}
