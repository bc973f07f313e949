package lexis

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// exactTails sums the hypergeometric law in whole numbers.
func exactTails(f, F, t, T int) (lower, upper float64) {
	low, high, all := new(big.Int), new(big.Int), new(big.Int).Binomial(int64(T), int64(t))
	for k := max(0, F+t-T); k <= min(F, t); k++ {
		ways := new(big.Int).Mul(new(big.Int).Binomial(int64(F), int64(k)), new(big.Int).Binomial(int64(T-F), int64(t-k)))
		if k <= f {
			low.Add(low, ways)
		}
		if k >= f {
			high.Add(high, ways)
		}
	}
	log := func(n *big.Int) float64 {
		if n.Sign() == 0 {
			return math.Inf(-1)
		}
		ratio := new(big.Float).SetPrec(200).Quo(new(big.Float).SetInt(n), new(big.Float).SetInt(all))
		mantissa := new(big.Float)
		exponent := ratio.MantExp(mantissa)
		m, _ := mantissa.Float64()
		return math.Log10(m) + float64(exponent)*math.Log10(2)
	}
	return log(low), log(high)
}

func TestTails(t *testing.T) {
	const seed = 1980
	rng := rand.New(rand.NewPCG(seed, 0))
	try := func(f, F, part, T int) {
		t.Helper()
		low, high := Tails(f, F, part, T)
		wantLow, wantHigh := exactTails(f, F, part, T)
		for _, c := range []struct{ got, want float64 }{{low, wantLow}, {high, wantHigh}} {
			if c.got != c.want && !(math.Abs(c.got-c.want) < 1e-8*(1+math.Abs(c.want))) {
				t.Errorf("seed %d: Tails(%d, %d, %d, %d) = %v, %v, want %v, %v", seed, f, F, part, T, low, high, wantLow, wantHigh)
			}
		}
	}
	for T := 0; T <= 9; T++ {
		for F := 0; F <= T; F++ {
			for part := 0; part <= T; part++ {
				for f := -1; f <= F+1; f++ {
					try(f, F, part, T)
				}
			}
		}
	}
	for range 60 {
		T := 1 + rng.IntN(800)
		F, part := rng.IntN(T+1), rng.IntN(T+1)
		try(rng.IntN(F+1), F, part, T)
	}
	try(120, 150, 300, 6000) // a probability of 10⁻¹⁴⁰
}

func TestSpecificity(t *testing.T) {
	for _, c := range []struct {
		f, F, t, T int
		want       float64
	}{
		{5, 5, 5, 10, math.Log10(252)}, // all five in five of ten: one deal in C(10,5)
		{0, 5, 5, 10, -math.Log10(252)},
		{0, 0, 5, 10, 0},
		{1, 1, 10, 10, 0}, // the part is the corpus
	} {
		if got := Specificity(c.f, c.F, c.t, c.T); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("Specificity(%d, %d, %d, %d) = %v, want %v", c.f, c.F, c.t, c.T, got, c.want)
		}
	}
	if got := Specificity(300, 1_000, 100_000, 30_000_000); math.IsInf(got, 0) || got < 300 {
		t.Errorf("a very specific form of a large corpus has %v", got)
	}
}
