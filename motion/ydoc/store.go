package ydoc

// store is where items come from. An item that has become part of another is
// used again for the next one; the items and texts of a longer update are made
// together.
type store struct {
	free  []*item
	items []item
	bytes []byte
	more  int // how many structs of the update are still to come
}

const (
	maxFree  = 64
	slabSize = 32
	textRoom = 1 << 10
)

func (s *store) item() *item {
	if n := len(s.free); n > 0 {
		it := s.free[n-1]
		s.free = s.free[:n-1]
		return it
	}
	if s.more < slabSize {
		return new(item)
	}
	if len(s.items) == 0 {
		s.items = make([]item, slabSize)
	}
	it := &s.items[0]
	s.items = s.items[1:]
	return it
}

// text copies b, into the room that an item left where that is enough.
func (s *store) text(room, b []byte) []byte {
	if cap(room) >= len(b) || s.more < slabSize || len(b) > textRoom/4 {
		return append(room[:0], b...)
	}
	if len(s.bytes) < len(b) {
		s.bytes = make([]byte, textRoom)
	}
	n := copy(s.bytes, b)
	room = s.bytes[:n:n]
	s.bytes = s.bytes[n:]
	return room
}

// put takes an item back that nothing refers to any more. A type's own item,
// even deleted, may still be known to whoever has opened the type.
func (s *store) put(it *item) {
	if it.kind == kindString && len(s.free) < maxFree {
		text := it.text[:0]
		if cap(text) > 64 {
			text = nil
		}
		*it = item{text: text}
		s.free = append(s.free, it)
	}
}

// end is after an update: what is left of its room goes with it.
func (s *store) end() { s.items, s.bytes, s.more = nil, nil, 0 }
