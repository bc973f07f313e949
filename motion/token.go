package motion

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokens cuts a text into what a reader takes in at once: words (« l’ » and
// « eau » are two, « élu·es » and « peut-être » one each), blanks, signs with
// the no-break space that belongs to them, line ends. Joined they are the text.
func tokens(s string) []string {
	var out []string
	for s != "" {
		n := token(s)
		out = append(out, s[:n])
		s = s[n:]
	}
	return out
}

// token is the length in bytes of the first token.
func token(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case r == '\n':
		return n
	case r == '«':
		if next, m := utf8.DecodeRuneInString(s[n:]); unbroken(next) {
			return n + m
		}
		return n
	case isBlank(r):
		if unbroken(r) {
			if next, m := utf8.DecodeRuneInString(s[n:]); strings.ContainsRune(";:!?»%", next) {
				return n + m
			}
		}
		for n < len(s) {
			next, m := utf8.DecodeRuneInString(s[n:])
			if next == '\n' || unbroken(next) || !isBlank(next) {
				break
			}
			n += m
		}
		return n
	case !wordly(r):
		return n
	}
	for n < len(s) {
		next, m := utf8.DecodeRuneInString(s[n:])
		if next == '’' || next == '\'' {
			return n + m
		}
		if !wordly(next) {
			after, _ := utf8.DecodeRuneInString(s[n+m:])
			if !strings.ContainsRune("·-.", next) || next == '.' && !unicode.IsDigit(after) || !wordly(after) {
				return n
			}
		}
		n += m
	}
	return n
}

func unbroken(r rune) bool { return r == '\u00a0' || r == '\u202f' }

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) }

// countWords counts the words among tokens.
func countWords(list []string) (n int) {
	for _, t := range list {
		if r, _ := utf8.DecodeRuneInString(t); wordly(r) {
			n++
		}
	}
	return n
}
