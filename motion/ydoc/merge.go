package ydoc

import (
	"cmp"
	"fmt"
	"slices"
)

// Functions on updates that make no document, as Yjs's mergeUpdates,
// diffUpdate and encodeStateVectorFromUpdate, and with the same bytes. They
// sort where Yjs looks again and again for the next struct to write.

// piece is where a struct stands in one of several updates.
type piece struct {
	client     uint64
	clock, end uint32
	update     int32
	kind       byte
	at, size   int // its bytes
}

// Merge returns one update with what all the given ones say, in time that
// grows with their length times a logarithm. It keeps content that they
// delete; a document's Update does not.
func Merge(updates ...[]byte) ([]byte, error) {
	var pieces []piece
	deleted := newRanges()
	for i, u := range updates {
		r := &reader{b: u}
		r.structs(func(s *raw) {
			if s.kind() != kindSkip && s.length > 0 {
				pieces = append(pieces, piece{s.id.client, s.id.clock, s.end(), int32(i), s.kind(), r.at - len(s.whole), len(s.whole)})
			}
		})
		r.deletes(deleted.put)
		r.done()
		if r.err != nil {
			return nil, fmt.Errorf("merge, update %d: %w", i, r.err)
		}
	}
	if len(updates) == 1 {
		return updates[0], nil
	}
	before := func(a, b piece) int {
		return cmp.Or(cmp.Compare(b.client, a.client), cmp.Compare(a.clock, b.clock), cmp.Compare(a.update, b.update), cmp.Compare(a.at, b.at))
	}
	if !slices.IsSortedFunc(pieces, before) {
		slices.SortFunc(pieces, before)
	}
	w := &sections{}
	var open piece // garbage that may go on
	flush := func() {
		if open.end > open.clock {
			w.begin(rawID{open.client, open.clock}, open.end-open.clock)
			w.body.byte(kindGC)
			w.body.uint(uint64(open.end - open.clock))
		}
		open = piece{}
	}
	var last piece
	for _, p := range pieces {
		from := p.clock
		if p.client == last.client && last.end > 0 {
			if p.end <= last.end {
				continue
			}
			from = max(from, last.end)
		}
		// Yjs joins garbage of two updates, but not within one.
		if p.kind == kindGC && open.end == from && open.client == p.client && open.update != p.update {
			open.end, last = p.end, p
			last.update = open.update
			continue
		}
		flush()
		if p.client == last.client && from > last.end && last.end > 0 {
			w.begin(rawID{p.client, last.end}, from-last.end)
			w.body.byte(kindSkip)
			w.body.uint(uint64(from - last.end))
		}
		if last = p; p.kind == kindGC {
			open = p
			open.clock = from
			continue
		}
		id, update := rawID{p.client, p.clock}, updates[p.update]
		if from == p.clock {
			w.whole(id, p.end-p.clock, update[p.at:p.at+p.size])
			continue
		}
		s := structAt(update, p.at, id)
		w.put(&s, from-p.clock)
	}
	flush()
	deleted.normalise()
	return w.done(deleted), nil
}

// Diff returns what of an update a replica with the given state vector lacks,
// with all its deletions.
func Diff(update, stateVector []byte) ([]byte, error) {
	known, err := ParseStateVector(stateVector)
	if err != nil {
		return nil, fmt.Errorf("diff: %w", err)
	}
	r := &reader{b: update}
	w := &sections{}
	r.structs(func(s *raw) {
		clock := uint32(min(known[s.id.client], maxClock))
		switch begun := w.count > 0 && w.next == s.id; {
		case begun:
			w.put(s, 0)
		case s.kind() == kindSkip: // an update never begins with a gap
		case s.end() > clock:
			w.put(s, max(clock, s.id.clock)-s.id.clock)
		}
	})
	deleted := newRanges()
	r.deletes(deleted.put)
	r.done()
	if r.err != nil {
		return nil, fmt.Errorf("diff: %w", r.err)
	}
	deleted.normalise()
	return w.done(deleted), nil
}

