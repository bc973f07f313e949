package ydoc

import (
	"cmp"
	"math"
	"slices"
)

// NoLimit as Doc.MaxWork lets Apply take as long as it takes.
const NoLimit = -1

// Integrating an item passes, one by one, those that were written at the same
// place without knowledge of it. Honest sessions pass few (see
// TestHonestWork); an update made for it passes the square of its items.
const (
	defaultMaxWork = 4 << 20
	workPerByte    = 16
	pendingPerByte = 8 // what waits, as pending measures it, for a byte of its update
)

// allowance is how many steps an update of so many bytes may take.
func (d *Doc) allowance(size int) int {
	if d.MaxWork < 0 {
		return math.MaxInt
	}
	return cmp.Or(d.MaxWork, defaultMaxWork) + workPerByte*size
}

// fresh is what an update has been the first to mention. It may be forgotten
// with the update.
type fresh struct {
	peers []*peer
	roots []*branch
}

func (f fresh) forget(d *Doc) {
	for _, p := range f.peers {
		delete(d.peers, p.client)
	}
	d.table = slices.Delete(d.table, len(d.table)-len(f.peers), len(d.table))
	for _, b := range f.roots {
		delete(d.roots, b.name)
	}
}

// undo is what must be known, beside the transaction itself, to take an
// update back.
type undo struct {
	on        bool
	cuts      []cut
	formatted []*branch // that were not before
}

// cut is the right half of a split item, with the surrogate pair that the
// split destroyed.
type cut struct {
	rest *item
	pair string
}

// point is where a transaction stood before an update.
type point struct {
	plan                     *plan
	size                     int
	deletes                  deleteSet
	touched, splits, changed int
}

// mark begins an update that revert can take back, until keep.
func (t *txn) mark(p *plan, work int) point {
	m := point{p, t.doc.size, t.deletes, len(t.touched), len(t.splits), len(t.changed)}
	if len(t.deletes.list) > 0 {
		t.deletes = deleteSet{}
	}
	t.undo.on = true
	t.work = work
	return m
}

func (t *txn) keep(m point) {
	if len(m.deletes.list) > 0 {
		for _, e := range t.deletes.list {
			for _, s := range e.spans {
				m.deletes.add(e.peer, s)
			}
		}
		t.deletes = m.deletes
	}
	t.undo.reset()
	t.work = math.MaxInt
}

func (u *undo) reset() {
	clear(u.cuts)
	clear(u.formatted)
	*u = undo{cuts: u.cuts[:0], formatted: u.formatted[:0]}
}

// revert takes back all since the mark: items reappear, new ones go, and what
// was split is joined again.
func (t *txn) revert(m point) {
	clock := func(p *peer) uint32 {
		if q := p.queue; q != nil {
			return q.next
		}
		return p.next
	}
	for _, e := range t.deletes.list {
		for _, s := range e.spans {
			for s.end = min(s.end, clock(e.peer)); s.start < s.end; {
				it := e.peer.get(s.start)
				it.deleted = false
				it.show()
				s.start = it.end()
			}
		}
	}
	for _, q := range m.plan.queues {
		p := q.peer
		for p.next > q.next {
			s := p.lastSpot()
			it := p.item(s)
			it.unweave()
			p.remove(s)
			p.next = it.id.clock
		}
	}
	of := func(c cut) *peer { return t.doc.of(c.rest.id) }
	cuts := slices.DeleteFunc(t.undo.cuts, func(c cut) bool { return c.rest.id.clock >= clock(of(c)) })
	slices.SortFunc(cuts, func(a, b cut) int {
		return cmp.Or(byClientDown(of(a), of(b)), cmp.Compare(a.rest.id.clock, b.rest.id.clock))
	})
	for _, c := range cuts {
		p := of(c)
		s := p.find(c.rest.id.clock)
		left, _ := p.back(s)
		it := p.item(left)
		if c.pair != "" {
			it.text = append(it.text[:len(it.text)-len(replacement)], c.pair...)
			c.rest.text = c.rest.text[len(replacement):]
		}
		it.absorb(c.rest)
		p.remove(s)
	}
	for _, b := range t.undo.formatted {
		b.formatted = false
	}
	for _, p := range t.touched[m.touched:] {
		p.txn = 0
	}
	t.touched, t.before = t.touched[:m.touched], t.before[:m.touched]
	t.splits, t.changed = t.splits[:m.splits], t.changed[:m.changed]
	t.deletes = m.deletes
	t.undo.reset()
	t.work = math.MaxInt
	t.doc.size = m.size
}

// unweave takes a new item out of its sequence or its key's history.
func (it *item) unweave() {
	b, key := it.parent(), it.entry()
	if b == nil || it.kind == kindGC {
		return
	}
	if !it.deleted {
		it.hide()
		it.deleted = true
	}
	it.leave()
	switch {
	case it.prev != nil:
		it.prev.next = it.next
	case key == nil:
		b.start = it.next
	}
	switch {
	case it.next != nil:
		it.next.prev = it.prev
	case key != nil && it.prev != nil:
		b.entries[*key] = it.prev
	case key != nil:
		delete(b.entries, *key)
	}
}
