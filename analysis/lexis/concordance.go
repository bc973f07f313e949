package lexis

import (
	"cmp"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// A Line is one line of a concordance (KWIC): Text[Left:Start] is what comes
// before, Text[Start:End] what was looked for, Text[End:Right] what follows, all
// as written.
type Line struct {
	Text                    int // number of the text
	Left, Start, End, Right int // bytes in it
	word                    int
}

// A Sort orders the lines of a concordance.
type Sort uint8

// The orders: as read; by the words before, nearest first; by the words after,
// nearest first. Words compare as a French dictionary has them (é next to e);
// lines that compare equal stay as read.
const (
	AsRead Sort = iota
	ByLeft
	ByRight
)

// Concordance returns every place where the query is met, with width words of
// context each side (0: 10). texts are what the lexicon read.
func (l *Lexicon) Concordance(texts [][]Word, q Query, width int, by Sort) []Line {
	if width <= 0 {
		width = 10
	}
	var out []Line
	for i, words := range texts {
		for at := range words {
			if q.at(words, at) {
				last := at + q.Len() - 1
				out = append(out, Line{i, int(words[max(0, at-width)].Start), int(words[at].Start), int(words[last].End),
					int(words[min(len(words)-1, last+width)].End), at})
			}
		}
	}
	if by == AsRead {
		return out
	}
	beside := func(line Line, k int) (int32, bool) { // the k-th word away
		words, at := texts[line.Text], line.word+q.Len()+k
		if by == ByLeft {
			at = line.word - 1 - k
		}
		if k >= width || at < 0 || at >= len(words) {
			return 0, false
		}
		return words[at].Form, true
	}
	var met []int32
	for _, line := range out {
		for k := range width {
			if form, ok := beside(line, k); ok {
				met = append(met, form)
			}
		}
	}
	rank := l.ranks(met)
	slices.SortStableFunc(out, func(a, b Line) int {
		for k := 0; ; k++ {
			x, okx := beside(a, k)
			y, oky := beside(b, k)
			switch {
			case !okx && !oky:
				return 0
			case !okx:
				return -1
			case !oky:
				return 1
			}
			if c := cmp.Compare(rank[x], rank[y]); c != 0 {
				return c
			}
		}
	})
	return out
}

// Near says whether another query is met within width words of a line of q's,
// whose words are given.
func (line Line) Near(words []Word, q, other Query, width int) bool {
	first, end := line.word, line.word+q.Len()
	for i := max(0, first-width); i < min(len(words), end+width); i++ {
		if (i+other.Len() <= first || i >= end) && other.at(words, i) {
			return true
		}
	}
	return false
}

// ranks numbers forms in the order of a French dictionary.
func (l *Lexicon) ranks(forms []int32) map[int32]int {
	forms = slices.Clone(forms)
	slices.Sort(forms)
	forms = slices.Compact(forms)
	collator := collate.New(language.French)
	slices.SortStableFunc(forms, func(a, b int32) int { return collator.CompareString(l.Forms[a], l.Forms[b]) })
	rank := make(map[int32]int, len(forms))
	for i, form := range forms {
		rank[form] = i
	}
	return rank
}
