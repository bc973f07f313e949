package corpora

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/villes-internet/congres/corpora/office"
)

// A passage is a text of its own inside a document, and the headings above it.
type passage struct{ section, under, text string }

// readBlocks makes a row of each paragraph, each item of a list and each row of
// a table. Headings are no texts: they become the columns « section » and
// « sous-section ». A line is the rank of a block. A document that is a table
// under known names of columns is read as that table.
func (t *Table) readBlocks(blocks []office.Block) error {
	blocks = marked(blocks)
	if t.readTable(blocks) {
		return t.pad()
	}
	passages, lines, bare := passagesOf(blocks)
	if len(passages) == 0 {
		return &FileError{t.Name, 0, "le document ne contient aucun paragraphe. Vérifiez que c’est le bon fichier.", ErrEmpty}
	}
	sections, under := false, false
	for _, p := range passages {
		sections, under = sections || p.section != "", under || p.under != ""
	}
	t.Header = []string{"texte"}
	if sections {
		t.Header = append(t.Header, "section")
	}
	if under {
		t.Header = append(t.Header, "sous-section")
	}
	for i, p := range passages {
		row := []string{p.text}
		if sections {
			row = append(row, p.section)
		}
		if under {
			row = append(row, p.under)
		}
		t.add(lines[i], row)
	}
	for _, line := range bare {
		t.doubt(line, "", false, "Le titre «\u00a0%s\u00a0» n’est suivi d’aucun texte\u00a0: il n’est pas lu comme une contribution.", short(blocks[line-1].Text))
	}
	return t.pad()
}

// marked makes items of paragraphs that begin with a dash or a bullet typed by
// hand, and headings of short bold lines above something that is not bold.
func marked(blocks []office.Block) []office.Block {
	out := make([]office.Block, len(blocks))
	for i, b := range blocks {
		if b.Kind == office.Paragraph {
			if rest, ok := bulleted(b.Text); ok {
				b.Kind, b.Text = office.Item, rest
			} else if b.Bold && i+1 < len(blocks) && !blocks[i+1].Bold && blocks[i+1].Kind != office.Heading && Titled(b.Text) {
				b.Kind, b.Level = office.Heading, 10 // below those that say so
			}
		}
		out[i] = b
	}
	return out
}

// bulleted takes the mark of an item away.
func bulleted(text string) (rest string, ok bool) {
	r, n := utf8.DecodeRuneInString(text)
	if !strings.ContainsRune("-–—•·*‣◦▪■●○→", r) {
		return "", false
	}
	rest = strings.TrimSpace(text[n:])
	return rest, rest != "" && rest != text[n:]
}

// Titled says whether a line reads like a title: short, and no sentence.
func Titled(text string) bool {
	return text != "" && len(strings.Fields(text)) <= 12 && !strings.ContainsAny(text, "\n") && !strings.ContainsAny(text[len(text)-1:], ".!;,")
}

// announces says whether a block only opens the list that follows it.
func announces(blocks []office.Block, i int) bool {
	return blocks[i].Kind == office.Paragraph && strings.HasSuffix(blocks[i].Text, ":") && i+1 < len(blocks) && blocks[i+1].Kind == office.Item
}

// namesColumns says whether the row at i heads its table.
func namesColumns(blocks []office.Block, i int) bool {
	b := blocks[i]
	return b.Kind == office.TableRow && (b.Header || (i == 0 || blocks[i-1].Table != b.Table) && familiar(b.Cells))
}

// passagesOf finds the texts of a document, the rank of each, and those of
// headings with nothing below them. A lone first heading above deeper ones is
// the document's title, which is above everything and says nothing of a part.
func passagesOf(blocks []office.Block) (out []passage, lines, bare []int) {
	top, tops := -1, 0
	for i, b := range blocks {
		if b.Kind == office.Heading && b.Level > 0 && (top < 0 || b.Level < blocks[top].Level) {
			top, tops = i, 0
		}
		if b.Kind == office.Heading && top >= 0 && b.Level == blocks[top].Level {
			tops++
		}
	}
	alone := func(i int) bool {
		if i != top || tops != 1 || len(out) > 0 {
			return false
		}
		for _, b := range blocks[i+1:] {
			if b.Kind == office.Heading {
				return true
			}
		}
		return false
	}
	var open []int // headings above here, outermost first
	said := make(map[int]bool)
	announced := ""
	for i, b := range blocks {
		if b.Kind != office.Item {
			announced = ""
		}
		switch {
		case b.Kind == office.Heading:
			if b.Level == 0 || alone(i) {
				continue
			}
			for len(open) > 0 && blocks[open[len(open)-1]].Level >= b.Level {
				open = open[:len(open)-1]
			}
			open = append(open, i)
			said[i] = false
			continue
		case announces(blocks, i):
			announced = b.Text
			continue
		case namesColumns(blocks, i):
			continue
		}
		p := passage{text: b.Text, under: announced}
		if b.Kind == office.TableRow {
			p.text = cellLines(b.Cells)
		}
		for _, h := range open {
			said[h] = true
		}
		if len(open) > 0 {
			p.section = oneLine(blocks[open[0]].Text)
		}
		if len(open) > 1 && announced == "" {
			p.under = oneLine(blocks[open[len(open)-1]].Text)
		}
		out, lines = append(out, p), append(lines, i+1)
	}
	for i := range blocks {
		if done, ok := said[i]; ok && !done {
			bare = append(bare, i+1)
		}
	}
	return out, lines, bare
}

