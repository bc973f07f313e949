package office

import "strings"

// A BlockKind says what a block is to its reader.
type BlockKind int

const (
	Paragraph BlockKind = iota
	Heading             // of Level 1 and down; the document's title has Level 0
	Item                // of a list, at Level 0 or within the item above
	TableRow            // of a table of two columns or more
)

// A Block is a piece of a text document, in reading order. A table of a single
// column is a frame around its paragraphs, and is none.
type Block struct {
	Kind   BlockKind
	Level  int
	Text   string   // of all but a TableRow
	Cells  []string // of a TableRow
	Table  int      // of a TableRow: which table, from 1
	Header bool     // of a TableRow: repeated on each page
	Bold   bool     // of a Paragraph: all of it
}

// A writer gathers blocks.
type writer struct {
	*File
	*parser
	blocks []Block
	tables int
	cells  int // of tables, and rows
	lists  int // of an ODT, that are open
}

// Blocks reads a text document.
func (f *File) Blocks() ([]Block, error) {
	if f.Kind == ODT {
		return f.odtBlocks()
	}
	return f.docxBlocks()
}

func (w *writer) add(b Block) error {
	b.Text = strings.TrimSpace(b.Text)
	kept := b.Text
	for i, cell := range b.Cells {
		b.Cells[i] = strings.TrimSpace(cell)
		kept += b.Cells[i]
	}
	if kept == "" {
		return nil
	}
	where := func() string { return w.name }
	if len(w.blocks) > w.limits.Rows {
		return &Error{where(), ErrTooMany}
	}
	w.blocks = append(w.blocks, b)
	return w.keep(kept, where)
}

// inside reads something apart, by fn, and returns its blocks.
func (w *writer) inside(fn func() error) ([]Block, error) {
	before := w.blocks
	w.blocks = nil
	err := fn()
	after := w.blocks
	w.blocks = before
	return after, err
}

// plain joins blocks as lines.
func plain(blocks []Block) string {
	var lines []string
	for _, b := range blocks {
		if b.Kind == TableRow {
			lines = append(lines, strings.Join(b.Cells, "\u00a0: "))
		} else {
			lines = append(lines, b.Text)
		}
	}
	return strings.Join(lines, "\n")
}

// count counts a row or a cell of a table: an empty one costs memory too.
func (w *writer) count() error {
	if w.cells++; w.cells > MaxCells/10 {
		return &Error{w.name, ErrTooWide}
	}
	return nil
}

// table adds the rows of a table, each cell of which is blocks; the first header
// rows are repeated on each page.
func (w *writer) table(rows [][][]Block, header int) error {
	wide := 0
	for _, r := range rows {
		wide = max(wide, len(r))
	}
	if wide > 1 {
		w.tables++
	}
	for i, r := range rows {
		if wide <= 1 {
			for _, cell := range r {
				w.blocks = append(w.blocks, cell...)
			}
			continue
		}
		b := Block{Kind: TableRow, Table: w.tables, Header: i < header}
		for _, cell := range r {
			b.Cells = append(b.Cells, plain(cell))
		}
		if strings.Join(b.Cells, "") != "" {
			w.blocks = append(w.blocks, b)
		}
	}
	return nil
}
