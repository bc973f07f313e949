package web

import (
	"errors"
	"maps"
	"net/url"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/motion"
)

func (s *Server) routeThemes(on register) {
	on("GET /themes", (*visit).themes)
	on("GET /themes/{id}", (*visit).theme)
	on("GET /atelier", (*visit).workshop)
	on("POST /atelier/analyses", (*visit).startRun)
	on("POST /atelier/analyses/arret", (*visit).stopRun)
	on("POST /atelier/analyses/retour", (*visit).returnToRun)
	on("GET /atelier/rapport.html", (*visit).reportFile)
	on("GET /atelier/rapport.json", (*visit).reportFile)
	on("GET /atelier/rapport.pdf", (*visit).reportFile)
	on("GET /atelier/rapport.docx", (*visit).reportFile)
	on("GET /atelier/rapport.xlsx", (*visit).reportFile)
	on("GET /atelier/carte.opml", (*visit).reportFile)
	on("GET /atelier/carte.mm", (*visit).reportFile)
	on("GET /atelier/corpus-iramuteq.txt", (*visit).corpusFile)
	on("GET /atelier/corpus-txm.zip", (*visit).corpusFile)
	on("GET /atelier/corpus-txm-mots.zip", (*visit).corpusFile)
	on("GET /atelier/themes.csv", (*visit).reportFile)
	on("GET /atelier/segments.csv", (*visit).reportFile)
	on("GET /atelier/documents.csv", (*visit).reportFile)
	on("GET /atelier/comparer", (*visit).workshopCompare)
	on("GET /atelier/axes", (*visit).workshopAxes)
	on("POST /atelier/axes", (*visit).decideAxis)
	on("GET /atelier/mots", (*visit).workshopWords)
	on("GET /atelier/themes/{id}", (*visit).workshopTheme)
	on("POST /atelier/themes/{id}", (*visit).decideTheme)
	on("GET /atelier/themes/{id}/reunir", (*visit).previewMerge)
	on("GET /atelier/themes/{id}/diviser", (*visit).previewPart)
	on("POST /atelier/diviser", (*visit).split)
	on("POST /atelier/segments", (*visit).moveSegments)
	on("POST /atelier/annuler", (*visit).undo)
}

// report is the current edition's newest run, as people left it.
func (v *visit) report() (*analysis.Report, error) {
	var edition string
	v.s.view(func(st *consult.State) {
		if e := st.Current(v.s.now()); e != nil {
			edition = e.ID
		}
	})
	if edition == "" {
		return nil, desk.ErrNoRun
	}
	return v.s.Desk.Report(v.r.Context(), edition)
}

func themeOf(r *analysis.Report, id string) *analysis.Theme {
	for i := range r.Themes {
		if r.Themes[i].ID == id {
			return &r.Themes[i]
		}
	}
	return nil
}

func labelOf(r *analysis.Report, id string) string {
	if t := themeOf(r, id); t != nil {
		return t.Label
	}
	return "non classé"
}

// A quote is a segment with who said it, as the edition's rule allows.
type quote struct {
	Segment, Text, Who, Contribution, Nature, Theme, Why string
	Score                                                float64
}

// A mergedError is a theme that people have put into another.
type mergedError struct{ Label, Address string } // of the one that holds it now

func (e *mergedError) Error() string { return "web: the theme was merged" }

// merged is err, or where it is that nobody finds theme any more and a merge
// is why, the error that says so. root is where the pages of themes are.
func (v *visit) merged(err error, edition, theme, root string) error {
	if !errors.Is(err, consult.ErrNotFound) {
		return err
	}
	r, failed := v.s.Desk.Report(v.r.Context(), edition)
	if failed != nil {
		return err
	}
	if t := themeOf(r, v.s.Desk.Holder(edition, theme)); t != nil && t.ID != theme {
		return &mergedError{t.Label, root + t.ID}
	}
	return err
}

// quotes fills in who said what, for many segments in one look at the state.
func (v *visit) quotes(segments []analysis.Segment) []quote {
	out := make([]quote, 0, len(segments))
	v.s.view(func(st *consult.State) {
		for _, s := range segments {
			q := quote{s.ID, s.Text, "", "/contributions/" + s.Document + "#" + anchor(s.ID), s.Nature, s.Theme, s.Why, s.Score}
			if c := st.Contribution(s.Document); c != nil && !c.Erased {
				q.Who = st.Signature(st.Edition(c.Edition), c.Author)
			}
			out = append(out, q)
		}
	})
	return out
}

// anchor is where a contribution's page shows a segment.
func anchor(segment string) string {
	s, ok := motion.ParseSegment(segment)
	if !ok {
		return ""
	}
	return s.Fragment()
}

func byID(r *analysis.Report) map[string]analysis.Segment {
	m := make(map[string]analysis.Segment, len(r.Segments))
	for _, s := range r.Segments {
		m[s.ID] = s
	}
	return m
}

