package theme

import (
	"math"
	"slices"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/corpora/tables"
)

// Centres are the middles of themes, in shared words and in near words: what a
// text that was not there when themes were found is compared with. They may be
// used by several goroutines.
type Centres struct {
	themes int
	idf    []float64
	mean   float64 // counted words of a unit
	roots  map[string]int32
	weight float64 // of near words, beside 1

	shared [][]float64 // themes × roots: sums of unit vectors
	near   [][]float64 // themes × dimensions
	norms  [2][]float64
	words  []*tables.Reader
	middle [][]float32 // of each table
	spread []int       // units that hold each root
	rare   float64     // inverse document frequency of what no unit holds
	least  float64     // score of a text that is like a theme
	common float64     // and the part of its words that the units know
}

// A stray is the share of the units themselves, each compared with its theme
// without it, that would be said to be like no theme for that, and again the share
// whose words the others know too little. Two tests of 4 % send twice as many texts
// on something else away as one of 8 %: words that are near in meaning bring any
// text of some length near some theme, but its words are not those of the units.
const stray = .04

// What is never asked of a text, however alike the units are: where the same few
// sentences come over and over, any other would else be of no theme. Corpora that
// people really wrote ask for .04 to .08, and .60 to .68.
const (
	mostLeast  = .15
	mostCommon = .70
)

// telling is how many words a unit must count for its likeness to say what a text of
// its theme is like: the parts of a text that went to another theme may be of one.
const telling = 2

// NewCentres gathers the units of themes numbered from 0; the theme of a unit
// that has none is -1. The units' roots have these stems.
func NewCentres(t *lexis.Table, stems []string, of []int, themes int) *Centres {
	c := &Centres{themes: themes, idf: t.IDF(), roots: make(map[string]int32, len(stems))}
	for _, w := range tables.Words() {
		c.words = append(c.words, w.Reader())
	}
	for root, stem := range stems {
		c.roots[stem] = int32(root)
	}
	c.spread = make([]int, len(stems))
	for _, cells := range t.Rows {
		for _, cell := range cells {
			c.spread[cell.Root]++
		}
	}
	c.rare = slices.Max(append(c.idf, 0))
	c.mean = t.Mean()
	rows := t.BM25()
	c.weight = near * (1 - NewLexical(rows, len(stems)).Shared())

	meanings := make([][]float32, len(t.Rows))
	for i, cells := range t.Rows {
		meanings[i] = c.meaning(cells, stems)
	}
	c.middle = middles(meanings, c.words)
	for i := range meanings {
		c.centre(meanings[i])
	}
	c.shared, c.near = make([][]float64, themes), make([][]float64, themes)
	for g := range themes {
		c.shared[g], c.near[g] = make([]float64, len(stems)), make([]float64, c.dim())
	}
	for i, g := range of {
		if g >= 0 {
			c.gather(g, rows[i], meanings[i])
		}
	}
	for k, sums := range [2][][]float64{c.shared, c.near} {
		c.norms[k] = make([]float64, themes)
		for g, sum := range sums {
			for _, x := range sum {
				c.norms[k][g] += float64(x * x)
			}
		}
	}
	var own, known []float64
	for i, g := range of {
		if g >= 0 && len(rows[i]) >= telling {
			own = append(own, c.score(g, rows[i], meanings[i], true))
			known = append(known, c.known(t.Rows[i], 0, true))
		}
	}
	c.least, c.common = min(mostLeast, lowest(own)), min(mostCommon, lowest(known))
	return c
}

// lowest is what all but strays reach.
func lowest(of []float64) float64 {
	if len(of) == 0 {
		return 0
	}
	slices.Sort(of)
	return max(0, of[int(stray*float64(len(of)))])
}

// known is the part of a text's words that the units hold, rare ones counting more;
// unknown are its words that are not among cells. without is whether the text is one
// of the units, to be left out.
func (c *Centres) known(cells []lexis.Cell, unknown int, without bool) float64 {
	some, all := 0., float64(unknown)*c.rare
	for _, cell := range cells {
		if without && c.spread[cell.Root] < 2 {
			all += c.rare
			continue
		}
		some += c.idf[cell.Root]
		all += c.idf[cell.Root]
	}
	if all == 0 {
		return 0
	}
	return some / all
}

func (c *Centres) dim() (n int) {
	for _, w := range c.words {
		n += w.Dim
	}
	return n
}

