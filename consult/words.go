package consult

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// CleanText is text as it is kept: words exactly as they were written, without
// what no one wrote on purpose (CR of line ends, control characters, blank
// ends). It refuses an empty text, one that is too long, and one that is no
// UTF-8: what its author meant by such bytes nobody knows, and what replaces
// them would stand in the motion under their name.
func CleanText(text string) (string, error) {
	if !utf8.ValidString(text) {
		return "", bad("texte", "Certains caractères de votre texte n’ont pas pu être lus\u00a0: ils apparaissent comme «\u202f\uFFFD\u202f». Retapez-les, puis renvoyez.")
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\v' || r == '\f' || r == '\u2028' || r == '\u2029':
			return '\n'
		case Unseen(r):
			return -1
		}
		return r
	}, text)
	text = strings.TrimSpace(text)
	if !strings.ContainsFunc(text, seen) {
		return "", bad("texte", "Votre contribution est vide\u00a0: écrivez au moins une phrase.")
	}
	if n := utf8.RuneCountInString(text); n > MaxText {
		return "", bad("texte", "Votre texte compte %s caractères, la limite est de 20\u202f000\u00a0: raccourcissez-le ou envoyez-le en plusieurs contributions.", Thousands(n))
	}
	return text, nil
}

// seen is whether r puts something on the page: U+200B alone is no text.
func seen(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) }

// Unseen is whether r shows nothing and steers what is shown. Beside control
// characters these are the bidirectional embeddings, overrides and isolates
// (Unicode Standard Annex 9, §2.1–2.4): one that is left open turns around
// whatever a page, a spreadsheet or a terminal writes behind it, so they can
// make a text read as another ("Trojan Source", Boucher & Anderson 2021).
// They are taken away at receipt and not isolated at display, for words travel
// to files that are not ours to lay out. Words in Arabic or Hebrew need none of
// them; the implicit marks (U+200E, U+200F, U+061C), which do no harm, stay.
func Unseen(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case unicode.IsControl(r), r == '\uFEFF':
		return true
	case r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u206F': // from U+206A on: deprecated
		return true
	}
	return r >= '\uFFF9' && r <= '\uFFFB' // interlinear annotations
}

// HasControls is whether [CleanText] takes characters that steer the display
// out of text, which its author must be told.
func HasControls(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return Unseen(r) && !strings.ContainsRune("\r\v\f\uFEFF", r)
	})
}

// readable is a file's text with U+FFFD for bytes that are none: whoever sends
// a file was shown the lines that have some.
func readable(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }

// OneLine is a title, a name or a reason as it is kept: its words parted by one
// space, without what steers the display.
func OneLine(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if Unseen(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, readable(s))), " ")
}
