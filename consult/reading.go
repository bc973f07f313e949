package consult

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/villes-internet/congres/corpora"
)

// A Reading is what importing a table of contributions would do, and what its
// sender should look at before. The same reading is shown and imported, on
// pages and on the command line.
type Reading struct {
	Origin    string
	Columns   corpora.Columns // of the file
	Header    []string        // likewise
	Unread    []string        // columns of the file that have cells and are not taken
	Questions []Question      // open ones of which each answer is a row; none where the file has only texts
	Total     int             // rows of the file
	Answers   int             // to the questions that are read: those of Rows and those left out
	Rows      []Imported      // those that an import takes, in order
	Lines     []int           // of the file, where each of Rows starts
	Doubts    []corpora.Doubt // all, by line; a severe one's row is left out
	Doubted   int             // rows, or answers, that have one
	Whole     int             // doubts about the whole file
	Left      int             // rows, or answers, that are left out
	Authors   int             // rows whose author is known
	Axes      []AxisUse       // the values of the axis's column, the most frequent first
	Tally     Tally           // what [Reading.Compare] found
	Copies    []int           // likewise: of Rows, those that are new though their words are there already, from elsewhere
}

// A Question is an open one of a file.
type Question struct {
	Name    string
	Read    bool   // staff left it ticked
	Answers int    // that are not empty
	Axis    string // the title of the edition's axis of that name; "": none, and each answer keeps the question
}

// A Choice is what of a file is read as contributions.
type Choice struct {
	corpora.Columns
	Alone bool     // Text is read alone, were there other questions
	Left  []string // questions that are not read
}

// An AxisUse says how many rows are under one value of the axis's column, and
// which question it names; Axis is empty when none.
type AxisUse struct {
	Value string
	Axis  string
	Rows  int
}

// OriginOf is what a file's contributions are said to come from unless staff
// give another name: the file's, without its extension.
func OriginOf(file string) string {
	base := filepath.Base(strings.ReplaceAll(file, "\\", "/"))
	return CleanOrigin(strings.TrimSuffix(base, filepath.Ext(base)))
}

// CleanOrigin makes a name of one line and 100 characters at most, never empty.
func CleanOrigin(name string) string {
	r := []rune(OneLine(strings.ToValidUTF8(name, "")))
	return cmp.Or(string(r[:min(len(r), 100)]), "import")
}

// CleanQuestion makes one line of a question, of 300 characters at most; "" of none.
func CleanQuestion(s string) string {
	r := []rune(OneLine(strings.ToValidUTF8(s, "")))
	return string(r[:min(len(r), 300)])
}

