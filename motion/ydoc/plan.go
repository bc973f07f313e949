package ydoc

import (
	"cmp"
	"slices"
)

// plan is the order in which items can be integrated, each after its causes,
// and those whose causes are missing. It is computed before anything changes.
type plan struct {
	order   []ref
	rest    refs
	missing map[*peer]uint64 // wait until this clock is known
	clocks  map[*peer]uint64 // what is known after order
	queues  map[*peer]*queue
}

type queue struct {
	peer *peer
	refs []ref
	at   int
	next uint64 // the peer's clock before anything changes
}

// step is an item that waits for the one above it on the stack.
type step struct {
	q  *queue
	at int
}

func (p *plan) clock(of *peer) uint64 {
	if c, ok := p.clocks[of]; ok {
		return c
	}
	return of.next
}

func (d *Doc) plan(lists refs) *plan {
	p := &plan{rest: refs{}, missing: map[*peer]uint64{}, clocks: map[*peer]uint64{}, queues: map[*peer]*queue{}}
	var targets []*queue
	for q, list := range lists {
		p.queues[q] = &queue{peer: q, refs: list, next: q.next}
		targets = append(targets, p.queues[q])
	}
	// The highest client first: fewer conflicts.
	slices.SortFunc(targets, func(a, b *queue) int { return byClientDown(a.peer, b.peer) })
	var stack []step
	for _, q := range targets {
		for q.at < len(q.refs) {
			stack = append(stack[:0], q.take())
			for len(stack) > 0 {
				stack = p.advance(stack)
			}
		}
	}
	return p
}

func (q *queue) take() step {
	q.at++
	return step{q, q.at - 1}
}

// advance places the item on top of the stack, or puts its cause above it, or
// gives the whole stack up.
func (p *plan) advance(stack []step) []step {
	top := stack[len(stack)-1]
	r := top.q.refs[top.at]
	self := r.it.id.peer
	known := p.clock(self)
	if known < r.it.id.clock {
		p.lack(self, r.it.id.clock-1)
		return p.giveUp(stack)
	}
	for _, cause := range [...]id{r.it.origin, r.it.right, r.holder} {
		if cause.peer == nil || cause.peer == self || cause.clock < p.clock(cause.peer) {
			continue
		}
		if q := p.queues[cause.peer]; q != nil && q.at < len(q.refs) {
			return append(stack, q.take())
		}
		p.lack(cause.peer, p.clock(cause.peer))
		return p.giveUp(stack)
	}
	if r.it.end() > known {
		p.order = append(p.order, r)
		p.clocks[self] = r.it.end()
	}
	return stack[:len(stack)-1]
}

func (p *plan) lack(of *peer, clock uint64) {
	if c, ok := p.missing[of]; !ok || c > clock {
		p.missing[of] = clock
	}
}

func (p *plan) lacks(m map[*peer]uint64) {
	for of, clock := range m {
		p.lack(of, clock)
	}
}

// giveUp lets everything wait that is on the stack or follows it in its queue:
// each for any news of the peer that it needs. (Yjs notes only what the top
// of the stack lacks, and two such items can then wait for each other.)
func (p *plan) giveUp(stack []step) []step {
	for i, s := range stack {
		if i > 0 {
			p.lack(s.q.peer, p.clock(s.q.peer))
		}
		if _, done := p.rest[s.q.peer]; !done {
			p.rest[s.q.peer] = s.q.refs[s.at:]
		}
		s.q.at = len(s.q.refs)
	}
	return stack[:0]
}

// pending is what waits for its cause.
type pending struct {
	refs    refs
	missing map[*peer]uint64
	deletes deleteSet
	size    int
}

// Pending is whether something waits for its cause.
func (d *Doc) Pending() bool {
	return len(d.pending.refs) > 0 || len(d.pending.deletes.peers) > 0
}

// wanted is whether p brings a cause that something waits for.
func (w *pending) wanted(p *plan) bool {
	for of, clock := range w.missing {
		if clock < p.clock(of) {
			return true
		}
	}
	return false
}

func (w *pending) weight() int { return w.size }

func (w *pending) measure() int {
	w.size = 16 * w.deletes.count()
	for _, list := range w.refs {
		for _, r := range list {
			w.size += r.it.weight() + 24
		}
	}
	return w.size
}

// copies are its items for a change that may be taken back.
func (w *pending) copies() refs {
	all := make(refs, len(w.refs))
	for p, list := range w.refs {
		list = slices.Clone(list)
		for i, r := range list {
			it := *r.it
			it.text = slices.Clone(it.text)
			if it.extra != nil {
				e := *it.extra
				if e.shared != nil {
					b := *e.shared
					e.shared = &b
				}
				it.extra = &e
			}
			list[i].it = &it
		}
		all[p] = list
	}
	return all
}

// union joins two sets of items, without those that the others cover.
func union(a, b refs) refs {
	all := make(refs, len(a)+len(b))
	for p, list := range a {
		all[p] = list
	}
	for p, list := range b {
		all[p] = covering(append(slices.Clone(all[p]), list...))
	}
	return all
}

func covering(list []ref) []ref {
	slices.SortStableFunc(list, func(a, b ref) int {
		return cmp.Or(byClock(a, b), cmp.Compare(b.it.length, a.it.length))
	})
	n := 0
	for _, r := range list {
		if n == 0 || r.it.end() > list[n-1].it.end() {
			list[n] = r
			n++
		}
	}
	return list[:n]
}
