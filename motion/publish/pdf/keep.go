package pdf

// keep begins a page where a heading, and those right behind it, would stand at a
// page's foot without the figure or the head of the table that follows them. What
// words follow, [document.block] sees to.
func (d *document) keep(p *page, blocks []Block) *page {
	need := 0.0
	for i := range blocks {
		b := &blocks[i]
		switch s := shapes[b.Kind]; {
		case b.Figure != nil:
			_, height := b.Figure.size()
			need += height
		case b.Table != nil:
			need += keptRows * (2*cellShape.leading + rowGap)
		case s.together:
			lines := breaks(d.setter.glyphs(nil, plainText(b), styleOf(true, false), s.size, 0, nil), column-s.indent)
			need += s.before + float64(len(lines))*s.leading + s.after
			continue
		default:
			return p
		}
		if i == 0 || need > pageHeight-top-bottom { // no page would hold them
			return p
		}
		return d.next(p, need)
	}
	return p
}

// keptRows is how many rows of a table, its head one of them, stay with its heading.
const keptRows = 4
