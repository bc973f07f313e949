package analysis

import (
	"slices"
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/corpora"
)

// What is grouped of few documents: their sentences, or pages of them.
func TestUnits(t *testing.T) {
	for _, n := range []int{10, mostPieces, 2*mostPieces + 7} {
		r := &reading{corpus: corpora.Corpus{Documents: make([]corpora.Document, 2)}}
		for i := range n {
			document := 0
			if i > n/3 {
				document = 1
			}
			r.segments = append(r.segments, piece{document: document})
			r.document = append(r.document, document)
			r.words = append(r.words, []lexis.Word{{Root: int32(i)}})
		}
		units, of := r.units()
		if len(units) > mostPieces+1 || n <= mostPieces && len(units) != n {
			t.Errorf("%d sentences: %d units", n, len(units))
		}
		var want [][]lexis.Word
		for i, u := range of {
			if i == 0 || u != of[i-1] {
				if u != len(want) {
					t.Fatalf("%d sentences: unit %d after %d others", n, u, len(want))
				}
				want = append(want, nil)
			} else if r.document[i] != r.document[i-1] {
				t.Errorf("%d sentences: unit %d is of two documents", n, u)
			}
			want[u] = append(want[u], r.words[i]...)
		}
		if !slices.EqualFunc(units, want, slices.Equal) {
			t.Errorf("%d sentences: units do not hold the words of theirs", n)
		}
		for i, words := range r.words {
			if len(words) != 1 || words[0].Root != int32(i) {
				t.Fatalf("%d sentences: the words of sentence %d have changed", n, i)
			}
		}
	}
}
