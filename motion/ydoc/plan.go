package ydoc

import "slices"

// refs are items by peer, each list ordered by clock.
type refs []*queue

// queue is one peer's items of an update, or of those that wait.
type queue struct {
	peer  *peer
	refs  []ref
	at    int
	next  uint32 // the peer's clock before anything changes
	clock uint32 // and as planned so far
}

// plan is the order in which items can be integrated, each after its causes,
// and those whose causes are missing. It is computed before anything changes.
type plan struct {
	order   []ref
	rest    refs
	missing map[*peer]uint32 // wait until this clock is known
	queues  refs             // each also as its peer's queue
	stack   []step
	table   []*peer // the document's
}

// step is an item that waits for the one above it on the stack.
type step struct {
	q  *queue
	at int
}

// room is what one update needs and leaves to the next.
type room struct {
	queues refs
	plan   plan
	dels   deleteSet
}

// clear forgets an update. What waits has taken its queues along.
func (r *room) clear() {
	for _, q := range r.plan.queues {
		q.peer.queue = nil
	}
	for _, q := range r.queues {
		q.peer.queue = nil
	}
	if len(r.plan.rest) > 0 || len(r.queues) > 64 || cap(r.plan.order) > 1<<10 {
		*r = room{}
		return
	}
	for _, q := range r.queues {
		clear(q.refs)
		*q = queue{refs: q.refs[:0]}
	}
	clear(r.plan.order[:cap(r.plan.order)])
	clear(r.plan.stack[:cap(r.plan.stack)])
	r.queues = r.queues[:0]
	r.plan = plan{order: r.plan.order[:0], stack: r.plan.stack[:0]}
	r.dels.reset()
}

// queue is the peer's queue of the update at hand.
func (r *room) queue(p *peer) *queue {
	if p.queue == nil {
		if n := len(r.queues); n < cap(r.queues) && r.queues[:n+1][n] != nil {
			r.queues = r.queues[:n+1]
			p.queue = r.queues[n]
		} else {
			p.queue = &queue{}
			r.queues = append(r.queues, p.queue)
		}
		p.queue.peer = p
	}
	return p.queue
}

// clock is what is known of a peer after the plan.
func (p *plan) clock(of *peer) uint32 {
	if of.queue != nil {
		return of.queue.clock
	}
	return of.next
}

func (p *plan) make(table []*peer, lists refs) {
	for _, q := range p.queues {
		q.peer.queue = nil
	}
	*p = plan{table: table, queues: lists, order: p.order[:0], stack: p.stack[:0]}
	n := 0
	for _, q := range lists {
		n += len(q.refs)
		q.peer.queue = q
		q.at, q.next, q.clock = 0, q.peer.next, q.peer.next
	}
	p.order = slices.Grow(p.order, n)
	// The highest client first: fewer conflicts.
	slices.SortFunc(lists, func(a, b *queue) int { return byClientDown(a.peer, b.peer) })
	for _, q := range lists {
		for q.at < len(q.refs) {
			p.stack = append(p.stack[:0], q.take())
			for len(p.stack) > 0 {
				p.stack = p.advance(p.stack)
			}
		}
	}
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
	self := top.q.peer
	known := top.q.clock
	if known < r.it.id.clock {
		p.lack(self, r.it.id.clock-1)
		return p.giveUp(stack)
	}
	for _, cause := range [...]id{r.it.origin, r.it.right, r.holder} {
		if cause.none() || cause.peer == self.place {
			continue
		}
		of := p.table[cause.peer]
		if cause.clock < p.clock(of) {
			continue
		}
		if q := of.queue; q != nil && q.at < len(q.refs) {
			return append(stack, q.take())
		}
		p.lack(of, p.clock(of))
		return p.giveUp(stack)
	}
	if r.it.end() > known {
		p.order = append(p.order, r)
		top.q.clock = r.it.end()
	}
	return stack[:len(stack)-1]
}

func (p *plan) lack(of *peer, clock uint32) {
	if p.missing == nil {
		p.missing = map[*peer]uint32{}
	}
	if c, ok := p.missing[of]; !ok || c > clock {
		p.missing[of] = clock
	}
}

func (p *plan) lacks(m map[*peer]uint32) {
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
		// The first on the stack of each queue has all that follows.
		if s.q.at <= len(s.q.refs) {
			p.rest = append(p.rest, &queue{peer: s.q.peer, refs: s.q.refs[s.at:]})
			s.q.at = len(s.q.refs) + 1
		}
	}
	return stack[:0]
}
