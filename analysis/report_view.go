package analysis

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/analysis/theme"
	"github.com/villes-internet/congres/corpora"
)

// A viewer makes the page's view of a report.
type viewer struct {
	*Report
	segment map[string]int      // identifier → place
	text    map[string]textLink // by document
	whole   bool                // the texts are in the page
	most    int                 // texts behind a count
	theme   map[string]textTheme
	kinds   []string
	holders map[string][]int // segments by term, see held
}

func (r *Report) view() pageView {
	w := &viewer{Report: r, segment: make(map[string]int), text: make(map[string]textLink), theme: make(map[string]textTheme),
		kinds: []string{theme.Fact, theme.Proposal, theme.Question, theme.Witness}}
	weight := 0
	for i := range r.Segments {
		w.segment[r.Segments[i].ID] = i
		weight += len(r.Segments[i].Text)
	}
	w.whole = weight <= shownBytes
	w.most = max(shownRefs, fair(r.counts(), shownLinks))
	for i := range r.Documents {
		link := textLink{Name: r.TextName(i)}
		if w.whole {
			link.N = i + 1
		}
		w.text[r.Documents[i].ID] = link
	}
	for _, t := range r.Themes {
		w.theme[t.ID] = textTheme{t.ID, capital(t.Label)}
	}
	w.holders = w.held()
	v := pageView{Report: r, Weights: rankWeights}
	lists, parts, classes, bares := w.lists()
	letters := make(map[string]string)
	for n, a := range r.Axes {
		for _, id := range a.Themes {
			letters[id] = r.AxisLetter(n)
		}
	}
	for n, t := range r.Themes {
		v.Views = append(v.Views, w.themeView(n, t, letters[t.ID], lists, parts))
	}
	at := make(map[string]*themeView)
	for n := range v.Views {
		at[v.Views[n].ID] = &v.Views[n]
	}
	for n, a := range r.Axes {
		out := axisView{Axis: a, Letter: r.AxisLetter(n)}
		for _, id := range a.Themes {
			if t := at[id]; t != nil {
				out.Views = append(out.Views, t)
			}
		}
		v.Outline = append(v.Outline, out)
	}
	if len(r.Axes) == 0 {
		out := axisView{}
		for n := range v.Views {
			out.Views = append(out.Views, &v.Views[n])
		}
		v.Outline = append(v.Outline, out)
	}
	w.aside(&v)
	if r.Second != nil {
		for n, c := range r.Second.Classes {
			k := classView{Class: c, N: n + 1, All: classes[n+1], Theme: w.theme[c.Theme]}
			var forms []string
			for _, t := range c.Terms[:min(4, len(c.Terms))] {
				forms = append(forms, t.Form)
			}
			k.Label = strings.Join(forms, ", ")
			for _, id := range c.Typical {
				if i, ok := w.segment[id]; ok {
					k.Quotes = append(k.Quotes, w.quote(r.Segments[i]))
				}
			}
			v.Classes = append(v.Classes, k)
		}
	}
	if r.Bare != nil {
		for n, t := range r.Bare.Themes {
			v.Bares = append(v.Bares, bareView{t, n + 1, bares[n+1], w.theme[t.Theme]})
		}
	}
	for _, e := range r.Lexicon[:min(shownLexicon, len(r.Lexicon))] {
		v.Words = append(v.Words, entryView{e, w.saidIn(w.holders[e.Form], anywhere)})
	}
	if r.Network != nil {
		for _, e := range r.Network.Edges {
			a, b := r.Network.Nodes[e.A].Form, r.Network.Nodes[e.B].Form
			v.Pairs = append(v.Pairs, pairView{e, a, b, w.refs(common(w.holders[a], w.holders[b]), anywhere)})
		}
	}
	w.texts(&v)
	v.draw()
	return v
}

// TextName is what people are told a text is, by its place: its identifier, which its team knows,
// or, as the service's identifiers say nothing to anybody, its rank in the corpus
// and the commune that it comes from, where the report counts communes.
func (r *Report) TextName(i int) string {
	d := &r.Documents[i]
	if !r.Workshop {
		return d.ID
	}
	name := strconv.Itoa(i + 1)
	if town := d.Values[corpora.VarCommune]; town != "" && town != Others {
		name += ", " + town
	}
	return name
}

