package ydoc

import (
	"encoding/json"
	"fmt"
)

// The kinds of struct, as updates number them (yjs src/structs/Item.js).
const (
	kindGC      = 0
	kindDeleted = 1
	kindJSON    = 2
	kindBinary  = 3
	kindString  = 4
	kindEmbed   = 5
	kindFormat  = 6
	kindType    = 7
	kindAny     = 8
	kindDoc     = 9
	kindSkip    = 10
)

// The shared types, as updates number them (yjs src/structs/ContentType.js).
const (
	typeArray       = 0
	typeMap         = 1
	typeText        = 2
	typeXMLElement  = 3
	typeXMLFragment = 4
	typeXMLHook     = 5
	typeXMLText     = 6
	typeUnknown     = 255 // a root that nobody has opened yet
)

const (
	hasOrigin = 0x80
	hasRight  = 0x40
	hasSub    = 0x20
	kindBits  = 0x1f
)

type rawID struct {
	client uint64
	clock  uint32
}

// raw is one struct as an update spells it; its slices are the update's own.
type raw struct {
	id            rawID
	length        uint32
	info          byte // kind and flags
	origin, right rawID
	fromRoot      bool // neither origin: the parent is named by root…
	root          []byte
	parent        rawID // …or is the type that this item holds
	sub           []byte
	body          []byte // the content, from after its info and identifiers
	whole         []byte // info, identifiers and content
}

func (s *raw) kind() byte      { return s.info & kindBits }
func (s *raw) orphan() bool    { return s.info&(hasOrigin|hasRight) == 0 }
func (s *raw) isEntry() bool   { return s.orphan() && s.info&hasSub != 0 }
func (s *raw) flags() byte     { return s.info }
func (s *raw) end() uint32     { return s.id.clock + s.length }
func (r *reader) rawID() rawID { return rawID{r.uint(), r.clock()} }

// needed are the flags without the one that says a second time that an item
// has a key, as functions of Yjs write it that know no document.
func (s *raw) needed() byte {
	if s.orphan() || s.kind() == kindGC || s.kind() == kindSkip {
		return s.info
	}
	return s.info &^ hasSub
}

// cursor is where the reading of an update's structs stands.
type cursor struct {
	begun          bool
	clients, count uint64
	client         uint64
	clock          uint32
}

// next reads the next struct of an update, if there is one. What it reads is
// sound by itself: lengths add up, texts are UTF-8, JSON parses, nothing
// refers to its own future.
func (r *reader) next(c *cursor, s *raw) bool {
	if !c.begun {
		c.begun, c.clients = true, r.uint()
	}
	for c.count == 0 {
		if c.clients == 0 || r.err != nil {
			return false
		}
		c.clients--
		c.count = r.uint()
		c.client, c.clock = r.uint(), r.clock()
	}
	if r.err != nil {
		return false
	}
	c.count--
	from := r.at
	*s = raw{id: rawID{c.client, c.clock}, info: r.byte()}
	r.identifiers(s)
	start := r.at
	length := r.content(s.kind())
	if s.length = r.within(uint64(c.clock)+length) - c.clock; r.err != nil {
		return false
	}
	s.body, s.whole = r.b[start:r.at:r.at], r.b[from:r.at:r.at]
	c.clock = s.end()
	return true
}

// structs calls yield for each struct of an update.
func (r *reader) structs(yield func(*raw)) {
	var s raw
	for c := (cursor{}); r.next(&c, &s); {
		yield(&s)
	}
}

func (r *reader) identifiers(s *raw) {
	if s.kind() == kindGC || s.kind() == kindSkip {
		return
	}
	ahead := func(i rawID) {
		if i.client == s.id.client && i.clock >= s.id.clock {
			r.fail(ErrMalformed, "an item refers to its own future")
		}
	}
	if s.info&hasOrigin != 0 {
		s.origin = r.rawID()
		ahead(s.origin)
	}
	if s.info&hasRight != 0 {
		s.right = r.rawID()
		ahead(s.right)
	}
	if s.orphan() {
		if s.fromRoot = r.uint() == 1; s.fromRoot {
			s.root = r.text()
		} else {
			s.parent = r.rawID()
			ahead(s.parent)
		}
	}
	if s.isEntry() {
		s.sub = r.text()
	}
}

// clock reads a clock.
func (r *reader) clock() uint32 {
	if r.err == nil && r.at < len(r.b) && r.b[r.at] < 0x80 {
		r.at++
		return uint32(r.b[r.at-1])
	}
	return r.longClock()
}

func (r *reader) longClock() uint32 { return r.within(r.long()) }

// within is a clock that is not beyond the last.
func (r *reader) within(clock uint64) uint32 {
	if clock > maxClock {
		r.fail(ErrTooLarge, "a clock above 4,294,967,295")
		return 0
	}
	return uint32(clock)
}

// content reads past a struct's content and measures it.
func (r *reader) content(kind byte) (length uint64) {
	length = 1
	switch kind {
	case kindGC, kindDeleted, kindSkip:
		length = r.uint()
	case kindJSON:
		length = r.uint()
		for n := length; n > 0 && r.err == nil; n-- {
			if t := r.text(); string(t) != "undefined" {
				r.validJSON(t)
			}
		}
	case kindBinary:
		r.bytes()
	case kindString:
		length = units(r.text())
	case kindEmbed:
		r.validJSON(r.text())
	case kindFormat:
		r.text()
		r.validJSON(r.text())
	case kindType:
		switch t := r.uint(); t {
		case typeArray, typeMap, typeText, typeXMLFragment, typeXMLText:
		case typeXMLElement, typeXMLHook:
			r.text()
		default:
			r.fail(ErrUnsupported, fmt.Sprintf("shared type %d", t))
		}
	case kindAny:
		length = r.uint()
		for n := length; n > 0 && r.err == nil; n-- {
			copyAny(nil, r, 0)
		}
	case kindDoc:
		r.fail(ErrUnsupported, "subdocument")
	default:
		r.fail(ErrMalformed, fmt.Sprintf("unknown content %d", kind))
	}
	return length
}

func (r *reader) validJSON(text []byte) {
	if r.err == nil && !json.Valid(text) {
		r.fail(ErrMalformed, "invalid JSON")
	}
}

// deletes calls yield for each range of an update's delete set.
func (r *reader) deletes(yield func(client uint64, s span)) {
	for clients := r.uint(); clients > 0 && r.err == nil; clients-- {
		client := r.uint()
		for n := r.uint(); n > 0 && r.err == nil; n-- {
			s := span{start: r.clock()}
			s.end = r.within(uint64(s.start) + r.uint())
			if r.err == nil && s.end > s.start {
				yield(client, s)
			}
		}
	}
}

// scan reads an update through, for its error.
func scan(update []byte) error {
	r := &reader{b: update}
	var s raw
	for c := (cursor{}); r.next(&c, &s); {
	}
	r.deletes(func(uint64, span) {})
	r.done()
	return r.err
}
