package french

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/villes-internet/congres/corpora/lexicon"
)

// senses are what a token may be, until the next one is asked for; first is whether
// it opens its sentence, where a capital says nothing.
func (g *Glosser) senses(text string, t Token, first bool) []sense {
	written := text[t.Start:t.End]
	only := func(p lexicon.POS, at slot) []sense {
		g.only[0] = sense{Gloss: Gloss{Lemma: written, POS: p}, slot: at}
		return g.only[:]
	}
	switch t.Kind {
	case Punct:
		return only(lexicon.PUNCT, punctuation)
	case Symbol:
		return only(lexicon.SYM, noun)
	case Number:
		return only(lexicon.NUM, numeral)
	case Ordinal:
		rank, ending := ranked(written)
		g.only[0] = sense{Gloss: Gloss{Lemma: rank + ending, POS: lexicon.ADJ}, slot: adjective}
		return g.only[:]
	case URL, Email:
		return only(lexicon.X, proper)
	}
	known := &g.known[0]
	if first {
		known = &g.known[1]
	}
	if s, ok := (*known)[written]; ok {
		return s
	}
	s := sensesOf(t.Form(text), written, t.Kind, first)
	if *known == nil || len(*known) >= mostKnown {
		*known = make(map[string][]sense)
	}
	(*known)[strings.Clone(written)] = s
	return s
}

// sensesOf are what a form may be, written as it is in the text.
func sensesOf(form, written string, kind Kind, first bool) []sense {
	if kind == Clitic {
		form = strings.TrimPrefix(strings.TrimPrefix(form, "-t-"), "-")
		if s := inverted[form]; s != nil {
			return s
		}
	}
	inclusive := Base(form) != form
	if inclusive {
		form = Base(form) // élu·es
		written = form
	}
	form = strings.TrimLeft(form, "#@")
	capital, size := utf8.DecodeRuneInString(written)
	if written == "A" && first { // « A définir ensemble », for want of « À » on a keyboard
		return []sense{{Gloss{Lemma: "à", POS: lexicon.ADP}, preposition, 0}, {Gloss{Lemma: "avoir", POS: lexicon.VERB}, auxiliary, 1}}
	}
	if form == "état" && unicode.IsUpper(capital) && size < len(written) && written[size:] == "tat" {
		return []sense{{Gloss{Lemma: written, POS: lexicon.NOUN, Features: lexicon.Singular | lexicon.Masculine}, noun, 0}} // which is no state
	}
	if s := grammatical[form]; s != nil && (first || written == "M." || written == "MM." || kind == Elided || !unicode.IsUpper(capital)) {
		return s
	}
	l := lexicon.French()
	var out []sense
	if written != form && unicode.IsUpper(capital) {
		for _, r := range l.Lookup(nil, written) {
			out = add(out, r, 0)
		}
	}
	low := l.Lookup(nil, form)
	cost := float32(0)
	if unicode.IsUpper(capital) && !first {
		shouted := size < len(written) && strings.ToUpper(written) == written
		if cost = 1.2; shouted {
			cost = 2.5
		}
		if len(out) == 0 {
			name := float32(1.8)
			if len(low) == 0 || shouted {
				name = 0
			}
			out = append(out, sense{Gloss{Lemma: written, POS: lexicon.PROPN}, proper, name})
		}
	}
	for _, r := range low {
		if grammatical[form] == nil {
			out = add(out, r, cost)
		}
	}
	for _, s := range grammatical[form] {
		s.cost += 1 // « Le Monde »
		out = append(out, s)
	}
	if inclusive { // it speaks of people, and is no verb
		nominal := slices.DeleteFunc(slices.Clone(out), func(s sense) bool { return s.POS == lexicon.VERB })
		if len(nominal) > 0 {
			out = nominal
		}
	}
	if len(out) > 0 {
		return preferred(out, form)
	}
	if unicode.IsUpper(capital) {
		return []sense{{Gloss{Lemma: written, POS: lexicon.PROPN}, proper, 0}}
	}
	return guessed(form)
}

// preferred makes readings dearer that another is usually meant instead of: a noun
// that is an adjective too, and what [nearer] says.
func preferred(senses []sense, form string) []sense {
	for i := range senses {
		for j := range senses {
			if senses[i].POS == lexicon.NOUN && senses[j].POS == lexicon.ADJ && senses[i].Features == senses[j].Features {
				senses[i].cost += both
			}
		}
	}
	return nearer(senses, form)
}

