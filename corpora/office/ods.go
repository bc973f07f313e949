package office

import (
	"strconv"
	"strings"
)

// odsSheet reads a spreadsheet of OpenDocument, whose sheets lie one behind the
// other in a single part.
func (f *File) odsSheet(name string) (*Sheet, error) {
	if name == "" {
		name = f.odsTabular()
	}
	p, err := f.open(f.main)
	if err != nil {
		return nil, err
	}
	if !p.find("spreadsheet") {
		return nil, &Error{f.main, ErrDamaged}
	}
	var chosen *Sheet
	var others []string
	found := false
	err = p.each(func(e element) error {
		if e.Name.Local != "table" {
			return p.skip()
		}
		this := e.attr("name")
		if named := name == "" || this == name; named && chosen == nil {
			found = true
			g := &gatherer{File: f}
			g.Name = this
			if err := p.odsRows(g); err != nil {
				return err
			}
			if len(g.Rows) > 0 || name != "" {
				chosen = &g.Sheet
			}
			return nil
		}
		some, err := p.some()
		if some && len(others) < maxList {
			others = append(others, this)
		}
		return err
	}, nil)
	switch {
	case err != nil:
		return nil, err
	case !found && name != "":
		return nil, &Error{Quoted(others), ErrNoSheet}
	case chosen == nil:
		return &Sheet{}, nil
	}
	chosen.Others = others
	return chosen, nil
}

// odsRows reads the rows of the table at hand, groups and heads included.
func (p *parser) odsRows(g *gatherer) error {
	number := 0
	var merges []merge
	var rows func(e element) error
	rows = func(e element) error {
		switch e.Name.Local {
		case "table-row-group", "table-rows", "table-header-rows":
			return p.each(rows, nil)
		case "table-row":
			r := Row{Number: number + 1}
			if err := p.odsCells(g, &r, &merges); err != nil {
				return err
			}
			times := repeated(e, "number-rows-repeated")
			hidden := e.attr("visibility") == "collapse" || e.attr("visibility") == "filter"
			for n := range times {
				if len(r.Cells) == 0 {
					break
				}
				again := Row{number + 1 + n, r.Cells}
				if n > 0 { // each has its own cells, for merges write in them
					again = Row{Number: number + 1 + n}
					for column, value := range r.Cells {
						if err := g.put(&again, column, value); err != nil {
							return err
						}
					}
				}
				if err := g.add(again, hidden); err != nil {
					return err
				}
			}
			number += times
			return nil
		}
		return p.skip()
	}
	if err := p.each(rows, nil); err != nil {
		return err
	}
	return g.repeat(merges)
}

// repeated is how often an element counts.
func repeated(e element, attr string) int {
	n, err := strconv.Atoi(e.attr(attr))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, 1<<21)
}

// odsCells reads the cells of the row at hand.
func (p *parser) odsCells(g *gatherer, r *Row, merges *[]merge) error {
	column := 0
	return p.each(func(e element) error {
		if e.Name.Local != "table-cell" && e.Name.Local != "covered-table-cell" {
			return p.skip()
		}
		shown, err := p.paragraphs()
		if err != nil {
			if over, ok := err.(*Error); ok && over.Where == p.name {
				over.Where = g.where(column, r.Number)()
			}
			return err
		}
		value, times := odsValue(e, shown), repeated(e, "number-columns-repeated")
		if e.Name.Local == "covered-table-cell" {
			value = ""
		}
		if e.attr("value-type") == "string" && e.attr("formula") != "" && strings.HasPrefix(shown, "#") || strings.HasPrefix(shown, "Err:") {
			value = ""
			g.fault(r.Number, column, shown)
		}
		if down := repeated(e, "number-rows-spanned"); down > 1 && value != "" && len(*merges) < maxMerges {
			*merges = append(*merges, merge{column, r.Number, r.Number + down - 1})
		}
		if strings.TrimSpace(value) != "" {
			for n := range times {
				if err := g.put(r, column+n, value); err != nil {
					return err
				}
			}
		}
		column = min(column+times, MaxColumns)
		return nil
	}, nil)
}

// odsValue is what a cell shows, but for dates and numbers: those as a program
// reads them, unless the number is shown by its digits alone (« 01000 »).
func odsValue(e element, shown string) string {
	switch e.attr("value-type") {
	case "date":
		if date := e.attr("date-value"); date != "" {
			return strings.TrimSuffix(strings.Replace(date, "T", " ", 1), " 00:00:00")
		}
	case "float", "currency", "percentage":
		if value := e.attr("value"); value != "" && (shown == "" || strings.Trim(shown, "0123456789") != "") {
			return (&styles{}).number("", value)
		}
	}
	return shown
}
