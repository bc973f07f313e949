package web

import (
	"math"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
)

// shownContexts is how many places one page of a concordance shows.
const shownContexts = 50

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
		Label, Address, Words string
		Occurrences           int
		Specificity           float64
	}
	type line struct {
		Before, Word, After, Who, Address, Theme string
	}
	type neighbour struct {
		analysis.Neighbour
		Address string
	}
	var data struct {
		Text, Sort     string
		Frequent       []link
		Corpus         analysis.Summary
		Richness       analysis.Richness
		Found          analysis.Finding
		Uses           []use
		Lines          []line
		Neighbours     []neighbour
		From, To       int
		Previous, Next string
	}
	values := v.r.URL.Query()
	data.Text, data.Sort = strings.TrimSpace(debut(values.Get("q"), 100)), values.Get("tri")
	look := func(text string) string { return "/atelier/mots?" + url.Values{"q": {text}}.Encode() }
	if data.Text == "" {
		data.Corpus, data.Richness = r.Corpus, r.Richness
		for _, w := range r.Lexicon[:min(len(r.Lexicon), frequentWords)] {
			data.Frequent = append(data.Frequent, link{look(w.Form), w.Form + " (" + nombre(w.Count) + ")"})
		}
		return v.wide("atelier-mots.html", "Chercher un mot", data)
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
	data.Found = v.s.words.of(r).Find(data.Text, by, (page-1)*shownContexts, shownContexts)
	for _, n := range data.Found.Neighbours {
		data.Neighbours = append(data.Neighbours, neighbour{n, look(n.Form)})
	}
	for _, u := range data.Found.Uses {
		to := "/atelier/themes/" + u.Theme
		if u.Theme == "" {
			to = "/atelier/themes/sans-theme"
		}
		data.Uses = append(data.Uses, use{sentenceCase(labelOf(r, u.Theme)), to, surprise(u.Specificity), u.Occurrences, u.Specificity})
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
		return look(data.Text) + "&" + url.Values{"tri": {data.Sort}, "page": {strconv.Itoa(page)}}.Encode()
	}
	if data.From, data.To = (page-1)*shownContexts+1, (page-1)*shownContexts+len(data.Lines); page > 1 {
		data.Previous = turn(page - 1)
	}
	if data.To < data.Found.Occurrences {
		data.Next = turn(page + 1)
	}
	return v.wide("atelier-mots.html", "«\u00a0"+data.Text+"\u00a0»", data)
}

// surprise says a specificity in words.
func surprise(s float64) string {
	how := "beaucoup "
	switch a := math.Abs(s); {
	case a < 2:
		return "comme ailleurs"
	case a < 4:
		how = ""
	}
	if s < 0 {
		return how + "moins qu’ailleurs"
	}
	return how + "plus qu’ailleurs"
}
