package office

import (
	"slices"
	"strconv"
	"strings"
)

// A sheetRef is a sheet as the workbook lists it.
type sheetRef struct {
	name, part string
	hidden     bool
}

// A workbook is what the cells of its sheets refer to.
type workbook struct {
	*File
	sheets []sheetRef
	shared []string // strings that cells name by number
	styles styles
}

func (f *File) xlsxSheet(name string) (*Sheet, error) {
	w := &workbook{File: f}
	if err := w.read(); err != nil {
		return nil, err
	}
	if name == "" && len(w.sheets) > 1 {
		name = w.tabular()
	}
	slices.SortStableFunc(w.sheets, func(a, b sheetRef) int {
		switch {
		case a.hidden == b.hidden:
			return 0
		case a.hidden:
			return 1
		}
		return -1
	})
	var chosen *Sheet
	var others []string
	found := false
	for _, s := range w.sheets {
		if named := name == "" || s.name == name; named && chosen == nil {
			found = true
			g, err := w.sheet(s)
			if err != nil {
				return nil, err
			}
			if len(g.Rows) > 0 || name != "" {
				chosen = &g.Sheet
			}
			continue
		}
		if s.hidden {
			continue
		}
		if w.holds(s) {
			others = append(others, s.name)
		}
	}
	if !found && name != "" {
		var names []string
		for _, s := range w.sheets {
			names = append(names, s.name)
		}
		return nil, &Error{Quoted(names), ErrNoSheet}
	}
	if chosen == nil {
		return &Sheet{}, nil
	}
	chosen.Others = others
	return chosen, nil
}

// read reads the list of sheets, the styles and the shared strings.
func (w *workbook) read() error {
	links, err := w.links(w.main)
	if err != nil {
		return err
	}
	parts := make(map[string]string)
	for _, l := range links {
		switch l.kind {
		case "worksheet":
			parts[l.id] = l.target
		case "sharedStrings":
			if w.shared, err = w.sharedStrings(l.target); err != nil {
				return err
			}
		case "styles":
			if w.part(l.target) != nil {
				if err := w.styles.read(w.File, l.target); err != nil {
					return err
				}
			}
		}
	}
	p, err := w.open(w.main)
	if err != nil {
		return err
	}
	if _, err := p.root(); err != nil {
		return err
	}
	return p.each(func(e element) error {
		switch e.Name.Local {
		case "workbookPr":
			w.styles.from1904 = truth(e.attr("date1904"))
		case "sheets":
			return p.each(func(e element) error {
				if part := parts[relation(e)]; part != "" && len(w.sheets) < maxList { // not a sheet of charts
					w.sheets = append(w.sheets, sheetRef{e.attr("name"), part, e.attr("state") != "" && e.attr("state") != "visible"})
				}
				return p.skip()
			}, nil)
		}
		return p.skip()
	}, nil)
}

// relation is the attribute r:id, beside which an id of another kind may stand.
func relation(e element) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

func truth(s string) bool { return s == "1" || s == "true" || s == "on" }

func (w *workbook) sharedStrings(part string) ([]string, error) {
	p, err := w.open(part)
	if err != nil {
		return nil, err
	}
	if _, err := p.root(); err != nil {
		return nil, err
	}
	var out []string
	kept := 0
	err = p.each(func(e element) error {
		s, err := p.rich()
		out = append(out, s)
		if kept += len(s) + 16; err == nil && kept > 4*w.limits.Bytes {
			err = &Error{part, ErrTooLarge}
		}
		return err
	}, nil)
	return out, err
}

// rich is the text of the element at hand, in one piece or in runs; how it is
// pronounced (rPh) is no part of it.
func (p *parser) rich() (string, error) {
	var b strings.Builder
	err := p.each(func(e element) error {
		var s string
		var err error
		switch e.Name.Local {
		case "t":
			s, err = p.words()
			s = unescape(s)
		case "r":
			s, err = p.rich()
		default:
			return p.skip()
		}
		if b.WriteString(s); err == nil && b.Len() > p.file.limits.Cell {
			err = &Error{p.name, ErrTooLong}
		}
		return err
	}, nil)
	return b.String(), err
}

