package theme

import (
	"math"

	"github.com/villes-internet/congres/analysis/lexis"
)

// Centroids returns the mean direction of each group's rows, of unit length,
// over a lexicon of so many roots.
func Centroids(rows []lexis.Vector, group []int, groups, roots int) [][]float32 {
	out := make([][]float32, groups)
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
	for _, c := range out {
		norm := 0.
		for _, x := range c {
			norm += float64(x) * float64(x)
		}
		if norm == 0 {
			continue
		}
		scale := float32(1 / math.Sqrt(norm))
		for j := range c {
			c[j] *= scale
		}
	}
	return out
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
	Rows     []lexis.Vector
	Document []int  // of each segment
	Length   []int  // of each segment, in counted words
	Whole    []int  // theme of each document; -1: none
	Copy     []bool // documents that say what an earlier one says: they weigh nothing in the themes
}

// A segment leaves its document's theme for another when it holds enoughWords
// counted words and is much closer to the other one: a sentence that could go
// either way stays with its document.
const (
	enoughWords = 4
	muchCloser  = 1.6
	closeEnough = 0.12
)

// Place gives each segment a theme: its document's, unless it clearly speaks of
// another one. A document's own theme keeps the greatest part of its words: what
// people read first about a document stays true of its segments. A segment
// without any counted word, or in a document without a theme and like no theme,
// gets -1.
func Place(p Pieces, themes, roots int) []int {
	whole, once := make([]int, len(p.Rows)), make([]int, len(p.Rows))
	for i, d := range p.Document {
		whole[i], once[i] = p.Whole[d], p.Whole[d]
		if p.Copy[d] {
			once[i] = -1
		}
	}
	centroids := Centroids(p.Rows, once, themes, roots)
	out := make([]int, len(p.Rows))
	margin := make([]float64, len(p.Rows))
	for i, row := range p.Rows {
		out[i] = -1
		if len(row) == 0 {
			continue
		}
		out[i] = whole[i]
		best, closest := -1, 0.
		for t, c := range centroids {
			if a := Affinity(row, c); a > closest {
				best, closest = t, a
			}
		}
		if best < 0 || best == whole[i] || whole[i] < 0 {
			continue
		}
		own := Affinity(row, centroids[whole[i]])
		if p.Length[i] >= enoughWords && closest >= closeEnough && closest > muchCloser*own {
			out[i], margin[i] = best, closest-own
		}
	}
	for from := 0; from < len(out); {
		to := from
		for to < len(out) && p.Document[to] == p.Document[from] {
			to++
		}
		if t := p.Whole[p.Document[from]]; t >= 0 {
			keepPlurality(out[from:to], margin[from:to], p.Length[from:to], t, themes)
		}
		from = to
	}
	return out
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
