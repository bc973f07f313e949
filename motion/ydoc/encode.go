package ydoc

import "slices"

// encoder writes a document's items.
type encoder struct {
	writer
	doc *Doc
}

func (w *encoder) appendID(b []byte, i id) []byte {
	return appendUint(append(b, w.doc.of(i).code...), uint64(i.clock))
}

// from writes a peer's items from clock on, as one client's part of an update.
func (w *encoder) from(p *peer, clock uint32) {
	s := p.find(clock)
	n := len(p.chunks[s.chunk]) - s.at
	for _, chunk := range p.chunks[s.chunk+1:] {
		n += len(chunk)
	}
	w.uint(uint64(n))
	w.uint(p.client)
	w.uint(uint64(clock))
	offset := clock - p.item(s).id.clock
	chunk := p.chunks[s.chunk][s.at:]
	for rest := p.chunks[s.chunk+1:]; ; chunk, rest = rest[0], rest[1:] {
		for _, it := range chunk {
			w.item(it, offset, id{})
			offset = 0
		}
		if len(rest) == 0 {
			return
		}
	}
}

// item writes it without its first offset clocks. holder names the parent of
// an item that waits for its place.
func (w *encoder) item(it *item, offset uint32, holder id) {
	if it.kind == kindGC {
		w.byte(kindGC)
		w.uint(uint64(it.length - offset))
		return
	}
	origin := it.origin
	if offset > 0 {
		origin = id{it.id.peer, it.id.clock + offset - 1}
	}
	info := it.kind
	if !origin.none() {
		info |= hasOrigin
	}
	if !it.right.none() {
		info |= hasRight
	}
	key := it.entry()
	if key != nil {
		info |= hasSub
	}
	b := append(w.b, info) // a variable is faster than a field
	if !origin.none() {
		b = w.appendID(b, origin)
	}
	if !it.right.none() {
		b = w.appendID(b, it.right)
	}
	if info&(hasOrigin|hasRight) == 0 {
		parent := it.parent()
		if holder.none() && parent.item != nil {
			holder = parent.item.id
		}
		if holder.none() {
			b = appendUint(append(b, 1), uint64(len(parent.name)))
			b = append(b, parent.name...)
		} else {
			b = w.appendID(append(b, 0), holder)
		}
		if key != nil {
			b = append(appendUint(b, uint64(len(*key))), *key...)
		}
	}
	switch {
	case it.kind == kindDeleted:
		w.b = appendUint(b, uint64(it.length-offset))
	case it.kind == kindString && offset == 0:
		w.b = append(appendUint(b, uint64(len(it.text))), it.text...)
	default:
		w.b = b
		w.content(it, offset)
	}
}

// content writes what is left of it from an offset on.
func (w *writer) content(it *item, offset uint32) {
	switch it.kind {
	case kindString:
		w.bytes(textFrom(it.text, offset, it.length))
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
		w.uint(uint64(it.length - offset))
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
		var spans []span
		for _, chunk := range p.chunks {
			for _, it := range chunk {
				switch n := len(spans); {
				case !it.deleted:
				case n > 0 && spans[n-1].end == it.id.clock:
					spans[n-1].end = it.end()
				default:
					spans = append(spans, span{it.id.clock, it.end()})
				}
			}
		}
		if len(spans) > 0 {
			set.put(p, spans)
		}
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
	w := &encoder{writer{b: make([]byte, 0, d.encoded+d.encoded/16+64)}, d}
	clients := 0
	for _, p := range peers {
		end := p.next
		if n := len(late[p]); n > 0 {
			end = max(end, late[p][n-1].it.end())
		}
		if known[p.client] < uint64(end) {
			clients++
		}
	}
	w.uint(uint64(clients))
	for _, p := range peers {
		waiting := late[p]
		switch clock := uint32(min(known[p.client], maxClock)); {
		case len(waiting) > 0:
			w.fromWaiting(p, clock, waiting)
		case clock < p.next:
			w.from(p, clock)
		}
	}
	set := d.deleted()
	for _, e := range d.pending.deletes.list {
		for _, s := range e.spans {
			set.add(e.peer, s)
		}
	}
	set.normalise()
	set.write(&w.writer)
	if len(known) == 0 {
		d.encoded = len(w.b)
	}
	return w.b
}

// fromWaiting is from for a peer some of whose items wait.
func (w *encoder) fromWaiting(p *peer, clock uint32, waiting []ref) {
	body := &encoder{doc: w.doc}
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
			body.uint(uint64(gap - clock))
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
		return
	}
	w.uint(n)
	w.uint(p.client)
	w.uint(uint64(start))
	w.b = append(w.b, body.b...)
}
