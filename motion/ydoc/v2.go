package ydoc

import (
	"cmp"
	"fmt"
)

// v2Growth bounds what a v2 update, whose runs may be of any length, becomes
// as v1: so many bytes for each of its own, and v2Base.
const (
	v2Growth = 256
	v2Base   = 1 << 20
)

// ApplyV2 is Apply for an update in Yjs's format v2.
func (d *Doc) ApplyV2(update []byte) error {
	v1, err := ToV1(update)
	if err != nil {
		return fmt.Errorf("apply update: %w", err)
	}
	return d.Apply(v1)
}

// UpdateV2 is Update in Yjs's format v2.
func (d *Doc) UpdateV2(stateVector []byte) ([]byte, error) {
	v1, err := d.Update(stateVector)
	if err != nil {
		return nil, err
	}
	return toV2(v1, (*raw).flags)
}

// ToV2 writes a v1 update in format v2. Its errors are those of Doc.Apply
// that do not depend on the document, as for the other functions on updates.
func ToV2(update []byte) ([]byte, error) { return toV2(update, (*raw).needed) }

func toV2(update []byte, info func(*raw) byte) ([]byte, error) {
	r := &reader{b: update}
	w := &writerV2{}
	var sections writer
	clients, count := uint64(0), uint64(0)
	var client uint64
	var clock uint32
	flush := func() {
		if count > 0 {
			sections.uint(count)
			sections.b = append(sections.b, w.rest.b...)
			clients++
		}
		w.rest.b, count = w.rest.b[:0], 0
	}
	r.structs(func(s *raw) {
		if count == 0 || s.id.client != client || s.id.clock != clock {
			flush()
			client = s.id.client
			w.client.put(client)
			w.rest.uint(uint64(s.id.clock))
		}
		clock = s.end()
		count++
		w.raw(s, info(s))
	})
	flush()
	set := newRanges()
	r.deletes(set.put)
	r.done()
	if err := cmp.Or(r.err, w.err); err != nil {
		return nil, fmt.Errorf("convert update: %w", err)
	}
	w.rest.b = w.rest.b[:0]
	w.rest.uint(clients)
	w.rest.b = append(w.rest.b, sections.b...)
	set.normalise()
	set.writeV2(&w.rest)
	return w.done(), nil
}

// LooksV2 is whether bytes that are no v1 update have the outer form of one in
// format v2: its parts, with their lengths. ToV1 tells whether it is sound.
func LooksV2(update []byte) bool {
	return len(update) > 0 && update[0] == 0 && newReaderV2(update).error() == nil
}

// ToV1 writes a v2 update in format v1. It fails with ErrTooLarge where that
// would be above 256 times as long, and more than a mebibyte.
func ToV1(update []byte) ([]byte, error) {
	r := newReaderV2(update)
	w := &writer{}
	clients := r.rest.uint()
	w.uint(clients)
	limit := v2Base + v2Growth*len(update)
	ok := func() bool {
		if len(w.b) > limit {
			r.rest.fail(ErrTooLarge, "runs too long")
		}
		return r.error() == nil
	}
	for ; clients > 0 && ok(); clients-- {
		count := r.rest.uint()
		w.uint(count)
		w.uint(r.client.get())
		w.uint(r.rest.uint())
		for ; count > 0 && ok(); count-- {
			r.copyStruct(w, ok)
		}
	}
	set := newRanges()
	r.rest.deletesV2(set.put)
	r.rest.done()
	set.normalise()
	set.write(w)
	err := r.error()
	if err == nil {
		err = scan(w.b)
	}
	if err != nil {
		return nil, fmt.Errorf("convert update: %w", err)
	}
	return w.b, nil
}

// ranges is a delete set beside any document.
type ranges struct {
	deleteSet
	peers map[uint64]*peer
}

func newRanges() *ranges { return &ranges{peers: map[uint64]*peer{}} }

func (r *ranges) put(client uint64, s span) {
	p := r.peers[client]
	if p == nil {
		p = &peer{client: client}
		r.peers[client] = p
	}
	r.add(p, s)
}

// writeV2 encodes a normalised set with each range's distance from the last.
func (d *deleteSet) writeV2(w *writer) {
	w.uint(uint64(len(d.list)))
	for _, e := range d.down() {
		w.uint(e.peer.client)
		w.uint(uint64(len(e.spans)))
		var at uint32
		for _, s := range e.spans {
			w.uint(uint64(s.start - at))
			w.uint(uint64(s.end-s.start) - 1)
			at = s.end
		}
	}
}

// deletesV2 calls yield for each range of a v2 delete set.
func (r *reader) deletesV2(yield func(client uint64, s span)) {
	for clients := r.uint(); clients > 0 && r.err == nil; clients-- {
		client := r.uint()
		var at uint32
		for n := r.uint(); n > 0 && r.err == nil; n-- {
			s := span{start: r.within(uint64(at) + r.uint())}
			s.end = r.within(uint64(s.start) + r.uint() + 1)
			at = s.end
			if r.err == nil {
				yield(client, s)
			}
		}
	}
}
