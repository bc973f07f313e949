package ydoc

// branch is a shared type: a sequence of items, entries by key, or both.
type branch struct {
	doc  *Doc
	item *item  // that holds it; nil for a root
	name string // a root's name
	kind byte   // typeArray…
	node string // the name of an XML element or hook

	start   *item
	entries map[string]*item // the newest item under each key
	length  uint64           // positions in the sequence
	blocks  *block
	// formatted is set when a format is integrated, as Yjs's _hasFormatting.
	formatted bool
	changed   uint64 // the transaction that last changed it
}

func (b *branch) isText() bool { return b.kind == typeText || b.kind == typeXMLText }

// leftmost is the first item in the history of a key.
func (t *txn) leftmost(b *branch, key string) *item {
	it := b.entries[key]
	for it != nil && it.prev != nil {
		t.work--
		it = it.prev
	}
	return it
}

// block is a stretch of neighbouring items of one sequence, so that a
// position is found by stepping over blocks. Entries of a map have blocks that
// say whose they are and no more, and so has an item that names its parent
// itself, until it finds its place.
type block struct {
	parent      *branch
	entry       *string // the key, of entries of a map
	first, last *item
	count       int
	span        uint64 // positions within
	prev, next  *block
	// What the block's formats leave in force; nil values end an attribute.
	formats marks
	stale   bool // formats are to be read again
}

const blockSize = 64

// join puts it, already linked in its sequence, into the index.
func (it *item) join() {
	var b *block
	switch {
	case it.prev != nil:
		b = it.prev.block
	case it.next != nil:
		b = it.next.block
	default:
		b = &block{parent: it.block.parent}
		b.parent.blocks = b
	}
	it.block = b
	if b.first == nil || b.first == it.next {
		b.first = it
	}
	if b.last == nil || b.last == it.prev {
		b.last = it
	}
	b.count++
	b.span += it.span()
	if it.kind == kindFormat {
		b.stale = true
	}
	if b.count > 2*blockSize {
		b.halve()
	}
}

func (b *block) halve() {
	right := &block{parent: b.parent, last: b.last, prev: b, next: b.next, stale: true}
	if b.next != nil {
		b.next.prev = right
	}
	b.next, b.stale = right, true
	it := b.first
	for range b.count/2 - 1 {
		it = it.next
	}
	b.last = it
	for it = it.next; ; it = it.next {
		if right.first == nil {
			right.first = it
		}
		it.block = right
		right.count++
		right.span += it.span()
		if it == right.last {
			break
		}
	}
	b.count -= right.count
	b.span -= right.span
}

// yield gives its positions to heir, the item before it, and leaves the index.
func (it *item) yield(heir *item) {
	if b := it.block; b.entry == nil && heir.block != b {
		b.span -= it.span()
		heir.block.span += it.span()
	}
	it.leave()
}

// leave takes it, whose positions are gone already, out of the index.
func (it *item) leave() {
	b := it.block
	if b.entry != nil {
		return
	}
	it.block = nil
	if b.count--; b.count == 0 {
		if b.prev != nil {
			b.prev.next = b.next
		} else {
			b.parent.blocks = b.next
		}
		if b.next != nil {
			b.next.prev = b.prev
		}
		return
	}
	if b.first == it {
		b.first = it.next
	}
	if b.last == it {
		b.last = it.prev
	}
}

// hide takes the positions of an item that is about to be deleted out of the
// index and of the parent's length.
func (it *item) hide() {
	n := it.span()
	if b := it.block; b.entry == nil {
		b.parent.length -= n
		b.span -= n
		b.stale = b.stale || it.kind == kindFormat
	}
}

// show undoes hide.
func (it *item) show() {
	n := it.span()
	if b := it.block; b.entry == nil {
		b.parent.length += n
		b.span += n
		b.stale = b.stale || it.kind == kindFormat
	}
}

// inForce is what the block's own formats leave in force at its end.
func (b *block) inForce() marks {
	if b.stale {
		b.formats = b.formats[:0]
		for it := b.first; ; it = it.next {
			if it.kind == kindFormat && !it.deleted {
				b.formats.put(it.extra.key, it.extra.val)
			}
			if it == b.last {
				break
			}
		}
		b.stale = false
	}
	return b.formats
}