func (w *viewer) quote(s Segment) quote {
	return quote{Text: s.Text, From: w.text[s.Document], Kind: s.Nature}
}

// held finds the segments of every term that the page counts; none where the
// page has no texts to lead to.
func (w *viewer) held() map[string][]int {
	if !w.whole {
		return nil
	}
	var lexicon lexis.Lexicon
	rows := make([][]lexis.Word, len(w.Segments))
	for i := range w.Segments {
		rows[i] = lexicon.Read(w.Segments[i].Text)
	}
	var forms []string
	for _, t := range w.Themes {
		for _, term := range t.Terms {
			forms = append(forms, term.Form)
		}
	}
	for _, e := range w.Lexicon[:min(shownLexicon, len(w.Lexicon))] {
		forms = append(forms, e.Form)
	}
	if w.Network != nil {
		for _, n := range w.Network.Nodes {
			forms = append(forms, n.Form)
		}
	}
	keys := make([]lexis.Key, len(forms))
	for n, form := range forms {
		keys[n] = lexicon.Key(form)
	}
	out := make(map[string][]int, len(forms))
	for n, rows := range lexis.Holders(rows, keys) {
		out[forms[n]] = rows
	}
	return out
}

func anywhere(string) bool { return true }

// saying is what says a term in the themes that fit.
func (w *viewer) saying(form string, fits func(theme string) bool) behind {
	return w.refs(w.holders[form], fits)
}

// refs is the segments, given by their places, of the themes that fit: themselves
// where they are few, else their texts.
func (w *viewer) refs(segments []int, fits func(theme string) bool) behind {
	var out behind
	for _, i := range segments {
		if s := &w.Segments[i]; fits(s.Theme) {
			if len(out.Said) == shownSaid {
				return w.saidIn(segments, fits)
			}
			out.Said = append(out.Said, w.quote(*s))
		}
	}
	return out
}

// saidIn is the texts of segments, given by their places, of the themes that fit.
func (w *viewer) saidIn(segments []int, fits func(theme string) bool) behind {
	out := behind{File: "segments.csv"}
	last := ""
	for _, i := range segments {
		if s := &w.Segments[i]; s.Document != last && fits(s.Theme) {
			last = s.Document
			out.add(w.text[last], w.most)
		}
	}
	return out
}

// add puts a text behind a count, which shows so many at most.
func (b *behind) add(t textLink, most int) {
	if len(b.Texts) < most {
		b.Texts = append(b.Texts, t)
	} else {
		b.More++
	}
}

// common is what two ascending lists have in common.
func common(a, b []int) (out []int) {
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); ok {
			out = append(out, x)
		}
	}
	return out
}

// valued is the texts of a variable's value; none where the page has no texts to
// lead to.
func (w *viewer) valued(variable, value string) behind {
	out := behind{File: w.ValuesFile()}
	if !w.whole {
		return out
	}
	for _, d := range w.Documents {
		if d.Values[variable] == value {
			out.add(w.text[d.ID], w.most)
		}
	}
	return out
}

// counts is how many texts, at most, stand behind each of the page's counts.
func (r *Report) counts() (out []int) {
	count := func(n int) {
		if n > 0 {
			out = append(out, n)
		}
	}
	said := func(n int) { // sentences, which stand behind it themselves where they are few
		if n > shownSaid {
			count(n)
		}
	}
	for _, t := range r.Themes {
		for _, x := range t.Terms {
			said(x.In)
			said(x.Out)
		}
		for _, x := range t.Profile {
			count(x.In)
		}
		for _, x := range t.Subthemes {
			count(x.Segments - shownSegments)
		}
	}
	for _, x := range r.Lexicon[:min(shownLexicon, len(r.Lexicon))] {
		count(x.Documents)
	}
	if r.Network != nil {
		for _, x := range r.Network.Edges {
			said(x.N)
		}
	}
	for _, v := range r.Variables {
		for _, m := range v.Modalities {
			count(m.Documents)
		}
	}
	if r.Second != nil {
		for _, x := range r.Second.Classes {
			count(x.Segments - shownClass)
		}
	}
	if r.Bare != nil {
		for _, x := range r.Bare.Themes {
			count(x.Segments - shownClass)
		}
	}
	return out
}

