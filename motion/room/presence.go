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
	conn   *Conn  // who speaks for it here, nil when nobody does
	node   uint64 // or the room that does on another node; 0: none
	person string // whose it is, also after it left
	clock  uint64
	json   []byte // nil when it left
	caret  bool   // it shows one

	// Of another node's:
	color  string
	writes bool
}

// held is whether somebody speaks for it.
func (s *state) held() bool { return s.conn != nil || s.node != 0 }

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
	for _, s := range r.presence.states {
		if s.node == 0 || !s.writes {
			continue
		}
		if s.person == m.Person {
			return s.color
		}
		taken[s.color] = true
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
	moved         bool   // who speaks for it has just introduced it
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
// for it. A person who reconnects takes their client along: with what it says
// next, or at once where the new connection speaks for nobody yet.
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
			said.clock < s.clock, s.held() && said.clock == s.clock && (len(c.speaks) > 0 || c.member.ReadOnly),
			s.json == nil && !p.room(said):
			continue
		}
		said.moved = s.conn != c
		p.set(s, said)
		s.conn, s.person = c, c.member.Person
		if c.speaks == nil {
			c.speaks = map[uint64]bool{}
		}
		c.speaks[said.client] = true
		news = append(news, said)
	}
	return news
}

// set lets s be what said says, and takes it from who spoke for it.
func (p *presence) set(s *state, said spoken) {
	if s.conn != nil {
		delete(s.conn.speaks, said.client)
	}
	if !s.held() {
		p.gone = slices.DeleteFunc(p.gone, func(id uint64) bool { return id == said.client })
	}
	p.count(s.json, -1)
	p.count(said.json, 1)
	s.conn, s.node, s.clock, s.json, s.caret = nil, 0, said.clock, said.json, said.caret
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
		news = p.lose(client, news)
	}
	clear(c.speaks)
	return news
}

// lose has nobody speak for a client any more, and adds to the news that it
// left.
func (p *presence) lose(client uint64, news []spoken) []spoken {
	s := p.states[client]
	if s.json != nil {
		news = append(news, spoken{client: client, clock: s.clock})
	}
	p.count(s.json, -1)
	s.conn, s.node, s.json = nil, 0, nil
	p.gone = append(p.gone, client)
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
