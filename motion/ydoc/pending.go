package ydoc

import (
	"cmp"
	"slices"
)

// pending is what waits for its cause.
type pending struct {
	refs    refs
	missing map[*peer]uint32
	deletes deleteSet
	size    int
}

// Pending is whether something waits for its cause.
func (d *Doc) Pending() bool {
	return len(d.pending.refs) > 0 || len(d.pending.deletes.list) > 0
}

// Waits is what waits for its cause, and what it waits for: for each client the
// first clock that is missing. Deletions wait for the clocks that they delete.
func (d *Doc) Waits() (f Footprint, missing map[uint64]uint64) {
	f = Footprint{Clients: map[uint64]ClockRange{}, Deleted: map[uint64]uint64{}}
	missing = map[uint64]uint64{}
	lacks := func(client, clock uint64) {
		if at, known := missing[client]; !known || clock < at {
			missing[client] = clock
		}
	}
	for _, q := range d.pending.refs {
		if n := len(q.refs); n > 0 {
			f.Clients[q.peer.client] = ClockRange{uint64(q.refs[0].it.id.clock), uint64(q.refs[n-1].it.end())}
		}
	}
	for p, clock := range d.pending.missing {
		lacks(p.client, uint64(clock))
	}
	for _, e := range d.pending.deletes.list {
		for _, s := range e.spans {
			f.Deleted[e.peer.client] += uint64(s.end - s.start)
			if _, waits := f.Clients[e.peer.client]; !waits {
				lacks(e.peer.client, uint64(max(s.start, e.peer.next)))
			}
		}
	}
	return f, missing
}

// wanted is whether p brings a cause that something waits for.
func (w *pending) wanted(p *plan) bool {
	for of, clock := range w.missing {
		if clock < p.clock(of) {
			return true
		}
	}
	return false
}

func (w *pending) weight() int { return w.size }

func (w *pending) measure() int {
	w.size = 16 * w.deletes.count()
	for _, q := range w.refs {
		for _, r := range q.refs {
			w.size += r.it.weight() + 24
		}
	}
	return w.size
}

// copies are its items for a change that may be taken back.
func (w *pending) copies() refs {
	all := make(refs, len(w.refs))
	for i, q := range w.refs {
		list := slices.Clone(q.refs)
		for i, r := range list {
			it := *r.it
			it.text = slices.Clone(it.text)
			if it.extra != nil {
				e := *it.extra
				if e.shared != nil {
					b := *e.shared
					e.shared = &b
				}
				it.extra = &e
			}
			list[i].it = &it
		}
		all[i] = &queue{peer: q.peer, refs: list}
	}
	return all
}

// union joins two sets of items, without those that the others cover.
func union(a, b refs) refs {
	all := make(refs, 0, len(a)+len(b))
	at := make(map[*peer]int, len(a)+len(b))
	for _, q := range a {
		at[q.peer] = len(all)
		all = append(all, q)
	}
	for _, q := range b {
		list := q.refs
		if i, both := at[q.peer]; both {
			list = append(slices.Clone(all[i].refs), list...)
			all[i] = &queue{peer: q.peer, refs: covering(list)}
			continue
		}
		all = append(all, &queue{peer: q.peer, refs: covering(slices.Clone(list))})
	}
	return all
}

func covering(list []ref) []ref {
	slices.SortStableFunc(list, func(a, b ref) int {
		return cmp.Or(byClock(a, b), cmp.Compare(b.it.length, a.it.length))
	})
	n := 0
	for _, r := range list {
		if n == 0 || r.it.end() > list[n-1].it.end() {
			list[n] = r
			n++
		}
	}
	return list[:n]
}
