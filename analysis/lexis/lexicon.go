package lexis

import (
	"strings"
	"unicode/utf8"

	"github.com/villes-internet/congres/analysis/french"
)

// A Word is one word of a text, in order.
type Word struct {
	Root       int32 // number of its root; -1: it carries no subject (stop words, numbers, lone letters)
	Lemma      int32 // number of its lemma; -1 where Root is
	Form       int32 // number of its form
	Start, End int32 // its bytes in the text
	Link       Link  // what it may do between two words of a term
	Break      bool  // punctuation, an address, a symbol or a new line stands before it
	Article    bool  // a determiner stands right before it
}

// A Link says whether a little word may stand inside a term of several words.
type Link uint8

// « accès aux services », « qualité de la vie », « enfants et des jeunes »: a
// preposition or « et », then a determiner or not. Anything else between two
// words (« médicaments qui étaient remboursés ») makes no term of them.
const (
	None       Link = iota
	Joins           // de, d', à, au, aux, en, sur, par, sans, entre, pour, et
	Determines      // le, la, les, l', leur, nos…
	Either          // du, des
)

func linkOf(form string) Link {
	switch form {
	case "de", "d'", "à", "au", "aux", "en", "sur", "par", "sans", "entre", "pour", "et":
		return Joins
	case "du", "des":
		return Either
	case "le", "la", "les", "l'", "leur", "leurs", "nos", "notre", "son", "sa", "ses", "mes", "vos", "ces", "cette":
		return Determines
	}
	return None
}

// A Lexicon numbers roots, lemmas and forms as it meets them. Its zero value is
// ready; it is not safe for use by several goroutines.
//
// Roots are what texts are likened by: near words (« commune », « communication »)
// may share one, which does no harm there. Lemmas are what people take for words,
// and what is counted for them. A form has one of each, whatever stands beside it:
// see [french.Root] and [french.Lemma]. The forms of a root that no dictionary holds
// are one lemma, named by the root and an ellipsis.
type Lexicon struct {
	Roots  []string
	Lemmas []string
	Forms  []string
	Count  []int   // by form: how often it was met
	root   []int32 // by form, -1: none
	lemma  []int32 // likewise
	roots  map[string]int32
	lemmas map[string]int32
	forms  map[string]entry
	seen   map[string]entry // by what is written, which [french.Token.Form] makes the form
	stem   french.Stemmer
	buf    []french.Token
}

type entry struct {
	form, root, lemma int32
	link              Link
	article           bool
}

// Read returns the words of text.
func (l *Lexicon) Read(text string) []Word {
	l.buf = french.Tokens(l.buf[:0], text)
	return l.words(make([]Word, 0, len(l.buf)), text)
}

// Append appends the words of text to dst.
func (l *Lexicon) Append(dst []Word, text string) []Word {
	l.buf = french.Tokens(l.buf[:0], text)
	return l.words(dst, text)
}

// words appends the words of text, whose tokens were found.
func (l *Lexicon) words(words []Word, text string) []Word {
	before := len(words)
	broken, article, end := true, false, 0
	for _, t := range l.buf {
		broken = broken || strings.IndexByte(text[end:t.Start], '\n') >= 0
		end = t.End
		switch t.Kind {
		case french.Punct, french.Symbol, french.URL, french.Email:
			broken = true
			continue
		}
		e := l.entry(t, text)
		l.Count[e.form]++
		if n := len(words); n > before && !broken && e.root >= 0 && locution(l.Forms[words[n-1].Form], l.Forms[e.form]) {
			e.root, e.lemma = -1, -1
		}
		words = append(words, Word{e.root, e.lemma, e.form, int32(t.Start), int32(t.End), e.link, broken, article && !broken})
		broken, article = false, e.article
	}
	return words
}

func (l *Lexicon) entry(t french.Token, text string) entry {
	if e, ok := l.seen[text[t.Start:t.End]]; ok {
		return e
	}
	if l.seen == nil {
		l.seen = make(map[string]entry)
	}
	e := l.entryOf(t, t.Form(text))
	l.seen[strings.Clone(text[t.Start:t.End])] = e
	return e
}

func (l *Lexicon) entryOf(t french.Token, form string) entry {
	if e, ok := l.forms[form]; ok {
		return e
	}
	form = strings.Clone(form)
	e := entry{root: -1, lemma: -1, link: linkOf(form), article: article(form)}
	if t.Lexical() && utf8.RuneCountInString(form) > 1 && !french.IsStop(form) {
		root := l.stem.Root(form)
		e.root, e.lemma = number(&l.Roots, &l.roots, root), number(&l.Lemmas, &l.lemmas, lemmaOf(form, root))
	}
	return l.add(form, e)
}

// lemmaOf names the lemma of a form that has a root.
func lemmaOf(form, root string) string {
	if lemma := french.Lemma(form); lemma != "" {
		return lemma
	}
	return root + "…"
}

// number returns that of a root or a lemma, of which names has all and known the
// numbers.
func number(names *[]string, known *map[string]int32, name string) int32 {
	n, ok := (*known)[name]
	if !ok {
		if *known == nil {
			*known = make(map[string]int32)
		}
		n = int32(len(*names))
		*names = append(*names, name)
		(*known)[name] = n
	}
	return n
}

// add gives a new form its number.
func (l *Lexicon) add(form string, e entry) entry {
	if l.forms == nil {
		l.forms = make(map[string]entry)
	}
	e.form = int32(len(l.Forms))
	l.Forms = append(l.Forms, form)
	l.Count = append(l.Count, 0)
	l.root, l.lemma = append(l.root, e.root), append(l.lemma, e.lemma)
	l.forms[form] = e
	return e
}

// Best returns, for each lemma, the form under which it was met most often.
func (l *Lexicon) Best() []string {
	best := make([]string, len(l.Lemmas))
	count := make([]int, len(l.Lemmas))
	for n, form := range l.Forms { // forms are in the order of reading: ties go to the first
		if lemma := l.lemma[n]; lemma >= 0 && l.Count[n] > count[lemma] {
			best[lemma], count[lemma] = form, l.Count[n]
		}
	}
	return best
}
