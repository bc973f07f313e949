package room

import (
	"encoding/binary"
	"encoding/json"
	"slices"
)

// Limits of presence.
const (
	maxState   = 8 << 10 // bytes of one state
	maxSpoken  = 4       // client identifiers that one connection may introduce
	maxStrange = 1024    // states in one awareness update
	maxGone    = 1024    // identifiers remembered after they left
	maxHere    = 256     // clients that others are told of
	maxQuiet   = 32      // and, when there are so many, none more that shows no caret
)

// A state is what one client says of itself, in y-protocols' awareness form.
type state struct {
	conn   *Conn  // who speaks for it, nil when it left
	person string // whose it is, also after it left
	clock  uint64
	json   []byte // nil when it left
}

// presence is who is there, as far as the others are told: in a hall where
// thousands read along, to tell each of each would be millions of frames. Who
// is not told of may be later, having moved. Of the room's goroutine.
type presence struct {
	states map[uint64]*state
	there  int      // states of those who have not left
	gone   []uint64 // the first that left first
}

// colour is a member's colour, the same in each of their windows: their own, or
// where another who writes has it, the next that is free. Whoever only reads
// shows no caret. Nobody changes colour while they are there.
func (r *Room) colour(m Member) string {
	if m.ReadOnly {
		return m.Color
	}
	taken := map[string]bool{}
	for _, c := range r.conns {
		if c.member.ReadOnly {
			continue
		}
		if c.member.Person == m.Person {
			return c.member.Color
		}
		taken[c.member.Color] = true
	}
	colours := r.hub.config.Colors
	own := slices.Index(colours, m.Color)
	for i := range colours {
		if next := colours[(own+i+len(colours))%len(colours)]; own >= 0 && !taken[next] {
			return next
		}
	}
	return m.Color
}

// A spoken is one entry of an awareness update.
type spoken struct {
	client, clock uint64
	json          []byte // nil: it leaves
	caret         bool   // it shows one
}

// parseAwareness reads an awareness update and puts user into each state.
func parseAwareness(body []byte, user json.RawMessage) (list []spoken, err error) {
	r := reader{b: body}
	n := r.uint()
	if n > maxStrange {
		return nil, errWire
	}
	for ; n > 0 && r.err == nil; n-- {
		s := spoken{client: r.uint(), clock: r.uint()}
		raw := r.string()
		if r.err != nil {
			break
		}
		var fields map[string]json.RawMessage
		if len(raw) > maxState || json.Unmarshal(raw, &fields) != nil {
			return nil, errWire
		}
		if fields != nil { // null otherwise
			cursor, ok := fields["cursor"]
			s.caret = ok && string(cursor) != "null"
			fields["user"] = user
			if s.json, err = json.Marshal(fields); err != nil {
				return nil, errWire
			}
		}
		list = append(list, s)
	}
	if r.err != nil || len(r.b) > 0 {
		return nil, errWire
	}
	return list, nil
}

func encodeAwareness(list []spoken) []byte {
	b := binary.AppendUvarint(nil, uint64(len(list)))
	for _, s := range list {
		b = binary.AppendUvarint(b, s.client)
		b = binary.AppendUvarint(b, s.clock)
		if s.json == nil {
			s.json = []byte("null")
		}
		b = appendBytes(b, s.json)
	}
	return b
}

// hear takes what c says and returns what of it is news. Ordinary clients
// repeat what they hear of others, and say that others left whom they have
// not heard for long: both are ignored, only who introduced a client speaks
// for it. A person who reconnects takes their client along.
func (p *presence) hear(c *Conn, list []spoken, owner func(client uint64) (person string, known bool)) (news []spoken) {
	for _, said := range list {
		s := p.states[said.client]
		switch {
		case s == nil:
			if person, known := owner(said.client); known && person != c.member.Person || len(c.speaks) >= maxSpoken || said.json == nil || !p.room(said) {
				continue
			}
			s = &state{}
			p.states[said.client] = s
		case s.conn == c:
			if said.clock < s.clock || said.clock == s.clock && (said.json != nil || s.json == nil) ||
				s.json == nil && said.json != nil && !p.room(said) {
				continue
			}
		case s.person != c.member.Person, len(c.speaks) >= maxSpoken, said.json == nil,
			said.clock < s.clock, s.conn != nil && said.clock == s.clock,
			s.json == nil && !p.room(said):
			continue
		}
		if s.conn != nil && s.conn != c {
			delete(s.conn.speaks, said.client)
		}
		if s.conn == nil {
			p.gone = slices.DeleteFunc(p.gone, func(id uint64) bool { return id == said.client })
		}
		p.count(s.json, -1)
		p.count(said.json, 1)
		s.conn, s.person, s.clock, s.json = c, c.member.Person, said.clock, said.json
		if c.speaks == nil {
			c.speaks = map[uint64]bool{}
		}
		c.speaks[said.client] = true
		news = append(news, said)
	}
	return news
}

// room is whether others are told of one more.
func (p *presence) room(said spoken) bool {
	return p.there < maxQuiet || said.caret && p.there < maxHere
}

func (p *presence) count(json []byte, n int) {
	if json != nil {
		p.there += n
	}
}

// leave forgets c and returns what to tell others. As y-protocols' own server
// does, it says so under the same clock.
func (p *presence) leave(c *Conn) (news []spoken) {
	for client := range c.speaks {
		s := p.states[client]
		if s.json != nil {
			news = append(news, spoken{client: client, clock: s.clock})
		}
		p.count(s.json, -1)
		s.conn, s.json = nil, nil
		p.gone = append(p.gone, client)
	}
	clear(c.speaks)
	for len(p.gone) > maxGone {
		delete(p.states, p.gone[0])
		p.gone = p.gone[1:]
	}
	return news
}

// here is everybody's state, for a newcomer.
func (p *presence) here() (list []spoken) {
	for client, s := range p.states {
		if s.json != nil {
			list = append(list, spoken{client: client, clock: s.clock, json: s.json})
		}
	}
	slices.SortFunc(list, func(a, b spoken) int {
		if a.client < b.client {
			return -1
		}
		return 1
	})
	return list
}
