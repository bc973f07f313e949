package textometry

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
)

func TestYates(t *testing.T) {
	for _, c := range []struct {
		both, n1, n2, n int
		want            float64 // its sign
	}{
		{10, 15, 12, 40, 1},
		{0, 15, 12, 40, -1},
		{3, 6, 10, 20, 0},
		{0, 0, 10, 20, 0},
	} {
		a, b, cc, d := float64(c.both), float64(c.n1-c.both), float64(c.n2-c.both), float64(c.n-c.n1-c.n2+c.both)
		want := 0. // Σ (|o−e|−½)²/e, written out
		if c.n1 > 0 {
			for _, cell := range [][3]float64{{a, a + b, a + cc}, {b, a + b, b + d}, {cc, cc + d, a + cc}, {d, cc + d, b + d}} {
				e := cell[1] * cell[2] / float64(c.n)
				off := max(cell[0]-e, e-cell[0])
				off -= min(.5, off)
				want += off * off / e
			}
		}
		if c.want < 0 {
			want = -want
		}
		if got := yates(c.both, c.n1, c.n2, c.n); !near(got, want, 1e-9) {
			t.Errorf("yates(%d, %d, %d, %d) = %v, want %v", c.both, c.n1, c.n2, c.n, got, want)
		}
	}
}

func TestBestOracle(t *testing.T) {
	const seed, segments = 1991, 12
	rng := rand.New(rand.NewPCG(seed, 0))
	for range 60 {
		var classes []Crossed
		for range 2 + rng.IntN(9) {
			c := Crossed{Chi2: float64(rng.IntN(8))}
			for m := range segments {
				if rng.IntN(4) == 0 {
					c.Members = append(c.Members, m)
				}
			}
			classes = append(classes, c)
		}
		for k := 2; k <= 4; k++ {
			most, n := -1., -1 // by trying every subset
			for set := range 1 << len(classes) {
				var seen [segments]bool
				sum, size, count, apart := 0., 0, 0, true
				for i, c := range classes {
					if set>>i&1 == 0 {
						continue
					}
					count++
					sum += c.Chi2
					for _, m := range c.Members {
						apart = apart && !seen[m]
						seen[m] = true
						size++
					}
				}
				if apart && count == k && (sum > most || sum == most && size > n) {
					most, n = sum, size
				}
			}
			got, ok := best(classes, k, segments, 1_000_000, func(c Crossed) (float64, float64) { return c.Chi2, float64(len(c.Members)) })
			if ok != (most >= 0) || ok && (got.Chi2 != most || got.N != n || !got.Exact) {
				t.Errorf("seed %d, k %d: %v %v %d, want %v %d", seed, k, ok, got.Chi2, got.N, most, n)
			}
		}
	}
}

func TestDoubleAndProfiles(t *testing.T) {
	const seed, subjects = 1990, 4
	table, truth := world(rand.New(rand.NewPCG(seed, 0)), 400, 300, subjects)
	document := make([]int, 400)
	for i := range document {
		document[i] = i // contexts are segments: truth is by segment
	}
	c := Classify(t.Context(), table, document, Reinert{Classes: 5, MinContext: 8})
	d := Classify(t.Context(), table, document, Reinert{Classes: 5, MinContext: 9, Contingency: .2})
	bests := Double(c, d, Crossing{})
	if len(bests) < 3 {
		t.Fatalf("%d partitions", len(bests))
	}
	for _, b := range bests {
		if b.Association.Chi2 < b.Coverage.Chi2 || b.Association.N > b.Coverage.N || len(b.Association.Classes) != b.K {
			t.Errorf("k %d: χ² %v and %v, n %d and %d", b.K, b.Association.Chi2, b.Coverage.Chi2, b.Association.N, b.Coverage.N)
		}
	}
	classOf := bests[2].Association.Class
	profiles := Profiles(table, classOf, lexis.Chi2At001)
	for k, profile := range profiles {
		var votes [subjects]int
		for i, class := range classOf {
			if class == k {
				votes[truth[i]]++
			}
		}
		subject := slices.Index(votes[:], slices.Max(votes[:]))
		if len(profile) < 5 || int(profile[0].Form)/(300/subjects) != subject {
			t.Errorf("class %d, mostly of subject %d, has profile %v", k, subject, profile[:min(3, len(profile))])
		}
		typical := Typical(table, classOf, k, profile, 3)
		if len(typical) != 3 || typical[0].Score < typical[2].Score || typical[0].Score <= 0 || truth[typical[0].Row] != subject {
			t.Errorf("class %d: typical %v", k, typical)
		}
	}
}
