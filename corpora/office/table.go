package office

import "io"

// A workbook often opens on a cover or on notes. The sheet to read is the first that
// looks like a table: it has a third of the rows of the fullest, or thirty. A row of
// one cell, as covers have, weighs a tenth of one of several.
const (
	rowWeight  = 10
	surelyRows = 30
	mostRows   = 10 * surelyRows // that are looked at
)

// tabular picks the sheet to read by how full each is, -1 when none holds anything.
func tabular(fullness []int) int {
	most := 0
	for _, n := range fullness {
		most = max(most, n)
	}
	for i, n := range fullness {
		if n > 0 && n >= min(most/3, surelyRows*rowWeight) {
			return i
		}
	}
	return -1
}

// weigh reads the row at hand to its end and says what it counts for.
func (p *parser) weigh() (weight int, err error) {
	filled := 0
	err = p.each(func(element) error {
		some, err := p.some()
		if some {
			filled++
		}
		return err
	}, nil)
	switch {
	case filled > 1:
		return rowWeight, err
	case filled == 1:
		return 1, err
	}
	return 0, err
}

// tabular returns the name of the sheet to read, of those that are shown; "" when
// none of them holds anything. Looking costs nothing of what may be unpacked.
func (w *workbook) tabular() string {
	defer func(left int64) { w.left = left }(w.left)
	var fullness []int
	for _, s := range w.sheets {
		n := 0
		if !s.hidden {
			n = w.fullness(s)
		}
		fullness = append(fullness, n)
	}
	if at := tabular(fullness); at >= 0 {
		return w.sheets[at].name
	}
	return ""
}

func (w *workbook) fullness(s sheetRef) (n int) {
	p, err := w.open(s.part)
	if err != nil {
		return 0
	}
	if _, err := p.root(); err != nil {
		return 0
	}
	rows := 0
	_ = p.each(func(e element) error {
		if e.Name.Local != "sheetData" {
			return p.skip()
		}
		return p.each(func(element) error {
			weight, err := p.weigh()
			n += weight
			if rows++; rows == mostRows {
				return io.EOF // enough
			}
			return err
		}, nil)
	}, nil)
	return n
}

// odsTabular is [workbook.tabular] of a spreadsheet of OpenDocument.
func (f *File) odsTabular() string {
	defer func(left int64) { f.left = left }(f.left)
	p, err := f.open(f.main)
	if err != nil || !p.find("spreadsheet") {
		return ""
	}
	var names []string
	var fullness []int
	_ = p.each(func(e element) error {
		if e.Name.Local != "table" {
			return p.skip()
		}
		names, fullness = append(names, e.attr("name")), append(fullness, 0)
		var rows func(element) error
		rows = func(e element) error {
			switch e.Name.Local {
			case "table-row-group", "table-rows", "table-header-rows":
				return p.each(rows, nil)
			case "table-row":
				weight, err := p.weigh()
				fullness[len(fullness)-1] += weight
				return err
			}
			return p.skip()
		}
		return p.each(rows, nil)
	}, nil)
	if at := tabular(fullness); at >= 0 {
		return names[at]
	}
	return ""
}
