package french

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/villes-internet/congres/corpora/lexicon"
)

// blocks cuts a text into paragraphs, headings and items of lists: what a line
// break sets apart. A line break inside a paragraph that was wrapped by hand
// sets nothing apart: see [lines.wrapped].
func blocks(text string) []Span {
	var out []Span
	l := lines{text: text}
	start, before := 0, 0 // of the block, of the line before
	for at := 0; at <= len(text); {
		end := lineEnd(text, at)
		if !l.wrapped(before, at, end) {
			out = appendTrimmed(out, text, start, at)
			start = at
		}
		before = at
		at = end + 1
		if strings.HasPrefix(text[end:], "\r\n") {
			at++
		}
	}
	return appendTrimmed(out, text, start, len(text))
}

// lineEnd returns where the line that starts at i ends, its break aside.
func lineEnd(text string, i int) int {
	if n := strings.IndexAny(text[i:], "\n\r"); n >= 0 {
		return i + n
	}
	return len(text)
}

// lines are those of a text, read in order.
type lines struct {
	text    string
	until   int  // how far the lines around the one at hand were looked at
	regular bool // those lines break where the next word had no room
}

// What a line is at least when its break may have been put by a program, and what
// people type at least before they break a line inside a sentence, in letters.
const (
	narrow = 40
	long   = 60
)

// wrapped says whether the line [start, end) goes on with the sentence that the
// line from before left open. It starts with a small letter, the line before ends
// without a mark or with a comma, and one of these holds: the two words at the
// break belong together (« sa / dignité »); all lines around break where no room was
// left for the next word; or the line before is long, and this one does not
// begin as a sentence or an item does (« il faut », « les transports »). Of 23
// such breaks in the free proposals of Lille's consultation 21 are inside a
// sentence, most behind long lines or between two words that belong together.
func (l *lines) wrapped(before, start, end int) bool {
	if before >= start {
		return false
	}
	previous := strings.TrimRightFunc(l.text[before:start], unicode.IsSpace)
	line := strings.TrimLeftFunc(l.text[start:end], unicode.IsSpace)
	if previous == "" || line == "" {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(previous)
	if !unicode.IsLetter(last) && !unicode.IsDigit(last) && last != ',' && last != ')' && last != '\'' && last != '’' && last != '»' {
		return false
	}
	r := first(line)
	switch {
	case item(line):
		return false
	case last == ',':
		return unicode.IsLetter(r)
	case !unicode.IsLower(r):
		return false
	}
	next, head := Normalise(firstWord(line)), Normalise(lastWord(previous))
	if head == "" || leads(head) || follow(next) { // "": l', d'…
		return true
	}
	if start >= l.until {
		l.look(before)
	}
	return l.regular || utf8.RuneCountInString(previous) >= long && !begins(next)
}

// look reads the lines from start to the next empty one.
func (l *lines) look(start int) {
	width, least, count := 0, 1<<30, 0
	for at := start; at < len(l.text); at = l.until {
		end := lineEnd(l.text, at)
		line := strings.TrimSpace(l.text[at:end])
		if l.until = end + 1; line == "" {
			break
		}
		if strings.HasPrefix(l.text[end:], "\r\n") {
			l.until++
		}
		width = max(width, utf8.RuneCountInString(line))
		next := strings.TrimSpace(l.text[min(l.until, len(l.text)):lineEnd(l.text, min(l.until, len(l.text)))])
		if next != "" {
			word, _, _ := strings.Cut(next, " ")
			least = min(least, utf8.RuneCountInString(line)+utf8.RuneCountInString(word)+1)
			count++
		}
	}
	l.regular = count > 1 && width >= narrow && width < least
}

// firstWord returns the word that s begins with, with its apostrophe if it is
// elided.
func firstWord(s string) string {
	end := letters(s, 0)
	if end < len(s) {
		end += apostropheAt(s, end)
	}
	return s[:end]
}

// leads says whether a sentence cannot end on a word: an article, a preposition,
// an auxiliary, an infinitive.
func leads(word string) bool {
	if s := grammatical[word]; len(s) > 0 {
		switch s[0].slot {
		case determiner, preposition, coordinating, subordinating, auxiliary:
			return true
		}
		return false
	}
	verb := false
	for _, r := range lexicon.French().Lookup(nil, word) {
		if r.POS != lexicon.VERB {
			return false
		}
		verb = verb || r.Features&lexicon.Infinitive != 0
	}
	return verb
}

// follow says whether a sentence cannot begin with a word.
func follow(word string) bool {
	s := grammatical[word]
	if len(s) == 0 {
		return false
	}
	switch s[0].slot {
	case preposition, coordinating, subordinating, auxiliary:
		return true
	}
	return word == "qui" || word == "dont" || word == "où"
}

// begins says whether sentences and items of lists begin with a word as a rule.
func begins(word string) bool {
	s := grammatical[word]
	return len(s) > 0 && (s[0].slot == determiner || s[0].slot == subject)
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
