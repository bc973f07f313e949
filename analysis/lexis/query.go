package lexis

import "github.com/villes-internet/congres/analysis/french"

// A Query is a word or a sequence of words to look for.
type Query struct {
	items []Word // Root −1: the very form is meant
	unit  Unit
	never bool // a word of it is nowhere in the lexicon
}

// Query reads what a person looks for: words one after the other, whatever their
// capitals and apostrophes. Under Roots a word stands for all of its root
// (« écoles » finds « école »), but for those that have none.
func (l *Lexicon) Query(text string, unit Unit) Query {
	q := Query{unit: unit}
	for _, t := range french.Tokens(nil, text) {
		switch t.Kind {
		case french.Punct, french.Symbol, french.URL, french.Email:
			continue
		}
		form := t.Form(text)
		e, known := l.forms[form]
		if !known {
			e = entry{form: -1, root: -1}
			if root, ok := l.roots[l.stem.Root(form)]; ok && unit == Roots && t.Lexical() && !french.IsStop(form) {
				e.root = root
			}
		}
		q.never = q.never || e.form < 0 && e.root < 0 || unit == Forms && !known
		q.items = append(q.items, Word{Form: e.form, Root: e.root})
	}
	return q
}

// Len returns how many words a match has.
func (q Query) Len() int { return len(q.items) }

// at says whether the query is met at word i. A sequence stops at punctuation.
func (q Query) at(words []Word, i int) bool {
	if q.never || len(q.items) == 0 || i+len(q.items) > len(words) {
		return false
	}
	for j, item := range q.items {
		w := words[i+j]
		same := w.Form == item.Form
		if q.unit == Roots && item.Root >= 0 {
			same = w.Root == item.Root
		}
		if !same || j > 0 && w.Break {
			return false
		}
	}
	return true
}
