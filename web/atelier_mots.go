package web

import (
	"cmp"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
)

// shownContexts is how many places one page of a concordance shows.
const shownContexts = 50

// shownForms is how many forms of a word are named, with their numbers.
const shownForms = 12

// frequentWords is how many words are offered to begin with.
const frequentWords = 60

// words keeps the explorer of the newest report, for as long as it is that.
type words struct {
	mu       sync.Mutex
	explorer *analysis.Explorer
}

// of returns the explorer of a report; one at a time is made.
func (w *words) of(r *analysis.Report) *analysis.Explorer {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.explorer == nil || w.explorer.Report() != r {
		w.explorer = nil // what was erased is let go of first
		w.explorer = analysis.NewExplorer(r)
	}
	return w.explorer
}

// workshopWords is where staff look words up: concordance, what stands near a
// word, and how each theme uses it.
func (v *visit) workshopWords() error {
	if err := v.need(consult.Staff); err != nil {
		return err
	}
	r, err := v.report()
	if err != nil {
		return err
	}
	type use struct {
		Label, Address, Places, Words string
		Occurrences                   int
		Specificity                   float64
	}
	type voice struct {
		analysis.Voice
		Name, Label, Places, Words string
	}
	type line struct {
		Before, Word, After, Who, Address, Theme string
	}
	type neighbour struct {
		analysis.Neighbour
		Address, Places string
	}
	var data struct {
		Text, Sort     string
		Frequent       []link
		Corpus         analysis.Summary
		Richness       analysis.Richness
		Found          analysis.Finding
		Uses           []use
		Voices         []voice
		Lines          []line
		Neighbours     []neighbour
		From, To       int
		Previous, Next string
		Only, All      string // which of the places are shown, and the address of all
		Exact          bool   // the very form is looked for
		Forms, Other   string // those that are met; the address of the other way to look
	}
	values := v.r.URL.Query()
	var quoted bool
	data.Text, quoted = unquoted(strings.TrimSpace(debut(values.Get("q"), 100)))
	data.Exact, data.Sort = quoted || values.Get("exact") != "", values.Get("tri")
	look := func(text string) string { return placesAddress(analysis.Look{Text: text}) }
	if data.Text == "" {
		data.Corpus, data.Richness = r.Corpus, r.Richness
		for _, w := range r.Lexicon[:min(len(r.Lexicon), frequentWords)] {
			data.Frequent = append(data.Frequent, link{look(w.Form), w.Form + " (" + consult.Thousands(w.Count) + ")"})
		}
		return v.render(http.StatusOK, "atelier-mots.html", "Chercher un mot", data)
	}
	by := analysis.AsRead
	switch data.Sort {
	case "avant":
		by = analysis.ByLeft
	case "apres":
		by = analysis.ByRight
	default:
		data.Sort = ""
	}
	page, _ := strconv.Atoi(values.Get("page"))
	page = max(1, min(page, 1+len(r.Segments)))
	only := analysis.Look{Text: data.Text, Exact: data.Exact, Sort: by, Theme: values.Get("theme"), Outside: values.Get("hors") != "",
		With:     strings.TrimSpace(debut(values.Get("avec"), 100)),
		Variable: values.Get("variable"), Value: values.Get("valeur"), From: (page - 1) * shownContexts, Limit: shownContexts}
	data.Found, data.All = v.s.words.of(r).Find(only), placesAddress(analysis.Look{Text: data.Text, Exact: data.Exact})
	data.Forms, data.Other = formsFound(data.Found.Forms), placesAddress(analysis.Look{Text: data.Text, Exact: !data.Exact})
	data.Only = whichPlaces(r, only)
	for _, n := range data.Found.Neighbours {
		data.Neighbours = append(data.Neighbours, neighbour{n, look(n.Form), placesAddress(analysis.Look{Text: data.Text, Exact: data.Exact, With: n.Form})})
	}
	for _, u := range data.Found.Uses {
		to := workshopThemes + u.Theme
		if u.Theme == "" {
			to = "/atelier/themes/sans-theme"
		}
		places := placesAddress(analysis.Look{Text: data.Text, Exact: data.Exact, Theme: cmp.Or(u.Theme, analysis.Unclassified)})
		data.Uses = append(data.Uses, use{sentenceCase(labelOf(r, u.Theme)), to, places, surprise(u.Specificity), u.Occurrences, u.Specificity})
	}
	for _, x := range data.Found.Voices {
		to := ""
		if x.In > 0 {
			to = placesAddress(analysis.Look{Text: data.Text, Exact: data.Exact, Variable: x.Variable, Value: x.Value})
		}
		data.Voices = append(data.Voices, voice{x, analysis.VariableName(x.Variable), sentenceCase(unbroken(analysis.ValueName(x.Variable, x.Value))), to, surprise(x.Specificity)})
	}
	segments := make([]analysis.Segment, len(data.Found.Contexts))
	for i, c := range data.Found.Contexts {
		segments[i] = c.Segment
	}
	for i, q := range v.quotes(segments) {
		c := data.Found.Contexts[i]
		data.Lines = append(data.Lines, line{c.Before, c.Word, c.After, q.Who, q.Contribution, labelOf(r, c.Segment.Theme)})
	}
	turn := func(page int) string {
		return placesAddress(only) + "&" + url.Values{"tri": {data.Sort}, "page": {strconv.Itoa(page)}}.Encode()
	}
	if data.From, data.To = (page-1)*shownContexts+1, (page-1)*shownContexts+len(data.Lines); page > 1 {
		data.Previous = turn(page - 1)
	}
	if data.To < data.Found.Shown {
		data.Next = turn(page + 1)
	}
	return v.render(http.StatusOK, "atelier-mots.html", "«\u00a0"+data.Text+"\u00a0»", data)
}

