package corpora

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// A Table is what any file is read into: named columns, rows of text, and where
// each row stood in the file.
type Table struct {
	Name      string   // the file's
	Format    string   // "csv", "jsonl", "json", "iramuteq", "txm", "txt", "xlsx", "ods", "docx", "odt"
	Encoding  string   // "UTF-8", "UTF-16", "Windows-1252", "Mac Roman"
	Separator rune     // of a csv; 0: one column, or not a csv
	Sheet     string   // of a workbook: the one that was read
	Sheets    []string // of a workbook: those that can be read, Sheet first
	Unfolded  bool     // an export of the Grand débat, made a row an answer
	Asked     []string // questions whose answers were made a row each, by [Table.Ask]
	Unmarked  []string // columns that were written in HTML
	Header    []string
	Rows      [][]string      // each with at least as many cells as Header
	Lines     []int           // of the file, from 1, where each row starts
	Doubts    []Doubt         // met while reading
	questions []question      // of an export that was unfolded
	faults    map[cellOf]bool // of a workbook: formulas without a value
	over      []int           // rows of a csv that have more cells than there are columns
	most      int             // rows that are taken; 0: no limit
	MaxText   int             // characters that [Table.Documents] takes in a text; 0: no limit
}

// Limits of a file, and what of it is read; zero fields are the package's
// constants.
type Limits struct {
	Sheet string // of a workbook; "": the first that is shown and looks like a table
	Bytes int    // of the file: MaxUpload
	Rows  int    // MaxRows
	Cell  int    // bytes of one cell: MaxDocument
}

func (l Limits) filled() Limits {
	if l.Bytes <= 0 {
		l.Bytes = MaxUpload
	}
	if l.Rows <= 0 {
		l.Rows = MaxRows
	}
	if l.Cell <= 0 {
		l.Cell = MaxDocument
	}
	return l
}

// Read reads a file of any known format; name only helps to tell which. Errors
// are [FileError]s, or the reader's own.
func Read(name string, r io.Reader, limits Limits) (*Table, error) {
	limits = limits.filled()
	data, err := slurp(name, r, limits)
	if err != nil {
		return nil, err
	}
	if t, err := readTXM(name, data, limits); t != nil || err != nil {
		return t, err
	}
	t := &Table{Name: name, most: limits.Rows}
	is, err := t.readOffice(data, limits)
	if !is {
		err = t.readText(data, limits)
	}
	if err == nil {
		switch t.Format {
		case "csv", "json", "jsonl", "xlsx", "ods":
			t.unmark()
		}
		err = t.unfold()
	}
	if err == nil {
		err = t.within(limits)
	}
	if err != nil {
		return nil, err
	}
	return t, nil
}

// slurp reads a whole file, if it is not too large.
func slurp(name string, r io.Reader, limits Limits) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, int64(limits.Bytes)+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(data) > limits.Bytes {
		return nil, &FileError{name, 0, fmt.Sprintf("le fichier dépasse %s. Partagez-le en plusieurs fichiers.", size(limits.Bytes)), ErrTooLarge}
	}
	return data, nil
}

const emptySentence = "le fichier est vide. Vérifiez qu’il a bien été enregistré avant d’être envoyé."

// readText reads a file of text: a table, JSON, a corpus or prose.
func (t *Table) readText(data []byte, limits Limits) (err error) {
	fail := func(line int, err error, sentence string) error { return &FileError{t.Name, line, sentence, err} }
	if sentence := binary(data); sentence != "" {
		return fail(0, ErrBinary, sentence)
	}
	text, encoding := Decode(data)
	if strings.TrimSpace(text) == "" {
		return fail(0, ErrEmpty, emptySentence)
	}
	if err := t.belied(); err != nil {
		return err
	}
	t.Encoding = encoding
	t.doubtBytes(text)
	extension := strings.ToLower(filepath.Ext(t.Name))
	start := strings.TrimLeft(text, " \t\r\n")
	if head := strings.ToLower(start[:min(len(start), 20)]); strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<html") {
		return fail(0, ErrNoTable, "c’est une page web, pas un tableau. Téléchargez le fichier lui-même (CSV, TSV, JSON), puis envoyez-le.")
	}
	if strings.HasPrefix(start, "<?xml") || strings.HasPrefix(start, "<") && (extension == ".xml" || extension == ".tei") {
		return fail(0, ErrNoTable, "c’est un fichier XML, qui n’est pas lu. Depuis le logiciel dont il vient, exportez un tableau (CSV, XLSX) ou un fichier JSON\u202f; de TXM, une archive de textes (.txt) et leur metadata.csv.")
	}
	switch {
	case strings.HasPrefix(start, "**** ") || strings.HasPrefix(start, "****\t"):
		t.Format = "iramuteq"
		err = t.readIramuteq(text, limits.Rows)
	case extension == ".json" || extension == ".jsonl" || extension == ".ndjson" || extension == "" && strings.HasPrefix(start, "{"):
		err = t.readJSON(text)
	case extension == ".txt" || extension == ".md" || extension == "":
		// Prose holds commas too: a table says so in its first line.
		if separator := separatorOf(text); separator != 0 && familiar(headCells(text, separator)) {
			err = t.readDelimited(text, separator)
		} else {
			t.Format = "txt"
			t.Header = []string{"texte"}
			t.add(1, []string{strings.TrimSpace(text)})
		}
	default:
		err = t.readDelimited(text, separatorOf(text))
	}
	return err
}

