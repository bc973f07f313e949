package lexis

import "strings"

// Spelled returns, for each root, the form under which it was met most often
// ([Lexicon.Best]) as people most often write it: « TVA », « Lille ». texts and rows
// are what was read, as for an [Index].
func (l *Lexicon) Spelled(texts []string, rows [][]Word) []string {
	best := l.Best()
	others := make(map[int32]*naming) // spellings that are not the form itself
	same := make([]int, len(best))
	for i, words := range rows {
		for at, w := range words {
			if w.Root < 0 || l.Forms[w.Form] != best[w.Root] {
				continue
			}
			weight := 1
			if !w.Break { // inside a sentence a capital means something
				weight = 2
			}
			form := Written(texts[i], words, at, at+1)
			if form == best[w.Root] || strings.ToLower(form) != best[w.Root] { // or by other signs: « presqu’île »
				same[w.Root] += weight
				continue
			}
			if others[w.Root] == nil {
				others[w.Root] = &naming{}
			}
			others[w.Root].count(form, weight)
		}
	}
	for root, u := range others {
		for _, s := range u.spellings {
			if s.n > same[root] {
				best[root], same[root] = s.form, s.n
			}
		}
	}
	return best
}