// unquoted takes the quotation marks off what is wholly between some, which asks for
// that very form.
func unquoted(text string) (string, bool) {
	for _, marks := range [][2]string{{"«", "»"}, {"\"", "\""}, {"“", "”"}} {
		if inner, ok := strings.CutPrefix(text, marks[0]); ok {
			if inner, ok = strings.CutSuffix(inner, marks[1]); ok {
				return strings.TrimSpace(inner), true
			}
		}
	}
	return text, false
}

// formsFound names forms, and how often each is met: « école (3), écoles (2) ».
func formsFound(forms []analysis.Spelling) string {
	var out []string
	for _, f := range forms[:min(len(forms), shownForms)] {
		out = append(out, f.Form+" ("+consult.Thousands(f.Occurrences)+")")
	}
	list := strings.Join(out, ", ")
	if rest := len(forms) - shownForms; rest > 0 {
		list += " et " + pluriel(rest, "autre", "autres")
	}
	return list
}

// placesAddress is where the places of a word are shown.
func placesAddress(l analysis.Look) string {
	values := url.Values{"q": {l.Text}}
	if l.Exact {
		values.Set("exact", "1")
	}
	if l.Theme != "" {
		values.Set("theme", l.Theme)
	}
	if l.Outside {
		values.Set("hors", "1")
	}
	if l.With != "" {
		values.Set("avec", l.With)
	}
	if l.Variable != "" {
		values.Set("variable", l.Variable)
		values.Set("valeur", l.Value)
	}
	return "/atelier/mots?" + values.Encode()
}

// whichPlaces says which are shown, "" where all are.
func whichPlaces(r *analysis.Report, l analysis.Look) string {
	var out []string
	switch label := "du thème «\u00a0" + sentenceCase(labelOf(r, l.Theme)) + "\u00a0»"; {
	case l.Theme == analysis.Unclassified && l.Outside:
		out = append(out, "classées")
	case l.Theme == analysis.Unclassified:
		out = append(out, "non classées")
	case l.Theme != "" && l.Outside:
		out = append(out, "hors "+label)
	case l.Theme != "":
		out = append(out, label)
	}
	if l.With != "" {
		out = append(out, "où «\u00a0"+l.With+"\u00a0» est à dix mots au plus")
	}
	if l.Variable != "" {
		out = append(out, "des contributions «\u00a0"+valued(l.Variable, l.Value)+"\u00a0»")
	}
	return strings.Join(out, ", ")
}

// surprise says a specificity in words.
func surprise(s float64) string {
	how := ""
	switch {
	case !analysis.Sure(s):
		return "comme ailleurs"
	case math.Abs(s) >= 4:
		how = "beaucoup "
	}
	if s < 0 {
		return how + "moins qu’ailleurs"
	}
	return how + "plus qu’ailleurs"
}
