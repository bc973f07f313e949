package publish

import (
	"cmp"
	"io"
	"strconv"

	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/publish/pdf"
)

// Paper writes a neutral text of headings, paragraphs and tables as an Office Open
// XML text, in the styles of [DOCX]. Figures are pictures: a table stands behind
// each.
func Paper(w io.Writer, t *pdf.Text) error {
	x := &docx{links: map[string]int{}}
	styles := map[pdf.Kind]string{pdf.Title: "Title", pdf.Heading: "Heading1", pdf.Heading2: "Heading2", pdf.Heading3: "Heading3", pdf.Marked: "Proposal"}
	for i := range t.Blocks {
		b := &t.Blocks[i]
		switch {
		case b.Figure != nil:
			if err := x.figure(b.Figure); err != nil {
				return err
			}
			continue
		case b.Table != nil:
			x.table(b.Table)
			continue
		}
		style := styles[b.Kind]
		if style == "" {
			style = "BodyText"
		}
		var pieces []piece
		if b.Label != "" {
			pieces = append(pieces, piece{DocumentRun: motion.DocumentRun{Text: b.Label + nbsp}})
		}
		for _, s := range b.Spans {
			pieces = append(pieces, piece{DocumentRun: motion.DocumentRun{Text: s.Text, Strong: s.Strong, Em: s.Em, Link: s.Link}})
		}
		x.block(style, 0, pieces)
	}
	for _, line := range t.Colophon {
		x.block("Colophon", 0, []piece{{DocumentRun: motion.DocumentRun{Text: line}}})
	}
	return x.pack(w, docxTitle(t.Title), docxFoot(cmp.Or(t.Foot, short(t.Title)), cmp.Or(t.Number, pageWords)))
}

func docxTitle(title string) string {
	return docxHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
		"<dc:title>" + escape(title) + "</dc:title><dc:language>fr-FR</dc:language></cp:coreProperties>"
}

// docxWide is the column of docxPage, in twentieths of a point.
const docxWide = 9072

// table writes a table whose head repeats on each page, and a blank line behind it.
func (x *docx) table(t *pdf.Table) {
	b := &x.body
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="` + strconv.Itoa(docxWide) + `" w:type="dxa"/><w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="999999"/><w:insideH w:val="single" w:sz="4" w:color="999999"/></w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	widths := make([]string, len(t.Head))
	sum := 0.
	for _, w := range t.Widths {
		sum += w
	}
	for i := range t.Head {
		width := 1 / float64(len(t.Head))
		if i < len(t.Widths) {
			width = t.Widths[i] / sum
		}
		widths[i] = strconv.Itoa(int(docxWide * width))
		b.WriteString(`<w:gridCol w:w="` + widths[i] + `"/>`)
	}
	b.WriteString("</w:tblGrid>")
	row := func(cells []string, head bool) {
		b.WriteString("<w:tr>")
		if head {
			b.WriteString("<w:trPr><w:tblHeader/></w:trPr>")
		}
		for i := range t.Head {
			cell := ""
			if i < len(cells) {
				cell = cells[i]
			}
			align, style := "", ""
			if i < len(t.Right) && t.Right[i] {
				align = `<w:jc w:val="right"/>`
			}
			if head {
				style = "<w:b/>"
			}
			b.WriteString(`<w:tc><w:tcPr><w:tcW w:w="` + widths[i] + `" w:type="dxa"/></w:tcPr>` + "<w:p><w:pPr>" + align + "</w:pPr>" + docxRun(style+`<w:sz w:val="18"/>`, cell) + "</w:p></w:tc>")
		}
		b.WriteString("</w:tr>")
	}
	row(t.Head, true)
	for _, cells := range t.Rows {
		row(cells, false)
	}
	b.WriteString("</w:tbl><w:p/>")
}
