package french

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Form returns the token as it is counted: lower case, composed (NFC), straight
// apostrophe and hyphen, nothing invisible. It shares text's memory when there
// is nothing to change.
func (t Token) Form(text string) string { return Normalise(text[t.Start:t.End]) }

// Normalise does to any string what [Token.Form] does to a token.
func Normalise(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	return strings.ToLower(strings.Map(func(r rune) rune {
		switch r {
		case '’', 'ʼ', '‘', '′':
			return '\''
		case '\u2010', '\u2011':
			return '-'
		case '•', '‧', '∙', '⋅', '・':
			return '·'
		}
		if r > 0x7f && format(r) {
			return -1
		}
		return r
	}, s))
}

// Fold takes the accents off: « Égalité » → « egalite », œ → oe.
func Fold(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case r >= 0x300 && r <= 0x36f:
		case r == 'œ':
			b.WriteString("oe")
		case r == 'æ':
			b.WriteString("ae")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
