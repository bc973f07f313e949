package lexis

import "math"

// A Richness measures the vocabulary of a text or a corpus. N and V alone depend
// on its length; so does V/N, more than is often believed: compare equal lengths,
// or use the others.
type Richness struct {
	N        int         // occurrences
	V        int         // different words
	Spectrum map[int]int // how many words are met m times: Spectrum[1] is V1, the hapax
}

// NewRichness measures a list of frequencies.
func NewRichness(frequencies []Frequency) Richness {
	r := Richness{V: len(frequencies), Spectrum: make(map[int]int)}
	for _, f := range frequencies {
		r.N += f.N
		r.Spectrum[f.N]++
	}
	return r
}

// TypeToken returns V/N, 0…1.
func (r Richness) TypeToken() float64 { return ratio(float64(r.V), float64(r.N)) }

// Guiraud returns V/√N (P. Guiraud, « Les caractères statistiques du
// vocabulaire », 1954).
func (r Richness) Guiraud() float64 { return ratio(float64(r.V), math.Sqrt(float64(r.N))) }

// Yule returns the characteristic K = 10⁴ (Σ m² Vm − N)/N² (G. U. Yule, « The
// Statistical Study of Literary Vocabulary », 1944): ten thousand times the
// chance, or nearly, that two occurrences are of one word. The higher, the poorer.
func (r Richness) Yule() float64 {
	n, sum := float64(r.N), 0
	for m, v := range r.Spectrum {
		sum += m * m * v
	}
	return ratio(1e4*(float64(sum)-n), n*n)
}

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
