package office

import "strings"

func (f *File) odtBlocks() ([]Block, error) {
	bold := make(map[string]bool) // styles of this document that are bold
	titles := map[string]bool{"Title": true}
	p, err := f.open(f.main)
	if err != nil {
		return nil, err
	}
	w := &writer{File: f, parser: p}
	if _, err := p.root(); err != nil {
		return nil, err
	}
	err = p.each(func(e element) error {
		switch e.Name.Local {
		case "automatic-styles":
			return p.each(func(e element) error {
				name := e.attr("name")
				if len(bold)+len(titles) > maxList {
					return &Error{f.main, ErrDamaged}
				}
				if e.attr("parent-style-name") == "Title" {
					titles[name] = true
				}
				return p.each(func(e element) error {
					if e.Name.Local == "text-properties" && e.attr("font-weight") == "bold" {
						bold[name] = true
					}
					return p.skip()
				}, nil)
			}, nil)
		case "body":
			return p.each(func(e element) error {
				if e.Name.Local != "text" {
					return p.skip()
				}
				return w.odt(bold, titles, false)
			}, nil)
		}
		return p.skip()
	}, nil)
	return w.blocks, err
}

// odt reads what is inside the element at hand as blocks; item says that it is
// an item of a list.
func (w *writer) odt(bold, titles map[string]bool, item bool) error {
	first := true
	return w.each(func(e element) error {
		switch e.Name.Local {
		case "p", "h":
			var boxes []Block
			t := odtText{writer: w, bold: bold, titles: titles, boxes: &boxes}
			if err := t.read(bold[e.attr("style-name")]); err != nil {
				return err
			}
			b := Block{Text: t.String(), Bold: t.Len() > 0 && !t.light}
			switch {
			case e.Name.Local == "h":
				b.Kind, b.Level, b.Bold = Heading, repeated(e, "outline-level"), false
			case titles[e.attr("style-name")]:
				b.Kind, b.Bold = Heading, false
			case item && !first && len(w.blocks) > 0 && w.blocks[len(w.blocks)-1].Kind == Item:
				if words := strings.TrimSpace(b.Text); words != "" { // the same point goes on
					w.blocks[len(w.blocks)-1].Text += "\n" + words
					if err := w.keep(words, func() string { return w.name }); err != nil {
						return err
					}
				}
				w.blocks = append(w.blocks, boxes...)
				return nil
			case item:
				b.Kind, b.Level = Item, min(max(w.lists-1, 0), 8)
			}
			if strings.TrimSpace(b.Text) != "" {
				first = false
			}
			err := w.add(b)
			w.blocks = append(w.blocks, boxes...)
			return err
		case "list":
			w.lists++
			defer func() { w.lists-- }()
			return w.each(func(e element) error {
				if e.Name.Local != "list-item" && e.Name.Local != "list-header" {
					return w.skip()
				}
				return w.odt(bold, titles, e.Name.Local == "list-item")
			}, nil)
		case "table":
			return w.odtTable(bold, titles)
		case "section", "numbered-paragraph", "a", "text-box", "frame":
			return w.odt(bold, titles, item)
		}
		return w.skip() // tables of contents, changes, forms, declarations
	}, nil)
}

func (w *writer) odtTable(bold, titles map[string]bool) error {
	var rows [][][]Block
	header := 0
	var read func(e element) error
	read = func(e element) error {
		switch e.Name.Local {
		case "table-header-rows":
			err := w.each(read, nil)
			header = len(rows)
			return err
		case "table-rows", "table-row-group":
			return w.each(read, nil)
		case "table-row":
			if err := w.count(); err != nil {
				return err
			}
			var row [][]Block
			err := w.each(func(e element) error {
				if e.Name.Local != "table-cell" {
					return w.skip()
				}
				if err := w.count(); err != nil {
					return err
				}
				cell, err := w.inside(func() error { return w.odt(bold, titles, false) })
				row = append(row, cell)
				return err
			}, nil)
			rows = append(rows, row)
			return err
		}
		return w.skip()
	}
	if err := w.each(read, nil); err != nil {
		return err
	}
	return w.table(rows, header)
}

// odtText is the text of a paragraph, and what is told of it.
type odtText struct {
	*writer
	strings.Builder
	bold, titles map[string]bool
	boxes        *[]Block // text frames anchored in it
	light        bool     // a part of it is not bold
}

// read reads the element at hand. White space collapses, as the format asks:
// what is meant is written as elements.
func (t *odtText) read(bold bool) error {
	return t.each(func(e element) error {
		switch e.Name.Local {
		case "s":
			t.WriteString(strings.Repeat(" ", min(repeated(e, "c"), 1000)))
		case "tab":
			t.WriteByte('\t')
		case "line-break":
			t.WriteByte('\n')
		case "span":
			return t.read(bold || t.bold[e.attr("style-name")])
		case "a", "meta", "meta-field", "ruby", "ruby-base":
			return t.read(bold)
		case "frame", "text-box":
			if t.boxes == nil {
				break
			}
			more, err := t.inside(func() error { return t.odt(t.bold, t.titles, false) })
			*t.boxes = append(*t.boxes, more...)
			return err
		case "annotation", "note", "ruby-text", "tracked-changes", "hidden-text", "script":
		default: // fields show their text
			if !strings.HasPrefix(e.Name.Space, "urn:oasis:names:tc:opendocument:xmlns:text") {
				break
			}
			return t.read(bold)
		}
		return t.skip()
	}, func(s string) error {
		for i, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' }) {
			if i > 0 || strings.ContainsRune(" \n\t\r", rune(s[0])) {
				t.space()
			}
			t.WriteString(word)
		}
		if s != "" && strings.ContainsRune(" \n\t\r", rune(s[len(s)-1])) {
			t.space()
		}
		if strings.TrimSpace(s) != "" && !bold {
			t.light = true
		}
		if t.Len() > t.limits.Cell {
			return &Error{t.name, ErrTooLong}
		}
		return nil
	})
}

// space writes a space, unless one precedes.
func (t *odtText) space() {
	if s := t.String(); s == "" || s[len(s)-1] != ' ' && s[len(s)-1] != '\n' {
		t.WriteByte(' ')
	}
}

// paragraphs is the text of a cell, a line for each of its paragraphs.
func (p *parser) paragraphs() (string, error) {
	var lines []string
	err := p.each(func(e element) error {
		if e.Name.Local != "p" {
			return p.skip()
		}
		t := odtText{writer: &writer{File: p.file, parser: p}}
		err := t.read(false)
		lines = append(lines, strings.TrimSpace(t.String()))
		return err
	}, nil)
	return strings.Join(lines, "\n"), err
}
