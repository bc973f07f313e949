package analysis

import (
	"bytes"
	"slices"
)

// identical says of texts that are all the same, word for word, that nothing can be
// compared.
func (r *reading) identical() []string {
	documents := r.corpus.Documents
	if len(documents) < 2 {
		return nil
	}
	first := plain(nil, documents[0].Text)
	var other []byte
	for _, d := range documents[1:] {
		if other = plain(other[:0], d.Text); !bytes.Equal(first, other) {
			return nil
		}
	}
	return []string{"Les " + Number(len(documents)) + " textes sont tous les mêmes, mot pour mot\u00a0: en lire un, c’est les lire tous. Il n’y a rien à comparer, et aucun mot ne distingue un thème d’un autre."}
}

// Distinguished is whether a word sets the theme apart from the rest: where it holds
// the whole corpus, none does, and every χ² is 0.
func (t Theme) Distinguished() bool { return len(t.Terms) > 0 && t.Terms[0].Chi2 > 0 }

// Supports is whether the corpus says that anybody supports a text: what is quoted is
// ranked by that too.
func (r *Report) Supports() bool {
	return slices.ContainsFunc(r.Themes, func(t Theme) bool {
		return slices.ContainsFunc(t.Verbatims, func(v Verbatim) bool { return v.Supported > 0 })
	})
}
