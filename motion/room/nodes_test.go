package room

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/redis"
	"github.com/villes-internet/congres/consult/store/storetest"
)

// A patch is a node's way to the wire. Cut, what it tells goes nowhere, and what
// it is told is not heard.
type patch struct {
	store.Wire
	mu   sync.Mutex
	cut  bool
	told int
	hear map[chan []byte]bool
}

func (p *patch) Tell(ctx context.Context, topic string, w []byte) error {
	p.mu.Lock()
	p.told++
	cut := p.cut
	p.mu.Unlock()
	if cut {
		return nil
	}
	return p.Wire.Tell(ctx, topic, w)
}

func (p *patch) Listen(ctx context.Context, topic string) (<-chan []byte, error) {
	words, err := p.Wire.Listen(ctx, topic)
	out := make(chan []byte)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.hear == nil {
		p.hear = map[chan []byte]bool{}
	}
	p.hear[out] = true
	go func() {
		defer close(out)
		for w := range words {
			p.mu.Lock()
			cut := p.cut
			p.mu.Unlock()
			if cut {
				continue
			}
			select {
			case out <- w:
			case <-ctx.Done():
			}
		}
	}()
	return out, err
}

// set cuts the wire, or mends it: then listeners know that they missed something.
func (p *patch) set(cut bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut = cut
	for out := range p.hear {
		if !cut {
			out <- nil
		}
	}
}

func (p *patch) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.told
}

// twoNodes are hubs of one store.
func twoNodes(t *testing.T) (a, b *Hub, wire *patch) {
	s := openStore(t, filepath.Join(t.TempDir(), "congres.db"))
	wire = &patch{Wire: s}
	colours := []string{"#1", "#2", "#3"}
	return newHub(t, Config{Log: s, Wire: wire, Colors: colours}), newHub(t, Config{Log: s, Wire: s, Colors: colours}), wire
}

// says has a page say something of its client.
func (p *page) says(client, clock uint64, json string) {
	p.t.Helper()
	var j []byte
	if json != "" {
		j = []byte(json)
	}
	p.must(frameAwareness(encodeAwareness([]spoken{{client: client, clock: clock, json: j}})))
}

// sees waits until the page is shown that a client's caret is at a place; -1:
// that it left.
func (p *page) sees(client uint64, cursor int) {
	p.t.Helper()
	p.until(func() bool { return p.shown(client) == cursor })
}

// shown is where the page was last shown a client's caret, -1 that it left, -2
// that it never was.
func (p *page) shown(client uint64) int {
	for i := len(p.heard) - 1; i >= 0; i-- {
		if m, ok := presenceOf(p.t, p.heard[i])[client]; ok {
			if m == nil {
				return -1
			}
			c, _ := m["cursor"].(float64)
			return int(c)
		}
	}
	return -2
}

// drain reads what has come.
func (p *page) drain() {
	for {
		select {
		case f, open := <-p.pipe.out:
			if !open {
				return
			}
			p.read(f)
		default:
			return
		}
	}
}

func at(n int) string { return fmt.Sprintf(`{"cursor":%d}`, n) }

// TestPresenceBetweenNodes: people on two nodes see each other's carets.
func TestPresenceBetweenNodes(t *testing.T) {
	here, there, _ := twoNodes(t)
	presenceBetween(t, here, there)
}

