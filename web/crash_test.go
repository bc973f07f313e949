package web

import (
	"encoding/binary"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

var kills = flag.Int("kills", 5, "how often TestPowerCut ends the service")

// What each of six writers types is no letter twice, so that the text itself
// says what is missing or doubled.
const (
	cutWriters = 6
	cutLetters = 3400 // of one writer
	cutFirst   = 0x4e00
)

// A table is the people around one text. One mutex guards all of them.
type table struct {
	t       *testing.T
	address string
	header  http.Header
	mu      sync.Mutex
	moved   sync.Cond // something arrived or ended
	people  []*person
	err     error
}

// A person has a page open on the text. Observers never give the service what
// they have, so that it cannot owe them what it shows.
type person struct {
	t      *table
	client uint64
	writer int // -1: an observer
	doc    *ydoc.Doc
	text   *ydoc.Text
	typed  int

	conn   *websocket.Conn // nil: cut off
	synced bool
	marks  []uint64 // own clock in each frame of this connection
	acked  uint64   // of those
	kept   uint64   // own clock that the service said is kept
}

func (t *table) sit(writer int) *person {
	p := &person{t: t, client: uint64(1000 + len(t.people)), writer: writer}
	p.doc = ydoc.New(p.client)
	p.doc.Passive = true
	p.text = p.doc.Text(motion.Root)
	return p
}

// open connects p's page.
func (p *person) open() error {
	c, _, err := websocket.DefaultDialer.Dial("ws://"+p.t.address, p.t.header)
	if err != nil {
		return err
	}
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	p.conn, p.synced, p.marks, p.acked = c, false, nil, 0
	p.send(0, p.doc.StateVector())
	go p.listen(c)
	return nil
}

// send sends a message of the sync protocol, under the mutex.
func (p *person) send(step byte, body []byte) {
	if step > 0 {
		p.marks = append(p.marks, p.doc.Clocks()[p.client])
	}
	// That the connection is lost is what listen finds out.
	_ = p.conn.WriteMessage(websocket.BinaryMessage, append(binary.AppendUvarint([]byte{0, step}, uint64(len(body))), body...))
}

func (p *person) listen(c *websocket.Conn) {
	defer c.Close()
	for {
		_, m, err := c.ReadMessage()
		p.t.mu.Lock()
		if err != nil {
			p.conn = nil
		} else if err := p.take(m); err != nil && p.t.err == nil {
			p.t.err = fmt.Errorf("person %d: %w", p.client, err)
		}
		p.t.moved.Broadcast()
		p.t.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (p *person) take(m []byte) error {
	if m[0] == 100 {
		p.acked, _ = binary.Uvarint(m[1:])
		p.kept = max(p.kept, p.marks[p.acked-1])
		return nil
	}
	if m[0] != 0 {
		return nil
	}
	_, n := binary.Uvarint(m[2:])
	body := m[2+n:]
	if m[1] > 0 {
		p.synced = p.synced || m[1] == 1
		return p.doc.Apply(body)
	}
	update := []byte{0, 0}
	if p.writer >= 0 {
		var err error
		if update, err = p.doc.Update(body); err != nil {
			return err
		}
	}
	p.send(1, update)
	return nil
}

// key types one letter anywhere, under the mutex.
func (p *person) key(rng *rand.Rand) {
	letter := string(rune(cutFirst + p.writer*cutLetters + p.typed))
	p.typed++
	p.send(2, p.doc.Transact(func() { p.text.Insert(rng.IntN(p.text.Len()+1), letter, nil) }))
}

// until waits for what arrives to make it true.
func (t *table) until(what string, ok func() bool) {
	t.t.Helper()
	late := time.AfterFunc(time.Minute, func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.err == nil {
			t.err = fmt.Errorf("after a minute not: %s", what)
		}
		t.moved.Broadcast()
	})
	defer late.Stop()
	for !ok() && t.err == nil {
		t.moved.Wait()
	}
	if t.err != nil {
		t.mu.Unlock() // for who cleans up
		defer t.mu.Lock()
		t.t.Fatal(t.err)
	}
}

// TestPowerCut ends the service by kill -9 at random moments while six people
// type and two watch, and asks the restarted service, before anybody else is
// back, for the text.
func TestPowerCut(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	binary, h := buildCongres(t), newHouse(t)
	service := h.serve(t, binary, "127.0.0.1:0")
	tb := &table{t: t, address: service.addr + "/motion/" + h.motion + "/sync?ack=1", header: http.Header{"Cookie": {cookieName + "=" + h.session}}}
	tb.moved.L = &tb.mu
	for i := range cutWriters + 2 {
		if i >= cutWriters {
			i = -1
		}
		tb.people = append(tb.people, tb.sit(i))
	}
	open := func() {
		for _, p := range tb.people {
			if err := p.open(); err != nil {
				t.Fatal(err)
			}
		}
	}
	open()
	lost, doubled, shown := 0, 0, 0
	var back []time.Duration
	for round := range *kills {
		tb.typing(rng, service, 20+rng.IntN(100))
		service = h.serve(t, binary, service.addr)
		// A fresh page alone.
		fresh := tb.sit(-1)
		if err := fresh.open(); err != nil {
			t.Fatal(err)
		}
		tb.mu.Lock()
		tb.until("a fresh page has the text", func() bool { return fresh.synced })
		have := map[rune]int{}
		for _, r := range fresh.text.String() {
			if have[r]++; have[r] == 2 {
				doubled++
			}
		}
		missing := map[rune]bool{}
		for _, p := range tb.people {
			for _, r := range p.text.String() {
				if (int(r)-cutFirst)/cutLetters == p.writer {
					continue // one's own may be on the page alone
				}
				if shown++; have[r] == 0 {
					missing[r] = true
				}
			}
		}
		clocks := fresh.doc.Clocks()
		for _, p := range tb.people[:cutWriters] {
			if clocks[p.client] < p.kept {
				t.Errorf("round %d: a writer was told that %d letters are kept, %d are", round, p.kept, clocks[p.client])
			}
		}
		lost += len(missing)
		conn := fresh.conn
		tb.mu.Unlock()
		conn.Close()
		// Everybody comes back, and all have all.
		begin := time.Now()
		open()
		tb.mu.Lock()
		tb.until("all have all", func() bool {
			first := tb.people[0].text.String()
			return !slices.ContainsFunc(tb.people, func(p *person) bool {
				return !p.synced || p.acked < uint64(len(p.marks)) || len(p.marks) == 0 || p.text.Len() != len([]rune(first)) || p.text.String() != first
			})
		})
		back = append(back, time.Since(begin))
		text := tb.people[0].text.String()
		for _, p := range tb.people[:cutWriters] {
			for n := range p.typed {
				if k := strings.Count(text, string(rune(cutFirst+p.writer*cutLetters+n))); k != 1 {
					t.Errorf("round %d: letter %d of writer %d stands %d times", round, n, p.writer, k)
				}
			}
		}
		tb.mu.Unlock()
	}
	if lost > 0 || doubled > 0 {
		t.Errorf("%d letters that somebody was shown are lost, %d doubled", lost, doubled)
	}
	slices.Sort(back)
	t.Logf("%d kills: %d letters shown, %d lost, %d doubled; all had all again within %v (half of the times), %v (at most)",
		*kills, shown, lost, doubled, back[len(back)/2].Round(time.Millisecond), back[len(back)-1].Round(time.Millisecond))
}

// typing has the writers type until the service is killed, some time after they
// have typed so many letters.
func (t *table) typing(rng *rand.Rand, service *process, letters int) {
	after := time.Duration(rng.Int64N(int64(5 * time.Millisecond)))
	t.mu.Lock()
	defer t.mu.Unlock()
	begun := false
	for n := 0; ; {
		ready := slices.DeleteFunc(slices.Clone(t.people[:cutWriters]), func(p *person) bool {
			return p.conn == nil || !p.synced || uint64(len(p.marks)) > p.acked+2 || p.typed == cutLetters
		})
		switch gone := !slices.ContainsFunc(t.people, func(p *person) bool { return p.conn != nil }); {
		case gone:
			return
		case len(ready) > 0:
			ready[rng.IntN(len(ready))].key(rng)
			n++
		default:
			t.until("an answer", func() bool {
				return slices.ContainsFunc(t.people, func(p *person) bool {
					return p.conn == nil || p.writer >= 0 && p.synced && uint64(len(p.marks)) <= p.acked+2
				})
			})
		}
		if n >= letters && !begun {
			begun = true
			time.AfterFunc(after, service.kill)
		}
		// Who listens gets the mutex too.
		t.mu.Unlock()
		t.mu.Lock()
	}
}
