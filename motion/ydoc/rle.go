package ydoc

// The run-length encodings of lib0 that v2 updates are made of (lib0
// src/encoding.js, src/decoding.js). Each stands in a buffer of its own.

// byteRuns is lib0's RleEncoder: a byte, then how often more; the last one
// runs until the end.
type byteRuns struct {
	writer
	last  byte
	count uint64
}

func (e *byteRuns) put(c byte) {
	if e.count > 0 && e.last == c {
		e.count++
		return
	}
	if e.count > 0 {
		e.uint(e.count - 1)
	}
	e.byte(c)
	e.last, e.count = c, 1
}

// uintRuns is lib0's UintOptRleEncoder: a number, negative when a count of
// its repetitions follows.
type uintRuns struct {
	writer
	last, count uint64
}

func (e *uintRuns) put(n uint64) {
	if e.last == n {
		e.count++
		return
	}
	e.flush()
	e.last, e.count = n, 1
}

func (e *uintRuns) flush() {
	if e.count > 0 {
		e.int(e.last, e.count > 1)
	}
	if e.count > 1 {
		e.uint(e.count - 2)
	}
	e.count = 0
}

// steps is lib0's IntDiffOptRleEncoder: differences, doubled and odd when a
// count of their repetitions follows.
type steps struct {
	writer
	last, diff int64
	count      uint64
}

func (e *steps) put(n uint64) {
	v := int64(n)
	if e.diff == v-e.last {
		e.last = v
		e.count++
		return
	}
	e.flush()
	e.diff, e.last, e.count = v-e.last, v, 1
}

func (e *steps) flush() {
	if e.count > 0 {
		d := 2 * e.diff
		if e.count > 1 {
			d++
		}
		e.int(uint64(max(d, -d)), d < 0)
	}
	if e.count > 1 {
		e.uint(e.count - 2)
	}
	e.count = 0
}

// texts is lib0's StringEncoder: all strings as one, then their lengths.
type texts struct {
	all     []byte
	lengths uintRuns
}

func (e *texts) put(s []byte) {
	e.all = append(e.all, s...)
	e.lengths.put(units(s))
}

// byteRunReader reads byteRuns.
type byteRunReader struct {
	reader
	last  byte
	count uint64
	ever  bool
}

func (r *byteRunReader) get() byte {
	if r.count == 0 && !r.ever {
		r.last = r.byte()
		if r.ever = r.at == len(r.b); !r.ever {
			r.count = r.uint() + 1
		}
	}
	r.count--
	return r.last
}

// uintRunReader reads uintRuns.
type uintRunReader struct {
	reader
	last, count uint64
}

func (r *uintRunReader) get() uint64 {
	if r.count == 0 {
		var many bool
		r.last, many = r.int()
		if r.count = 1; many {
			r.count = r.uint() + 2
		}
	}
	r.count--
	return r.last
}

// stepReader reads steps.
type stepReader struct {
	reader
	last, diff int64
	count      uint64
}

func (r *stepReader) get() uint64 {
	if r.count == 0 {
		magnitude, negative := r.int()
		d := int64(magnitude)
		if negative {
			d = -d
		}
		r.diff = d >> 1 // rounds down
		if r.count = 1; d&1 != 0 {
			r.count = r.uint() + 2
		}
	}
	r.count--
	if r.last += r.diff; r.last < 0 || r.last > maxUint {
		r.fail(ErrMalformed, "clock out of range")
		r.last = 0
	}
	return uint64(r.last)
}

// textReader reads texts. A length that ends within a surrogate pair leaves
// half of it to the next, both as U+FFFD.
type textReader struct {
	all     []byte
	half    bool
	lengths uintRunReader
}

func (r *textReader) get() []byte {
	n := r.lengths.get()
	if n == 0 || r.lengths.err != nil {
		return nil
	}
	var head []byte
	if r.half {
		head, r.half = []byte(replacement), false
		n--
	}
	i := 0
	for ; n > 0 && i < len(r.all); n-- {
		switch c := r.all[i]; {
		case c < 0x80:
			i++
		case c < 0xe0:
			i += 2
		case c < 0xf0:
			i += 3
		case n == 1:
			head = append(append(head, r.all[:i]...), replacement...)
			r.all, r.half = r.all[i+4:], true
			return head
		default:
			i += 4
			n--
		}
	}
	if n > 0 {
		r.lengths.fail(ErrMalformed, "text ends early")
	}
	s := r.all[:i:i]
	r.all = r.all[i:]
	if head != nil {
		return append(head, s...)
	}
	return s
}
