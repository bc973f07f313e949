package lexis

import (
	"cmp"
	"slices"
)

// MaxTerm is how many counted words a term of several words has at most. The
// little words between them (« accès aux services », see [Link]) are not counted.
const MaxTerm = 4

// A Key names a term: the roots of its counted words plus one, in order, zeros
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

// Holds says whether the roots of other follow each other in k.
func (k Key) Holds(other Key) bool {
	n, m := k.Len(), other.Len()
	for i := 0; i+m <= n; i++ {
		if slices.Equal(k[i:i+m], other[:m]) {
			return true
		}
	}
	return false
}

// Shares says whether k and other have a root in common.
func (k Key) Shares(other Key) bool {
	for _, root := range k[:k.Len()] {
		if slices.Contains(other[:other.Len()], root) {
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
}

// occurrences calls yield for each word and each term of several words that
// starts in words, with the span of words it covers. extend says whether the
// pair of neighbouring counted words (roots a, b) may be part of a term.
func occurrences(words []Word, extend func(a, b int32) bool, yield func(k Key, from, to int)) {
	for i, w := range words {
		if w.Root < 0 {
			continue
		}
		key := Key{w.Root + 1}
		yield(key, i, i+1)
		length := 1
		for j := i + 1; length < MaxTerm; length++ {
			j = follows(words, j)
			if j < 0 || !extend(key[length-1]-1, words[j].Root) {
				break
			}
			key[length] = words[j].Root + 1
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
		if w.Root >= 0 {
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

type pair struct{ a, b int32 }

// frequentPairs returns the pairs of neighbouring counted words that at least
// two segments hold: a longer term is made of such pairs only.
func frequentPairs(rows [][]Word) map[pair]bool {
	last := make(map[pair]int32)
	frequent := make(map[pair]bool)
	for i, words := range rows {
		for at, w := range words {
			if w.Root < 0 {
				continue
			}
			next := follows(words, at+1)
			if next < 0 || words[next].Root == w.Root {
				continue
			}
			p := pair{w.Root, words[next].Root}
			if seen, ok := last[p]; ok && seen != int32(i) {
				frequent[p] = true
			}
			last[p] = int32(i)
		}
	}
	return frequent
}

// Terms returns, for each group, the words and the terms of several words that
// it uses more than the other segments do (χ² of presence by segment, at least
// [Chi2At05]), the highest first, at most limit. A word of one document alone
// sets its author apart, not the group: a group of more than three documents only
// gets terms that two of its documents hold. A term that only occurs inside a
// longer one of the list is left out.
//
// texts gives the text that each row's words were read from, document the
// document that it is part of (rows of one document follow each other), group
// its group or -1.
func Terms(rows [][]Word, texts []string, document, group []int, groups, limit int) [][]Term {
	sizes, documents := make([]int, groups), make([]int, groups)
	latest := make([]int, groups)
	for g := range latest {
		latest[g] = -1
	}
	for i, g := range group {
		if g >= 0 {
			sizes[g]++
			if latest[g] != document[i] {
				latest[g] = document[i]
				documents[g]++
			}
		}
	}
	pairs := frequentPairs(rows)
	extend := func(a, b int32) bool { return pairs[pair{a, b}] }

	type tally struct {
		last  int32 // the row that was counted last
		block []int32
	}
	highest := int32(-1)
	for _, words := range rows {
		for _, w := range words {
			highest = max(highest, w.Root)
		}
	}
	single, several := make([]*tally, highest+1), make(map[Key]*tally) // single words by root: most are
	var order []Key
	var tallies []*tally // in the same order
	// A term's block: segments by group, segments in no group, then documents by
	// group (stopping at two) and the last document counted there.
	var arena []int32
	size := 3*groups + 1
	for i, words := range rows {
		g := groups
		if group[i] >= 0 {
			g = group[i]
		}
		occurrences(words, extend, func(k Key, _, _ int) {
			var t *tally
			if k[1] == 0 {
				t = single[k[0]-1]
			} else {
				t = several[k]
			}
			if t == nil {
				if len(arena) < size {
					arena = make([]int32, max(size, 1<<16))
				}
				t = &tally{-1, arena[:size:size]}
				arena = arena[size:]
				if k[1] == 0 {
					single[k[0]-1] = t
				} else {
					several[k] = t
				}
				order, tallies = append(order, k), append(tallies, t)
			}
			if t.last == int32(i) {
				return
			}
			t.last = int32(i)
			block := t.block
			block[g]++
			if g == groups || block[groups+1+g] == 2 {
				return
			}
			if seen := &block[2*groups+1+g]; *seen != int32(document[i])+1 {
				*seen = int32(document[i]) + 1
				block[groups+1+g]++
			}
		})
	}

	out := make([][]Term, groups)
	for n, k := range order {
		block := tallies[n].block
		all := 0
		for _, n := range block[:groups+1] {
			all += int(n)
		}
		if all < 2 && len(rows) > 3 {
			continue
		}
		for g := range groups {
			in := int(block[g])
			if in == 0 || in < 2 && sizes[g] > 3 || block[groups+1+g] < 2 && documents[g] > 3 {
				continue
			}
			chi2 := Chi2(in, all-in, sizes[g], len(rows)-sizes[g])
			if chi2 < Chi2At05 && !(groups == 1 && chi2 == 0) {
				continue
			}
			out[g] = append(out[g], Term{Key: k, Chi2: chi2, In: in, Out: all - in})
		}
	}
	for g := range out {
		slices.SortFunc(out[g], func(a, b Term) int {
			return cmp.Or(cmp.Compare(b.Chi2, a.Chi2), cmp.Compare(b.In, a.In), cmp.Compare(b.Key.Len(), a.Key.Len()), slices.Compare(a.Key[:], b.Key[:]))
		})
		out[g] = distinct(out[g], limit)
	}
	name(out, rows, texts, group, extend)
	return out
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
