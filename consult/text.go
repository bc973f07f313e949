package consult

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold makes words comparable: lower case, no accents, œ as oe, one
// apostrophe.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if int(r) < len(latin) {
			b.WriteString(latin[r])
		} else {
			b.WriteString(foldRune(r))
		}
	}
	return b.String()
}

// latin is what fold makes of the letters that nearly all texts are made of: to
// decompose each anew takes ten times as long.
var latin = func() (out [0x250]string) {
	for r := range out {
		out[r] = foldRune(rune(r))
	}
	return out
}()

func foldRune(r rune) string {
	if r == '’' {
		return "'"
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(string(unicode.ToLower(r))) {
		switch {
		case unicode.Is(unicode.Mn, r):
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

// Comparable is words as a search compares them, whatever their case and accents.
func Comparable(s string) string { return fold(s) }

// Thousands writes n as the French do: 1 234, with a narrow no-break space.
func Thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return s
}

var months = strings.Fields("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")

// Date writes « 1ᵉʳ décembre 2026 », in Paris.
func Date(t time.Time) string {
	t = t.In(Paris)
	day := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		day = "1ᵉʳ"
	}
	return day + " " + months[t.Month()-1] + " " + strconv.Itoa(t.Year())
}
