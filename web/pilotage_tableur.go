package web

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
)

// A sheet is a download for a spreadsheet, as a French Excel expects it: a
// byte-order mark, semicolons, CRLF, and no cell that is taken for a formula.
// Pages download sheets; what is meant for programs (the feeds under /donnees/,
// `congres export` and `congres analyse`) is RFC 4180 with its texts untouched,
// see package corpora's Records.
type sheet struct{ w *csv.Writer }

// sheet starts a download.
func (v *visit) sheet(name string) sheet {
	h := v.w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	v.w.Write([]byte("\ufeff"))
	w := csv.NewWriter(v.w)
	w.Comma, w.UseCRLF = ';', true
	return sheet{w}
}

// Write adds a row. Whoever has left meanwhile reads nothing.
func (s sheet) Write(row ...string) {
	safe := make([]string, len(row))
	for i, cell := range row {
		safe[i] = harmless(cell)
	}
	s.w.Write(safe)
}

// Close sends what is left.
func (s sheet) Close() error {
	s.w.Flush()
	return nil
}

// harmless keeps a spreadsheet from reading somebody's words as a formula: a
// cell that begins with = + - @, a tabulation or a carriage return gets an
// apostrophe before it (OWASP, "CSV Injection"; CWE-1236).
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// decimals are the columns of an analysis' tables that hold one number, written
// with a comma in a French spreadsheet: 1.5 would be the first of May.
var decimals = []string{"score", "stabilite"}

// copySheet makes a sheet of an analysis' table, which is RFC 4180.
func (s sheet) copySheet(table io.Reader) error {
	r := csv.NewReader(table)
	header, err := r.Read()
	if err != nil {
		return err
	}
	s.Write(header...)
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return s.Close()
		} else if err != nil {
			return err
		}
		for i, name := range header {
			if slices.Contains(decimals, name) {
				row[i] = strings.Replace(row[i], ".", ",", 1)
			}
		}
		s.Write(row...)
	}
}