// readTable reads a document whose words are, for the most part, in tables
// under one row of known names.
func (t *Table) readTable(blocks []office.Block) bool {
	head, inside, outside, left := -1, 0, 0, 0
	for i, b := range blocks {
		switch {
		case b.Kind != office.TableRow:
			outside += len(b.Text)
			left++
		case head < 0:
			if !familiar(b.Cells) {
				return false
			}
			head = i
		default:
			inside += len(cellLines(b.Cells))
		}
	}
	if head < 0 || inside <= outside {
		return false
	}
	t.name(blocks[head].Cells)
	for i, b := range blocks {
		if b.Kind == office.TableRow && !equalCells(b.Cells, blocks[head].Cells) {
			t.add(i+1, b.Cells)
		}
	}
	if left > 0 {
		t.doubt(0, "", false, "Le document est lu comme un tableau\u00a0: %s en dehors.", count(left, "paragraphe est laissé", "paragraphes sont laissés"))
	}
	return true
}

func equalCells(a, b []string) bool { return strings.Join(a, "\x00") == strings.Join(b, "\x00") }

// cellLines is a row of a table as a text: a line a cell.
func cellLines(cells []string) string {
	var lines []string
	for _, cell := range cells {
		if cell != "" {
			lines = append(lines, cell)
		}
	}
	return strings.Join(lines, "\n")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func short(s string) string {
	if r := []rune(oneLine(s)); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return oneLine(s)
}

// ReadNotes reads notes that were taken somewhere: a text file as it is, a text
// document (DOCX, ODT) with a « # » before each heading and a « - » before each
// item, indented within the one above, and each row of a table. Whatever commas it holds, it is no table.
// Errors are [FileError]s, or the reader's own.
func ReadNotes(name string, r io.Reader, limits Limits) (string, error) {
	limits = limits.filled()
	data, err := slurp(name, r, limits)
	if err != nil {
		return "", err
	}
	t := &Table{Name: name}
	if office.Locked(data) || office.Zipped(data) {
		if office.Locked(data) {
			return "", t.refused(&office.Error{Err: office.ErrPassword}, limits)
		}
		f, err := office.Open(data, office.Limits{Bytes: limits.Bytes, Rows: limits.Rows, Cell: limits.Cell})
		if err != nil {
			return "", t.refused(err, limits)
		}
		if f.Kind != office.DOCX && f.Kind != office.ODT {
			return "", &FileError{name, 0, "c’est un classeur, pas un texte. Importez-le parmi les contributions, ou envoyez les notes en docx, odt ou txt.", ErrBinary}
		}
		blocks, err := f.Blocks()
		if err != nil {
			return "", t.refused(err, limits)
		}
		return notesOf(marked(blocks)), nil
	}
	if sentence := binary(data); sentence != "" {
		return "", &FileError{name, 0, sentence, ErrBinary}
	}
	text, _ := Decode(data)
	if strings.TrimSpace(text) == "" {
		return "", &FileError{name, 0, emptySentence, ErrEmpty}
	}
	return strings.TrimSpace(text), nil
}

// notesOf writes blocks as notes.
func notesOf(blocks []office.Block) string {
	var out strings.Builder
	for i, b := range blocks {
		text, mark, within := b.Text, "", ""
		switch {
		case namesColumns(blocks, i):
			text, mark = strings.Join(b.Cells, " | "), "# "
		case b.Kind == office.TableRow:
			text, mark = cellLines(b.Cells), "- "
		case b.Kind == office.Item:
			mark = "- "
			within = strings.Repeat("  ", b.Level)
		case b.Kind == office.Heading:
			text, mark = oneLine(text), strings.Repeat("#", min(max(b.Level, 1), 6))+" "
		}
		if i > 0 {
			out.WriteByte('\n')
			if mark != "- " || blocks[i-1].Kind != office.Item && blocks[i-1].Kind != office.TableRow {
				out.WriteByte('\n')
			}
		}
		if mark == "- " {
			text = strings.ReplaceAll(text, "\n", "\n  "+within)
		}
		fmt.Fprint(&out, within, mark, text)
	}
	return out.String()
}
