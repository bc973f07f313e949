package room

import (
	"time"

	"github.com/villes-internet/congres/motion/ydoc"
)

// Bounds of what waits to be shown.
const (
	hall      = 500                   // connections that are written to at once
	gather    = 8 * time.Microsecond  // before showing, for each one more; about what writing to it takes
	maxGather = 15 * time.Millisecond // in all
	maxShow   = 256 << 10             // bytes of updates that wait no longer
)

// A show is what is kept, or news of presence, and not yet shown. To write to a
// thousand connections takes about ten milliseconds, nearly all of them the
// system's, and a frame of ten keys costs what a frame of one does: so the room
// first waits a part of that time for what may leave in the same frame. Before
// few it would gather nothing, unless more is on its way to be kept: that it
// waits for, as long as writing would take. The wait depends on nothing but
// their number: were it measured, a busy machine would make it ever longer.
type show struct {
	updates [][]byte
	bytes   int
	only    *Conn // the connection that all updates came from
	mixed   bool  // or several
	news    map[uint64]spoken
	teller  *Conn // the same for news
	several bool

	since time.Time   // when the first of them came; zero: nothing waits
	timer *time.Timer // runs while something is gathered
}

// add takes in an update that came from a connection, nil when from elsewhere.
func (s *show) add(update []byte, from *Conn) {
	s.mixed = s.mixed || from == nil || len(s.updates) > 0 && from != s.only
	s.only = from
	s.updates = append(s.updates, update)
	s.bytes += len(update)
}

// tell has a connection's news of presence shown to all others.
func (r *Room) tell(news []spoken, from *Conn) {
	r.show.tell(news, from)
	r.nodes.note(news)
}

// tell takes in news of presence to be shown to all but one (nil: to all).
func (s *show) tell(news []spoken, but *Conn) {
	for _, n := range news {
		s.several = s.several || but == nil || len(s.news) > 0 && but != s.teller
		s.teller = but
		s.news[n.client] = n
	}
}

// present shows what waits, unless more is gathered first.
func (r *Room) present() {
	s := &r.show
	if len(s.updates) == 0 && len(s.news) == 0 {
		return
	}
	wait := time.Duration(len(r.conns)-hall) * gather
	if r.busy {
		wait = time.Duration(len(r.conns)) * gather
	}
	if s.since.IsZero() {
		s.since = time.Now()
	}
	switch left := min(wait, maxGather) - time.Since(s.since); {
	case left <= 0, s.bytes >= maxShow, r.stopping:
		r.spread()
	case s.timer == nil:
		s.timer = time.NewTimer(left)
	default:
		s.timer.Reset(left)
	}
}

// spread shows what waits, now.
func (r *Room) spread() {
	s := &r.show
	if s.timer != nil {
		s.timer.Stop()
	}
	s.since, s.timer = time.Time{}, nil
	updates, but := s.updates, s.only
	if s.mixed {
		but = nil
	}
	s.updates, s.bytes, s.only, s.mixed = nil, 0, nil, false
	if len(updates) > 1 && r.others(but) {
		if merged, err := ydoc.Merge(updates...); err == nil {
			updates = [][]byte{merged}
		}
	}
	for _, u := range updates {
		r.broadcast(frameSync(syncUpdate, u), but)
	}
	// Whoever cannot follow is ended by a broadcast, which is news again.
	for len(s.news) > 0 {
		news, but := s.news, s.teller
		if s.several {
			but = nil
		}
		s.news, s.teller, s.several = map[uint64]spoken{}, nil, false
		list := make([]spoken, 0, len(news))
		for _, n := range news {
			list = append(list, n)
		}
		r.broadcast(frameAwareness(encodeAwareness(list)), but)
	}
}

// gathered is when to present; nil: nothing waits.
func (r *Room) gathered() <-chan time.Time {
	if r.show.timer == nil {
		return nil
	}
	return r.show.timer.C
}

// others is whether there is anybody but one.
func (r *Room) others(but *Conn) bool {
	return len(r.conns) > 1 || len(r.conns) == 1 && r.conns[0] != but
}

// broadcast sends a frame to all but one (nil: to all).
func (r *Room) broadcast(bytes []byte, but *Conn) {
	if !r.others(but) {
		return
	}
	f := &Frame{Bytes: bytes}
	var slow []*Conn
	for _, c := range r.conns {
		if c != but && !c.outlet.Write(f) {
			slow = append(slow, c)
		}
	}
	for _, c := range slow {
		r.end(c, ending(TooSlow, ""))
	}
}
