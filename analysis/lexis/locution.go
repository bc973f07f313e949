package lexis

// locution says whether two words in a row say together that people are of one
// mind: « d'accord » speaks of no agreement, and names no theme.
func locution(first, second string) bool { return first == "d'" && second == "accord" }
