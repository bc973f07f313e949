package french

import (
	"strings"

	"github.com/kljensen/snowball/french"
)

// Stem returns the Snowball stem of a form.
func Stem(form string) string { return french.Stem(form, true) }

// Root returns the key under which forms count as one word: the stem of the
// word under an inclusive spelling, without accents. Snowball keeps the plural
// s after a vowel, so that « loi » and « lois », « élu » and « élus » would be
// two words: it is taken off first.
func Root(form string) string {
	base := strings.TrimLeft(Base(form), "#@")
	if n := len(base); n > 3 && base[n-1] == 's' && strings.IndexByte("iuao", base[n-2]) >= 0 {
		base = base[:n-1]
	}
	return Fold(Stem(base))
}

// A Stemmer remembers the roots it has given. It is not safe for use by several
// goroutines.
type Stemmer struct{ roots map[string]string }

// Root is [Root], remembered.
func (s *Stemmer) Root(form string) string {
	if root, ok := s.roots[form]; ok {
		return root
	}
	if s.roots == nil {
		s.roots = make(map[string]string)
	}
	root := Root(form)
	s.roots[strings.Clone(form)] = root
	return root
}
