package textometry

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestAgree counts every pair of things, and reads entropies from frequencies of
// draws one by one.
func TestAgree(t *testing.T) {
	rng := rand.New(rand.NewPCG(1985, 2))
	for range 50 {
		n := 2 + rng.IntN(30)
		one, two := make([]int, n), make([]int, n)
		for i := range one {
			one[i], two[i] = rng.IntN(5)-1, rng.IntN(4)-1
		}
		var a, b, both, all float64
		kept := 0
		for i := range n {
			if one[i] < 0 || two[i] < 0 {
				continue
			}
			kept++
			for j := range i {
				if one[j] < 0 || two[j] < 0 {
					continue
				}
				all++
				if one[i] == one[j] {
					a++
				}
				if two[i] == two[j] {
					b++
				}
				if one[i] == one[j] && two[i] == two[j] {
					both++
				}
			}
		}
		got := Agree(one, two)
		if got.N != kept {
			t.Fatalf("%d things, want %d", got.N, kept)
		}
		if all == 0 {
			continue
		}
		want := 1.
		if expected := a * b / all; (a+b)/2 != expected {
			want = (both - expected) / ((a+b)/2 - expected)
		}
		if math.Abs(got.ARI-want) > 1e-9 {
			t.Errorf("ARI %g, want %g", got.ARI, want)
		}
		// H(one | two) by asking each thing how likely its own class is among its fellows.
		same := func(i int, given, of []int) float64 {
			in, n := 0., 0.
			for j := range given {
				if one[j] >= 0 && two[j] >= 0 && given[j] == given[i] {
					n++
					if of[j] == of[i] {
						in++
					}
				}
			}
			return -math.Log(in / n)
		}
		none := make([]int, n)
		var h1, h2, h12, h21 float64
		for i := range n {
			if one[i] >= 0 && two[i] >= 0 {
				h1 += same(i, none, one)
				h2 += same(i, none, two)
				h12 += same(i, two, one)
				h21 += same(i, one, two)
			}
		}
		h, c := 1., 1.
		if h1 > 1e-9 {
			h = 1 - h12/h1
		}
		if h2 > 1e-9 {
			c = 1 - h21/h2
		}
		v := 0.
		if h+c > 1e-12 {
			v = 2 * h * c / (h + c)
		}
		if math.Abs(got.V-v) > 1e-9 {
			t.Errorf("V %g, want %g", got.V, v)
		}
	}
	if a := Agree([]int{0, 0, 1, 1}, []int{1, 1, 0, 0}); a.ARI != 1 || math.Abs(a.V-1) > 1e-12 {
		t.Errorf("names of classes matter: %+v", a)
	}
}
