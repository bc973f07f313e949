package ydoc

import "slices"

// chunkSize bounds how many items one insertion may have to move.
const chunkSize = 128

// peer is one client's items, ordered by clock without gaps, in chunks that
// are never empty.
type peer struct {
	client uint64
	place  uint32 // in Doc.table
	next   uint32 // the clock that the next item must have
	code   []byte // the client as updates spell it
	chunks [][]*item

	queue *queue // while an update is planned and applied

	// The transaction that last wrote here, and the clock before it.
	txn    uint64
	before uint32
}

// spot is an item's place within a peer; it is good until the next change.
type spot struct{ chunk, at int }

func (p *peer) item(s spot) *item { return p.chunks[s.chunk][s.at] }

// find returns the place of the item that holds clock, which must be below
// p.next.
func (p *peer) find(clock uint32) spot {
	c := len(p.chunks) - 1
	if p.chunks[c][0].id.clock > clock {
		lo, hi := 0, c // the first chunk that begins after clock is in (lo, hi]
		for hi-lo > 1 {
			if mid := (lo + hi) / 2; p.chunks[mid][0].id.clock > clock {
				hi = mid
			} else {
				lo = mid
			}
		}
		c = lo
	}
	chunk := p.chunks[c]
	if last := len(chunk) - 1; chunk[last].id.clock <= clock {
		return spot{c, last}
	}
	lo, hi := 0, len(chunk)-1
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; chunk[mid].id.clock > clock {
			hi = mid
		} else {
			lo = mid
		}
	}
	return spot{c, lo}
}

func (p *peer) get(clock uint32) *item { return p.item(p.find(clock)) }

func (p *peer) forward(s spot) (spot, bool) {
	if s.at+1 < len(p.chunks[s.chunk]) {
		return spot{s.chunk, s.at + 1}, true
	}
	return spot{s.chunk + 1, 0}, s.chunk+1 < len(p.chunks)
}

func (p *peer) back(s spot) (spot, bool) {
	if s.at > 0 {
		return spot{s.chunk, s.at - 1}, true
	}
	if s.chunk == 0 {
		return s, false
	}
	return spot{s.chunk - 1, len(p.chunks[s.chunk-1]) - 1}, true
}

func (p *peer) append(it *item) {
	if n := len(p.chunks); n == 0 {
		p.chunks = append(p.chunks, nil)
	} else if len(p.chunks[n-1]) >= chunkSize {
		p.chunks = append(p.chunks, make([]*item, 0, chunkSize))
	}
	last := &p.chunks[len(p.chunks)-1]
	*last = append(*last, it)
	p.next = it.end()
}

// insertAfter puts a split's right half in its place.
func (p *peer) insertAfter(s spot, it *item) {
	chunk := p.chunks[s.chunk]
	if half := len(chunk) / 2; len(chunk) >= chunkSize {
		p.chunks = slices.Insert(p.chunks, s.chunk+1, slices.Clone(chunk[half:]))
		clear(chunk[half:])
		p.chunks[s.chunk] = chunk[:half]
		if s.at >= half {
			s = spot{s.chunk + 1, s.at - half}
		}
	}
	p.chunks[s.chunk] = slices.Insert(p.chunks[s.chunk], s.at+1, it)
}

func (p *peer) remove(s spot) {
	p.chunks[s.chunk] = slices.Delete(p.chunks[s.chunk], s.at, s.at+1)
	if len(p.chunks[s.chunk]) == 0 {
		p.chunks = slices.Delete(p.chunks, s.chunk, s.chunk+1)
	}
}

// all calls yield for each item from the one that holds clock on.
func (p *peer) all(clock uint32, yield func(*item)) {
	if clock >= p.next {
		return
	}
	s, ok := p.find(clock), true
	for ; ok; s, ok = p.forward(s) {
		yield(p.item(s))
	}
}

func (p *peer) lastSpot() spot {
	c := len(p.chunks) - 1
	return spot{c, len(p.chunks[c]) - 1}
}
