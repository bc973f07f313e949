package lexis

import (
	"math"
	"math/bits"
	"slices"
	"testing"
)

func TestFrequencies(t *testing.T) {
	l, words := readTexts("La ville, la rue et les villes", "ville et 12 rues")
	var got []string
	for _, f := range Frequencies(words, Forms) {
		got = append(got, l.Forms[f.ID])
	}
	if want := []string{"la", "ville", "et", "rue", "les", "villes", "12", "rues"}; !slices.Equal(got, want) {
		t.Errorf("forms %q, want %q", got, want)
	}
	roots := Frequencies(words, Roots)
	if len(roots) != 2 || roots[0].N != 3 || roots[0].Texts != 2 || roots[1].N != 2 {
		t.Errorf("roots %+v", roots)
	}
	if got := len(Hapax(Frequencies(words, Forms))); got != 5 {
		t.Errorf("%d hapax, want 5", got)
	}
}

func TestRichness(t *testing.T) {
	r := NewRichness([]Frequency{{N: 4}, {N: 2}, {N: 1}, {N: 1}})
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"V1", float64(r.Spectrum[1]), 2}, {"type/token", r.TypeToken(), .5}, {"Guiraud", r.Guiraud(), 4 / math.Sqrt(8)},
		{"Yule", r.Yule(), 1e4 * (16 + 4 + 2 - 8) / 64}, {"empty", NewRichness(nil).Yule(), 0},
	} {
		if math.Abs(c.got-c.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
}

// Every draw of n of the occurrences, counted.
func TestExpectedOracle(t *testing.T) {
	occurrences := []int{0, 1, 0, 2, 3, 0, 1, 4, 5, 1, 1, 6}
	frequencies := make([]Frequency, 7)
	for _, w := range occurrences {
		frequencies[w].N++
	}
	r := NewRichness(frequencies)
	sum, draws := make([]float64, len(occurrences)+1), make([]float64, len(occurrences)+1)
	for set := range 1 << len(occurrences) {
		words := 0
		for i, w := range occurrences {
			if set>>i&1 == 1 {
				words |= 1 << w
			}
		}
		n := bits.OnesCount(uint(set))
		sum[n] += float64(bits.OnesCount(uint(words)))
		draws[n]++
	}
	for n := range sum {
		if got, want := r.Expected(n), sum[n]/draws[n]; math.Abs(got-want) > 1e-9 {
			t.Errorf("Expected(%d) = %v, want %v", n, got, want)
		}
	}
}

func TestGrow(t *testing.T) {
	var parts, mixed []Word // two vocabularies, one after the other, and in turn
	for i := range 400 {
		parts = append(parts, Word{Form: int32(i/200*100 + i%100)})
		mixed = append(mixed, Word{Form: int32(i % 200)})
	}
	one, two := Grow([][]Word{parts}, Forms, 10), Grow([][]Word{mixed}, Forms, 10)
	if want := []int{40, 80, 100, 100, 100, 140, 180, 200, 200, 200}; !slices.Equal(one.V, want) {
		t.Errorf("V %v, want %v", one.V, want)
	}
	if one.N[9] != 400 || one.Expected[9] != 200 || one.Special < .3 || two.Special != 0 {
		t.Errorf("one %+v, two %+v", one, two)
	}
	var law []Word // V = N^½
	for i := range 2500 {
		law = append(law, Word{Form: int32(math.Ceil(math.Sqrt(float64(i + 1))))})
	}
	if g := Grow([][]Word{law}, Forms, 50); math.Abs(g.HeapsB-.5) > .02 || math.Abs(g.HeapsK-1) > .2 {
		t.Errorf("Heaps: K %v, b %v, want 1 and ½", g.HeapsK, g.HeapsB)
	}
	if g := Grow(nil, Forms, 10); g.N != nil {
		t.Errorf("an empty corpus grows: %+v", g)
	}
}
