package corpora

import (
	"strconv"
	"strings"
	"unicode"
)

// SizeClass is the class of population of a town, a value of [VarSize] (the
// thresholds are those of the municipal electoral code and of the mosaic's tables);
// "" when the population is unknown.
func SizeClass(population int) string {
	switch p := population; {
	case p <= 0:
		return ""
	case p < 1_000:
		return "moins de 1 000 hab."
	case p < 3_500:
		return "1 000 à 3 499 hab."
	case p < 10_000:
		return "3 500 à 9 999 hab."
	case p < 50_000:
		return "10 000 à 49 999 hab."
	default:
		return "50 000 hab. et plus"
	}
}

// ParsePopulation reads "12 345", "12345,0" or "12 345 hab.", a number of inhabitants.
func ParsePopulation(s string) (int, bool) {
	s = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(strings.TrimSpace(s)), "."), "hab")
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u202f' || r == '\'' || r == '’' {
			return -1
		}
		return r
	}, s)
	if i := strings.IndexAny(s, ",."); i >= 0 && strings.Trim(s[i+1:], "0") == "" {
		s = s[:i]
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0 && n < 100_000_000
}
