package ydoc

import (
	"maps"
	"testing"
)

// check holds a document to what must always be true of it.
func check(t *testing.T, name string, d *Doc) {
	t.Helper()
	size := d.pending.weight()
	for _, p := range d.peers {
		var next uint32
		p.all(0, func(it *item) {
			if it.id.clock != next || d.of(it.id) != p || it.length == 0 {
				t.Errorf("%s: client %d: item %d+%d where %d belongs", name, p.client, it.id.clock, it.length, next)
			}
			next = it.end()
			size += it.weight()
			if it.kind == kindString && units(it.text) != uint64(it.length) {
				t.Errorf("%s: %q is not %d units", name, it.text, it.length)
			}
			if it.prev != nil && it.prev.next != it || it.next != nil && it.next.prev != it {
				t.Errorf("%s: item %d/%d has neighbours that do not know it", name, p.client, it.id.clock)
			}
		})
		if next != p.next {
			t.Errorf("%s: client %d ends at %d, not %d", name, p.client, next, p.next)
		}
	}
	if d.size+d.pending.weight() != size {
		t.Errorf("%s: size %d, want %d", name, d.Size(), size)
	}
	for _, b := range d.roots {
		checkIndex(t, name, b)
	}
}

func checkIndex(t *testing.T, name string, b *branch) {
	t.Helper()
	it := b.start
	var length uint64
	for block := b.blocks; block != nil; block = block.next {
		if block.first != it {
			t.Errorf("%s: a block begins elsewhere", name)
			return
		}
		var span uint64
		for n := range block.count {
			if it == nil || it.block != block || (it == block.last) != (n == block.count-1) {
				t.Errorf("%s: a block's items are not its own", name)
				return
			}
			span += it.span()
			it = it.next
		}
		if span != block.span {
			t.Errorf("%s: a block spans %d, says %d", name, span, block.span)
		}
		if stale := block.stale; !stale {
			said := maps.Collect(block.formats.all())
			block.stale = true
			if !maps.Equal(said, maps.Collect(block.inForce().all())) {
				t.Errorf("%s: a block's formats are out of date", name)
			}
		}
		length += span
	}
	if it != nil || length != b.length {
		t.Errorf("%s: index spans %d of %d", name, length, b.length)
	}
}

func (m marks) all() func(func(string, *value) bool) {
	return func(yield func(string, *value) bool) {
		for _, k := range m {
			if !yield(k.key, k.val) {
				return
			}
		}
	}
}
