package web

import (
	"encoding/csv"
	"strings"
)

// A sheet is a download for a spreadsheet, as a French Excel expects it: a
// byte-order mark, semicolons, CRLF.
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
func (s sheet) Write(row []string) {
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

// harmless keeps a spreadsheet from reading somebody's words as a formula
// (CWE-1236).
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
