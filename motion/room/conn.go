package room

import (
	"encoding/json"
	"errors"

	"github.com/villes-internet/congres/motion/ydoc"
)

// A Member is who joins.
type Member struct {
	Person   string // random identifier
	Session  string // by which they are signed in; shown to nobody
	Name     string // that others see
	Color    string // of their caret
	ReadOnly bool   // besides what Rights says
	Ack      bool   // wants to be told what is kept
}

// A Conn is one connection to a room.
type Conn struct {
	room   *Room
	member Member
	user   json.RawMessage // what presence says of the member
	outlet Outlet
	writes bool // it could when it joined

	// Of the room's goroutine:
	at     int // in the room's conns
	ended  bool
	why    *Close
	speaks map[uint64]bool // nil until it introduces a client
	kept   uint64          // frames
}

// Leave ends the connection from its own side.
func (c *Conn) Leave() {
	_ = c.room.call(func() error {
		c.room.end(c, nil)
		return nil
	})
}

// do runs fn on the room's goroutine, unless the connection has ended.
func (c *Conn) do(fn func() error) error {
	return c.room.call(func() error {
		switch {
		case !c.ended:
			return fn()
		case c.why != nil:
			return c.why
		}
		return ErrClosed // it left
	})
}

// Receive takes one frame from the client; it waits while the room has too
// much to keep. An error ended the connection: a *Close. Frames are checked
// here, on the caller's goroutine. It keeps frame.
func (c *Conn) Receive(frame []byte) error {
	err := c.receive(frame)
	if err == nil {
		return nil
	}
	why := ending(Malformed, "")
	errors.As(err, &why)
	_ = c.do(func() error {
		c.room.end(c, why)
		return nil
	})
	return why
}

func (c *Conn) receive(frame []byte) error {
	if len(frame) > MaxFrame {
		return ending(Full, "Ce message dépasse 1\u202fMio\u00a0: collez votre texte en plusieurs fois.")
	}
	m, err := parse(frame)
	if err != nil {
		return err
	}
	r := c.room
	may, write, reason := r.hub.config.Rights(r.id, c.member.Person)
	if !may {
		return c.do(func() error { return r.deny(c, reason) })
	}
	if c.member.ReadOnly {
		write = false
	}
	switch {
	case m.kind == messageSync && m.step == syncStep1:
		if _, err := ydoc.ParseStateVector(m.body); err != nil {
			return err
		}
		return c.do(func() error { return r.answer(c, m.body) })
	case m.kind == messageSync:
		f, err := ydoc.UpdateClients(m.body)
		if err != nil && ydoc.LooksV2(m.body) {
			return ending(Malformed, "Ce message semble être au format v2 de Yjs\u00a0: cette adresse parle le format v1.")
		}
		if err != nil {
			return err
		}
		i := &item{conn: c, author: c.member.Person, update: m.body, weight: weigh(m.body)}
		return c.do(func() error { return r.accept(i, m.step, f, write, reason) })
	case m.kind == messageAwareness:
		list, err := parseAwareness(m.body, c.user)
		if err != nil {
			return err
		}
		return c.do(func() error {
			r.tell(r.presence.hear(c, list, r.owner), c)
			return nil
		})
	case m.kind == messageQuery:
		return c.do(func() error {
			r.send(c, frameAwareness(encodeAwareness(r.presence.here())))
			return nil
		})
	}
	return nil
}

// weigh is about what an update takes in memory, at most.
func weigh(update []byte) int {
	if len(update) <= 4<<10 {
		return 128 * len(update) // package ydoc's bound
	}
	d := ydoc.New(0)
	d.Passive, d.MaxPending = true, 1<<40
	if d.Apply(update) != nil {
		return 128 * len(update)
	}
	return d.Size()
}
