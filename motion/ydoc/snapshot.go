package ydoc

import (
	"fmt"
	"maps"
	"slices"
	"sort"
)

// Snapshot is a moment of a document: what was known and what was deleted. It
// holds no content; a document that is to show a snapshot keeps what is
// deleted (Doc.Keep).
type Snapshot struct {
	clocks  map[uint64]uint64
	deleted *ranges
}

// Snapshot is the document as it is now.
func (d *Doc) Snapshot() Snapshot {
	s := Snapshot{d.Clocks(), newRanges()}
	set := d.deleted()
	for _, e := range set.list {
		for _, r := range e.spans {
			s.deleted.put(e.peer.client, r)
		}
	}
	s.deleted.normalise()
	return s
}

// Encode is the snapshot as Yjs's encodeSnapshot writes it.
func (s Snapshot) Encode() []byte {
	w := &writer{}
	s.deleted.write(w)
	s.writeClocks(w)
	return w.b
}

// EncodeV2 is the snapshot as Yjs's encodeSnapshotV2 writes it.
func (s Snapshot) EncodeV2() []byte {
	w := &writer{}
	s.deleted.writeV2(w)
	s.writeClocks(w)
	return w.b
}

func (s Snapshot) writeClocks(w *writer) {
	clients := slices.Sorted(maps.Keys(s.clocks))
	w.uint(uint64(len(clients)))
	for _, client := range slices.Backward(clients) {
		w.uint(client)
		w.uint(s.clocks[client])
	}
}

// ParseSnapshot decodes what Encode writes.
func ParseSnapshot(b []byte) (Snapshot, error) { return parseSnapshot(b, (*reader).deletes) }

// ParseSnapshotV2 decodes what EncodeV2 writes.
func ParseSnapshotV2(b []byte) (Snapshot, error) { return parseSnapshot(b, (*reader).deletesV2) }

func parseSnapshot(b []byte, deletes func(*reader, func(uint64, span))) (Snapshot, error) {
	s := Snapshot{deleted: newRanges()}
	r := &reader{b: b}
	deletes(r, s.deleted.put)
	s.deleted.normalise()
	err := r.err
	if err == nil {
		s.clocks, err = ParseStateVector(b[r.at:])
	}
	if err != nil {
		return Snapshot{}, fmt.Errorf("snapshot: %w", err)
	}
	return s, nil
}

// DeltaAt is the text as Delta had it at a snapshot; without Doc.Keep, what
// was deleted since is missing.
func (t *Text) DeltaAt(s Snapshot) []Op { return t.ops(&s) }

// pieces calls yield for each part of a document's item, from and to offsets,
// that a snapshot shows; without snapshot, for all of one that is not deleted.
func (s *Snapshot) pieces(d *Doc, it *item, yield func(from, to uint32)) {
	if s == nil {
		if !it.deleted {
			yield(0, it.length)
		}
		return
	}
	client := d.of(it.id).client
	from, end := it.id.clock, uint32(min(uint64(it.end()), s.clocks[client]))
	var gone []span
	if p := s.deleted.peers[client]; p != nil {
		gone = s.deleted.of(p)
	}
	gone = gone[sort.Search(len(gone), func(i int) bool { return gone[i].end > from }):]
	for from < end {
		to := end
		if len(gone) > 0 {
			to = min(to, max(from, gone[0].start))
		}
		if from < to {
			yield(from-it.id.clock, to-it.id.clock)
		}
		if from = to; len(gone) > 0 && from >= gone[0].start {
			from = gone[0].end
			gone = gone[1:]
		}
	}
}
