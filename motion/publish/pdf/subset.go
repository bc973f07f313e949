package pdf

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"golang.org/x/image/font/sfnt"
)

// subset is a TrueType font with the outlines of some glyphs alone and the tables
// that a PDF needs (ISO 32000-1 §9.9); the glyphs keep their numbers. A font that
// it does not understand is returned whole.
func subset(data []byte, used []sfnt.GlyphIndex) []byte {
	be := binary.BigEndian
	tables := tablesOf(data)
	head, loca, glyf := tables["head"], tables["loca"], tables["glyf"]
	if len(head) < 54 || len(loca) == 0 || len(glyf) == 0 {
		return data
	}
	wide := be.Uint16(head[50:]) == 1 // offsets of four bytes
	count := len(loca)/2 - 1
	if wide {
		count = len(loca)/4 - 1
	}
	if count < 1 {
		return data
	}
	outline := func(g int) []byte {
		if g < 0 || g >= count {
			return nil
		}
		from, to := 2*int(be.Uint16(loca[2*g:])), 2*int(be.Uint16(loca[2*g+2:]))
		if wide {
			from, to = int(be.Uint32(loca[4*g:])), int(be.Uint32(loca[4*g+4:]))
		}
		if from > to || to > len(glyf) {
			return nil
		}
		return glyf[from:to]
	}
	keep := map[int]bool{0: true}
	var take func(g int)
	take = func(g int) {
		if keep[g] {
			return
		}
		keep[g] = true
		for _, part := range components(outline(g)) {
			take(part)
		}
	}
	for _, part := range components(outline(0)) {
		take(part)
	}
	for _, g := range used {
		take(int(g))
	}
	var outlines []byte
	places := make([]byte, 4*(count+1))
	for g := range count {
		be.PutUint32(places[4*g:], uint32(len(outlines)))
		if keep[g] {
			outlines = append(outlines, outline(g)...)
			for len(outlines)%4 != 0 {
				outlines = append(outlines, 0)
			}
		}
	}
	be.PutUint32(places[4*count:], uint32(len(outlines)))
	head = slices.Clone(head)
	be.PutUint16(head[50:], 1)
	tables["head"], tables["loca"], tables["glyf"] = head, places, outlines
	return assemble(tables)
}

// tablesOf finds a font's tables; none of a font that is broken.
func tablesOf(data []byte) map[string][]byte {
	be := binary.BigEndian
	if len(data) < 12 || len(data) < 12+16*int(be.Uint16(data[4:])) {
		return nil
	}
	out := make(map[string][]byte)
	for i := range int(be.Uint16(data[4:])) {
		e := data[12+16*i:]
		at, size := uint64(be.Uint32(e[8:])), uint64(be.Uint32(e[12:]))
		if at+size > uint64(len(data)) {
			return nil
		}
		out[string(e[:4])] = data[at : at+size]
	}
	return out
}

// components are the glyphs that an outline is made of (OpenType, glyf, Composite
// Glyph Description).
func components(outline []byte) (out []int) {
	const words, scale, more, scales, matrix = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080
	be := binary.BigEndian
	if len(outline) < 10 || int16(be.Uint16(outline)) >= 0 {
		return nil
	}
	for rest := outline[10:]; len(rest) >= 4; {
		flags, size := be.Uint16(rest), 6
		out = append(out, int(be.Uint16(rest[2:])))
		if flags&words != 0 {
			size += 2
		}
		switch {
		case flags&scale != 0:
			size += 2
		case flags&scales != 0:
			size += 4
		case flags&matrix != 0:
			size += 8
		}
		if flags&more == 0 || size > len(rest) {
			break
		}
		rest = rest[size:]
	}
	return out
}

// assemble writes what a PDF needs of a font's tables.
func assemble(tables map[string][]byte) []byte {
	be := binary.BigEndian
	var tags []string
	for _, tag := range []string{"cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"} { // in the order of their bytes
		if len(tables[tag]) > 0 {
			tags = append(tags, tag)
		}
	}
	out := make([]byte, 12+16*len(tags))
	be.PutUint32(out, 0x00010000)
	be.PutUint16(out[4:], uint16(len(tags)))
	log := max(bits.Len(uint(len(tags))), 1) - 1
	be.PutUint16(out[6:], 16<<log)
	be.PutUint16(out[8:], uint16(log))
	be.PutUint16(out[10:], uint16(16*len(tags)-16<<log))
	for i, tag := range tags {
		table := tables[tag]
		e := out[12+16*i:]
		copy(e, tag)
		be.PutUint32(e[8:], uint32(len(out)))
		be.PutUint32(e[12:], uint32(len(table)))
		at := len(out)
		out = append(out, table...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
		sum := uint32(0)
		for w := out[at:]; len(w) > 0; w = w[4:] {
			sum += be.Uint32(w)
		}
		be.PutUint32(out[12+16*i+4:], sum)
	}
	return out
}
