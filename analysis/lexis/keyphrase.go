package lexis

import (
	"cmp"
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
// phrase begins with what texts use as a noun (see [Nouns]). rows and document are
// those of [Terms].
func Keyphrases(rows [][]Word, texts []string, document []int, documents, roots, limit int) [][]Phrase {
	nouns := Nouns(rows, roots)
	pairs := frequentPairs(rows)
	extend := func(a, b int32) bool { return pairs[pair{a, b}] }
	df := make(map[Key]int)
	each(rows, document, extend, func(_ int, order []Key, _ map[Key]*use) {
		for _, k := range order {
			df[k]++
		}
	})
	out := make([][]Phrase, documents)
	names := make(nominal)
	each(rows, document, extend, func(d int, order []Key, found map[Key]*use) {
		var list []Phrase
		for _, k := range order {
			u := found[k]
			score := float64(u.n) * (1 + early*math.Max(0, 1-float64(u.at)/head))
			if n := k.Len(); n == 1 {
				score *= math.Log(float64(1+documents) / float64(df[k]))
			} else if df[k] < 2 && u.n < 2 || n > longest || u.inner {
				continue
			} else {
				score *= math.Log(float64(1+documents)*float64(df[k])) * math.Pow(longer, float64(n-1))
			}
			words, text := rows[u.row], texts[u.row]
			if nouns[k[0]-1] < asNoun {
				score *= unlikely
			}
			if !names.may(words[u.from], text) || !names.may(words[u.to-1], text) {
				score *= verbal
			}
			list = append(list, Phrase{k, u.row, u.from, u.to, score})
		}
		slices.SortStableFunc(list, func(a, b Phrase) int { return cmp.Compare(b.Score, a.Score) })
		out[d] = slices.Clone(list[:min(limit, len(list))])
	})
	return out
}

// A use is how often a document holds a key, and where first.
type use struct {
	n, at, row, from, to int
	inner                bool // a determiner stands inside: « résultats de ces requêtes » is no term
}

// each calls yield with the keys of each document, in the order of reading.
func each(rows [][]Word, document []int, extend func(a, b int32) bool, yield func(document int, order []Key, found map[Key]*use)) {
	for from := 0; from < len(rows); {
		to, at := from, 0
		found := make(map[Key]*use)
		var order []Key
		for ; to < len(rows) && document[to] == document[from]; to++ {
			words := rows[to]
			occurrences(words, extend, func(k Key, i, j int) {
				u := found[k]
				if u == nil {
					inner := slices.ContainsFunc(words[i:j], func(w Word) bool { return w.Link == Determines })
					u = &use{0, at + i, to, i, j, inner}
					found[k] = u
					order = append(order, k)
				}
				u.n++
			})
			at += len(words)
		}
		yield(document[from], order, found)
		from = to
	}
}
