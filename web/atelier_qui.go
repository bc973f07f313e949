package web

import (
	"net/url"
	"regexp"

	"github.com/villes-internet/congres/analysis"
)

// A share is how present a theme is among the texts of a variable's value, as
// people read it.
type share struct {
	analysis.Share
	Name, Value, Words string
	Places             string // where the theme's sentences of those texts are; "" for values put together
}

// shares are those of a theme, whose page is at address.
func shares(t analysis.Theme, address string) []share {
	out := make([]share, len(t.Profile))
	for i, s := range t.Profile {
		out[i] = share{Share: s, Name: analysis.VariableName(s.Variable), Value: sentenceCase(unbroken(analysis.ValueName(s.Variable, s.Modality))), Words: analysis.SpecificityWords(s.Score)}
		if s.In > 0 && s.Modality != analysis.Others {
			out[i].Places = address + "?" + url.Values{"variable": {s.Variable}, "valeur": {s.Modality}}.Encode() + "#phrases"
		}
	}
	return out
}

// Apart are the shares that chance would not give.
func (p themePage) Apart() (out []share) {
	for _, s := range p.Shares {
		if s.Share.Apart() {
			out = append(out, s)
		}
	}
	return out
}

// speakers tells the texts where variable has value from others, and says which
// they are. Values that are put together because fewer than five people hold each
// are nobody's to look up.
func speakers(r *analysis.Report, variable, value string) (func(document string) bool, string) {
	is := make(map[string]bool)
	for _, d := range r.Documents {
		if value != analysis.Others && value != "" && d.Values[variable] == value {
			is[d.ID] = true
		}
	}
	return func(document string) bool { return is[document] }, valued(variable, value)
}

// valued names a value: « Taille de la commune : moins de 1 000 ».
func valued(variable, value string) string {
	return analysis.VariableName(variable) + "\u00a0: " + unbroken(analysis.ValueName(variable, value))
}

var thousands = regexp.MustCompile(`(\d) (\d{3})\b`)

// unbroken keeps numbers on one line: « moins de 1 000 hab. ».
func unbroken(s string) string { return thousands.ReplaceAllString(s, "$1\u202f$2") }
