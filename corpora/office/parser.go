package office

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
)

// A parser walks one part from its root down, an element at a time, and stops
// where the part costs more than it may.
type parser struct {
	file  *File
	name  string
	part  io.ReadCloser
	dec   *xml.Decoder
	token int64 // bytes that the token at hand may still take
	depth int
	over  error // a bound that was met, which the decoder would wrap
}

type element xml.StartElement

func (e element) attr(local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// open starts on a part.
func (f *File) open(name string) (*parser, error) {
	part := f.part(name)
	if part == nil {
		return nil, &Error{name, ErrDamaged}
	}
	r, err := part.Open()
	if err != nil {
		return nil, &Error{name, ErrDamaged}
	}
	p := &parser{file: f, name: name, part: r}
	p.dec = xml.NewDecoder(p)
	return p, nil
}

// Read feeds the decoder and counts.
func (p *parser) Read(b []byte) (int, error) {
	n, err := p.part.Read(b)
	p.token -= int64(n)
	if p.file.left -= int64(n); p.file.left < 0 {
		p.over = &Error{p.name, ErrTooLarge}
	} else if p.token < 0 {
		p.over = &Error{p.name, ErrTooLong}
	}
	if p.over != nil {
		return 0, p.over
	}
	return n, err
}

// next returns the next token that matters: an element's start or end, or text.
func (p *parser) next() (xml.Token, error) {
	for {
		p.token = MaxToken
		t, err := p.dec.Token()
		switch {
		case p.over != nil:
			return nil, p.over
		case errors.Is(err, io.EOF):
			return nil, io.EOF
		case err != nil:
			return nil, &Error{p.name, ErrDamaged}
		}
		switch t.(type) {
		case xml.StartElement:
			if p.depth++; p.depth > maxDepth {
				return nil, &Error{p.name, ErrDamaged}
			}
			return t, nil
		case xml.EndElement:
			p.depth--
			return t, nil
		case xml.CharData:
			return t, nil
		case xml.Directive:
			return nil, &Error{p.name, ErrDamaged}
		}
	}
}

// root goes to the root element.
func (p *parser) root() (element, error) {
	for {
		t, err := p.next()
		if err == io.EOF {
			err = &Error{p.name, ErrDamaged}
		}
		if err != nil {
			return element{}, err
		}
		if e, ok := t.(xml.StartElement); ok {
			return element(e), nil
		}
	}
}

// each calls fn for every child of the element at hand, which fn must read to
// its end (by each or skip), and text for the text between; text may be nil.
func (p *parser) each(fn func(element) error, text func(string) error) error {
	for {
		t, err := p.next()
		if err == io.EOF {
			err = &Error{p.name, ErrDamaged}
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			err = fn(element(t))
		case xml.EndElement:
			return nil
		case xml.CharData:
			if text != nil {
				err = text(string(t))
			}
		}
		if err != nil {
			return err
		}
	}
}

// skip reads the element at hand to its end.
func (p *parser) skip() error {
	for depth := 1; depth > 0; {
		t, err := p.next()
		if err == io.EOF {
			err = &Error{p.name, ErrDamaged}
		}
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// find goes on to the next element of one of these names, however deep; it says
// no at the part's end, and where the part is damaged.
func (p *parser) find(names ...string) bool {
	for {
		t, err := p.next()
		if err != nil {
			return false
		}
		if e, ok := t.(xml.StartElement); ok && slices.Contains(names, e.Name.Local) {
			return true
		}
	}
}

// some reads the element at hand to its end and says whether it has any text.
func (p *parser) some() (bool, error) {
	some := false
	var look func(element) error
	text := func(s string) error { some = some || strings.TrimSpace(s) != ""; return nil }
	look = func(element) error { return p.each(look, text) }
	err := look(element{})
	return some, err
}

// words is all text of the element at hand, children included.
func (p *parser) words() (string, error) {
	var out []byte
	var err error
	for depth := 1; depth > 0 && err == nil; {
		var t xml.Token
		if t, err = p.next(); err == io.EOF {
			err = &Error{p.name, ErrDamaged}
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			if out = append(out, t...); len(out) > p.file.limits.Cell {
				err = &Error{p.name, ErrTooLong}
			}
		}
	}
	return string(out), err
}
