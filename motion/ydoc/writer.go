package ydoc

import "encoding/binary"

// writer writes lib0's encoding.
type writer struct {
	b     []byte
	spare []byte // of object
}

func (w *writer) byte(c byte) { w.b = append(w.b, c) }

func (w *writer) uint(n uint64) { w.b = appendUint(w.b, n) }

func appendUint(b []byte, n uint64) []byte {
	switch {
	case n < 1<<7:
		return append(b, byte(n))
	case n < 1<<14:
		return append(b, byte(n)|0x80, byte(n>>7))
	case n < 1<<21:
		return append(b, byte(n)|0x80, byte(n>>7)|0x80, byte(n>>14))
	}
	return binary.AppendUvarint(b, n)
}

func (w *writer) int(magnitude uint64, negative bool) {
	c := byte(magnitude & 0x3f)
	if negative {
		c |= 0x40
	}
	if magnitude > 0x3f {
		c |= 0x80
	}
	w.b = append(w.b, c)
	for magnitude >>= 6; magnitude > 0; magnitude >>= 7 {
		c := byte(magnitude & 0x7f)
		if magnitude > 0x7f {
			c |= 0x80
		}
		w.b = append(w.b, c)
	}
}

func (w *writer) bytes(b []byte) {
	w.uint(uint64(len(b)))
	w.b = append(w.b, b...)
}

func (w *writer) string(s string) {
	w.uint(uint64(len(s)))
	w.b = append(w.b, s...)
}
