package publish

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"hash/crc32"
	"io"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/motion"
)

// odtCode is the part that is the QR code's picture.
const odtCode = "Pictures/code.png"

const odtType = "application/vnd.oasis.opendocument.text"

// ODT writes the document as an OpenDocument 1.3 text, with numbers that the
// word processor counts and a footnote for each source (OASIS Open Document
// Format v1.3, part 3).
func ODT(w io.Writer, d *motion.Document, base string) error {
	z := zip.NewWriter(w)
	// Part 2 §3.3: the type comes first, as it is and without anything between
	// its name and itself, so that it can be read at a fixed place.
	kind := []byte(odtType)
	out, err := z.CreateRaw(&zip.FileHeader{Name: "mimetype", Method: zip.Store, CRC32: crc32.ChecksumIEEE(kind),
		CompressedSize64: uint64(len(kind)), UncompressedSize64: uint64(len(kind))})
	if err == nil {
		_, err = out.Write(kind)
	}
	picture, listed := "", ""
	if c, coding := code(d, base); coding != nil {
		return coding
	} else if c != nil {
		picture, listed = string(c.PNG()), manifestCode
	}
	title, number := foot(d)
	for _, f := range []struct{ name, text string }{
		{"META-INF/manifest.xml", manifest(listed)}, {"meta.xml", meta(d)}, {"styles.xml", styles(title, number)}, {"content.xml", content(d, base)}, {odtCode, picture},
	} {
		if f.text == "" {
			continue
		}
		if err != nil {
			break
		}
		if out, err = z.Create(f.name); err == nil {
			_, err = io.WriteString(out, f.text)
		}
	}
	if err != nil {
		return fmt.Errorf("publish: odt: %w", err)
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("publish: odt: %w", err)
	}
	return nil
}

func meta(d *motion.Document) string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.3"><office:meta>` +
		"<dc:title>" + escape(d.Title) + "</dc:title><dc:subject>" + escape(d.Congress) + "</dc:subject><dc:language>fr-FR</dc:language>" +
		"<dc:date>" + escape(strings.TrimSuffix(d.Published, "Z")) + "</dc:date>" +
		`<meta:user-defined meta:name="Journal">` + escape(strconv.FormatUint(d.Head.Seq, 10)+" "+d.Head.Hash) + "</meta:user-defined>" +
		"</office:meta></office:document-meta>"
}

// An odt is content.xml in the making.
type odt struct {
	bytes.Buffer
	noted map[int]bool // sources that have their footnote
	lists map[motion.Kind]odtList
}

// An odtList is the last one of a kind: how many there are, and the number it
// ends with.
type odtList struct{ count, last int }

func content(d *motion.Document, base string) string {
	o := &odt{noted: map[int]bool{}, lists: map[motion.Kind]odtList{}}
	o.WriteString(contentHead)
	for _, p := range append(sheet(d, base), annex(d, base, permanent(d, base))...) {
		o.part(&p)
	}
	for _, line := range colophon(d) {
		o.WriteString(`<text:p text:style-name="Colophon">` + spaced(line) + "</text:p>")
	}
	o.WriteString("</office:text></office:body></office:document-content>")
	return o.String()
}

var odtStyles = map[motion.Kind]string{motion.Title: "Title", motion.Visa: "Visa", motion.Recital: "Recital",
	motion.Proposal: "Proposal", motion.Item: "Item", motion.Paragraph: "Text_20_body"}

// odtLists number blocks through the whole text.
var odtLists = map[motion.Kind]string{motion.Axis: "Axes", motion.Proposal: "Proposals"}

func (o *odt) part(p *part) {
	if len(p.Items) > 0 {
		o.WriteString(`<text:list text:style-name="Items">`)
		for i := range p.Items {
			o.WriteString("<text:list-item>")
			o.part(&p.Items[i])
			o.WriteString("</text:list-item>")
		}
		o.WriteString("</text:list>")
		return
	}
	end, level := "</text:p>", p.outline()
	if level > 0 {
		end = "</text:h>"
	}
	if list := odtLists[p.Kind]; list != "" && p.Number > 0 {
		o.number(p.Kind, list, p.Number)
		end += "</text:list-item></text:list>"
	}
	switch {
	case level > 0:
		n := strconv.Itoa(level)
		o.WriteString(`<text:h text:style-name="Heading_20_` + n + `" text:outline-level="` + n + `">`)
	case p.Imprint:
		o.WriteString(`<text:p text:style-name="Imprint">`)
		if p.Page != "" {
			o.code(p.Page)
		}
	default:
		o.WriteString(`<text:p text:style-name="` + odtStyles[p.Kind] + `">`)
	}
	o.WriteString(`<text:bookmark text:name="` + escape(p.Anchor) + `"/>`)
	for _, s := range p.Sentences {
		for _, q := range s.Pieces {
			o.piece(&q)
		}
	}
	o.WriteString(end)
}