func (v *visit) mayReadThemes() (err error) {
	v.s.view(func(st *consult.State) {
		if e := st.Current(v.s.now()); e != nil && !st.MayRead(e, v.id()) {
			err = v.refuse()
		}
	})
	return err
}

func (v *visit) themes() error {
	if err := v.mayReadThemes(); err != nil {
		return err
	}
	r, err := v.report()
	if err != nil {
		if v.is(consult.Staff) {
			return v.redirect("/atelier")
		}
		return err
	}
	return v.page("themes.html", "Thèmes", map[string]any{"Themes": r.Themes, "Share": barsOf(r), "Summary": r.Corpus})
}

// barsOf is the length of each theme's bar, in percent of the longest: that of what
// themes are ranked by, the élus who speak of it or, where none is known, its texts.
func barsOf(r *analysis.Report) map[string]int {
	ranked := func(t *analysis.Theme) int {
		if r.Corpus.Authors > 0 {
			return t.Authors
		}
		return t.Documents
	}
	most := 1
	for i := range r.Themes {
		most = max(most, ranked(&r.Themes[i]))
	}
	out := make(map[string]int, len(r.Themes))
	for i := range r.Themes {
		out[r.Themes[i].ID] = 100 * ranked(&r.Themes[i]) / most
	}
	return out
}

// sentenceCase begins words as a sentence begins.
func sentenceCase(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// sentencesPage is how many sentences one page of a theme shows.
const sentencesPage = 50

func (v *visit) theme() error {
	if err := v.mayReadThemes(); err != nil {
		return err
	}
	data, err := v.themeData("/themes/", v.r.PathValue("id"), url.Values{"page": v.r.URL.Query()["page"]})
	if err != nil {
		return err
	}
	return v.page("theme.html", data.Theme.Label, data)
}

type themePage struct {
	Theme          analysis.Theme
	Stability      string
	Verbatims      []quote // on the first page
	Others         []quote // its segments that are not among the verbatims
	Total          int     // of those
	From, To       int     // which are shown, the first being 1
	Here           string  // the address of this page
	Previous, Next string
	All            []analysis.Theme
	Unplaced       bool
	Shares         []share // how present it is among the texts of each value
	Only           string  // which sentences alone are shown; "": all
	Workshop       bool    // in the workshop, where every place of a word can be looked up
}

// Places is where a term's sentences in the theme, or outside it, are shown; "" for
// who may not look them up.
func (p themePage) Places(t analysis.Term, outside bool) string {
	if !p.Workshop || t.In == 0 && !outside || t.Out == 0 && outside {
		return ""
	}
	return placesAddress(analysis.Look{Text: t.Form, Theme: p.Theme.ID, Outside: outside}) + "#phrases"
}

// themeData gathers one page of a theme's under root; "sans-theme" is what is
// unclassified. Of query it reads « page », and what [visit.which] reads.
func (v *visit) themeData(root, id string, query url.Values) (d themePage, err error) {
	edition, err := v.edition()
	if err != nil {
		return d, desk.ErrNoRun
	}
	r, err := v.s.Desk.Report(v.r.Context(), edition)
	if err != nil {
		return d, err
	}
	d.All, d.Workshop = r.Themes, root == workshopThemes
	address := root + id
	if id == "sans-theme" {
		d.Unplaced, id = true, ""
		d.Theme.Label = "Non classé"
	} else {
		t := themeOf(r, id)
		if t == nil {
			return d, v.merged(consult.ErrNotFound, edition, id, root)
		}
		d.Theme, d.Stability = *t, sentenceCase(analysis.StabilityWords(t.Stability))
	}
	d.Shares = shares(d.Theme, address)
	keeps, only, kept, err := v.which(edition, r, query, d.Workshop)
	if err != nil {
		return d, err
	}
	d.Only = only
	segments := byID(r)
	var best, others []analysis.Segment
	ranked := map[string]bool{}
	for _, x := range d.Theme.Verbatims {
		if s, ok := segments[x.Segment]; ok && len(best) < 30 && only == "" {
			best, ranked[s.ID] = append(best, s), true
		}
	}
	for _, s := range r.Segments {
		if s.Theme == id && !ranked[s.ID] && keeps(s) {
			others = append(others, s)
		}
	}
	d.Total = len(others)
	last := max(0, d.Total-1) / sentencesPage
	n, _ := strconv.Atoi(query.Get("page"))
	n = max(0, min(n, last))
	turn := func(n int) string {
		q := maps.Clone(kept)
		if n > 0 {
			q.Set("page", strconv.Itoa(n))
		}
		if len(q) == 0 {
			return address
		}
		return address + "?" + q.Encode()
	}
	d.Here = turn(n)
	if n > 0 {
		best, d.Previous = nil, turn(n-1)
	}
	if n < last {
		d.Next = turn(n + 1)
	}
	d.From, d.To = n*sentencesPage+1, min(d.Total, (n+1)*sentencesPage)
	d.Verbatims, d.Others = v.quotes(best), v.quotes(others[d.From-1:max(d.From-1, d.To)])
	return d, nil
}
