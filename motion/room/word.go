package room

import (
	"encoding/binary"
	"encoding/json"

	"github.com/villes-internet/congres/consult/store"
)

// wordVersion is the first byte of what rooms of one document, on several
// nodes, tell each other. A node says nothing to one of another version.
const wordVersion = 1

// What a word is, and what is said of each state: bits.
const (
	wordAsks  = 1 // who is there?
	wordWhole = 2 // its states are all that its room speaks for
	wordEnds  = 4 // its room speaks for nobody any more

	stateStays  = 1 // it has not left
	stateCaret  = 2 // it shows a caret
	stateWrites = 4 // the member may write
	stateMoved  = 8 // the connection has just introduced it
)

// Bounds of a word's states.
const (
	maxTold = 64 << 10 // bytes of one, the member in it: JSON may spell a letter with six
	maxTag  = 256      // bytes of a person's identifier, of a colour
)

// A word is what one room tells the same document's rooms on other nodes.
type word struct {
	room  uint64 // random, below 2⁵³, never 0
	what  uint64
	told  []told
	taken int // bytes of told
}

// told is a state as another node tells it.
type told struct {
	spoken
	person, color string
	writes        bool
}

// add takes in a state, if there is room for it.
func (w *word) add(t told) bool {
	size := 64 + len(t.person) + len(t.color) + len(t.json)
	if len(w.told) >= maxStrange || w.taken+size > store.MaxWord-64 {
		return false
	}
	w.taken += size
	w.told = append(w.told, t)
	return true
}

func (w *word) encode() []byte {
	b := binary.AppendUvarint([]byte{wordVersion}, w.room)
	b = binary.AppendUvarint(b, w.what)
	b = binary.AppendUvarint(b, uint64(len(w.told)))
	for _, t := range w.told {
		b = binary.AppendUvarint(b, t.client)
		b = binary.AppendUvarint(b, t.clock)
		b = binary.AppendUvarint(b, t.bits())
		if t.json != nil {
			b = appendBytes(b, []byte(t.person))
			b = appendBytes(b, []byte(t.color))
			b = appendBytes(b, t.json)
		}
	}
	return b
}

func (t *told) bits() (bits uint64) {
	for _, c := range []struct {
		is  bool
		bit uint64
	}{{t.json != nil, stateStays}, {t.caret, stateCaret}, {t.writes, stateWrites}, {t.moved, stateMoved}} {
		if c.is {
			bits |= c.bit
		}
	}
	return bits
}

// parseWord reads a word, and trusts it no more than a client's.
func parseWord(b []byte) (w word, err error) {
	if len(b) == 0 || b[0] != wordVersion || len(b) > store.MaxWord {
		return w, errWire
	}
	r := reader{b: b[1:]}
	w.room, w.what = r.uint(), r.uint()
	n := r.uint()
	if n > maxStrange || w.room == 0 {
		return w, errWire
	}
	for ; n > 0 && r.err == nil; n-- {
		t := told{spoken: spoken{client: r.uint(), clock: r.uint()}}
		bits := r.uint()
		t.caret, t.writes, t.moved = bits&stateCaret != 0, bits&stateWrites != 0, bits&stateMoved != 0
		if bits&stateStays != 0 {
			t.person, t.color, t.json = string(r.string()), string(r.string()), r.string()
			if len(t.person) > maxTag || len(t.color) > maxTag || len(t.json) > maxTold || len(t.json) == 0 || t.json[0] != '{' || !json.Valid(t.json) {
				return w, errWire
			}
		}
		w.told = append(w.told, t)
	}
	if r.err != nil || len(r.b) > 0 {
		return w, errWire
	}
	return w, nil
}
