package lexis

import (
	"cmp"
	"context"
	"slices"
)

// MaxTerm is how many counted words a term of several words has at most. The
// little words between them (« accès aux services », see [Link]) are not counted.
const MaxTerm = 4

// A Key names a term: the lemmas of its counted words plus one, in order, zeros
// after the last.
type Key [MaxTerm]int32

// Len returns the number of counted words.
func (k Key) Len() int {
	n := 0
	for n < MaxTerm && k[n] != 0 {
		n++
	}
	return n
}

// Holds says whether the lemmas of other follow each other in k.
func (k Key) Holds(other Key) bool {
	n, m := k.Len(), other.Len()
	for i := 0; i+m <= n; i++ {
		if slices.Equal(k[i:i+m], other[:m]) {
			return true
		}
	}
	return false
}

// Shares says whether k and other have a lemma in common.
func (k Key) Shares(other Key) bool {
	for _, lemma := range k[:k.Len()] {
		if slices.Contains(other[:other.Len()], lemma) {
			return true
		}
	}
	return false
}

// A Term is a word, or several, that a group uses more than the rest does.
type Term struct {
	Key  Key
	Form string // as people of the group most often write it
	Chi2 float64
	In   int     // segments of the group that hold it
	Out  int     // other segments that hold it
	Noun float64 // how often it is a noun, or is built around one, where the group writes it, 0…1

	Article float64 // how often a determiner stands right before it there, 0…1
	Titled  float64 // how often, with a capital, behind a title, a given name or what a person does, 0…1
	Within  float64 // how often behind « en », « sur », « sous », « dans » or « via », 0…1

	Own float64 // how much the group has it to itself: (a − b) / (a + b), of the shares of its segments and of the others that hold it

	Texts  []int32 // documents of the group that hold it, in what is the group's of them
	Around []int32 // that hold a word of it

	number int // in its Index
}

// occurrences calls yield for each word and each term of several words that
// starts in words, with the span of words it covers. extend says whether the
// pair of neighbouring counted words (lemmas a, b) may be part of a term.
func occurrences(words []Word, extend func(a, b int32) bool, yield func(k Key, from, to int)) {
	for i, w := range words {
		if w.Lemma < 0 {
			continue
		}
		key := Key{w.Lemma + 1}
		yield(key, i, i+1)
		length := 1
		for j := i + 1; length < MaxTerm; length++ {
			j = follows(words, j)
			if j < 0 || !extend(key[length-1]-1, words[j].Lemma) {
				break
			}
			key[length] = words[j].Lemma + 1
			j++
			yield(key, i, j)
		}
	}
}

// follows returns the next counted word from j on when only what may stand
// inside a term is before it, else -1.
func follows(words []Word, j int) int {
	last := None
	for ; j < len(words) && !words[j].Break; j++ {
		w := words[j]
		if w.Lemma >= 0 {
			return j
		}
		switch {
		case last == None && (w.Link == Joins || w.Link == Either), last == Joins && (w.Link == Determines || w.Link == Either):
			last = w.Link
		default:
			return -1
		}
	}
	return -1
}

// Terms returns, for each group, the words and the terms of several words that
// it uses more than the other segments do (χ² of presence by segment, at least
// [Chi2At05]), the highest first, at most limit. A word of one document alone
// sets its author apart, not the group: a group of more than three documents only
// gets terms that two of its documents hold. A term that only occurs inside a
// longer one of the list is left out.
//
// group gives each row's group or -1. Where ctx ends, so does the search.
func (x *Index) Terms(ctx context.Context, group []int, groups, limit int) [][]Term {
	sizes, documents := make([]int, groups), make([]int, groups)
	latest := make([]int, groups) // document that was counted last, plus one
	for i, g := range group {
		if g >= 0 {
			sizes[g]++
			if latest[g] != x.document[i]+1 {
				latest[g] = x.document[i] + 1
				documents[g]++
			}
		}
	}
	out := make([][]Term, groups)
	held, by := make([]int, groups), make([]int, groups) // rows and documents of the group that hold the term
	var met []int                                        // groups that hold it
	for n, key := range x.keys {
		if n&1023 == 0 && ctx.Err() != nil {
			return out
		}
		rows := x.holders(n)
		all := len(rows)
		if all < 2 && len(x.rows) > 3 {
			continue
		}
		met = met[:0]
		for _, row := range rows {
			g := group[row]
			if g < 0 {
				continue
			}
			if held[g] == 0 {
				met = append(met, g)
				by[g], latest[g] = 0, 0
			}
			held[g]++
			if d := x.document[row] + 1; latest[g] != d {
				latest[g] = d
				by[g]++
			}
		}
		for _, g := range met {
			in := held[g]
			held[g] = 0
			if in < 2 && sizes[g] > 3 || by[g] < 2 && documents[g] > 3 {
				continue
			}
			chi2 := Chi2(in, all-in, sizes[g], len(x.rows)-sizes[g])
			if chi2 < Chi2At05 && !(groups == 1 && chi2 == 0) {
				continue
			}
			out[g] = append(out[g], Term{Key: key, Chi2: chi2, In: in, Out: all - in, number: n})
		}
	}
	for g := range out {
		slices.SortFunc(out[g], func(a, b Term) int {
			return cmp.Or(cmp.Compare(b.Chi2, a.Chi2), cmp.Compare(b.In, a.In), cmp.Compare(b.Key.Len(), a.Key.Len()), slices.Compare(a.Key[:], b.Key[:]))
		})
		out[g] = distinct(out[g], limit)
		for n := range out[g] {
			t := &out[g][n]
			t.Own = own(t.In, t.Out, sizes[g], len(x.rows)-sizes[g])
			t.Texts = x.within(nil, t.number, group, g)
			if t.Around = t.Texts; t.Key.Len() == 1 {
				continue
			}
			t.Around = nil
			for _, lemma := range t.Key[:t.Key.Len()] {
				t.Around = x.within(t.Around, int(lemma)-1, group, g)
			}
			slices.Sort(t.Around)
			t.Around = slices.Compact(t.Around)
		}
	}
	x.name(ctx, out, group)
	return out
}

// own is [Term.Own], for a group of so many segments beside so many others.
func own(in, out, size, others int) float64 {
	a, b := float64(in)/float64(size), float64(out)/float64(max(1, others))
	return (a - b) / (a + b)
}

// within appends the documents that hold a term in rows of a group.
func (x *Index) within(to []int32, term int, group []int, g int) []int32 {
	from := len(to)
	for _, row := range x.holders(term) {
		if d := int32(x.document[row]); group[row] == g && (len(to) == from || to[len(to)-1] != d) {
			to = append(to, d)
		}
	}
	return to
}

// distinct leaves out the terms that only occur inside a longer one.
func distinct(terms []Term, limit int) []Term {
	var kept []Term
	for _, t := range terms {
		if len(kept) == limit {
			break
		}
		inside := false
		for _, longer := range terms[:min(len(terms), 4*limit)] {
			if longer.Key.Len() > t.Key.Len() && longer.In == t.In && longer.Out == t.Out && longer.Key.Holds(t.Key) {
				inside = true
				break
			}
		}
		if !inside {
			kept = append(kept, t)
		}
	}
	return kept
}
