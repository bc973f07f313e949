package lexis

import (
	"context"
	"math"
	"slices"
)

// A Phrase is a word or a term of several words that tells what one document is
// about, and where the document first writes it: in row Row, words From to To.
type Phrase struct {
	Key      Key
	Row      int
	From, To int
	Score    float64
}

// What a phrase is worth.
const (
	longest  = 3   // counted words
	longer   = 1.3 // times for each counted word more
	early    = 2   // times more at the head of a document, falling to nothing
	head     = 20  // over its first words
	asNoun   = .1  // a word as often after a determiner as this may be a noun
	unlikely = .3  // times, where the first word is seldom a noun
	verbal   = .2  // times, where the first or the last can only be a verb or an adverb
)

// Keyphrases returns for each document the phrases that tell most of what it is
// about, the best first, at most limit, after El-Beltagy and Rafea, « KP-Miner: A
// keyphrase extraction system », 2009: a word weighs by its count and its rarity;
// a term of several words is one when another document has it too, or this one
// twice, and being shared speaks for it; early ones (titles are) weigh more. A
// phrase begins with what texts use as a noun (see [Nouns]). Where ctx ends, so does
// the search.
func (x *Index) Keyphrases(ctx context.Context, documents, limit int) [][]Phrase {
	nouns, df := Nouns(x.rows, x.lemmas), x.documents()
	var names nominal
	out := make([][]Phrase, documents)
	seen := make([]int32, len(x.keys)) // where each term is in uses
	var uses []use
	best := ranking{limit: limit}
	for from := 0; from < len(x.rows); {
		if ctx.Err() != nil {
			return out
		}
		to := x.uses(from, seen, &uses)
		best.list = best.list[:0]
		for _, u := range uses {
			k := x.keys[u.term]
			score := float64(u.n) * (1 + early*math.Max(0, 1-float64(u.at)/head))
			if n := k.Len(); n == 1 {
				score *= math.Log(float64(1+documents) / float64(df[u.term]))
			} else if df[u.term] < 2 && u.n < 2 || n > longest || u.inner {
				continue
			} else {
				score *= math.Log(float64(1+documents)*float64(df[u.term])) * math.Pow(longer, float64(n-1))
			}
			words, text := x.rows[u.row], x.texts[u.row]
			if nouns[k[0]-1] < asNoun {
				score *= unlikely
			}
			if !names.may(words[u.from], text) || !names.may(words[u.to-1], text) {
				score *= verbal
			}
			best.offer(Phrase{k, u.row, int(u.from), int(u.to), score})
		}
		out[x.document[from]] = slices.Clone(best.list)
		from = to
	}
	return out
}

// documents counts those that hold each term.
func (x *Index) documents() []int {
	out := make([]int, len(x.keys))
	for n := range out {
		last := -1
		for _, row := range x.holders(n) {
			if d := x.document[row]; d != last {
				last = d
				out[n]++
			}
		}
	}
	return out
}

// A use is how often a document holds a term, and where first.
type use struct {
	place
	n, at, row int
	inner      bool // a determiner stands inside: « résultats de ces requêtes » is no term
}

// uses lists the terms of the document that begins at a row, in the order of
// reading, and returns the row after its last. seen gives room.
func (x *Index) uses(from int, seen []int32, list *[]use) (to int) {
	uses, at := (*list)[:0], 0
	for to = from; to < len(x.rows) && x.document[to] == x.document[from]; to++ {
		words := x.rows[to]
		for _, p := range x.in(to) {
			n := seen[p.term]
			if int(n) >= len(uses) || uses[n].term != p.term {
				n = int32(len(uses))
				seen[p.term] = n
				inner := slices.ContainsFunc(words[p.from:p.to], func(w Word) bool { return w.Link == Determines })
				uses = append(uses, use{p, 0, at + int(p.from), to, inner})
			}
			uses[n].n++
		}
		at += len(words)
	}
	*list = uses
	return to
}

// A ranking keeps the best phrases that it is offered, the best first; of equals
// the first.
type ranking struct {
	limit int
	list  []Phrase
}

func (r *ranking) offer(p Phrase) {
	at := len(r.list)
	for at > 0 && r.list[at-1].Score < p.Score {
		at--
	}
	if at == r.limit {
		return
	}
	if len(r.list) == r.limit {
		r.list = r.list[:r.limit-1]
	}
	r.list = slices.Insert(r.list, at, p)
}
