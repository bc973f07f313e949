package ydoc

import "slices"

// cleanStart returns the item that begins at i, splitting where needed.
func (t *txn) cleanStart(i id) *item {
	p := t.doc.of(i)
	s := p.find(i.clock)
	it := p.item(s)
	if it.id.clock < i.clock && it.kind != kindGC {
		return t.split(s, it, i.clock-it.id.clock)
	}
	return it
}

// cleanEnd returns the item that ends with i, splitting where needed.
func (t *txn) cleanEnd(i id) *item {
	p := t.doc.of(i)
	s := p.find(i.clock)
	it := p.item(s)
	if it.end() != i.clock+1 && it.kind != kindGC {
		t.split(s, it, i.clock-it.id.clock+1)
	}
	return it
}

func (t *txn) split(s spot, it *item, n uint32) *item {
	t.doc.size -= it.weight()
	rest, pair := it.cut(n)
	t.doc.size += it.weight() + rest.weight()
	rest.prev, rest.next = it, it.next
	it.next = rest
	if rest.next != nil {
		rest.next.prev = rest
	} else if key := rest.entry(); key != nil {
		rest.parent().entries[*key] = rest
	}
	if b := it.block; b.entry == nil {
		b.span -= rest.span()
		rest.join()
	}
	t.splits = append(t.splits, rest.id)
	if t.undo.on {
		t.undo.cuts = append(t.undo.cuts, cut{rest, pair})
	}
	t.doc.of(it.id).insertAfter(s, rest)
	return rest
}

// integrate gives it its place. All that it refers to is here already; its
// first offset clocks are too. holder names the item whose type is the
// parent, where the update said so.
func (t *txn) integrate(it *item, offset uint32, holder id) {
	t.resolve(it, holder)
	if offset > 0 {
		it.id.clock += offset
		if it.kind == kindGC {
			it.length -= offset
		} else {
			front := it.id
			front.clock--
			it.prev = t.cleanEnd(front)
			rest, _ := it.cut(offset)
			it.length, it.text, it.extra = rest.length, rest.text, rest.extra
			it.origin = it.prev.last()
			// Two writers under one client: follow what is here.
			if it.prev.kind == kindGC || it.parent() != nil {
				it.block = it.prev.block
			}
		}
	}
	if it.kind == kindGC || it.parent() == nil {
		t.add(it.collect())
		return
	}
	t.weave(it)
	t.add(it)
	switch it.kind {
	case kindDeleted:
		it.deleted = true
		t.deletes.add(t.doc.of(it.id), span{it.id.clock, it.end()})
	case kindFormat:
		if b := it.parent(); !b.formatted {
			b.formatted = true
			if t.undo.on {
				t.undo.formatted = append(t.undo.formatted, b)
			}
		}
	case kindType:
		it.extra.shared.item = it
	}
	t.touch(it.parent())
	if h := it.parent().item; h != nil && h.deleted || it.entry() != nil && it.next != nil {
		t.delete(it) // its parent is gone, or a newer entry has its key
	}
}

// resolve turns identifiers into neighbours and parent: the item has a block of
// its parent's then, if not yet its own. Without, the parent is gone, and so the
// item's content.
func (t *txn) resolve(it *item, holder id) {
	if it.kind == kindGC {
		return
	}
	var right *item
	if !it.origin.none() {
		it.prev = t.cleanEnd(it.origin)
		it.origin = it.prev.last()
	}
	if !it.right.none() {
		right = t.cleanStart(it.right)
		it.right = right.id
		it.next = right
	}
	switch left := it.prev; {
	case left != nil && left.kind == kindGC || right != nil && right.kind == kindGC:
		it.block = nil
	case left != nil:
		it.block = left.block
	case right != nil:
		it.block = right.block
	case !holder.none():
		if h := t.doc.get(holder); h.kind == kindType {
			it.block = &block{parent: h.extra.shared, entry: it.entry()}
		}
	}
}

// weave finds an item's place among those written concurrently at the same
// place (YATA, with Yjs's rules) and links it there.
func (t *txn) weave(it *item) {
	b, key := it.parent(), it.entry()
	left, right := it.prev, it.next
	if left == nil && (right == nil || right.prev != nil) || left != nil && left.next != right {
		it.prev = t.resolveConflict(it, left, right)
	}
	switch {
	case it.prev != nil:
		it.next = it.prev.next
		it.prev.next = it
	case key != nil:
		it.next = t.leftmost(b, *key)
	default:
		it.next = b.start
		b.start = it
	}
	if it.next != nil {
		it.next.prev = it
	} else if key != nil {
		if b.entries == nil {
			b.entries = map[string]*item{}
		}
		b.entries[*key] = it
		if it.prev != nil {
			t.delete(it.prev)
		}
	}
	if key == nil {
		b.length += it.span()
		it.join()
	}
}

