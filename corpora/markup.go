package corpora

import (
	"encoding/xml"
	"io"
	"slices"
	"strings"
)

// unmark takes the tags out of texts that Decidim exports in HTML: versions
// 0.23 to 0.26 do so where people write in its rich text editor. A cell without
// tags, and any other table, stays to the byte.
func (t *Table) unmark() {
	if !slices.ContainsFunc(t.Header, func(h string) bool { return h == "component/id" || h == "participatory_space/id" }) {
		return
	}
	changed := 0
	for i, h := range t.Header {
		if kind, _, _ := strings.Cut(h, "/"); kind != "body" && kind != "title" {
			continue
		}
		for _, row := range t.Rows {
			if words, ok := fromHTML(row[i]); ok {
				row[i] = words
				changed++
			}
		}
	}
	if changed > 0 {
		t.doubt(0, "", false, "%s en HTML\u00a0: seuls leurs mots sont lus, sans les balises.", count(changed, "texte est écrit", "textes sont écrits"))
	}
}

// What a tag of HTML does to the words around it.
var (
	htmlBlocks = []string{"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "table", "tr", "figure", "hr"}
	htmlHidden = []string{"script", "style", "iframe"}
)

// fromHTML gives the words of a text that begins and ends with a tag:
// paragraphs parted by a blank line, a dash before each item of a list. It says
// no to what is no HTML.
func fromHTML(text string) (words string, ok bool) {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "<") || !strings.HasSuffix(text, ">") {
		return "", false
	}
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict, d.Entity = false, xml.HTMLEntity
	var b strings.Builder
	gap, hidden := "", ""
	tags := 0
	part := func(with string) { // the wider gap holds
		if len(with) > len(gap) {
			gap = with
		}
	}
	for {
		token, err := d.RawToken()
		if token == nil {
			if err != io.EOF || tags == 0 {
				return "", false
			}
			return b.String(), true
		}
		switch token := token.(type) {
		case xml.StartElement:
			tags++
			switch name := strings.ToLower(token.Name.Local); {
			case slices.Contains(htmlHidden, name):
				hidden = name
			case name == "li":
				gap = "\n- "
			case name == "br":
				part("\n")
			case slices.Contains(htmlBlocks, name) && !strings.HasSuffix(gap, "- "): // <li><p>
				part("\n\n")
			}
		case xml.EndElement:
			switch name := strings.ToLower(token.Name.Local); {
			case name == hidden:
				hidden = ""
			case slices.Contains(htmlBlocks, name):
				part("\n\n")
			case name == "li":
				part("\n")
			}
		case xml.CharData:
			s := string(token)
			if hidden != "" {
				continue
			}
			for i, word := range strings.FieldsFunc(s, htmlSpace) {
				if i > 0 || htmlSpace(rune(s[0])) {
					part(" ")
				}
				if b.Len() > 0 || gap == "\n- " {
					b.WriteString(strings.TrimPrefix(gap, map[bool]string{true: "\n"}[b.Len() == 0]))
				}
				gap = ""
				b.WriteString(word)
			}
			if s != "" && htmlSpace(rune(s[len(s)-1])) {
				part(" ")
			}
		}
	}
}

// htmlSpace is the white space that HTML collapses: not U+00A0.
func htmlSpace(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' }
