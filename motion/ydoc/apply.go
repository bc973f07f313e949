package ydoc

import (
	"cmp"
	"fmt"
	"slices"
)

// ref is an item that has not found its place yet, with the item whose type
// is its parent where the update said so.
type ref struct {
	it     *item
	holder id
}

// Apply integrates a v1 update; what it depends on and is not here yet waits.
// It fails with ErrMalformed, ErrUnsupported or ErrTooLarge, and then nothing
// has changed.
func (d *Doc) Apply(update []byte) error { return d.take(update, false) }

// Check is whether Apply would take an update, which it does not. A document
// that several processes keep is the same everywhere only if one of them
// decides what is too large: the others set MaxWork to NoLimit.
func (d *Doc) Check(update []byte) error { return d.take(update, true) }

func (d *Doc) take(update []byte, only bool) error {
	if err := scan(update); err != nil {
		return fmt.Errorf("apply update: %w", err)
	}
	d.fresh = fresh{}
	err := d.try(update, only)
	if err != nil || only {
		d.fresh.forget(d)
	}
	d.fresh = fresh{}
	if err != nil {
		return fmt.Errorf("apply update: %w", err)
	}
	return nil
}

func (d *Doc) try(update []byte, only bool) error {
	defer d.room.clear()
	lists, dels := d.build(update)
	size := len(update)
	p := &d.room.plan
	p.make(d.table, lists)
	if d.pending.wanted(p) {
		size += d.pending.size / pendingPerByte
		p.make(d.table, union(lists, d.pending.copies()))
	} else if len(d.pending.refs) > 0 {
		p.rest = union(p.rest, d.pending.refs)
		p.lacks(d.pending.missing)
	}
	waiting := pending{refs: p.rest, missing: p.missing}
	late := func(q *peer, s span) {
		if s.end > p.clock(q) {
			waiting.deletes.add(q, span{max(s.start, p.clock(q)), s.end})
		}
	}
	for _, e := range dels.list {
		for _, s := range e.spans {
			late(e.peer, s)
		}
	}
	for _, e := range d.pending.deletes.list {
		for _, s := range e.spans {
			late(e.peer, s)
			dels.add(e.peer, s)
		}
	}
	dels.normalise()
	waiting.deletes.normalise()
	if limit := cmp.Or(d.MaxPending, defaultMaxPending); waiting.measure() > limit {
		return fmt.Errorf("%w: more than %d bytes wait for their cause", ErrTooLarge, limit)
	}

	t := d.txn
	nested := t != nil
	if !nested {
		t = d.begin(false)
	}
	mark := t.mark(p, d.allowance(size))
	for _, r := range p.order {
		t.integrate(r.it, d.of(r.it.id).next-r.it.id.clock, r.holder)
		if t.work <= 0 {
			break
		}
	}
	spent := t.work <= 0
	if !spent {
		for _, e := range dels.list {
			for _, s := range e.spans {
				t.deleteRange(e.peer, s)
			}
		}
	}
	if spent || only {
		t.revert(mark)
		if !nested {
			d.txn = nil
			t.done()
		}
		if spent {
			return fmt.Errorf("%w: its items conflict with too many others", ErrTooLarge)
		}
		return nil
	}
	t.keep(mark)
	t.local = false
	d.pending = waiting
	if !nested {
		t.end()
	}
	return nil
}

// deleteRange deletes what is here of a range of clocks.
func (t *txn) deleteRange(p *peer, s span) {
	for end := min(s.end, p.next); s.start < end; {
		at := p.find(s.start)
		it := p.item(at)
		if !it.deleted {
			if it.id.clock < s.start {
				it = t.split(at, it, s.start-it.id.clock)
			}
			if it.end() > end {
				t.split(p.find(it.id.clock), it, end-it.id.clock)
			}
			t.delete(it)
		}
		s.start = it.end()
	}
}

