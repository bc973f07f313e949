package ydoc

// writer writes lib0's encoding.
type writer struct {
	b     []byte
	spare []byte // of object
}

func (w *writer) byte(c byte) { w.b = append(w.b, c) }

func (w *writer) uint(n uint64) {
	for n >= 0x80 {
		w.b = append(w.b, byte(n)|0x80)
		n >>= 7
	}
	w.b = append(w.b, byte(n))
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

func (w *writer) id(i id) {
	w.uint(i.peer.client)
	w.uint(i.clock)
}
