package theme

import (
	"cmp"
	"context"
	"slices"

	"github.com/villes-internet/congres/analysis/lexis"
)

// wideCorpus is how many units are compared with all others. Beyond, each is
// compared with those that are likely to be near it, so that the work grows like
// n√n and not like n².
const wideCorpus = 2_000

// How many units are looked at for each, beyond.
const (
	lexicalPostings = 10_000 // that share its rarest words, in the view of shared words
	widePostings    = 1_000  // and in that which has near words as well
	joinPostings    = 400    // likewise, for what only joins the themes of a sample
	wideCells       = 2      // cells of near words whose units are compared as well
	wideCell        = 80     // units of a cell, at most
	likelyOf        = 24     // of either kind, that are then compared in full
	likelyJoin      = 12     // likewise, for what only joins: of its nearest cell alone
	wideRead        = 28     // that weigh most in what a unit is, read with its neighbours, likewise
)

// A wide view lists, for a unit, those that are likely to be near it.
type wide interface {
	// lay returns the finder of a view whose units stand in an order in which those
	// that are alike are near each other in memory, and that order; nil: as they are.
	// Where there is a sample, ascending, its units come first, and only they are found.
	lay(ctx context.Context, sample []int32) (finder, []int32, error)
}

// A finder returns, for one goroutine, what offers the units that are likely to be
// near a unit, with their similarity.
type finder func() func(i int, to *best)

func (v *Lexical) lay(_ context.Context, sample []int32) (finder, []int32, error) {
	if sample == nil {
		return v.near, nil, nil
	}
	order, rows := ahead(sample, len(v.rows)), make([]lexis.Vector, len(v.rows))
	for at, i := range order {
		rows[at] = v.rows[i]
	}
	laid := NewLexical(rows[:len(sample)], len(v.postings))
	laid.rows, laid.first = rows, len(sample)
	return laid.near, order, nil
}

func (v *Lexical) near() func(i int, to *best) {
	row, rare := newSparse[float32](len(v.rows)), v.rare(lexicalPostings)
	return func(i int, to *best) {
		at := i
		if i >= v.first { // both kinds are in the order of the corpus
			at = (i - v.first) * v.first / (len(v.rows) - v.first)
		}
		rare(row, i, at)
		for _, j := range row.touched {
			if int(j) != i {
				to.offer(Edge{j, float64(row.value[j])})
			}
		}
		row.clear()
	}
}

// rare returns what adds to a row the units that share the rarest words of i,
// likened by these. Where they are too many, it looks at those that stand nearest to
// at, where i is or would be in the corpus.
func (v *Lexical) rare(most int) func(row *sparse[float32], i, at int) {
	var words lexis.Vector
	return func(row *sparse[float32], i, at int) {
		words = append(words[:0], v.rows[i]...)
		slices.SortFunc(words, func(a, b lexis.Weight) int {
			return cmp.Or(cmp.Compare(len(v.postings[a.Root]), len(v.postings[b.Root])), cmp.Compare(a.Root, b.Root))
		})
		left := most
		for _, w := range words {
			if left == 0 {
				break
			}
			list := v.postings[w.Root]
			if len(list) > left {
				at, _ := slices.BinarySearchFunc(list, int32(at), func(p posting, unit int32) int { return cmp.Compare(p.unit, unit) })
				list = window(list, at, left)
			}
			left -= len(list)
			value, touched := row.value, row.touched
			for _, p := range list {
				if value[p.unit] == 0 {
					touched = append(touched, p.unit)
				}
				value[p.unit] += float32(w.Value * p.value)
			}
			row.touched = touched
		}
	}
}

// window returns the n entries of a list that stand around one.
func window[T any](list []T, at, n int) []T {
	if len(list) <= n {
		return list
	}
	from := max(0, min(at-n/2, len(list)-n))
	return list[from : from+n]
}
