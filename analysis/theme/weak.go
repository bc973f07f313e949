package theme

import (
	"math"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/corpora/tables"
)

// Weak says which segments their theme hardly holds: once what their own text brings to
// it is taken away, it is no more like them than the other themes are on average,
// neither in the words that they share nor in the sense of their words, as tables tell
// it (none: in words alone). text gives the text of each row, theme its theme or -1,
// stems those of the roots. A theme of one text has nothing else to be like.
func Weak(rows []lexis.Vector, text, theme []int, themes int, stems []string, words []tables.Table) []bool {
	out := make([]bool, len(rows))
	if themes < 2 {
		return out
	}
	sums := make([][]float64, themes)
	for t := range sums {
		sums[t] = make([]float64, len(stems))
	}
	for i, t := range theme {
		if t >= 0 {
			for _, w := range rows[i] {
				sums[t][w.Root] += float64(w.Value)
			}
		}
	}
	shared, m := newSpace(sums), newMeaning(sums, stems, words)
	for from := 0; from < len(rows); {
		to := until(text, from)
		own := make(map[int][]lexis.Vector) // the rows of the text, by theme
		for i := from; i < to; i++ {
			own[theme[i]] = append(own[theme[i]], rows[i])
		}
		brought, meant := make(map[int]lexis.Vector, len(own)), make(map[int]lexis.Vector, len(own))
		for t, list := range own {
			brought[t] = shared.total(list)
		}
		for i := from; i < to; i++ {
			t := theme[i]
			if t < 0 || shared.nearer(t, rows[i], brought[t]) {
				continue
			}
			if out[i] = true; len(words) > 0 {
				if meant[t] == nil {
					meant[t] = m.of(brought[t])
				}
				out[i] = !m.nearer(t, m.of(rows[i]), meant[t])
			}
		}
		from = to
	}
	return out
}

// A space is where themes have directions.
type space struct {
	sums    [][]float64 // of each theme's rows
	squares []float64   // of their lengths
	all     []float64   // the sum of their directions
	less    []float64   // scratch, zeros
}

func newSpace(sums [][]float64) *space {
	s := &space{sums, make([]float64, len(sums)), make([]float64, len(sums[0])), make([]float64, len(sums[0]))}
	for t, sum := range sums {
		for _, x := range sum {
			s.squares[t] += float64(x * x)
		}
		scale := s.scale(t)
		for j, x := range sum {
			s.all[j] += float64(x * scale)
		}
	}
	return s
}

// scale brings a theme to unit length.
func (s *space) scale(t int) float64 { return 1 / math.Sqrt(max(s.squares[t], 1e-12)) }

// nearer says whether a row is nearer to a theme, without a part of it, than to the
// other themes on average, by cosines; it is where nothing else is in the theme.
func (s *space) nearer(t int, row, part lexis.Vector) bool {
	square := s.squares[t]
	for _, w := range part {
		x := float64(w.Value)
		square += float64(x*x) - float64(2*x*s.sums[t][w.Root])
		s.less[w.Root] = x
	}
	own, others, scale := 0., 0., s.scale(t)
	for _, w := range row {
		x, sum := float64(w.Value), s.sums[t][w.Root]
		own += float64(x * (sum - s.less[w.Root]))
		others += float64(x * (s.all[w.Root] - float64(sum*scale)))
	}
	for _, w := range part {
		s.less[w.Root] = 0
	}
	if square < 1e-6*s.squares[t] {
		return true
	}
	return own/math.Sqrt(square) > others/float64(len(s.sums)-1)
}

// total is the sum of rows.
func (s *space) total(rows []lexis.Vector) (out lexis.Vector) {
	if len(rows) == 1 {
		return rows[0]
	}
	for _, row := range rows {
		for _, w := range row {
			s.less[w.Root] += float64(w.Value)
		}
	}
	for _, row := range rows {
		for _, w := range row {
			if x := s.less[w.Root]; x != 0 {
				out = append(out, lexis.Weight{Root: w.Root, Value: float32(x)})
				s.less[w.Root] = 0
			}
		}
	}
	return out
}

// A meaning is the space of senses: what words mean, around what those of all themes
// mean on average.
type meaning struct {
	*space
	readers []*tables.Reader
	stems   []string
	middle  []float64
}

// newMeaning gives themes, whose words weigh as sums says, their senses.
func newMeaning(sums [][]float64, stems []string, words []tables.Table) *meaning {
	m := &meaning{stems: stems}
	dim := 0
	for _, t := range words {
		m.readers = append(m.readers, t.Reader())
		dim += t.Dim
	}
	senses, known, total := make([][]float64, len(sums)), make([]float64, len(sums)), 0.
	for t := range senses {
		senses[t] = make([]float64, dim)
	}
	m.middle = make([]float64, dim)
	vector := make([]float32, dim)
	for root := range stems {
		clear(vector)
		if !m.add(vector, int32(root), 1) {
			continue
		}
		for t, sum := range sums {
			if weight := sum[root]; weight > 0 {
				known[t] += weight
				for j, x := range vector {
					senses[t][j] += float64(weight * float64(x))
				}
			}
		}
	}
	for t, sense := range senses {
		total += known[t]
		for j, x := range sense {
			m.middle[j] += x
		}
	}
	for j := range m.middle {
		m.middle[j] /= max(total, 1)
	}
	for t, sense := range senses {
		for j := range sense {
			sense[j] -= float64(known[t] * m.middle[j])
		}
	}
	m.space = newSpace(senses)
	return m
}

// add adds a root's vectors, side by side, to sum; false where it has none.
func (m *meaning) add(sum []float32, root int32, weight float32) (known bool) {
	at := 0
	for _, r := range m.readers {
		if row := r.Row(m.stems[root]); row >= 0 {
			r.Add(sum[at:at+r.Dim], row, weight)
			known = true
		}
		at += r.Dim
	}
	return known
}

// of is the sense of a row.
func (m *meaning) of(row lexis.Vector) lexis.Vector {
	sum, known := make([]float32, len(m.middle)), 0.
	for _, w := range row {
		if m.add(sum, w.Root, w.Value) {
			known += float64(w.Value)
		}
	}
	out := make(lexis.Vector, len(sum))
	for j, x := range sum {
		out[j] = lexis.Weight{Root: int32(j), Value: float32(float64(x) - float64(known*m.middle[j]))}
	}
	return out
}
