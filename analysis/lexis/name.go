package lexis

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/corpora/lexicon"
)

// name gives every term the form under which its group's people most often write
// it, of those without a mistake of agreement where there are any, were it in
// other groups: capitals
// only where most of them write some (« RSA », « Lille »), white space as one
// space.
func (x *Index) name(ctx context.Context, terms [][]Term, group []int) {
	wanted := make([]int32, len(x.keys)) // one more than the place in uses; 0: by no group
	var uses [][]*naming                 // of each wanted term, by group; nil: not by it
	for g := range terms {
		for _, t := range terms[g] {
			if wanted[t.number] == 0 {
				uses = append(uses, make([]*naming, len(terms)))
				wanted[t.number] = int32(len(uses))
			}
			uses[wanted[t.number]-1][g] = &naming{}
		}
	}
	var parts parts
	for i, words := range x.rows {
		if i&1023 == 0 && ctx.Err() != nil {
			return
		}
		if group[i] < 0 {
			continue
		}
		parts.open(x.texts[i])
		for _, p := range x.in(i) {
			if wanted[p.term] == 0 {
				continue
			}
			if u := uses[wanted[p.term]-1][group[i]]; u != nil {
				parts.hear(&u.hearing, words[p.from:p.to])
				weight := 1
				if !words[p.from].Break { // inside a sentence a capital means something
					weight = 2
				}
				u.count(Written(x.texts[i], words, int(p.from), int(p.to)), weight)
			}
		}
	}
	for g := range terms {
		for j := range terms[g] {
			t := &terms[g][j]
			u := uses[wanted[t.number]-1][g]
			t.Form = x.written(u, t.number)
			t.Noun, t.Article, t.Titled, t.Within = u.shares()
		}
	}
}

// written returns the form under which a group, which writes a term as u says, most
// often writes it, of those without a mistake where all of the corpus have any; its
// capitals are those that most of the corpus write.
func (x *Index) written(u *naming, term int) string {
	form, right := u.best()
	beside := juxtaposed(form)
	if right && !beside && !raised(form) {
		return form
	}
	all := x.everywhere(term)
	if other, ok := all.best(); ok && (!right || beside && !juxtaposed(other)) {
		form = other
	}
	return all.cased(form)
}

// everywhere says how all write a term.
func (x *Index) everywhere(term int) *naming {
	var u naming
	for _, row := range x.holders(term) {
		for _, p := range x.in(int(row)) {
			if int(p.term) == term {
				u.count(Written(x.texts[row], x.rows[row], int(p.from), int(p.to)), 1)
			}
		}
	}
	return &u
}

// raised says whether a word that the dictionary holds in small letters has a
// capital.
func raised(form string) bool {
	for _, word := range strings.Fields(form) {
		if first, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(first) && common(word) {
			return true
		}
	}
	return false
}

// A naming is how a group writes a term, and what it is there.
type naming struct {
	hearing
	spellings []spelling // few, as first met
}

type spelling struct {
	form string
	n    int
}

func (u *naming) count(form string, n int) {
	at := slices.IndexFunc(u.spellings, func(s spelling) bool { return s.form == form })
	if at < 0 {
		at = len(u.spellings)
		u.spellings = append(u.spellings, spelling{form: form})
	}
	u.spellings[at].n += n
}

// best returns the form that is written most often, the accents that some leave out
// put in, and whether it has no mistake of agreement; rather than one of headlines, one
// that says how its words go together, where twice there is any.
func (u *naming) best() (string, bool) {
	var whole naming
	for _, s := range u.spellings {
		whole.count(accented(s.form), s.n)
	}
	best, right := spelling{}, false
	for _, s := range whole.spellings {
		switch agrees := Agrees(s.form); {
		case right && !agrees:
		case agrees && !right, s.n > best.n:
			best, right = s, agrees
		}
	}
	if juxtaposed(best.form) {
		full := spelling{}
		for _, s := range whole.spellings {
			if s.n > full.n && !juxtaposed(s.form) && Agrees(s.form) {
				full = s
			}
		}
		if full.n > 1 {
			best, right = full, true
		}
	}
	return best.form, right
}

// juxtaposed says whether a name stands in a form right behind a noun, as headlines
// write: « guerre Ukraine ».
func juxtaposed(form string) bool {
	words := strings.Fields(form)
	for i := 1; i < len(words); i++ {
		first, _ := utf8.DecodeRuneInString(words[i])
		if unicode.IsUpper(first) && !common(words[i]) && len(readings(french.Normalise(words[i-1]), lexicon.NOUN)) > 0 {
			return true
		}
	}
	return false
}

// cased returns a form with the capitals that it is most often written with.
func (u *naming) cased(form string) string {
	var whole naming
	for _, s := range u.spellings {
		if full := accented(s.form); strings.EqualFold(full, form) {
			whole.count(full, s.n)
		}
	}
	best := spelling{form, 0}
	for _, s := range whole.spellings {
		if s.n > best.n {
			best = s
		}
	}
	return best.form
}

// Written returns the words as they stand in the text, in small letters but for
// proper names and acronyms: a capital that opens a sentence says nothing
// of a word that the dictionary holds without it.
func Written(text string, words []Word, from, to int) string {
	span := text[words[from].Start:words[to-1].End]
	if small(span) {
		return span
	}
	span = strings.Join(strings.Fields(strings.ToValidUTF8(span, "")), " ")
	opens := words[from].Break
	parts := strings.Split(span, " ")
	if last := parts[len(parts)-1]; len(parts) > 1 && capital(last) {
		opens = false // Jean Moulin, at the head of a sentence too
	}
	var b strings.Builder
	for i, word := range parts {
		if i > 0 {
			b.WriteByte(' ')
		}
		upper, lower := 0, 0
		for _, r := range word {
			switch {
			case unicode.IsUpper(r):
				upper++
			case unicode.IsLower(r):
				lower++
			}
		}
		switch {
		case upper == 0, upper > 1 && lower > 0, upper == 1 && lower > 0 && !(opens && i == 0 && common(word)),
			upper > 0 && lower == 0 && upper <= 5 && !(common(word) && shouted(text)):
			b.WriteString(word)
		default:
			b.WriteString(french.Normalise(word))
		}
	}
	return b.String()
}

// shouted says whether most of a text is written in capitals, where they make no
// acronyms.
func shouted(text string) bool {
	upper, lower := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper > lower && upper > 12
}

// common says whether the dictionary holds a word without its capital.
func common(word string) bool {
	return len(lexicon.French().Unaccented(nil, french.Base(french.Normalise(word)))) > 0
}

// small says whether words stand in small letters, a space between them: there is
// nothing to change.
func small(words string) bool {
	space := false
	for _, r := range words {
		if r == utf8.RuneError || unicode.IsUpper(r) || unicode.IsSpace(r) && (r != ' ' || space) {
			return false
		}
		space = r == ' '
	}
	return true
}

// capital says whether a word is written like a name.
func capital(word string) bool {
	first, size := utf8.DecodeRuneInString(word)
	next, _ := utf8.DecodeRuneInString(word[size:])
	return unicode.IsUpper(first) && unicode.IsLower(next)
}
