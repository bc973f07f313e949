package analysis

import (
	"slices"
	"strings"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/corpora/lexicon"
)

// leastAccented is how many segments must write a term with an accent for it to be
// the term that others write without.
const leastAccented = 2

// accent writes terms of several words with the accents that a group leaves out where
// others put them, though without them each word is another of the dictionary: « pole
// emploi », « Pôle emploi ». Accents are left out, and hardly ever put where none is.
func (r *reading) accent(terms [][]lexis.Term) {
	var keys []lexis.Key
	var of []*lexis.Term
	for g := range terms {
		for n := range terms[g] {
			t := &terms[g][n]
			if t.Key.Len() < 2 {
				continue
			}
			for _, form := range accents(t.Form) {
				if k := r.lexicon.Key(form); k != t.Key && k.Len() == t.Key.Len() {
					keys, of = append(keys, k), append(of, t)
				}
			}
		}
	}
	if len(keys) == 0 {
		return
	}
	most := make(map[*lexis.Term]int)
	for n, holders := range lexis.Holders(r.words, keys) {
		if t := of[n]; len(holders) >= max(leastAccented, most[t]+1) {
			t.Form, most[t] = r.written(keys[n], holders), len(holders)
		}
	}
}

// accents are a form with the accents that one of its words may leave out where it is
// a noun, and nothing else: « vote » is no « voté ».
func accents(form string) (out []string) {
	words := strings.Fields(form)
	for i, word := range words {
		plain := french.Normalise(word)
		if french.Fold(plain) != plain {
			continue
		}
		for _, other := range lexicon.French().Accented(nil, plain) {
			if other != plain && !slices.ContainsFunc(lexicon.French().Lookup(nil, other), func(x lexicon.Reading) bool { return x.POS != lexicon.NOUN }) {
				full := slices.Clone(words)
				full[i] = other
				out = append(out, strings.Join(full, " "))
			}
		}
	}
	return out
}

// written is how a term is most often written in some segments, the first of equals.
func (r *reading) written(k lexis.Key, segments []int) (best string) {
	count := make(map[string]int)
	for _, i := range segments {
		words := r.words[i]
		for from := range words {
			to, n := from, 0
			for ; to < len(words) && n < k.Len() && (words[to].Lemma < 0 && n > 0 || words[to].Lemma == k[n]-1); to++ {
				if words[to].Lemma >= 0 {
					n++
				}
			}
			if n == k.Len() {
				form := lexis.Written(r.texts[i], words, from, to)
				if count[form]++; count[form] > count[best] {
					best = form
				}
			}
		}
	}
	return best
}
