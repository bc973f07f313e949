package ydoc

import (
	"slices"
	"strings"
)

// place is where a local edit of a text stands: between two items, with the
// attributes in force there. The edits follow yjs src/types/YText.js step by
// step, so that Yjs and ydoc write the same items for the same edit.
type place struct {
	txn         *txn
	b           *branch
	left, right *item
	marks       marks
}

// seek returns the place directly after the first at units, splitting the
// item there.
func (t *Text) seek(x *txn, at int) *place {
	p := &place{txn: x, b: t.b, right: t.b.start}
	left := uint64(max(at, 0))
	block := t.b.blocks
	for ; block != nil && block.span < left && block.next != nil; block = block.next {
		left -= block.span
		for _, k := range block.inForce() {
			p.marks.set(k.key, k.val)
		}
		p.left, p.right = block.last, block.last.next
	}
	for left > 0 && p.right != nil {
		if it := p.right; it.visible() {
			if left < it.span() {
				x.cleanStart(id{it.id.peer, it.id.clock + uint32(left)})
			}
			left -= it.span()
		}
		p.forward()
	}
	return p
}

func (p *place) forward() {
	if it := p.right; it.kind == kindFormat && !it.deleted {
		p.marks.set(it.extra.key, it.extra.val)
	}
	p.left, p.right = p.right, p.right.next
}

func (t *txn) stringItem(s string) *item {
	it := t.doc.store.item()
	text := append(it.text[:0], strings.ToValidUTF8(s, replacement)...)
	*it = item{kind: kindString, length: uint32(units(text)), text: text}
	return it
}

func embedItem(v any) *item {
	return &item{kind: kindEmbed, length: 1, extra: &extra{val: makeValue(v)}}
}

func formatItem(key string, v *value) *item {
	if v == nil {
		v = makeValue(nil)
	}
	return &item{kind: kindFormat, length: 1, extra: &extra{key: key, val: v}}
}

// put integrates a new item here and steps over it.
func (p *place) put(it *item) {
	own := p.txn.doc.own(it.length)
	it.id = id{own.place, own.next}
	it.prev, it.next = p.left, p.right
	if p.left != nil {
		it.origin = p.left.last()
	}
	if p.right != nil {
		it.right = p.right.id
	}
	if p.left == nil && p.right == nil {
		it.block = &block{parent: p.b}
	}
	p.txn.integrate(it, 0, id{})
	p.right = it
	p.forward()
}

// skip steps over deleted items and formats that say what attrs say anyway.
func (p *place) skip(attrs marks) {
	for it := p.right; it != nil; it = p.right {
		if !it.deleted && !(it.kind == kindFormat && equal(attrs.get(it.extra.key), it.extra.val)) {
			return
		}
		p.forward()
	}
}

// open writes the formats that make attrs hold from here on, and returns
// those that undo them.
func (p *place) open(attrs marks) (undo marks) {
	for _, k := range attrs {
		if now := p.marks.get(k.key); !equal(now, k.val) {
			undo.put(k.key, now)
			p.put(formatItem(k.key, k.val))
		}
	}
	return undo
}

// close writes the formats that undo says, but those that stand here already.
func (p *place) close(undo marks) {
	for it := p.right; it != nil; it = p.right {
		if !it.deleted {
			if it.kind != kindFormat || !undo.has(it.extra.key) || !equal(undo.get(it.extra.key), it.extra.val) {
				break
			}
			undo.drop(it.extra.key)
		}
		p.forward()
	}
	for _, k := range undo {
		p.put(formatItem(k.key, k.val))
	}
}

func (p *place) insert(it *item, attrs marks) {
	for _, k := range p.marks {
		if !attrs.has(k.key) {
			attrs.put(k.key, nil)
		}
	}
	p.skip(attrs)
	undo := p.open(attrs)
	p.put(it)
	p.close(undo)
}

func (p *place) format(n uint64, attrs marks) {
	p.skip(attrs)
	undo := p.open(attrs)
	for p.right != nil && (n > 0 || len(undo) > 0 && (p.right.deleted || p.right.kind == kindFormat)) {
		it := p.right
		switch {
		case it.deleted:
		case it.kind != kindFormat:
			if n < it.span() {
				p.txn.cleanStart(id{it.id.peer, it.id.clock + uint32(n)})
			}
			n -= it.span()
		case !attrs.has(it.extra.key):
			p.marks.put(it.extra.key, it.extra.val)
		default:
			if equal(attrs.get(it.extra.key), it.extra.val) {
				undo.drop(it.extra.key)
			} else if n == 0 {
				// Nothing left to format: what follows has its own say.
				p.close(undo)
				return
			} else {
				undo.put(it.extra.key, it.extra.val)
			}
			p.txn.delete(it)
		}
		p.forward()
	}
	if n > 0 {
		p.put(p.txn.stringItem(strings.Repeat("\n", int(n))))
	}
	p.close(undo)
}

func (p *place) delete(n uint64) {
	start, before := p.right, slices.Clone(p.marks)
	for n > 0 && p.right != nil {
		it := p.right
		if !it.deleted && (it.kind == kindString || it.kind == kindEmbed || it.kind == kindType) {
			if n < it.span() {
				p.txn.cleanStart(id{it.id.peer, it.id.clock + uint32(n)})
			}
			n -= it.span()
			p.txn.delete(it)
		}
		p.forward()
	}
	if start != nil {
		p.txn.tidyGap(start, p.right, before, &p.marks)
	}
}
