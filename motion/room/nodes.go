package room

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/villes-internet/congres/consult/store"
)

// Bounds of presence among nodes.
const (
	repeatEvery = 15 * time.Second // a room with connections says again for whom it speaks, as browsers do
	forgetAfter = 40 * time.Second // a room that has not, at the next repeat: its node was killed, or cut off
	maxNodes    = 64               // rooms of one document that are listened to
	farewell    = time.Second      // that a room which ends gives to saying so
)

// nodes is what a room knows of the same document's rooms on other nodes. It
// tells them of its own connections' news, at most one word at a time: what
// comes meanwhile is coalesced. It tells nothing while it knows of no other, but
// that it is there. Of the room's goroutine.
type nodes struct {
	wire  store.Wire // nil: there are no other nodes
	id    uint64     // the room's own, random
	words <-chan []byte
	beat  *time.Timer
	ticks <-chan time.Time // of beat
	told  chan error       // how the last word went

	others  map[uint64]time.Time // rooms on other nodes, and when each was last heard
	telling bool
	news    map[uint64]bool // clients to tell of; true: introduced here since the last word
	asks    bool            // the next word asks who is there
	owes    bool            // the next word says all
	silent  bool            // nobody has been told of a connection, or all that they ended
	failed  bool            // the last word was not told: the next beat says all
	warned  bool            // and that was reported
}

// listen begins to hear other nodes.
func (r *Room) listen() {
	n := &r.nodes
	if n.wire = r.hub.config.Wire; n.wire == nil {
		return
	}
	words, err := n.wire.Listen(r.ctx, topic(r.id))
	if err != nil {
		r.hub.report(r.id, err)
		n.wire = nil
		return
	}
	n.id, n.words, n.told, n.silent = rand.Uint64()>>11|1, words, make(chan error, 1), true
	n.others, n.news = map[uint64]time.Time{}, map[uint64]bool{}
	n.beat = time.NewTimer(repeatEvery)
	n.ticks = n.beat.C
}

func topic(doc string) string { return "presence " + doc }

// note remembers news of the room's own connections for the other nodes.
func (n *nodes) note(news []spoken) {
	if len(n.others) == 0 {
		return // whoever comes asks
	}
	for _, s := range news {
		n.news[s.client] = n.news[s.client] || s.moved
	}
}

// beats forgets who was not heard for long, and has the room heard again.
func (r *Room) beats() {
	n := &r.nodes
	for id, at := range n.others {
		if time.Since(at) >= forgetAfter {
			r.forget(id)
		}
	}
	n.owes, n.failed = true, false
	n.beat.Reset(repeatEvery)
}

// forget takes out a room on another node, and all that it spoke for.
func (r *Room) forget(id uint64) {
	delete(r.nodes.others, id)
	r.show.tell(r.presence.drop(id, nil), nil)
}

// overhear takes in what another node told. One that was not heard before, or
// that asks, is answered. What does not read is a newer version's.
func (r *Room) overhear(b []byte) {
	n := &r.nodes
	if len(b) == 0 { // from here on we hear: what was before we ask for
		n.owes, n.asks, n.failed = true, true, false
		return
	}
	w, err := parseWord(b)
	if err != nil || w.room == n.id {
		return
	}
	if w.what&wordEnds != 0 {
		r.forget(w.room)
		return
	}
	if _, known := n.others[w.room]; !known {
		if len(n.others) >= maxNodes {
			return
		}
		n.owes = true
	}
	n.owes = n.owes || w.what&wordAsks != 0
	n.others[w.room] = time.Now()
	r.show.tell(r.presence.overhear(w, r.owner), nil)
}

// announce tells the other nodes what there is to tell.
func (r *Room) announce() {
	n := &r.nodes
	if n.wire == nil || n.telling || n.failed || r.over {
		return
	}
	w := word{room: n.id}
	switch {
	case len(r.conns) == 0: // nobody is spoken for; the next to join asks anew
		if n.silent {
			return
		}
		w.what, n.silent, n.owes, n.asks = wordEnds, true, true, true
	case n.owes:
		w.what, n.silent = wordWhole, false
		if n.asks {
			w.what |= wordAsks
		}
		for client, s := range r.presence.states {
			if s.conn != nil && s.json != nil && !w.add(s.tell(client, n.news[client])) {
				break
			}
		}
		n.owes, n.asks = false, false
	case len(n.news) > 0:
		for client, moved := range n.news {
			if s := r.presence.states[client]; s != nil && s.node == 0 && !w.add(s.tell(client, moved)) {
				n.owes = true
				break
			}
		}
	default:
		return
	}
	clear(n.news)
	n.telling = true
	r.work.Go(func() { n.told <- n.wire.Tell(r.ctx, topic(r.id), w.encode()) })
}

// settleTold takes in how telling went. The store's own patience has ended
// where it failed: what is now is told with the next beat.
func (r *Room) settleTold(err error) {
	n := &r.nodes
	n.telling, n.failed = false, err != nil
	if err != nil && !n.warned {
		r.hub.report(r.id, err)
	}
	n.warned = n.failed
}

// farewell says that the room speaks for nobody any more, behind what is just
// being told.
func (r *Room) farewell() {
	n := &r.nodes
	if n.wire == nil || len(n.others) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(r.hub.force, farewell)
	defer cancel()
	if n.telling {
		select {
		case <-n.told:
		case <-ctx.Done():
		}
	}
	if n.silent {
		return
	}
	w := word{room: n.id, what: wordEnds}
	if err := n.wire.Tell(ctx, topic(r.id), w.encode()); err != nil {
		r.hub.report(r.id, err) // they miss it soon
	}
}

// tell is s as other nodes are told of it.
func (s *state) tell(client uint64, moved bool) told {
	t := told{spoken: spoken{client: client, clock: s.clock, json: s.json, caret: s.caret, moved: moved}, person: s.person}
	if s.conn != nil {
		t.color, t.writes = s.conn.member.Color, !s.conn.member.ReadOnly
	}
	return t
}

// overhear takes what another node's room says of those whom it speaks for, and
// returns what of it is news here. As with a connection, who introduced a client
// speaks for it; a client that reconnects moves along.
func (p *presence) overhear(w word, owner func(client uint64) (person string, known bool)) (news []spoken) {
	for _, t := range w.told {
		s := p.states[t.client]
		switch {
		case t.json == nil:
			if s != nil && s.node == w.room && t.clock >= s.clock {
				s.clock = t.clock
				news = p.lose(t.client, news)
			}
			continue
		case s == nil:
			if person, known := owner(t.client); known && person != t.person || !p.room(t.spoken) {
				continue
			}
			s = &state{}
			p.states[t.client] = s
		case s.person != t.person, t.clock < s.clock,
			s.held() && t.clock == s.clock && (s.node == w.room || !t.moved),
			s.json == nil && !p.room(t.spoken):
			continue
		}
		p.set(s, t.spoken)
		s.node, s.person, s.color, s.writes = w.room, t.person, t.color, t.writes
		news = append(news, t.spoken)
	}
	if w.what&wordWhole == 0 {
		return news
	}
	there := map[uint64]bool{}
	for _, t := range w.told {
		there[t.client] = true
	}
	return append(news, p.drop(w.room, there)...)
}

// drop loses all whom a room on another node spoke for, but some.
func (p *presence) drop(room uint64, but map[uint64]bool) (news []spoken) {
	for client, s := range p.states {
		if s.node == room && room != 0 && !but[client] {
			news = p.lose(client, news)
		}
	}
	return news
}
