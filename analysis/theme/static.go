package theme

import (
	"math"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/corpora/tables"
	"gonum.org/v1/gonum/blas/blas32"
)

// Static is the view of near words: the cosine of the sums of word vectors, by
// which two texts that share no word can be alike; the mean over the tables,
// where there are several. Sums are taken around their mean, since all texts of
// one corpus lean the same way (Arora et al., « A Simple but Tough-to-Beat
// Baseline for Sentence Embeddings », 2017).
type Static struct {
	n, dim int
	rows   []float32 // n × dim, the tables' side by side; zeros where no word is known
}

// NewStatic builds the view of the rows of a table, whose roots have these stems,
// by vectors of words.
func NewStatic(t *lexis.Table, roots []string, words ...tables.Table) *Static {
	v := &Static{n: len(t.Rows)}
	for _, w := range words {
		v.dim += w.Dim
	}
	v.rows = make([]float32, v.n*v.dim)
	at := 0
	for _, w := range words {
		v.fill(t, roots, w, at)
		at += w.Dim
	}
	scale := float32(1 / math.Sqrt(float64(len(words))))
	for i := range v.rows {
		v.rows[i] *= scale
	}
	return v
}

// fill sets the part of the rows that begins at at, by one table.
func (v *Static) fill(t *lexis.Table, roots []string, words tables.Table, at int) {
	reader := words.Reader()
	found := make([]int, len(roots))
	for root, stem := range roots {
		found[root] = reader.Row(stem)
	}
	part := func(i int) []float32 { return v.row(i)[at : at+words.Dim] }
	mean, known := make([]float32, words.Dim), make([]bool, v.n)
	vectors := unpack(t.DF, found, words)
	all(v.n, func(i int) {
		row := part(i)
		for _, c := range t.Rows[i] {
			if found[c.Root] < 0 {
				continue
			}
			weight := float32(1 + math.Log(float64(c.N)))
			if w := vectors[c.Root]; w.values != nil {
				blas32.Implementation().Saxpy(words.Dim, weight*w.scale, w.values, 1, row, 1)
			} else {
				words.Add(row, found[c.Root], weight)
			}
		}
		known[i] = unit(row)
	})
	count := float32(0)
	for i, ok := range known { // in their order: sums are the same whatever the number of processors
		if ok {
			count++
			for j, x := range part(i) {
				mean[j] += x
			}
		}
	}
	for j := range mean {
		mean[j] /= max(1, count)
	}
	all(v.n, func(i int) {
		if row := part(i); known[i] {
			for j := range row {
				row[j] -= mean[j]
			}
			unit(row)
		}
	})
}

// A vector is a row of a table, unpacked. gonum's assembly adds as [tables.Table.Add]
// does, to the bit; on another kind of processor the last bit may differ, as in [dot].
type vector struct {
	values []float32
	scale  float32
}

// unpack gives the vectors of roots of which found has the rows, where several texts
// hold them; df has how many do.
func unpack(df, found []int, words tables.Table) []vector {
	out, count := make([]vector, len(found)), 0
	for root, row := range found {
		if row >= 0 && df[root] > 1 {
			count++
		}
	}
	values := make([]float32, 0, count*words.Dim)
	for root, row := range found {
		if row >= 0 && df[root] > 1 {
			from := len(values)
			values = values[:from+words.Dim]
			out[root].values = values[from:len(values):len(values)]
			out[root].scale = words.Unpack(out[root].values, row)
		}
	}
	return out
}

func (v *Static) row(i int) []float32 { return v.rows[i*v.dim : (i+1)*v.dim] }

// unit brings a row to length one; it returns false when it has none.
func unit(row []float32) bool {
	norm := 0.
	for _, x := range row {
		norm += float64(float64(x) * float64(x))
	}
	if norm < 1e-12 {
		clear(row)
		return false
	}
	norm = math.Sqrt(norm)
	for j := range row {
		row[j] = float32(float64(row[j]) / norm)
	}
	return true
}

// Len implements [View].
func (v *Static) Len() int { return v.n }

// Add implements [View].
func (v *Static) Add(row []float32, i int, weight float32) {
	own := v.row(i)
	for j := range row {
		row[j] += float32(weight * dot(own, v.row(j)))
	}
}

// dot is the inner product, by gonum's assembly where there is one: its order is
// fixed, but on another kind of processor the last bit may differ.
func dot(a, b []float32) float32 {
	return blas32.Implementation().Sdot(len(a), a, 1, b, 1)
}
