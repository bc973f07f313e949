package ydoc

import (
	"cmp"
	"slices"
)

// span is the clocks start ≤ clock < end.
type span struct{ start, end uint32 }

// deleteSet is which clocks are deleted, by peer in the order of their first
// mention.
type deleteSet struct {
	list []deletes
	at   map[*peer]int // where the list is long
}

type deletes struct {
	peer  *peer
	spans []span
}

// of is a peer's ranges; nil where it has none.
func (d *deleteSet) of(p *peer) []span {
	if e := d.entry(p); e != nil {
		return e.spans
	}
	return nil
}

func (d *deleteSet) entry(p *peer) *deletes {
	if n := len(d.list); n > 0 && d.list[n-1].peer == p {
		return &d.list[n-1]
	}
	if d.at != nil {
		if i, ok := d.at[p]; ok {
			return &d.list[i]
		}
		return nil
	}
	for i := range d.list {
		if d.list[i].peer == p {
			return &d.list[i]
		}
	}
	return nil
}

func (d *deleteSet) add(p *peer, s span) {
	e := d.entry(p)
	if e == nil {
		e = d.put(p, nil)
	}
	if n := len(e.spans); n > 0 && e.spans[n-1].end == s.start {
		e.spans[n-1].end = s.end
	} else {
		e.spans = append(e.spans, s)
	}
}

// put gives a peer that has none its ranges.
func (d *deleteSet) put(p *peer, spans []span) *deletes {
	n := len(d.list)
	if n < cap(d.list) { // the room of a set before
		d.list = d.list[:n+1]
		if spans == nil {
			spans = d.list[n].spans[:0]
		}
		d.list[n] = deletes{p, spans}
	} else {
		d.list = append(d.list, deletes{p, spans})
	}
	if d.at != nil {
		d.at[p] = n
	} else if n >= 8 {
		d.at = make(map[*peer]int, 2*n)
		for i := range d.list {
			d.at[d.list[i].peer] = i
		}
	}
	return &d.list[n]
}

// reset empties the set, to be filled again. Of much room it keeps none: as a
// loaded document has it, it would be a part of the document's size for good.
func (d *deleteSet) reset() {
	if d.at != nil {
		*d = deleteSet{}
	}
	for i := range d.list {
		if cap(d.list[i].spans) > maxSpans {
			d.list[i].spans = nil
		}
	}
	d.list = d.list[:0]
}

const maxSpans = 64

// normalise sorts every peer's ranges and joins those that touch.
func (d *deleteSet) normalise() {
	for i := range d.list {
		list := d.list[i].spans
		if len(list) < 2 {
			continue
		}
		slices.SortStableFunc(list, func(a, b span) int { return cmp.Compare(a.start, b.start) })
		n := 0
		for _, s := range list[1:] {
			if s.start <= list[n].end {
				list[n].end = max(list[n].end, s.end)
			} else {
				n++
				list[n] = s
			}
		}
		d.list[i].spans = list[:n+1]
	}
}

func (d *deleteSet) count() int {
	n := 0
	for _, e := range d.list {
		n += len(e.spans)
	}
	return n
}

// write encodes a normalised set, the highest client first as Yjs does.
func (d *deleteSet) write(w *writer) {
	w.uint(uint64(len(d.list)))
	for _, e := range d.down() {
		w.uint(e.peer.client)
		w.uint(uint64(len(e.spans)))
		for _, s := range e.spans {
			w.uint(uint64(s.start))
			w.uint(uint64(s.end - s.start))
		}
	}
}

func (d *deleteSet) down() []deletes {
	if len(d.list) < 2 {
		return d.list
	}
	return slices.SortedFunc(slices.Values(d.list), func(a, b deletes) int { return byClientDown(a.peer, b.peer) })
}

func byClientDown(a, b *peer) int { return cmp.Compare(b.client, a.client) }

// Removes is whether an update deletes letters that stand, or other values that
// count; marks of formatting do not. It changes nothing. Of an update that cannot be
// read it is false.
func (d *Doc) Removes(update []byte) bool {
	if scan(update) != nil {
		return false
	}
	var set deleteSet
	r := &reader{b: update}
	r.structs(func(*raw) {})
	r.deletes(func(client uint64, s span) {
		if p := d.peers[client]; p != nil {
			set.add(p, s)
		}
	})
	set.normalise()
	for _, e := range set.list {
		for _, s := range e.spans {
			for at := s.start; at < min(s.end, e.peer.next); {
				it := e.peer.item(e.peer.find(at))
				if it.visible() {
					return true
				}
				at = it.end()
			}
		}
	}
	return false
}
