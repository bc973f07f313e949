package theme

import (
	"math"

	"github.com/villes-internet/congres/analysis/lexis"
)

// Centroids returns the mean direction of each group's rows, of unit length,
// over a lexicon of so many roots.
func Centroids(rows []lexis.Vector, group []int, groups, roots int) [][]float32 {
	out, _ := centroids(rows, group, groups, roots)
	return out
}

// centroids is [Centroids], and the length of the sum of each group's rows.
func centroids(rows []lexis.Vector, group []int, groups, roots int) ([][]float32, []float64) {
	out, lengths := make([][]float32, groups), make([]float64, groups)
	for g := range out {
		out[g] = make([]float32, roots)
	}
	for i, row := range rows {
		if group[i] < 0 {
			continue
		}
		for _, w := range row {
			out[group[i]][w.Root] += w.Value
		}
	}
	for g, c := range out {
		norm := 0.
		for _, x := range c {
			norm += float64(x) * float64(x)
		}
		if norm == 0 {
			continue
		}
		lengths[g] = math.Sqrt(norm)
		scale := float32(1 / lengths[g])
		for j := range c {
			c[j] *= scale
		}
	}
	return out, lengths
}

// Affinity is the cosine of a row and a centroid.
func Affinity(row lexis.Vector, centroid []float32) float64 {
	sum := 0.
	for _, w := range row {
		sum += float64(w.Value) * float64(centroid[w.Root])
	}
	return sum
}

// Pieces are the segments of documents that have been grouped as wholes.
type Pieces struct {
	Rows      []lexis.Vector
	Document  []int  // of each segment
	Paragraph []int  // likewise, numbered through all documents
	Length    []int  // of each segment, in counted words
	Whole     []int  // theme of each document; -1: none
	Copy      []bool // documents that say what an earlier one says: they weigh nothing in the themes
}

// A segment leaves its paragraph's theme for another when it holds enoughWords
// counted words and is much closer to the other one: a sentence that could go
// either way stays with its paragraph.
const (
	enoughWords = 4
	muchCloser  = 1.6
	closeEnough = 0.12
)

// A paragraph leaves its document's theme for less: it has more words to tell, and
// is compared with that theme without it, whose middle it would else draw near. In
// texts made of two, one above the other, twice as many segments or more then reach
// the theme of their own half against their document's; texts of one subject lose
// less than one segment in a hundred, even with each sentence made a paragraph
// (go test ./analysis -run TestTwoSubjects -v).
const (
	enoughOfParagraph = 8
	closerParagraph   = 1.1
	closeParagraph    = 0.14
)

// Place gives each segment a theme: its document's, unless its paragraph, or itself,
// clearly speaks of another one. A document's own theme keeps the greatest part of
// its words: what people read first about a document stays true of its segments. A
// segment without any counted word, or of a document without a theme, gets -1.
func Place(p Pieces, themes, roots int) []int {
	first := make([]int, len(p.Rows)) // theme of each segment that weighs
	for i, d := range p.Document {
		if first[i] = p.Whole[d]; p.Copy[d] {
			first[i] = -1
		}
	}
	pl := placer{p: p, out: make([]int, len(p.Rows)), margin: make([]float64, len(p.Rows))}
	pl.centroids, pl.lengths = centroids(p.Rows, first, themes, roots)
	pl.sum = make([]float32, roots)
	for from := 0; from < len(p.Rows); {
		to := until(p.Document, from)
		own := p.Whole[p.Document[from]]
		for at := from; at < to; {
			end := until(p.Paragraph, at)
			theme := own
			if own >= 0 && end-at < to-from {
				theme = pl.paragraph(at, end, own)
			}
			for i := at; i < end; i++ {
				pl.segment(i, theme)
			}
			at = end
		}
		if own >= 0 {
			keepPlurality(pl.out[from:to], pl.margin[from:to], p.Length[from:to], own, themes)
		}
		from = to
	}
	return pl.out
}

// until returns where the numbers that are the same as at from end.
func until(of []int, from int) int {
	to := from
	for to < len(of) && of[to] == of[from] {
		to++
	}
	return to
}

// A placer is the work of [Place].
type placer struct {
	p         Pieces
	centroids [][]float32
	lengths   []float64 // of the sums whose directions the centroids are
	out       []int
	margin    []float64 // how much closer the theme of each segment is than its document's
	sum       []float32 // scratch, zeros
}

// closest returns the theme that a row is closest to, and how close.
func (pl *placer) closest(row lexis.Vector) (best int, closest float64) {
	best = -1
	for t, c := range pl.centroids {
		if a := Affinity(row, c); a > closest {
			best, closest = t, a
		}
	}
	return best, closest
}

// paragraph returns the theme of a paragraph of a document whose theme is own.
func (pl *placer) paragraph(from, to, own int) int {
	words, row := 0, lexis.Vector{}
	for i := from; i < to; i++ {
		words += pl.p.Length[i]
		for _, w := range pl.p.Rows[i] {
			pl.sum[w.Root] += w.Value
		}
	}
	length := 0.
	for i := from; i < to; i++ {
		for _, w := range pl.p.Rows[i] {
			if x := pl.sum[w.Root]; x != 0 {
				row = append(row, lexis.Weight{Root: w.Root, Value: x})
				length += float64(float64(x) * float64(x))
				pl.sum[w.Root] = 0
			}
		}
	}
	if words < enoughOfParagraph || length == 0 {
		return own
	}
	length = math.Sqrt(length)
	for j := range row {
		row[j].Value = float32(float64(row[j].Value) / length)
	}
	best, closest := pl.closest(row)
	rest := without(Affinity(row, pl.centroids[own]), length, pl.lengths[own])
	if best < 0 || best == own || closest < closeParagraph || closest <= closerParagraph*rest {
		return own
	}
	for i := from; i < to; i++ {
		pl.margin[i] = closest - rest
	}
	return best
}

// without is the affinity of a paragraph and its document's theme without it: both
// are sums of rows of these lengths.
func without(affinity, length, theme float64) float64 {
	left := float64(theme*theme) - float64(2*theme*length*affinity) + float64(length*length)
	if left < 1e-9 {
		return 0 // the theme is this paragraph
	}
	return (float64(theme*affinity) - length) / math.Sqrt(left)
}

// segment gives a segment its theme, in a paragraph whose theme is own.
func (pl *placer) segment(i, own int) {
	row := pl.p.Rows[i]
	if len(row) == 0 {
		pl.out[i] = -1
		return
	}
	pl.out[i] = own
	if own < 0 || pl.p.Length[i] < enoughWords {
		return
	}
	best, closest := pl.closest(row)
	if best < 0 || best == own {
		return
	}
	if was := Affinity(row, pl.centroids[own]); closest >= closeEnough && closest > muchCloser*was {
		pl.out[i], pl.margin[i] = best, closest-was
	}
}

// keepPlurality brings segments of one document back to its theme, the least
// certain first, until that theme holds more words than any other.
func keepPlurality(theme []int, margin []float64, length []int, own, themes int) {
	for {
		words := make(map[int]int, 4)
		for i, t := range theme {
			if t >= 0 {
				words[t] += length[i]
			}
		}
		rival := -1
		for t := range themes {
			if t != own && words[t] >= words[own] && words[t] > 0 && (rival < 0 || words[t] > words[rival]) {
				rival = t
			}
		}
		if rival < 0 {
			return
		}
		least := -1
		for i, t := range theme {
			if t == rival && (least < 0 || margin[i] < margin[least]) {
				least = i
			}
		}
		theme[least] = own
	}
}
