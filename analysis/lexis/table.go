package lexis

import (
	"math"
	"slices"
)

// A Cell is a root, or a lemma in a table of these, and how often a row holds it.
type Cell struct {
	Root int32
	N    int32
}

// A Table counts roots or lemmas by row: the lexical table, segments × forms.
type Table struct {
	Rows    [][]Cell // by number, ascending
	Lengths []int    // of each row, in counted words
	DF      []int    // rows that hold each root or lemma
}

// NewTable counts the roots of each row. A row is any number of texts read one
// after the other. roots is the size of the lexicon.
func NewTable(rows [][]Word, roots int) *Table { return Tabulate(rows, Roots, roots) }

// blockCells is how many cells stand side by side in memory, at most but for long rows.
const blockCells = 1 << 14

// Tabulate is [NewTable] of any unit, of which the lexicon has size.
func Tabulate(rows [][]Word, unit Unit, size int) *Table {
	t := &Table{Rows: make([][]Cell, len(rows)), Lengths: make([]int, len(rows)), DF: make([]int, size)}
	count := make([]int32, size)
	var seen []int32
	var block []Cell // of many rows, side by side
	for i, words := range rows {
		seen = seen[:0]
		for _, w := range words {
			id := unit.of(w)
			if id < 0 {
				continue
			}
			if count[id] == 0 {
				seen = append(seen, id)
			}
			count[id]++
			t.Lengths[i]++
		}
		slices.Sort(seen)
		if cap(block)-len(block) < len(seen) {
			block = make([]Cell, 0, max(len(seen), min(blockCells, 16*len(rows))))
		}
		from := len(block)
		for _, root := range seen {
			block = append(block, Cell{root, count[root]})
			t.DF[root]++
			count[root] = 0
		}
		t.Rows[i] = block[from:len(block):len(block)]
	}
	return t
}

// A Weight is a root and what it weighs in a row.
type Weight struct {
	Root  int32
	Value float32
}

// A Vector is a row's weights, by root, of unit length; empty when the row
// holds nothing.
type Vector []Weight

// Constants of BM25 as Robertson and Zaragoza give them (« The Probabilistic
// Relevance Framework », 2009, §3.5).
const (
	k1 = 1.2
	b  = 0.75
)

// BM25 weighs every row by Okapi BM25 and brings it to unit length, so that the
// inner product of two rows is their cosine.
func (t *Table) BM25() []Vector { return t.Weigh(t.IDF(), t.Mean()) }

// Mean returns the mean length of the rows that hold something; 0: none does.
func (t *Table) Mean() float64 {
	n, total := 0, 0
	for _, length := range t.Lengths {
		if length > 0 {
			n++
			total += length
		}
	}
	return float64(total) / float64(max(1, n))
}

// IDF returns ln(1 + (n − df + ½)/(df + ½)) for each root.
func (t *Table) IDF() []float64 {
	idf := make([]float64, len(t.DF))
	for root, df := range t.DF {
		idf[root] = math.Log1p((float64(len(t.Rows)-df) + .5) / (float64(df) + .5))
	}
	return idf
}

// Weigh is [Table.BM25] with the inverse frequencies and the mean length of
// another table over the same lexicon.
func (t *Table) Weigh(idf []float64, mean float64) []Vector {
	out := make([]Vector, len(t.Rows))
	for i, cells := range t.Rows {
		if len(cells) == 0 {
			continue
		}
		v := make(Vector, len(cells))
		norm := 0.
		long := k1 * (1 - b + b*float64(t.Lengths[i])/mean)
		for j, c := range cells {
			w := float64(c.N) * (k1 + 1) / (float64(c.N) + long) * idf[c.Root]
			norm += w * w
			v[j] = Weight{c.Root, float32(w)}
		}
		scale := float32(1 / math.Sqrt(norm))
		for j := range v {
			v[j].Value *= scale
		}
		out[i] = v
	}
	return out
}

// Dot returns the inner product of two vectors.
func (v Vector) Dot(w Vector) float64 {
	sum := 0.
	for i, j := 0, 0; i < len(v) && j < len(w); {
		switch {
		case v[i].Root < w[j].Root:
			i++
		case v[i].Root > w[j].Root:
			j++
		default:
			sum += float64(float64(v[i].Value) * float64(w[j].Value))
			i++
			j++
		}
	}
	return sum
}
