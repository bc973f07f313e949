package lexis

import (
	"cmp"
	"slices"
)

// A Cooccurrent is a word met near what was looked for.
type Cooccurrent struct {
	ID       int32   // number of its form, root or lemma
	Near     int     // occurrences in the contexts
	All      int     // occurrences in the corpus
	Score    float64 // [Specificity] of Near in the contexts
	Distance float64 // mean, in words: 1 is right beside
}

// Cooccurrents returns the words that the contexts of a query use more than the
// rest: within left words before it and right after, each occurrence counted
// once (P. Lafon, « Analyse lexicométrique et recherche des cooccurrences », Mots
// 3, 1981; TXM's cooccurrents). Those that are met near at least often times (one
// occurrence of a rare word may score high) and of score least or more are kept, by
// score; ties in the order of the lexicon.
func Cooccurrents(texts [][]Word, q Query, left, right int, unit Unit, often int, least float64) []Cooccurrent {
	all := make(map[int32]int)
	near := make(map[int32]*Cooccurrent)
	total, size := 0, 0
	for _, words := range texts {
		distance := make([]int, len(words)) // to the nearest match; 0: none near, −1: in one
		for at := range words {
			if !q.at(words, at) {
				continue
			}
			last := at + q.Len() - 1
			for i := max(0, at-left); i <= min(len(words)-1, last+right); i++ {
				d := max(at-i, i-last)
				switch {
				case d <= 0:
					distance[i] = -1
				case distance[i] == 0 || distance[i] > d:
					distance[i] = d
				}
			}
		}
		for i, w := range words {
			id := unit.of(w)
			if id < 0 {
				continue
			}
			all[id]++
			total++
			if distance[i] <= 0 {
				continue
			}
			size++
			c := near[id]
			if c == nil {
				c = &Cooccurrent{ID: id}
				near[id] = c
			}
			c.Near++
			c.Distance += float64(distance[i])
		}
	}
	var out []Cooccurrent
	for id, c := range near {
		if c.Near < often {
			continue
		}
		c.All = all[id]
		c.Distance /= float64(c.Near)
		c.Score = Specificity(c.Near, c.All, size, total)
		if c.Score >= least {
			out = append(out, *c)
		}
	}
	slices.SortFunc(out, func(a, b Cooccurrent) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
	return out
}
