package ydoc

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// markup is the toString() of Yjs's XML types (yjs src/types/YXml*.js): like
// XML, but nothing is escaped.
func (p *printer) markup(b *branch, kind byte) string {
	var s strings.Builder
	switch kind {
	case typeXMLFragment:
		p.children(&s, b)
	case typeXMLElement:
		name := strings.ToLower(b.node)
		s.WriteString("<" + name)
		for _, key := range slices.SortedFunc(maps.Keys(b.entries), compareUTF16) {
			if it := b.entries[key]; !it.deleted {
				s.WriteString(" " + key + `="` + p.spell(it, int(it.length)-1) + `"`)
			}
		}
		s.WriteString(">")
		p.children(&s, b)
		s.WriteString("</" + name + ">")
	case typeXMLText:
		b.runs(nil, func(text string, it *item, attrs marks) {
			if it != nil {
				text = p.spell(it, 0)
			}
			p.wrapped(&s, text, attrs)
		})
	}
	return s.String()
}

func (p *printer) children(s *strings.Builder, b *branch) {
	for it := b.start; it != nil; it = it.next {
		switch {
		case !it.visible():
		case it.kind == kindString:
			s.Write(it.text)
		default:
			for i := range int(it.length) {
				s.WriteString(p.spell(it, i))
			}
		}
	}
}

// wrapped writes a run within an element for each attribute, whose own fields
// are that element's attributes.
func (p *printer) wrapped(s *strings.Builder, text string, attrs marks) {
	attrs = slices.Clone(attrs)
	slices.SortFunc(attrs, func(a, b mark) int { return compareUTF16(a.key, b.key) })
	for _, k := range attrs {
		s.WriteString("<" + k.key)
		inner, _ := fields(k.val.any())
		if text, ok := k.val.any().(string); ok { // for…in counts its code units
			inner = map[string]any{}
			for i, unit := range utf16.Encode([]rune(text)) {
				inner[strconv.Itoa(i)] = string(rune(unit)) // half a pair: U+FFFD
			}
		}
		for _, key := range slices.SortedFunc(maps.Keys(inner), compareUTF16) {
			s.WriteString(" " + key + `="` + spellAny(inner[key]) + `"`)
		}
		s.WriteString(">")
	}
	s.WriteString(text)
	for _, k := range slices.Backward(attrs) {
		s.WriteString("</" + k.key + ">")
	}
}

// spell is JavaScript's String() of one of an item's values.
func (p *printer) spell(it *item, i int) string {
	switch it.kind {
	case kindString:
		return unitAt(it.text, i, it.length)
	case kindBinary:
		return spellAny(it.text)
	case kindAny:
		return spellAny((&reader{b: it.extra.list[i]}).any())
	case kindJSON:
		if string(it.extra.list[i]) == "undefined" {
			return "undefined"
		}
		return spellAny(parseValue(it.extra.list[i]).any())
	case kindEmbed:
		return spellAny(it.extra.val.any())
	case kindType:
		b := it.extra.shared
		if !p.enter() {
			return ""
		}
		defer p.leave()
		switch b.kind {
		case typeText:
			return b.text()
		case typeArray, typeMap, typeXMLHook:
			return "[object Object]"
		}
		return p.markup(b, b.kind)
	}
	return ""
}

// undefined is JavaScript's.
type undefined struct{}

// any reads one sound value: undefined, nil, bool, float64, int64 for a
// bigint, string, []byte, []any or map[string]any.
func (r *reader) any() any {
	switch tag := r.byte(); tag {
	case anyNull:
		return nil
	case anyFalse, anyTrue:
		return tag == anyTrue
	case anyInt, anyFloat32, anyFloat64:
		return r.number(tag)
	case anyBigInt:
		return r.bigint()
	case anyString:
		return string(r.bytes())
	case anyBytes:
		return r.bytes()
	case anyArray:
		var list []any
		for n := r.uint(); n > 0; n-- {
			list = append(list, r.any())
		}
		return list
	case anyObject:
		m := map[string]any{}
		for n := r.uint(); n > 0; n-- {
			key := string(r.bytes())
			m[key] = r.any()
		}
		return m
	}
	return undefined{}
}

func spellAny(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case undefined:
		return "undefined"
	case bool:
		return strconv.FormatBool(v)
	case float64:
		switch {
		case math.IsNaN(v):
			return "NaN"
		case math.IsInf(v, 1):
			return "Infinity"
		case math.IsInf(v, -1):
			return "-Infinity"
		}
		return string(appendJSON(nil, v+0))
	case int64:
		return strconv.FormatInt(v, 10)
	case string:
		return v
	case []byte:
		parts := make([]string, len(v))
		for i, c := range v {
			parts[i] = strconv.Itoa(int(c))
		}
		return strings.Join(parts, ",")
	case []any:
		parts := make([]string, len(v))
		for i, e := range v {
			if _, void := e.(undefined); e != nil && !void {
				parts[i] = spellAny(e)
			}
		}
		return strings.Join(parts, ",")
	}
	return "[object Object]"
}
