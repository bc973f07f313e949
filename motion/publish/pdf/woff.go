package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// ErrFont is what is no font that can be set with.
var ErrFont = errors.New("pdf: no font in WOFF 1.0 or TrueType")

// maxFont bounds a font's size unpacked, in bytes.
const maxFont = 4 << 20

// unwoff unpacks a font (W3C, WOFF File Format 1.0, §3 to §5); one that is
// not packed is returned as it is.
func unwoff(data []byte) ([]byte, error) {
	if len(data) < 4 || string(data[:4]) != "wOFF" {
		return data, nil
	}
	if len(data) < 44 {
		return nil, ErrFont
	}
	be := binary.BigEndian
	n := int(be.Uint16(data[12:]))
	if n == 0 || n > 64 || len(data) < 44+20*n {
		return nil, ErrFont
	}
	search, log := 1, 0
	for search*2 <= n {
		search, log = search*2, log+1
	}
	out := make([]byte, 12+16*n)
	copy(out, data[4:8])
	be.PutUint16(out[4:], uint16(n))
	be.PutUint16(out[6:], uint16(search*16))
	be.PutUint16(out[8:], uint16(log))
	be.PutUint16(out[10:], uint16((n-search)*16))
	for i := range n {
		e := data[44+20*i:]
		at, packed, size := uint64(be.Uint32(e[4:])), uint64(be.Uint32(e[8:])), uint64(be.Uint32(e[12:]))
		if at+packed > uint64(len(data)) || size > maxFont || uint64(len(out))+size > maxFont {
			return nil, ErrFont
		}
		table := data[at : at+packed]
		if packed < size {
			z, err := zlib.NewReader(bytes.NewReader(table))
			if err != nil {
				return nil, fmt.Errorf("%w: %v", ErrFont, err)
			}
			table = make([]byte, size)
			if _, err := io.ReadFull(z, table); err != nil {
				return nil, fmt.Errorf("%w: %v", ErrFont, err)
			}
		}
		if uint64(len(table)) != size {
			return nil, ErrFont
		}
		copy(out[12+16*i:], e[:4])
		be.PutUint32(out[12+16*i+4:], be.Uint32(e[16:]))
		be.PutUint32(out[12+16*i+8:], uint32(len(out)))
		be.PutUint32(out[12+16*i+12:], uint32(size))
		out = append(out, table...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	return out, nil
}
