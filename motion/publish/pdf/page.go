package pdf

import (
	"bytes"
	"cmp"
	"fmt"
	"strconv"
)

// The page, in points.
const (
	pageWidth, pageHeight = 595.28, 841.89
	left, right           = 71.0, 71.0
	top, bottom           = 64.0, 76.0
	column                = pageWidth - left - right
)

// A page is being filled from its top, and with notes from its foot.
type page struct {
	obj      int
	content  bytes.Buffer
	y        float64 // where the next line begins
	notes    []set   // lines at its foot
	foot     float64 // their height
	called   map[int]bool
	elements []*node // by MCID
	annots   []annot
}

// A set is a line that knows how it stands.
type set struct {
	line
	kind    *shape
	indent  float64
	leading float64
}

// An annot is a place that leads somewhere.
type annot struct {
	obj            int
	x0, y0, x1, y1 float64
	node           *node
}

// A shape is how a kind of block is set, in points.
type shape struct {
	size, leading  float64
	before, after  float64
	indent         float64 // of all its lines
	rule           bool    // at its left
	bold, together bool    // in bold; kept with what follows
}

var shapes = map[Kind]*shape{
	Paragraph: {size: 11, leading: 16.5, after: 7},
	Title:     {size: 21, leading: 27, after: 18, bold: true, together: true},
	Heading:   {size: 15, leading: 20, before: 20, after: 8, bold: true, together: true},
	Marked:    {size: 11, leading: 16.5, after: 9, indent: 14, rule: true},
	Heading2:  {size: 12, leading: 17, before: 10, after: 5, bold: true, together: true},
	Heading3:  {size: 11, leading: 16.5, before: 6, after: 4, bold: true, together: true},
	Item:      {size: 11, leading: 16.5, after: 4, indent: 18},
	Imprint:   {size: 10, leading: 15, after: 18},
}

var (
	noteShape     = &shape{size: 8.5, leading: 12}
	colophonShape = &shape{size: 8.5, leading: 12}
)

// room is the height left above the notes.
func (p *page) room() float64 {
	h := pageHeight - bottom - p.y
	if p.foot > 0 {
		h -= p.foot + noteGap
	}
	return h
}

// codeSide and codeGap are a code's side and the gap between the words and it.
const codeSide, codeGap = 64.0, 14.0

// noteGap is between the text and its notes, the rule included.
const noteGap = 14

// draw writes a line whose top is y.
func (d *document) draw(p *page, s set, y float64) {
	base := pageHeight - y - s.leading + (s.leading-s.kind.size)/2 + s.kind.size*.22
	x := left + s.indent
	if s.kind.rule {
		p.artifact(fmt.Sprintf("%s %s 2 %s re f", num(left), num(pageHeight-y-s.leading), num(s.leading)))
	}
	for i := 0; i < len(s.glyphs); {
		g := s.glyphs[i]
		if g.r == '\n' {
			i++
			continue
		}
		j, from := i, x
		for j < len(s.glyphs) && s.glyphs[j].r != '\n' && s.glyphs[j].rise == g.rise && s.glyphs[j].node == g.node {
			j++
		}
		d.mark(p, g.node)
		x = d.show(p, s.glyphs[i:j], x, base+g.rise)
		p.content.WriteString("EMC\n")
		if g.node.tag == "Link" {
			d.link(p, g.node, from, base-g.size*.25, x, base+g.size*.8)
		}
		i = j
	}
}

// show writes glyphs beside each other from x on, and returns where they end.
func (d *document) show(p *page, list []glyph, x, y float64) float64 {
	for i := 0; i < len(list); {
		g := &list[i]
		if g.parts != nil {
			p.content.WriteString("/Span <</ActualText " + words(g.said) + ">> BDC ")
			x = d.show(p, g.parts, x, y)
			p.content.WriteString("EMC ")
			i++
			continue
		}
		if g.face == nil { // a line's end
			i++
			continue
		}
		from := x
		var codes bytes.Buffer
		for first := i; i < len(list) && list[i].face == g.face && list[i].size == g.size; i++ {
			if i > first && (list[i].r == '\t' || list[i-1].r == '\t') { // wider than its glyph
				break
			}
			fmt.Fprintf(&codes, "%04X", list[i].cid)
			x += list[i].width
		}
		fmt.Fprintf(&p.content, "BT /F%d %s Tf %s %s Td <%s> Tj ET ", d.face(g.face), num(g.size), num(from), num(y), codes.String())
	}
	return x
}

// mark begins content that is part of n (§14.7.4).
func (d *document) mark(p *page, n *node) {
	if n.obj == 0 { // first seen: an element within its paragraph
		n.obj = -1
		if parent := d.within[n]; parent != nil {
			parent.add(n)
		}
	}
	fmt.Fprintf(&p.content, "/%s <</MCID %d>> BDC ", n.tag, len(p.elements))
	n.kids = append(n.kids, kid{page: p.obj, mcid: len(p.elements)})
	p.elements = append(p.elements, n)
}

func (p *page) artifact(ops string) {
	p.content.WriteString("/Artifact BMC " + ops + " EMC\n")
}

// link makes words of a line lead where their element says.
func (d *document) link(p *page, n *node, x0, y0, x1, y1 float64) {
	a := annot{d.take(), x0, y0, x1, y1, n}
	p.annots = append(p.annots, a)
	n.kids = append(n.kids, kid{page: p.obj, annot: a.obj})
}

// close writes the notes and the number of a full page.
func (d *document) close(p *page) {
	y := pageHeight - bottom - p.foot
	if len(p.notes) > 0 {
		p.artifact(fmt.Sprintf("%s %s 90 0.6 re f", num(left), num(pageHeight-y+noteGap/2-2)))
	}
	for _, s := range p.notes {
		d.draw(p, s, y)
		y += s.leading
	}
	d.pages = append(d.pages, p)
}

// number writes « page 3 / 12 » at the foot of each page, and at its left what the
// text says of itself. Nobody reads it out.
func (d *document) number(t *Text) {
	set := func(s string, width float64) line { return breaks(d.setter.glyphs(nil, s, 0, 8.5, 0, nil), width)[0] }
	for i, p := range d.pages {
		p.content.WriteString("/Artifact <</Type /Pagination /Subtype /Footer>> BDC ")
		number := set(cmp.Or(t.Number, "page\u00a0")+strconv.Itoa(i+1)+"\u00a0/\u00a0"+strconv.Itoa(len(d.pages)), column)
		if t.Foot != "" {
			d.show(p, set(t.Foot, column-number.width-12).glyphs, left, bottom/2)
		}
		d.show(p, number.glyphs, pageWidth-right-number.width, bottom/2)
		p.content.WriteString("EMC\n")
	}
}

// face is the number of a font in every page's resources.
func (d *document) face(f *face) int {
	if f.index == 0 {
		d.faces++
		f.index = d.faces
	}
	return f.index
}
