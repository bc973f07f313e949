package room

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/villes-internet/congres/motion/ydoc"
)

// ErrClosed: the room closed; open it again.
var ErrClosed = errors.New("room: closed")

// Limits of what waits to be kept: beyond, connections wait too.
const (
	maxWaiting = 64 << 20 // bytes in memory
	maxItems   = 1024
)

// A Room is one open document.
type Room struct {
	hub   *Hub
	id    string
	inbox chan func()
	done  chan struct{} // closed when the room has ended
	ready chan struct{} // closed when it is loaded, or could not be
	err   error         // of loading; after ready

	work     sync.WaitGroup // goroutines of this room
	citing   atomic.Bool    // one of them is about to tell Cited
	kept     chan result
	saved    chan saved
	news     chan uint64 // the log is above this number
	moved    chan struct{}
	position atomic.Uint64 // replica.number, for follow

	// Of the room's goroutine:
	*replica
	ctx      context.Context
	cancel   context.CancelFunc
	conns    []*Conn // in no order
	presence presence
	show     show
	nodes    nodes
	waiting  []*item // accepted, not yet pushed
	flying   []*item // being pushed
	weight   int     // of both
	claims   map[uint64]string
	busy     bool
	heard    uint64 // news while busy: the log is above this number
	behind   bool
	saving   bool
	savers   []func(error) // who waits for the next checkpoint
	stopping bool
	over     bool
	idle     *time.Timer
}

// An item is one frame, or one edit of the server's, on its way to be kept.
type item struct {
	conn   *Conn
	author string
	update []byte // nil: nothing to keep, but counted in its turn
	weight int    // in memory
	done   func(error)
}

// call runs fn on the room's goroutine.
func (r *Room) call(fn func() error) error {
	answer := make(chan error, 1)
	select {
	case r.inbox <- func() { answer <- fn() }:
	case <-r.done:
		return ending(Stopping, "")
	}
	select {
	case err := <-answer:
		return err
	case <-r.done:
		select {
		case err := <-answer:
			return err
		default:
			return ending(Stopping, "")
		}
	}
}

// run is the room's goroutine.
func (r *Room) run(loadCtx context.Context) {
	defer r.finish()
	r.replica, r.err = load(loadCtx, r.hub.config.Log, r.id)
	if r.err != nil {
		r.over = true
		close(r.ready)
		return
	}
	r.position.Store(r.number)
	close(r.ready)
	r.work.Go(func() { r.follow(r.ctx) })
	r.idle = time.NewTimer(r.hub.config.Idle)
	defer r.idle.Stop()
	r.listen()
	for !r.over {
		inbox := r.inbox
		if r.full() {
			inbox = nil
		}
		select {
		case fn := <-inbox:
			fn()
			for n := len(inbox); n > 0 && !r.full(); n-- { // who waits together is kept together
				(<-inbox)()
			}
		case res := <-r.kept:
			r.settle(res)
		case s := <-r.saved:
			r.settleSaved(s)
		case <-r.gathered():
			// present looks at the time itself.
		case word, on := <-r.nodes.words:
			if !on {
				r.nodes.words = nil // the store is closing
			} else {
				r.overhear(word)
			}
		case err := <-r.nodes.told:
			r.settleTold(err)
		case <-r.nodes.ticks:
			r.beats()
		case at := <-r.news:
			if r.busy {
				r.heard = at + 1
			} else if r.number <= at {
				r.behind = true
			}
		case <-r.idle.C:
			if len(r.conns) == 0 && !r.busy && len(r.waiting) == 0 && !r.saving {
				r.over = true
				continue
			}
			r.idle.Reset(r.hub.config.Idle)
		case <-r.hub.force.Done():
			r.close(ending(Stopping, ""))
			continue
		}
		r.advance()
		r.present()
		r.announce()
	}
}

// full is whether connections have to wait.
func (r *Room) full() bool { return len(r.waiting) >= maxItems || r.weight >= maxWaiting }

// finish ends what is left. The hub forgets the room first, so that whoever
// is turned away opens a new one.
func (r *Room) finish() {
	r.hub.forget(r)
	r.close(ending(Stopping, ""))
	for _, i := range append(r.flying, r.waiting...) {
		i.finish(ending(Stopping, ""))
	}
	for _, fn := range r.savers {
		fn(ending(Stopping, ""))
	}
	close(r.done)
	r.farewell()
	r.cancel()
	r.work.Wait()
	select {
	case s := <-r.saved:
		for _, fn := range s.then {
			fn(s.err)
		}
	default:
	}
}

func (i *item) finish(err error) {
	if i.done != nil {
		i.done(err)
	}
}

// close ends the room and all its connections, which are shown first what is
// kept.
func (r *Room) close(why *Close) {
	r.spread()
	r.over = true
	for _, c := range slices.Clone(r.conns) {
		r.end(c, why)
	}
}

