package ydoc

import (
	"cmp"
	"slices"
)

// span is the clocks start ≤ clock < end.
type span struct{ start, end uint64 }

// deleteSet is which clocks are deleted, by peer.
type deleteSet struct {
	peers []*peer // in the order of their first mention
	spans map[*peer][]span
}

func (d *deleteSet) add(p *peer, s span) {
	if d.spans == nil {
		d.spans = map[*peer][]span{}
	}
	list, known := d.spans[p]
	if !known {
		d.peers = append(d.peers, p)
	}
	if n := len(list); n > 0 && list[n-1].end == s.start {
		list[n-1].end = s.end
	} else {
		list = append(list, s)
	}
	d.spans[p] = list
}

// normalise sorts every peer's ranges and joins those that touch.
func (d *deleteSet) normalise() {
	for p, list := range d.spans {
		if len(list) < 2 {
			continue
		}
		slices.SortStableFunc(list, func(a, b span) int { return cmp.Compare(a.start, b.start) })
		n := 0
		for _, s := range list[1:] {
			if s.start <= list[n].end {
				list[n].end = max(list[n].end, s.end)
			} else {
				n++
				list[n] = s
			}
		}
		d.spans[p] = list[:n+1]
	}
}

func (d *deleteSet) count() int {
	n := 0
	for _, list := range d.spans {
		n += len(list)
	}
	return n
}

// write encodes a normalised set, the highest client first as Yjs does.
func (d *deleteSet) write(w *writer) {
	peers := d.peersDown()
	w.uint(uint64(len(peers)))
	for _, p := range peers {
		w.uint(p.client)
		w.uint(uint64(len(d.spans[p])))
		for _, s := range d.spans[p] {
			w.uint(s.start)
			w.uint(s.end - s.start)
		}
	}
}

func (d *deleteSet) peersDown() []*peer {
	return slices.SortedFunc(slices.Values(d.peers), byClientDown)
}

func byClientDown(a, b *peer) int { return cmp.Compare(b.client, a.client) }
