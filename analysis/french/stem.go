package french

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/kljensen/snowball/french"
)

// Stem returns the stem of a form by the Snowball project's French algorithm
// (https://snowballstem.org/algorithms/french/stemmer.html). The library follows
// an older version of it: what has changed since is done around it, here.
func Stem(form string) string {
	word := unelided(form)
	if keepsAis(word) {
		return word
	}
	stem := older(word)
	for _, ending := range []string{"e", "es"} { // française as français
		masculine, ok := strings.CutSuffix(word, ending)
		if !ok || !strings.HasSuffix(masculine, "ais") {
			continue
		}
		if keepsAis(masculine) {
			return masculine
		}
		if short := older(masculine); !strings.HasSuffix(short, "ais") {
			return short
		}
	}
	return stem
}

// older stems a word that has nothing before an apostrophe, and is not in -ais.
func older(word string) string {
	switch {
	case word == "es":
		return "e"
	case word == "aïe":
		return "aï"
	case strings.ContainsAny(word, "ëï"):
		return divided(word)
	case strings.HasSuffix(word, "oux") && len(word) > 3 && strings.IndexByte("bhjlnp", word[len(word)-4]) >= 0:
		return french.Stem(word[:len(word)-1], true)
	case len(word) > 2 && strings.HasPrefix(word, "ni") && strings.ContainsRune("aeiouyéèêâîôû", first(word[2:])):
		return behind(word, "ni")
	}
	return french.Stem(word, true)
}

// unelided takes l', d', qu' and their like off a word.
func unelided(form string) string {
	at := strings.IndexByte(form, '\'')
	if at == 1 && strings.IndexByte("cdjlmnstz", form[0]) >= 0 || at == 2 && form[:2] == "qu" {
		if at+1 < len(form) {
			return form[at+1:]
		}
	}
	return form
}

// keepsAis names the words in -ais that are no imperfect: palais, mauvais.
func keepsAis(word string) bool {
	stem, ok := strings.CutSuffix(word, "ais")
	if !ok {
		return false
	}
	return strings.HasSuffix(stem, "auv") || strings.HasSuffix(stem, "épl") ||
		strings.HasSuffix(stem, "al") && utf8.RuneCountInString(stem) == 3
}

// divide stands before ë and ï, which begin a syllable: there it is a consonant
// that no French word holds.
const divide = "ħ"

var (
	division = strings.NewReplacer("ë", divide+"e", "ï", divide+"i")
	union    = strings.NewReplacer(divide+"e", "ë", divide+"i", "ï", divide+"y", "ï", divide, "")
	// verbal is ï before what would be an ending with i, which it does not make.
	verbal = regexp.MustCompile("ï(|es?|r(a(i(ent|s|t)?|s)?|ent|i?ez|i?ons|ont)?|s|ss(a(ient|is|it|nt(es?|s)?)|e(nt|s|z)?|iez|i?ons)|t|mes|tes)$")
)

// divided stems a word with ë or ï.
func divided(word string) string {
	word = verbal.ReplaceAllString(word, divide+"y$1")
	return union.Replace(french.Stem(division.Replace(word), true))
}

// behind stems a word of which nothing is taken before the vowel after start
// (nier, niais), as the library does behind « par ».
func behind(word, start string) string {
	_, size := utf8.DecodeRuneInString(word[len(start):])
	head := word[:len(start)+size]
	rest := strings.TrimPrefix(french.Stem("par"+word[len(head):], true), "par")
	if rest != "" && !strings.ContainsAny(rest, "aeiouyéèêâîôûà") { // nièce
		head = strings.NewReplacer("é", "e", "è", "e").Replace(head)
	}
	return head + rest
}

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
