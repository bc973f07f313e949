package ydoc

// Writers yields the text that stands, in order, in runs of one client's each;
// what is no text is one U+FFFC.
func (t *Text) Writers(yield func(client uint64, text string)) {
	for it := t.b.start; it != nil; it = it.next {
		switch {
		case !it.visible():
		case it.kind == kindString:
			yield(t.doc.of(it.id).client, string(it.text))
		default:
			yield(t.doc.of(it.id).client, "\ufffc")
		}
	}
}
