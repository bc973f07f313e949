package ydoc

// tidyAfter deletes, in a transaction of its own, the formats that another's
// changes made redundant (yjs cleanupYTextAfterTransaction).
func (t *txn) tidyAfter(done *txn) {
	var whole []*branch
	seen := map[*branch]bool{}
	add := func(b *branch) {
		if !seen[b] {
			seen[b] = true
			whole = append(whole, b)
		}
	}
	t.doc.restamp()
	t.gaps = t.doc.stamp
	t.doc.stamp++
	for i, p := range done.touched {
		p.all(done.before[i], func(it *item) {
			if !it.deleted && it.kind == kindFormat && it.id.clock >= done.before[i] {
				add(it.parent())
			}
		})
	}
	for _, e := range done.deletes.list {
		for _, s := range e.spans {
			for clock := s.start; clock < s.end; {
				it := e.peer.get(clock)
				clock = it.end()
				if it.kind == kindGC || !it.parent().formatted || seen[it.parent()] {
					continue
				}
				if it.kind == kindFormat {
					add(it.parent())
				} else {
					t.tidyAround(it)
				}
			}
		}
	}
	for _, b := range whole {
		t.tidyAll(b)
	}
}

// tidyAround looks at one gap between contents, where no format came or
// went: of the formats with one key only the last counts. It stamps the gap's
// items, to look at each gap once.
func (t *txn) tidyAround(it *item) {
	if it.stamp > t.gaps {
		return
	}
	for it.next != nil && !it.next.visible() {
		it = it.next
	}
	var seen map[string]bool
	for ; it != nil && !it.visible(); it = it.prev {
		it.stamp = t.doc.stamp
		if it.deleted || it.kind != kindFormat {
			continue
		}
		if seen[it.extra.key] {
			t.delete(it)
			continue
		}
		if seen == nil {
			seen = map[string]bool{}
		}
		seen[it.extra.key] = true
	}
}

// tidyAll looks at a whole text, which in Yjs 13.6 means the gap before its
// first content: cleanupYTextFormatting begins each later gap at the content
// before it, where cleanupFormattingGap ends at once.
func (t *txn) tidyAll(b *branch) {
	for it := b.start; it != nil; it = it.next {
		if it.visible() {
			t.tidyGap(b.start, nil, nil, nil)
			return
		}
	}
}

// tidyGap deletes the formats between start and the next content that are
// overwritten within the gap or change nothing, given the attributes before
// it; now follows as far as here.
func (t *txn) tidyGap(start, here *item, before marks, now *marks) {
	end := start
	var last map[string]*item // the last format with each key
	for ; end != nil && !end.visible(); end = end.next {
		if end.deleted || end.kind != kindFormat {
			continue
		}
		if last == nil {
			last = map[string]*item{}
		}
		last[end.extra.key] = end
	}
	reached := now == nil
	for it := start; it != end; it = it.next {
		reached = reached || it == here
		if it.deleted || it.kind != kindFormat {
			continue
		}
		key, val := it.extra.key, it.extra.val
		was := before.get(key)
		if last[key] != it || same(was, val) {
			t.delete(it)
			if !reached && same(now.get(key), val) && !same(was, val) {
				now.set(key, was)
			}
		}
		if !reached && !it.deleted {
			now.set(key, val)
		}
	}
}
