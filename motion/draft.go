package motion

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/motion/ydoc"
)

// quoted is how many verbatims a draft quotes of a theme, and how many
// proposals.
const quoted = 3

// Draft writes a first text under title from themes of a report, in their order: what the
// consultation was, then for each theme an axis, a recital whose figures are
// counted in people and whose verbatims are quoted, and the words to make a
// proposal of. Unknown themes are left out. The same arguments give the same
// text.
func Draft(title string, edition *consult.Edition, people *consult.State, report *analysis.Report, themes []string) []ydoc.Op {
	w := &writer{edition: edition, people: people}
	w.write(oneLine(title))
	w.end(Title)
	w.held()
	w.met()
	for _, id := range themes {
		i := slices.IndexFunc(report.Themes, func(t analysis.Theme) bool { return t.ID == id })
		if i < 0 {
			continue
		}
		var segments []analysis.Segment
		for _, s := range report.Segments {
			if s.Theme == id {
				segments = append(segments, s)
			}
		}
		w.theme(&report.Themes[i], segments)
	}
	return w.ops
}

type writer struct {
	edition *consult.Edition
	people  *consult.State
	ops     []ydoc.Op
	line    strings.Builder
	blocks  int
}

func (w *writer) write(s string) { w.line.WriteString(s) }

// flush writes what was said since the last attributes. Inserts carry
// explicit attributes, each its own map: none must leak from what is before.
func (w *writer) flush(attributes map[string]any) {
	if w.line.Len() > 0 {
		w.ops = append(w.ops, ydoc.Op{Insert: w.line.String(), Attributes: attributes})
		w.line.Reset()
	}
}

func (w *writer) end(k Kind) {
	w.flush(map[string]any{})
	w.blocks++
	w.ops = append(w.ops, newline(k, "d"+strconv.Itoa(w.blocks)))
}

// held says how the consultation was held.
func (w *writer) held() {
	w.write("Vu la consultation «" + nnbsp + oneLine(w.edition.Title) + nnbsp + "», ouverte du " +
		consult.Date(w.edition.Opens) + " au " + consult.Date(w.edition.Closes.Add(-time.Nanosecond)))
	f := count(w.people, all(w.people, w.edition.ID))
	if f.Contributions == 0 {
		w.write(nnbsp + ";")
		w.end(Visa)
		return
	}
	w.write(", qui a recueilli " + several(f.Contributions, "une contribution", "contributions"))
	switch who := f.who(); {
	case who == "":
		w.write(" sans auteur connu")
	case f.Unknown == 0:
		w.write(" " + elided("de", who))
	default:
		w.write(", dont " + ones(f.Contributions-f.Unknown) + " " + elided("de", who) + " et " + ones(f.Unknown) + " sans auteur connu")
	}
	w.write(nnbsp + ";")
	w.end(Visa)
}

// met counts the meetings.
func (w *writer) met() {
	meetings := w.people.Meetings(w.edition.ID)
	if len(meetings) == 0 {
		return
	}
	first, last := meetings[0], meetings[len(meetings)-1]
	if len(meetings) == 1 {
		w.write("Vu la rencontre thématique tenue le " + day(first.Date) + nnbsp + ";")
	} else {
		w.write("Vu les " + consult.Thousands(len(meetings)) + " rencontres thématiques tenues ")
		if first.Date == last.Date {
			w.write("le " + day(first.Date))
		} else {
			w.write("du " + day(first.Date) + " au " + day(last.Date))
		}
		w.write(nnbsp + ";")
	}
	w.end(Visa)
}

// unwritten begins a proposal that a person has still to write.
const unwritten = "Proposition à rédiger"

func (w *writer) theme(t *analysis.Theme, segments []analysis.Segment) {
	var ids []string
	for _, s := range segments {
		ids = append(ids, s.Document)
	}
	w.write(oneLine(t.Label))
	w.end(Axis)

	best := w.best(t, segments, "", nil)
	w.write("Considérant " + count(w.people, ids).expressed() + " sur le thème «" + nnbsp + oneLine(t.Label) + nnbsp + "»")
	for i, s := range best {
		w.write(before(i))
		w.quote(s)
	}
	w.write(nnbsp + ";")
	w.end(Recital)

	proposals := w.best(t, segments, "proposition", best)
	if len(proposals) == 0 {
		proposals = w.best(t, segments, "proposition", nil)
	}
	switch len(proposals) {
	case 0:
		w.write(unwritten)
	case 1:
		w.write(unwritten + ", d’après cette contribution")
	default:
		w.write(unwritten + ", d’après ces contributions")
	}
	w.flush(map[string]any{"em": true})
	for i, s := range proposals {
		w.write(before(i))
		w.quote(s)
	}
	w.write(".")
	w.end(Proposal)
}

// best chooses up to [quoted] segments of a nature ("" any): the theme's
// verbatims by rank, then, for a nature, its other segments by score. Those
// in but are not taken, nor one whose words are no longer there.
func (w *writer) best(t *analysis.Theme, segments []analysis.Segment, nature string, but []Segment) (out []Segment) {
	natures, scores := map[string]string{}, slices.Clone(segments)
	var order []string
	for _, s := range segments {
		natures[s.ID] = s.Nature
	}
	for _, v := range t.Verbatims {
		order = append(order, v.Segment)
	}
	if nature != "" {
		slices.SortStableFunc(scores, func(a, b analysis.Segment) int {
			switch {
			case a.Score > b.Score:
				return -1
			case a.Score < b.Score:
				return 1
			}
			return 0
		})
		for _, s := range scores {
			order = append(order, s.ID)
		}
	}
	for _, id := range order {
		s, ok := ParseSegment(id)
		if !ok || nature != "" && natures[id] != nature || slices.Contains(but, s) || slices.Contains(out, s) ||
			oneLine(s.Words(w.people)) == "" {
			continue
		}
		if out = append(out, s); len(out) == quoted {
			break
		}
	}
	return out
}

// before is what stands before the i-th of a list.
func before(i int) string {
	if i == 0 {
		return nbsp + ": "
	}
	return nnbsp + "; "
}

// quote writes « words » (signature). The citation covers exactly the words,
// so that what is typed behind them is not cited.
func (w *writer) quote(s Segment) {
	w.write("«" + nnbsp)
	w.flush(map[string]any{})
	w.write(oneLine(s.Words(w.people)))
	w.flush(map[string]any{CitePrefix + s.String(): true})
	author := ""
	if c := w.people.Contribution(s.Contribution); c != nil {
		author = c.Author
	}
	w.write(nnbsp + "» (" + oneLine(w.people.Signature(w.edition, author)) + ")")
}

// day writes a date that is kept as YYYY-MM-DD.
func day(s string) string {
	t, err := time.ParseInLocation("2006-01-02", s, consult.Paris)
	if err != nil {
		return s
	}
	return consult.Date(t)
}
