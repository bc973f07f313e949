package motion

import (
	"cmp"
	"slices"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
)

// A Filter narrows the verbatims that a motion may cite by who spoke: "" is
// anything. Axis is a consult.Axis' ID, Department a code, Size what
// consult.Collectivity.Size says.
type Filter struct{ Axis, Department, Size string }

// A Choice is a value that a filter may take.
type Choice struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// Choices are the values that filters may take in an edition.
type Choices struct {
	Axes        []Choice `json:"axes"`
	Departments []Choice `json:"departments"`
	Sizes       []Choice `json:"sizes"`
}

// sizes in their order; the labels are consult's own.
func sizeOrder(people []*consult.Person) []string {
	smallest := map[string]int{}
	for _, p := range people {
		s := p.Town.Size()
		if n, known := smallest[s]; !known || p.Town.Population < n {
			smallest[s] = p.Town.Population
		}
	}
	var out []string
	for s := range smallest {
		if s != "" {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Compare(smallest[a], smallest[b]) })
	return out
}

// elus are those whom a territory may be asked of.
func elus(people *consult.State) []*consult.Person {
	return slices.DeleteFunc(people.People(), func(p *consult.Person) bool { return p.Role == consult.Staff })
}

// Offer lists the filters of an edition: territories only where at least five
// élus fit them.
func Offer(people *consult.State, edition *consult.Edition) Choices {
	c := Choices{Axes: []Choice{}, Departments: []Choice{}, Sizes: []Choice{}}
	if edition != nil {
		for _, a := range edition.Axes {
			c.Axes = append(c.Axes, Choice{a.ID, a.Title})
		}
	}
	all := elus(people)
	labels := map[string]string{}
	for _, p := range all {
		if d := p.Town.Department; d != "" && labels[d] == "" {
			labels[d] = p.Town.DepartmentTitle()
		}
	}
	for d, name := range labels {
		if (Filter{Department: d}).Allowed(people) {
			label := d
			if name != "" {
				label = name + " (" + d + ")"
			}
			c.Departments = append(c.Departments, Choice{d, label})
		}
	}
	slices.SortFunc(c.Departments, func(a, b Choice) int { return cmp.Compare(a.Value, b.Value) })
	for _, s := range sizeOrder(all) {
		if (Filter{Size: s}).Allowed(people) {
			c.Sizes = append(c.Sizes, Choice{s, s})
		}
	}
	return c
}

// Allowed is whether at least five élus fit the filter's territories together:
// two that are large may have few in common.
func (f Filter) Allowed(people *consult.State) bool {
	return f.Department == "" && f.Size == "" || people.Enough(f.from)
}

// from is whether an élu fits the territories.
func (f Filter) from(p *consult.Person) bool {
	return (f.Department == "" || p.Town.Department == f.Department) && (f.Size == "" || p.Town.Size() == f.Size)
}

// Fits is whether a contribution may be read and fits the filter.
func (f Filter) Fits(people *consult.State, c *consult.Contribution) bool {
	if c == nil || c.Erased || c.Hidden != "" || f.Axis != "" && c.Axis != f.Axis {
		return false
	}
	if f.Department == "" && f.Size == "" {
		return true
	}
	p := people.Person(c.Author)
	return p != nil && !p.Erased && p.Role != consult.Staff && f.from(p)
}

// Rank lists up to most segments of a theme that fit the filter: its verbatims
// by their rank, then, where the filter asks for something, its other segments,
// the most typical first.
func (f Filter) Rank(people *consult.State, t *analysis.Theme, segments []analysis.Segment, most int) []analysis.Segment {
	byID := map[string]analysis.Segment{}
	for _, s := range segments {
		byID[s.ID] = s
	}
	var order []analysis.Segment
	for _, v := range t.Verbatims {
		if s, ok := byID[v.Segment]; ok {
			order = append(order, s)
			delete(byID, v.Segment)
		}
	}
	if f != (Filter{}) {
		rest := slices.DeleteFunc(slices.Clone(segments), func(s analysis.Segment) bool { _, left := byID[s.ID]; return !left })
		slices.SortStableFunc(rest, func(a, b analysis.Segment) int { return cmp.Compare(b.Score, a.Score) })
		order = append(order, rest...)
	}
	var out []analysis.Segment
	for _, s := range order {
		if len(out) < most && f.Fits(people, people.Contribution(s.Document)) {
			out = append(out, s)
		}
	}
	return out
}

// A Reach is whom each theme of a report speaks for, so that a page can say
// live what a text covers: contributions and élus are numbers that mean
// nothing else.
type Reach struct {
	Contributions int             // in all
	Elus          int             // in all
	Themes        map[string]Part // by Theme.ID
}

// A Part is one theme's share of a reach.
type Part struct {
	Contributions []int `json:"contributions"`
	Elus          []int `json:"elus"`
}

// ReachOf counts as [Cover] does: erased and hidden contributions nowhere, and
// nobody who is unknown as an élu.
func ReachOf(report *analysis.Report, people *consult.State) Reach {
	r := Reach{Themes: map[string]Part{}}
	contributions, authors := map[string]int{}, map[string]int{}
	seen := map[[2]string]bool{} // theme, contribution or person
	number := func(in map[string]int, id string) int {
		n, known := in[id]
		if !known {
			n = len(in)
			in[id] = n
		}
		return n
	}
	take := func(theme, id string) {
		c := people.Contribution(id)
		if c == nil || c.Erased || c.Hidden != "" {
			return
		}
		if seen[[2]string{theme, id}] {
			return
		}
		seen[[2]string{theme, id}] = true
		p := r.Themes[theme]
		p.Contributions = append(p.Contributions, number(contributions, id))
		if a := people.Person(c.Author); a != nil && !a.Erased && a.Role != consult.Staff {
			n := number(authors, a.ID)
			if !seen[[2]string{theme, a.ID}] {
				seen[[2]string{theme, a.ID}] = true
				p.Elus = append(p.Elus, n)
			}
		}
		r.Themes[theme] = p
	}
	for _, s := range report.Segments {
		take(s.Theme, s.Document)
	}
	for _, d := range report.Documents {
		take("", d.ID)
	}
	delete(r.Themes, "")
	r.Contributions, r.Elus = len(contributions), len(authors)
	return r
}
