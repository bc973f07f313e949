package publish

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/motion"
)

// Text writes the document as plain text in UTF-8, a blank line between two
// blocks, sources as « [1] » and listed at its end.
func Text(w io.Writer, d *motion.Document, base string) error {
	var b strings.Builder
	for _, p := range sheet(d, base) {
		for _, i := range p.Items {
			i.text(&b)
			b.WriteString("\n")
		}
		if len(p.Items) == 0 {
			p.text(&b)
			b.WriteString("\n")
		}
		b.WriteString("\n")
	}
	if len(d.Sources) > 0 {
		b.WriteString("Sources\n\n")
	}
	for i := range d.Sources {
		s := &d.Sources[i]
		b.WriteString("[" + strconv.Itoa(i+1) + "] " + said(s) + " " + base + s.Path() + "\n")
	}
	if len(d.Sources) > 0 {
		b.WriteString("\n")
	}
	for _, p := range annex(d, base, permanent(d, base)) {
		p.text(&b)
		b.WriteString("\n\n")
	}
	for _, line := range colophon(d) {
		b.WriteString(line + "\n")
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("publish: text: %w", err)
	}
	return nil
}

func (p *part) text(b *strings.Builder) {
	if p.Label != "" {
		b.WriteString(p.Label + " ")
	}
	for _, s := range p.Sentences {
		for _, q := range s.Pieces {
			b.WriteString(q.Text)
			for _, c := range q.Calls {
				b.WriteString(nbsp + "[" + strconv.Itoa(c.Number) + "]")
			}
		}
	}
}
