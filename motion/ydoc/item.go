package ydoc

import "math"

// maxClock is where every client's clocks end, so that items take little
// memory. Yjs counts to 2⁵³; a person who types ten letters a second gets here
// after thirteen years without sleep.
const maxClock = math.MaxUint32

// id names one clock of one client, by the client's place in Doc.table. The
// zero id names nothing: nobody has place 0.
type id struct{ peer, clock uint32 }

func (i id) none() bool { return i.peer == 0 }

// item is a run of consecutive clocks of one client with one content, or what
// remains of it (kindDeleted in its place, kindGC once its parent is gone). A
// long text has a hundred thousand of them: they are 96 bytes each.
type item struct {
	id            id
	origin, right id     // between which it was written
	length        uint32 // in clocks
	stamp         uint32 // when resolveConflict last passed it
	prev, next    *item  // its neighbours now
	block         *block // its part of its parent; nil once that is gone
	text          []byte // of kindString (UTF-8) and kindBinary
	extra         *extra // of the other kinds with a content
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

// What an item roughly costs beside its content: by itself, as one of the
// kinds with an extra, and as an entry of a map.
const (
	itemWeight  = 112
	extraWeight = 96
	entryWeight = 128
)

func (it *item) end() uint32 { return it.id.clock + it.length }
func (it *item) last() id    { return id{it.id.peer, it.end() - 1} }

// parent is the type that the item belongs to. It is nil where that is gone,
// or named by an item that has not been looked for yet.
func (it *item) parent() *branch {
	if it.block == nil {
		return nil
	}
	return it.block.parent
}

// entry is the key of an entry of a map; nil where the item is none.
func (it *item) entry() *string {
	if it.block == nil {
		return nil
	}
	return it.block.entry
}

// countable is whether the content has a place among its parent's positions.
func (it *item) countable() bool {
	return it.kind != kindFormat && it.kind != kindDeleted && it.kind != kindGC
}

func (it *item) visible() bool { return !it.deleted && it.countable() }

// span is how many positions the item takes in its parent now.
func (it *item) span() uint64 {
	if it.visible() {
		return uint64(it.length)
	}
	return 0
}

func (it *item) weight() int {
	n := it.shell() + len(it.text)
	if e := it.extra; e != nil {
		n += len(e.key)
		if e.val != nil {
			n += 2 * len(e.val.json)
		}
		for _, b := range e.list {
			n += 24 + len(b)
		}
	}
	return n
}

// shell is the part of weight that is not the content's.
func (it *item) shell() int {
	n := itemWeight
	if it.extra != nil {
		n += extraWeight
	}
	if it.entry() != nil {
		n += entryWeight
	}
	return n
}

// cut makes the item end after its first n clocks and returns the rest, not
// yet linked anywhere, with the surrogate pair that this destroyed.
func (it *item) cut(n uint32) (rest *item, pair string) {
	rest = &item{
		id: id{it.id.peer, it.id.clock + n}, length: it.length - n,
		origin: id{it.id.peer, it.id.clock + n - 1}, right: it.right,
		block: it.block, kind: it.kind, deleted: it.deleted,
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
	if key := r.entry(); key != nil && r.parent().entries[*key] == r {
		r.parent().entries[*key] = it
	}
	r.yield(it)
	it.next = r.next
	if it.next != nil {
		it.next.prev = it
	}
	it.length += r.length
}
