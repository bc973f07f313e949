package ydoc

// units counts the UTF-16 code units of valid UTF-8.
func units(b []byte) uint64 {
	n := 0
	for _, c := range b {
		if c&0xc0 != 0x80 { // not a continuation byte
			n++
		}
		if c >= 0xf0 { // outside the basic plane: two units
			n++
		}
	}
	return uint64(n)
}

// byteOffset finds where the unit at begins, from the nearer end. Within a
// surrogate pair it returns the character's first byte and true.
func byteOffset(b []byte, at, length uint32) (offset int, inside bool) {
	if len(b) == int(length) { // ASCII
		return int(at), false
	}
	if back := length - at; back < at {
		i := len(b)
		for back > 0 && !inside {
			for i--; b[i]&0xc0 == 0x80; i-- {
			}
			if b[i] >= 0xf0 {
				inside = back == 1
				back--
			}
			back--
		}
		return i, inside
	}
	i := 0
	for at > 0 {
		switch c := b[i]; {
		case c < 0x80:
			i++
		case c < 0xe0:
			i += 2
		case c < 0xf0:
			i += 3
		case at == 1:
			return i, true
		default:
			at--
			i += 4
		}
		at--
	}
	return i, false
}

const replacement = "\uFFFD"

// textFrom is a copy of the text from a unit on. Yjs does not keep half of a
// surrogate pair: both halves become U+FFFD (yjs issue 248).
func textFrom(b []byte, at, length uint32) []byte {
	n, inside := byteOffset(b, at, length)
	if !inside {
		return b[n:]
	}
	return append([]byte(replacement), b[n+4:]...)
}

// textUntil is a copy of the text up to a unit.
func textUntil(b []byte, at, length uint32) []byte {
	n, inside := byteOffset(b, at, length)
	if !inside {
		return b[:n]
	}
	return append(b[:n:n], replacement...)
}

// splitText splits at a unit a text that nobody else holds. Where that cuts a
// surrogate pair, only the smaller part is copied, so that cutting a text to
// pieces in any order costs no more than its length times the logarithm. pair
// is what was cut.
func splitText(b []byte, at, length uint32) (left, right []byte, pair string) {
	n, inside := byteOffset(b, at, length)
	if !inside {
		return b[:n:n], b[n:], ""
	}
	pair = string(b[n : n+4])
	if n < len(b)/2 {
		left = append(append(make([]byte, 0, n+3), b[:n]...), replacement...)
		copy(b[n+1:], replacement)
		return left, b[n+1:], pair
	}
	right = append(append(make([]byte, 0, len(b)-n-1), replacement...), b[n+4:]...)
	copy(b[n:], replacement)
	return b[: n+3 : n+3], right, pair
}
