package office

import (
	"strconv"
	"strings"
)

func (f *File) docxBlocks() ([]Block, error) {
	links, err := f.links(f.main)
	if err != nil {
		return nil, err
	}
	d := &docx{styles: make(map[string]docxStyle)}
	for _, l := range links {
		if l.kind == "styles" && f.part(l.target) != nil {
			if err := d.readStyles(f, l.target); err != nil {
				return nil, err
			}
		}
	}
	p, err := f.open(f.main)
	if err != nil {
		return nil, err
	}
	if _, err := p.root(); err != nil {
		return nil, err
	}
	d.writer = &writer{File: f, parser: p}
	err = d.read()
	return d.blocks, err
}

// docx reads the blocks of a WordprocessingML document.
type docx struct {
	*writer
	styles map[string]docxStyle
}

// wrappers stand around blocks and runs and are not seen. Deleted and moved
// text (del, moveFrom) is in none of them, and Fallback repeats what Choice
// has said.
func wrapper(name string) bool {
	switch name {
	case "body", "sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "AlternateContent", "Choice", "hyperlink", "fldSimple", "dir", "bdo":
		return true
	}
	return false
}

// read reads the blocks inside the element at hand.
func (d *docx) read() error {
	contents := false
	return d.each(func(e element) error {
		switch {
		case e.Name.Local == "p":
			return d.paragraph()
		case e.Name.Local == "tbl":
			return d.docxTable()
		case e.Name.Local == "sdtPr":
			var err error
			contents, err = d.gallery()
			return err
		case contents: // a table of contents
		case wrapper(e.Name.Local):
			return d.read()
		}
		return d.skip()
	}, nil)
}

// gallery says whether a content control holds a table of contents.
func (d *docx) gallery() (contents bool, err error) {
	err = d.each(func(e element) error {
		if e.Name.Local != "docPartObj" {
			return d.skip()
		}
		return d.each(func(e element) error {
			contents = contents || e.Name.Local == "docPartGallery" && e.attr("val") == "Table of Contents"
			return d.skip()
		}, nil)
	}, nil)
	return contents, err
}

// A paragraph is gathered run by run.
type paragraph struct {
	strings.Builder
	docxStyle
	light bool // a run is not bold
	boxes []Block
}

func (d *docx) paragraph() error {
	g := &paragraph{docxStyle: d.style("")}
	if err := d.runs(g); err != nil {
		return err
	}
	b := Block{Text: g.String(), Bold: g.Len() > 0 && !g.light}
	switch {
	case g.contents:
		b.Text = ""
	case g.heading >= 0:
		b.Kind, b.Level, b.Bold = Heading, g.heading, false
	case g.list:
		b.Kind, b.Level, b.Bold = Item, g.within, false
	}
	err := d.add(b)
	d.blocks = append(d.blocks, g.boxes...)
	return err
}

// runs reads the properties and runs of the paragraph at hand.
func (d *docx) runs(g *paragraph) error {
	return d.each(func(e element) error {
		switch {
		case e.Name.Local == "pPr":
			return d.each(func(e element) error {
				switch e.Name.Local {
				case "pStyle":
					g.docxStyle = d.style(e.attr("val"))
				case "outlineLvl":
					g.outline(e)
				case "numPr":
					return d.numbered(&g.docxStyle)
				}
				return d.skip()
			}, nil)
		case e.Name.Local == "r":
			return d.run(g)
		case wrapper(e.Name.Local):
			return d.runs(g)
		}
		return d.skip()
	}, nil)
}

func (d *docx) run(g *paragraph) error {
	bold, hidden := g.bold, false
	return d.each(func(e element) error {
		text := ""
		switch e.Name.Local {
		case "rPr":
			return d.each(func(e element) error {
				off := e.attr("val") == "0" || e.attr("val") == "false" || e.attr("val") == "off"
				switch e.Name.Local {
				case "b":
					bold = !off
				case "vanish":
					hidden = !off
				}
				return d.skip()
			}, nil)
		case "t":
			words, err := d.words()
			if hidden {
				return err
			}
			g.light = g.light || !bold && strings.TrimSpace(words) != ""
			if g.WriteString(words); err == nil && g.Len() > d.limits.Cell {
				err = &Error{d.name, ErrTooLong}
			}
			return err
		case "tab", "ptab":
			text = "\t"
		case "br":
			if kind := e.attr("type"); kind == "" || kind == "textWrapping" {
				text = "\n"
			}
		case "cr":
			text = "\n"
		case "noBreakHyphen":
			text = "\u2011"
		case "drawing", "pict", "object", "AlternateContent":
			return d.boxes(g)
		}
		if !hidden {
			g.WriteString(text)
		}
		return d.skip()
	}, nil)
}

// boxes reads the text boxes in the drawing at hand; they come after the
// paragraph in which they are anchored.
func (d *docx) boxes(g *paragraph) error {
	return d.each(func(e element) error {
		switch e.Name.Local {
		case "txbxContent":
			more, err := d.inside(func() error { return d.read() })
			g.boxes = append(g.boxes, more...)
			return err
		case "Fallback":
			return d.skip()
		}
		return d.boxes(g)
	}, nil)
}

