package ydoc

import (
	"maps"
	"math"
	"slices"
)

// txn is one change of a document, from its first edit until what it deleted
// is forgotten and what it wrote is packed.
type txn struct {
	doc     *Doc
	serial  uint64
	local   bool
	touched []*peer  // that this transaction wrote to
	before  []uint32 // their clocks before it
	deletes deleteSet
	splits  []id      // where items may merge again
	changed []*branch // shared types that were here before
	work    int       // steps left before it is given up
	gaps    uint32    // later stamps are of gaps that tidyAround has seen
	undo    undo
}

func (d *Doc) begin(local bool) *txn {
	d.serial++
	t := d.spare
	if d.spare = nil; t == nil {
		t = &txn{doc: d}
	}
	t.serial, t.local, t.work = d.serial, local, math.MaxInt
	d.txn = t
	return t
}

// done keeps a transaction's room for the next one.
func (t *txn) done() {
	clear(t.touched)
	clear(t.splits)
	clear(t.changed)
	t.deletes.reset()
	t.undo.reset()
	t.touched, t.before, t.splits, t.changed = t.touched[:0], t.before[:0], t.splits[:0], t.changed[:0]
	if cap(t.touched)+cap(t.splits)+cap(t.changed)+cap(t.deletes.list)+cap(t.undo.cuts) > 1<<10 {
		*t = txn{doc: t.doc}
	}
	t.doc.spare = t
}

func (t *txn) add(it *item) {
	p := t.doc.of(it.id)
	if p.txn != t.serial {
		p.txn, p.before = t.serial, p.next
		t.touched = append(t.touched, p)
		t.before = append(t.before, p.next)
	}
	p.append(it)
	t.doc.size += it.weight()
}

// isOld is whether i was here before the transaction.
func (t *txn) isOld(i id) bool {
	p := t.doc.of(i)
	return p.txn != t.serial || i.clock < p.before
}

func (t *txn) touch(b *branch) {
	if b.item == nil || t.isOld(b.item.id) && !b.item.deleted {
		if b.changed != t.serial {
			b.changed = t.serial
			t.changed = append(t.changed, b)
		}
	}
}

// end finishes the transaction in the order in which Yjs does, for the same
// items in the end, and returns the update of a local one.
func (t *txn) end() (update []byte) {
	d := t.doc
	t.deletes.normalise()
	d.txn = nil
	var clean *txn
	if !t.local && !d.Passive && t.changedFormattedText() {
		clean = d.begin(true)
		clean.tidyAfter(t)
		d.txn = nil
	}
	if !d.Keep {
		t.forgetDeleted()
	}
	t.pack()
	if t.local {
		update = t.encode()
		if update != nil && d.OnUpdate != nil {
			d.OnUpdate(update)
		}
	}
	if clean != nil {
		clean.end()
	}
	t.done()
	return update
}

func (t *txn) changedFormattedText() bool {
	return slices.ContainsFunc(t.changed, func(b *branch) bool {
		return b.isText() && b.formatted && (b.item == nil || !b.item.deleted)
	})
}

func (t *txn) forgetDeleted() {
	for _, e := range t.deletes.list {
		p, list := e.peer, e.spans
		for i := len(list) - 1; i >= 0; i-- {
			for s, ok := p.find(list[i].start), true; ok; s, ok = p.forward(s) {
				it := p.item(s)
				if it.id.clock >= list[i].end {
					break
				}
				if it.deleted {
					t.forget(it)
				}
			}
		}
	}
}

// pack merges items where this transaction changed something.
func (t *txn) pack() {
	for _, e := range t.deletes.list {
		p, list := e.peer, e.spans
		for i := len(list) - 1; i >= 0; i-- {
			s := p.find(list[i].end - 1)
			if next, ok := p.forward(s); ok {
				s = next
			}
			t.packBack(p, s, list[i].start)
		}
	}
	for i, p := range t.touched {
		first := max(p.item(p.find(t.before[i])).id.clock, 1)
		t.packBack(p, p.lastSpot(), first)
	}
	for i := len(t.splits) - 1; i >= 0; i-- {
		p := t.doc.of(t.splits[i])
		s := p.find(t.splits[i].clock)
		if next, ok := p.forward(s); ok {
			if _, n := t.mergeLeft(p, next); n > 1 {
				continue // that was both sides
			}
		}
		t.mergeLeft(p, s)
	}
}

// packBack merges leftwards from s down to the item that begins at or after
// clock.
func (t *txn) packBack(p *peer, s spot, clock uint32) {
	for ok := true; ok && p.item(s).id.clock >= clock; {
		s, _ = t.mergeLeft(p, s)
		s, ok = p.back(s)
	}
}

// mergeLeft joins the item at s to those before it, as far as they fit, and
// returns the place of what remains and how many were joined.
func (t *txn) mergeLeft(p *peer, s spot) (spot, int) {
	n := 0
	for l, ok := p.back(s); ok && p.item(l).joins(p.item(s)); l, ok = p.back(s) {
		s = l
		n++
	}
	it := p.item(s)
	for range n {
		next, _ := p.forward(s)
		r := p.item(next)
		t.doc.size -= r.shell()
		it.absorb(r)
		p.remove(next)
		t.doc.store.put(r)
	}
	return s, n
}

// encode is the update that repeats the transaction elsewhere; nil when it
// changed nothing.
func (t *txn) encode() []byte {
	if len(t.touched) == 0 && len(t.deletes.list) == 0 {
		return nil
	}
	order := make([]int, len(t.touched))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return byClientDown(t.touched[a], t.touched[b]) })
	w := &encoder{writer{b: make([]byte, 0, 64)}, t.doc}
	w.uint(uint64(len(order)))
	for _, i := range order {
		w.from(t.touched[i], t.before[i])
	}
	t.deletes.write(&w.writer)
	return w.b
}

// sortedKeys keeps what a type's entries lead to the same each time.
func sortedKeys(m map[string]*item) []string { return slices.Sorted(maps.Keys(m)) }
