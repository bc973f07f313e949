package motion

import (
	"slices"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
)

// A Share is a part of a whole.
type Share struct{ Part, Whole int }

// Percent is the share rounded to a whole number; 100 only when it is whole,
// and 0 only when there is nothing.
func (s Share) Percent() int {
	if s.Whole == 0 || s.Part == 0 {
		return 0
	}
	p := (200*s.Part + s.Whole) / (2 * s.Whole)
	if s.Part < s.Whole {
		return max(1, min(p, 99))
	}
	return 100
}

// A Reflection says how far the text reflects a theme.
type Reflection struct {
	Theme     string // analysis.Theme.ID
	Label     string
	Cited     int        // of its segments
	Sentences []Sentence // that cite them, in the text's order
	Figures   Figures    // of the theme
}

// A Coverage says what of a report the text reflects.
type Coverage struct {
	Reflected     []Reflection // themes of which at least one segment is cited, by the report's order
	Missing       []Reflection // the others
	Contributions Share        // those that speak of a reflected theme
	Elus          Share        // their known authors
	Quoted        int          // contributions that the text cites itself
	Outdated      []string     // cited segments of a version that its author has since replaced
	Unplaced      []string     // cited segments that belong to no theme of the report
}

// Cover compares the text with a report. A cited segment that the report does
// not hold counts for those that it overlaps, so that citations survive a run
// that cuts elsewhere. Erased and hidden contributions count nowhere.
func Cover(t *Text, report *analysis.Report, people *consult.State) Coverage {
	var c Coverage
	themes := newPlaces(report)
	cited := map[string]map[string]bool{} // theme → segments
	sentences := map[string][]Sentence{}
	for _, s := range t.Sentences() {
		var here []string
		for _, id := range s.Citations {
			for _, theme := range themes.of(id) {
				if cited[theme] == nil {
					cited[theme] = map[string]bool{}
				}
				cited[theme][id] = true
				here = append(here, theme)
			}
		}
		slices.Sort(here)
		for _, theme := range slices.Compact(here) {
			sentences[theme] = append(sentences[theme], s)
		}
	}
	var total, reached []string
	byTheme := map[string][]string{}
	for _, s := range report.Segments {
		total = append(total, s.Document)
		byTheme[s.Theme] = append(byTheme[s.Theme], s.Document)
	}
	for _, d := range report.Documents {
		total = append(total, d.ID)
	}
	for _, theme := range report.Themes {
		r := Reflection{theme.ID, theme.Label, len(cited[theme.ID]), sentences[theme.ID], count(people, byTheme[theme.ID])}
		if r.Cited == 0 {
			c.Missing = append(c.Missing, r)
			continue
		}
		c.Reflected = append(c.Reflected, r)
		reached = append(reached, byTheme[theme.ID]...)
	}
	part, whole := count(people, reached), count(people, total)
	c.Contributions = Share{part.Contributions, whole.Contributions}
	c.Elus = Share{part.Elus, whole.Elus}
	c.Quoted = count(people, t.Contributions()).Contributions
	for _, id := range t.Citations() {
		if len(themes.of(id)) == 0 {
			c.Unplaced = append(c.Unplaced, id)
		}
		if s, ok := ParseSegment(id); ok {
			if x := people.Contribution(s.Contribution); x != nil && !x.Erased && s.Version < x.Version() {
				c.Outdated = append(c.Outdated, id)
			}
		}
	}
	return c
}

// places finds the themes of a segment.
type places struct {
	exact map[string]string
	spans map[string][]placed // by contribution
}

type placed struct {
	Segment
	theme string
}

func newPlaces(report *analysis.Report) places {
	p := places{map[string]string{}, map[string][]placed{}}
	known := map[string]bool{"": true}
	for _, t := range report.Themes {
		known[t.ID] = true
	}
	for _, s := range report.Segments {
		if !known[s.Theme] {
			continue
		}
		p.exact[s.ID] = s.Theme
		p.spans[s.Document] = append(p.spans[s.Document], placed{Segment{s.Document, s.Version, s.Start, s.End}, s.Theme})
	}
	return p
}

func (p places) of(id string) (themes []string) {
	if theme, ok := p.exact[id]; ok {
		if theme == "" {
			return nil
		}
		return []string{theme}
	}
	s, ok := ParseSegment(id)
	if !ok {
		return nil
	}
	for _, o := range p.spans[s.Contribution] {
		if o.theme != "" && s.overlaps(o.Segment) && !slices.Contains(themes, o.theme) {
			themes = append(themes, o.theme)
		}
	}
	return themes
}
