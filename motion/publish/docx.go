package publish

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/motion"
)

// DOCX writes the document as an Office Open XML text (ECMA-376 part 1,
// WordprocessingML, transitional): named styles, numbers that the word
// processor counts, a footnote for each source.
func DOCX(w io.Writer, d *motion.Document, base string) error {
	x := &docx{links: map[string]int{}, noted: map[int]bool{}}
	c, err := code(d, base)
	if err != nil {
		return err
	}
	if c != nil {
		x.code = c.PNG()
	}
	for _, p := range append(sheet(d, base), annex(d, base, permanent(d, base))...) {
		x.part(&p)
	}
	for _, line := range colophon(d) {
		x.block("Colophon", 0, []piece{{DocumentRun: motion.DocumentRun{Text: line}}})
	}
	title, number := foot(d)
	return x.pack(w, docxCore(d), docxFoot(title, number))
}

// pack writes the file's parts, with its core properties and the foot of its pages.
func (x *docx) pack(w io.Writer, core, foot string) error {
	z := zip.NewWriter(w)
	put := func(name, text string) error {
		out, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(out, text)
		}
		if err != nil {
			return fmt.Errorf("publish: docx: %w", err)
		}
		return nil
	}
	document := docxParts
	for i := range x.pictures {
		n := strconv.Itoa(i + 1)
		document += `<Relationship Id="figure` + n + `" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/figure` + n + `.png"/>`
	}
	for _, f := range []struct{ name, text string }{
		{"[Content_Types].xml", docxTypes}, {"_rels/.rels", docxRels}, {"docProps/core.xml", core},
		{"word/document.xml", docxHead + "<w:document " + docxSpaces + "><w:body>" + x.body.String() + docxPage + "</w:body></w:document>"},
		{"word/styles.xml", docxStyles}, {"word/fontTable.xml", docxFonts}, {"word/footer1.xml", foot}, {"word/settings.xml", docxSettings}, {"word/numbering.xml", x.numbering()},
		{"word/footnotes.xml", docxHead + "<w:footnotes " + docxSpaces + ">" + docxSeparators + x.notes.String() + "</w:footnotes>"},
		{"word/_rels/document.xml.rels", x.relations(document)}, {"word/_rels/footnotes.xml.rels", x.relations("")},
	} {
		if err := put(f.name, f.text); err != nil {
			return err
		}
	}
	for i, data := range x.pictures {
		if err := put("word/media/figure"+strconv.Itoa(i+1)+".png", string(data)); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("publish: docx: %w", err)
	}
	return nil
}

// A docx is the parts of a file in the making.
type docx struct {
	body, notes bytes.Buffer
	noted       map[int]bool   // sources that have their footnote
	links       map[string]int // address → relationship
	addresses   []string
	lists       []docxList // w:num, from 1
	next        map[motion.Kind]int
	pictures    [][]byte // PNG
	code        []byte   // the picture of the permanent address
}

// A docxList is a run of numbers that follow each other.
type docxList struct{ kind, start int }

// The kinds of lists: w:abstractNum in docxNumbering.
const (
	listAxes = iota
	listProposals
	listItems
)

var docxBlocks = map[motion.Kind]string{motion.Title: "Title", motion.Visa: "Visa", motion.Recital: "Recital",
	motion.Axis: "Heading1", motion.Proposal: "Proposal", motion.Item: "ListNumber", motion.Paragraph: "BodyText"}

func (x *docx) part(p *part) {
	for i := range p.Items {
		p := &p.Items[i]
		x.block(docxBlocks[motion.Item], x.list(motion.Item, listItems, p.Number), p.pieces())
	}
	if len(p.Items) > 0 {
		return
	}
	list, style := 0, docxBlocks[p.Kind]
	switch level := p.outline(); {
	case level > 0:
		style = "Heading" + strconv.Itoa(level)
	case p.Imprint:
		style = "Imprint"
	}
	switch {
	case p.Number == 0: // the annex's heading
	case p.Kind == motion.Axis:
		list = x.list(p.Kind, listAxes, p.Number)
	case p.Kind == motion.Proposal:
		list = x.list(p.Kind, listProposals, p.Number)
	}
	x.begin(style, list)
	if p.Page != "" {
		x.picture(x.code, p.Page)
	}
	x.end(p.pieces())
}

// list is the w:num in which n is the next number, a new one where none is.
func (x *docx) list(k motion.Kind, kind, n int) int {
	if x.next == nil {
		x.next = map[motion.Kind]int{}
	}
	last := 0
	for i := range x.lists {
		if x.lists[i].kind == kind {
			last = i + 1
		}
	}
	if last == 0 || x.next[k] != n {
		x.lists = append(x.lists, docxList{kind, n})
		last = len(x.lists)
	}
	x.next[k] = n + 1
	return last
}

func (p *part) pieces() (out []piece) {
	for _, s := range p.Sentences {
		out = append(out, s.Pieces...)
	}
	return out
}

func (x *docx) block(style string, list int, pieces []piece) {
	x.begin(style, list)
	x.end(pieces)
}

// begin opens a paragraph, and end closes it with its words.
func (x *docx) begin(style string, list int) {
	b := &x.body
	b.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/>`)
	if list > 0 {
		b.WriteString(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="` + strconv.Itoa(list) + `"/></w:numPr>`)
	}
	b.WriteString("</w:pPr>")
}

