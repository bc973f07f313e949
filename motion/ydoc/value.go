package ydoc

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"
)

// value is what a format or an embed holds: the JSON text that updates carry
// and what it says. A nil *value is null, as is the text null.
type value struct {
	json string
	v    any // nil, bool, float64, string, []any or map[string]any
}

// parseValue keeps JSON text that a reader has already found valid.
func parseValue(text []byte) *value {
	v := &value{json: string(text)}
	switch v.json { // the usual marks, without a decoder
	case "true":
		v.v = true
	case "null":
	default:
		_ = json.Unmarshal(text, &v.v)
	}
	return v
}

// makeValue spells v as JSON.stringify would, objects by sorted keys. What
// JSON cannot say becomes null.
func makeValue(v any) *value {
	if v == nil {
		return &value{json: "null"}
	}
	return parseValue(appendJSON(nil, v))
}

func (v *value) null() bool { return v == nil || v.v == nil }

func (v *value) any() any {
	if v == nil {
		return nil
	}
	return v.v
}

// same is JavaScript's ===: objects are equal to nothing but themselves.
func same(a, b *value) bool {
	return a == b || identical(a.any(), b.any())
}

func identical(a, b any) bool {
	switch a := a.(type) {
	case nil:
		return b == nil
	case bool, float64, string:
		return a == b
	}
	return false
}

// equal is how Yjs compares the values of attributes: objects by their
// entries, one level deep.
func equal(a, b *value) bool {
	if same(a, b) {
		return true
	}
	x, ok := fields(a.any())
	y, ok2 := fields(b.any())
	return ok && ok2 && maps.EqualFunc(x, y, identical)
}

func fields(v any) (map[string]any, bool) {
	switch v := v.(type) {
	case map[string]any:
		return v, true
	case []any:
		m := make(map[string]any, len(v))
		for i, e := range v {
			m[strconv.Itoa(i)] = e
		}
		return m, true
	}
	return nil, false
}

func appendJSON(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...)
	case string:
		return appendQuoted(b, v)
	case map[string]any:
		b = append(b, '{')
		for i, key := range slices.Sorted(maps.Keys(v)) {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendQuoted(b, key), ':')
			b = appendJSON(b, v[key])
		}
		return append(b, '}')
	case []any:
		b = append(b, '[')
		for i, e := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendJSON(b, e)
		}
		return append(b, ']')
	default: // bool and numbers, which encoding/json spells as ECMAScript does
		text, err := json.Marshal(v)
		if err != nil {
			return append(b, "null"...)
		}
		return append(b, text...)
	}
}

// appendQuoted escapes what JSON.stringify escapes and nothing else
// (encoding/json also escapes U+2028 and U+2029).
func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', byte(c))
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\t':
			b = append(b, `\t`...)
		case c == '\r':
			b = append(b, `\r`...)
		case c == '\b':
			b = append(b, `\b`...)
		case c == '\f':
			b = append(b, `\f`...)
		case c < 0x20:
			b = fmt.Appendf(b, `\u%04x`, c)
		default:
			b = utf8.AppendRune(b, c)
		}
	}
	return append(b, '"')
}

// marks are the attributes in force at a place of a text, few, in the order
// in which they were set.
type marks []mark

type mark struct {
	key string
	val *value
}

func (m marks) get(key string) *value {
	for i := range m {
		if m[i].key == key {
			return m[i].val
		}
	}
	return nil
}

func (m marks) has(key string) bool {
	return slices.ContainsFunc(m, func(k mark) bool { return k.key == key })
}

func (m *marks) put(key string, v *value) {
	for i := range *m {
		if (*m)[i].key == key {
			(*m)[i].val = v
			return
		}
	}
	*m = append(*m, mark{key, v})
}

func (m *marks) drop(key string) {
	*m = slices.DeleteFunc(*m, func(k mark) bool { return k.key == key })
}

// set follows a format: null ends the attribute.
func (m *marks) set(key string, v *value) {
	if v.null() {
		m.drop(key)
	} else {
		m.put(key, v)
	}
}

// makeMarks orders a caller's attributes by key, so that the same edit gives
// the same bytes.
func makeMarks(attrs map[string]any) marks {
	m := make(marks, 0, len(attrs))
	for _, key := range slices.Sorted(maps.Keys(attrs)) {
		m = append(m, mark{key, makeValue(attrs[key])})
	}
	return m
}
