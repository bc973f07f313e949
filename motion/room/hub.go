package room

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion"
)

// Config says what a hub works with.
type Config struct {
	Log store.Log
	// Wire tells other nodes who is here. Nil: there are none.
	Wire store.Wire
	// Rights says what the person may do with the document, and in French why
	// not more. It is asked at each frame: it must be quick.
	Rights func(doc, person string) (read, write bool, reason string)
	// Snapshot notes a checkpoint: its number in the log and the hash of the
	// document as one update. Nil: nobody does.
	Snapshot func(ctx context.Context, doc string, number uint64, hash store.Hash) error
	// Before is given the document as it was before an update of author's took
	// much of its text away. It is called beside the room. Nil: nobody is.
	Before func(ctx context.Context, before motion.Copy, author string)
	// Cited is told, beside the room, that updates cite segments: one call may be
	// for several. Nil: nobody is.
	Cited func(ctx context.Context, doc string)
	// Report is told of what failed in the background. Nil: nobody is.
	Report func(doc string, err error)

	// Colors are those of carets: whose Member.Color another has gets the next of
	// them that is free. Nil: each keeps their own.
	Colors []string

	Rooms   int           // open at once; default 256
	Members int           // connections to one room; default 6,000
	Idle    time.Duration // a room without connections closes after; default 5 minutes
	MaxSize int           // of a document in memory, as ydoc.Doc.Size counts; default 32 MiB
	Entries int           // of the log before a checkpoint; default 500
	Bytes   int           // of them; default 1 MiB
	Grace   time.Duration // that Close leaves to what is being kept; default 5 seconds
}

// A Hub opens rooms. Its methods may be called from any goroutine.
type Hub struct {
	config Config
	force  context.Context // ends when nothing is waited for any more
	cancel context.CancelFunc

	mu     sync.Mutex
	rooms  map[string]*Room // nil once closed
	closed bool
	alive  sync.WaitGroup
}

// New makes a hub.
func New(c Config) *Hub {
	set := func(n *int, v int) {
		if *n == 0 {
			*n = v
		}
	}
	set(&c.Rooms, 256)
	set(&c.Members, 6000)
	set(&c.MaxSize, 32<<20)
	set(&c.Entries, 500)
	set(&c.Bytes, 1<<20)
	if c.Idle == 0 {
		c.Idle = 5 * time.Minute
	}
	if c.Grace == 0 {
		c.Grace = 5 * time.Second
	}
	h := &Hub{config: c, rooms: map[string]*Room{}}
	h.force, h.cancel = context.WithCancel(context.Background())
	return h
}

// Open returns the document's room, and loads it when it is not open. Errors:
// a *Close of code Crowded or Stopping, the store's.
func (h *Hub) Open(ctx context.Context, doc string) (*Room, error) {
	r, err := h.room(doc)
	if err != nil {
		return nil, err
	}
	select {
	case <-r.ready:
		if r.err != nil {
			return nil, r.err
		}
		return r, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (h *Hub) room(doc string) (*Room, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return nil, ending(Stopping, "")
	}
	if r := h.rooms[doc]; r != nil {
		return r, nil
	}
	if len(h.rooms) >= h.config.Rooms {
		return nil, ending(Crowded, "")
	}
	r := &Room{hub: h, id: doc, inbox: make(chan func(), 64), done: make(chan struct{}), ready: make(chan struct{}),
		kept: make(chan result, 1), saved: make(chan saved, 1), news: make(chan uint64), moved: make(chan struct{}, 1),
		claims: map[uint64]string{}, presence: presence{states: map[uint64]*state{}}, show: show{news: map[uint64]spoken{}}}
	r.ctx, r.cancel = context.WithCancel(h.force)
	h.rooms[doc] = r
	h.alive.Go(func() { r.run(r.ctx) })
	return r, nil
}

func (h *Hub) forget(r *Room) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.rooms[r.id] == r {
		delete(h.rooms, r.id)
	}
}

func (h *Hub) report(doc string, err error) {
	if h.config.Report != nil && !errors.Is(err, context.Canceled) {
		h.config.Report(doc, err)
	}
}

// Join opens the document's room and adds a connection to it, whose first
// frames the outlet has when Join returns. Errors: a *Close (Refused with the
// reason of Rights, Crowded, Stopping), the store's; the outlet is then not
// used, or has ended.
func (h *Hub) Join(ctx context.Context, doc string, m Member, o Outlet) (*Conn, error) {
	for {
		r, err := h.Open(ctx, doc)
		if err != nil {
			return nil, err
		}
		c, err := r.Join(m, o)
		if errors.Is(err, ErrClosed) && ctx.Err() == nil {
			continue // it closed meanwhile, being idle
		}
		return c, err
	}
}

// Join adds a connection. Errors: ErrClosed when the room closed meanwhile,
// otherwise those of [Hub.Join].
func (r *Room) Join(m Member, o Outlet) (c *Conn, err error) {
	read, write, reason := r.hub.config.Rights(r.id, m.Person)
	if !read {
		return nil, ending(Refused, reason)
	}
	err = r.do(func() (err error) {
		if c, err = r.join(m, o); err == nil {
			c.writes = write && !m.ReadOnly
		}
		return err
	})
	return c, err
}

// do is call, but says ErrClosed when fn did not run.
func (r *Room) do(fn func() error) error {
	ran := false
	err := r.call(func() error {
		ran = true
		return fn()
	})
	select {
	case <-r.done: // ran is only ours to read once nobody writes it
	default:
		return err
	}
	if !ran {
		return ErrClosed
	}
	return err
}

// Dismiss ends the connections of the members whom fn selects, in all rooms, with a
// code: SignedOut or Refused. fn must be quick.
func (h *Hub) Dismiss(code int, fn func(Member) bool) {
	h.each("", func(r *Room, c *Conn) {
		if fn(c.member) {
			r.end(c, ending(code, ""))
		}
	})
}

// Judge ends the connections to a document ("" all) that may not read it any more,
// or that could write and may not, and tells these why.
func (h *Hub) Judge(doc string) {
	h.each(doc, func(r *Room, c *Conn) {
		switch read, write, reason := h.config.Rights(r.id, c.member.Person); {
		case !read:
			r.end(c, ending(Refused, ""))
		case c.writes && !write:
			r.end(c, ending(Refused, reason))
		}
	})
}

// each runs fn on the goroutine of every room, or of doc's, for each connection.
func (h *Hub) each(doc string, fn func(*Room, *Conn)) {
	h.mu.Lock()
	var rooms []*Room
	for id, r := range h.rooms {
		if doc == "" || id == doc {
			rooms = append(rooms, r)
		}
	}
	h.mu.Unlock()
	for _, r := range rooms {
		_ = r.call(func() error {
			for _, c := range slices.Clone(r.conns) {
				fn(r, c)
			}
			return nil
		})
	}
}

// Close keeps what waits, ends all connections and all rooms.
func (h *Hub) Close() {
	h.mu.Lock()
	h.closed = true
	var rooms []*Room
	for _, r := range h.rooms {
		rooms = append(rooms, r)
	}
	h.mu.Unlock()
	timer := time.AfterFunc(h.config.Grace, h.cancel)
	defer timer.Stop()
	for _, r := range rooms {
		h.alive.Go(func() {
			_ = r.call(func() error { r.stopping = true; return nil })
		})
	}
	h.alive.Wait()
	h.cancel()
}
