package ydoc

import (
	"fmt"
	"unicode/utf8"
)

// maxUint is JavaScript's Number.MAX_SAFE_INTEGER, the bound of lib0's varuints.
const maxUint = 1<<53 - 1

// reader reads lib0's encoding. The first error stays; after it every read
// returns zero values, so that callers check once.
type reader struct {
	b   []byte
	at  int
	err error
}

func (r *reader) fail(sentinel error, what string) {
	if r.err == nil {
		r.err = fmt.Errorf("%w: %s at byte %d", sentinel, what, r.at)
	}
}

func (r *reader) byte() byte {
	if r.err != nil {
		return 0
	}
	if r.at >= len(r.b) {
		r.fail(ErrMalformed, "unexpected end")
		return 0
	}
	c := r.b[r.at]
	r.at++
	return c
}

// uint reads a little-endian base-128 number.
func (r *reader) uint() uint64 {
	if r.err == nil && r.at < len(r.b) && r.b[r.at] < 0x80 {
		r.at++
		return uint64(r.b[r.at-1])
	}
	return r.long()
}

// long reads a number of several bytes.
func (r *reader) long() uint64 {
	if r.err != nil {
		return 0
	}
	var n uint64
	for i, c := range r.b[r.at:] {
		if i == 8 {
			break
		}
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			if n > maxUint {
				break
			}
			r.at += i + 1
			return n
		}
	}
	if len(r.b)-r.at < 8 {
		r.fail(ErrMalformed, "unexpected end")
	} else {
		r.fail(ErrMalformed, "number out of range")
	}
	return 0
}

// int reads a sign and magnitude; negative zero exists.
func (r *reader) int() (magnitude uint64, negative bool) {
	c := r.byte()
	magnitude, negative = uint64(c&0x3f), c&0x40 != 0
	for shift := 6; c >= 0x80; shift += 7 {
		if shift > 55 {
			r.fail(ErrMalformed, "number out of range")
			return 0, false
		}
		c = r.byte()
		magnitude |= uint64(c&0x7f) << shift
	}
	if magnitude > maxUint {
		r.fail(ErrMalformed, "number out of range")
		return 0, false
	}
	return magnitude, negative
}

// done fails where bytes are left. Yjs passes them over; but an update in
// format v2 begins like an empty one in v1, and would be lost without a word.
func (r *reader) done() {
	if r.err == nil && r.at < len(r.b) {
		r.fail(ErrMalformed, "bytes after the end")
	}
}

// take returns the next n bytes, without copying.
func (r *reader) take(n uint64) []byte {
	if r.err != nil {
		return nil
	}
	if n > uint64(len(r.b)-r.at) {
		r.fail(ErrMalformed, "unexpected end")
		return nil
	}
	b := r.b[r.at : r.at+int(n) : r.at+int(n)]
	r.at += int(n)
	return b
}

func (r *reader) bytes() []byte { return r.take(r.uint()) }

// text reads a string, which must be valid UTF-8 as Yjs's decoder is fatal.
func (r *reader) text() []byte {
	b := r.bytes()
	if !utf8.Valid(b) {
		r.fail(ErrMalformed, "text is not UTF-8")
		return nil
	}
	return b
}