func (x *docx) end(pieces []piece) {
	for i := range pieces {
		x.piece(&pieces[i])
	}
	x.body.WriteString("</w:p>")
}

func (x *docx) piece(p *piece) {
	style := ""
	switch {
	case p.Link != "":
		style = `<w:rStyle w:val="Hyperlink"/>`
	case p.Strong:
		style = `<w:rStyle w:val="Strong"/>`
	case p.Em:
		style = `<w:rStyle w:val="Emphasis"/>`
	}
	if p.Strong && p.Link != "" {
		style += "<w:b/>"
	}
	if p.Em && (p.Link != "" || p.Strong) {
		style += "<w:i/>"
	}
	if p.Link != "" {
		x.link(&x.body, p.Link, docxRun(style, p.Text))
	} else {
		x.body.WriteString(docxRun(style, p.Text))
	}
	for i := range p.Calls {
		x.note(&p.Calls[i])
	}
}

func (x *docx) link(b *bytes.Buffer, address, runs string) {
	b.WriteString(`<w:hyperlink r:id="` + x.relation(address) + `">` + runs + "</w:hyperlink>")
}

// relation names an address among the file's relationships.
func (x *docx) relation(address string) string {
	n := x.links[address]
	if n == 0 {
		x.addresses = append(x.addresses, address)
		n = len(x.addresses)
		x.links[address] = n
	}
	return "link" + strconv.Itoa(n)
}

// note writes a source as a footnote, and where it is called again a reference to
// that (part 1 §17.16.5.38, NOTEREF).
func (x *docx) note(c *call) {
	n := strconv.Itoa(c.Number)
	const raised = `<w:rStyle w:val="FootnoteReference"/>`
	run := func(inner string) { x.body.WriteString("<w:r><w:rPr>" + raised + "</w:rPr>" + inner + "</w:r>") }
	if x.noted[c.Number] {
		run(`<w:fldChar w:fldCharType="begin"/>`)
		run(`<w:instrText xml:space="preserve"> NOTEREF note` + n + ` \f \h </w:instrText>`)
		run(`<w:fldChar w:fldCharType="separate"/>`)
		run("<w:t>" + n + "</w:t>")
		run(`<w:fldChar w:fldCharType="end"/>`)
		return
	}
	x.noted[c.Number] = true
	x.body.WriteString(`<w:bookmarkStart w:id="` + n + `" w:name="note` + n + `"/>`)
	run(`<w:footnoteReference w:id="` + n + `"/>`)
	x.body.WriteString(`<w:bookmarkEnd w:id="` + n + `"/>`)
	x.notes.WriteString(`<w:footnote w:id="` + n + `"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>` +
		`<w:r><w:rPr>` + raised + `</w:rPr><w:footnoteRef/></w:r>` + docxRun("", " "+said(c.Source)+" "))
	x.link(&x.notes, c.Href, docxRun(`<w:rStyle w:val="Hyperlink"/>`, c.Href))
	x.notes.WriteString("</w:p></w:footnote>")
}

// docxRun writes a run; tabs and line ends are elements (part 1 §17.3.3).
func docxRun(style, text string) string {
	var b strings.Builder
	b.WriteString("<w:r>")
	if style != "" {
		b.WriteString("<w:rPr>" + style + "</w:rPr>")
	}
	for text != "" {
		at := strings.IndexAny(text, "\t\n")
		if at < 0 {
			at = len(text)
		}
		if at > 0 {
			b.WriteString(`<w:t xml:space="preserve">` + escape(text[:at]) + "</w:t>")
		}
		if at < len(text) {
			b.WriteString(map[byte]string{'\t': "<w:tab/>", '\n': "<w:br/>"}[text[at]])
			at++
		}
		text = text[at:]
	}
	b.WriteString("</w:r>")
	return b.String()
}

func (x *docx) relations(parts string) string {
	var b strings.Builder
	b.WriteString(docxHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + parts)
	for i, a := range x.addresses {
		b.WriteString(`<Relationship Id="link` + strconv.Itoa(i+1) + `" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="` + escape(a) + `" TargetMode="External"/>`)
	}
	b.WriteString("</Relationships>")
	return b.String()
}

func (x *docx) numbering() string {
	var b strings.Builder
	b.WriteString(docxHead + "<w:numbering " + docxSpaces + ">" + docxNumbering)
	for i, l := range x.lists {
		b.WriteString(`<w:num w:numId="` + strconv.Itoa(i+1) + `"><w:abstractNumId w:val="` + strconv.Itoa(l.kind) +
			`"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="` + strconv.Itoa(l.start) + `"/></w:lvlOverride></w:num>`)
	}
	b.WriteString("</w:numbering>")
	return b.String()
}

func docxCore(d *motion.Document) string {
	return docxHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		"<dc:title>" + escape(d.Title) + "</dc:title><dc:subject>" + escape(d.Congress) + "</dc:subject><dc:language>fr-FR</dc:language>" +
		"<cp:keywords>" + escape("Journal "+strconv.FormatUint(d.Head.Seq, 10)+" "+d.Head.Hash) + "</cp:keywords>" +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + escape(d.Published) + "</dcterms:created></cp:coreProperties>"
}
