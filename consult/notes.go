package consult

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Statements finds in a meeting's notes what was said there: each list item,
// its lines that go on included; where the notes have no list, each line that
// is a sentence. Titles, and lines that announce others, are none.
func Statements(notes string) []string {
	lines := strings.Split(strings.ReplaceAll(notes, "\r\n", "\n"), "\n")
	var items, sentences []string
	open := false // the item before may go on
	for _, raw := range lines {
		line := strings.TrimSpace(raw)
		item, ok := bullet(line)
		switch {
		case line == "":
			open = false
		case ok:
			items = append(items, item)
			open = true
		case open && raw[0] <= ' ': // indented under its item
			items[len(items)-1] += "\n" + line
		default:
			open = false
			if len(strings.Fields(line)) >= 4 && !strings.HasSuffix(line, ":") && !strings.HasPrefix(line, "#") {
				sentences = append(sentences, line)
			}
		}
	}
	found := items
	if len(items) == 0 {
		found = sentences
	}
	out := found[:0:0]
	for _, s := range found {
		if s, err := CleanText(s); err == nil && strings.ContainsFunc(s, unicode.IsLetter) {
			out = append(out, s)
		}
	}
	return out
}

// bullet takes the mark of a list item away.
func bullet(line string) (item string, ok bool) {
	r, size := utf8.DecodeRuneInString(line)
	if strings.ContainsRune("-–—•·*‣◦▪■●○→", r) {
		if rest := strings.TrimSpace(line[size:]); rest != "" && rest != line[size:] || r != '-' && r != '*' && r != '–' && r != '—' && rest != "" {
			return rest, true
		}
		return "", false
	}
	digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
	if digits > 0 && digits <= 3 && len(line) > digits+1 && strings.ContainsRune(".)", rune(line[digits])) && line[digits+1] == ' ' {
		return strings.TrimSpace(line[digits+2:]), true
	}
	return "", false
}

// MeetingOrigin is where the statements of a meeting are said to come from.
func MeetingOrigin(meeting string) string { return "rencontre:" + meeting }

// ReadStatements makes contributions of what was said at a meeting. Each is
// known by its words, so that the same notes twice add nothing; said twice, it
// counts once.
func ReadStatements(meeting, notes string) []Imported {
	var out []Imported
	seen := map[string]bool{}
	for _, s := range Statements(notes) {
		sum := sha256.Sum256([]byte(meeting + "\x00" + s))
		id := hex.EncodeToString(sum[:16])
		if !seen[id] {
			seen[id] = true
			out = append(out, Imported{External: id, Meeting: meeting, Text: s})
		}
	}
	return out
}
