package lexis

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/villes-internet/congres/analysis/french"
)

// name gives every term the form under which its group's people most often
// write it, of those without a mistake of agreement where there are any: capitals
// only where most of them write some (« RSA », « Lille »), white space as one
// space.
func name(terms [][]Term, rows [][]Word, texts []string, group []int, extend func(a, b int32) bool) {
	type use struct{ n, first int }
	wanted := make([]map[Key]map[string]*use, len(terms))
	for g := range terms {
		wanted[g] = make(map[Key]map[string]*use, len(terms[g]))
		for _, t := range terms[g] {
			wanted[g][t.Key] = make(map[string]*use)
		}
	}
	parts := newParts()
	for i, words := range rows {
		if group[i] < 0 {
			continue
		}
		uses := wanted[group[i]]
		parts.open(texts[i])
		occurrences(words, extend, func(k Key, from, to int) {
			seen, ok := uses[k]
			if !ok {
				return
			}
			parts.hear(group[i], k, words[from:to])
			form := Written(texts[i], words, from, to)
			u := seen[form]
			if u == nil {
				u = &use{first: len(seen)}
				seen[form] = u
			}
			u.n++
			if !words[from].Break { // inside a sentence a capital means something
				u.n++
			}
		})
	}
	for g := range terms {
		for j := range terms[g] {
			terms[g][j].Noun = parts.share(g, terms[g][j].Key)
			best, right := &use{}, false
			for form, u := range wanted[g][terms[g][j].Key] {
				agrees := agrees(form)
				switch {
				case right && !agrees:
				case agrees && !right, u.n > best.n, u.n == best.n && u.first < best.first:
					best, right = u, agrees
					terms[g][j].Form = form
				}
			}
		}
	}
}

// Written returns the words as they stand in the text, in small letters but for
// proper names and acronyms: a capital that opens a sentence says nothing.
func Written(text string, words []Word, from, to int) string {
	span := strings.Join(strings.Fields(strings.ToValidUTF8(text[words[from].Start:words[to-1].End], "")), " ")
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
		case upper == 0, upper > 1 && lower > 0, upper == 1 && lower > 0 && !(opens && i == 0), upper > 0 && lower == 0 && upper <= 5:
			b.WriteString(word)
		default:
			b.WriteString(french.Normalise(word))
		}
	}
	return b.String()
}

// capital says whether a word is written like a name.
func capital(word string) bool {
	first, size := utf8.DecodeRuneInString(word)
	next, _ := utf8.DecodeRuneInString(word[size:])
	return unicode.IsUpper(first) && unicode.IsLower(next)
}
