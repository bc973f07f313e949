package lexis

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/corpora/lexicon"
)

// Spelled returns, for each lemma, the form under which it was met most often
// ([Lexicon.Best]) as people most often write it: « TVA », « Lille ». texts and rows
// are what was read, as for an [Index].
func (l *Lexicon) Spelled(texts []string, rows [][]Word) []string {
	best := l.Best()
	others := make(map[int32]*naming) // spellings that are not the form itself
	same := make([]int, len(best))
	for i, words := range rows {
		for at, w := range words {
			if w.Lemma < 0 || l.Forms[w.Form] != best[w.Lemma] {
				continue
			}
			weight := 1
			if !w.Break { // inside a sentence a capital means something
				weight = 2
			}
			form := Written(texts[i], words, at, at+1)
			if form == best[w.Lemma] || strings.ToLower(form) != best[w.Lemma] { // or by other signs: « presqu’île »
				same[w.Lemma] += weight
				continue
			}
			if others[w.Lemma] == nil {
				others[w.Lemma] = &naming{}
			}
			others[w.Lemma].count(form, weight)
		}
	}
	for lemma, u := range others {
		for _, s := range u.spellings {
			if s.n > same[lemma] {
				best[lemma], same[lemma] = s.form, s.n
			}
		}
	}
	return best
}

// accented writes the accents and ligatures that a form leaves out (« systemes »,
// « oeuvres »), word by word, where the dictionary knows one word only that it may
// be.
func accented(form string) string {
	var b strings.Builder
	for len(form) > 0 {
		end := strings.IndexAny(form, " '’")
		if end < 0 {
			end = len(form)
		}
		word := form[:end]
		b.WriteString(accentedWord(word))
		if end < len(form) {
			_, size := utf8.DecodeRuneInString(form[end:])
			end += size
		}
		b.WriteString(form[len(word):end])
		form = form[end:]
	}
	return b.String()
}

func accentedWord(word string) string {
	plain := french.Normalise(word)
	if french.Fold(plain) != plain && !strings.Contains(plain, "oe") || len(plain) < 3 || acronym(word) {
		return word
	}
	l := lexicon.French()
	if len(l.Lookup(nil, plain)) > 0 || len(l.Lookup(nil, word)) > 0 {
		return word
	}
	forms := l.Accented(nil, plain)
	if plain != word { // « Etat », « Senegal »
		for i, form := range forms {
			first, size := utf8.DecodeRuneInString(form)
			forms[i] = string(unicode.ToUpper(first)) + form[size:]
		}
		forms = l.Accented(forms, word)
	}
	slices.Sort(forms)
	if forms = slices.Compact(forms); len(forms) != 1 {
		return word
	}
	return forms[0]
}

// acronym says whether a word is written in capitals alone, or with one inside.
func acronym(word string) bool {
	_, size := utf8.DecodeRuneInString(word)
	return strings.ContainsFunc(word[size:], unicode.IsUpper)
}