// StateVectorOf is the state vector of a document that knows an update and
// nothing else.
func StateVectorOf(update []byte) ([]byte, error) {
	r := &reader{b: update}
	body := &writer{}
	n := uint64(0)
	var at rawID
	flush := func() {
		if at.clock > 0 {
			body.uint(at.client)
			body.uint(uint64(at.clock))
			n++
		}
	}
	gap := false
	r.structs(func(s *raw) {
		if s.id.client != at.client || at.clock == 0 && !gap {
			flush()
			at, gap = rawID{s.id.client, 0}, s.id.clock != 0
		}
		if gap = gap || s.kind() == kindSkip || s.id.clock > at.clock; !gap {
			at.clock = s.end()
		}
	})
	flush()
	r.deletes(func(uint64, span) {})
	r.done()
	if r.err != nil {
		return nil, fmt.Errorf("state vector of update: %w", r.err)
	}
	w := &writer{}
	w.uint(n)
	w.b = append(w.b, body.b...)
	return w.b, nil
}

// structAt reads a struct again that was sound before.
func structAt(update []byte, at int, i rawID) raw {
	r := &reader{b: update, at: at}
	s := raw{id: i, info: r.byte()}
	r.identifiers(&s)
	start := r.at
	s.length = uint32(r.content(s.kind()))
	s.body, s.whole = r.b[start:r.at:r.at], r.b[at:r.at:r.at]
	return s
}

// sections writes structs as an update, by runs of one client's clocks.
type sections struct {
	all   writer // complete sections
	n     uint64
	body  writer // the structs of the one at hand
	count uint64
	first rawID
	next  rawID
}

// begin makes room for a struct.
func (w *sections) begin(i rawID, length uint32) {
	if w.count == 0 || w.next != i {
		w.flush()
		w.first = i
	}
	w.count++
	w.next = rawID{i.client, i.clock + length}
}

func (w *sections) flush() {
	if w.count > 0 {
		w.all.uint(w.count)
		w.all.uint(w.first.client)
		w.all.uint(uint64(w.first.clock))
		w.all.b = append(w.all.b, w.body.b...)
		w.n++
	}
	w.body.b, w.count = w.body.b[:0], 0
}

func (w *sections) done(deleted *ranges) []byte {
	w.flush()
	out := &writer{b: make([]byte, 0, len(w.all.b)+16)}
	out.uint(w.n)
	out.b = append(out.b, w.all.b...)
	deleted.write(out)
	return out.b
}

// whole writes a struct as it stands in an update.
func (w *sections) whole(i rawID, length uint32, b []byte) {
	w.begin(i, length)
	w.body.byte((&raw{info: b[0]}).needed())
	w.body.b = append(w.body.b, b[1:]...)
}

// put writes a struct without its first offset clocks.
func (w *sections) put(s *raw, offset uint32) {
	if offset == 0 {
		w.whole(s.id, s.length, s.whole)
		return
	}
	w.begin(rawID{s.id.client, s.id.clock + offset}, s.length-offset)
	b := &w.body
	switch s.kind() {
	case kindGC, kindSkip:
		b.byte(s.info)
		b.uint(uint64(s.length - offset))
		return
	}
	b.byte((s.info | hasOrigin) &^ hasSub)
	b.uint(s.id.client)
	b.uint(uint64(s.id.clock + offset - 1))
	if s.info&hasRight != 0 {
		b.uint(s.right.client)
		b.uint(uint64(s.right.clock))
	}
	r := &reader{b: s.body}
	switch s.kind() {
	case kindDeleted:
		b.uint(uint64(s.length - offset))
	case kindString:
		b.bytes(textFrom(r.bytes(), offset, s.length))
	case kindJSON, kindAny:
		b.uint(r.uint() - uint64(offset))
		for range offset {
			if s.kind() == kindJSON {
				r.bytes()
			} else {
				copyAny(nil, r, 0)
			}
		}
		b.b = append(b.b, r.b[r.at:]...)
	}
}
