package pdf

import "fmt"

// A Table is a block of rows and columns. A row stays on one page; what would be
// longer than a page is cut.
type Table struct {
	Head   []string
	Rows   [][]string
	Widths []float64 // shares of the column of text, one a column; nil: all alike
	Right  []bool    // columns set at their right; nil: none
}

var cellShape = &shape{size: 9, leading: 12.5}

const cellGap, rowGap = 6.0, 4.0

// table sets a block's table.
func (d *document) table(p *page, t *Table) *page {
	d.list = nil
	columns := len(t.Head)
	if columns == 0 {
		return p
	}
	widths, all := make([]float64, columns), 0.0
	for i := range widths {
		if widths[i] = 1; i < len(t.Widths) {
			widths[i] = t.Widths[i]
		}
		all += widths[i]
	}
	for i := range widths {
		widths[i] *= column / all
	}
	n := d.root.add(&node{tag: "Table", obj: -1})
	p.y += 4
	p = d.row(p, n, "TH", t.Head, widths, t.Right, 3*cellShape.leading)
	for _, cells := range t.Rows {
		p = d.row(p, n, "TD", cells, widths, t.Right, 0)
	}
	p.y += 10
	return p
}

// row sets one row whole; more is how much room must be left below it.
func (d *document) row(p *page, table *node, tag string, cells []string, widths []float64, right []bool, more float64) *page {
	tr := table.add(&node{tag: "TR", obj: -1})
	lines, height := make([][]line, len(widths)), 1
	for i, w := range widths {
		kind := tag
		if i == 0 && tag == "TD" {
			kind = "TH"
		}
		n := tr.add(&node{tag: kind, obj: -1, row: kind == "TH" && tag == "TD"})
		if i < len(cells) && cells[i] != "" {
			lines[i] = breaks(d.setter.glyphs(nil, cells[i], styleOf(tag == "TH", false), cellShape.size, 0, n), w-cellGap)
		}
		height = max(height, len(lines[i]))
	}
	if most := int((pageHeight-top-bottom)/cellShape.leading) - 2; height > most { // longer than a page
		height = most
	}
	p = d.next(p, float64(height)*cellShape.leading+rowGap+more)
	at := 0.0
	for i, w := range widths {
		for k, l := range lines[i] {
			if k == height {
				break
			}
			indent := at
			if i < len(right) && right[i] {
				indent += max(0, w-cellGap-l.width)
			}
			d.draw(p, set{l, cellShape, indent, cellShape.leading}, p.y+float64(k)*cellShape.leading)
		}
		at += w
	}
	p.y += float64(height)*cellShape.leading + rowGap
	p.artifact(fmt.Sprintf("0.6 G %s %s m %s %s l 0.4 w S 0 G", num(left), num(pageHeight-p.y+rowGap/2), num(left+column), num(pageHeight-p.y+rowGap/2)))
	return p
}
