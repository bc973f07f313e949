package ydoc

// readerV2 is yjs's UpdateDecoderV2.
type readerV2 struct {
	keys         stepReader
	client       uintRunReader
	left, right  stepReader
	info, parent byteRunReader
	text         textReader
	kind, length uintRunReader
	rest         reader
	known        [][]byte // keys so far
}

func newReaderV2(update []byte) *readerV2 {
	r := &readerV2{rest: reader{b: update}}
	r.rest.uint() // features, none so far
	for _, part := range []*reader{
		&r.keys.reader, &r.client.reader, &r.left.reader, &r.right.reader, &r.info.reader,
		&r.text.lengths.reader, &r.parent.reader, &r.kind.reader, &r.length.reader,
	} {
		part.b = r.rest.bytes()
	}
	if r.rest.err == nil {
		r.text.all = r.text.lengths.text()
	}
	return r
}

func (r *readerV2) error() error {
	for _, part := range []*reader{
		&r.rest, &r.info.reader, &r.client.reader, &r.left.reader, &r.right.reader,
		&r.text.lengths.reader, &r.parent.reader, &r.kind.reader, &r.length.reader, &r.keys.reader,
	} {
		if part.err != nil {
			return part.err
		}
	}
	return nil
}

func (r *readerV2) key() []byte {
	n := r.keys.get()
	if n < uint64(len(r.known)) {
		return r.known[n]
	}
	r.known = append(r.known, r.text.get())
	return r.known[len(r.known)-1]
}

func (r *readerV2) id(w *writer, clock *stepReader) {
	w.uint(r.client.get())
	w.uint(clock.get())
}

// copyStruct writes the next struct in format v1, as far as ok allows; what
// makes it sound, scan checks there.
func (r *readerV2) copyStruct(w *writer, ok func() bool) {
	s := raw{info: r.info.get()}
	w.byte(s.needed())
	switch s.kind() {
	case kindGC:
		w.uint(r.length.get())
		return
	case kindSkip:
		w.uint(r.rest.uint())
		return
	}
	if s.info&hasOrigin != 0 {
		r.id(w, &r.left)
	}
	if s.info&hasRight != 0 {
		r.id(w, &r.right)
	}
	if s.orphan() {
		if r.parent.get() == 1 {
			w.uint(1)
			w.bytes(r.text.get())
		} else {
			w.uint(0)
			r.id(w, &r.left)
		}
		if s.isEntry() {
			w.bytes(r.text.get())
		}
	}
	switch s.kind() {
	case kindDeleted:
		w.uint(r.length.get())
	case kindJSON:
		n := r.length.get()
		w.uint(n)
		for ; n > 0 && ok(); n-- {
			w.bytes(r.text.get())
		}
	case kindBinary:
		w.bytes(r.rest.bytes())
	case kindString:
		w.bytes(r.text.get())
	case kindEmbed:
		r.json(w)
	case kindFormat:
		w.bytes(r.key())
		r.json(w)
	case kindType:
		t := r.kind.get()
		w.uint(t)
		if t == typeXMLElement || t == typeXMLHook {
			w.bytes(r.key())
		}
	case kindAny:
		n := r.length.get()
		w.uint(n)
		for ; n > 0 && ok(); n-- {
			copyAny(w, &r.rest, 0)
		}
	case kindDoc:
		r.rest.fail(ErrUnsupported, "subdocument")
	}
}

// json writes a value as the JSON text that v1 has in its place.
func (r *readerV2) json(w *writer) {
	var v writer
	copyAny(&v, &r.rest, 0)
	if r.error() != nil {
		return
	}
	p := &printer{plain: true}
	if !p.any(&reader{b: v.b}) {
		p.raw("null")
	}
	w.bytes(p.b)
}
