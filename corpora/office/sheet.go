package office

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Sheet is what a person sees in the cells of one sheet of a workbook.
type Sheet struct {
	Name   string
	Rows   []Row    // those that hold something, by their numbers
	Others []string // names of the workbook's other sheets that hold something
	Merged int      // merged ranges whose value was repeated downwards
	Hidden int      // of Rows, hidden in the workbook (filtered) and read all the same
	Faults []Fault  // cells that show no value of theirs
}

// A Row is one row; Cells ends at the last one that holds something.
type Row struct {
	Number int // from 1
	Cells  []string
}

// A Fault is a cell whose formula failed (« #N/A ») or was never computed (« »).
type Fault struct {
	Row, Column int // from 1, from 0
	Shown       string
}

// CellName is a cell's address: 0, 3 is A3.
func CellName(column, row int) string { return fmt.Sprintf("%s%d", letters(column), row) }

func letters(column int) string {
	if column >= 26 {
		return letters(column/26-1) + string(rune('A'+column%26))
	}
	return string(rune('A' + column))
}

// parseCell undoes [CellName]; ok is false for what is no address.
func parseCell(name string) (column, row int, ok bool) {
	i := 0
	for ; i < len(name) && name[i] >= 'A' && name[i] <= 'Z' && i < 4; i++ {
		column = column*26 + int(name[i]-'A') + 1
	}
	for _, c := range name[i:] {
		if c < '0' || c > '9' || row > 1<<24 {
			return 0, 0, false
		}
		row = row*10 + int(c-'0')
	}
	return column - 1, row, i > 0 && column <= MaxColumns && row > 0
}

// A gatherer collects the rows of a sheet.
type gatherer struct {
	*File
	Sheet
	cells int
}

func (g *gatherer) where(column, row int) func() string {
	return func() string {
		return fmt.Sprintf("feuille «\u00a0%s\u00a0», cellule %s", g.Name, CellName(column, row))
	}
}

// put adds a value at the end of a row.
func (g *gatherer) put(r *Row, column int, value string) error {
	if strings.TrimSpace(value) == "" {
		return nil
	}
	where := g.where(column, r.Number)
	if column >= MaxColumns || column < len(r.Cells) {
		return &Error{where(), ErrDamaged}
	}
	if g.cells += column + 1 - len(r.Cells); g.cells > MaxCells {
		return &Error{where(), ErrTooWide}
	}
	for len(r.Cells) < column {
		r.Cells = append(r.Cells, "")
	}
	r.Cells = append(r.Cells, value)
	return g.keep(value, where)
}

func (g *gatherer) add(r Row, hidden bool) error {
	if len(r.Cells) == 0 {
		return nil
	}
	if len(g.Rows) == g.limits.Rows+1 { // one more, for the names of columns
		return &Error{fmt.Sprintf("feuille «\u00a0%s\u00a0»", g.Name), ErrTooMany}
	}
	if hidden {
		g.Hidden++
	}
	g.Rows = append(g.Rows, r)
	return nil
}

func (g *gatherer) fault(row, column int, shown string) {
	if len(g.Faults) < maxList {
		g.Faults = append(g.Faults, Fault{row, column, shown})
	}
}

// A merge is a range of cells shown as one, of which the first has the value.
type merge struct{ column, first, last int }

// repeat gives the value of a range that is merged downwards to each of its
// rows that holds something else.
func (g *gatherer) repeat(merges []merge) error {
	visited := 0
	for _, m := range merges {
		at, ok := slices.BinarySearchFunc(g.Rows, m.first, func(r Row, n int) int { return cmp.Compare(r.Number, n) })
		if !ok || m.column >= len(g.Rows[at].Cells) || g.Rows[at].Cells[m.column] == "" {
			continue
		}
		value, given := g.Rows[at].Cells[m.column], false
		for at++; at < len(g.Rows) && g.Rows[at].Number <= m.last; at++ {
			if visited++; visited > MaxCells { // ranges that overlap: no program writes them
				return &Error{g.where(m.column, m.first)(), ErrDamaged}
			}
			r := &g.Rows[at]
			where := g.where(m.column, r.Number)
			if grown := m.column + 1 - len(r.Cells); grown > 0 {
				if g.cells += grown; g.cells > MaxCells {
					return &Error{where(), ErrTooWide}
				}
				r.Cells = append(r.Cells, make([]string, grown)...)
			}
			if r.Cells[m.column] != "" {
				continue
			}
			if err := g.keep(value, where); err != nil {
				return err
			}
			r.Cells[m.column], given = value, true
		}
		if given {
			g.Merged++
		}
	}
	return nil
}

// Quoted lists names between quotation marks, the first five of them.
func Quoted(list []string) string {
	const most = 5
	var out []string
	for _, name := range list[:min(len(list), most)] {
		out = append(out, "«\u00a0"+name+"\u00a0»")
	}
	if len(list) > most {
		out = append(out, "…")
	}
	return strings.Join(out, ", ")
}

// Sheet reads one sheet of a workbook: the one of that name or, for "", the
// first that is shown and looks like a table, or failing that holds something.
func (f *File) Sheet(name string) (*Sheet, error) {
	if f.Kind == ODS {
		return f.odsSheet(name)
	}
	return f.xlsxSheet(name)
}
