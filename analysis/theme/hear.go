package theme

import (
	"strings"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/corpora/lexicon"
)

// A Listener hears what sentences do. Its zero value works. It remembers what
// words may be and is not safe for use by several goroutines.
type Listener struct {
	glosser french.Glosser
	tokens  []french.Token
	glosses []french.Gloss
	words   []heard
}

// A heard word is a token of a sentence, punctuation aside, as the cues need it.
type heard struct {
	form, lemma string
	pos         lexicon.POS
	features    lexicon.Feature
	finite      bool
	opens       bool // the sentence, a line, or what follows a colon or a semicolon
	within      bool // a relative or indirect clause: its verbs say nothing of what the sentence does
}

// hear reads the words of a text.
func (l *Listener) hear(text string) {
	l.tokens = french.Tokens(l.tokens[:0], text)
	l.glosses = l.glosser.Glosses(l.glosses[:0], text, l.tokens)
	l.words = l.words[:0]
	opens, within := true, false
	end := 0
	for i, t := range l.tokens {
		g := l.glosses[i]
		if strings.ContainsRune(text[end:t.Start], '\n') {
			opens, within = true, false
		}
		end = t.End
		if t.Kind == french.Punct || t.Kind == french.Symbol {
			switch text[t.Start] {
			case ':', ';', '.', '*', '!', '?':
				opens = true
			case ')': // « (local) Favoriser… »
				opens = opens || len(l.words) > 0 && i+1 < len(l.tokens) && raised(text[l.tokens[i+1].Start:l.tokens[i+1].End])
			}
			within = within && text[t.Start] == ','
			continue
		}
		w := heard{form: strings.TrimPrefix(t.Form(text), "-"), lemma: g.Lemma, pos: g.POS, features: g.Features, opens: opens}
		if w.pos == lexicon.PROPN && opens && infinitive(w.form) { // DÉVELOPPER
			w.pos, w.features, w.lemma = lexicon.VERB, lexicon.Infinitive, w.form
		}
		verb := w.pos == lexicon.VERB || w.pos == lexicon.AUX
		w.finite = verb && w.features&lexicon.Nonfinite == 0 && !participles[w.form]
		switch {
		case relatives[w.form]:
			within = true
		case w.form == "que" || w.form == "qu'":
			within = false
		case w.pos == lexicon.CCONJ && len(l.words) > 0 && l.words[len(l.words)-1].within:
			within = true // « qui pourrait ou devrait »
		}
		w.within = within
		if w.finite {
			within = false
		}
		opens = false
		l.words = append(l.words, w)
	}
}

// infinitive says whether a word that no dictionary holds as it is written, all
// in capitals, ends as infinitives do.
func infinitive(word string) bool {
	if len(word) < 5 {
		return false
	}
	for _, ending := range []string{"er", "ir", "oir", "dre", "ttre", "ruire", "crire", "duire"} {
		if strings.HasSuffix(word, ending) {
			return true
		}
	}
	return false
}
