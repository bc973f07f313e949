package french

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/villes-internet/congres/corpora/lexicon"
)

// A Gloss says what a token is in its sentence: the word that it is a form of and
// its part of speech, by the conventions of the French treebanks of Universal
// Dependencies (« les » is « le », « elle » and « il » are « lui », « ses » is
// « son », the auxiliary is told from the verb).
type Gloss struct {
	Lemma    string
	POS      lexicon.POS
	Features lexicon.Feature // zero where the lexicon does not say
}

// A Glosser glosses sentences. Its zero value works. It remembers what words may
// be and is not safe for use by several goroutines.
type Glosser struct {
	known map[string][]sense
	cells []cell
}

// A sense is one thing that a token may be.
type sense struct {
	Gloss
	slot slot
	cost float32 // how unusual it is, whatever stands beside it
}

// mostKnown bounds what a Glosser remembers.
const mostKnown = 200_000

// Glosses appends the glosses of a sentence's tokens to dst, one for each.
//
// Each token may be several words: the ones that give the cheapest sentence are
// taken, where each costs what it is unusual and each pair what the table of
// grammar.go says (the algorithm is Viterbi's).
func (g *Glosser) Glosses(dst []Gloss, text string, sentence []Token) []Gloss {
	start := len(dst)
	cells := g.cells[:0]
	from, to := -1, 0 // the cells of the token before
	first := true
	for n, t := range sentence {
		senses := g.senses(text, t, first)
		if t.Kind != Punct {
			first = false
		} else if text[t.Start] != ',' {
			first = true // « Quoi »: a capital says nothing here either
		}
		begin := len(cells)
		for _, s := range senses {
			c := cell{sense: s, token: n, before: -1, sum: follows[edge][s.slot]}
			for i := from; i >= 0 && i < to; i++ {
				if sum := cells[i].sum + follows[cells[i].slot][s.slot] + discord(&cells[i].sense, &s); c.before < 0 || sum < c.sum {
					c.before, c.sum = i, sum
				}
			}
			c.sum += s.cost
			cells = append(cells, c)
		}
		from, to = begin, len(cells)
	}
	g.cells = cells
	if from < 0 {
		return dst
	}
	best := from
	for i := from; i < to; i++ {
		if cells[i].sum+follows[cells[i].slot][edge] < cells[best].sum+follows[cells[best].slot][edge] {
			best = i
		}
	}
	dst = append(dst, make([]Gloss, len(sentence))...)
	slots := make([]slot, len(sentence))
	for i := best; i >= 0; i = cells[i].before {
		dst[start+cells[i].token], slots[cells[i].token] = cells[i].Gloss, cells[i].slot
	}
	auxiliaries(dst[start:], slots)
	partitives(dst[start:], slots, sentence)
	return dst
}

// discord is what it costs that a noun and an adjective side by side do not
// agree.
func discord(a, b *sense) float32 {
	nominal := func(s *sense) bool { return s.slot == adjective || s.slot == past }
	if !(a.slot == noun && nominal(b) || a.slot == adjective && (b.slot == noun || b.slot == adjective)) {
		return 0
	}
	const number, gender = lexicon.Singular | lexicon.Plural, lexicon.Masculine | lexicon.Feminine
	cost := float32(0)
	if a.Features&number != 0 && b.Features&number != 0 && a.Features&b.Features&number == 0 {
		cost += .8
	}
	if a.Features&gender != 0 && b.Features&gender != 0 && a.Features&b.Features&gender == 0 {
		cost += .6
	}
	return cost
}

// A cell is one sense of one token, and the cheapest way to it.
type cell struct {
	sense
	token  int
	before int // the cell of the token before; -1: none
	sum    float32
}

// auxiliaries tells avoir and faire that help another verb from those that do
// not; être always is one.
func auxiliaries(glosses []Gloss, slots []slot) {
	for i := range glosses {
		if glosses[i].POS != lexicon.VERB {
			continue
		}
		next := i + 1
		for next < len(slots) && (slots[next] == adverb || slots[next] == clitic || slots[next] == subject && slots[i] == finite) {
			next++
		}
		switch glosses[i].Lemma {
		case "être":
			glosses[i].POS = lexicon.AUX
		case "avoir":
			if next < len(slots) && slots[next] == past {
				glosses[i].POS = lexicon.AUX
			}
		case "faire":
			if next == i+1 && next < len(slots) && slots[next] == infinitive {
				glosses[i].POS = lexicon.AUX
			}
		}
	}
}

