package analysis

import (
	"html/template"
	"strconv"
	"strings"
)

// The page's lists of sentences and of texts are nearly all of a large one. They are
// written here: as templates they take several times as long.

// itemsOf are the items of a list of sentences, each with the text that says it.
func itemsOf(list []quote) template.HTML {
	var b strings.Builder
	for _, q := range list {
		b.WriteString("<li>«\u00a0")
		b.WriteString(template.HTMLEscapeString(clean(q.Text)))
		b.WriteString("\u00a0» ")
		q.From.write(&b, "texte ")
		b.WriteString("</li>")
	}
	return template.HTML(b.String())
}

// linksTo are links to texts, by their names alone.
func linksTo(list []textLink) template.HTML {
	var b strings.Builder
	for i, t := range list {
		if i > 0 {
			b.WriteByte(' ')
		}
		t.write(&b, "")
	}
	return template.HTML(b.String())
}

// write writes a text's name, behind the word for it, and leads to the text where it is
// in the page.
func (t textLink) write(b *strings.Builder, word string) {
	open, end := `<span class="soft">`, "</span>"
	if t.N > 0 {
		open, end = `<a href="#texte-`+strconv.Itoa(t.N)+`">`, "</a>"
	}
	b.WriteString(open)
	b.WriteString(word)
	b.WriteString(template.HTMLEscapeString(clean(t.Name)))
	b.WriteString(end)
}

// clean is a text as a page may show it.
func clean(s string) string { return strings.TrimSpace(strings.ToValidUTF8(s, "\ufffd")) }
