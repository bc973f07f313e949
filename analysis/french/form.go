package french

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Form returns the token as it is counted: lower case, composed (NFC), straight
// apostrophe and hyphen, nothing invisible. It shares text's memory when there
// is nothing to change.
//
// The capital of « étudiantEs » becomes a raised dot, as any other mark that sets
// a feminine ending apart would be read.
func (t Token) Form(text string) string {
	s := text[t.Start:t.End]
	if i := raised(s); i > 0 {
		return Normalise(s[:i]) + "·" + Normalise(s[i:])
	}
	return Normalise(s)
}

// Normalise does to any string what [Token.Form] does to a token.
func Normalise(s string) string {
	changes := 0 // bytes that the plain way would change; -1: it does not know
scan:
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < utf8.RuneSelf:
			if 'A' <= c && c <= 'Z' {
				changes++
			}
		case latin(s, i):
			if capital(s, i) {
				changes++
			}
			i++
		case strings.HasPrefix(s[i:], "’"):
			changes++
			i += len("’") - 1
		default:
			changes = -1
			break scan
		}
	}
	switch {
	case changes == 0:
		return s
	case changes < 0:
		return normalise(s)
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < utf8.RuneSelf:
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			out = append(out, c)
		case c == 0xE2:
			out = append(out, '\'')
			i += len("’") - 1
		default:
			low := s[i+1]
			if capital(s, i) {
				low += 'à' - 'À'
			}
			out = append(out, c, low)
			i++
		}
	}
	return string(out)
}

// latin says whether a letter or mark of Latin-1 starts at i, in two bytes, which
// is composed and seen: nearly all that French writes. A soft hyphen is not seen, ²
// and ³ are figures.
func latin(s string, i int) bool {
	return i+1 < len(s) && (s[i] == 0xC3 || s[i] == 0xC2 && s[i+1] != 0xAD && s[i+1] != 0xB2 && s[i+1] != 0xB3) && s[i+1]&0xC0 == 0x80
}

// capital says whether the letter of Latin-1 at i is one of À…Þ; × stands among
// them.
func capital(s string, i int) bool { return s[i] == 0xC3 && s[i+1] < 0x9F && s[i+1] != 0x97 }

// normalise is [Normalise] of any string.
func normalise(s string) string {
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	return strings.ToLower(strings.Map(func(r rune) rune {
		switch r {
		case '’', 'ʼ', '‘', '′':
			return '\''
		case '\u2010', '\u2011':
			return '-'
		case '•', '‧', '∙', '⋅', '・', '⸱':
			return '·'
		}
		if r > 0x7f && format(r) {
			return -1
		}
		return figure(r)
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
