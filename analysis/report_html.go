package analysis

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/villes-internet/congres/analysis/theme"
)

//go:embed report.html
var page string

// WriteHTML writes rapport.html: one file that opens offline, needs no script,
// and explains itself.
func (r *Report) WriteHTML(w io.Writer) error {
	t, err := template.New("rapport").Funcs(template.FuncMap{
		"number": number, "decimal": french1, "count": plural, "of": of, "stability": StabilityWords, "bars": bars,
		"percent":  func(x float64) string { return strconv.Itoa(int(math.Round(100*x))) + "\u00a0%" },
		"add":      func(a, b int) int { return a + b },
		"decimal2": func(x float64) string { return strings.Replace(strconv.FormatFloat(x, 'f', 2, 64), ".", ",", 1) },
		"title":    capital,
		"clean":    func(s string) string { return strings.TrimSpace(strings.ToValidUTF8(s, "\ufffd")) },
	}).Parse(page)
	if err != nil {
		return err
	}
	return t.Execute(w, r.view())
}

// shownVerbatims is how many verbatims of a theme are open at first sight.
const shownVerbatims = 5

// A pageView is the report as the page reads it.
type pageView struct {
	*Report
	Chart        []bar
	Views        []themeView
	Unclassified []reason
	Aside        int // unclassified segments
	Weights      []weight
}

type themeView struct {
	Theme
	Chart     []bar
	First     []quote
	Rest      []quote
	Questions int // segments by nature
	Proposals int
	Witnesses int
	Facts     int
}

type quote struct {
	Verbatim
	Rank int
	Text string
	From string // document
	Kind string
}

type reason struct {
	Why      string
	Segments []Segment
	More     int
}

type weight struct {
	Name  string
	Share float64
}

type bar struct {
	Label string
	Value string
	Width float64
	Y     int
}

func (r *Report) view() pageView {
	v := pageView{Report: r, Weights: []weight{
		{"représentatif\u00a0: il contient les mots du thème et se tient près de son centre", theme.WeightTypical},
		{"bien formé\u00a0: une phrase entière, de longueur citable, qui se comprend seule", theme.WeightFormed},
		{"soutenu par d’autres personnes", theme.WeightSupported},
		{"différent des verbatims classés avant lui, par ses mots, son auteur·rice et sa commune", theme.WeightDistinct},
	}}
	segments := make(map[string]int, len(r.Segments))
	natures := make(map[string]map[string]int)
	index := make(map[string]int)
	for i, s := range r.Segments {
		segments[s.ID] = i
		if s.Theme != "" {
			if natures[s.Theme] == nil {
				natures[s.Theme] = make(map[string]int)
			}
			natures[s.Theme][s.Nature]++
			continue
		}
		v.Aside++
		at, ok := index[s.Why]
		if !ok {
			at = len(v.Unclassified)
			index[s.Why] = at
			v.Unclassified = append(v.Unclassified, reason{Why: s.Why})
		}
		const shown = 50
		if u := &v.Unclassified[at]; len(u.Segments) < shown {
			u.Segments = append(u.Segments, s)
		} else {
			u.More++
		}
	}
	labels, values := make([]string, len(r.Themes)), make([]float64, len(r.Themes))
	for i, t := range r.Themes {
		labels[i], values[i] = t.Label, float64(t.Documents)
		tv := themeView{Theme: t, Proposals: natures[t.ID][theme.Proposal], Questions: natures[t.ID][theme.Question],
			Witnesses: natures[t.ID][theme.Witness], Facts: natures[t.ID][theme.Fact]}
		var forms []string
		var chi2 []float64
		for _, term := range t.Terms[:min(8, len(t.Terms))] {
			forms, chi2 = append(forms, term.Form), append(chi2, term.Chi2)
		}
		tv.Chart = chart(forms, chi2, french1)
		for n, verbatim := range t.Verbatims {
			s := r.Segments[segments[verbatim.Segment]]
			q := quote{verbatim, n + 1, s.Text, s.Document, s.Nature}
			if n < shownVerbatims {
				tv.First = append(tv.First, q)
			} else {
				tv.Rest = append(tv.Rest, q)
			}
		}
		v.Views = append(v.Views, tv)
	}
	v.Chart = chart(labels, values, func(x float64) string { return number(int(x)) })
	return v
}

// The charts are barWidth units wide, a bar with its label rowHeight high.
const (
	barWidth  = 300
	rowHeight = 38
)

func chart(labels []string, values []float64, write func(float64) string) []bar {
	most := 0.
	for _, v := range values {
		most = max(most, v)
	}
	out := make([]bar, len(labels))
	for i, label := range labels {
		if letters := []rune(label); len(letters) > 44 {
			label = string(letters[:43]) + "…"
		}
		out[i] = bar{strings.ToValidUTF8(label, "\ufffd"), write(values[i]), 2, i * rowHeight}
		if most > 0 {
			out[i].Width = max(2, round(values[i]/most*barWidth, 1))
		}
	}
	return out
}

// bars draws a chart. Everything in it is also in the table behind it, so it is
// hidden from screen readers.
func bars(chart []bar) template.HTML {
	if len(chart) == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg viewBox="0 0 360 %d" aria-hidden="true" focusable="false">`, len(chart)*rowHeight)
	for _, c := range chart {
		fmt.Fprintf(&b, `<text x="0" y="%d">%s</text><rect x="0" y="%d" width="%s" height="14" rx="2"/><text class="v" x="%s" y="%d">%s</text>`,
			c.Y+13, template.HTMLEscapeString(c.Label), c.Y+18, decimal(c.Width), decimal(c.Width+6), c.Y+30, template.HTMLEscapeString(c.Value))
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

// capital gives a name the capital that opens a heading.
func capital(s string) string {
	s = strings.TrimSpace(strings.ToValidUTF8(s, "\ufffd"))
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// number writes an integer as French does: 12 345.
func number(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "\u202f" + digits[i:]
	}
	return digits
}

// french1 writes a number with one decimal: 12,3.
func french1(x float64) string {
	whole := int(math.Floor(x + .05))
	tenth := int(math.Floor((x+.05-float64(whole))*10 + 1e-9))
	return number(whole) + "," + strconv.Itoa(max(0, min(9, tenth)))
}

// of returns the share of n in total, in percent.
func of(n, total int) string {
	if total == 0 {
		return "0\u00a0%"
	}
	return strconv.Itoa(int(math.Round(100*float64(n)/float64(total)))) + "\u00a0%"
}
