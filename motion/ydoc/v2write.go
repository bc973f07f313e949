package ydoc

// writerV2 is yjs's UpdateEncoderV2: what is alike stands together.
type writerV2 struct {
	keys        steps
	client      uintRuns
	left, right steps
	info        byteRuns
	text        texts
	parent      byteRuns
	kind        uintRuns
	length      uintRuns
	rest        writer
	err         error
	nextKey     uint64
}

func (w *writerV2) done() []byte {
	w.keys.flush()
	w.client.flush()
	w.left.flush()
	w.right.flush()
	w.kind.flush()
	w.length.flush()
	w.text.lengths.flush()
	var text writer
	text.bytes(w.text.all)
	text.b = append(text.b, w.text.lengths.b...)
	out := &writer{}
	out.uint(0) // features, none so far
	for _, part := range [][]byte{w.keys.b, w.client.b, w.left.b, w.right.b, w.info.b, text.b, w.parent.b, w.kind.b, w.length.b} {
		out.bytes(part)
	}
	out.b = append(out.b, w.rest.b...)
	return out.b
}

// key writes a name. Yjs numbers all of them and repeats each all the same.
func (w *writerV2) key(s []byte) {
	w.keys.put(w.nextKey)
	w.nextKey++
	w.text.put(s)
}

func (w *writerV2) id(clock *steps, i rawID) {
	w.client.put(i.client)
	clock.put(uint64(i.clock))
}

func (w *writerV2) json(text []byte) {
	if err := anyFromJSON(&w.rest, text); w.err == nil {
		w.err = err
	}
}

// raw writes a sound struct of a v1 update.
func (w *writerV2) raw(s *raw, info byte) {
	w.info.put(info)
	switch s.kind() {
	case kindGC:
		w.length.put(uint64(s.length))
		return
	case kindSkip:
		w.rest.uint(uint64(s.length))
		return
	}
	if s.info&hasOrigin != 0 {
		w.id(&w.left, s.origin)
	}
	if s.info&hasRight != 0 {
		w.id(&w.right, s.right)
	}
	if s.orphan() {
		if s.fromRoot {
			w.parent.put(1)
			w.text.put(s.root)
		} else {
			w.parent.put(0)
			w.id(&w.left, s.parent)
		}
		if s.isEntry() {
			w.text.put(s.sub)
		}
	}
	r := &reader{b: s.body}
	switch s.kind() {
	case kindDeleted:
		w.length.put(uint64(s.length))
	case kindJSON:
		w.length.put(r.uint())
		for range s.length {
			w.text.put(r.bytes())
		}
	case kindBinary:
		w.rest.bytes(r.bytes())
	case kindString:
		w.text.put(r.bytes())
	case kindEmbed:
		w.json(r.bytes())
	case kindFormat:
		w.key(r.bytes())
		w.json(r.bytes())
	case kindType:
		t := r.uint()
		w.kind.put(t)
		if t == typeXMLElement || t == typeXMLHook {
			w.key(r.bytes())
		}
	case kindAny:
		w.length.put(r.uint())
		for range s.length {
			copyAny(&w.rest, r, 0)
		}
	}
}