// resolveConflict walks the items between left and right and returns the one
// after which it belongs.
func (t *txn) resolveConflict(it, left, right *item) *item {
	var o *item
	switch {
	case left != nil:
		o = left.next
	case it.entry() != nil:
		o = t.leftmost(it.parent(), *it.entry())
	default:
		o = it.parent().start
	}
	// Stamps from seen on are of items passed here, from conflicting on of
	// those passed since left last moved.
	d := t.doc
	d.restamp()
	client := d.of(it.id).client
	seen, conflicting := d.stamp+1, d.stamp+1
	for ; o != nil && o != right && t.work > 0; o = o.next {
		t.work--
		d.stamp++
		o.stamp = d.stamp
		if it.origin == o.origin {
			if d.of(o.id).client < client {
				left, conflicting = o, d.stamp+1
			} else if it.right == o.right {
				break // same place: the lower client comes first
			}
			continue
		}
		if o.origin.none() {
			break
		}
		t.work--
		switch stamp := d.get(o.origin).stamp; {
		case stamp < seen:
			return left
		case stamp < conflicting:
			left, conflicting = o, d.stamp+1
		}
	}
	return left
}

// restamp has stamps begin again before they run out.
func (d *Doc) restamp() {
	if d.stamp < maxStamp {
		return
	}
	for _, p := range d.peers {
		p.all(0, func(it *item) { it.stamp = 0 })
	}
	d.stamp = 0
}

// maxStamp leaves room for all that one conflict may pass.
const maxStamp = 1 << 31

// delete marks an item deleted, and what its type holds, depth first; their
// contents go when the transaction ends.
func (t *txn) delete(it *item) {
	if it.deleted {
		return
	}
	t.strike(it)
	if it.kind != kindType {
		return
	}
	// No recursion: types nest as deep as updates say.
	for stack := it.children(nil); len(stack) > 0; {
		c := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if c.deleted {
			if t.isOld(c.id) {
				// Becomes garbage with its parent, and may then merge.
				t.splits = append(t.splits, c.id)
			}
			continue
		}
		t.strike(c)
		if c.kind == kindType {
			stack = c.children(stack)
		}
	}
}

func (t *txn) strike(it *item) {
	it.hide()
	it.deleted = true
	t.deletes.add(t.doc.of(it.id), span{it.id.clock, it.end()})
	t.touch(it.parent())
}

// children pushes what an item's type holds on a stack, the first on top.
func (it *item) children(stack []*item) []*item {
	shared, n := it.extra.shared, len(stack)
	for c := shared.start; c != nil; c = c.next {
		stack = append(stack, c)
	}
	for _, key := range sortedKeys(shared.entries) {
		stack = append(stack, shared.entries[key])
	}
	slices.Reverse(stack[n:])
	return stack
}

// collect turns an item into what a reference needs and no more.
func (it *item) collect() *item {
	*it = item{id: it.id, length: it.length, kind: kindGC, deleted: true}
	return it
}

// forget drops a deleted item's content, and what its type held entirely.
func (t *txn) forget(it *item) {
	if it.kind == kindGC {
		return
	}
	stack := it.hoard(nil)
	t.doc.size -= it.weight()
	it.kind, it.text, it.extra = kindDeleted, nil, nil
	t.doc.size += it.weight()
	for len(stack) > 0 {
		c := stack[len(stack)-1]
		stack = c.hoard(stack[:len(stack)-1])
		t.doc.size -= c.weight()
		c.collect()
		t.doc.size += c.weight()
	}
}

// hoard takes from an item's type all that it ever held, and pushes it on a
// stack.
func (it *item) hoard(stack []*item) []*item {
	if it.kind != kindType {
		return stack
	}
	shared := it.extra.shared
	for c := shared.start; c != nil; c = c.next {
		stack = append(stack, c)
	}
	for _, c := range shared.entries {
		for ; c != nil; c = c.prev {
			stack = append(stack, c)
		}
	}
	shared.start, shared.entries, shared.blocks = nil, nil, nil
	return stack
}
