package lexis

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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
type hearing struct{ all, nouns, articles, titled, within int }

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
	if !words[0].Break {
		switch at := p.find(int(words[0].Start)); {
		case p.titled(at) || len(words) == 1 && p.titled(at+1) && p.tokens[at+1].Start == int(words[0].End)+1:
			h.titled++
		case at > 0 && whereabouts[p.tokens[at-1].Form(p.text)]:
			h.within++
		}
	}
}

// whereabouts are what stands before a place, a network or a program, seldom before
// a person.
var whereabouts = map[string]bool{"en": true, "sur": true, "sous": true, "dans": true, "via": true}

// titled says whether the token at a place, which has a capital, stands behind what
// people's family names stand behind: a title, a given name, what they do.
func (p *parts) titled(at int) bool {
	if at == 0 || at >= len(p.tokens) || !upper(p.text[p.tokens[at].Start:]) {
		return false
	}
	before := p.tokens[at-1]
	form := before.Form(p.text)
	switch form {
	case "m.", "mm.", "mme", "mlle", "mr", "dr", "me", "monsieur", "madame", "messieurs", "mesdames":
		return true
	}
	if upper(p.text[before.Start:]) {
		return given(p.text[before.Start:before.End])
	}
	return Post(form)
}

// given says whether a written word with a capital may be a given name: the dictionary
// says so, or does not hold it.
func given(word string) bool {
	readings := lexicon.French().Lookup(nil, word)
	return len(readings) == 0 && !common(word) || slices.ContainsFunc(readings, Given)
}

func upper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// Given says whether a reading may be a given name: of those the dictionary says the
// gender.
func Given(r lexicon.Reading) bool {
	g := r.Features & genders
	return r.POS == lexicon.PROPN && (g == lexicon.Masculine || g == lexicon.Feminine)
}

// Post says whether a noun is what a person does: of either gender (« ministre »), or
// with a feminine (« présidente »).
func Post(form string) bool {
	l := lexicon.French()
	for _, r := range l.Lookup(nil, form) {
		if r.POS != lexicon.NOUN {
			continue
		}
		if r.Features&genders == genders {
			return true
		}
		if r.Features&lexicon.Masculine == 0 {
			continue
		}
		for _, feminine := range []string{r.Lemma + "e", strings.TrimSuffix(r.Lemma, "teur") + "trice", strings.TrimSuffix(r.Lemma, "eur") + "euse"} {
			if feminine != r.Lemma && slices.ContainsFunc(l.Lookup(nil, feminine), func(o lexicon.Reading) bool {
				return o.POS == lexicon.NOUN && o.Features&genders == lexicon.Feminine
			}) {
				return true
			}
		}
	}
	return false
}

// shares returns how often the term is a noun, has a determiner, stands behind what
// announces a person ([parts.titled]), and is where things are ([whereabouts]).
func (h hearing) shares() (noun, article, titled, within float64) {
	all := float64(max(1, h.all))
	return float64(h.nouns) / all, float64(h.articles) / all, float64(h.titled) / all, float64(h.within) / all
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
	if linked := len(words) > 1 && words[1].Lemma < 0; (len(words) == 1 || linked) && p.epithet(at, linked) {
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

// epithet says whether a word may be an adjective of the noun right before it: « loi
// relative à… », « consultation citoyenne »; or, where linked says that a complement
// of its own follows it, of one whose number stands between: « loi du 6 janvier 1978
// relative à… ».
func (p *parts) epithet(at int, linked bool) bool {
	if at == 0 || at >= len(p.tokens) || p.tokens[at].Start > p.tokens[at-1].End+1 {
		return false
	}
	if before := p.glosses[at-1].POS; before != lexicon.NOUN && !(linked && before == lexicon.NUM) {
		return false
	}
	adjective := func(r lexicon.Reading) bool { return r.POS == lexicon.ADJ }
	return slices.ContainsFunc(lexicon.French().Lookup(nil, p.tokens[at].Form(p.text)), adjective)
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
