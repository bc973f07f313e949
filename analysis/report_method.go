package analysis

import (
	"html"
	"regexp"
	"strings"
)

// A Reason is why segments are in no theme, and which they are, in the report's
// order.
type Reason struct {
	Why      string // in French
	Segments []Segment
}

// Reasons gathers what is not classified, by reason, in the order in which these
// are met.
func (r *Report) Reasons() (out []Reason) {
	index := make(map[string]int)
	for _, s := range r.Segments {
		if s.Theme != "" {
			continue
		}
		at, ok := index[s.Why]
		if !ok {
			at = len(out)
			index[s.Why] = at
			out = append(out, Reason{Why: s.Why})
		}
		out[at].Segments = append(out[at].Segments, s)
	}
	return out
}

// Weak are the segments that their theme hardly holds, in the report's order.
func (r *Report) Weak() (out []Segment) {
	for _, s := range r.Segments {
		if s.Theme != "" && s.Why != "" {
			out = append(out, s)
		}
	}
	return out
}

// A Method is how a report was made, in the French of rapport.html, a paragraph a
// string.
type Method struct {
	Figures []string // how those of themes are read
	Steps   []string // in their order
	Limits  []string
	Reinert []string // how that classification was made; none where it was not
	AFC     []string // likewise
}

var (
	paragraph = regexp.MustCompile(`(?s)<(?:p|li)>(.*?)</(?:p|li)>`)
	tag       = regexp.MustCompile(`<[^>]*>`)
)

// Method says how the report was made, with the words of report_method.html.
func (r *Report) Method() (m Method, err error) {
	t, err := reportPages()
	if err != nil {
		return m, err
	}
	for _, part := range []struct {
		name string
		to   *[]string
	}{{"lire", &m.Figures}, {"etapes", &m.Steps}, {"limites", &m.Limits}, {"reinert", &m.Reinert}, {"afc", &m.AFC}} {
		var page strings.Builder
		if err := t.ExecuteTemplate(&page, part.name, pageView{Report: r, Weights: rankWeights}); err != nil {
			return m, err
		}
		for _, p := range paragraph.FindAllStringSubmatch(page.String(), -1) {
			*part.to = append(*part.to, strings.TrimSpace(html.UnescapeString(tag.ReplaceAllString(p[1], ""))))
		}
	}
	return m, nil
}
