package ydoc

import (
	"fmt"
	"maps"
	"slices"
)

// Kind is what a root is read as. An update does not name the types of roots.
type Kind string

const (
	AsText  Kind = "text"  // Y.Text
	AsXML   Kind = "xml"   // Y.XmlFragment
	AsMap   Kind = "map"   // Y.Map
	AsArray Kind = "array" // Y.Array
)

// View reads a root, as whatever it is, without opening it.
type View struct {
	Kind Kind
	b    *branch
}

// Roots are the names of all roots that updates or edits have mentioned.
func (d *Doc) Roots() []string { return slices.Sorted(maps.Keys(d.roots)) }

// View reads a root as one kind, or, for an empty kind, as what its content
// looks like. A root that nobody has mentioned is empty.
func (d *Doc) View(root string, as Kind) View {
	b := d.roots[root]
	if b == nil {
		b = &branch{doc: d, name: root, kind: typeUnknown}
	}
	if as == "" {
		as = b.guess()
	}
	return View{as, b}
}

// guess goes by what only texts or only XML have; an emptied sequence says
// nothing any more and counts as a text, which most roots are.
func (b *branch) guess() Kind {
	if b.kind == typeText {
		return AsText
	}
	var markup, other bool
	for it := b.start; it != nil; it = it.next {
		switch it.kind {
		case kindString, kindFormat, kindEmbed:
			return AsText
		case kindAny, kindJSON, kindBinary:
			other = true
		case kindType:
			switch it.extra.shared.kind {
			case typeXMLElement, typeXMLFragment, typeXMLHook, typeXMLText:
				markup = true
			default:
				other = true
			}
		}
	}
	switch {
	case other:
		return AsArray
	case markup:
		return AsXML
	case len(b.entries) > 0:
		return AsMap
	}
	return AsText
}

// JSON is Yjs's toJSON(): for a text its toString(), for XML its markup.
// Bytes become {"base64":…}, what JSON cannot say null. It fails with
// ErrTooLarge where types nest deeper than JavaScript's stack would bear.
func (v View) JSON() ([]byte, error) {
	p := &printer{}
	switch v.Kind {
	case AsText:
		p.string(v.b.text())
	case AsXML:
		p.string(p.markup(v.b, typeXMLFragment))
	case AsMap:
		p.entries(v.b)
	case AsArray:
		p.sequence(v.b)
	default:
		return nil, fmt.Errorf("view: no kind %q", v.Kind)
	}
	return p.done()
}

// Delta is Yjs's toDelta() of a text, with nested types as their toJSON().
func (v View) Delta() ([]byte, error) {
	p := &printer{}
	p.delta(v.b)
	return p.done()
}