func (d *docx) docxTable() error {
	var rows [][][]Block
	header := 0
	var read func(e element) error
	read = func(e element) error {
		switch {
		case e.Name.Local == "tr":
			if err := d.count(); err != nil {
				return err
			}
			row, head, gone, err := d.docxRow()
			if err != nil || gone {
				return err
			}
			if rows = append(rows, row); head && header == len(rows)-1 {
				header++
			}
			return nil
		case wrapper(e.Name.Local):
			return d.each(read, nil)
		}
		return d.skip()
	}
	if err := d.each(read, nil); err != nil {
		return err
	}
	return d.table(rows, header)
}

// docxRow reads the row at hand; gone: it was deleted under tracked changes.
func (d *docx) docxRow() (row [][]Block, head, gone bool, err error) {
	var read func(e element) error
	read = func(e element) error {
		switch {
		case e.Name.Local == "trPr":
			return d.each(func(e element) error {
				head = head || e.Name.Local == "tblHeader" && e.attr("val") != "0" && e.attr("val") != "false"
				gone = gone || e.Name.Local == "del"
				return d.skip()
			}, nil)
		case e.Name.Local == "tc":
			if err := d.count(); err != nil {
				return err
			}
			cell, err := d.inside(func() error { return d.read() })
			row = append(row, cell)
			return err
		case wrapper(e.Name.Local):
			return d.each(read, nil)
		}
		return d.skip()
	}
	err = d.each(read, nil)
	return row, head, gone, err
}

// A docxStyle is what a paragraph's style says of it.
type docxStyle struct {
	based    string
	heading  int // level, 0 for the title, -1 for none
	list     bool
	within   int // items above it in its list, 8 at most
	bold     bool
	contents bool // a line of a table of contents
}

// outline takes a level from the element at hand; 9 is that of body text.
func (s *docxStyle) outline(e element) {
	if n, err := strconv.Atoi(e.attr("val")); err == nil && n >= 0 && n < 9 {
		s.heading = n + 1
	}
}

// nest takes the level of a list from a number that counts from first.
func (s *docxStyle) nest(level string, first int) {
	if n, err := strconv.Atoi(level); err == nil {
		s.within = min(max(n-first, 0), 8)
	}
}

// numbered reads whether a numbering, which 0 takes away, makes a list.
func (d *docx) numbered(s *docxStyle) error { return numbered(d.parser, s) }

func numbered(p *parser, s *docxStyle) error {
	return p.each(func(e element) error {
		switch e.Name.Local {
		case "numId":
			s.list = e.attr("val") != "0"
		case "ilvl":
			s.nest(e.attr("val"), 0)
		}
		return p.skip()
	}, nil)
}

// style resolves a style of the document; "" is the default one.
func (d *docx) style(id string) docxStyle {
	if s, ok := d.styles[id]; ok {
		return s
	}
	return docxStyle{heading: -1}
}

// readStyles reads the paragraph styles. Their names are English in every
// language (« heading 1 »), their identifiers are not (« Titre1 »).
func (d *docx) readStyles(f *File, part string) error {
	p, err := f.open(part)
	if err != nil {
		return err
	}
	if _, err := p.root(); err != nil {
		return err
	}
	own := make(map[string]docxStyle)
	err = p.each(func(e element) error {
		if e.Name.Local != "style" || e.attr("type") != "paragraph" {
			return p.skip()
		}
		if len(own) > maxList {
			return &Error{part, ErrDamaged}
		}
		id, s, name := e.attr("styleId"), docxStyle{heading: -1}, ""
		err := p.each(func(e element) error {
			switch e.Name.Local {
			case "name":
				name = strings.ToLower(e.attr("val"))
			case "basedOn":
				s.based = e.attr("val")
			case "rPr":
				return p.each(func(e element) error {
					s.bold = s.bold || e.Name.Local == "b" && e.attr("val") != "0" && e.attr("val") != "false"
					return p.skip()
				}, nil)
			case "pPr":
				return p.each(func(e element) error {
					switch e.Name.Local {
					case "outlineLvl":
						s.outline(e)
					case "numPr":
						return numbered(p, &s)
					}
					return p.skip()
				}, nil)
			}
			return p.skip()
		}, nil)
		switch level, ok := strings.CutPrefix(name, "heading "); {
		case ok:
			if n, err := strconv.Atoi(level); err == nil && n > 0 && n < 10 {
				s.heading = n
			}
		case name == "title":
			s.heading = 0
		case strings.HasPrefix(name, "toc ") || name == "toc heading" || name == "table of figures":
			s.contents = true
		case strings.HasPrefix(name, "list ") && name != "list paragraph":
			s.list = true
			s.nest(name[strings.LastIndexByte(name, ' ')+1:], 1) // « list bullet 2 »
		}
		own[id] = s
		return err
	}, nil)
	for id, s := range own {
		for range 20 { // styles that a style is based on; longer chains go in circles
			base, ok := own[s.based]
			if !ok {
				break
			}
			if s.heading < 0 {
				s.heading = base.heading
			}
			s.list, s.bold, s.contents = s.list || base.list, s.bold || base.bold, s.contents || base.contents
			s.based = base.based
		}
		d.styles[id] = s
	}
	return err
}