func TestPresenceBetweenNodesOnRedis(t *testing.T) {
	url := storetest.Redis(t)
	var hubs []*Hub
	for range 2 {
		s, err := redis.Open(t.Context(), url, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		hubs = append(hubs, newHub(t, Config{Log: s, Wire: s, Colors: []string{"#1", "#2", "#3"}}))
	}
	presenceBetween(t, hubs[0], hubs[1])
}

func presenceBetween(t *testing.T, here, there *Hub) {
	zoe := join(t, here, 11, Member{Person: "zoé", Name: "Zoé", Color: "#1"})
	zoe.says(11, 1, at(3))
	ali := join(t, there, 12, Member{Person: "ali", Name: "Ali", Color: "#2"})
	ali.sees(11, 3)
	user, _ := presenceOf(t, ali.heard[len(ali.heard)-1])[11]["user"].(map[string]any)
	if user["id"] != "zoé" || user["name"] != "Zoé" || user["color"] != "#1" || len(user) != 3 {
		t.Errorf("got %v", user)
	}
	ali.says(12, 1, at(7))
	zoe.sees(12, 7)
	for i := range 20 {
		zoe.says(11, uint64(2+i), at(10+i))
	}
	ali.sees(11, 29)
	// Who joins is shown all, wherever they are.
	lea := join(t, there, 13, Member{Person: "léa", Name: "Léa"})
	lea.sees(11, 29)
	lea.sees(12, 7)
	// What they write, each sees too.
	zoe.must(zoe.write("Bonjour"))
	ali.until(func() bool { return ali.text() == "Bonjour" })
	zoe.conn.Leave()
	ali.sees(11, -1)
	lea.sees(11, -1)
	// The room here is open still, and whoever comes back is shown all.
	nour := join(t, here, 14, Member{Person: "nour", Name: "Nour"})
	nour.sees(12, 7)
	nour.says(14, 1, at(5))
	ali.sees(14, 5)
	here.Close()
	ali.sees(14, -1)
}

// TestOnlyOnesOwn: nobody speaks for a client of another node but who introduced
// it.
func TestOnlyOnesOwn(t *testing.T) {
	here, there, _ := twoNodes(t)
	zoe, ali := join(t, here, 11, Member{Person: "zoé"}), join(t, there, 12, Member{Person: "ali"})
	zoe.says(11, 1, at(3))
	ali.sees(11, 3)
	ali.says(11, 1, at(3)) // as ordinary clients repeat it
	ali.says(11, 2, at(9))
	ali.says(11, 3, "")
	ali.says(12, 1, at(4))
	zoe.sees(12, 4)
	if got := zoe.shown(11); got != -2 {
		t.Errorf("zoé is shown her own caret, at %d", got)
	}
	zoe.says(11, 4, at(5))
	ali.sees(11, 5)
}

// TestMoves: a page that reconnects to another node is neither shown as gone
// when its first node misses it, nor twice.
func TestMoves(t *testing.T) {
	for name, clock := range map[string]uint64{"with the same clock, as pages do": 1, "with a later clock": 2} {
		t.Run(name, func(t *testing.T) {
			here, there, _ := twoNodes(t)
			ali, lea := join(t, here, 12, Member{Person: "ali"}), join(t, there, 13, Member{Person: "léa"})
			zoe := join(t, here, 11, Member{Person: "zoé"})
			zoe.says(11, 1, at(3))
			lea.sees(11, 3)
			again := join(t, there, 11, Member{Person: "zoé"})
			again.says(11, clock, at(3))
			lea.says(13, 1, at(1)) // behind it on the same way
			ali.sees(13, 1)
			zoe.conn.Leave()
			ali.says(12, 1, at(2))
			lea.sees(12, 2)
			again.says(11, 3, at(8))
			ali.sees(11, 8)
			lea.sees(11, 8)
			for _, p := range []*page{ali, lea} {
				for _, b := range p.heard {
					if m, ok := presenceOf(t, b)[11]; ok && m == nil {
						t.Error("said to have left")
					}
				}
			}
			again.conn.Leave()
			ali.sees(11, -1)
			lea.sees(11, -1)
		})
	}
}

// TestSilentNode: people on a node that was killed are shown as gone after a
// while, and not before; when it is heard again, so are they.
func TestSilentNode(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		here, there, wire := twoNodes(t)
		zoe, ali := join(t, here, 11, Member{Person: "zoé"}), join(t, there, 12, Member{Person: "ali"})
		zoe.says(11, 1, at(3))
		ali.says(12, 1, at(4))
		after := func(d time.Duration, what string, want int) {
			t.Helper()
			time.Sleep(d)
			synctest.Wait()
			if ali.drain(); ali.shown(11) != want {
				t.Errorf("%s: got %d, want %d", what, ali.shown(11), want)
			}
		}
		after(time.Second, "shown", 3)
		after(10*time.Minute, "she does not move", 3)
		wire.set(true)
		zoe.says(11, 2, at(5))
		after(forgetAfter-repeatEvery-time.Second, "her node was cut off", 3)
		after(2*repeatEvery, "for long", -1)
		zoe.says(11, 3, at(6))
		wire.set(false)
		after(time.Second, "it is heard again", 6)
		zoe.drain()
		if got := zoe.shown(12); got != 4 {
			t.Errorf("zoé is shown %d of ali", got)
		}
		// Words that were lost are made up for.
		wire.set(true)
		zoe.says(11, 4, at(7))
		ali.says(12, 2, "")
		after(time.Second, "a word was lost", 6)
		wire.set(false)
		after(time.Second, "it is made up for", 7)
		if zoe.drain(); zoe.shown(12) != -1 {
			t.Errorf("zoé is shown %d of ali, who left", zoe.shown(12))
		}
	})
}

