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

// byteOffset finds where the unit at begins. Within a surrogate pair it
// returns the character's first byte and true.
func byteOffset(b []byte, at, length uint64) (offset int, inside bool) {
	if uint64(len(b)) == length { // ASCII
		return int(at), false
	}
	for i := 0; i < len(b); {
		if at == 0 {
			return i, false
		}
		switch c := b[i]; {
		case c < 0x80:
			i++
		case c < 0xe0:
			i += 2
		case c < 0xf0:
			i += 3
		default:
			if at == 1 {
				return i, true
			}
			at--
			i += 4
		}
		at--
	}
	return len(b), false
}

const replacement = "\uFFFD"

// cutText splits text at a unit. Yjs does not keep half of a surrogate pair:
// both halves become U+FFFD (yjs issue 248).
func cutText(b []byte, at, length uint64) (left, right []byte) {
	n, inside := byteOffset(b, at, length)
	if !inside {
		return b[:n:n], b[n:]
	}
	left = append(append(make([]byte, 0, n+3), b[:n]...), replacement...)
	right = append(append(make([]byte, 0, len(b)-n-1), replacement...), b[n+4:]...)
	return left, right
}
