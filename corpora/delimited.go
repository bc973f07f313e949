package corpora

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/villes-internet/congres/corpora/office"
)

// A record is one row of a csv as it stands in the file.
type record struct {
	line   int
	cells  []string
	doubts []string // French sentences
}

// A scanner reads records: RFC 4180 with any separator and any line ends, and
// forgiving where people's files are not quite that. A quotation mark inside a
// cell stands for itself; a quoted cell that never ends is read as if its first
// mark were a letter.
type scanner struct {
	text      string
	separator byte // 0: one cell a record
	at, line  int
	open      int // quoted cells that never ended
}

// manyOpen is after how many unfinished quoted cells marks stop meaning anything:
// each costs a search to the end of the file.
const manyOpen = 50

// next returns the next record that is not blank.
func (s *scanner) next() (record, bool) {
	for s.at < len(s.text) {
		r := record{line: s.line}
		blank := true
		for {
			cell, last := s.cell(&r)
			blank = blank && strings.TrimSpace(cell) == ""
			if len(r.cells) <= office.MaxColumns {
				r.cells = append(r.cells, cell)
			}
			if last {
				break
			}
		}
		if !blank {
			return r, true
		}
	}
	return record{}, false
}

// cell reads one cell and what ends it; last says that the record ends too.
func (s *scanner) cell(r *record) (cell string, last bool) {
	if s.at < len(s.text) && s.text[s.at] == '"' && s.open < manyOpen {
		if cell, last, ok := s.quoted(r); ok {
			return cell, last
		}
		s.open++
		r.doubts = append(r.doubts, "Un guillemet est ouvert et jamais refermé. Ajoutez le guillemet qui manque à la fin de la cellule.")
	}
	start := s.at
	for s.at < len(s.text) {
		c := s.text[s.at]
		if c == s.separator && c != 0 {
			s.at++
			return s.text[start : s.at-1], false
		}
		if c == '\n' || c == '\r' {
			cell = s.text[start:s.at]
			s.newline()
			return cell, true
		}
		s.at++
	}
	return s.text[start:], true
}

// newline steps over \n, \r\n or \r.
func (s *scanner) newline() {
	if strings.HasPrefix(s.text[s.at:], "\r\n") {
		s.at++
	}
	s.at++
	s.line++
}

// quoted reads a cell between quotation marks; ok is false, and nothing is read,
// when it never ends.
func (s *scanner) quoted(r *record) (cell string, last, ok bool) {
	var b strings.Builder
	stray := false
	from, lines := s.at+1, 0
	for i := from; i < len(s.text); i++ {
		switch s.text[i] {
		case '\n':
			lines++
		case '\r':
			if i+1 >= len(s.text) || s.text[i+1] != '\n' {
				lines++
			}
		case '"':
			if i+1 < len(s.text) && s.text[i+1] == '"' {
				b.WriteString(s.text[from : i+1])
				i++
				from = i + 1
				continue
			}
			end := i + 1
			for end < len(s.text) && s.text[end] == ' ' && s.separator != ' ' {
				end++
			}
			if end < len(s.text) && s.text[end] != s.separator && s.text[end] != '\n' && s.text[end] != '\r' {
				stray = true
				continue
			}
			b.WriteString(s.text[from:i])
			if stray {
				r.doubts = append(r.doubts, "Un guillemet isolé se trouve au milieu d’une cellule. Doublez-le (\"\") pour qu’il fasse partie du texte.")
			}
			s.at, s.line = end, s.line+lines
			switch {
			case end >= len(s.text):
				return b.String(), true, true
			case s.text[end] == s.separator:
				s.at++
				return b.String(), false, true
			}
			s.newline()
			return b.String(), true, true
		}
	}
	return "", false, false
}

// readDelimited reads a csv.
func (t *Table) readDelimited(text string, separator byte) error {
	t.Format, t.Separator = "csv", rune(separator)
	s := &scanner{text: text, separator: separator, line: 1}
	if first, _, _ := strings.Cut(text, "\n"); strings.HasPrefix(strings.ToLower(first), "sep=") {
		s.at = min(len(text), len(first)+1)
		s.line = 2
	}
	var ahead []record
	var rows [][]string
	for len(ahead) < titleRows {
		r, ok := s.next()
		if !ok {
			break
		}
		ahead, rows = append(ahead, r), append(rows, r.cells)
	}
	if len(ahead) == 0 {
		return &FileError{t.Name, 0, "le fichier ne contient aucune ligne.", ErrNoTable}
	}
	head := 0
	if separator != 0 {
		head = headRecord(rows)
	}
	if head > 0 {
		t.doubt(ahead[0].line, "", false, titleSentence, ahead[head].line)
	}
	first := ahead[head]
	if len(first.cells) > office.MaxColumns {
		return &FileError{t.Name, first.line, fmt.Sprintf("le tableau a plus de %d colonnes. Vérifiez le séparateur, ou supprimez les colonnes inutiles.", office.MaxColumns), ErrTooMany}
	}
	if headless(first.cells) {
		t.name(make([]string, len(first.cells)))
		t.doubt(first.line, "", false, "%s", headlessSentence)
	} else {
		t.name(first.cells)
		head++
	}
	ahead = ahead[head:]
	for !t.full() {
		var r record
		if len(ahead) > 0 {
			r, ahead = ahead[0], ahead[1:]
		} else if next, ok := s.next(); ok {
			r = next
		} else {
			break
		}
		for _, sentence := range r.doubts {
			t.doubt(r.line, "", true, "%s", sentence)
		}
		for len(r.cells) > len(t.Header) && strings.TrimSpace(r.cells[len(r.cells)-1]) == "" {
			r.cells = r.cells[:len(r.cells)-1]
		}
		if n := len(r.cells); n > len(t.Header) {
			t.over = append(t.over, len(t.Rows))
		} else if n < len(t.Header) {
			t.doubt(r.line, "", true, "%s au lieu de %d. Vérifiez que les textes qui contiennent le séparateur ou un retour à la ligne sont entre guillemets.", cellCount(n), len(t.Header))
		}
		t.add(r.line, r.cells)
	}
	if err := t.pad(); err != nil {
		return err
	}
	return t.rejoin()
}

