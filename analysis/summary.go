package analysis

import (
	"fmt"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/corpora"
)

// summary counts what was read.
func (r *reading) summary() Summary {
	s := Summary{Name: r.corpus.Name, Documents: len(r.corpus.Documents), Segments: len(r.segments), Forms: len(r.lexicon.Forms)}
	stops, words := 0, 0
	for n, form := range r.lexicon.Forms {
		count := r.lexicon.Count[n]
		s.Tokens += count
		if count == 1 {
			s.Hapax++
		}
		if form[0] < '0' || form[0] > '9' {
			words += count
			if french.IsStop(form) {
				stops += count
			}
		}
	}
	authors, communes := make(map[string]bool), make(map[string]bool)
	for _, d := range r.corpus.Documents {
		if a := author(d); a != "" {
			authors[a] = true
		}
		if c := d.Variables[corpora.VarCommune]; c != "" {
			communes[c] = true
		}
	}
	s.Authors, s.Communes = len(authors), len(communes)
	s.Language = language(words, stops)
	return s
}

// Half of the words of any French text are of the commonest ones; in another
// language, hardly any.
const (
	enoughToTell = 200
	frenchShare  = 0.28
)

func language(words, stops int) string {
	if words < enoughToTell || float64(stops) >= frenchShare*float64(words) {
		return ""
	}
	return fmt.Sprintf("Une grande partie de ce corpus ne semble pas écrite en français (%d\u00a0%% seulement de mots courants du français)\u00a0: les thèmes sont à lire avec prudence.", 100*stops/words)
}
