package lexis

// Chi2 is Pearson's χ², one degree of freedom, of the 2×2 table that crosses
// « in the group or not » with « holds the term or not »: in of the group's nIn
// segments hold it, out of the nOut others. It is negative when the group uses
// the term less than the rest does, and 0 when the table says nothing.
func Chi2(in, out, nIn, nOut int) float64 {
	a, b := float64(in), float64(out)
	c, d := float64(nIn)-a, float64(nOut)-b
	n := a + b + c + d
	margins := (a + b) * (c + d) * (a + c) * (b + d)
	if margins <= 0 {
		return 0
	}
	cross := a*d - b*c
	chi2 := n * cross * cross / margins
	if cross < 0 {
		return -chi2
	}
	return chi2
}

// Thresholds of χ² with one degree of freedom.
const (
	Chi2At05  = 3.841 // one chance in twenty
	Chi2At001 = 10.83 // one chance in a thousand
)
