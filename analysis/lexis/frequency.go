package lexis

import (
	"cmp"
	"slices"
)

// A Unit says what is counted in a text.
type Unit uint8

// The units. Forms counts every word, small ones and numbers included; Roots and
// Lemmas count those of words that carry a subject.
const (
	Forms Unit = iota
	Roots
	Lemmas
)

// of returns the number of a word's form, root or lemma, −1 when it is not counted.
func (u Unit) of(w Word) int32 {
	switch u {
	case Roots:
		return w.Root
	case Lemmas:
		return w.Lemma
	}
	return w.Form
}

// Names returns the forms, roots or lemmas of a lexicon, by number.
func (u Unit) Names(l *Lexicon) []string {
	switch u {
	case Roots:
		return l.Roots
	case Lemmas:
		return l.Lemmas
	}
	return l.Forms
}

// A Frequency says how often a form, a root or a lemma is met.
type Frequency struct {
	ID    int32 // its number in the lexicon
	N     int   // occurrences
	Texts int   // texts that hold it
}

// Frequencies counts the words of all texts, most frequent first; ties in the
// order of reading.
func Frequencies(texts [][]Word, unit Unit) []Frequency {
	var at []int32 // of each id, its place in out, plus one
	var out []Frequency
	var last []int
	for i, words := range texts {
		for _, w := range words {
			id := int(unit.of(w))
			if id < 0 {
				continue
			}
			if id >= len(at) {
				at = append(at, make([]int32, id+1-len(at))...)
			}
			if at[id] == 0 {
				out, last = append(out, Frequency{ID: int32(id)}), append(last, -1)
				at[id] = int32(len(out))
			}
			k := at[id] - 1
			out[k].N++
			if last[k] != i {
				last[k] = i
				out[k].Texts++
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Frequency) int { return cmp.Compare(b.N, a.N) })
	return out
}

// Hapax returns what is met once only, in the order of reading.
func Hapax(frequencies []Frequency) []int32 {
	var out []int32
	for _, f := range frequencies {
		if f.N == 1 {
			out = append(out, f.ID)
		}
	}
	return out
}
