package theme

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/corpora/lexicon"
)

// person says whether a term looks like the name of a person, which determiners
// seldom announce (« la Caf »): a given name and a family name ([named]), what a
// person does or nothing before them; or one word with a capital that is no acronym
// and that often stands behind a title or a given name, or that no dictionary holds
// and that is never where things are (« sous Linux », « en Ukraine »); or a given
// name without its capital.
func person(c lexis.Term) bool {
	if c.Article >= announced {
		return false
	}
	parts := strings.Fields(c.Form)
	for i := 1; i < len(parts); i++ {
		if named(parts[i-1], parts[i]) {
			head := parts[0]
			return raised(head) || lexis.Post(head) || len(dictionary(head)) == 0 // else « lycée Jean Moulin »
		}
	}
	if len(parts) != 1 {
		return false
	}
	word := parts[0]
	if !raised(word) {
		readings := append(dictionary(capital(word)), dictionary(word)...)
		return len(readings) > 0 && !slices.ContainsFunc(readings, func(r lexicon.Reading) bool { return !lexis.Given(r) })
	}
	if acronym(word) {
		return false
	}
	readings := lexicon.French().Lookup(nil, word)
	if len(readings) == 0 && len(dictionary(french.Normalise(word))) > 0 { // a common word
		return false
	}
	for _, r := range readings {
		if r.POS != lexicon.PROPN {
			return false
		}
	}
	return c.Titled >= announced && c.Titled > c.Within || len(readings) == 0 && c.Within < somewhere
}

// named says whether two words that follow each other name a person: each has a
// capital and is no acronym; the second is in no dictionary, or a proper name behind
// a given name; the first is a given name, or is in none, or is no noun in one (it
// is an accident that « alexandrine » is an adjective).
func named(first, second string) bool {
	if !raised(first) || !raised(second) || acronym(first) || acronym(second) {
		return false
	}
	a, b := dictionary(first), dictionary(second)
	lower := dictionary(french.Normalise(first))
	noun := func(r lexicon.Reading) bool { return r.POS == lexicon.NOUN }
	proper := func(r lexicon.Reading) bool { return r.POS == lexicon.PROPN }
	unknown := len(b) == 0 && len(dictionary(french.Normalise(second))) == 0
	if slices.ContainsFunc(a, lexis.Given) {
		return unknown || slices.ContainsFunc(b, proper)
	}
	return unknown && len(a) == 0 && !slices.ContainsFunc(lower, noun)
}

// dictionary are the readings of a word, accents that it leaves out put in.
func dictionary(word string) []lexicon.Reading { return lexicon.French().Unaccented(nil, word) }

func raised(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first)
}

func acronym(word string) bool {
	_, size := utf8.DecodeRuneInString(word)
	return strings.ContainsFunc(word[size:], unicode.IsUpper)
}
