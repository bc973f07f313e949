package french

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// blocks cuts a text into paragraphs, headings and items of lists: what a line
// break sets apart. A line break inside a paragraph that was wrapped by hand
// sets nothing apart: the next line starts with a small letter and the last one
// ends without a mark, or with a comma.
func blocks(text string) []Span {
	var out []Span
	start, previous := 0, ""
	for at := 0; at <= len(text); {
		end := len(text)
		if i := strings.IndexAny(text[at:], "\n\r"); i >= 0 {
			end = at + i
		}
		line := text[at:end]
		if !wrapped(previous, line) {
			out = appendTrimmed(out, text, start, at)
			start = at
		}
		previous = line
		at = end + 1
		if strings.HasPrefix(text[end:], "\r\n") {
			at++
		}
	}
	return appendTrimmed(out, text, start, len(text))
}

// wrapped says whether line goes on with the sentence that previous left open.
func wrapped(previous, line string) bool {
	previous = strings.TrimRightFunc(previous, unicode.IsSpace)
	line = strings.TrimLeftFunc(line, unicode.IsSpace)
	if previous == "" || line == "" {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(previous)
	if !unicode.IsLetter(last) && !unicode.IsDigit(last) && last != ',' && last != ')' && last != '\'' && last != '’' && last != '»' {
		return false
	}
	r := first(line)
	if item(line) {
		return false
	}
	return unicode.IsLower(r) || last == ',' && unicode.IsLetter(r)
}

// item says whether a line opens an item of a list: a dash, a bullet, a), 1),
// 1. or 1°.
func item(line string) bool {
	r, size := utf8.DecodeRuneInString(line)
	switch r {
	case '-', '–', '—', '•', '*', '·', '▪', '●', '◦', '→', '➢', '✓', '>', '+', '#':
		return true
	}
	if unicode.IsLetter(r) && len(line) > size {
		return line[size] == ')'
	}
	i := 0
	for digitAt(line, i) {
		i++
	}
	return i > 0 && i < 3 && i < len(line) && (line[i] == ')' || line[i] == '.' || strings.HasPrefix(line[i:], "°"))
}
