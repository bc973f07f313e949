package ydoc

// Writers yields the text that stands, in order, in runs of one client's each,
// with the identifier of the first unit, those of the others following it; what is
// no text is one U+FFFC.
func (t *Text) Writers(yield func(first ID, text string)) {
	for it := t.b.start; it != nil; it = it.next {
		switch {
		case !it.visible():
		case it.kind == kindString:
			yield(*t.doc.public(it.id), string(it.text))
		default:
			yield(*t.doc.public(it.id), "\ufffc")
		}
	}
}
