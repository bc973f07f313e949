package lexis

import (
	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/corpora/lexicon"
)

// parts says whether terms are nouns where texts write them: [french.Glosser] reads
// the sentences of those that are asked for only.
type parts struct {
	glosser french.Glosser

	text    string
	read    bool // whether tokens and glosses are those of text
	tokens  []french.Token
	glosses []french.Gloss
}

// A hearing says how often a term is a noun, in the first places where it stands.
type hearing struct{ all, nouns, articles int }

// enoughPlaces is in how many places a term is heard.
const enoughPlaces = 12

// open makes text the one that words are heard in.
func (p *parts) open(text string) { p.text, p.read = text, false }

// hear notes whether a term, where its words stand, is a noun.
func (p *parts) hear(h *hearing, words []Word) {
	if h.all == enoughPlaces {
		return
	}
	h.all++
	if words[0].Article {
		h.articles++
	}
	if p.nominal(words) {
		h.nouns++
	}
}

// shares returns how often the term is a noun, and how often it has a determiner.
func (h hearing) shares() (noun, article float64) {
	if h.all == 0 {
		return 0, 0
	}
	return float64(h.nouns) / float64(h.all), float64(h.articles) / float64(h.all)
}

// nominal says whether words, which stand in the open text, are built around a
// noun: it comes first, adjectives aside, and no verb but a participle follows.
func (p *parts) nominal(words []Word) bool {
	if !p.read {
		p.tokens = french.Tokens(p.tokens[:0], p.text)
		p.glosses = p.glosser.Glosses(p.glosses[:0], p.text, p.tokens)
		p.read = true
	}
	at := p.find(int(words[0].Start))
	if len(words) == 1 && p.bare(at) {
		return false
	}
	head := false
	for _, w := range words {
		for at < len(p.tokens) && p.tokens[at].Start < int(w.Start) {
			at++
		}
		if at == len(p.tokens) {
			return false
		}
		switch g := p.glosses[at]; g.POS {
		case lexicon.NOUN, lexicon.PROPN, lexicon.X, lexicon.SYM:
			head = true
		case lexicon.ADJ, lexicon.NUM:
		case lexicon.VERB:
			if !head || g.Features&(lexicon.Past|lexicon.Present) == 0 {
				return false
			}
		default:
			if w.Lemma >= 0 && !head {
				return false
			}
		}
	}
	return head
}

// bare says whether a word is what a verb needs to mean something, rather than
// what a text is about: « tenir compte », « mettre en place », « d'accord ».
func (p *parts) bare(at int) bool {
	if at == 0 || at >= len(p.tokens) || p.glosses[at].POS == lexicon.PROPN {
		return false
	}
	verb := func(at int) bool {
		return at >= 0 && (p.glosses[at].POS == lexicon.VERB || p.glosses[at].POS == lexicon.AUX && p.glosses[at].Lemma == "avoir")
	}
	before := p.tokens[at-1]
	switch before.Form(p.text) {
	case "en":
		return verb(at - 2)
	case "d'":
		return p.tokens[at].Form(p.text) == "accord"
	}
	return verb(at-1) && p.glosses[at-1].Features&lexicon.Past == 0
}

// find returns the first token that starts at a byte or later.
func (p *parts) find(start int) int {
	low, high := 0, len(p.tokens)
	for low < high {
		if middle := (low + high) / 2; p.tokens[middle].Start < start {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}
