package lexis

import (
	"context"
	"slices"
)

// An Index numbers the terms of rows, words and terms of several words alike, and
// says where each stands. It is not changed once it is made, and may be used by
// several goroutines.
//
// Words have the numbers of their lemmas; after them come the pairs of neighbouring
// counted words that at least two rows hold, then longer terms, which are made of
// such pairs only.
type Index struct {
	rows     [][]Word
	texts    []string
	document []int
	lemmas   int

	keys   []Key   // by number
	places []place // row after row
	first  []int32 // of each row's places; one more for the end
	lists  []int32 // the rows that hold each term, term after term
	list   []int32 // where each term's begin; one more for the end
}

// A place is where a term stands in its row: words from to to.
type place struct{ term, from, to int32 }

// NewIndex reads the words of rows: texts gives the text that each row's words were
// read from, document the document that it is part of (rows of one document follow
// each other), lemmas the size of the lexicon. Where ctx ends, the index is of what
// was read so far.
func NewIndex(ctx context.Context, rows [][]Word, texts []string, document []int, lemmas int) *Index {
	x := &Index{rows: rows, texts: texts, document: document, lemmas: lemmas, keys: make([]Key, lemmas), first: make([]int32, 1, len(rows)+1)}
	for lemma := range x.keys {
		x.keys[lemma] = Key{int32(lemma) + 1}
	}
	counted := 0
	for _, words := range rows {
		for _, w := range words {
			if w.Lemma >= 0 {
				counted++
			}
		}
	}
	x.places = make([]place, 0, counted+counted/4) // with the longer terms
	pairs := x.pairs(ctx)
	lengthened := make(map[uint64]int32) // terms by the one that they lengthen and the lemma that they add
	var next, with []int32               // of each word: the counted one that goes on with a term, and the pair's number; -1: none
	for i, words := range rows {
		if i&1023 == 0 && ctx.Err() != nil {
			break
		}
		next, with = next[:0], with[:0]
		for at, w := range words {
			after, term := -1, int32(-1)
			if w.Lemma >= 0 {
				after = follows(words, at+1)
			}
			if after >= 0 {
				if p, ok := pairs[both(w.Lemma, words[after].Lemma)]; ok {
					term = p.term
				}
			}
			next, with = append(next, int32(after)), append(with, term)
		}
		for at, w := range words {
			if w.Lemma < 0 {
				continue
			}
			from, term := int32(at), w.Lemma
			x.places = append(x.places, place{term, from, from + 1})
			for to, length := from, 1; length < MaxTerm && with[to] >= 0; length++ {
				if length == 1 {
					term = with[to]
				} else {
					term = x.lengthen(lengthened, term, words[next[to]].Lemma)
				}
				to = next[to]
				x.places = append(x.places, place{term, from, to + 1})
			}
		}
		x.first = append(x.first, int32(len(x.places)))
	}
	x.hold()
	return x
}

// A neighbouring pair of counted words: the row where it was last met, and the
// number of the term that it is; -1: of one row so far.
type neighbours struct{ row, term int32 }

func both(a, b int32) uint64 { return uint64(a)<<32 | uint64(b) }

// pairs numbers the pairs that two rows hold.
func (x *Index) pairs(ctx context.Context) map[uint64]neighbours {
	met := make(map[uint64]neighbours)
	for i, words := range x.rows {
		if i&1023 == 0 && ctx.Err() != nil {
			break
		}
		for at, w := range words {
			if w.Lemma < 0 {
				continue
			}
			next := follows(words, at+1)
			if next < 0 || words[next].Lemma == w.Lemma {
				continue
			}
			p := both(w.Lemma, words[next].Lemma)
			switch seen, ok := met[p]; {
			case !ok:
				met[p] = neighbours{int32(i), -1}
			case seen.term < 0 && seen.row != int32(i):
				met[p] = neighbours{int32(i), int32(len(x.keys))}
				x.keys = append(x.keys, Key{w.Lemma + 1, words[next].Lemma + 1})
			}
		}
	}
	return met
}

// lengthen numbers the term that another and a lemma behind it are.
func (x *Index) lengthen(known map[uint64]int32, term, lemma int32) int32 {
	n, ok := known[both(term, lemma)]
	if !ok {
		n = int32(len(x.keys))
		known[both(term, lemma)] = n
		key := x.keys[term]
		key[key.Len()] = lemma + 1
		x.keys = append(x.keys, key)
	}
	return n
}

// hold lists the rows of each term.
func (x *Index) hold() {
	x.list = make([]int32, len(x.keys)+1)
	last := make([]int32, len(x.keys)) // row that was counted last, plus one
	each := func(yield func(term, row int32)) {
		clear(last)
		for i := range int32(len(x.first) - 1) {
			for _, p := range x.in(int(i)) {
				if last[p.term] != i+1 {
					last[p.term] = i + 1
					yield(p.term, i)
				}
			}
		}
	}
	each(func(term, _ int32) { x.list[term+1]++ })
	for n := range x.keys {
		x.list[n+1] += x.list[n]
	}
	x.lists = make([]int32, x.list[len(x.keys)])
	end := slices.Clone(x.list)
	each(func(term, row int32) {
		x.lists[end[term]] = row
		end[term]++
	})
}

// in returns the places of a row, by where they begin.
func (x *Index) in(row int) []place {
	if row+1 >= len(x.first) { // ctx ended before it was read
		return nil
	}
	return x.places[x.first[row]:x.first[row+1]]
}

// holders returns the rows that hold a term, each once and in order.
func (x *Index) holders(term int) []int32 { return x.lists[x.list[term]:x.list[term+1]] }