// ReadContributions reads the rows of a table as contributions to e; where it has
// several open questions, each answer as one (see [corpora.Table.Ask], which t then
// is after). people are those whom the author's column may name, by address or exact
// full name. It does not touch the state: [Reading.Compare] does.
func ReadContributions(t *corpora.Table, choice Choice, origin string, e *Edition, people []*Person) *Reading {
	c := choice.Columns
	for _, column := range []*string{&c.ID, &c.Title, &c.Text, &c.Author, &c.FirstName, &c.Axis, &c.Date} {
		if t.Column(*column) < 0 {
			*column = ""
		}
	}
	r := &Reading{Origin: CleanOrigin(origin), Columns: c, Header: t.Header, Total: len(t.Rows)}
	if c.Text == "" && c.Title == "" {
		r.Doubts = append(slices.Clone(t.Doubts), corpora.Doubt{Severe: true,
			Sentence: "Aucune colonne ne donne les textes\u00a0: dites laquelle."})
		r.Left = r.Total
		return r
	}
	said := map[int][]corpora.Doubt{} // line → doubts
	severe := map[int]bool{}          // lines on which no row is taken: several may start there
	for _, d := range t.Doubts {
		said[d.Line] = append(said[d.Line], d)
		severe[d.Line] = severe[d.Line] || d.Severe && d.Line > 0
	}
	r.Doubts = append(r.Doubts, said[0]...)
	given, numbered := "", c.ID != "" // given: the column of the axis, beside the questions
	questions := t.Questions(c)
	if choice.Alone {
		questions = nil
	}
	r.findUnread(t, questions)
	if questions != nil {
		r.ask(t, questions, choice.Left, e)
		c, given = t.Ask(c, questions, choice.Left...)
		r.Answers = len(t.Rows)
	}
	known := authorsOf(people)
	axes := map[string]*AxisUse{}
	ids := voices{} // by identifier
	dates := make([]time.Time, 0, len(t.Rows))
	for i, line := range t.Lines {
		doubts := slices.Clone(said[line])
		delete(said, line)
		doubt := func(column string, severe bool, format string, args ...any) {
			if r.Questions != nil && column == c.Text {
				column = t.Cell(i, c.Axis)
			}
			doubts = append(doubts, corpora.Doubt{Line: line, Column: column, Severe: severe, Sentence: fmt.Sprintf(format, args...)})
		}
		row := Imported{External: t.Cell(i, c.ID)}
		row.Text = contributionText(t, c, i, doubt)
		if r.Questions != nil {
			row.Question = t.Cell(i, c.Axis)
		}
		if !numbered {
			row.External = "" // a row's number changes with the file
		}
		if row.External == "" {
			if numbered && row.Text != "" {
				doubt(c.ID, false, "L’identifiant manque\u00a0: il sera tiré du texte. Si ce texte change plus tard, il sera importé comme une autre contribution.")
			}
			row.External = textID(row.Question, row.Text)
		}
		if a := t.Author(i, c); a != "" {
			switch found := known[authorKey(a)]; len(found) {
			case 0: // somebody who is not accredited
			case 1:
				row.Author = found[0]
			default:
				doubt(c.Author, false, "«\u00a0%.60s\u00a0» est le nom de plusieurs élu·es\u00a0: l’auteur restera inconnu. Mettez plutôt son courriel.", a)
			}
		}
		id := voice{row.External, whichever, externalOf("", "", row.External, row.Author).author}
		if len(row.External) > 500 {
			doubt(c.ID, true, "L’identifiant dépasse 500 caractères\u00a0: cette colonne est-elle la bonne\u202f? La ligne est laissée de côté.")
		} else if first, again := ids.find(id); again && row.Text != "" {
			if !numbered || t.Cell(i, c.ID) == "" {
				doubt(c.Text, true, "Ce texte est déjà celui de la ligne %d\u00a0: il n’est importé qu’une fois.", first)
			} else {
				doubt(c.ID, true, "L’identifiant «\u00a0%.60s\u00a0» est déjà celui de la ligne %d\u00a0: cette ligne est laissée de côté. Donnez-lui un identifiant à elle.", row.External, first)
			}
		}
		value := t.Cell(i, c.Axis)
		if a, ok := e.Axis(t.Cell(i, given)); ok && given != "" { // a row's own axis says more than its question
			value = a.Title
		}
		if value != "" {
			use := axes[value]
			if use == nil {
				use = &AxisUse{Value: value}
				if a, ok := e.Axis(value); ok {
					use.Axis = a.Title
				}
				axes[value] = use
			}
			use.Rows++
			row.Axis = value
		}
		at, when := time.Time{}, t.Cell(i, c.Date)
		if when != "" {
			var ok bool
			if at, ok = parseDate(when); !ok {
				doubt(c.Date, false, "La date «\u00a0%.40s\u00a0» ne se lit pas\u00a0: elle sera ignorée.", when)
			}
		}
		if len(doubts) > 0 {
			r.Doubts = append(r.Doubts, doubts...)
			r.Doubted++
		}
		if severe[line] || slices.ContainsFunc(doubts, func(d corpora.Doubt) bool { return d.Severe }) {
			r.Left++
			continue
		}
		ids.add(id, line)
		if row.Author != "" {
			r.Authors++
		}
		r.Rows, r.Lines, dates = append(r.Rows, row), append(r.Lines, line), append(dates, at)
	}
	for _, rest := range said { // said of lines where no row starts
		for _, d := range rest {
			if d.Line > 0 {
				r.Doubts = append(r.Doubts, d)
			}
		}
	}
	for _, d := range r.Doubts {
		if d.Line == 0 {
			r.Whole++
		}
	}
	slices.SortStableFunc(r.Doubts, func(a, b corpora.Doubt) int { return cmp.Compare(a.Line, b.Line) })
	for _, use := range axes {
		r.Axes = append(r.Axes, *use)
	}
	slices.SortFunc(r.Axes, func(a, b AxisUse) int { return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Value, b.Value)) })
	r.inTime(dates)
	return r
}

