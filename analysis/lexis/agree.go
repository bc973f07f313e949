package lexis

import (
	"strings"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/corpora/lexicon"
)

const (
	numbers = lexicon.Singular | lexicon.Plural
	genders = lexicon.Masculine | lexicon.Feminine
)

// Agrees says whether the adjectives of a written term agree with the nouns right
// before them, as far as the dictionary knows: « services publics », not « services
// public », which some write.
func Agrees(form string) bool {
	words := strings.Fields(french.Normalise(form))
	for i := 1; i < len(words); i++ {
		if !agree(readings(words[i-1], lexicon.NOUN), readings(words[i], lexicon.ADJ)) {
			return false
		}
	}
	return true
}

// agree says whether a noun may take an adjective, given what either may be; it may
// when one of them is no such word.
func agree(nouns, adjectives []lexicon.Reading) bool {
	for _, n := range nouns {
		for _, a := range adjectives {
			if compatible(n.Features, a.Features, numbers) && compatible(n.Features, a.Features, genders) {
				return true
			}
		}
	}
	return len(nouns) == 0 || len(adjectives) == 0
}

// compatible says whether two forms may be of one number, or of one gender; what the
// dictionary leaves open may be either.
func compatible(a, b, of lexicon.Feature) bool {
	return a&of == 0 || b&of == 0 || a&b&of != 0
}

// readings are what a form may be when it may be one part of speech, a noun or an
// adjective, and is nothing else but these two and verbs.
func readings(form string, one lexicon.POS) []lexicon.Reading {
	var out []lexicon.Reading
	is := false
	for _, r := range lexicon.French().Lookup(nil, form) {
		switch r.POS {
		case lexicon.NOUN, lexicon.ADJ:
			out = append(out, r)
			is = is || r.POS == one
		case lexicon.VERB:
		default:
			return nil
		}
	}
	if !is {
		return nil
	}
	return out
}
