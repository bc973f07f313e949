package ydoc

// id names one clock of one client. A nil peer is no identifier.
type id struct {
	peer  *peer
	clock uint64
}

// item is a run of consecutive clocks of one client with one content, or what
// remains of it (kindDeleted in its place, kindGC once its parent is gone).
type item struct {
	id            id
	length        uint64
	origin, right id    // between which it was written
	prev, next    *item // its neighbours now
	parent        *branch
	sub           *string // the key, when it is an entry of a map
	block         *block  // its part of the parent's index
	text          []byte  // of kindString (UTF-8) and kindBinary
	extra         *extra  // of the other kinds with a content
	stamp         uint64  // when resolveConflict last passed it
	kind          byte
	deleted       bool
}

// extra is a content that is neither text nor absent.
type extra struct {
	key    string   // of a format
	val    *value   // of a format or an embed
	list   [][]byte // of kindAny (canonical) and kindJSON (its texts)
	shared *branch  // of kindType
}

// itemWeight is roughly what an item costs beside its content.
const (
	itemWeight  = 160
	extraWeight = 96
)

func (it *item) end() uint64 { return it.id.clock + it.length }
func (it *item) last() id    { return id{it.id.peer, it.end() - 1} }

// countable is whether the content has a place among its parent's positions.
func (it *item) countable() bool {
	return it.kind != kindFormat && it.kind != kindDeleted && it.kind != kindGC
}

func (it *item) visible() bool { return !it.deleted && it.countable() }

// span is how many positions the item takes in its parent now.
func (it *item) span() uint64 {
	if it.visible() {
		return it.length
	}
	return 0
}

func (it *item) weight() int {
	n := itemWeight + len(it.text)
	if e := it.extra; e != nil {
		n += extraWeight + len(e.key)
		if e.val != nil {
			n += 2 * len(e.val.json)
		}
		for _, b := range e.list {
			n += 24 + len(b)
		}
	}
	return n
}

// cut makes the item end after its first n clocks and returns the rest, not
// yet linked anywhere, with the surrogate pair that this destroyed.
func (it *item) cut(n uint64) (rest *item, pair string) {
	rest = &item{
		id: id{it.id.peer, it.id.clock + n}, length: it.length - n,
		origin: id{it.id.peer, it.id.clock + n - 1}, right: it.right,
		parent: it.parent, sub: it.sub, kind: it.kind, deleted: it.deleted,
	}
	switch it.kind {
	case kindString:
		it.text, rest.text, pair = splitText(it.text, n, it.length)
	case kindAny, kindJSON:
		rest.extra = &extra{list: it.extra.list[n:]}
		it.extra = &extra{list: it.extra.list[:n:n]}
	}
	it.length = n
	return rest, pair
}

// joins is whether r, which follows in clocks, can become part of it without
// loss.
func (it *item) joins(r *item) bool {
	if it.kind != r.kind {
		return false
	}
	switch it.kind {
	case kindGC:
		return true
	case kindString, kindAny, kindJSON, kindDeleted:
		return it.deleted == r.deleted && it.next == r && it.end() == r.id.clock &&
			r.origin == it.last() && it.right == r.right
	}
	return false
}

// absorb makes r, which joins it, part of it and unlinks r from its parent.
func (it *item) absorb(r *item) {
	switch it.kind {
	case kindGC:
		it.length += r.length
		return
	case kindString:
		it.text = append(it.text, r.text...)
	case kindAny, kindJSON:
		it.extra.list = append(it.extra.list, r.extra.list...)
	}
	if b := it.parent; r.sub != nil && b.entries[*r.sub] == r {
		b.entries[*r.sub] = it
	}
	r.yield(it)
	it.next = r.next
	if it.next != nil {
		it.next.prev = it
	}
	it.length += r.length
}