// contributionText is the row's title and text as the import keeps them, ""
// when it takes none.
func contributionText(t *corpora.Table, c corpora.Columns, i int, doubt func(string, bool, string, ...any)) string {
	body := ""
	if n := t.Column(c.Text); n >= 0 {
		body = t.Rows[i][n]
	}
	text := corpora.Compose(t.Cell(i, c.Title), body)
	if strings.TrimSpace(text) == "" {
		doubt(c.Text, true, "%s", t.Missing(i, c.Text))
		return ""
	}
	if c.Text != "" && strings.TrimSpace(body) == "" {
		doubt(c.Text, false, "Le texte est vide\u00a0: seul le titre est importé.")
	}
	clean, err := CleanText(readable(text))
	if err != nil {
		n := len([]rune(text))
		if n > MaxText {
			doubt(c.Text, true, "Le texte compte %s caractères, la limite est de 20\u202f000\u00a0: partagez-le en plusieurs lignes. Cette ligne est laissée de côté.", Thousands(n))
		} else {
			doubt(c.Text, true, "Le texte ne contient aucun caractère lisible\u00a0: cette ligne est laissée de côté.")
		}
		return ""
	}
	return clean
}

// findUnread notes the columns that are neither taken nor offered as questions.
func (r *Reading) findUnread(t *corpora.Table, questions []string) {
	c := r.Columns
	taken := append(slices.Clone(questions), c.ID, c.Title, c.Text, c.Author, c.FirstName, c.Axis, c.Date)
	for i, h := range t.Header {
		if !slices.Contains(taken, h) && slices.ContainsFunc(t.Rows, func(row []string) bool { return strings.TrimSpace(row[i]) != "" }) {
			r.Unread = append(r.Unread, h)
		}
	}
}

// ask notes the questions of a table.
func (r *Reading) ask(t *corpora.Table, questions, left []string, e *Edition) {
	for _, name := range questions {
		q := Question{Name: name, Read: !slices.Contains(left, name)}
		if a, ok := e.Axis(name); ok {
			q.Axis = a.Title
		}
		column := t.Column(name)
		for _, row := range t.Rows {
			if strings.TrimSpace(row[column]) != "" {
				q.Answers++
			}
		}
		r.Questions = append(r.Questions, q)
	}
}

// byWords begins an identifier that is drawn from a text.
const byWords = "texte-"

// textID identifies a row by its words, and an answer by its question too, where the
// file gives no identifier.
func textID(question, text string) string {
	if question != "" {
		text = question + "\n" + text
	}
	sum := sha256.Sum256([]byte(text))
	return byWords + hex.EncodeToString(sum[:12])
}

func authorKey(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// authorsOf finds people by address and by full name, in either order.
func authorsOf(people []*Person) map[string][]string {
	out := map[string][]string{}
	add := func(key string, p *Person) {
		if key != "" && !slices.Contains(out[key], p.ID) {
			out[key] = append(out[key], p.ID)
		}
	}
	for _, p := range people {
		if p.Erased || p.Role == Staff {
			continue
		}
		add(p.Email, p)
		if p.FirstName != "" && p.LastName != "" {
			add(authorKey(p.FirstName+" "+p.LastName), p)
			add(authorKey(p.LastName+" "+p.FirstName), p)
		}
	}
	return out
}

// inTime puts the rows in the order of their dates where all have one.
func (r *Reading) inTime(dates []time.Time) {
	if r.Columns.Date == "" || slices.ContainsFunc(dates, time.Time.IsZero) {
		return
	}
	order := make([]int, len(dates))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return dates[a].Compare(dates[b]) })
	rows, lines := make([]Imported, len(order)), make([]int, len(order))
	for to, from := range order {
		rows[to], lines[to] = r.Rows[from], r.Lines[from]
	}
	r.Rows, r.Lines = rows, lines
}

// parseDate reads the dates that people's files hold.
func parseDate(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 MST", "2006-01-02 15:04:05", "2006-01-02T15:04:05",
		"02/01/2006 15:04:05", "02/01/2006 15:04", "02/01/2006", "2006-01-02 15:04", "2006-01-02", wall} {
		if t, err := time.ParseInLocation(layout, s, Paris); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