// TestAlone: a node that knows of no other does not tell what its people do.
func TestAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := openStore(t, filepath.Join(t.TempDir(), "congres.db"))
		wire := &patch{Wire: s}
		h := newHub(t, Config{Log: s, Wire: wire})
		zoe, ali := join(t, h, 11, Member{Person: "zoé"}), join(t, h, 12, Member{Person: "ali"})
		for i := range 50 {
			zoe.says(11, uint64(1+i), at(i))
			synctest.Wait()
			ali.drain()
		}
		if got := wire.count(); got != 1 {
			t.Errorf("told %d words, want the first", got)
		}
		time.Sleep(10*repeatEvery + time.Second)
		synctest.Wait()
		if got := wire.count(); got != 11 {
			t.Errorf("told %d words, want one more each %v", got, repeatEvery)
		}
		zoe.conn.Leave()
		ali.conn.Leave()
		time.Sleep(10 * repeatEvery)
		synctest.Wait()
		if got := wire.count(); got != 12 {
			t.Errorf("told %d words, want one more when nobody was left", got)
		}
	})
}

// TestColoursBetweenNodes: who writes on another node keeps their colour too.
func TestColoursBetweenNodes(t *testing.T) {
	here, there, _ := twoNodes(t)
	reader := join(t, here, 10, Member{Person: "lit", Color: "#3", ReadOnly: true})
	reader.says(10, 1, `{}`)
	zoe := join(t, here, 11, Member{Person: "zoé", Color: "#1"})
	zoe.says(11, 1, at(1))
	join(t, there, 12, Member{Person: "jo", ReadOnly: true}).sees(11, 1)
	for i, tc := range []struct {
		m    Member
		want string
	}{
		{Member{Person: "ali", Color: "#1"}, "#2"},
		{Member{Person: "zoé", Color: "#2"}, "#1"}, // another window
		{Member{Person: "léa", Color: "#3"}, "#3"}, // the reader takes none
	} {
		if got := join(t, there, uint64(20+i), tc.m).conn.member.Color; got != tc.want {
			t.Errorf("%s has %s, want %s", tc.m.Person, got, tc.want)
		}
	}
}

// TestStrangeWords: whatever comes over the wire, a room goes on, shows nothing
// that is not a state, and remembers little.
func TestStrangeWords(t *testing.T) { synctest.Test(t, strangeWords) }