// nearer makes readings dearer that another of the same part of speech is usually
// meant instead of: of two nouns or two verbs the one whose lemma is nearer to the
// form (« fois » is not the plural of « foi »), and of two spellings of a verb the
// one with its circumflex.
func nearer(senses []sense, form string) []sense {
	for i := range senses {
		for j := range senses {
			a, b := &senses[i].Gloss, &senses[j].Gloss
			if a.POS != b.POS || a.Lemma == b.Lemma || a.POS == lexicon.PROPN || senses[i].slot != senses[j].slot {
				continue
			}
			worse := shared(a.Lemma, form) < shared(b.Lemma, form)
			if Fold(a.Lemma) == Fold(b.Lemma) {
				worse = len(a.Lemma) < len(b.Lemma)
			}
			if worse {
				senses[i].cost += .8
				break
			}
		}
	}
	return senses
}

// shared is how many bytes two words begin with alike.
func shared(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// add appends a reading of the lexicon as a sense.
func add(out []sense, r lexicon.Reading, cost float32) []sense {
	at := noun
	switch r.POS {
	case lexicon.VERB:
		switch {
		case r.Features&lexicon.Infinitive != 0:
			at = infinitive
		case r.Features&lexicon.Present != 0:
			at = present
		case r.Features&lexicon.Past != 0:
			at = past
		case r.Lemma == "avoir" || r.Lemma == "être":
			at, cost = auxiliary, cost-.5
		default:
			at, cost = finite, cost+.5
		}
		cost += rare(r.Lemma)
	case lexicon.NOUN:
		cost += rare(r.Lemma)
	case lexicon.ADJ:
		at, cost = adjective, cost+.2
	case lexicon.ADV:
		at = adverb
	case lexicon.ADP:
		at = preposition
	case lexicon.DET:
		at = determiner
	case lexicon.PRON:
		at = pronoun
	case lexicon.PROPN:
		at = proper
	case lexicon.CCONJ:
		at = coordinating
	case lexicon.SCONJ:
		at = subordinating
	case lexicon.NUM:
		at = numeral
	case lexicon.INTJ:
		cost += 2
	}
	return append(out, sense{Gloss{r.Lemma, r.POS, r.Features}, at, cost})
}

// guessed are what a word may be that no dictionary holds, by its ending.
func guessed(form string) []sense {
	if i := strings.LastIndexAny(form, "-'"); i > 0 && i+1 < len(form) { // a compound is what its last word is
		var out []sense
		for _, r := range lexicon.French().Lookup(nil, form[i+1:]) {
			if r.POS == lexicon.NOUN || r.POS == lexicon.ADJ || r.POS == lexicon.PROPN {
				r.Lemma = form[:i+1] + r.Lemma
				out = add(out, r, 0)
			}
		}
		if out != nil {
			return out
		}
	}
	lemma := form
	if n := len(form); n > 3 && form[n-1] == 's' && form[n-2] != 's' && form[n-2] != 'u' && form[n-2] != 'i' {
		lemma = form[:n-1]
	}
	out := []sense{{Gloss{Lemma: lemma, POS: lexicon.NOUN}, noun, 0}, {Gloss{Lemma: lemma, POS: lexicon.ADJ}, adjective, .6}}
	for _, e := range []struct {
		ending, instead string
		pos             lexicon.POS
		at              slot
	}{{"ment", "ment", lexicon.ADV, adverb}, {"er", "er", lexicon.VERB, infinitive}, {"é", "er", lexicon.VERB, past}, {"ée", "er", lexicon.VERB, past},
		{"és", "er", lexicon.VERB, past}, {"ées", "er", lexicon.VERB, past}, {"ant", "er", lexicon.VERB, present}} {
		if stem, ok := strings.CutSuffix(form, e.ending); ok && len(stem) > 1 {
			out = append(out, sense{Gloss{Lemma: stem + e.instead, POS: e.pos}, e.at, .3})
		}
	}
	return out
}

// rare is what it costs to take a form for a word that is seldom meant by it.
func rare(lemma string) float32 {
	if unusual[lemma] {
		return 2
	}
	return 0
}
