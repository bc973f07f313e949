package publish

import (
	"fmt"
	"io"
	"strconv"

	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/publish/pdf"
)

// PDF writes the document as a tagged PDF: footnotes for sources, the
// journal's head, and the permanent page's address as a QR code where base is an
// address. Errors: pdf.ErrFont.
func PDF(w io.Writer, d *motion.Document, base string, fonts *pdf.Fonts) error {
	title, number := foot(d)
	t := &pdf.Text{Title: d.Title, Subject: d.Congress, Keywords: "Journal " + strconv.FormatUint(d.Head.Seq, 10) + " " + d.Head.Hash,
		Created: d.At(), Colophon: colophon(d), Foot: title, Number: number}
	c, err := code(d, base)
	if err != nil {
		return err
	}
	for _, p := range append(sheet(d, base), annex(d, base, permanent(d, base))...) {
		blocks := pdfBlocks(&p)
		if c != nil && p.Page != "" {
			blocks[0].Code = &pdf.Code{Size: c.Size, Black: c.Black, Link: p.Page, Alt: codeWords, Leads: permanentWords}
		}
		t.Blocks = append(t.Blocks, blocks...)
	}
	if err := pdf.Write(w, t, fonts); err != nil {
		return fmt.Errorf("publish: pdf: %w", err)
	}
	return nil
}

var pdfKinds = map[motion.Kind]pdf.Kind{motion.Title: pdf.Title, motion.Axis: pdf.Heading, motion.Proposal: pdf.Marked, motion.Item: pdf.Item}

// pdfHeadings are the kinds of the paper's headings by their level.
var pdfHeadings = [...]pdf.Kind{1: pdf.Heading, 2: pdf.Heading2, 3: pdf.Heading3}

func pdfBlocks(p *part) (out []pdf.Block) {
	for i := range p.Items {
		out = append(out, pdfBlocks(&p.Items[i])...)
	}
	if len(p.Items) > 0 {
		return out
	}
	b := pdf.Block{Kind: pdfKinds[p.Kind], Label: p.Label}
	switch level := p.outline(); {
	case level > 0:
		b.Kind = pdfHeadings[level]
	case p.Imprint:
		b.Kind = pdf.Imprint
	}
	for _, q := range p.pieces() {
		s := pdf.Span{Text: q.Text, Strong: q.Strong, Em: q.Em, Link: q.Link, Leads: q.Leads}
		for _, c := range q.Calls {
			s.Notes = append(s.Notes, pdf.Note{Number: c.Number, Spans: []pdf.Span{{Text: said(c.Source) + " "},
				{Text: c.Href, Link: c.Href, Leads: whose(c.Source.Signature, c.Source.Text == "")}}})
		}
		b.Spans = append(b.Spans, s)
	}
	return append(out, b)
}
