package ydoc

import (
	"encoding/binary"
	"math"
	"strconv"
)

// maxDepth bounds the nesting of values; JavaScript's own stack ends before
// some ten thousand.
const maxDepth = 512

// The tags of lib0's writeAny.
const (
	anyUndefined = 127 - iota
	anyNull
	anyInt
	anyFloat32
	anyFloat64
	anyBigInt
	anyFalse
	anyTrue
	anyString
	anyObject
	anyArray
	anyBytes
)

// copyAny reads one value and writes it as Yjs would after having read it:
// the smallest of its number formats, keys that are array indices first, the
// last of equal keys. With a nil writer it only checks.
func copyAny(w *writer, r *reader, depth int) {
	if depth > maxDepth {
		r.fail(ErrTooLarge, "value nested too deep")
		return
	}
	tag := r.byte()
	switch tag {
	case anyUndefined, anyNull, anyFalse, anyTrue:
		if w != nil {
			w.byte(tag)
		}
	case anyInt, anyFloat32, anyFloat64:
		if f := r.number(tag); r.err == nil {
			writeNumber(w, f)
		}
	case anyBigInt:
		if b := r.take(8); w != nil && b != nil {
			w.b = append(append(w.b, tag), b...)
		}
	case anyString, anyBytes:
		b := r.bytes
		if tag == anyString {
			b = r.text
		}
		if b := b(); w != nil && r.err == nil {
			w.byte(tag)
			w.bytes(b)
		}
	case anyArray:
		n := r.uint()
		if w != nil {
			w.byte(tag)
			w.uint(n)
		}
		for ; n > 0 && r.err == nil; n-- {
			copyAny(w, r, depth+1)
		}
	case anyObject:
		copyObject(w, r, depth)
	default:
		r.fail(ErrMalformed, "unknown value "+strconv.Itoa(int(tag)))
	}
}

// number reads what follows a number's tag.
func (r *reader) number(tag byte) float64 {
	switch tag {
	case anyFloat32:
		if b := r.take(4); b != nil {
			return float64(math.Float32frombits(binary.BigEndian.Uint32(b)))
		}
	case anyFloat64:
		if b := r.take(8); b != nil {
			return math.Float64frombits(binary.BigEndian.Uint64(b))
		}
	default:
		n, negative := r.int()
		if negative {
			return math.Copysign(float64(n), -1)
		}
		return float64(n)
	}
	return 0
}

func copyObject(w *writer, r *reader, depth int) {
	n := r.uint()
	if w == nil {
		for ; n > 0 && r.err == nil; n-- {
			r.text()
			copyAny(nil, r, depth+1)
		}
		return
	}
	var o object
	o.begin(w)
	for ; n > 0 && r.err == nil; n-- {
		o.key(w, r.text())
		copyAny(w, r, depth+1)
	}
	o.end(w)
}

// arrayIndex returns the integer that key is the canonical spelling of, if it
// is an array index (below 2³²-1), or -1.
func arrayIndex(key string) int64 {
	if key == "" || len(key) > 10 || key[0] < '0' || key[0] > '9' || len(key) > 1 && key[0] == '0' {
		return -1
	}
	n, err := strconv.ParseInt(key, 10, 64)
	if err != nil || n >= 1<<32-1 {
		return -1
	}
	return n
}

// writeNumber chooses a number's format as lib0 does.
func writeNumber(w *writer, f float64) {
	if w == nil {
		return
	}
	switch {
	case f == math.Trunc(f) && math.Abs(f) <= math.MaxInt32:
		w.byte(anyInt)
		w.int(uint64(math.Abs(f)), math.Signbit(f))
	case float64(float32(f)) == f:
		w.byte(anyFloat32)
		w.b = binary.BigEndian.AppendUint32(w.b, math.Float32bits(float32(f)))
	case f != f: // the one NaN of JavaScript engines
		w.byte(anyFloat64)
		w.b = binary.BigEndian.AppendUint64(w.b, 0x7ff8000000000000)
	default:
		w.byte(anyFloat64)
		w.b = binary.BigEndian.AppendUint64(w.b, math.Float64bits(f))
	}
}
