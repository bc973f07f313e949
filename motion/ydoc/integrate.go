package ydoc

import "slices"

// cleanStart returns the item that begins at i, splitting where needed.
func (t *txn) cleanStart(i id) *item {
	s := i.peer.find(i.clock)
	it := i.peer.item(s)
	if it.id.clock < i.clock && it.kind != kindGC {
		return t.split(s, it, i.clock-it.id.clock)
	}
	return it
}

// cleanEnd returns the item that ends with i, splitting where needed.
func (t *txn) cleanEnd(i id) *item {
	s := i.peer.find(i.clock)
	it := i.peer.item(s)
	if it.end() != i.clock+1 && it.kind != kindGC {
		t.split(s, it, i.clock-it.id.clock+1)
	}
	return it
}

func (t *txn) split(s spot, it *item, n uint64) *item {
	t.doc.size -= it.weight()
	rest, pair := it.cut(n)
	t.doc.size += it.weight() + rest.weight()
	rest.prev, rest.next = it, it.next
	it.next = rest
	if rest.next != nil {
		rest.next.prev = rest
	} else if rest.sub != nil {
		rest.parent.entries[*rest.sub] = rest
	}
	if b := it.block; b != nil {
		b.span -= rest.span()
		rest.join()
	}
	t.splits = append(t.splits, rest.id)
	if t.undo.on {
		t.undo.cuts = append(t.undo.cuts, cut{rest, pair})
	}
	it.id.peer.insertAfter(s, rest)
	return rest
}

// integrate gives it its place. All that it refers to is here already; its
// first offset clocks are too. holder names the item whose type is the
// parent, where the update said so.
func (t *txn) integrate(it *item, offset uint64, holder id) {
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
			if it.prev.kind == kindGC {
				it.parent = nil
			} else if it.parent != nil {
				it.parent, it.sub = it.prev.parent, it.prev.sub
			}
		}
	}
	if it.kind == kindGC || it.parent == nil {
		t.add(it.collect())
		return
	}
	t.weave(it)
	t.add(it)
	switch it.kind {
	case kindDeleted:
		it.deleted = true
		t.deletes.add(it.id.peer, span{it.id.clock, it.end()})
	case kindFormat:
		if !it.parent.formatted {
			it.parent.formatted = true
			if t.undo.on {
				t.undo.formatted = append(t.undo.formatted, it.parent)
			}
		}
	case kindType:
		it.extra.shared.item = it
	}
	t.touch(it.parent)
	if h := it.parent.item; h != nil && h.deleted || it.sub != nil && it.next != nil {
		t.delete(it) // its parent is gone, or a newer entry has its key
	}
}

// resolve turns identifiers into neighbours and parent. A nil parent means
// that the parent is gone, and so the item's content.
func (t *txn) resolve(it *item, holder id) {
	if it.kind == kindGC {
		return
	}
	var right *item
	if it.origin.peer != nil {
		it.prev = t.cleanEnd(it.origin)
		it.origin = it.prev.last()
	}
	if it.right.peer != nil {
		right = t.cleanStart(it.right)
		it.right = right.id
		it.next = right
	}
	switch left := it.prev; {
	case left != nil && left.kind == kindGC || right != nil && right.kind == kindGC:
		it.parent = nil
	case left != nil:
		it.parent, it.sub = left.parent, left.sub
	case right != nil:
		it.parent, it.sub = right.parent, right.sub
	case holder.peer != nil:
		if h := holder.peer.get(holder.clock); h.kind == kindType {
			it.parent = h.extra.shared
		}
	}
}

// weave finds an item's place among those written concurrently at the same
// place (YATA, with Yjs's rules) and links it there.
func (t *txn) weave(it *item) {
	left, right := it.prev, it.next
	if left == nil && (right == nil || right.prev != nil) || left != nil && left.next != right {
		it.prev = t.resolveConflict(it, left, right)
	}
	switch {
	case it.prev != nil:
		it.next = it.prev.next
		it.prev.next = it
	case it.sub != nil:
		it.next = t.leftmost(it.parent, *it.sub)
	default:
		it.next = it.parent.start
		it.parent.start = it
	}
	if it.next != nil {
		it.next.prev = it
	} else if it.sub != nil {
		if it.parent.entries == nil {
			it.parent.entries = map[string]*item{}
		}
		it.parent.entries[*it.sub] = it
		if it.prev != nil {
			t.delete(it.prev)
		}
	}
	if it.sub == nil {
		it.parent.length += it.span()
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
	case it.sub != nil:
		o = t.leftmost(it.parent, *it.sub)
	default:
		o = it.parent.start
	}
	// Stamps from seen on are of items passed here, from conflicting on of
	// those passed since left last moved.
	d := t.doc
	seen, conflicting := d.stamp+1, d.stamp+1
	for ; o != nil && o != right && t.work > 0; o = o.next {
		t.work--
		d.stamp++
		o.stamp = d.stamp
		if it.origin == o.origin {
			if o.id.peer.client < it.id.peer.client {
				left, conflicting = o, d.stamp+1
			} else if it.right == o.right {
				break // same place: the lower client comes first
			}
			continue
		}
		if o.origin.peer == nil {
			break
		}
		t.work--
		switch stamp := o.origin.peer.get(o.origin.clock).stamp; {
		case stamp < seen:
			return left
		case stamp < conflicting:
			left, conflicting = o, d.stamp+1
		}
	}
	return left
}

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
	t.deletes.add(it.id.peer, span{it.id.clock, it.end()})
	t.touch(it.parent)
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