// unescape undoes _x000D_ and the like, by which a string holds what XML does
// not (ECMA-376 part 1, 22.4.2.4).
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if strings.HasPrefix(s[i:], "_x") && len(s) >= i+7 && s[i+6] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil {
				b.WriteRune(rune(n))
				i += 7
				continue
			}
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

// sheet reads the rows of a sheet.
func (w *workbook) sheet(s sheetRef) (*gatherer, error) {
	g := &gatherer{File: w.File}
	g.Name = s.name
	p, err := w.open(s.part)
	if err != nil {
		return nil, err
	}
	if _, err := p.root(); err != nil {
		return nil, err
	}
	var merges []merge
	err = p.each(func(e element) error {
		switch e.Name.Local {
		case "sheetData":
			number := 0
			return p.each(func(e element) error {
				number++
				if n, err := strconv.Atoi(e.attr("r")); err == nil {
					if n < number || n > 1<<21 {
						return &Error{s.part, ErrDamaged}
					}
					number = n
				}
				r, err := w.row(p, g, number)
				if err != nil {
					return err
				}
				return g.add(r, truth(e.attr("hidden")))
			}, nil)
		case "mergeCells":
			return p.each(func(e element) error {
				from, to, _ := strings.Cut(e.attr("ref"), ":")
				column, first, ok := parseCell(from)
				if _, last, also := parseCell(to); ok && also && last > first && len(merges) < maxMerges {
					merges = append(merges, merge{column, first, last})
				}
				return p.skip()
			}, nil)
		}
		return p.skip()
	}, nil)
	if err == nil {
		err = g.repeat(merges)
	}
	return g, err
}

// row reads the cells of the row at hand.
func (w *workbook) row(p *parser, g *gatherer, number int) (Row, error) {
	r, column := Row{Number: number}, -1
	err := p.each(func(e element) error {
		if e.Name.Local != "c" {
			return p.skip()
		}
		column++
		if at, _, ok := parseCell(e.attr("r")); ok {
			column = at
		}
		kind, raw, formula, computed := e.attr("t"), "", false, false
		err := p.each(func(e element) (err error) {
			switch e.Name.Local {
			case "v":
				computed = true
				raw, err = p.words()
			case "is":
				raw, err = p.rich()
			case "f":
				formula = true
				err = p.skip()
			default:
				err = p.skip()
			}
			return err
		}, nil)
		if err == nil {
			value := w.value(kind, e.attr("s"), raw)
			if kind == "e" || formula && raw == "" && (kind != "str" || !computed) { // text may be computed and empty
				g.fault(number, column, raw)
			}
			err = g.put(&r, column, value)
		}
		if over, ok := err.(*Error); ok && over.Where == p.name {
			over.Where = g.where(column, number)()
		}
		return err
	}, nil)
	return r, err
}

// value is what a cell of that kind and style shows.
func (w *workbook) value(kind, style, raw string) string {
	switch kind {
	case "s":
		if n, err := strconv.Atoi(strings.TrimSpace(raw)); err == nil && n >= 0 && n < len(w.shared) {
			return w.shared[n]
		}
		return ""
	case "inlineStr", "d":
		return raw
	case "str":
		return unescape(raw)
	case "b":
		if raw == "" {
			return ""
		}
		return map[bool]string{true: "VRAI", false: "FAUX"}[truth(raw)]
	case "e":
		return ""
	}
	return w.styles.number(style, raw)
}

// holds says whether a sheet has a cell with a value.
func (w *workbook) holds(s sheetRef) bool {
	p, err := w.open(s.part)
	return err == nil && p.find("v", "is")
}
