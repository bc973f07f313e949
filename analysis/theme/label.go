package theme

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/analysis/lexis"
)

// A Theme as [Labels] needs it.
type Theme struct {
	Terms    []lexis.Term // most characteristic first
	Segments int
	Label    string // a name that stands already; "": to be found
}

// Labels names every theme that has no name with terms that people wrote: the
// most telling term of several words first, then another that shares no word
// with it, « fracture numérique, accès aux services »; where there is no such
// term, up to three words. Two themes never bear the same name: themes are
// served in their order, and a term that leads one name leads no other.
func Labels(themes []Theme) []string {
	out := make([]string, len(themes))
	taken := make(map[string]bool)
	for i, t := range themes {
		if t.Label != "" {
			out[i] = t.Label
			taken[french.Normalise(t.Label)] = true
		}
	}
	var lead []lexis.Key
	for i, t := range themes {
		if out[i] != "" {
			continue
		}
		chosen := choose(t, lead)
		for n := range chosen {
			if n == 0 {
				lead = append(lead, chosen[0].Key)
			}
		}
		label := join(chosen)
		if label == "" {
			label = "Autres sujets"
			if t.Segments == 0 {
				label = "Thème sans texte"
			}
		}
		// Add words until it is like no other.
		for _, extra := range t.Terms {
			if !taken[french.Normalise(label)] {
				break
			}
			if !strings.Contains(label, extra.Form) {
				label += ", " + extra.Form
			}
		}
		for n, base := 2, label; taken[french.Normalise(label)]; n++ {
			label = base + " (" + roman(n) + ")"
		}
		taken[french.Normalise(label)] = true
		out[i] = capital(label)
	}
	return out
}

// choose picks the terms of a name.
func choose(t Theme, lead []lexis.Key) []lexis.Term {
	var chosen []lexis.Term
	fits := func(c lexis.Term) bool {
		if utf8.RuneCountInString(c.Form) < 3 || strings.ContainsAny(c.Form, "@\n") {
			return false
		}
		if len(chosen) == 0 {
			for _, k := range lead {
				if k == c.Key {
					return false
				}
			}
		}
		for _, other := range chosen {
			if other.Key.Shares(c.Key) {
				return false
			}
		}
		return true
	}
	// A term of several words stands for a theme when it is sure and shared: in
	// three segments at least, or two in a small theme.
	least := 3
	if t.Segments < 20 {
		least = 2
	}
	for _, c := range t.Terms {
		if len(chosen) < 2 && c.Key.Len() > 1 && c.In >= least && c.Chi2 >= lexis.Chi2At001 && fits(c) {
			chosen = append(chosen, c)
		}
	}
	words := 0
	for _, c := range chosen {
		words += c.Key.Len()
	}
	for _, c := range t.Terms {
		if words >= 3 || len(chosen) >= 3 {
			break
		}
		if c.Key.Len() == 1 && fits(c) {
			chosen = append(chosen, c)
			words++
		}
	}
	return chosen
}

func join(terms []lexis.Term) string {
	forms := make([]string, len(terms))
	for i, t := range terms {
		forms[i] = t.Form
	}
	return strings.Join(forms, ", ")
}

func roman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		value int
		sign  string
	}{{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.sign)
		}
	}
	return b.String()
}

// capital gives a label the capital that a title has.
func capital(label string) string {
	r, n := utf8.DecodeRuneInString(label)
	return string(unicode.ToUpper(r)) + label[n:]
}
