package lexis

import (
	"slices"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/corpora/lexicon"
)

// article says whether a form is a determiner, which in French announces a noun.
func article(form string) bool {
	switch form {
	case "le", "la", "les", "l'", "un", "une", "des", "du", "au", "aux", "ce", "cet", "cette", "ces", "mon", "ma", "mes",
		"ton", "ta", "tes", "son", "sa", "ses", "notre", "nos", "votre", "vos", "leur", "leurs", "chaque", "quelques",
		"plusieurs", "quel", "quelle", "quels", "quelles":
		return true
	}
	return false
}

// Nouns returns for each lemma the share of its occurrences right after a
// determiner: most of those of a noun that a text is about; few of those of an
// adjective, which follows its noun, or of a verb.
func Nouns(rows [][]Word, lemmas int) []float64 {
	out, all := make([]float64, lemmas), make([]float64, lemmas)
	for _, words := range rows {
		for _, w := range words {
			if w.Lemma < 0 {
				continue
			}
			all[w.Lemma]++
			if w.Article {
				out[w.Lemma]++
			}
		}
	}
	for lemma, n := range all {
		if n > 0 {
			out[lemma] /= n
		}
	}
	return out
}

// A nominal remembers, by number, which forms may stand in the name of something.
type nominal []answer

type answer uint8

const (
	unasked answer = iota
	yes
	no
)

// may says whether the dictionary takes a word of text for a noun or an adjective
// among other things, or does not hold it. A participle is a verb's unless it is
// an adjective of its own.
func (n *nominal) may(w Word, text string) bool {
	if at := int(w.Form); at >= len(*n) {
		*n = append(*n, make(nominal, at+1-len(*n))...)
	}
	if (*n)[w.Form] == unasked {
		readings := lexicon.French().Lookup(nil, french.Base(french.Normalise(text[w.Start:w.End])))
		(*n)[w.Form] = no
		if len(readings) == 0 || slices.ContainsFunc(readings, func(r lexicon.Reading) bool {
			return r.POS == lexicon.NOUN || r.POS == lexicon.PROPN || r.POS == lexicon.ADJ
		}) {
			(*n)[w.Form] = yes
		}
	}
	return (*n)[w.Form] == yes
}
