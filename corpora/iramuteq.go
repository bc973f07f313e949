package corpora

import "strings"

// readIramuteq reads a corpus for IRaMuTeQ: each text follows a line
// « **** *variable_value *variable_value », and lines that open with « -* » name
// a part of it.
func (t *Table) readIramuteq(text string) error {
	t.Header = []string{"texte"}
	var row []string
	var body []string
	start := 0
	flush := func() {
		if row != nil {
			row[0] = strings.TrimSpace(strings.Join(body, "\n"))
			t.add(start, row)
		}
	}
	line := 0
	for raw := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		line++
		raw = strings.TrimRight(raw, "\r\n")
		stars, ok := strings.CutPrefix(raw, "****")
		if !ok {
			if row != nil && !strings.HasPrefix(raw, "-*") {
				body = append(body, raw)
			}
			continue
		}
		flush()
		row, body, start = make([]string, len(t.Header)), nil, line
		for _, variable := range strings.Fields(stars) {
			variable = strings.TrimPrefix(variable, "*")
			name, value, found := strings.Cut(variable, "_")
			if !found {
				value = "oui"
			}
			if name == "" || name == "texte" {
				continue
			}
			column := t.Column(name)
			if column < 0 {
				column = len(t.Header)
				t.Header = append(t.Header, name)
			}
			for len(row) < len(t.Header) {
				row = append(row, "")
			}
			row[column] = value
		}
	}
	flush()
	for i := range t.Rows {
		for len(t.Rows[i]) < len(t.Header) {
			t.Rows[i] = append(t.Rows[i], "")
		}
	}
	return nil
}