// fair is the most that each of some sizes may have, so that all together have no more
// than total: what the small ones leave goes to the large ones (max-min fairness).
func fair(sizes []int, total int) int {
	sizes = slices.Sorted(slices.Values(sizes))
	for i, n := range sizes {
		if left := len(sizes) - i; n > total/left {
			return total / left
		}
		total -= n
	}
	return math.MaxInt
}

// ValuesFile is the file beside the page that says which text has which value; the
// service has a workbook too.
func (r *Report) ValuesFile() string {
	if r.Workshop {
		return "rapport.xlsx"
	}
	return "rapport.json"
}

// A kindOf is a theme and a nature, or a sub-theme.
type kindOf struct {
	theme, nature string
	sub           int
}

// lists gathers all sentences, by theme and nature, by sub-theme, by class and by
// theme without the tables.
func (w *viewer) lists() (natures, parts map[kindOf]*list, classes, bares map[int]list) {
	natures, parts, classes, bares = make(map[kindOf]*list), make(map[kindOf]*list), make(map[int]list), make(map[int]list)
	put := func(m map[kindOf]*list, k kindOf, s *Segment) {
		l := m[k]
		if l == nil {
			l = &list{Name: k.nature}
			m[k] = l
		}
		most := shownSegments
		if k.sub == 0 {
			most = w.all(most)
		}
		w.put(l, s, most)
	}
	byScore, scores := make([]int, len(w.Segments)), make([]float64, len(w.Segments))
	for i := range byScore {
		byScore[i], scores[i] = i, w.Segments[i].Score
	}
	slices.SortStableFunc(byScore, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	for _, i := range byScore {
		s := &w.Segments[i]
		if s.Theme != "" {
			put(natures, kindOf{s.Theme, s.Nature, 0}, s)
			if s.Sub > 0 {
				put(parts, kindOf{s.Theme, "", s.Sub}, s)
			}
		}
		for _, x := range []struct {
			of int
			in map[int]list
		}{{s.Class, classes}, {s.Bare, bares}} {
			if x.of > 0 {
				l := x.in[x.of]
				l.File = "rapport.json" // which alone says the class
				w.put(&l, s, shownClass)
				x.in[x.of] = l
			}
		}
	}
	return natures, parts, classes, bares
}

// all is how many sentences a list shows that shows all of them where the page has the
// texts.
func (w *viewer) all(otherwise int) int {
	if w.whole {
		return math.MaxInt
	}
	return otherwise
}

// put adds a sentence to a list that shows so many at most.
func (w *viewer) put(l *list, s *Segment, most int) {
	l.Total++
	if len(l.Items) < most {
		l.Items = append(l.Items, w.quote(*s))
		return
	}
	l.More++
	if link := w.text[s.Document]; w.whole && len(l.Texts) < w.most && !slices.Contains(l.Texts, link) {
		l.Texts = append(l.Texts, link)
	}
}

func (w *viewer) themeView(n int, t Theme, letter string, lists, parts map[kindOf]*list) themeView {
	v := themeView{Theme: t, N: n + 1, Letter: letter}
	for rank, verbatim := range t.Verbatims {
		i, ok := w.segment[verbatim.Segment]
		if !ok {
			continue
		}
		q := w.quote(w.Segments[i])
		q.Verbatim, q.Rank = verbatim, rank+1
		if rank < shownVerbatims {
			v.First = append(v.First, q)
		} else {
			v.Rest = append(v.Rest, q)
		}
		v.propose(q)
	}
	for _, kind := range w.kinds {
		l := lists[kindOf{t.ID, kind, 0}]
		if l == nil {
			continue
		}
		v.Natures = append(v.Natures, *l)
		if kind == theme.Proposal { // those that are no verbatim follow, the most typical first
			for _, q := range l.Items {
				v.propose(q)
			}
		}
	}
	for _, term := range t.Terms {
		v.Words = append(v.Words, wordView{term, w.saying(term.Form, func(theme string) bool { return theme == t.ID }),
			w.saying(term.Form, func(theme string) bool { return theme != t.ID })})
	}
	for n, sub := range t.Subthemes {
		p := partView{Subtheme: sub, N: n + 1}
		for _, id := range sub.Verbatims {
			if i, ok := w.segment[id]; ok {
				p.Quotes = append(p.Quotes, w.quote(w.Segments[i]))
			}
		}
		if l := parts[kindOf{t.ID, "", n + 1}]; l != nil {
			p.All = *l
		}
		v.Parts = append(v.Parts, p)
	}
	in := make(map[[2]string]*behind)
	for i := range w.Documents {
		d := &w.Documents[i]
		if !w.whole { // none to lead to
			break
		}
		if !slices.Contains(d.Themes, t.ID) {
			continue
		}
		link := w.text[d.ID]
		v.Texts = append(v.Texts, link)
		for name, value := range d.Values {
			k := [2]string{name, value}
			if in[k] == nil {
				in[k] = &behind{File: w.ValuesFile()}
			}
			in[k].add(link, w.most)
		}
	}
	for n, s := range t.Profile {
		share := shareView{Share: s, N: n + 1}
		if texts := in[[2]string{s.Variable, s.Modality}]; texts != nil {
			share.Behind = *texts
		}
		v.Shares = append(v.Shares, share)
		if s.Apart() {
			v.Apart = append(v.Apart, share)
		}
	}
	return v
}

// propose adds a proposal to those shown, unless it is quoted already.
func (v *themeView) propose(q quote) {
	same := func(x quote) bool { return x.Text == q.Text }
	if q.Kind == theme.Proposal && len(v.Proposals) < shownProposals && !slices.ContainsFunc(v.First, same) && !slices.ContainsFunc(v.Proposals, same) {
		v.Proposals = append(v.Proposals, q)
	}
}

// aside gathers what is not classified, by reason, and what hardly is.
func (w *viewer) aside(v *pageView) {
	for _, x := range w.Reasons() {
		u := reason{Why: x.Why}
		for i := range x.Segments {
			w.put(&u.list, &x.Segments[i], w.all(shownAside))
		}
		v.Aside += len(x.Segments)
		v.Unclassified = append(v.Unclassified, u)
	}
	weak := w.Weak()
	for i := range weak {
		w.put(&v.Weak, &weak[i], w.all(shownAside))
	}
}

// texts lists all texts, and the funnel.
func (w *viewer) texts(v *pageView) {
	said := make(map[string][]*Segment)
	placed := 0
	for i := range w.Segments {
		s := &w.Segments[i]
		if s.Theme != "" {
			placed++
		}
		if w.whole {
			said[s.Document] = append(said[s.Document], s)
		}
	}
	if w.whole {
		for _, d := range w.Documents {
			t := textView{Placed: d, Link: w.text[d.ID], Text: d.text(said[d.ID])}
			t.Keywords = t.Keywords[:min(shownKeywords, len(t.Keywords))]
			for _, id := range d.Themes {
				t.Themes = append(t.Themes, w.theme[id])
			}
			v.Texts = append(v.Texts, t)
		}
	}
	c := w.Corpus
	v.Funnel = []funnel{{"Textes lus", c.Documents, "", "#textes"}}
	if c.Authors > 0 {
		v.Funnel = append(v.Funnel, funnel{"Auteur·rices connu·es", c.Authors, "compté·es, jamais nommé·es", "#textes"})
	}
	if c.Communes > 0 {
		x := funnel{"Communes", c.Communes, "comptées, non nommées", "#textes"}
		if n := slices.IndexFunc(w.Variables, func(x Variable) bool { return x.Name == corpora.VarCommune }); n >= 0 {
			x.Of, x.Link = "", "#qui-"+strconv.Itoa(n+1)
		}
		v.Funnel = append(v.Funnel, x)
	}
	v.Funnel = append(v.Funnel, funnel{"Textes dans un thème", c.Documents - c.Unplaced, of(c.Documents-c.Unplaced, c.Documents) + " des textes", "#themes"},
		funnel{"Phrases", c.Segments, "", "#textes"}, funnel{"Phrases dans un thème", placed, of(placed, c.Segments) + " des phrases", "#themes"})
	if weak := v.Weak.Total; weak > 0 {
		v.Funnel = append(v.Funnel, funnel{"dont peu liées à leur thème", weak, of(weak, c.Segments) + " des phrases", "#peu-liees"})
	}
	v.Funnel = append(v.Funnel,
		funnel{"Phrases non classées", c.Segments - placed, of(c.Segments-placed, c.Segments) + " des phrases", "#non-classes"})
	for n, x := range w.Variables {
		out := variableView{Variable: x, N: n + 1}
		for _, m := range x.Modalities {
			out.Values = append(out.Values, valueView{m, w.valued(x.Name, m.Name)})
		}
		v.Spoken = append(v.Spoken, out)
	}
}
