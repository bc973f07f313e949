package french

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mark appends the token of the ASCII punctuation or symbol at i.
func mark(dst []Token, text string, i int) ([]Token, int) {
	end := i + 1
	kind := Punct
	switch text[i] {
	case '.':
		for end < len(text) && text[end] == '.' {
			end++
		}
	case '#', '@':
		if text[i] == '@' {
			if start, stop, ok := email(dst, text, i); ok {
				for len(dst) > 0 && dst[len(dst)-1].End > start {
					dst = dst[:len(dst)-1]
				}
				return append(dst, Token{start, stop, Email}), stop
			}
		}
		if letterAt(text, end) {
			return append(dst, Token{i, letters(text, end), Hashtag}), letters(text, end)
		}
		kind = Symbol
	case '$', '%', '+', '<', '=', '>', '^', '`', '|', '~', '&', '*':
		kind = Symbol
	}
	return append(dst, Token{i, end, kind}), end
}

// email reads an address around the @ at i: what stands before it has been cut
// into tokens already, without a space between them.
func email(dst []Token, text string, i int) (start, end int, ok bool) {
	start = i
	for start > 0 && local(text[start-1]) {
		start--
	}
	// The address starts where a token starts.
	for n := len(dst) - 1; n >= 0 && dst[n].End > start; n-- {
		if dst[n].Start < start {
			start = dst[n].End
			break
		}
	}
	for start < i && text[start] == '.' {
		start++
	}
	end = i + 1
	dot := false
	for end < len(text) && local(text[end]) {
		dot = dot || text[end] == '.'
		end++
	}
	for end > i+1 && ascii[text[end-1]] < isLetter {
		end--
	}
	return start, end, start < i && dot && strings.IndexByte(text[i:end], '.') > 1
}

func local(c byte) bool {
	return c < utf8.RuneSelf && (ascii[c] >= isLetter || c == '.' || c == '-' || c == '+')
}

// link returns the end of the address that starts at i, or i.
func link(text string, i int) int {
	switch text[i] {
	case 'h', 'H':
		if !hasFold(text, i, "http://") && !hasFold(text, i, "https://") {
			return i
		}
	case 'w', 'W':
		if !hasFold(text, i, "www.") {
			return i
		}
	default:
		return i
	}
	end, open := i, 0
loop:
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		switch {
		case unicode.IsSpace(r), r == '<', r == '>', r == '"', r == '«', r == '»', r == utf8.RuneError && size == 1:
			break loop
		case r == '(':
			open++
		case r == ')':
			if open == 0 {
				break loop
			}
			open--
		}
		end += size
	}
	for end > i && strings.IndexByte(".,;:!?'*", text[end-1]) >= 0 {
		end--
	}
	for strings.HasSuffix(text[i:end], "’") || strings.HasSuffix(text[i:end], "…") {
		end -= len("’")
	}
	return end
}

// domain returns the end of a bare address (ville.fr, ville.fr/page) whose first
// label is [start, dot), or start.
func domain(text string, start, dot int) int {
	end := dot
	var top string
	for end < len(text) && text[end] == '.' {
		next := end + 1
		for next < len(text) && text[next] < utf8.RuneSelf && (ascii[text[next]] >= isLetter || text[next] == '-') {
			next++
		}
		if next == end+1 {
			break
		}
		top, end = text[end+1:next], next
	}
	switch top {
	case "fr", "com", "org", "net", "eu", "info", "bzh", "re", "io":
	default:
		return start
	}
	if end < len(text) && text[end] >= utf8.RuneSelf { // the label goes on: fini.français
		if r, _ := utf8.DecodeRuneInString(text[end:]); unicode.IsLetter(r) {
			return start
		}
	}
	if end < len(text) && text[end] == '/' {
		for end < len(text) && text[end] > ' ' && text[end] < utf8.RuneSelf && strings.IndexByte("\"<>()", text[end]) < 0 {
			end++
		}
		for strings.IndexByte(".,;:!?'", text[end-1]) >= 0 {
			end--
		}
	}
	return end
}