// rejoin puts the cells of rows that have more than there are columns back
// together: a text in the last column held the separator and no quotation marks.
// Where the texts are elsewhere nothing says which cells belong together, and the
// file is refused; a table without texts, or of questions whose answers are read one
// by one, is read, and a doubt says which line is broken.
func (t *Table) rejoin() error {
	if len(t.over) == 0 {
		return nil
	}
	last := len(t.Header) - 1
	text, asked := t.Guess().Text, len(t.questionsOf()) > 0
	for _, i := range t.over {
		row, line := t.Rows[i], t.Lines[i]
		switch {
		case text == "" || asked:
			t.doubt(line, "", true, "%s au lieu de %d. Vérifiez que les textes qui contiennent le séparateur ou un retour à la ligne sont entre guillemets.", cellCount(len(row)), len(t.Header))
		case text != t.Header[last] || len(row) > office.MaxColumns:
			return &FileError{t.Name, line, fmt.Sprintf("cette ligne a %s au lieu de %d, et rien ne dit lesquelles vont ensemble. Mettez entre guillemets (\"…\") les textes qui contiennent le séparateur «\u00a0%s\u00a0», ou enregistrez le tableau au format xlsx, puis recommencez.", cellCount(len(row)), len(t.Header), separatorName(t.Separator)), ErrNoTable}
		default:
			t.Rows[i] = append(row[:last:last], strings.Join(row[last:], string(t.Separator)))
			t.doubt(line, text, false, "Cette ligne a %s au lieu de %d\u00a0: celles de la fin sont réunies en un seul texte, avec leur séparateur. Mettez ce texte entre guillemets.", cellCount(len(row)), len(t.Header))
		}
	}
	return nil
}

const headlessSentence = "La première ligne ne semble pas donner le nom des colonnes\u00a0: elles s’appellent «\u00a0colonne 1\u00a0», «\u00a0colonne 2\u00a0»… Ajoutez une ligne de titres si ce n’est pas voulu."

func cellCount(n int) string {
	if n == 1 {
		return "1\u00a0cellule"
	}
	return fmt.Sprintf("%d\u00a0cellules", n)
}

// headless says whether a first row holds data rather than names.
func headless(cells []string) bool {
	for _, cell := range cells {
		cell = strings.TrimSpace(cell)
		if utf8.RuneCountInString(cell) > 100 || strings.Contains(cell, "@") || cell != "" && strings.Trim(cell, "0123456789.,-/: ") == "" {
			return true
		}
	}
	return false
}

// name makes the table's headers of a row of cells; where two columns are called
// alike, it says under which name each is found.
func (t *Table) name(cells []string) {
	t.Header = names(cells)
	first := make(map[string]bool)
	var again []string
	for i, cell := range cells {
		cell = strings.Join(strings.Fields(cell), " ")
		if cell == "" {
			continue
		}
		if first[cell] && len(again) < 5 {
			again = append(again, "la colonne "+strconv.Itoa(i+1)+", «\u00a0"+cell+"\u00a0», s’appelle ici «\u00a0"+t.Header[i]+"\u00a0»")
		}
		first[cell] = true
	}
	if len(again) > 0 {
		t.doubt(0, "", false, "Plusieurs colonnes portent le même nom\u00a0: %s. Vérifiez que la bonne est lue.", strings.Join(again, ", "))
	}
}

// names makes headers that are neither empty nor twice the same.
func names(cells []string) []string {
	out := make([]string, len(cells))
	used := make(map[string]bool)
	last := make(map[string]int) // number that a name got last
	for i, cell := range cells {
		name := strings.Join(strings.Fields(strings.ToValidUTF8(cell, "\ufffd")), " ")
		if name == "" {
			name = fmt.Sprintf("colonne %d", i+1)
		}
		base := name
		for n := max(last[base]+1, 2); used[name]; n++ {
			name = fmt.Sprintf("%s (%d)", base, n)
			last[base] = n
		}
		used[name] = true
		out[i] = name
	}
	return out
}
