package analysis

import "github.com/villes-internet/congres/corpora"

// summary counts what was read.
func (r *reading) summary() Summary {
	s := Summary{Name: r.corpus.Name, Documents: len(r.corpus.Documents), Segments: len(r.segments), Forms: len(r.lexicon.Forms)}
	for n := range r.lexicon.Forms {
		count := r.lexicon.Count[n]
		s.Tokens += count
		if count == 1 {
			s.Hapax++
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
	s.Language = r.language()
	return s
}
