package corpora

import (
	"bufio"
	"io"
	"strings"
)

// Records writes a table for programs: RFC 4180, commas, UTF-8 without a
// byte-order mark, records that end with CR LF, every cell as it is. It does
// not use encoding/csv, which would turn the line breaks inside people's texts
// into CR LF too. Nothing is done for spreadsheets, which may take a cell that
// begins with = for a formula.
type Records struct{ out *bufio.Writer }

// NewRecords writes to w.
func NewRecords(w io.Writer) *Records { return &Records{bufio.NewWriter(w)} }

// Write adds a record. What fails is told by Flush.
func (r *Records) Write(cells ...string) {
	for i, cell := range cells {
		if i > 0 {
			r.out.WriteByte(',')
		}
		if strings.ContainsAny(cell, ",\"\r\n") {
			cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		r.out.WriteString(cell)
	}
	r.out.WriteString("\r\n")
}

// Flush sends what is left, and returns the first error.
func (r *Records) Flush() error { return r.out.Flush() }
