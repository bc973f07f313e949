package corpora

import (
	"slices"
	"strconv"
	"strings"
)

// What makes a column answers to an open question beside that of the texts: about as
// long, and about as seldom twice the same.
const (
	fewestWords = 8 // on average
	asLong      = 3 // times shorter, at most
	fewestEach  = 3 // answers
)

// talks says whether a column's first cells may be answers to an open question.
func (t *Table) talks(column int) bool {
	words := 0
	n := t.filled(column, func(cell string) { words += len(strings.Fields(cell)) })
	return n > 0 && 2*words >= fewestWords*n
}

// An answering is how a column is answered.
type answering struct {
	cells, words, distinct int
}

func (t *Table) answering(column int) answering {
	var a answering
	seen := make(map[string]bool)
	for _, row := range t.Rows {
		cell := strings.TrimSpace(row[column])
		if cell == "" {
			continue
		}
		a.cells++
		a.words += len(strings.Fields(cell))
		seen[cell] = true
	}
	a.distinct = len(seen)
	return a
}

// Questions lists the columns of a table that hold free answers as long as those of
// c.Text, itself included; nil when it is the only one. A second copy of the texts,
// and what was replied to them, are none.
func (t *Table) Questions(c Columns) []string {
	first := t.Column(c.Text)
	if first < 0 || t.Unfolded || !slices.Contains([]string{"csv", "xlsx", "ods"}, t.Format) || t.decidim() {
		return nil
	}
	other := append(c.Mapped(), t.Private(c)...)
	var may []int
	for i, h := range t.Header {
		if i == first || t.talks(i) && !slices.Contains(other, h) && !replies(h) {
			may = append(may, i)
		}
	}
	if len(may) < 2 || !t.talks(first) {
		return nil
	}
	a := t.answering(first)
	var out []string
	for _, i := range may {
		b := a
		if i != first {
			b = t.answering(i)
		}
		if b.cells < fewestEach || b.words < fewestWords*b.cells || asLong*b.words*a.cells < a.words*b.cells || // shorter
			2*b.distinct*a.cells < a.distinct*b.cells || i != first && t.same(first, i, b.cells) {
			continue
		}
		out = append(out, t.Header[i])
	}
	if len(out) < 2 || !slices.Contains(out, c.Text) {
		return nil
	}
	return out
}

// replies says whether a header is that of what was answered to people.
func replies(header string) bool {
	name := plain(header)
	for _, start := range []string{"answer", "reponse de", "reponse du", "reponse des", "reponse officielle", "reponse apportee", "moderation", "commentaire du moderateur"} {
		if name == start || strings.HasPrefix(name, start+" ") {
			return true
		}
	}
	return false
}

// same says whether a third of a column's cells repeat those of another.
func (t *Table) same(column, other, cells int) bool {
	n := 0
	for _, row := range t.Rows {
		if cell := strings.TrimSpace(row[other]); cell != "" && strings.TrimSpace(row[column]) == cell {
			n++
		}
	}
	return 3*n > cells
}

// Ask makes a row of each answer to one of the questions, which are columns, and
// says where its parts now are. The question is the axis; an answer's identifier is
// its row's and its question's rank. A title goes before the row's first answer.
// Everything else is said of each. Answers to the questions left out are no rows, and
// // the ranks of the others stay. axis is the column that was the axis, "" for none.
func (t *Table) Ask(c Columns, questions []string, left ...string) (asks Columns, axis string) {
	asked := make([]int, len(questions))
	for n, q := range questions {
		asked[n] = t.Column(q)
	}
	header, from := []string{"texte", "question", "identifiant de la réponse"}, []int(nil)
	id, title := t.Column(c.ID), t.Column(c.Title)
	for i, h := range t.Header {
		if i == id || slices.Contains(asked, i) {
			continue
		}
		if h == VarAxis { // the question's name in a corpus
			h += " donné"
		}
		header, from = append(header, h), append(from, i)
	}
	header = names(header)
	now := make(map[string]string, len(header))
	for n, i := range from {
		now[t.Header[i]] = header[3+n]
	}
	last := -1 // question that is not left out
	for n, q := range questions {
		if !slices.Contains(left, q) {
			last = n
		}
	}
	out := &Table{}
	for r, row := range t.Rows {
		answered := slices.ContainsFunc(asked, func(column int) bool { return strings.TrimSpace(row[column]) != "" })
		some := false
		for n, column := range asked {
			if slices.Contains(left, questions[n]) || strings.TrimSpace(row[column]) == "" && (answered || n < last) {
				continue // the last one, if none is answered, tells that the row is empty
			}
			key := ""
			if id < 0 {
				key = strconv.Itoa(r + 1)
			} else {
				key = strings.TrimSpace(row[id])
			}
			if key != "" {
				key += "/q" + strconv.Itoa(n+1)
			}
			cells := append(make([]string, 0, len(header)), row[column], questions[n], key)
			for _, i := range from {
				if i == title && some {
					cells = append(cells, "")
				} else {
					cells = append(cells, row[i])
				}
			}
			out.add(t.Lines[r], cells)
			some = true
		}
	}
	for cell := range t.faults {
		if slices.Contains(questions, cell.column) {
			t.faults[cellOf{cell.line, header[0]}] = true
		}
	}
	t.Header, t.Rows, t.Lines, t.Asked = header, out.Rows, out.Lines, slices.DeleteFunc(slices.Clone(questions), func(q string) bool { return slices.Contains(left, q) })
	for _, field := range c.fields() {
		*field = now[*field]
	}
	axis = c.Axis
	c.Text, c.Axis, c.ID = header[0], header[1], header[2]
	return c, axis
}
