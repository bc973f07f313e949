package consult

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/villes-internet/congres/corpora"
)

// A Statement is a point of a meeting's notes.
type Statement struct {
	Text  string
	Title bool // it reads like the title of those that follow
}

// ID names a statement by its words.
func (s Statement) ID() string { return wordsID(s.Text) }

func wordsID(words string) string {
	sum := sha256.Sum256([]byte(words))
	return hex.EncodeToString(sum[:16])
}

// Statements finds in a meeting's notes what was said there: each list item,
// its lines that go on and the ends of its sentence included; where the notes
// have no list, and under a title that is numbered, each line that is a
// sentence. Headings, and lines that announce others, are none.
func Statements(notes string) []Statement {
	lines := linesOf(notes)
	titles := titlesOf(lines)
	listed := slices.ContainsFunc(lines, func(l noted) bool { return l.mark != plainLine })
	var out []Statement
	seen := map[string]bool{}
	under := !listed // what stands here counts, list or not
	for i, l := range lines {
		if l.mark != plainLine {
			under = titles[i]
		} else if !under || !l.sentence() {
			continue
		}
		text, err := CleanText(l.text)
		if err == nil && strings.ContainsFunc(text, unicode.IsLetter) && !seen[text] {
			seen[text] = true
			out = append(out, Statement{text, titles[i]})
		}
	}
	return out
}

// A noted is a line of notes and those that go on with it.
type noted struct {
	text   string
	mark   mark
	indent int // characters before its mark
}

type mark int

const (
	plainLine mark = iota
	dash
	number
)

// sentence says whether a line that is no item tells something by itself.
func (l noted) sentence() bool {
	return len(strings.Fields(l.text)) >= 4 && !strings.HasSuffix(l.text, ":") && !strings.HasPrefix(l.text, "#")
}

// linesOf reads notes. What is indented under an item goes on with it, a point of its
// own only where it begins a sentence: « surtout le samedi » says nothing alone.
func linesOf(notes string) (out []noted) {
	open := false // the item before may go on
	for raw := range strings.Lines(strings.ReplaceAll(notes, "\r\n", "\n")) {
		raw = strings.TrimSuffix(raw, "\n")
		line := strings.TrimSpace(raw)
		indent := len(raw) - len(strings.TrimLeft(raw, " \t"))
		item, mark := bullet(line)
		if line == "" {
			open = false
			continue
		}
		if mark == plainLine {
			item = line
		}
		first, _ := utf8.DecodeRuneInString(item)
		if n := len(out) - 1; n >= 0 && out[n].mark != plainLine &&
			(mark == plainLine && open && indent > 0 || mark != plainLine && indent > out[n].indent && unicode.IsLower(first)) {
			out[n].text += "\n" + item
			open = true
			continue
		}
		out = append(out, noted{item, mark, indent})
		open = mark != plainLine
	}
	return out
}

// anInfinitive begins what people ask for, as titles hardly do.
var anInfinitive = regexp.MustCompile(`(?i)^\p{L}*(er|ir|ttre|ndre|uire|faire)(\s|$)`)

// titlesOf says which items are titles: short, no sentence, above two points within
// them or, of items that are numbered, above what is not; the latter where most of
// the numbered items are, since the last point of a list stands above something too.
func titlesOf(lines []noted) map[int]bool {
	out, headings, numbered := map[int]bool{}, []int(nil), 0
	for i, l := range lines {
		if l.mark == plainLine {
			continue
		}
		if l.mark == number {
			numbered++
		}
		if !corpora.Titled(l.text) || anInfinitive.MatchString(l.text) || i+1 == len(lines) {
			continue
		}
		within := func(n int) bool { return n < len(lines) && lines[n].mark != plainLine && lines[n].indent > l.indent }
		out[i] = within(i+1) && within(i+2)
		if next := lines[i+1]; l.mark == number && (next.mark == dash || next.mark == plainLine && next.sentence()) {
			headings = append(headings, i)
		}
	}
	if 2*len(headings) > numbered {
		for _, i := range headings {
			out[i] = true
		}
	}
	return out
}

// bullet takes the mark of a list item away.
func bullet(line string) (item string, mark mark) {
	r, size := utf8.DecodeRuneInString(line)
	if strings.ContainsRune("-–—•·*‣◦▪■●○→", r) {
		if rest := strings.TrimSpace(line[size:]); rest != "" && rest != line[size:] || r != '-' && r != '*' && r != '–' && r != '—' && rest != "" {
			return rest, dash
		}
		return "", plainLine
	}
	digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
	if digits > 0 && digits <= 3 && len(line) > digits+1 && strings.ContainsRune(".)", rune(line[digits])) && line[digits+1] == ' ' {
		return strings.TrimSpace(line[digits+2:]), number
	}
	return "", plainLine
}

// MeetingOrigin is where the statements of a meeting are said to come from.
func MeetingOrigin(meeting string) string { return "rencontre:" + meeting }

// ReadStatements makes contributions of what was said at a meeting. Each is known
// by its words, so that the same notes twice add nothing.
func ReadStatements(meeting string, said []Statement) []Imported {
	var out []Imported
	for _, s := range said {
		out = append(out, Imported{External: wordsID(meeting + "\x00" + s.Text), Meeting: meeting, Text: s.Text})
	}
	return out
}