// build makes the items of a scanned update.
func (d *Doc) build(update []byte) (refs, *deleteSet) {
	var q *queue
	var s raw
	r := &reader{b: update}
	for c := (cursor{}); r.next(&c, &s); {
		if s.kind() == kindSkip || s.length == 0 {
			continue
		}
		if q == nil || q.peer.client != s.id.client {
			q = d.room.queue(d.peer(s.id.client))
			// No struct is shorter than two bytes.
			q.refs = slices.Grow(q.refs, 1+min(int(c.count&0xffffffff), (len(r.b)-r.at)/2))
		}
		if s.end() <= q.peer.next && !d.refers(&s) {
			continue // known already
		}
		d.store.more = int(min(c.count, 1<<20))
		if n := len(q.refs); n > 0 && s.kind() == kindGC {
			if l := q.refs[n-1].it; l.kind == kindGC && l.end() == s.id.clock {
				l.length += s.length
				continue
			}
		}
		q.refs = append(q.refs, d.ref(q.peer, &s))
	}
	r.deletes(func(client uint64, s span) { d.room.dels.add(d.peer(client), s) })
	for _, q := range d.room.queues {
		if !slices.IsSortedFunc(q.refs, byClock) { // a client that comes twice
			slices.SortStableFunc(q.refs, byClock)
		}
	}
	d.store.end()
	return d.room.queues, &d.room.dels
}

// refers is whether reading s makes a root known, as it does in Yjs.
func (d *Doc) refers(s *raw) bool {
	return s.fromRoot && d.roots[string(s.root)] == nil
}

func byClock(a, b ref) int { return cmp.Compare(a.it.id.clock, b.it.id.clock) }

func (d *Doc) id(has bool, i rawID) id {
	if !has {
		return id{}
	}
	return id{d.peer(i.client).place, i.clock}
}

func (d *Doc) ref(p *peer, s *raw) ref {
	it := d.store.item()
	room := it.text
	*it = item{id: id{p.place, s.id.clock}, length: s.length, kind: s.kind()}
	if it.kind == kindGC {
		it.deleted = true
		return ref{it: it}
	}
	it.origin = d.id(s.info&hasOrigin != 0, s.origin)
	it.right = d.id(s.info&hasRight != 0, s.right)
	holder := d.id(s.orphan() && !s.fromRoot, s.parent)
	if s.fromRoot || s.isEntry() {
		it.block = &block{}
		if s.fromRoot {
			it.block.parent = d.root(string(s.root))
		}
		if s.isEntry() {
			key := string(s.sub)
			it.block.entry = &key
		}
	}
	r := &reader{b: s.body}
	switch it.kind {
	case kindString, kindBinary:
		it.text = d.store.text(room, r.bytes())
	case kindEmbed:
		it.extra = &extra{val: parseValue(r.bytes())}
	case kindFormat:
		it.extra = &extra{key: string(r.bytes()), val: parseValue(r.bytes())}
	case kindType:
		b := &branch{doc: d, kind: byte(r.uint())}
		if b.kind == typeXMLElement || b.kind == typeXMLHook {
			b.node = string(r.bytes())
		}
		it.extra = &extra{shared: b}
	case kindJSON:
		it.extra = &extra{list: list(r, func(w *writer) { w.b = append(w.b, r.bytes()...) })}
	case kindAny:
		it.extra = &extra{list: list(r, func(w *writer) { copyAny(w, r, 0) })}
	}
	return ref{it, holder}
}

// list reads values into one buffer.
func list(r *reader, read func(*writer)) [][]byte {
	n := int(r.uint())
	w := &writer{b: make([]byte, 0, len(r.b)-r.at)}
	ends := make([]int, n)
	for i := range ends {
		read(w)
		ends[i] = len(w.b)
	}
	values, start := make([][]byte, n), 0
	for i, end := range ends {
		values[i] = w.b[start:end:end]
		start = end
	}
	return values
}
