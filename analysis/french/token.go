package french

import (
	"unicode"
	"unicode/utf8"
)

// A Kind says what sort of token it is.
type Kind uint8

// The kinds of token.
const (
	Word    Kind = iota // a word, compound words included: arc-en-ciel, aujourd'hui, élu·es
	Elided              // an elided word with its apostrophe: l', qu', jusqu'
	Clitic              // a pronoun or particle with its hyphen: -t-il, -nous, -là
	Number              // 12, 3,5, 10 000, 12/03/2019, 14h30
	URL                 // https://…, www.…, ville.fr
	Email               // name@ville.fr
	Hashtag             // #transition, @ville
	Punct               // punctuation, one mark a token, an ellipsis whole
	Symbol              // %, €, emoji and whatever else is written
	Ordinal             // 1er, 1ère, 4ème, XXIe
)

// A Token is the span [Start, End) of a text's bytes.
type Token struct {
	Start, End int
	Kind       Kind
}

// Lexical says whether the token is made of words: what a lexical table counts.
func (t Token) Lexical() bool { return t.Kind == Word || t.Kind == Hashtag }

// Tokens appends the tokens of text to dst, in order.
//
// The cut follows that of the French treebanks of Universal Dependencies: an
// elided word keeps its apostrophe, a clitic its hyphen, a compound is one
// token, « du » and « des » are left whole.
func Tokens(dst []Token, text string) []Token {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			switch ascii[c] {
			case isSpace:
				i++
			case isLetter:
				dst, i = word(dst, text, i)
			case isDigit:
				dst, i = number(dst, text, i)
			default:
				dst, i = mark(dst, text, i)
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1: // not UTF-8: kept in the text, no part of any token
			i += size
		case isWord(r):
			dst, i = word(dst, text, i)
		case unicode.IsSpace(r), format(r), unicode.IsControl(r):
			i += size
		case unicode.IsMark(r): // a stray accent or an emoji's variation selector
			i += size
		case unicode.IsDigit(r):
			dst = append(dst, Token{i, i + size, Number})
			i += size
		case unicode.IsPunct(r), r == modifier:
			dst = append(dst, Token{i, i + size, Punct})
			i += size
		default:
			end := joined(text, flag(text, i, i+size))
			dst = append(dst, Token{i, end, Symbol})
			i = end
		}
	}
	return dst
}

// modifier is the apostrophe that Unicode counts among the letters.
const modifier = 'ʼ'

// isWord says whether words are made of r.
func isWord(r rune) bool { return unicode.IsLetter(r) && r != modifier }

// flag reads on over the second letter of a country's flag, of which the first
// stands at [i, end).
func flag(text string, i, end int) int {
	regional := func(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }
	if r, size := utf8.DecodeRuneInString(text[end:]); regional(first(text[i:])) && regional(r) {
		return end + size
	}
	return end
}

// joined reads on over the colour of a skin behind the emoji that ends at i, and
// over what a joiner ties to it: a family, a trade (Unicode Technical Standard
// 51, §2.3 and §2.4).
func joined(text string, i int) int {
	for end := i; end < len(text); {
		r, size := utf8.DecodeRuneInString(text[end:])
		end += size
		switch {
		case r == '\ufe0f': // how it is shown
		case r >= 0x1F3FB && r <= 0x1F3FF:
			i = end
		case r == '\u200d':
			next, size := utf8.DecodeRuneInString(text[end:])
			if !unicode.Is(unicode.So, next) {
				return i
			}
			end += size
			i = end
		default:
			return i
		}
	}
	return i
}

// Classes of the ASCII bytes.
const (
	isOther = iota
	isSpace
	isLetter
	isDigit
)

var ascii = func() (table [utf8.RuneSelf]uint8) {
	for c := range table {
		switch {
		case c <= ' ' || c == 0x7f:
			table[c] = isSpace
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_':
			table[c] = isLetter
		case '0' <= c && c <= '9':
			table[c] = isDigit
		}
	}
	return table
}()

// format says whether r is written without being seen: joiners, soft hyphens,
// byte order marks, and the mark of invalid bytes decoded elsewhere.
func format(r rune) bool {
	return r == 0xAD || r == utf8.RuneError || unicode.Is(unicode.Cf, r)
}

// letters returns the end of the run of letters, digits and accents at i.
func letters(text string, i int) int {
	for i < len(text) {
		c := text[i]
		if c < utf8.RuneSelf {
			if ascii[c] < isLetter {
				break
			}
			i++
			continue
		}
		// The letters of Latin-1 that French writes, without decoding.
		if c == 0xC3 && i+1 < len(text) && text[i+1] >= 0x80 && text[i+1] < 0xC0 && text[i+1] != 0x97 && text[i+1] != 0xB7 {
			i += 2
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size <= 1 {
			break
		}
		if !isWord(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) {
			// A soft hyphen or a joiner inside a word belongs to it.
			if !format(r) || r == utf8.RuneError {
				break
			}
			next, _ := utf8.DecodeRuneInString(text[i+size:])
			if !isWord(next) {
				break
			}
		}
		i += size
	}
	return i
}

// letterAt says whether a letter starts at i.
func letterAt(text string, i int) bool {
	if i >= len(text) {
		return false
	}
	if c := text[i]; c < utf8.RuneSelf {
		return ascii[c] == isLetter
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	return isWord(r)
}

func digitAt(text string, i int) bool {
	return i < len(text) && text[i] >= '0' && text[i] <= '9'
}

// hasFold says whether text has the lower-case ASCII prefix at i, in any case.
func hasFold(text string, i int, prefix string) bool {
	if len(text)-i < len(prefix) {
		return false
	}
	for j := 0; j < len(prefix); j++ {
		c := text[i+j]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != prefix[j] {
			return false
		}
	}
	return true
}