// partitives tells the article « de » (pas de moyens, de nombreux villages) from
// the preposition, and « des » behind a verb that takes its object so (« il publie
// aussi des articles », « elle a publié des articles »).
func partitives(glosses []Gloss, slots []slot, sentence []Token) {
	for i := 1; i+1 < len(glosses); i++ {
		if glosses[i].Lemma != "de" || glosses[i].POS != lexicon.ADP {
			continue
		}
		if sentence[i].End-sentence[i].Start == len("des") && object(glosses, slots, i) {
			glosses[i] = Gloss{Lemma: "un", POS: lexicon.DET}
			continue
		}
		negated := slots[i-1] == adverb && (glosses[i-1].Lemma == "pas" || glosses[i-1].Lemma == "jamais" || glosses[i-1].Lemma == "point")
		many := slots[i+1] == adjective && glosses[i+1].Features&lexicon.Plural != 0 && i+2 < len(slots) && slots[i+2] == noun
		switch slots[i-1] {
		case noun, proper, adjective, adverb, pronoun, numeral:
			many = false
		}
		if many || negated && slots[i+1] == noun {
			glosses[i] = Gloss{Lemma: "un", POS: lexicon.DET}
		}
	}
}

// object says whether what begins at i is the object of a verb before it, adverbs
// aside.
func object(glosses []Gloss, slots []slot, i int) bool {
	at := i - 1
	for at > 0 && slots[at] == adverb {
		at--
	}
	switch slots[at] {
	case finite, auxiliary, present:
		return at < i-1 || slots[at] == present
	case past:
		for helper := at - 1; helper >= max(0, at-3); helper-- {
			if glosses[helper].Lemma == "avoir" {
				return true
			}
			if slots[helper] != adverb {
				return false
			}
		}
	}
	return false
}

// senses are what a token may be; first is whether it opens its sentence, where
// a capital says nothing.
func (g *Glosser) senses(text string, t Token, first bool) []sense {
	written := text[t.Start:t.End]
	only := func(p lexicon.POS, at slot) []sense {
		return []sense{{Gloss: Gloss{Lemma: written, POS: p}, slot: at}}
	}
	switch t.Kind {
	case Punct:
		return only(lexicon.PUNCT, punctuation)
	case Symbol:
		return only(lexicon.SYM, noun)
	case Number:
		return only(lexicon.NUM, numeral)
	case URL, Email:
		return only(lexicon.X, proper)
	}
	key := written
	if first {
		key = " " + written
	}
	if s, ok := g.known[key]; ok {
		return s
	}
	s := sensesOf(t.Form(text), written, t.Kind, first)
	if g.known == nil || len(g.known) >= mostKnown {
		g.known = make(map[string][]sense)
	}
	g.known[strings.Clone(key)] = s
	return s
}

// sensesOf are what a form may be, written as it is in the text.
func sensesOf(form, written string, kind Kind, first bool) []sense {
	if kind == Clitic {
		form = strings.TrimPrefix(strings.TrimPrefix(form, "-t"), "-")
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
	if s := grammatical[form]; s != nil && (first || kind == Elided || !unicode.IsUpper(capital)) {
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

// preferred makes readings dearer that another of the same part of speech is
// usually meant instead of: of two nouns or two verbs the one whose lemma is
// nearer to the form (« fois » is not the plural of « foi »), and of two spellings of
// a verb the one with its circumflex.
func preferred(senses []sense, form string) []sense {
	for i := range senses {
		for j := range senses {
			if senses[i].POS == lexicon.NOUN && senses[j].POS == lexicon.ADJ && senses[i].Features == senses[j].Features {
				senses[i].cost += both
			}
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

// both is what it costs that a word is the noun of an adjective: « la première »
// without « fois ».
const both = .5
