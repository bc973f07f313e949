package room

import (
	"encoding/json"
	"fmt"
	"testing"
)

func presenceOf(t testing.TB, body []byte) map[uint64]map[string]any {
	out := map[uint64]map[string]any{}
	r := reader{b: body}
	for n := r.uint(); n > 0; n-- {
		client := r.uint()
		r.uint()
		var m map[string]any
		if err := json.Unmarshal(r.bytes(), &m); err != nil || r.err != nil {
			t.Fatal(err, r.err)
		}
		out[client] = m
	}
	return out
}

func TestPresence(t *testing.T) {
	h := newHub(t, Config{})
	say := func(client, clock uint64, s string) []byte {
		var j []byte
		if s != "" {
			j = []byte(s)
		}
		return frameAwareness(encodeAwareness([]spoken{{client: client, clock: clock, json: j}}))
	}
	a := join(t, h, 11, Member{Person: "zoé", Name: "Zoé", Color: "#123"})
	b := join(t, h, 12, Member{Person: "ali", Name: "Ali", Color: "#456"})
	a.must(say(11, 1, `{"cursor":3,"user":{"name":"Le maire","id":9}}`))
	b.until(func() bool { return len(b.heard) == 1 })
	got := presenceOf(t, b.heard[0])[11]
	user, _ := got["user"].(map[string]any)
	if got["cursor"] != 3.0 || user["name"] != "Zoé" || user["color"] != "#123" || user["id"] != "zoé" || len(user) != 3 {
		t.Errorf("got %v", got)
	}
	// b repeats it, says it left, moves it: nobody hears of it.
	b.must(say(11, 1, `{"cursor":3}`))
	b.must(say(11, 2, ""))
	b.must(say(11, 3, `{"cursor":9}`))
	b.must(say(12, 1, `{}`))
	a.until(func() bool { return len(a.heard) == 1 })
	if got := presenceOf(t, a.heard[0]); len(got) != 1 || got[12] == nil {
		t.Errorf("got %v", got)
	}
	// A newcomer, and whoever asks, sees both.
	c := join(t, h, 13, Member{Person: "léa"})
	c.until(func() bool { return len(c.heard) == 1 })
	c.must([]byte{messageQuery})
	c.until(func() bool { return len(c.heard) == 2 })
	for _, body := range c.heard {
		if got := presenceOf(t, body); len(got) != 2 {
			t.Errorf("got %v", got)
		}
	}
	// One person's page reconnects before its old connection is missed.
	a2 := join(t, h, 11, Member{Person: "zoé", Name: "Zoé", Color: "#123"})
	a2.must(say(11, 2, `{"cursor":4}`))
	a.conn.Leave()
	b.until(func() bool { return len(b.heard) == 2 })
	a2.conn.Leave()
	b.until(func() bool { return len(b.heard) == 3 })
	if got, left := presenceOf(t, b.heard[1])[11], presenceOf(t, b.heard[2]); got["cursor"] != 4.0 || left[11] != nil || len(left) != 1 {
		t.Errorf("got %v, then %v", got, left)
	}
	// A connection introduces few.
	for i := range uint64(10) {
		b.must(say(100+i, 1, `{}`))
	}
	d := join(t, h, 14, Member{Person: "jo"})
	d.until(func() bool { return len(d.heard) == 1 })
	if got := presenceOf(t, d.heard[0]); len(got) != maxSpoken {
		t.Errorf("got %d of them", len(got))
	}
}

// A hall of readers who show no caret is not told to one another, but those
// who show one are.
func TestHall(t *testing.T) {
	h := newHub(t, Config{})
	say := func(p *page, client, clock uint64, s string) {
		p.must(frameAwareness(encodeAwareness([]spoken{{client: client, clock: clock, json: []byte(s)}})))
	}
	const hall = 300
	var pages []*page
	for i := range hall {
		p := joinBy(t, h, uint64(100+i), Member{Person: fmt.Sprint(i)}, &pipe{out: make(chan []byte, 2*hall)})
		say(p, uint64(100+i), 1, `{"cursor":null}`)
		pages = append(pages, p)
	}
	here := func(want int) {
		t.Helper()
		p := join(t, h, 1, Member{Person: "dernière"})
		defer p.conn.Leave()
		p.until(func() bool { return len(p.heard) > 0 })
		got := len(presenceOf(t, p.heard[0]))
		if got != want {
			t.Errorf("told of %d, want %d", got, want)
		}
	}
	here(maxQuiet)
	// One of those whom nobody was told of points at something.
	say(pages[hall-1], 100+hall-1, 2, `{"cursor":{"anchor":1}}`)
	pages[0].until(func() bool {
		n := len(pages[0].heard)
		return n > 0 && presenceOf(t, pages[0].heard[n-1])[100+hall-1] != nil
	})
	here(maxQuiet + 1)
	for i, p := range pages {
		say(p, uint64(100+i), 3, `{"cursor":{"anchor":2}}`)
	}
	here(maxHere)
	// Who leaves makes room.
	for _, p := range pages[:maxHere] {
		p.conn.Leave()
	}
	for i, p := range pages[maxHere:] {
		say(p, uint64(100+maxHere+i), 4, `{"cursor":{"anchor":3}}`)
	}
	here(hall - maxHere)
}

// TestColours gives each who writes a colour of their own while there are any,
// the same in each of their windows.
func TestColours(t *testing.T) {
	h := newHub(t, Config{Colors: []string{"#1", "#2", "#3"}})
	for i, tc := range []struct {
		m    Member
		want string
	}{
		{Member{Person: "lit", Color: "#2", ReadOnly: true}, "#2"}, // takes none
		{Member{Person: "zoé", Color: "#2"}, "#2"},
		{Member{Person: "ali", Color: "#2"}, "#3"},
		{Member{Person: "ali", Color: "#2"}, "#3"}, // another window
		{Member{Person: "léa", Color: "#3"}, "#1"},
		{Member{Person: "jo", Color: "#3"}, "#3"}, // none is left
		{Member{Person: "max", Color: "#9"}, "#9"},
	} {
		if got := join(t, h, uint64(20+i), tc.m).conn.member.Color; got != tc.want {
			t.Errorf("%s has %s, want %s", tc.m.Person, got, tc.want)
		}
	}
}
