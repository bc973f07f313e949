package ydoc

import "strings"

// Text is a shared text with formatting, Yjs's Y.Text.
type Text struct {
	doc *Doc
	b   *branch
}

// Text opens the root text of that name. As in Yjs, updates applied from then
// on clean its formatting (unless Passive); opening it before or after them
// is the caller's choice.
func (d *Doc) Text(root string) *Text {
	b := d.root(root)
	if b.kind == typeUnknown {
		b.kind, b.formatted = typeText, false
	}
	return &Text{d, b}
}

// Len is the number of UTF-16 code units, embeds counting one each.
func (t *Text) Len() int { return int(t.b.length) }

// String is the text without formatting and embeds.
func (t *Text) String() string { return t.b.text() }

func (b *branch) text() string {
	var s strings.Builder
	for it := b.start; it != nil; it = it.next {
		if !it.deleted && it.kind == kindString {
			s.Write(it.text)
		}
	}
	return s.String()
}

// Insert writes s at a position, or at the end where the text is shorter.
// Nil attributes are those in force there; empty ones are none.
//
// Positions within a surrogate pair split it, as in Yjs; editors avoid that.
func (t *Text) Insert(at int, s string, attrs map[string]any) {
	if s == "" {
		return
	}
	t.doc.within(func(x *txn) {
		p := t.seek(x, at)
		m := makeMarks(attrs)
		if attrs == nil {
			m = append(marks(nil), p.marks...)
		}
		p.insert(stringItem(s), m)
	})
}

// InsertEmbed writes one embed, a JSON object such as {"image": …}.
func (t *Text) InsertEmbed(at int, embed any, attrs map[string]any) {
	t.doc.within(func(x *txn) {
		t.seek(x, at).insert(embedItem(embed), makeMarks(attrs))
	})
}

// Delete deletes n units from a position on, or what there is of them.
func (t *Text) Delete(at, n int) {
	if n > 0 {
		t.doc.within(func(x *txn) { t.seek(x, at).delete(uint64(n)) })
	}
}

// Format sets attributes on n units from a position on; nil values end them.
// As in Yjs, units beyond the end are newlines that it first adds.
func (t *Text) Format(at, n int, attrs map[string]any) {
	if n <= 0 {
		return
	}
	t.doc.within(func(x *txn) {
		if p := t.seek(x, at); p.right != nil {
			p.format(uint64(n), makeMarks(attrs))
		}
	})
}

// ApplyDelta applies a delta's operations one after another.
func (t *Text) ApplyDelta(ops []Op) {
	t.doc.within(func(x *txn) {
		p := &place{txn: x, b: t.b, right: t.b.start}
		for _, op := range ops {
			attrs := makeMarks(op.Attributes)
			switch s, isText := op.Insert.(string); {
			case isText && s != "":
				p.insert(stringItem(s), attrs)
			case isText:
			case op.Insert != nil:
				p.insert(embedItem(op.Insert), attrs)
			case op.Retain > 0:
				p.format(uint64(op.Retain), attrs)
			case op.Delete > 0:
				p.delete(uint64(op.Delete))
			}
		}
	})
}
