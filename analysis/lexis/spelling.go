package lexis

import "strings"

// Spelled returns, for each lemma, the form under which it was met most often
// ([Lexicon.Best]) as people most often write it: « TVA », « Lille ». texts and rows
// are what was read, as for an [Index].
func (l *Lexicon) Spelled(texts []string, rows [][]Word) []string {
	best := l.Best()
	others := make(map[int32]*naming) // spellings that are not the form itself
	same := make([]int, len(best))
	for i, words := range rows {
		for at, w := range words {
			if w.Lemma < 0 || l.Forms[w.Form] != best[w.Lemma] {
				continue
			}
			weight := 1
			if !w.Break { // inside a sentence a capital means something
				weight = 2
			}
			form := Written(texts[i], words, at, at+1)
			if form == best[w.Lemma] || strings.ToLower(form) != best[w.Lemma] { // or by other signs: « presqu’île »
				same[w.Lemma] += weight
				continue
			}
			if others[w.Lemma] == nil {
				others[w.Lemma] = &naming{}
			}
			others[w.Lemma].count(form, weight)
		}
	}
	for lemma, u := range others {
		for _, s := range u.spellings {
			if s.n > same[lemma] {
				best[lemma], same[lemma] = s.form, s.n
			}
		}
	}
	return best
}
