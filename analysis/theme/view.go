package theme

import "github.com/villes-internet/congres/analysis/lexis"

// A View says how alike units are. It is read by several goroutines at once.
type View interface {
	// Len returns the number of units.
	Len() int
	// Add adds weight times the similarity of unit i and each unit to row.
	Add(row []float32, i int, weight float32)
}

// wideCorpus bounds the work on very large corpora: beyond wideCorpus units, a
// root that more than one unit in twenty holds no longer makes two units alike.
const wideCorpus = 20_000

// Lexical is the view of shared words: the cosine of weighted rows.
type Lexical struct {
	rows     []lexis.Vector
	postings [][]posting
}

type posting struct {
	unit  int32
	value float32
}

// NewLexical builds the view of unit vectors over a lexicon of so many roots.
func NewLexical(rows []lexis.Vector, roots int) *Lexical {
	v := &Lexical{rows, make([][]posting, roots)}
	for i, row := range rows {
		for _, w := range row {
			v.postings[w.Root] = append(v.postings[w.Root], posting{int32(i), w.Value})
		}
	}
	if len(rows) > wideCorpus {
		for root, list := range v.postings {
			if len(list) > len(rows)/20 {
				v.postings[root] = nil
			}
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
			row[p.unit] += value * p.value
		}
	}
}

// Fuse is the weighted mean of views of the same units.
func Fuse(views []View, weights []float32) View { return fused{views, weights} }

type fused struct {
	views   []View
	weights []float32
}

func (f fused) Len() int { return f.views[0].Len() }

func (f fused) Add(row []float32, i int, weight float32) {
	total := float32(0)
	for _, w := range f.weights {
		total += w
	}
	for j, v := range f.views {
		v.Add(row, i, weight*f.weights[j]/total)
	}
}
