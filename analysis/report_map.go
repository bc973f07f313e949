package analysis

import (
	"bufio"
	"encoding/xml"
	"io"
	"strings"

	"github.com/villes-internet/congres/analysis/theme"
)

// How many verbatims hang below a branch of the mind map.
const mapVerbatims = 3

// A branch is a node of the mind map.
type branch struct {
	text   string
	note   string // figures; "": none
	quoted bool   // somebody's words
	kids   []branch
}

// outline is axes → themes → sub-themes → verbatims, and what is not classified.
func (r *Report) outline() branch {
	text := make(map[string]*Segment, len(r.Segments))
	aside := 0
	for i := range r.Segments {
		s := &r.Segments[i]
		text[s.ID] = s
		if s.Theme == "" {
			aside++
		}
	}
	quotes := func(ids []string) (out []branch) {
		for _, id := range ids {
			if s, ok := text[id]; ok && len(out) < mapVerbatims {
				out = append(out, branch{text: "«\u00a0" + strings.Join(strings.Fields(s.Text), " ") + "\u00a0»", note: "Texte " + s.Document, quoted: true})
			}
		}
		return out
	}
	of := make(map[string]branch)
	var themes []branch
	for _, t := range r.Themes {
		b := branch{text: capital(t.Label), note: plural(t.Documents, "texte") + ", " + plural(t.Segments, "phrase") + ", " +
			plural(t.Natures[theme.Proposal], theme.Proposal) + ". " + t.Steadiness() + "."}
		for _, s := range t.Subthemes {
			b.kids = append(b.kids, branch{text: s.Label, note: plural(s.Documents, "texte") + ", " + plural(s.Segments, "phrase"), kids: quotes(s.Verbatims)})
		}
		if len(t.Subthemes) == 0 {
			var ids []string
			for _, v := range t.Verbatims {
				ids = append(ids, v.Segment)
			}
			b.kids = quotes(ids)
		}
		of[t.ID] = b
		themes = append(themes, b)
	}
	root := branch{text: r.Corpus.Name, note: plural(r.Corpus.Documents, "texte") + ", " + plural(r.Corpus.Segments, "phrase")}
	if root.text == "" {
		root.text = "Corpus sans nom"
	}
	for _, a := range r.Axes {
		b := branch{text: a.Label}
		for _, id := range a.Themes {
			b.kids = append(b.kids, of[id])
		}
		root.kids = append(root.kids, b)
	}
	if len(r.Axes) == 0 {
		root.kids = themes
	}
	if aside > 0 {
		root.kids = append(root.kids, branch{text: "Ce qui n’est pas classé", note: plural(aside, "phrase")})
	}
	return root
}

// WriteOPML writes carte.opml: OPML 2.0 (D. Winer, 2006), which mind mappers and
// outliners read; figures are in _note, as they expect it.
func (r *Report) WriteOPML(w io.Writer) error {
	b, root := bufio.NewWriter(w), r.outline()
	b.WriteString(xml.Header + "<opml version=\"2.0\">\n<head><title>" + attribute(root.text) + "</title></head>\n<body>\n")
	var write func(x branch)
	write = func(x branch) {
		b.WriteString(`<outline text="` + attribute(x.text) + `"`)
		if x.note != "" {
			b.WriteString(` _note="` + attribute(x.note) + `"`)
		}
		if len(x.kids) == 0 {
			b.WriteString("/>\n")
			return
		}
		b.WriteString(">\n")
		for _, k := range x.kids {
			write(k)
		}
		b.WriteString("</outline>\n")
	}
	write(root)
	b.WriteString("</body>\n</opml>\n")
	return b.Flush() // it keeps the first error
}

// WriteFreeplane writes carte.mm, in the format of Freeplane 1.9 and later, which
// FreeMind and other mind mappers read too. Sub-themes are folded; figures are
// details below a node.
func (r *Report) WriteFreeplane(w io.Writer) error {
	b := bufio.NewWriter(w)
	b.WriteString("<map version=\"freeplane 1.9.13\">\n")
	var write func(x branch, depth int)
	write = func(x branch, depth int) {
		b.WriteString(`<node TEXT="` + attribute(x.text) + `"`)
		switch {
		case depth == 1:
			b.WriteString(` STYLE="bubble"`)
		case depth >= 2 && len(x.kids) > 0:
			b.WriteString(` FOLDED="true"`)
		}
		b.WriteString(">\n")
		if depth <= 2 {
			b.WriteString("<edge WIDTH=\"" + []string{"3", "3", "2"}[depth] + "\"/>\n")
		}
		if x.quoted {
			b.WriteString("<font ITALIC=\"true\"/>\n")
		}
		if x.note != "" {
			b.WriteString("<richcontent TYPE=\"DETAILS\"><html><head/><body><p>" + attribute(x.note) + "</p></body></html></richcontent>\n")
		}
		for _, k := range x.kids {
			write(k, depth+1)
		}
		b.WriteString("</node>\n")
	}
	write(r.outline(), 0)
	b.WriteString("</map>\n")
	return b.Flush()
}

// attribute escapes; what XML cannot hold becomes U+FFFD.
func attribute(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder never fails
	return b.String()
}