// code writes the picture of the address at the right of its paragraph (part 3
// §10.4).
func (o *odt) code(address string) {
	o.WriteString(`<draw:a xlink:type="simple" xlink:href="` + escape(address) + `"><draw:frame draw:style-name="Code" draw:name="Code QR" text:anchor-type="paragraph" svg:width="2.3cm" svg:height="2.3cm" draw:z-index="0">` +
		`<draw:image xlink:type="simple" xlink:href="` + odtCode + `" xlink:show="embed" xlink:actuate="onLoad"/><svg:desc>` + escape(codeWords) + `</svg:desc></draw:frame></draw:a>`)
}

// number begins block n of a kind: a list of its own that continues the one
// before, whatever stands between them, and is told its number only where that
// does not follow. Axes too are lists and not numbered by the outline: its
// numbers would be part of the words that are copied from a heading.
func (o *odt) number(k motion.Kind, style string, n int) {
	was := o.lists[k]
	o.lists[k] = odtList{was.count + 1, n}
	o.WriteString(`<text:list xml:id="` + style + strconv.Itoa(was.count+1) + `" text:style-name="` + style + `"`)
	if was.count > 0 {
		o.WriteString(` text:continue-list="` + style + strconv.Itoa(was.count) + `"`)
	}
	o.WriteString("><text:list-item")
	if n != was.last+1 {
		o.WriteString(` text:start-value="` + strconv.Itoa(n) + `"`)
	}
	o.WriteString(">")
}

func (o *odt) piece(p *piece) {
	style := ""
	switch {
	case p.Strong && p.Em:
		style = "Strong_20_Emphasis_20_Italic"
	case p.Strong:
		style = "Strong_20_Emphasis"
	case p.Em:
		style = "Emphasis"
	}
	if p.Link != "" {
		o.WriteString(`<text:a xlink:type="simple" xlink:href="` + escape(p.Link) + `">`)
	}
	if style != "" {
		o.WriteString(`<text:span text:style-name="` + style + `">`)
	}
	o.WriteString(spaced(p.Text))
	if style != "" {
		o.WriteString("</text:span>")
	}
	if p.Link != "" {
		o.WriteString("</text:a>")
	}
	for _, c := range p.Calls {
		o.note(&c)
	}
}

// note writes a source as a footnote, and where it is called again a reference to
// that (part 3 §7.7.5).
func (o *odt) note(c *call) {
	n := strconv.Itoa(c.Number)
	if o.noted[c.Number] {
		o.WriteString(`<text:span text:style-name="Footnote_20_anchor"><text:note-ref text:note-class="footnote" text:reference-format="text" text:ref-name="ftn` + n + `">` + n + `</text:note-ref></text:span>`)
		return
	}
	o.noted[c.Number] = true
	o.WriteString(`<text:note text:id="ftn` + n + `" text:note-class="footnote"><text:note-citation>` + n +
		`</text:note-citation><text:note-body><text:p text:style-name="Footnote">`)
	o.WriteString(spaced(said(c.Source)+" ") + `<text:a xlink:type="simple" xlink:href="` + escape(c.Href) + `">` + spaced(c.Href) + "</text:a>")
	o.WriteString("</text:p></text:note-body></text:note>")
}

// escape writes s for XML; what XML cannot hold becomes U+FFFD.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder never fails
	return b.String()
}

// spaced is escape for a paragraph, where blanks at its ends and beside each
// other would be lost (part 3 §6.1.2): they are written as elements.
func spaced(s string) string {
	var b strings.Builder
	from := 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\t':
			b.WriteString(escape(s[from:i]) + "<text:tab/>")
		case s[i] == '\n':
			b.WriteString(escape(s[from:i]) + "<text:line-break/>")
		case s[i] == ' ' && (i == 0 || s[i-1] == ' '):
			b.WriteString(escape(s[from:i]) + "<text:s/>")
		default:
			continue
		}
		from = i + 1
	}
	b.WriteString(escape(s[from:]))
	return b.String()
}
