package corpora

import (
	"html"
	"regexp"
	"slices"
	"strings"
)

// unmark takes the tags out of columns that are written in HTML, as an export keeps
// what people wrote in a rich text editor. Texts without tags, and columns whose
// texts are not, stay to the byte.
func (t *Table) unmark() {
	decidim := t.decidim()
	changed := make(map[int]bool) // rows
	for i, h := range t.Header {
		kind, _, _ := strings.Cut(h, "/")
		if !t.inHTML(i) && (!decidim || kind != "body" && kind != "title") {
			continue
		}
		some := false
		for n, row := range t.Rows {
			if words, ok := fromHTML(row[i]); ok {
				row[i], some = words, true
				changed[n] = true
			}
		}
		if some {
			t.Unmarked = append(t.Unmarked, h)
		}
	}
	if len(changed) > 0 {
		t.doubt(0, "", false, "%s en HTML\u00a0: seuls leurs mots sont lus, sans les balises.", count(len(changed), "texte est écrit", "textes sont écrits"))
	}
}

// decidim says whether a table is an export of Decidim's.
func (t *Table) decidim() bool {
	return slices.ContainsFunc(t.Header, func(h string) bool { return h == "component/id" || h == "participatory_space/id" })
}

// inHTML says whether most cells of a column are HTML.
func (t *Table) inHTML(column int) bool {
	marked := 0
	n := t.filled(column, func(cell string) {
		if isHTML(cell) {
			marked++
		}
	})
	return 2*marked > n
}

// What a tag of HTML does to the words around it; those of other names are words.
var (
	htmlBlocks = []string{"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "table", "tr", "figure", "hr",
		"section", "article", "dl", "dt", "dd"}
	htmlHidden = []string{"script", "style", "iframe", "template"}
	htmlInline = []string{"a", "abbr", "audio", "b", "big", "button", "caption", "center", "cite", "code", "colgroup", "col", "del", "em", "embed", "figcaption",
		"font", "i", "img", "ins", "kbd", "label", "mark", "object", "q", "s", "small", "source", "span", "strike", "strong", "sub", "sup",
		"tbody", "td", "tfoot", "th", "thead", "tt", "u", "video", "wbr"}
	htmlTag = regexp.MustCompile(`<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:\s(?:[^<>"']|"[^"<]*"|'[^'<]*')*|/)?>`)
)

// A htmlPart is a tag of HTML, or what stands between two.
type htmlPart struct {
	words string
	name  string // of the tag, lower case
	ends  bool
}

// htmlParts cuts a text at its tags; comments are left out.
func htmlParts(text string) (parts []htmlPart) {
	var plain strings.Builder
	for {
		before, rest, opened := strings.Cut(text, "<!--")
		_, after, closed := strings.Cut(rest, "-->")
		if !opened || !closed {
			plain.WriteString(text)
			break
		}
		plain.WriteString(before)
		text = after
	}
	text = plain.String()
	at := 0
	for _, m := range htmlTag.FindAllStringSubmatchIndex(text, -1) {
		p := htmlPart{name: strings.ToLower(text[m[4]:m[5]]), ends: m[3] > m[2]}
		if p.name != "li" && p.name != "br" && !slices.Contains(htmlBlocks, p.name) && !slices.Contains(htmlHidden, p.name) && !slices.Contains(htmlInline, p.name) {
			continue // « <nom de la rue> »
		}
		if m[0] > at {
			parts = append(parts, htmlPart{words: text[at:m[0]]})
		}
		parts = append(parts, p)
		at = m[1]
	}
	if at < len(text) {
		parts = append(parts, htmlPart{words: text[at:]})
	}
	return parts
}

// isHTML says whether a text is HTML: it holds blocks, or begins and ends with tags.
func isHTML(text string) bool {
	if !strings.Contains(text, "<") {
		return false
	}
	parts := htmlParts(strings.TrimSpace(text))
	for _, p := range parts {
		if p.name == "li" || p.name == "br" || slices.Contains(htmlBlocks, p.name) {
			return true
		}
	}
	return len(parts) > 0 && parts[0].words == "" && parts[len(parts)-1].words == ""
}

// fromHTML gives the words of a text in HTML: paragraphs parted by a blank line, a
// dash before each item of a list. It says no to what is no HTML, and leaves a text
// whose words are all hidden with none.
func fromHTML(text string) (words string, ok bool) {
	if !isHTML(text) {
		return "", false
	}
	var b strings.Builder
	gap, hidden := "", ""
	part := func(with string) { // the wider gap holds
		if len(with) > len(gap) {
			gap = with
		}
	}
	parts := htmlParts(text)
	closed := make(map[string]int) // where the last tag that ends each name is
	for n, p := range parts {
		if p.ends {
			closed[p.name] = n
		}
	}
	for n, p := range parts {
		item := strings.HasSuffix(gap, "- ")
		switch {
		case hidden != "":
			if p.ends && p.name == hidden {
				hidden = ""
			}
		case p.name == "":
			s := html.UnescapeString(p.words)
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
		case slices.Contains(htmlHidden, p.name):
			if !p.ends && closed[p.name] > n { // otherwise all that follows would go
				hidden = p.name
			}
		case p.name == "li" && !p.ends:
			gap = "\n- "
		case p.name == "li", p.name == "br":
			part("\n")
		case p.name == "td", p.name == "th":
			part(" ")
		case slices.Contains(htmlBlocks, p.name) && (p.ends || !item): // <li><p>
			part("\n\n")
		}
	}
	return b.String(), true
}

// htmlSpace is the white space that HTML collapses: not U+00A0.
func htmlSpace(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' }
