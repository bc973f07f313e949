package motion

import (
	"cmp"
	"slices"
	"strings"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
)

// Bounds of a search: what lies beyond is not looked for.
const (
	maxSought     = 200 // bytes of what is sought
	maxSoughtWord = 10
)

// Search lists up to most segments of a report that fit the filter and hold all
// of the words, in their text or in how their author signs, whatever the case and
// the accents; the most typical of their themes first. total is how many there
// are. Without words there are none.
func (f Filter) Search(people *consult.State, edition *consult.Edition, report *analysis.Report, words string, most int) (found []analysis.Segment, total int) {
	sought := strings.Fields(consult.Comparable(strings.ToValidUTF8(words[:min(len(words), maxSought)], "")))
	if sought = sought[:min(len(sought), maxSoughtWord)]; len(sought) == 0 || !f.Allowed(people) {
		return nil, 0
	}
	signed := map[string]string{} // by author
	for _, s := range report.Segments {
		text := consult.Comparable(s.Text)
		lacks := slices.DeleteFunc(slices.Clone(sought), func(w string) bool { return strings.Contains(text, w) })
		c := people.Contribution(s.Document)
		if !f.Fits(people, c) {
			continue
		}
		if len(lacks) > 0 {
			who, known := signed[c.Author]
			if !known {
				who = consult.Comparable(people.Signature(edition, c.Author))
				signed[c.Author] = who
			}
			if slices.ContainsFunc(lacks, func(w string) bool { return !strings.Contains(who, w) }) {
				continue
			}
		}
		found = append(found, s)
	}
	slices.SortStableFunc(found, func(a, b analysis.Segment) int { return cmp.Compare(b.Score, a.Score) })
	return found[:min(len(found), most)], len(found)
}
