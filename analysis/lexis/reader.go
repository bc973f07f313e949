package lexis

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// A Reader is a Lexicon that reads for another one, in a goroutine of its own:
// see [Lexicon.Adopt].
type Reader struct {
	Lexicon
	numbers []int32 // of each form in the other, plus one; 0: unknown there
}

// Adopt gives words that r read, in place, the numbers that l would have given them
// had it read them itself. Readers that share a corpus thus leave the same lexicon
// as one that reads it all, whoever read what, if their words are adopted in the
// order of the texts.
func (l *Lexicon) Adopt(r *Reader, words []Word) {
	if n := len(r.Forms) - len(r.numbers); n > 0 {
		r.numbers = append(r.numbers, make([]int32, n)...)
	}
	for i := range words {
		w := &words[i]
		number := &r.numbers[w.Form]
		if *number == 0 {
			*number = l.adopt(&r.Lexicon, w.Form) + 1
		}
		w.Form = *number - 1
		l.Count[w.Form]++
		if w.Root >= 0 {
			w.Root, w.Lemma = l.root[w.Form], l.lemma[w.Form]
		}
	}
}

// adopt numbers a form of another lexicon.
func (l *Lexicon) adopt(other *Lexicon, form int32) int32 {
	written := other.Forms[form]
	if e, ok := l.forms[written]; ok {
		return e.form
	}
	e := other.forms[written]
	if e.root >= 0 {
		e.root = number(&l.Roots, &l.roots, other.Roots[e.root])
		e.lemma = number(&l.Lemmas, &l.lemmas, other.Lemmas[e.lemma])
	}
	return l.add(written, e).form
}

// Part returns the words of text[start:end] as reading it alone gives them; words
// are those of text. They need not be read again where white space, or the text's
// own end, is on both sides, and no token lies over it.
func (l *Lexicon) Part(words []Word, text string, start, end int) []Word {
	from, to := find(words, start), find(words, end)
	if !(spaceBefore(text, start) && spaceBehind(text, end)) || from > 0 && int(words[from-1].End) > start {
		return l.Read(text[start:end])
	}
	if to > from {
		// « plan B. Il faut »: a dot may be of its word for what stands behind it.
		if last := int(words[to-1].End); last > end || last == end && text[end-1] == '.' {
			return l.Read(text[start:end])
		}
	}
	part := slices.Clone(words[from:to])
	for i := range part {
		part[i].Start -= int32(start)
		part[i].End -= int32(start)
	}
	if len(part) > 0 { // nothing is before it
		part[0].Break, part[0].Article = true, false
		part[0].Root, part[0].Lemma = l.root[part[0].Form], l.lemma[part[0].Form]
	}
	return part
}

// find returns the first word that starts at a byte or later.
func find(words []Word, start int) int {
	at, _ := slices.BinarySearchFunc(words, start, func(w Word, start int) int { return int(w.Start) - start })
	return at
}

func spaceBefore(text string, at int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:at])
	return at == 0 || unicode.IsSpace(r)
}

func spaceBehind(text string, at int) bool {
	r, _ := utf8.DecodeRuneInString(text[at:])
	return at == len(text) || unicode.IsSpace(r)
}
