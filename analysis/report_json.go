package analysis

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"
)

// WriteJSON writes rapport.json: everything, as it stands in the types, as
// encoding/json writes it with an indent of one space. Segments and documents, nearly
// all of a large report, are written one by one: encoding/json would hold all in
// memory twice.
func (r *Report) WriteJSON(w io.Writer) error {
	short := *r
	if len(r.Segments) > 0 {
		short.Segments = nil
	}
	if len(r.Documents) > 0 {
		short.Documents = nil
	}
	var buf bytes.Buffer
	encoder := json.NewEncoder(&buf)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(short); err != nil {
		return err
	}
	rest := buf.Bytes()
	// A line that one space opens is one of the report's own fields.
	for _, list := range []struct {
		name  string
		n     int
		write func(o *object, i int)
	}{
		{"segments", len(r.Segments), func(o *object, i int) { o.segment(&r.Segments[i]) }},
		{"documents", len(r.Documents), func(o *object, i int) { o.document(&r.Documents[i]) }},
	} {
		if list.n == 0 {
			continue
		}
		before, after, _ := bytes.Cut(rest, []byte("\n \""+list.name+"\": null"))
		rest = after
		o := &object{buf: append(bytes.Clone(before), "\n \""+list.name+"\": ["...)}
		for i := range list.n {
			if i > 0 {
				o.buf = append(o.buf, ',')
			}
			o.buf = append(o.buf, "\n  "...)
			o.separator = '{'
			list.write(o, i)
			o.buf = append(o.buf, "\n  }"...)
			if len(o.buf) > 1<<16 || i+1 == list.n {
				if _, err := w.Write(o.buf); err != nil {
					return err
				}
				o.buf = o.buf[:0]
			}
		}
		if _, err := io.WriteString(w, "\n ]"); err != nil {
			return err
		}
	}
	_, err := w.Write(rest)
	return err
}

// An object writes what stands in a list of the report's.
type object struct {
	buf       []byte
	separator byte // before the next field
}

func (o *object) segment(s *Segment) {
	o.text("id", s.ID)
	o.text("document", s.Document)
	o.number("version", s.Version)
	o.number("debut", s.Start)
	o.number("fin", s.End)
	o.text("theme", s.Theme)
	if len(s.Also) > 0 {
		o.texts("also", s.Also)
	}
	o.decimal("score", s.Score)
	o.text("nature", s.Nature)
	for _, x := range []struct {
		name string
		n    int
	}{{"sous_theme", s.Sub}, {"classe", s.Class}, {"theme_lexical", s.Bare}} {
		if x.n != 0 {
			o.number(x.name, x.n)
		}
	}
	if s.Why != "" {
		o.text("why", s.Why)
	}
	o.text("texte", s.Text)
}

func (o *object) document(d *Placed) {
	o.text("id", d.ID)
	o.number("version", d.Version)
	o.text("theme", d.Theme)
	o.texts("themes", d.Themes)
	o.texts("mots_cles", d.Keywords)
	if len(d.Values) > 0 {
		o.key("modalites")
		inner := object{buf: o.buf, separator: '{'}
		for _, name := range slices.Sorted(maps.Keys(d.Values)) {
			inner.buf = append(inner.buf, inner.separator)
			inner.buf = append(inner.buf, "\n    "...)
			inner.buf = appendQuoted(inner.buf, name)
			inner.buf = appendQuoted(append(inner.buf, ": "...), d.Values[name])
			inner.separator = ','
		}
		o.buf = append(inner.buf, "\n   }"...)
	}
	if len(d.Between) > 0 {
		o.texts("entre", d.Between)
	}
}

func (o *object) key(name string) {
	o.buf = append(append(append(append(o.buf, o.separator), "\n   \""...), name...), "\": "...)
	o.separator = ','
}

func (o *object) text(name, value string) {
	o.key(name)
	o.buf = appendQuoted(o.buf, value)
}

func (o *object) texts(name string, values []string) {
	o.key(name)
	switch {
	case values == nil:
		o.buf = append(o.buf, "null"...)
	case len(values) == 0:
		o.buf = append(o.buf, "[]"...)
	default:
		separator := "[\n    "
		for _, value := range values {
			o.buf = appendQuoted(append(o.buf, separator...), value)
			separator = ",\n    "
		}
		o.buf = append(o.buf, "\n   ]"...)
	}
}

func (o *object) number(name string, n int) {
	o.key(name)
	o.buf = strconv.AppendInt(o.buf, int64(n), 10)
}

func (o *object) decimal(name string, x float64) {
	o.key(name)
	if x != 0 && (math.Abs(x) < 1e-6 || math.Abs(x) >= 1e21) {
		o.buf = appendJSON(o.buf, x)
		return
	}
	o.buf = strconv.AppendFloat(o.buf, x, 'f', -1, 64)
}

// appendQuoted appends a text as encoding/json writes it.
func appendQuoted(dst []byte, s string) []byte {
	if !utf8.ValidString(s) {
		return appendJSON(dst, s)
	}
	start := len(dst)
	dst = append(dst, '"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, `\n`...)
		case c == '\r':
			dst = append(dst, `\r`...)
		case c == '\t':
			dst = append(dst, `\t`...)
		case c < ' ', c == 0xE2 && (s[i:i+3] == "\u2028" || s[i:i+3] == "\u2029"):
			return appendJSON(dst[:start], s)
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"')
}

// appendJSON appends any text or number as encoding/json writes it.
func appendJSON(dst []byte, value any) []byte {
	var buf bytes.Buffer
	encoder := json.NewEncoder(&buf)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(value) != nil { // a number that is none, which no report holds
		return append(dst, "null"...)
	}
	return append(dst, bytes.TrimSuffix(buf.Bytes(), []byte("\n"))...)
}
