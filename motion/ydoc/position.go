package ydoc

import "fmt"

// ID is one clock of one client.
type ID struct {
	Client uint64 `json:"client"`
	Clock  uint64 `json:"clock"`
}

func (d *Doc) public(i id) *ID { return &ID{d.of(i).client, uint64(i.clock)} }

// Position is a place in a text that keeps its neighbour when the text
// changes, Yjs's relative position, also as its JSON: at Item; without one, at
// the end of a root or of the text that Type holds, or at the beginning if
// Assoc is negative.
type Position struct {
	Type *ID    `json:"type,omitempty"`
	Root string `json:"tname,omitempty"`
	Item *ID    `json:"item,omitempty"`
	// Assoc below zero holds to the character before the place, otherwise to
	// the one after it.
	Assoc int `json:"assoc"`
}

// Position returns the place at so many units, as it is now.
func (t *Text) Position(at, assoc int) Position {
	p := Position{Root: t.b.name, Assoc: assoc}
	if h := t.b.item; h != nil {
		p.Type = t.doc.public(h.id)
	}
	left := uint64(max(at, 0))
	if assoc < 0 {
		if left == 0 {
			return p
		}
		left--
	}
	b := t.b.blocks
	for ; b != nil && b.span <= left && b.next != nil; b = b.next {
		left -= b.span
	}
	if b == nil {
		return p
	}
	for it := b.first; it != nil; it = it.next {
		if n := it.span(); n > left {
			p.Item = t.doc.public(id{it.id.peer, it.id.clock + uint32(left)})
			break
		} else {
			left -= n
		}
		if it.next == nil && assoc < 0 {
			p.Item = t.doc.public(it.last())
		}
	}
	return p
}

// Resolve returns where in this text a position is now. It is false where the
// position is in another type, or at something that is not here, or no longer.
func (t *Text) Resolve(p Position) (at int, ok bool) {
	if p.Item == nil {
		here := p.Type == nil && t.b.item == nil && p.Root == t.b.name
		if h := t.b.item; h != nil && p.Type != nil {
			here = *p.Type == *t.doc.public(h.id)
		}
		if p.Assoc < 0 {
			return 0, here
		}
		return int(t.b.length), here
	}
	owner := t.doc.peers[p.Item.Client]
	if owner == nil || p.Item.Clock >= uint64(owner.next) {
		return 0, false
	}
	it := owner.get(uint32(p.Item.Clock))
	if it.parent() != t.b || it.entry() != nil {
		return 0, false
	}
	if h := t.b.item; h != nil && h.deleted {
		return 0, true
	}
	n := uint64(0)
	if it.visible() {
		n = p.Item.Clock - uint64(it.id.clock)
		if p.Assoc < 0 {
			n++
		}
	}
	for before := it.block.first; before != it; before = before.next {
		n += before.span()
	}
	for b := it.block.prev; b != nil; b = b.prev {
		n += b.span
	}
	return int(n), true
}

// Encode is the position as Yjs's encodeRelativePosition writes it.
func (p Position) Encode() []byte {
	w := &writer{}
	switch {
	case p.Item != nil:
		w.uint(0)
		w.uint(p.Item.Client)
		w.uint(p.Item.Clock)
	case p.Type != nil:
		w.uint(2)
		w.uint(p.Type.Client)
		w.uint(p.Type.Clock)
	default:
		w.uint(1)
		w.string(p.Root)
	}
	w.int(uint64(max(p.Assoc, -p.Assoc)), p.Assoc < 0)
	return w.b
}

// ParsePosition decodes what Encode writes.
func ParsePosition(b []byte) (Position, error) {
	var p Position
	r := &reader{b: b}
	switch r.uint() {
	case 0:
		p.Item = &ID{r.uint(), r.uint()}
	case 1:
		p.Root = string(r.text())
	case 2:
		p.Type = &ID{r.uint(), r.uint()}
	default:
		r.fail(ErrMalformed, "unknown position")
	}
	if r.at < len(r.b) {
		n, negative := r.int()
		if p.Assoc = int(n); negative {
			p.Assoc = -p.Assoc
		}
	}
	if r.err != nil {
		return Position{}, fmt.Errorf("position: %w", r.err)
	}
	return p, nil
}