// gather adds a unit to its theme.
func (c *Centres) gather(g int, row lexis.Vector, meaning []float32) {
	for _, w := range row {
		c.shared[g][w.Root] += float64(w.Value)
	}
	for j, x := range meaning {
		c.near[g][j] += float64(x)
	}
}

// meaning is the sum of the vectors of a row's words, of unit length in each
// table; cells number stems.
func (c *Centres) meaning(cells []lexis.Cell, stems []string) []float32 {
	out := make([]float32, c.dim())
	at := 0
	for _, w := range c.words {
		part := out[at : at+w.Dim]
		for _, cell := range cells {
			if row := w.Row(stems[cell.Root]); row >= 0 {
				w.Add(part, row, float32(1+math.Log(float64(cell.N))))
			}
		}
		unit(part)
		at += w.Dim
	}
	return out
}

// middles are the means of meanings over the units that have one, by table.
func middles(meanings [][]float32, words []*tables.Reader) [][]float32 {
	out, at := make([][]float32, len(words)), 0
	for k, w := range words {
		sum, count := make([]float64, w.Dim), 0.
		for _, m := range meanings {
			if part := m[at : at+w.Dim]; slices.ContainsFunc(part, func(x float32) bool { return x != 0 }) {
				count++
				for j, x := range part {
					sum[j] += float64(x)
				}
			}
		}
		out[k] = make([]float32, w.Dim)
		for j := range sum {
			out[k][j] = float32(sum[j] / max(1, count))
		}
		at += w.Dim
	}
	return out
}

// centre takes a meaning around the middle, as [NewStatic] does, and brings it
// to unit length over the tables.
func (c *Centres) centre(meaning []float32) {
	at := 0
	for k, w := range c.words {
		part := meaning[at : at+w.Dim]
		if slices.ContainsFunc(part, func(x float32) bool { return x != 0 }) {
			for j := range part {
				part[j] -= c.middle[k][j]
			}
			unit(part)
		}
		at += w.Dim
	}
	unit(meaning)
}

// score is how alike a unit and a theme are: the cosines to its middle, near
// words weighing as in [Both]. without is whether the unit is one of the theme's,
// to be taken out of it first.
func (c *Centres) score(g int, row lexis.Vector, meaning []float32, without bool) float64 {
	cosine := func(dot, norm, square float64) float64 {
		if without {
			norm += square - 2*dot
			dot -= square
		}
		if norm < 1e-9 {
			return 0
		}
		return dot / math.Sqrt(norm)
	}
	shared, near, square := 0., 0., 0.
	for _, w := range row {
		shared += float64(float64(w.Value) * c.shared[g][w.Root])
	}
	for j, x := range meaning {
		near += float64(float64(x) * c.near[g][j])
		square += float64(float64(x) * float64(x))
	}
	rowSquare := 1.
	if len(row) == 0 {
		rowSquare = 0
	}
	return (cosine(shared, c.norms[0][g], rowSquare) + c.weight*cosine(near, c.norms[1][g], square)) / (1 + c.weight)
}

// Nearest returns the theme that the words of a text are most like, and how much,
// 0…1; -1 where that is less than nearly all the units are like theirs, where more
// of the words are strange to them than in nearly all of the units ([stray]), or
// where no word is known. stems are those of the text's roots.
func (c *Centres) Nearest(words []lexis.Word, stems []string) (theme int, score float64) {
	table := lexis.NewTable([][]lexis.Word{words}, len(stems))
	meaning := c.meaning(table.Rows[0], stems)
	c.centre(meaning)
	known := make([]lexis.Cell, 0, len(table.Rows[0]))
	for _, cell := range table.Rows[0] {
		if root, ok := c.roots[stems[cell.Root]]; ok {
			known = append(known, lexis.Cell{Root: root, N: cell.N})
		}
	}
	slices.SortFunc(known, func(a, b lexis.Cell) int { return int(a.Root - b.Root) })
	row := (&lexis.Table{Rows: [][]lexis.Cell{known}, Lengths: table.Lengths}).Weigh(c.idf, max(1, c.mean))[0]
	theme = -1
	for g := range c.themes {
		if s := c.score(g, row, meaning, false); s > score {
			theme, score = g, s
		}
	}
	if theme < 0 || score < c.least || c.known(known, len(table.Rows[0])-len(known), false) < c.common {
		return -1, max(0, score)
	}
	return theme, min(1, score)
}
