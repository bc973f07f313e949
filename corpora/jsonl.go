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
	index := make(map[string]int) // column by name
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
			if t.full() {
				break
			}
			if err := t.addObject(i+1, index, object); err != nil {
				return err
			}
		}
	} else {
		line := 0
		for row := range strings.Lines(text) {
			line++
			if t.full() {
				break
			}
			if strings.TrimSpace(row) == "" {
				continue
			}
			if err := t.addObject(line, index, []byte(row)); err != nil {
				return err
			}
		}
	}
	if len(t.Rows) == 0 {
		return &FileError{t.Name, 0, "le fichier ne contient aucun objet.", ErrNoTable}
	}
	return t.pad()
}

func (t *Table) badJSON(line int) error {
	return &FileError{t.Name, line, "cette ligne n’est pas un objet JSON complet. Corrigez-la, ou enregistrez le tableau au format CSV.", ErrJSON}
}

func (t *Table) addObject(line int, index map[string]int, object []byte) error {
	if !json.Valid(object) {
		return t.badJSON(line)
	}
	var row []string
	if !t.flatten(&row, index, "", object, 0) {
		return t.badJSON(line)
	}
	t.add(line, row)
	return nil
}

// deepest is how far objects inside objects become columns.
const deepest = 4

// flatten adds the fields of an object to row, in their order.
func (t *Table) flatten(row *[]string, index map[string]int, prefix string, object []byte, depth int) bool {
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
			t.flatten(row, index, name+"/", value, depth+1)
			continue
		}
		if name != "responses" || !t.answers(row, index, value) {
			t.set(row, index, name, scalar(value))
		}
	}
	return true
}

// set writes a cell; a name that is new makes a column, up to a thousand.
func (t *Table) set(row *[]string, index map[string]int, name, cell string) {
	column, ok := index[name]
	if !ok {
		if len(t.Header) >= 1000 || name == "" {
			return
		}
		column = len(t.Header)
		index[name] = column
		t.Header = append(t.Header, name)
	}
	for len(*row) <= column {
		*row = append(*row, "")
	}
	(*row)[column] = cell
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
