package french

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word appends the word at i with what is cut from it: an elided article
// before, clitics after.
func word(dst []Token, text string, i int) ([]Token, int) {
	if end := link(text, i); end > i {
		return append(dst, Token{i, end, URL}), end
	}
	start := i
	end := letters(text, i)
	switch c := text[i]; {
	case c == 'I' || c == 'V' || c == 'X':
		if ordinal(text[i:end]) && !compound(text, end) {
			return append(dst, Token{start, end, Ordinal}), end
		}
	case (c == 'c' || c == 'C') && end == i+1 && end < len(text) && (text[end] == '.' || text[end] == '-'):
		if to := thatIs(text, i); to > end {
			return append(dst, Token{start, to, Word}), to
		}
	}
	for end < len(text) {
		c := text[end]
		if c < utf8.RuneSelf {
			if ascii[c] == isSpace || c == ',' {
				break
			}
		}
		next := end
		switch size := 0; {
		case c == '.':
			next = dotted(text, start, end)
			if next < 0 {
				return append(dst, Token{start, -next, URL}), -next
			}
		case c == '*':
			next = starred(text, start, end)
		case c == '(':
			next = bracketed(text, start, end)
		case c == '/':
			next = slashed(text, start, end)
		case c == '&':
			if end-start <= 2 && letterAt(text, end+1) && upperAt(text, start) && upperAt(text, end+1) {
				next = letters(text, end+1) // R&D, S&P
			}
		case c == '-' || c == 0xE2 && (strings.HasPrefix(text[end:], "\u2010") || strings.HasPrefix(text[end:], "\u2011")):
			size = 1
			if c != '-' {
				size = 3
			}
			if !letterAt(text, end+size) && !digitAt(text, end+size) {
				break
			}
			if tail := clitics(text, end); tail > end && !fused(text[start:end]) && !doubled(text[start:end], text[end+size:tail]) {
				dst = append(dst, Token{start, end, Word})
				return append(dst, cutClitics(text, end, tail)...), tail
			}
			next = letters(text, end+size)
		case c == '\'' || c == 0xE2 || c == 0xCA:
			size = apostropheAt(text, end)
			if size == 0 {
				next = max(middle(text, end), script(text, start, end))
				break
			}
			if elidable(text[start:end]) && !keepsApostrophe(text[start:], end-start, size) {
				return append(dst, Token{start, end + size, Elided}), end + size
			}
			if letterAt(text, end+size) {
				next = letters(text, end+size)
			}
		case c == 0xE3: // ・
			next = middle(text, end)
		case c == 0xC2: // · and °
			if strings.HasPrefix(text[end:], "°") || strings.HasPrefix(text[end:], "º") {
				if (end-start == 1 || end-start == 2) && (text[start] == 'n' || text[start] == 'N') {
					return append(dst, Token{start, end + 2, Word}), end + 2 // n°, N°
				}
				break
			}
			next = max(middle(text, end), script(text, start, end))
		}
		if next <= end {
			break
		}
		end = next
	}
	return append(dst, Token{start, end, Word}), end
}

// compound says whether a hyphen ties more to the word that ends at i.
func compound(text string, i int) bool {
	if i >= len(text) {
		return false
	}
	size := hyphenAt(text, i)
	return size > 0 && (letterAt(text, i+size) || digitAt(text, i+size))
}

// thatIs returns the end of « c.-à-d. » at i, or i.
func thatIs(text string, i int) int {
	for _, form := range []string{".-à-d.", ".-a-d.", ".-à-d", "-à-d."} {
		if hasFold(text, i+1, form) && !letterAt(text, i+1+len(form)) {
			return i + 1 + len(form)
		}
	}
	return i
}

// script reads on over the low figures of a formula (CO₂), and over the raised
// one of a unit (m², km³): behind a longer word that calls a note.
func script(text string, start, i int) int {
	if text[i] == 0xE2 && !strings.HasPrefix(text[i:], "\xe2\x82") || text[i] == 0xC2 && !strings.HasPrefix(text[i:], "²") && !strings.HasPrefix(text[i:], "³") {
		return i
	}
	for end := i; ; {
		r, size := utf8.DecodeRuneInString(text[end:])
		if figure(r) == r || r < '₀' && len(strings.TrimLeft(text[start:i], "0123456789")) > 2 {
			return letters(text, end)
		}
		end += size
	}
}

// figure is the plain figure of one that is raised or lowered, or r itself.
func figure(r rune) rune {
	switch {
	case r >= '₀' && r <= '₉':
		return r - '₀' + '0'
	case r == '²', r == '³':
		return r - '²' + '2'
	}
	return r
}

// apostropheAt returns the length of the apostrophe at i, or 0.
func apostropheAt(text string, i int) int {
	if text[i] == '\'' {
		return 1
	}
	for _, mark := range []string{"’", "ʼ", "‘", "′"} {
		if strings.HasPrefix(text[i:], mark) {
			return len(mark)
		}
	}
	return 0
}

// elidable says whether word loses its vowel before another: l', d', qu'…
func elidable(word string) bool {
	switch len(word) {
	case 1:
		return strings.IndexByte("ldjmtsncLDJMTSNC", word[0]) >= 0
	case 2:
		return hasFold(word, 0, "qu") || word == "ç" || word == "Ç"
	case 5:
		return hasFold(word, 0, "jusqu")
	case 6:
		return hasFold(word, 0, "lorsqu") || hasFold(word, 0, "puisqu") || hasFold(word, 0, "quoiqu")
	}
	return false
}

// keepsApostrophe names what looks like an elision and is one word.
func keepsApostrophe(text string, end, size int) bool {
	rest := text[end+size:]
	return (text[0] == 'c' || text[0] == 'C') && strings.HasPrefix(rest, "est-à-dire")
}

// upperAt says whether an ASCII capital stands at i.
func upperAt(text string, i int) bool { return text[i] >= 'A' && text[i] <= 'Z' }

// dotted reads on over a dot inside a word: an inclusive ending (élu.e.s), an
// abbreviation (M., art., S.N.C.F.). It returns the new end, or the old one
// when the dot ends the word; minus the end of a bare address (ville.fr).
func dotted(text string, start, end int) int {
	if letterAt(text, end+1) {
		if to := inclusive(text, start, end); to > end {
			return to
		}
		if to := domain(text, start, end); to > end {
			return -to
		}
	}
	if utf8.RuneCountInString(text[start:end]) == 1 && unicode.IsUpper(first(text[start:])) {
		// Initials: J. Dupont, S.N.C.F., av. J.-C.
		to := end
		for to < len(text) && text[to] == '.' {
			next := to + 1
			if next < len(text) && text[next] == '-' {
				next++
			}
			r, size := utf8.DecodeRuneInString(text[next:])
			if !unicode.IsUpper(r) || next+size >= len(text) || text[next+size] != '.' {
				break
			}
			to = next + size
		}
		if to > end || (end+1 < len(text) && text[end+1] == ' ' && (text[start] == 'M' || upperNext(text, end+2))) {
			return to + 1
		}
		return end
	}
	if abbreviation(text[start:end]) && !strings.HasPrefix(text[end:], "..") {
		return end + 1
	}
	return end
}

func first(text string) rune { r, _ := utf8.DecodeRuneInString(text); return r }

func upperNext(text string, i int) bool { return i < len(text) && unicode.IsUpper(first(text[i:])) }