// within checks the limits of what was read.
func (t *Table) within(limits Limits) error {
	if len(t.Rows) > limits.Rows {
		return &FileError{t.Name, 0, fmt.Sprintf("le fichier compte plus de %d lignes. Partagez-le en plusieurs fichiers.", limits.Rows), ErrTooMany}
	}
	for i, row := range t.Rows {
		for _, cell := range row {
			if len(cell) > limits.Cell {
				return &FileError{t.Name, t.Lines[i], fmt.Sprintf("un texte dépasse %s. Vérifiez qu’un guillemet n’a pas été oublié, ou raccourcissez ce texte.", size(limits.Cell)), ErrTooLong}
			}
		}
	}
	return nil
}

// full says that there are more rows than are taken: reading on is of no use.
func (t *Table) full() bool { return t.most > 0 && len(t.Rows) > t.most }

func (t *Table) add(line int, row []string) {
	t.Rows = append(t.Rows, row)
	t.Lines = append(t.Lines, line)
}

func (t *Table) doubt(line int, column string, severe bool, format string, args ...any) {
	t.Doubts = append(t.Doubts, Doubt{line, column, fmt.Sprintf(format, args...), severe})
}

// Column returns the number of the column so named, -1 when there is none.
func (t *Table) Column(name string) int {
	if name == "" {
		return -1
	}
	for i, h := range t.Header {
		if h == name {
			return i
		}
	}
	return -1
}

// Cell returns a row's cell under a column, without white space around it; ""
// when there is no such column.
func (t *Table) Cell(row int, column string) string {
	i := t.Column(column)
	if i < 0 || i >= len(t.Rows[row]) {
		return ""
	}
	return strings.TrimSpace(t.Rows[row][i])
}

// Find returns the header that a person means by name: the very one, or the one
// that differs by capitals, accents and marks only. The error names the columns
// that there are.
func (t *Table) Find(name string) (string, error) {
	if t.Column(name) >= 0 {
		return name, nil
	}
	for _, h := range t.Header {
		if plain(h) == plain(name) {
			return h, nil
		}
	}
	return "", &FileError{t.Name, 0, fmt.Sprintf("il n’y a pas de colonne «\u00a0%s\u00a0». Colonnes du fichier\u00a0: %s.", name, strings.Join(t.Header, ", ")), ErrColumn}
}

// size writes a number of bytes as a person would.
func size(bytes int) string {
	if bytes >= 1<<20 {
		return fmt.Sprintf("%d\u00a0Mo", bytes>>20)
	}
	return fmt.Sprintf("%d\u00a0octets", bytes)
}

// binary returns a sentence when data is no text at all.
func binary(data []byte) string {
	for _, magic := range []struct{ bytes, sentence string }{
		{"\xd0\xcf\x11\xe0", "c’est un ancien classeur ou document (xls, doc). Enregistrez-le au format xlsx ou docx, puis recommencez."},
		{"%PDF", "c’est un fichier PDF. Envoyez le document dont il a été tiré (docx, odt, xlsx), ou copiez-en le texte dans un fichier docx ou txt."},
		{"\x89PNG", "c’est une image. Envoyez un tableau enregistré au format CSV."},
		{"\xff\xd8\xff", "c’est une image. Envoyez un tableau enregistré au format CSV."},
		{"\x1f\x8b", "c’est une archive compressée. Décompressez-la, puis recommencez."},
	} {
		if bytes.HasPrefix(data, []byte(magic.bytes)) {
			return magic.sentence
		}
	}
	if utf16Order(data) != 0 {
		return ""
	}
	control := 0
	head := data[:min(len(data), 1<<16)]
	for _, c := range head {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
			control++
		}
	}
	if control*100 > len(head) || bytes.IndexByte(head, 0) >= 0 {
		return "ce n’est pas un fichier de texte. Envoyez un tableau enregistré au format CSV (UTF-8 de préférence)."
	}
	return ""
}
