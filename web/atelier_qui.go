package web

import (
	"errors"
	"net/url"
	"regexp"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
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

// which says which sentences of a theme's page a query asks for, and keeps what names
// them: those of the texts where « variable » is « valeur »; in the workshop also those
// that were in the theme « alors » of the run « analyse ». None: all of them.
func (v *visit) which(edition string, r *analysis.Report, query url.Values, workshop bool) (keeps func(analysis.Segment) bool, only string, kept url.Values, err error) {
	pick := func(names ...string) url.Values {
		kept := url.Values{}
		for _, n := range names {
			kept.Set(n, query.Get(n))
		}
		return kept
	}
	switch run, then := query.Get("analyse"), query.Get("alors"); {
	case query.Get("variable") != "":
		speaks, name := speakers(r, query.Get("variable"), query.Get("valeur"))
		return func(s analysis.Segment) bool { return speaks(s.Document) }, "des contributions «\u00a0" + name + "\u00a0»", pick("variable", "valeur"), nil
	case workshop && run != "":
		was, label, err := v.s.Desk.Then(v.r.Context(), edition, run)
		if errors.Is(err, desk.ErrNoRun) || err == nil && then != "" && label[then] == "" {
			err = consult.ErrNotFound
		}
		only := "qui n’étaient pas classées à cette analyse"
		if then != "" {
			only = "qui étaient dans «\u00a0" + label[then] + "\u00a0» à cette analyse"
		}
		return func(s analysis.Segment) bool { t, there := was[s.ID]; return there && t == then }, only, pick("analyse", "alors"), err
	}
	return func(analysis.Segment) bool { return true }, "", url.Values{}, nil
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
