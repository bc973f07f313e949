package ydoc

import "strings"

// Op is one operation of a delta: an Insert of a string or an embed, or a
// Retain or a Delete of so many units.
type Op struct {
	Insert     any            `json:"insert,omitempty"`
	Retain     int            `json:"retain,omitempty"`
	Delete     int            `json:"delete,omitempty"`
	Attributes map[string]any `json:"attributes,omitempty"`
}

// Delta is the text as inserts, cut as Yjs's toDelta cuts them: wherever a
// format stands, even one that changes nothing. A nested text is inserted as
// *Text, another nested type as Nested. Values are shared with the document
// and must not be changed.
func (t *Text) Delta() []Op { return t.ops(nil) }

func (t *Text) ops(s *Snapshot) []Op {
	var ops []Op
	t.b.runs(s, func(text string, it *item, attrs marks) {
		op := Op{Insert: text, Attributes: attrs.values()}
		switch {
		case it == nil:
		case it.kind == kindType:
			op.Insert = t.nested(it.extra.shared)
		default:
			op.Insert = it.extra.val.any()
		}
		ops = append(ops, op)
	})
	return ops
}

// runs calls yield for each run of text, and each embed or type in it, with
// the attributes in force, now or at a snapshot.
func (b *branch) runs(at *Snapshot, yield func(text string, it *item, attrs marks)) {
	var inForce marks
	var s strings.Builder
	flush := func() {
		if s.Len() > 0 {
			yield(s.String(), nil, inForce)
			s.Reset()
		}
	}
	for it := b.start; it != nil; it = it.next {
		at.pieces(b.doc, it, func(from, to uint32) {
			switch it.kind {
			case kindString:
				// toDelta keeps this name for differences between versions.
				if inForce.has("ychange") {
					flush()
					inForce.drop("ychange")
				}
				s.Write(it.part(from, to))
			case kindType, kindEmbed:
				flush()
				yield("", it, inForce)
			case kindFormat:
				flush()
				inForce.set(it.extra.key, it.extra.val)
			}
		})
	}
	flush()
}

// part is a text's units between two offsets.
func (it *item) part(from, to uint32) []byte {
	text := it.text
	if from > 0 {
		text = textFrom(text, from, it.length)
	}
	if to < it.length {
		return textUntil(text, to-from, it.length-from)
	}
	return text
}

// Nested stands in a delta for a shared type that is no text.
type Nested struct {
	Type string `json:"type"` // array, map, element, fragment or hook
}

func (t *Text) nested(b *branch) any {
	if b.isText() {
		return &Text{t.doc, b}
	}
	return Nested{[...]string{
		typeArray: "array", typeMap: "map", typeXMLElement: "element", typeXMLFragment: "fragment", typeXMLHook: "hook",
	}[b.kind]}
}

// MarshalJSON is the text as a JSON string, Yjs's toJSON.
func (t *Text) MarshalJSON() ([]byte, error) { return appendQuoted(nil, t.String()), nil }

func (m marks) values() map[string]any {
	if len(m) == 0 {
		return nil
	}
	v := make(map[string]any, len(m))
	for _, k := range m {
		v[k.key] = k.val.any()
	}
	return v
}
