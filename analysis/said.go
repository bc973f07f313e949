package analysis

import (
	"slices"
	"strings"
	"unicode"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/analysis/theme"
)

// Said are the words of some texts. Capitals and accents make no difference: the
// machine puts accents on words that people wrote without.
type Said map[string]bool

// Read adds the words of a text.
func (s Said) Read(text string) {
	for _, w := range written(text) {
		if !s[w] {
			s[w], s[french.Fold(w)] = true, true
		}
	}
}

// Holds says whether the texts say every word of a term, or of a name that the machine
// gave: what it adds of its own (« Divers (…) ») is nobody's.
func (s Said) Holds(name string) bool {
	return !slices.ContainsFunc(theme.Said(name), func(term string) bool {
		return slices.ContainsFunc(written(term), func(w string) bool { return !s[french.Fold(w)] })
	})
}

// written cuts a text into what lies between anything but letters and digits, in lower
// case.
func written(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
	})
}
