package lexis

// Key returns the term that a form of the lexicon is, as [Terms] names it; the
// zero Key where a word of it was never read, or where it has more of them than
// a term.
func (l *Lexicon) Key(form string) (k Key) {
	n := 0
	for _, item := range l.Query(form, Lemmas).items {
		switch {
		case item.Lemma < 0:
			continue
		case n == MaxTerm:
			return Key{}
		}
		k[n] = item.Lemma + 1
		n++
	}
	return k
}

// Holders returns, for each term, the rows that hold it, each once and in order.
func Holders(rows [][]Word, terms []Key) [][]int {
	out := make([][]int, len(terms))
	at := make(map[Key][]int, len(terms)) // a term may be asked for twice
	pairs := make(map[uint64]bool)
	for n, k := range terms {
		if k == (Key{}) {
			continue
		}
		at[k] = append(at[k], n)
		for i := 1; i < k.Len(); i++ {
			pairs[both(k[i-1]-1, k[i]-1)] = true
		}
	}
	extend := func(a, b int32) bool { return pairs[both(a, b)] }
	for i, words := range rows {
		occurrences(words, extend, func(k Key, _, _ int) {
			for _, n := range at[k] {
				if found := out[n]; len(found) == 0 || found[len(found)-1] != i {
					out[n] = append(found, i)
				}
			}
		})
	}
	return out
}
