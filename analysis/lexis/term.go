package lexis

import (
	"cmp"
	"slices"
)

// MaxTerm is how many counted words a term of several words has at most. The
// little words between them (« accès aux services ») are not counted, and no
// more than two of them stand in a row.
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
	In   int // segments of the group that hold it
	Out  int // other segments that hold it
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
		length, small := 1, 0
		for j := i + 1; j < len(words) && length < MaxTerm; j++ {
			next := words[j]
			if next.Break {
				break
			}
			if next.Root < 0 {
				if !next.Elided {
					small++
				}
				if small > 2 {
					break
				}
				continue
			}
			if !extend(key[length-1]-1, next.Root) {
				break
			}
			key[length] = next.Root + 1
			length, small = length+1, 0
			yield(key, i, j+1)
		}
	}
}

type pair struct{ a, b int32 }

// frequentPairs returns the pairs of neighbouring counted words that at least
// two segments hold: a longer term is made of such pairs only.
func frequentPairs(rows [][]Word) map[pair]bool {
	last := make(map[pair]int32)
	frequent := make(map[pair]bool)
	for i, words := range rows {
		previous, small := int32(-1), 0
		for _, w := range words {
			if w.Break {
				previous = -1
			}
			if w.Root < 0 {
				if !w.Elided {
					small++
				}
				if small > 2 {
					previous = -1
				}
				continue
			}
			if previous >= 0 && previous != w.Root {
				p := pair{previous, w.Root}
				if seen, ok := last[p]; ok && seen != int32(i) {
					frequent[p] = true
				}
				last[p] = int32(i)
			}
			previous, small = w.Root, 0
		}
	}
	return frequent
}

// Terms returns, for each group, the words and the terms of several words that
// it uses more than the other segments do (χ² of presence by segment, at least
// [Chi2At05], in two of its segments or more where it has more than three), the
// highest first, at most limit. group gives each row's group, or -1. A term
// that only occurs inside a longer one of the list is left out. texts gives the
// text that a row's words were read from.
func Terms(rows [][]Word, texts []string, group []int, groups, limit int) [][]Term {
	sizes := make([]int, groups)
	for _, g := range group {
		if g >= 0 {
			sizes[g]++
		}
	}
	pairs := frequentPairs(rows)
	extend := func(a, b int32) bool { return pairs[pair{a, b}] }

	type tally struct {
		last  int32 // the row that was counted last
		group int32 // the counts of its groups start here
	}
	tallies := make(map[Key]*tally)
	var order []Key
	var counts []int32 // one block of groups+1 a term: by group, then all
	for i, words := range rows {
		g := groups
		if group[i] >= 0 {
			g = group[i]
		}
		occurrences(words, extend, func(k Key, _, _ int) {
			t := tallies[k]
			if t == nil {
				t = &tally{-1, int32(len(counts))}
				tallies[k] = t
				order = append(order, k)
				counts = append(counts, make([]int32, groups+1)...)
			}
			if t.last == int32(i) {
				return
			}
			t.last = int32(i)
			counts[int(t.group)+g]++
		})
	}

	out := make([][]Term, groups)
	for _, k := range order {
		block := counts[tallies[k].group:][:groups+1]
		all := 0
		for _, n := range block {
			all += int(n)
		}
		if all < 2 && len(rows) > 3 {
			continue
		}
		for g := range groups {
			in := int(block[g])
			if in == 0 || in < 2 && sizes[g] > 3 {
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
