package corpora

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// readJSON reads objects: one a line (JSONL), or an array of them. An object
// inside an object gives columns of the form « author/name », a list of words
// one cell joined by « | ».
func (t *Table) readJSON(text string) error {
	t.Format = "jsonl"
	if strings.HasPrefix(strings.TrimLeft(text, " \t\r\n"), "[") {
		t.Format = "json"
		var objects []json.RawMessage
		if err := json.Unmarshal([]byte(text), &objects); err != nil {
			line := 1
			var syntax *json.SyntaxError
			if errors.As(err, &syntax) {
				line += strings.Count(text[:min(len(text), int(syntax.Offset))], "\n")
			}
			return t.badJSON(line)
		}
		for i, object := range objects {
			if err := t.addObject(i+1, object); err != nil {
				return err
			}
		}
	} else {
		line := 0
		for row := range strings.Lines(text) {
			line++
			if strings.TrimSpace(row) == "" {
				continue
			}
			if err := t.addObject(line, []byte(row)); err != nil {
				return err
			}
		}
	}
	for i := range t.Rows {
		for len(t.Rows[i]) < len(t.Header) {
			t.Rows[i] = append(t.Rows[i], "")
		}
	}
	if len(t.Rows) == 0 {
		return &FileError{t.Name, 0, "le fichier ne contient aucun objet.", ErrNoTable}
	}
	return nil
}

func (t *Table) badJSON(line int) error {
	return &FileError{t.Name, line, "cette ligne n’est pas un objet JSON complet. Corrigez-la, ou enregistrez le tableau au format CSV.", ErrJSON}
}

func (t *Table) addObject(line int, object []byte) error {
	if !json.Valid(object) {
		return t.badJSON(line)
	}
	row := make([]string, len(t.Header))
	if !t.flatten(&row, "", object, 0) {
		return t.badJSON(line)
	}
	t.add(line, row)
	return nil
}

// deepest is how far objects inside objects become columns.
const deepest = 4

// flatten adds the fields of an object to row, in their order.
func (t *Table) flatten(row *[]string, prefix string, object []byte, depth int) bool {
	decoder := json.NewDecoder(bytes.NewReader(object))
	if open, err := decoder.Token(); err != nil || open != json.Delim('{') {
		return false
	}
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return false
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil && !errors.Is(err, io.EOF) {
			return false
		}
		name := prefix + fmt.Sprint(key)
		if len(value) > 0 && value[0] == '{' && depth < deepest {
			t.flatten(row, name+"/", value, depth+1)
			continue
		}
		column := t.Column(name)
		if column < 0 {
			if len(t.Header) >= 1000 || name == "" {
				continue
			}
			column = len(t.Header)
			t.Header = append(t.Header, name)
		}
		for len(*row) < len(t.Header) {
			*row = append(*row, "")
		}
		(*row)[column] = scalar(value)
	}
	return true
}

// scalar writes a JSON value as a cell.
func scalar(value json.RawMessage) string {
	switch value[0] {
	case '"':
		var s string
		json.Unmarshal(value, &s)
		return s
	case '[':
		var list []json.RawMessage
		json.Unmarshal(value, &list)
		parts := make([]string, len(list))
		for i, item := range list {
			if item[0] == '[' {
				parts[i] = string(item)
			} else {
				parts[i] = scalar(item)
			}
		}
		return strings.Join(parts, "|")
	case 'n':
		return ""
	}
	return string(value)
}