// join adds a connection and sends it what it needs to begin: what the room
// knows, and who is there.
func (r *Room) join(m Member, o Outlet) (*Conn, error) {
	if r.stopping || r.over {
		return nil, ending(Stopping, "")
	}
	if len(r.conns) >= r.hub.config.Members {
		return nil, ending(Crowded, "")
	}
	m.Color = r.colour(m)
	user, err := json.Marshal(struct {
		ID    string `json:"id"` // the same in each window of one person
		Name  string `json:"name"`
		Color string `json:"color"`
	}{m.Person, m.Name, m.Color})
	if err != nil {
		return nil, err
	}
	c := &Conn{room: r, member: m, user: user, outlet: o, at: len(r.conns)}
	r.conns = append(r.conns, c)
	r.send(c, frameSync(syncStep1, r.doc.StateVector()))
	if here := r.presence.here(); len(here) > 0 {
		r.send(c, frameAwareness(encodeAwareness(here)))
	}
	return c, nil
}

// end takes a connection out; why is nil when it left.
func (r *Room) end(c *Conn, why *Close) {
	if c.ended {
		return
	}
	c.ended, c.why = true, why
	last := len(r.conns) - 1
	r.conns[c.at], r.conns[last].at = r.conns[last], c.at
	r.conns[last] = nil
	r.conns = r.conns[:last]
	c.outlet.End(why)
	r.tell(r.presence.leave(c), c)
	if len(r.conns) == 0 && r.idle != nil {
		r.idle.Reset(r.hub.config.Idle)
	}
}

// send sends a frame to one; who does not keep up is ended.
func (r *Room) send(c *Conn, frame []byte) {
	if !c.ended && !c.outlet.Write(&Frame{Bytes: frame}) {
		r.end(c, ending(TooSlow, ""))
	}
}

// deny tells the client why, in the protocol's own message, and then ends the
// connection by the error that it returns.
func (r *Room) deny(c *Conn, reason string) error {
	why := ending(Refused, reason)
	r.send(c, Denied(why.Reason))
	return why
}

// answer sends what a client lacks.
func (r *Room) answer(c *Conn, stateVector []byte) error {
	update, err := r.doc.Update(stateVector)
	if err != nil {
		return err
	}
	r.send(c, frameSync(syncStep2, update))
	return nil
}

// owner is whose client identifier it is, by the log or by what waits for it.
func (r *Room) owner(client uint64) (person string, known bool) {
	if person, known = r.owners[client]; !known {
		person, known = r.claims[client]
	}
	return person, known
}

// accept checks an update and lets it wait to be kept.
func (r *Room) accept(i *item, step uint64, f ydoc.Footprint, write bool, reason string) error {
	known := f.Empty() || (step == syncStep2 || len(f.Deleted) == 0) && r.knows(i.update, f)
	switch {
	case r.stopping:
		return ending(Stopping, "")
	case known:
		i.update, i.weight = nil, 0
	case !write && (r.writes(i.author, f) || r.doc.Removes(i.update)):
		return r.deny(i.conn, reason)
	case !write:
		// Yjs tidies formatting after others' updates and answers with all
		// that it holds: a reader who never typed does both. It costs nobody a
		// letter, and is counted, for nothing of it is to be kept.
		i.update, i.weight = nil, 0
	default:
		if err := r.check(i, f); err != nil {
			return err
		}
	}
	r.queue(i)
	return nil
}

// writes is whether an update holds letters that are its author's and not in the
// document, or nobody's yet.
func (r *Room) writes(author string, f ydoc.Footprint) bool {
	for client, k := range f.Clients {
		if person, known := r.owner(client); k.To > r.doc.Clock(client) && (!known || person == author) {
			return true
		}
	}
	return false
}

// small is the length, in bytes, below which an update cannot cost much: its
// items are few.
const small = 4 << 10

// takes is whether an update stays within the work that one may cost. Once it
// is in the log every node takes it, whatever the cost: only here is it judged.
func (r *Room) takes(update []byte) bool {
	r.doc.MaxWork = 0
	defer func() { r.doc.MaxWork = ydoc.NoLimit }()
	return !errors.Is(r.doc.Check(update), ydoc.ErrTooLarge)
}

// check refuses what must not be kept.
func (r *Room) check(i *item, f ydoc.Footprint) error {
	for client, k := range f.Clients {
		if person, known := r.owner(client); known && person != i.author && k.To > r.doc.Clock(client) {
			return r.deny(i.conn, "Cette page écrit sous l’identité d’une autre personne\u00a0: rechargez-la.")
		}
	}
	if !f.OnlyDeletes() && r.doc.Size()+r.weight+i.weight > r.hub.config.MaxSize {
		return ending(Full, "")
	}
	if len(i.update) > small && !r.takes(i.update) {
		return ending(Full, "")
	}
	for client := range f.Clients {
		if _, known := r.owner(client); !known {
			r.claims[client] = i.author
		}
	}
	return nil
}

func (r *Room) queue(i *item) {
	r.waiting = append(r.waiting, i)
	r.weight += i.weight
}
