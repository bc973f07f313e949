package publish

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"rsc.io/qr"

	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/publish/pdf"
)

// PDF writes the document as a tagged PDF: footnotes for sources, the
// journal's head, and the permanent page's address as a QR code (ISO/IEC
// 18004) where base is an address. Errors: pdf.ErrFont.
func PDF(w io.Writer, d *motion.Document, base string, fonts *pdf.Fonts) error {
	t := &pdf.Text{Title: d.Title, Subject: d.Congress, Keywords: "Journal " + strconv.FormatUint(d.Head.Seq, 10) + " " + d.Head.Hash,
		Created: d.At(), Colophon: colophon(d)}
	all := parts(d, base)
	if !titled(all) {
		t.Blocks = append(t.Blocks, pdf.Block{Kind: pdf.Title, Spans: []pdf.Span{{Text: d.Title}}})
	}
	for i := range all {
		t.Blocks = append(t.Blocks, pdfBlocks(&all[i])...)
	}
	for _, p := range annex(d, base, permanent(d, base)) {
		t.Blocks = append(t.Blocks, pdfBlocks(&p)...)
	}
	if page := permanent(d, base); strings.HasPrefix(page, "http") {
		code, err := qr.Encode(page, qr.M)
		if err != nil {
			return fmt.Errorf("publish: pdf: %w", err)
		}
		t.Colophon = append(t.Colophon, page)
		t.Code = &pdf.Code{Size: code.Size, Black: code.Black, Link: page, Alt: "Code QR qui mène à la page permanente" + nbsp + ": " + page}
	}
	if err := pdf.Write(w, t, fonts); err != nil {
		return fmt.Errorf("publish: pdf: %w", err)
	}
	return nil
}

// permanent is the address of the page of this very version.
func permanent(d *motion.Document, base string) string {
	page := base + "/motion/" + d.Motion
	if d.Version > 0 {
		page += "?version=" + strconv.Itoa(d.Version)
	}
	return page
}

var pdfKinds = map[motion.Kind]pdf.Kind{motion.Title: pdf.Title, motion.Axis: pdf.Heading, motion.Proposal: pdf.Marked, motion.Item: pdf.Item}

func pdfBlocks(p *part) (out []pdf.Block) {
	for i := range p.Items {
		out = append(out, pdfBlocks(&p.Items[i])...)
	}
	if len(p.Items) > 0 {
		return out
	}
	b := pdf.Block{Kind: pdfKinds[p.Kind], Label: p.Label}
	switch p.Level {
	case 3:
		b.Kind = pdf.Heading2
	case 4:
		b.Kind = pdf.Heading3
	}
	for _, q := range p.pieces() {
		s := pdf.Span{Text: q.Text, Strong: q.Strong, Em: q.Em, Link: q.Link}
		for _, c := range q.Calls {
			s.Notes = append(s.Notes, pdf.Note{Number: c.Number, Spans: []pdf.Span{{Text: said(c.Source) + " "}, {Text: c.Href, Link: c.Href}}})
		}
		b.Spans = append(b.Spans, s)
	}
	return append(out, b)
}
