package theme

import "github.com/villes-internet/congres/analysis/lexis"

// A View says how alike units are. It is read by several goroutines at once.
type View interface {
	// Len returns the number of units.
	Len() int
	// Add adds weight times the similarity of unit i and each unit to row.
	Add(row []float32, i int, weight float32)
}

// Lexical is the view of shared words: the cosine of weighted rows.
type Lexical struct {
	rows     []lexis.Vector
	postings [][]posting // of the first units
	first    int         // how many these are: the others look for them and are not found
}

type posting struct {
	unit  int32
	value float32
}

// NewLexical builds the view of unit vectors over a lexicon of so many roots.
func NewLexical(rows []lexis.Vector, roots int) *Lexical {
	v := &Lexical{rows, make([][]posting, roots), len(rows)}
	for i, row := range rows {
		for _, w := range row {
			v.postings[w.Root] = append(v.postings[w.Root], posting{int32(i), w.Value})
		}
	}
	return v
}

// Len implements [View].
func (v *Lexical) Len() int { return len(v.rows) }

// Add implements [View].
func (v *Lexical) Add(row []float32, i int, weight float32) {
	for _, w := range v.rows[i] {
		value := w.Value * weight
		for _, p := range v.postings[w.Root] {
			row[p.unit] += float32(value * p.value) // not fused: the same on every machine
		}
	}
}

// Shared returns the share of pairs of units, of those that hold words, that have
// one in common: near 0 for headlines, near 1 for long texts. It looks at 256
// units at most, evenly spread, against all.
func (v *Lexical) Shared() float64 {
	var filled []int
	for i, row := range v.rows {
		if len(row) > 0 {
			filled = append(filled, i)
		}
	}
	if len(filled) < 2 {
		return 0
	}
	row := make([]float32, len(v.rows))
	looked, shared := 0, 0
	for step, at := max(1, len(filled)/256), 0; at < len(filled); at += step {
		i := filled[at]
		clear(row)
		v.Add(row, i, 1)
		row[i] = 0
		looked += len(filled) - 1
		for _, w := range row {
			if w > 0 {
				shared++
			}
		}
	}
	return float64(shared) / float64(looked)
}

// near is the most that the view of near words weighs beside that of shared
// words: from .5 to 1 makes little difference.
const near = .7

// Both is the view of shared words and, beside it, that of near words: it weighs
// [near] times the share of pairs of texts that have no word in common. Short
// texts need it, since chance decides which words they share. Between long texts
// there is always some likeness of words to tell pairs apart, and sums of many
// word vectors come to resemble each other.
func Both(shared *Lexical, static *Static) View {
	return &fused{shared, static, float32(near * (1 - shared.Shared()))}
}

type fused struct {
	shared *Lexical
	static *Static
	weight float32 // of static, beside 1
}

func (f *fused) Len() int { return f.shared.Len() }

func (f *fused) Add(row []float32, i int, weight float32) {
	weight /= 1 + f.weight
	f.shared.Add(row, i, weight)
	f.static.Add(row, i, weight*f.weight)
}
