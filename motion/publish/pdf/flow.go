package pdf

import "strconv"

// A document is being set.
type document struct {
	file
	setter  setter
	faces   int
	pages   []*page
	root    *node
	within  map[*node]*node // a link's or a call's paragraph
	marks   []bookmark
	carried []set       // of notes that did not fit
	noted   map[int]int // the page, from 1, at whose foot a note stands
	list    *node       // that the last item belongs to
}

// levels are those of bookmarks.
var levels = map[Kind]int{Heading: 1, Heading2: 2, Heading3: 3}

// A bookmark leads to a heading.
type bookmark struct {
	title string
	page  int // object
	y     float64
	level int // from 1
}

// fresh begins a page, with what the last one's notes left over. Those leave
// room for text.
func (d *document) fresh() *page {
	p := &page{obj: d.take(), y: top, called: map[int]bool{}}
	limit := (pageHeight - top - bottom) * .6
	for len(d.carried) > 0 && p.foot+d.carried[0].leading <= limit {
		p.notes, p.foot = append(p.notes, d.carried[0]), p.foot+d.carried[0].leading
		d.carried = d.carried[1:]
	}
	return p
}

// next is p where it has room for a height, else the page that follows it.
func (d *document) next(p *page, height float64) *page {
	for p.room() < height && (p.y > top || len(d.carried) > 0 || p.foot > 0) {
		d.close(p)
		p = d.fresh()
		if p.room() >= height || p.foot == 0 {
			break
		}
	}
	return p
}

func (d *document) block(p *page, b *Block) *page {
	switch {
	case b.Table != nil:
		return d.table(p, b.Table)
	case b.Figure != nil:
		return d.figure(p, b.Figure)
	}
	s := shapes[b.Kind]
	head, n, own := d.element(b)
	g := d.setter.spans(b.Spans, b.Label, s.size, s.bold, head, n)
	for i := range g {
		if x := g[i].node; x != n && x != head {
			d.within[x] = n
		}
	}
	width := column - s.indent
	if b.Code != nil {
		width -= codeSide + codeGap
	}
	lines := breaks(g, width)
	if p.y > top {
		p.y += s.before
	}
	var beside *page // that the code is on
	at := 0.0        // where it begins
	for i, l := range lines {
		need := s.leading
		switch {
		case s.together && i == 0: // with a few lines of what follows
			need = float64(len(lines))*s.leading + s.after + 3*shapes[Paragraph].leading
		case i == 0 && len(lines) > 1: // no single line at a page's end
			need = 2 * s.leading
		}
		notes := called(l.glyphs)
		if len(notes) > 0 {
			need += 2*noteShape.leading + noteGap
		}
		if b.Code != nil && i == 0 {
			need = max(need, codeSide)
		}
		p = d.next(p, need)
		if b.Code != nil && i == 0 {
			beside, at = p, p.y
		}
		if level := levels[b.Kind]; level > 0 && i == 0 {
			d.marks = append(d.marks, bookmark{plainText(b), p.obj, pageHeight - p.y + 8, level})
		}
		d.draw(p, set{l, s, s.indent, s.leading}, p.y)
		p.y += s.leading
		for _, note := range notes {
			d.note(p, note, own)
		}
	}
	if b.Code != nil {
		d.code(beside, b.Code, pageWidth-right-codeSide, at, codeSide)
		if beside == p {
			p.y = max(p.y, at+codeSide)
		}
	}
	p.y += s.after
	return p
}

// element is the block's place in the structure, its label's, and the element
// behind which its notes are read.
func (d *document) element(b *Block) (head, n, own *node) {
	if b.Kind == Item {
		if d.list == nil {
			d.list = d.root.add(&node{tag: "L", obj: -1})
		}
		item := d.list.add(&node{tag: "LI", obj: -1})
		if b.Label != "" {
			head = item.add(&node{tag: "Lbl", obj: -1})
		}
		return head, item.add(&node{tag: "LBody", obj: -1}), d.list
	}
	d.list = nil
	n = &node{tag: map[Kind]string{Title: "H1", Heading: "H2", Heading2: "H3", Heading3: "H4"}[b.Kind], obj: -1}
	if n.tag == "" {
		n.tag = "P"
	}
	return n, d.root.add(n), n
}

func called(g []glyph) (out []*Note) {
	for i := range g {
		if g[i].note != nil {
			out = append(out, g[i].note)
		}
	}
	return out
}

// note sets a footnote at the foot of p; what does not fit goes on.
func (d *document) note(p *page, x *Note, own *node) {
	if p.called[x.Number] {
		return
	}
	p.called[x.Number] = true
	spans := x.Spans
	if at := d.noted[x.Number]; at > 0 {
		spans = []Span{{Text: "Voir la note de la page\u00a0" + strconv.Itoa(at) + "."}}
	} else {
		d.noted[x.Number] = len(d.pages) + 1
	}
	n := &node{tag: "Note", obj: -1, id: "note-" + strconv.Itoa(x.Number) + "-" + strconv.Itoa(p.obj)}
	own.after = append(own.after, n)
	g := d.setter.spans(spans, strconv.Itoa(x.Number)+".", noteShape.size, false, n, n)
	for i := range g {
		if g[i].node != n {
			d.within[g[i].node] = n
		}
	}
	for _, l := range breaks(g, column) {
		s := set{l, noteShape, 0, noteShape.leading}
		gap := 0.0
		if p.foot == 0 {
			gap = noteGap
		}
		if len(d.carried) > 0 || p.room()-gap < s.leading {
			d.carried = append(d.carried, s)
			continue
		}
		p.notes, p.foot = append(p.notes, s), p.foot+s.leading
	}
}

func plainText(b *Block) string {
	s := b.Label
	if s != "" {
		s += " "
	}
	for _, x := range b.Spans {
		s += x.Text
	}
	return s
}
