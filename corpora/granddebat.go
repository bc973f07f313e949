package corpora

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/villes-internet/congres/corpora/office"
)

// Columns of the exports of the Grand débat national (2019), and of other
// consultations on the same platform, that are about a contribution and its
// author; all others are questions.
var debateColumns = []string{"id", "reference", "title", "createdAt", "publishedAt", "updatedAt", "trashed", "trashedStatus",
	"authorId", "authorUsername", "authorEmail", "authorType", "authorZipCode"}

// A question is a column of such an export.
type question struct {
	column int
	header string
	code   string // short and stable: « 160 »
	title  string
	closed bool // few answers for all: a variable
}

// questionsOf says which columns are questions; none when the table is no such
// export.
func (t *Table) questionsOf() []question {
	for _, name := range []string{"authorId", "authorType", "authorZipCode", "createdAt"} {
		if t.Column(name) < 0 {
			return nil
		}
	}
	var out []question
	for i, h := range t.Header {
		if slices.Contains(debateColumns, h) {
			continue
		}
		code, title := questionName(h)
		if code == "" {
			code = "q" + strconv.Itoa(len(out)+1)
		}
		out = append(out, question{i, h, code, title, t.closed(i)})
	}
	return out
}

// questionName parts « QUXVlc3Rpb246MTYw - Que faire ? » and « Q160 - Que
// faire ? », by which the files of different dates name one question: what
// follows Q is its number, or « Question:160 » in base 64. Some files have the
// title alone.
func questionName(header string) (code, title string) {
	head, title, found := strings.Cut(header, " - ")
	code, q := strings.CutPrefix(head, "Q")
	if !found || !q || code == "" || strings.ContainsAny(code, " \t") {
		return "", header
	}
	if strings.Trim(code, "0123456789") == "" {
		return code, title
	}
	if plain, err := base64.StdEncoding.DecodeString(code); err == nil {
		if number, ok := strings.CutPrefix(string(plain), "Question:"); ok && utf8.ValidString(number) {
			return number, title
		}
	}
	return code, title
}

// Bounds of what makes a question closed: so few answers make up most of all,
// or, where there are too few to tell, they are this short.
const (
	fewAnswers   = 12
	enoughToTell = 20
	fewWords     = 3
)

// closed says whether a question was answered by choosing, in which case several
// choices are joined by « | » and a free one may follow.
func (t *Table) closed(column int) bool {
	n, words := 0, 0
	times := make(map[string]int)
	all := 0
	for _, row := range t.Rows {
		cell := strings.TrimSpace(row[column])
		if cell == "" {
			continue
		}
		n++
		words += len(strings.Fields(cell))
		for choice := range strings.SplitSeq(cell, "|") {
			times[choice]++
			all++
		}
	}
	if n == 0 {
		return true
	}
	if n < enoughToTell {
		return words <= n*fewWords
	}
	var counts []int
	for _, n := range times {
		counts = append(counts, n)
	}
	slices.SortFunc(counts, func(a, b int) int { return b - a })
	most := 0
	for _, n := range counts[:min(len(counts), fewAnswers)] {
		most += n
	}
	return most*10 >= all*7
}

// unfold makes a row of each answer to an open question of such an export, with
// its question and, as variables, what the same person chose in closed ones. An
// answer's identifier is its contribution's and its question's. Contributions
// that moderation took away are left out.
func (t *Table) unfold() error {
	questions := t.questionsOf()
	if !slices.ContainsFunc(questions, func(q question) bool { return !q.closed }) {
		return nil
	}
	kept := []string{"createdAt", "publishedAt", "authorId", "authorType", "authorZipCode"}
	header := []string{"id", "texte", "question", "titre donné"}
	var from []int
	for _, name := range kept {
		if i := t.Column(name); i >= 0 {
			header, from = append(header, name), append(from, i)
		}
	}
	for _, q := range questions {
		if q.closed && t.used(q.column) {
			header, from = append(header, q.title), append(from, q.column)
		}
	}
	out := &Table{Name: t.Name, most: t.most, Header: names(header)}
	trashed := 0
	for i := range t.Rows {
		if strings.EqualFold(t.Cell(i, "trashed"), "true") {
			trashed++
			continue
		}
		id := t.Cell(i, "reference")
		if id == "" {
			id = t.Cell(i, "id")
		}
		if id == "" {
			id = strconv.Itoa(i + 1)
		}
		var shared []string // by all answers of a person
		for _, q := range questions {
			text := t.Rows[i][q.column]
			if q.closed || strings.TrimSpace(text) == "" {
				continue
			}
			if shared == nil {
				shared = append(shared, t.Cell(i, "title"))
				for _, column := range from {
					shared = append(shared, strings.TrimSpace(t.Rows[i][column]))
				}
			}
			out.add(t.Lines[i], append([]string{id + "/" + q.code, text, q.title}, shared...))
		}
		if out.full() || len(out.Rows)*len(out.Header) > office.MaxCells {
			break
		}
	}
	if trashed > 0 {
		t.doubt(0, "", false, "%s par la modération\u00a0: laissées de côté.", count(trashed, "contribution a été retirée", "contributions ont été retirées"))
	}
	t.Header, t.Rows, t.Lines, t.Unfolded, t.questions = out.Header, out.Rows, out.Lines, true, questions
	return t.pad()
}

// Only keeps the answers to one open question of such an export, which is named
// by its column in the file or by its words. It says no, and keeps all, when
// there is no such question.
func (t *Table) Only(name string) bool {
	at := t.Column("question")
	for _, q := range t.questions {
		if q.closed || plain(q.header) != plain(name) && plain(q.title) != plain(name) {
			continue
		}
		rows, lines := t.Rows, t.Lines
		t.Rows, t.Lines = nil, nil
		for i, row := range rows {
			if row[at] == q.title {
				t.add(lines[i], row)
			}
		}
		return true
	}
	return false
}

// answers adds the answers of a contribution in JSON to its row: for each
// question a column, named as in the CSV of the same export. It says no when
// value is no list of answers.
func (t *Table) answers(row *[]string, index map[string]int, value json.RawMessage) bool {
	var list []struct {
		ID        string  `json:"questionId"`
		Title     *string `json:"questionTitle"`
		Value     any     `json:"value"`
		Formatted any     `json:"formattedValue"`
	}
	if json.Unmarshal(value, &list) != nil || len(list) == 0 {
		return false
	}
	for _, a := range list {
		if a.Title == nil {
			return false
		}
	}
	for _, a := range list {
		t.set(row, index, "Q"+a.ID+" - "+oneLine(*a.Title), answer(a.Value, a.Formatted))
	}
	return true
}

// answer is what was answered: chosen labels, and a free one, joined by « | »;
// otherwise words as they were written.
func answer(value, formatted any) string {
	words, _ := value.(string)
	if strings.HasPrefix(words, "{") {
		var chosen struct {
			Labels []string `json:"labels"`
			Other  string   `json:"other"`
		}
		if json.Unmarshal([]byte(words), &chosen) == nil && (len(chosen.Labels) > 0 || chosen.Other != "") {
			if chosen.Other != "" {
				chosen.Labels = append(chosen.Labels, chosen.Other)
			}
			return strings.Join(chosen.Labels, "|")
		}
	}
	if shown, _ := formatted.(string); shown != "" {
		return shown
	}
	return words
}
