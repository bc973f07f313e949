package ydoc

import "slices"

// from writes a peer's items from clock on, as one client's part of an update.
func (w *writer) from(p *peer, clock uint64) {
	s := p.find(clock)
	n := len(p.chunks[s.chunk]) - s.at
	for _, chunk := range p.chunks[s.chunk+1:] {
		n += len(chunk)
	}
	w.uint(uint64(n))
	w.uint(p.client)
	w.uint(clock)
	offset := clock - p.item(s).id.clock
	for ok := true; ok; s, ok = p.forward(s) {
		w.item(p.item(s), offset, id{})
		offset = 0
	}
}

// item writes it without its first offset clocks. holder names the parent of
// an item that waits for its place.
func (w *writer) item(it *item, offset uint64, holder id) {
	if it.kind == kindGC {
		w.byte(kindGC)
		w.uint(it.length - offset)
		return
	}
	origin := it.origin
	if offset > 0 {
		origin = id{it.id.peer, it.id.clock + offset - 1}
	}
	info := it.kind
	if origin.peer != nil {
		info |= hasOrigin
	}
	if it.right.peer != nil {
		info |= hasRight
	}
	if it.sub != nil {
		info |= hasSub
	}
	w.byte(info)
	if origin.peer != nil {
		w.id(origin)
	}
	if it.right.peer != nil {
		w.id(it.right)
	}
	if info&(hasOrigin|hasRight) == 0 {
		if holder.peer == nil && it.parent.item != nil {
			holder = it.parent.item.id
		}
		if holder.peer == nil {
			w.uint(1)
			w.string(it.parent.name)
		} else {
			w.uint(0)
			w.id(holder)
		}
		if it.sub != nil {
			w.string(*it.sub)
		}
	}
	w.content(it, offset)
}

func (w *writer) content(it *item, offset uint64) {
	switch it.kind {
	case kindDeleted:
		w.uint(it.length - offset)
	case kindString:
		text := it.text
		if offset > 0 {
			text = textFrom(text, offset, it.length)
		}
		w.bytes(text)
	case kindBinary:
		w.bytes(it.text)
	case kindEmbed:
		w.string(it.extra.val.json)
	case kindFormat:
		w.string(it.extra.key)
		w.string(it.extra.val.json)
	case kindType:
		w.uint(uint64(it.extra.shared.kind))
		if k := it.extra.shared.kind; k == typeXMLElement || k == typeXMLHook {
			w.string(it.extra.shared.node)
		}
	case kindJSON, kindAny:
		w.uint(it.length - offset)
		for _, b := range it.extra.list[offset:] {
			if it.kind == kindJSON {
				w.bytes(b)
			} else {
				w.b = append(w.b, b...)
			}
		}
	}
}

// peersDown returns the peers that have items, the highest client first.
func (d *Doc) peersDown() []*peer {
	list := make([]*peer, 0, len(d.peers))
	for _, p := range d.peers {
		if p.next > 0 {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, byClientDown)
	return list
}

// deleted is the delete set of all that is deleted.
func (d *Doc) deleted() *deleteSet {
	var set deleteSet
	for _, p := range d.peersDown() {
		p.all(0, func(it *item) {
			if it.deleted {
				set.add(p, span{it.id.clock, it.end()})
			}
		})
	}
	return &set
}

// encode writes what a replica that knows these clocks lacks: items, items
// that wait, the gaps before those as skips, and all deletions.
func (d *Doc) encode(known map[uint64]uint64) []byte {
	peers := make([]*peer, 0, len(d.peers))
	late := map[*peer][]ref{}
	for _, q := range d.pending.refs {
		late[q.peer] = q.refs
	}
	for _, p := range d.peers {
		if p.next > 0 || len(late[p]) > 0 {
			peers = append(peers, p)
		}
	}
	slices.SortFunc(peers, byClientDown)
	clients := 0
	body := &writer{}
	for _, p := range peers {
		waiting := late[p]
		switch clock := known[p.client]; {
		case len(waiting) > 0:
			if body.fromWaiting(p, clock, waiting) {
				clients++
			}
		case clock < p.next:
			body.from(p, clock)
			clients++
		}
	}
	w := &writer{}
	w.uint(uint64(clients))
	w.b = append(w.b, body.b...)
	set := d.deleted()
	for _, e := range d.pending.deletes.list {
		for _, s := range e.spans {
			set.add(e.peer, s)
		}
	}
	set.normalise()
	set.write(w)
	return w.b
}

// fromWaiting is from for a peer some of whose items wait.
func (w *writer) fromWaiting(p *peer, clock uint64, waiting []ref) bool {
	body := &writer{}
	n, start := uint64(0), clock
	put := func(it *item, holder id) {
		if it.end() <= clock {
			return
		}
		if n == 0 {
			start = max(clock, it.id.clock) // an update never begins with a gap
			clock = start
		}
		if gap := it.id.clock; gap > clock {
			body.byte(kindSkip)
			body.uint(gap - clock)
			clock = gap
			n++
		}
		body.item(it, clock-it.id.clock, holder)
		clock = it.end()
		n++
	}
	p.all(clock, func(it *item) { put(it, id{}) })
	for _, r := range waiting {
		put(r.it, r.holder)
	}
	if n == 0 {
		return false
	}
	w.uint(n)
	w.uint(p.client)
	w.uint(start)
	w.b = append(w.b, body.b...)
	return true
}
