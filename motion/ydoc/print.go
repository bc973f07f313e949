package ydoc

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strconv"
	"unicode/utf16"
)

// maxNesting is how deep types within types are read.
const maxNesting = 1000

// printer writes shared types as JSON.
type printer struct {
	b     []byte
	depth int
	plain bool // bytes as JSON.stringify has them: an object of numbers
	err   error
}

func (p *printer) done() ([]byte, error) {
	if p.err != nil {
		return nil, p.err
	}
	return p.b, nil
}

// enter is whether one more level of types may be read.
func (p *printer) enter() bool {
	if p.depth++; p.depth > maxNesting {
		p.err = fmt.Errorf("read: %w: more than %d types within each other", ErrTooLarge, maxNesting)
	}
	return p.err == nil
}

func (p *printer) leave()           { p.depth-- }
func (p *printer) raw(s string)     { p.b = append(p.b, s...) }
func (p *printer) string(s string)  { p.b = appendQuoted(p.b, s) }
func (p *printer) value(v *value)   { p.b = appendJSON(p.b, v.any()) }
func (p *printer) number(f float64) { p.b = appendJSON(p.b, f+0) } // no negative zero

func (p *printer) bytes(b []byte) {
	if !p.plain {
		p.raw(`{"base64":"` + base64.StdEncoding.EncodeToString(b) + `"}`)
		return
	}
	p.raw("{")
	for i, c := range b {
		p.b = fmt.Appendf(p.b, `%s"%d":%d`, []string{"", ","}[min(i, 1)], i, c)
	}
	p.raw("}")
}

// shared is a type's toJSON().
func (p *printer) shared(b *branch) {
	if !p.enter() {
		return
	}
	defer p.leave()
	switch b.kind {
	case typeText:
		p.string(b.text())
	case typeMap, typeXMLHook:
		p.entries(b)
	case typeArray:
		p.sequence(b)
	default:
		p.string(p.markup(b, b.kind))
	}
}

// sequence is what stands in order, as toArray() has it: texts by code units.
func (p *printer) sequence(b *branch) {
	p.raw("[")
	first := len(p.b)
	next := func() {
		if len(p.b) > first {
			p.raw(",")
		}
	}
	for it := b.start; it != nil; it = it.next {
		switch {
		case !it.visible():
		case it.kind == kindString:
			for _, c := range string(it.text) {
				next()
				if high, low := utf16.EncodeRune(c); c > 0xffff {
					p.b = fmt.Appendf(p.b, `"\u%04x","\u%04x"`, high, low)
				} else {
					p.string(string(c))
				}
			}
		default:
			for i := range int(it.length) {
				next()
				if !p.content(it, i) {
					p.raw("null")
				}
			}
		}
	}
	p.raw("]")
}

// entries are the newest values under each key.
func (p *printer) entries(b *branch) {
	p.raw("{")
	first := len(p.b)
	for _, key := range sortedKeys(b.entries) {
		it := b.entries[key]
		if it.deleted || it.length == 0 {
			continue
		}
		before := len(p.b)
		if before > first {
			p.raw(",")
		}
		p.string(key)
		p.raw(":")
		if !p.content(it, int(it.length)-1) {
			p.b = p.b[:before]
		}
	}
	p.raw("}")
}

// content is one of an item's values. It is false for undefined.
func (p *printer) content(it *item, i int) bool {
	switch it.kind {
	case kindAny:
		return p.any(&reader{b: it.extra.list[i]})
	case kindJSON:
		if string(it.extra.list[i]) == "undefined" {
			return false
		}
		p.value(parseValue(it.extra.list[i]))
	case kindBinary:
		p.bytes(it.text)
	case kindString:
		p.string(unitAt(it.text, i, it.length))
	case kindEmbed:
		p.value(it.extra.val)
	case kindType:
		p.shared(it.extra.shared)
	default:
		return false
	}
	return true
}

// unitAt is one code unit; half of a surrogate pair is U+FFFD.
func unitAt(b []byte, i int, length uint32) string {
	n, inside := byteOffset(b, uint32(i), length)
	if inside || b[n] >= 0xf0 {
		return replacement
	}
	end, _ := byteOffset(b[n:], 1, length-uint32(i))
	return string(b[n : n+end])
}

// any is one value in lib0's encoding. It is false for undefined.
func (p *printer) any(r *reader) bool {
	switch tag := r.byte(); tag {
	case anyUndefined:
		return false
	case anyNull:
		p.raw("null")
	case anyFalse:
		p.raw("false")
	case anyTrue:
		p.raw("true")
	case anyInt, anyFloat32, anyFloat64:
		p.number(r.number(tag))
	case anyBigInt:
		p.b = strconv.AppendInt(p.b, r.bigint(), 10)
	case anyString:
		p.string(string(r.bytes()))
	case anyBytes:
		p.bytes(r.bytes())
	case anyArray:
		p.raw("[")
		for i, n := uint64(0), r.uint(); i < n; i++ {
			if i > 0 {
				p.raw(",")
			}
			if !p.any(r) {
				p.raw("null")
			}
		}
		p.raw("]")
	case anyObject:
		p.raw("{")
		first := len(p.b)
		for n := r.uint(); n > 0; n-- {
			before := len(p.b)
			if before > first {
				p.raw(",")
			}
			p.string(string(r.bytes()))
			p.raw(":")
			if !p.any(r) {
				p.b = p.b[:before]
			}
		}
		p.raw("}")
	}
	return true
}

// bigint reads what follows the tag of one.
func (r *reader) bigint() int64 {
	b := r.take(8)
	if b == nil {
		return 0
	}
	return int64(binary.BigEndian.Uint64(b))
}

// delta is a text's toDelta().
func (p *printer) delta(b *branch) {
	p.raw("[")
	first := len(p.b)
	b.runs(nil, func(text string, it *item, attrs marks) {
		if len(p.b) > first {
			p.raw(",")
		}
		p.raw(`{"insert":`)
		if it != nil {
			p.content(it, 0)
		} else {
			p.string(text)
		}
		for i, k := range attrs {
			p.raw([]string{`,"attributes":{`, ","}[min(i, 1)])
			p.string(k.key)
			p.raw(":")
			p.value(k.val)
		}
		if len(attrs) > 0 {
			p.raw("}")
		}
		p.raw("}")
	})
	p.raw("]")
}

// compareUTF16 is JavaScript's order of strings, by code units.
func compareUTF16(a, b string) int {
	ra, rb := []rune(a), []rune(b)
	for i := 0; i < len(ra) && i < len(rb); i++ {
		if x, y := ra[i], rb[i]; x != y {
			return order(x) - order(y)
		}
	}
	return len(ra) - len(rb)
}

// order puts surrogate pairs, which begin at U+D800, before U+E000.
func order(r rune) int {
	if r >= 0xe000 && r <= 0xffff && !utf16.IsSurrogate(r) {
		return int(r) + 0x110000
	}
	return int(r)
}
