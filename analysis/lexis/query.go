package lexis

import "github.com/villes-internet/congres/analysis/french"

// A Query is a word or a sequence of words to look for.
type Query struct {
	items []Word // what is looked for has its number, the rest −1
	unit  Unit
	never bool // a word of it is nowhere in the lexicon
}

// Query reads what a person looks for: words one after the other, whatever their
// capitals and apostrophes. Under Lemmas a word stands for all forms of its lemma
// (« écoles » finds « école », and « publique » what « public » finds), under Roots
// for all of its root, but for those that have none. The lexicon stays as it is, so
// that several goroutines may ask one that nobody reads with any more.
func (l *Lexicon) Query(text string, unit Unit) Query {
	q := Query{unit: unit}
	for _, t := range french.Tokens(nil, text) {
		switch t.Kind {
		case french.Punct, french.Symbol, french.URL, french.Email:
			continue
		}
		form := t.Form(text)
		item := Word{Form: -1, Root: -1, Lemma: -1}
		if e, known := l.forms[form]; known {
			item.Form, item.Root, item.Lemma = e.form, e.root, e.lemma
		} else if unit != Forms && t.Lexical() && !french.IsStop(form) {
			root := french.Root(form)
			item.Root, item.Lemma = of(l.roots, root), of(l.lemmas, lemmaOf(form, root))
		}
		q.never = q.never || item.Form < 0 && unit.of(item) < 0
		q.items = append(q.items, item)
	}
	return q
}

// of returns a number that is known, or −1.
func of(known map[string]int32, name string) int32 {
	if n, ok := known[name]; ok {
		return n
	}
	return -1
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
		if id := q.unit.of(item); id >= 0 {
			same = q.unit.of(w) == id
		}
		if !same || j > 0 && w.Break {
			return false
		}
	}
	return true
}
