package analysis

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/corpora/lexicon"
)

// When a text is told not to be French: most of its words are in no lexicon of
// French. Names, slips and words of a trade are not either, but beside them stand
// le, de, est; in another language hardly a third of the words happen to be
// French ones too. Texts of fewer words say too little each, and are judged all
// together.
const (
	wordsToTell    = 6
	togetherToTell = 200
	frenchShare    = 0.5
	foreignShare   = 10 // one text in so many is worth a word
)

// language is a French sentence on how many texts do not seem to be French, ""
// when few do.
func (r *reading) language() string {
	const unread, yes, no, nothing = 0, 1, 2, 3
	known := make([]uint8, len(r.lexicon.Forms))
	judge := func(form int32) uint8 {
		if known[form] == unread {
			known[form] = no
			f := r.lexicon.Forms[form]
			switch first, _ := utf8.DecodeRuneInString(f); {
			case !unicode.IsLetter(first):
				known[form] = nothing
			case isFrench(f):
				known[form] = yes
			}
		}
		return known[form]
	}
	words, ours := make([]int, len(r.corpus.Documents)), make([]int, len(r.corpus.Documents))
	for s, list := range r.words {
		d := r.document[s]
		for _, w := range list {
			switch judge(w.Form) {
			case yes:
				words[d]++
				ours[d]++
			case no:
				words[d]++
			}
		}
	}
	foreign, short, shortWords, shortOurs := 0, 0, 0, 0
	for d, n := range words {
		switch {
		case n == 0:
		case n < wordsToTell:
			short, shortWords, shortOurs = short+1, shortWords+n, shortOurs+ours[d]
		case float64(ours[d]) < frenchShare*float64(n):
			foreign++
		}
	}
	if shortWords >= togetherToTell && float64(shortOurs) < frenchShare*float64(shortWords) {
		foreign += short
	}
	all := len(r.corpus.Documents)
	if foreign == 0 || foreign*foreignShare < all {
		return ""
	}
	what := "textes sur %d (%d\u00a0%%) ne semblent pas écrits en français"
	if foreign == 1 {
		what = "texte sur %d (%d\u00a0%%) ne semble pas écrit en français"
	}
	return fmt.Sprintf("%d\u00a0"+what+"\u00a0: les thèmes sont à lire avec prudence.", foreign, all, 100*foreign/all)
}

// isFrench says whether the lexicon has a form, or the word under an inclusive
// spelling.
func isFrench(form string) bool {
	if english[form] {
		return false
	}
	var buffer [8]lexicon.Reading
	if french.IsStop(form) {
		return true
	}
	return len(lexicon.French().Lookup(buffer[:0], french.Base(form))) > 0
}

// english are commonest words of English that a lexicon of French has for some
// other reason (a loan, a title, an abbreviation); it has none so common of other
// languages.
var english = func() map[string]bool {
	set := make(map[string]bool)
	for _, word := range strings.Fields("the and of to in is it that for with are this we they be by from have has will should would can not more our at was were their there you your my which all if who what when been") {
		set[word] = true
	}
	return set
}()
