package corpora

import (
	"slices"
	"strings"
)

// separatorOf finds what parts the cells: the mark for which most of the first
// rows have as many cells as the one that names the columns; failing the usual
// marks, any other that parts every row in as many. 0 when there is none.
func separatorOf(text string) byte {
	first, _, _ := strings.Cut(text, "\n")
	if rest, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(first)), "sep="); ok && len(rest) == 1 {
		return rest[0]
	}
	best, most := byte(0), 0.
	for _, separator := range []byte{';', '\t', ',', '|'} {
		rows := firstRows(text, separator)
		at := headRecord(rows)
		if at >= len(rows) || len(rows[at]) < 2 {
			continue
		}
		header, score := rows[at], alike(rows[at:])
		if at > 0 && (score < .9 || len(rows) < at+3 && !familiar(header) || separator == ',' && !familiar(header)) {
			continue // titles stand above what is clearly a table
		}
		if len(rows) == at+1 && separator == ',' {
			score = .1 // one line of prose holds commas
		}
		if score < .5 && familiar(header) {
			score = .5 // ragged, and yet a table
		}
		score += .001 * float64(min(len(header), 100))
		if score > most && score >= .3 {
			best, most = separator, score
		}
	}
	if best != 0 {
		return best
	}
	for c := byte(1); c < 0x7f; c++ {
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || strings.IndexByte(inWords, c) >= 0 {
			continue
		}
		rows := firstRows(text, c)
		if len(rows) < 3 || len(rows[0]) < 2 || alike(rows) < 1 || headless(rows[0]) || slices.ContainsFunc(rows[0], func(cell string) bool { return strings.TrimSpace(cell) == "" }) {
			continue
		}
		if len(rows[0]) > int(most) {
			best, most = c, float64(len(rows[0]))
		}
	}
	return best
}

// inWords are the marks that words and sentences hold, which part nothing.
const inWords = " \t\r\n\"'().!?-"

// firstRows returns the cells of the first rows, as that separator parts them.
func firstRows(text string, separator byte) (rows [][]string) {
	head := text[:min(len(text), 1<<18)]
	s := &scanner{text: head, separator: separator, line: 1}
	for len(rows) <= sample {
		r, ok := s.next()
		if !ok || s.at >= len(head) && len(head) < len(text) && len(rows) > 0 {
			break // cut by our own limit
		}
		rows = append(rows, r.cells)
	}
	return rows
}

// alike is the part of rows that have as many cells as the first, 1 where there are
// no others.
func alike(rows [][]string) float64 {
	same := 0
	for _, row := range rows[1:] {
		if len(row) == len(rows[0]) {
			same++
		}
	}
	if len(rows) == 1 {
		return 1
	}
	return float64(same) / float64(len(rows)-1)
}

// headRecord finds the row that names the columns, as [headRow], of a csv, where
// nothing but a title in the first cell, above what names columns, may precede it.
func headRecord(rows [][]string) int {
	at := headRow(rows)
	for _, row := range rows[:at] {
		if strings.TrimSpace(row[0]) == "" {
			return 0
		}
	}
	if at > 0 && (headless(rows[at]) || len(rows[at]) < 3 && !familiar(rows[at])) {
		return 0
	}
	return at
}

// headCells returns the cells of the row that names the columns.
func headCells(text string, separator byte) []string {
	rows := firstRows(text, separator)
	return rows[headRecord(rows)]
}

// separatorName is how people call a separator.
func separatorName(r rune) string {
	if r == '\t' {
		return "tabulation"
	}
	return string(r)
}
