package lexis

import "math"

// Specificity says how surprising it is that a form met F times among the
// corpus's T occurrences falls f times in a part of t occurrences: −log10
// P(X ≥ f) above the mode of X, log10 P(X ≤ f) at the mode and below, under the
// hypergeometric law of P. Lafon (« Sur la variabilité de la fréquence des
// formes dans un corpus », Mots 1, 1980). So +3 reads « over-used, one chance in
// a thousand », −2 « under-used, one in a hundred ».
//
// The side is taken by the mode, as Lafon does. TXM's R package takes it by the
// expectation, over-used from F·t/T on: signs differ only for an f between the two,
// which surprises nobody.
func Specificity(f, F, t, T int) float64 {
	lower, upper := Tails(f, F, t, T)
	if f > Mode(F, t, T) {
		return -upper
	}
	return lower
}

// Mode returns the most likely frequency, ⌊(F+1)(t+1)/(T+2)⌋ (Lafon 1980).
func Mode(F, t, T int) int {
	return int((float64(F) + 1) * (float64(t) + 1) / (float64(T) + 2))
}

// Tails returns log10 P(X ≤ f) and log10 P(X ≥ f), each in −∞…0, for X and the
// law of [Specificity]. Numbers that no corpus can have give NaN.
//
// Only the tail away from the mode is summed, from f outwards, in units of the
// term at f, so that a probability of 10⁻⁴⁰⁰ keeps its digits; the other tail is
// what remains.
func Tails(f, F, t, T int) (lower, upper float64) {
	least, most := max(0, F+t-T), min(F, t)
	switch {
	case F < 0 || t < 0 || F > T || t > T:
		return math.NaN(), math.NaN()
	case f < least:
		return math.Inf(-1), 0
	case f > most:
		return 0, math.Inf(-1)
	}
	at := logProbability(f, F, t, T)
	sum, last := 1., 1. // in units of P(X = f)
	if f > Mode(F, t, T) {
		for k := f; k < most && last > sum*1e-17; k++ {
			last *= float64(F-k) / float64(k+1) * float64(t-k) / float64(T-F-t+k+1)
			sum += last
		}
		upper = at + math.Log(sum)
		lower = remains(upper, at)
	} else {
		for k := f; k > least && last > sum*1e-17; k-- {
			last *= float64(k) / float64(F-k+1) * float64(T-F-t+k) / float64(t-k+1)
			sum += last
		}
		lower = at + math.Log(sum)
		upper = remains(lower, at)
	}
	return min(lower/math.Ln10, 0), min(upper/math.Ln10, 0)
}

// remains returns ln(1 − e^tail + e^at): the other tail, which holds f too.
func remains(tail, at float64) float64 {
	return math.Log1p(math.Exp(at) - math.Exp(tail))
}

// logProbability returns ln P(X = f) = ln C(F,f) C(T−F,t−f) / C(T,t).
func logProbability(f, F, t, T int) float64 {
	return logChoose(F, f) + logChoose(T-F, t-f) - logChoose(T, t)
}

func logChoose(n, k int) float64 {
	return logFactorial(n) - logFactorial(k) - logFactorial(n-k)
}

func logFactorial(n int) float64 {
	l, _ := math.Lgamma(float64(n) + 1)
	return l
}
