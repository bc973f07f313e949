package french

import (
	"context"
	"slices"
	"sort"

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
	known [2]map[string][]sense // of what is written, inside a sentence and at its head
	cells []cell
	slots []slot
	only  [1]sense // of the token at hand, where it can be one thing only
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
		for k := range senses {
			s := &senses[k]
			c := cell{sense: *s, token: n, before: -1, sum: follows[edge][s.slot]}
			for i := from; i >= 0 && i < to; i++ {
				if sum := cells[i].sum + follows[cells[i].slot][s.slot] + discord(&cells[i].sense, s); c.before < 0 || sum < c.sum {
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
	g.slots = slices.Grow(g.slots[:0], len(sentence))
	slots := g.slots[:len(sentence)]
	clear(slots)
	for i := best; i >= 0; i = cells[i].before {
		dst[start+cells[i].token], slots[cells[i].token] = cells[i].Gloss, cells[i].slot
	}
	auxiliaries(dst[start:], slots)
	partitives(dst[start:], slots, sentence)
	return dst
}

// Text appends the glosses of a text's tokens to dst, one for each, sentence by
// sentence; what stands after the last sentence is read with it. It returns early
// with the context's error.
func (g *Glosser) Text(ctx context.Context, dst []Gloss, text string, tokens []Token, sentences []Span) ([]Gloss, error) {
	for n := 0; len(tokens) > 0; n++ {
		if err := ctx.Err(); err != nil {
			return dst, err
		}
		to := len(tokens)
		if n+1 < len(sentences) {
			to = sort.Search(len(tokens), func(i int) bool { return tokens[i].Start >= sentences[n].End })
		}
		dst, tokens = g.Glosses(dst, text, tokens[:to]), tokens[to:]
	}
	return dst, nil
}

// discord is what it costs that a noun and an adjective side by side do not
// agree.
func discord(a, b *sense) float32 {
	if b.slot == past && a.POS == lexicon.VERB && (a.Lemma == "être" || a.Lemma == "avoir") {
		return helped
	}
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
	for i := 0; i+1 < len(glosses); i++ {
		if glosses[i].Lemma != "de" || glosses[i].POS != lexicon.ADP {
			continue
		}
		if i == 0 { // « De nombreux villages… »
			if slots[1] == adjective && glosses[1].Features&lexicon.Plural != 0 && len(slots) > 2 && slots[2] == noun {
				glosses[0] = Gloss{Lemma: "un", POS: lexicon.DET}
			}
			continue
		}
		if sentence[i].End-sentence[i].Start == len("des") && object(glosses, slots, i) {
			glosses[i] = Gloss{Lemma: "un", POS: lexicon.DET}
			continue
		}
		negated := slots[i-1] == coordinating && glosses[i-1].Lemma == "ni" || slots[i-1] == adverb && (glosses[i-1].Lemma == "pas" || glosses[i-1].Lemma == "jamais" || glosses[i-1].Lemma == "point")
		many := slots[i+1] == adjective && glosses[i+1].Features&lexicon.Plural != 0 && i+2 < len(slots) && slots[i+2] == noun
		switch slots[i-1] {
		case noun, proper, adjective, pronoun, numeral:
			many = many && glosses[i+1].Lemma == "nombreux"
		case adverb, past:
			many = many && (glosses[i+1].Lemma == "nombreux" || object(glosses, slots, i) || i == 1)
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

// helped is what it costs that a participle stands right behind the verb that
// helps it: « avoir été construit ».
const helped = -1

// both is what it costs that a word is the noun of an adjective: « la première »
// without « fois ».
const both = .5