func strangeWords(t *testing.T) {
	s := openStore(t, filepath.Join(t.TempDir(), "congres.db"))
	h := newHub(t, Config{Log: s, Wire: s})
	zoe := join(t, h, 11, Member{Person: "zoé"})
	zoe.must(zoe.write("Bonjour"))
	zoe.until(func() bool { return zoe.acked == zoe.sent })
	say := func(w word) {
		t.Helper()
		if err := s.Tell(t.Context(), topic("doc"), w.encode()); err != nil {
			t.Fatal(err)
		}
	}
	state := func(client uint64, json string) told {
		return told{spoken: spoken{client: client, clock: 1, json: []byte(json), caret: true}, person: "ali"}
	}
	for _, w := range []word{
		{room: 5, told: []told{state(20, `{"cursor":`)}},
		{room: 5, told: []told{state(20, `[]`)}},
		{room: 5, told: []told{state(20, `{"cursor":"`+string(make([]byte, maxTold))+`"}`)}},
		{room: 5, told: []told{{spoken: spoken{client: 20, clock: 1, json: []byte(`{}`)}, person: string(make([]byte, maxTag+1))}}},
		{room: 5, told: make([]told, maxStrange+1)},
		{room: 0, told: []told{state(20, `{}`)}},
		{room: 5, told: []told{state(11, `{"cursor":1}`)}}, // zoé's, by the log
	} {
		say(w)
	}
	newer := (&word{room: 5, told: []told{state(20, `{"cursor":1}`)}}).encode()
	newer[0]++
	for _, b := range [][]byte{newer, {1}, {1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, []byte("bonjour")} {
		if err := s.Tell(t.Context(), topic("doc"), b); err != nil {
			t.Fatal(err)
		}
	}
	// More rooms than one document has nodes, each with people: the first are
	// shown, as many as there is room for.
	for room := range uint64(3 * maxNodes) {
		w := word{room: 100 + room}
		for i := range uint64(10) {
			w.told = append(w.told, state(1000+10*room+i, `{"cursor":1}`))
		}
		say(w)
		synctest.Wait()
		zoe.drain()
	}
	say(word{room: 100, what: wordEnds})
	synctest.Wait()
	if zoe.drain(); zoe.shown(1000) != -1 {
		t.Errorf("of a room that ended there is %d", zoe.shown(1000))
	}
	r, err := h.Open(t.Context(), "doc")
	if err != nil {
		t.Fatal(err)
	}
	err = r.do(func() error {
		p := r.presence
		if len(r.nodes.others) != maxNodes-1 || p.there != maxHere-10 || len(p.states) > maxHere+maxGone {
			t.Errorf("%d rooms, %d people, %d states", len(r.nodes.others), p.there, len(p.states))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := zoe.shown(11), zoe.shown(20); a != -2 || b != -2 {
		t.Errorf("shown %d and %d", a, b)
	}
}

// TestWhoSpeaks: of several rooms that say something of one client, the one to
// which it went last is believed, in whatever order their words come.
func TestWhoSpeaks(t *testing.T) {
	nobody := func(uint64) (string, bool) { return "", false }
	say := func(room, clock uint64, person, json string, moved bool) word {
		x := told{spoken: spoken{client: 11, clock: clock, moved: moved}, person: person}
		if json != "" {
			x.json = []byte(json)
		}
		return word{room: room, told: []told{x}}
	}
	for name, c := range map[string]struct {
		here bool // a connection here speaks for it, else room 8, at clock 5
		w    word
		want int // pieces of news
	}{
		"it left another, late":           {true, say(7, 5, "zoé", "", false), 0},
		"it left another, later":          {true, say(7, 6, "zoé", "", false), 0},
		"repeated by where it was":        {true, say(7, 5, "zoé", "{}", false), 0},
		"it moved":                        {true, say(7, 5, "zoé", "{}", true), 1},
		"it moved and went on":            {true, say(7, 6, "zoé", "{}", false), 1},
		"it moved before":                 {true, say(7, 4, "zoé", "{}", true), 0},
		"another person's":                {true, say(7, 9, "ali", "{}", true), 0},
		"elsewhere: left another, late":   {false, say(7, 5, "zoé", "", false), 0},
		"elsewhere: repeated":             {false, say(8, 5, "zoé", "{}", false), 0},
		"elsewhere: repeated by another":  {false, say(7, 5, "zoé", "{}", false), 0},
		"elsewhere: it moved":             {false, say(7, 5, "zoé", "{}", true), 1},
		"elsewhere: it goes on":           {false, say(8, 6, "zoé", "{}", false), 1},
		"elsewhere: it left":              {false, say(8, 5, "zoé", "", false), 1},
		"elsewhere: an older word":        {false, say(8, 4, "zoé", "{}", false), 0},
		"elsewhere: left, an older word":  {false, say(8, 4, "zoé", "", false), 0},
		"elsewhere: another person's":     {false, say(7, 9, "ali", "{}", true), 0},
		"nobody speaks for it there more": {false, word{room: 8, what: wordWhole}, 1},
		"nor for whom it never did":       {false, word{room: 7, what: wordWhole}, 0},
		"nor for those who are here":      {true, word{room: 8, what: wordWhole}, 0},
	} {
		p := presence{states: map[uint64]*state{}}
		if c.here {
			p.hear(&Conn{member: Member{Person: "zoé"}}, []spoken{{client: 11, clock: 5, json: []byte("{}")}}, nobody)
		} else {
			p.overhear(say(8, 5, "zoé", "{}", false), nobody)
		}
		if p.there != 1 {
			t.Fatal("nobody is there")
		}
		if news := p.overhear(c.w, nobody); len(news) != c.want {
			t.Errorf("%s: got news %v, want %d", name, news, c.want)
		}
	}
}
