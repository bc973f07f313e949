package motion

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/villes-internet/congres/motion/ydoc"
)

// Restore is the edit that makes one copy's text of another's, letting stand what is the
// same text, see [stay], so that nobody's cursor and nobody's comment moves without
// need. Comments on words that stay are left as they are, and reach over what is
// written anew between them. Nil when nothing is to be changed.
func Restore(now, then *Copy) []ydoc.Op {
	a, b := lay(now), lay(then)
	x, y := a.tokens, b.tokens
	e := &edit{}
	ai, bi := 0, 0 // cells, which are runes
	xi, yi := 0, 0
	for _, m := range append(stay(a, b), match{len(x), len(y), 0}) {
		ae, be := ai+runes(x[xi:m.a]), bi+runes(y[yi:m.b])
		xi, yi = m.a+m.n, m.b+m.n
		comments := a.commented(ai-1, ae)
		for _, run := range b.runs(bi, be) {
			maps.Copy(run.Attributes, comments)
			e.ops, e.changed = append(e.ops, run), true
		}
		if n := units(a.cells[ai:ae]); n > 0 {
			e.ops, e.changed = append(e.ops, ydoc.Op{Delete: n}), true
		}
		ai, bi = ae, be
		for range runes(x[m.a : m.a+m.n]) {
			e.reshape(a.cells[ai], b.cells[bi])
			ai, bi = ai+1, bi+1
		}
	}
	if !e.changed {
		return nil
	}
	return e.ops
}

// runes counts the runes of tokens.
func runes(list []string) (n int) {
	for _, t := range list {
		n += len([]rune(t))
	}
	return n
}

// A flat text is one cell a character, what is no text being one U+FFFC.
type flat struct {
	cells   []cell
	objects []any
	text    string
}

func flatten(ops []ydoc.Op) *flat {
	f := &flat{}
	var s strings.Builder
	add := func(text string, attributes map[string]any, object any) {
		f.cells = append(f.cells, cell{text: text, op: attributes})
		f.objects = append(f.objects, object)
		s.WriteString(text)
	}
	for _, op := range ops {
		switch v := op.Insert.(type) {
		case nil:
		case string:
			for _, r := range strings.ToValidUTF8(v, "\ufffd") {
				add(string(r), op.Attributes, nil)
			}
		default:
			add(embedded, op.Attributes, v)
		}
	}
	f.text = s.String()
	return f
}

// commented are the comments that two cells both bear.
func (f *flat) commented(i, j int) map[string]any {
	out := map[string]any{}
	if i >= 0 && j < len(f.cells) {
		for key, value := range f.cells[i].op {
			if strings.HasPrefix(key, commentPrefix) && value != nil && reflect.DeepEqual(f.cells[j].op[key], value) {
				out[key] = value
			}
		}
	}
	return out
}

// runs writes cells as inserts, each with its own attributes.
func (f *flat) runs(from, to int) (out []ydoc.Op) {
	for i := from; i < to; i++ {
		c := f.cells[i]
		attributes := maps.Clone(c.op)
		if attributes == nil {
			attributes = map[string]any{}
		}
		if f.objects[i] != nil {
			out = append(out, ydoc.Op{Insert: f.objects[i], Attributes: attributes})
			continue
		}
		if n := len(out); n > 0 {
			if s, ok := out[n-1].Insert.(string); ok && reflect.DeepEqual(out[n-1].Attributes, attributes) {
				out[n-1].Insert = s + c.text
				continue
			}
		}
		out = append(out, ydoc.Op{Insert: c.text, Attributes: attributes})
	}
	return out
}

// reshape retains a cell and gives it the attributes that it had then.
func (e *edit) reshape(now, then cell) {
	attributes := map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(now.op)) {
		if _, stays := then.op[key]; !stays && now.op[key] != nil && !strings.HasPrefix(key, commentPrefix) {
			attributes[key] = nil
		}
	}
	for key, value := range then.op {
		if !strings.HasPrefix(key, commentPrefix) && value != nil && !reflect.DeepEqual(now.op[key], value) {
			attributes[key] = value
		}
	}
	op := ydoc.Op{Retain: utf16.RuneLen([]rune(now.text)[0])}
	if len(attributes) > 0 {
		op.Attributes, e.changed = attributes, true
	}
	if n := len(e.ops); n > 0 && e.ops[n-1].Retain > 0 && reflect.DeepEqual(e.ops[n-1].Attributes, op.Attributes) {
		e.ops[n-1].Retain += op.Retain
		return
	}
	e.ops = append(e.ops, op)
}

// plain is ops without what only lives in a document: a nested type becomes
// one U+FFFC.
func plain(ops []ydoc.Op) []ydoc.Op {
	out := slices.Clone(ops)
	for i, op := range out {
		switch op.Insert.(type) {
		case nil, string, map[string]any:
		default:
			out[i].Insert = embedded
		}
		if _, err := json.Marshal(out[i]); err != nil {
			out[i] = ydoc.Op{Insert: embedded}
		}
	}
	return out
}

// SameOps is whether two texts are the same, to the last attribute.
func SameOps(a, b []ydoc.Op) bool {
	x, y := flatten(a), flatten(b)
	return x.text == y.text && slices.EqualFunc(x.cells, y.cells, func(a, b cell) bool {
		return len(a.op) == 0 && len(b.op) == 0 || reflect.DeepEqual(a.op, b.op)
	})
}
