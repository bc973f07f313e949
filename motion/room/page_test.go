package room

import (
	"context"
	"encoding/binary"
	"path/filepath"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult/store/bolt"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

func openStore(t testing.TB, path string) *bolt.Store {
	t.Helper()
	s, err := bolt.Open(context.Background(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func anyone(string, string) (bool, bool, string) { return true, true, "" }

func newHub(t testing.TB, c Config) *Hub {
	t.Helper()
	if c.Log == nil {
		c.Log = openStore(t, filepath.Join(t.TempDir(), "congres.db"))
	}
	if c.Rights == nil {
		c.Rights = anyone
	}
	h := New(c)
	t.Cleanup(h.Close)
	return h
}

// A pipe is an outlet in memory.
type pipe struct {
	out chan []byte
	why *Close // once out is closed
}

func newPipe() *pipe { return &pipe{out: make(chan []byte, 256)} }

func (p *pipe) Write(f *Frame) bool {
	select {
	case p.out <- f.Bytes:
		return true
	default:
		return false
	}
}

func (p *pipe) End(why *Close) {
	p.why = why
	close(p.out)
}

// A page is a browser's side: a document of its own, and what it has sent and
// heard.
type page struct {
	t     testing.TB
	doc   *ydoc.Doc
	conn  *Conn
	pipe  *pipe
	acked uint64
	heard [][]byte // presence
	auth  []string
	sent  uint64 // frames with an update
	over  bool   // it answers no more
}

func join(t testing.TB, h *Hub, client uint64, m Member) *page {
	t.Helper()
	return joinBy(t, h, client, m, newPipe())
}

func joinBy(t testing.TB, h *Hub, client uint64, m Member, pipe *pipe) *page {
	t.Helper()
	m.Ack = true
	c, err := h.Join(context.Background(), "doc", m, pipe)
	if err != nil {
		t.Fatal(err)
	}
	p := &page{t: t, doc: ydoc.New(client), conn: c, pipe: pipe}
	p.doc.Passive = true
	p.must(frameSync(syncStep1, p.doc.StateVector()))
	return p
}

func (p *page) must(frame []byte) {
	p.t.Helper()
	if err := p.conn.Receive(frame); err != nil {
		p.t.Fatalf("receive: %v", err)
	}
}

// write types s and returns the frame that says so.
func (p *page) write(s string) []byte {
	u := p.doc.Transact(func() {
		text := p.doc.Text(motion.Root)
		text.Insert(text.Len(), s, map[string]any{})
	})
	p.sent++
	return frameSync(syncUpdate, u)
}

// take reads one frame; false when the connection has ended.
func (p *page) take() bool {
	f, ok := <-p.pipe.out
	if ok {
		p.read(f)
	}
	return ok
}

func (p *page) read(f []byte) {
	p.t.Helper()
	if f[0] == messageAck {
		p.acked, _ = binary.Uvarint(f[1:])
		return
	}
	if f[0] == messageAuth {
		p.auth = append(p.auth, string(f[3:]))
		return
	}
	m, err := parse(f)
	if err != nil {
		p.t.Fatalf("the room sent what does not parse: %x", f)
	}
	switch {
	case m.kind == messageAwareness:
		p.heard = append(p.heard, m.body)
	case m.kind == messageSync && m.step == syncStep1 && p.over:
	case m.kind == messageSync && m.step == syncStep1:
		u, err := p.doc.Update(m.body)
		if err != nil {
			p.t.Fatal(err)
		}
		p.sent++
		p.must(frameSync(syncStep2, u))
	case m.kind == messageSync:
		if err := p.doc.Apply(m.body); err != nil {
			p.t.Fatal(err)
		}
	}
}

// until reads frames until ok.
func (p *page) until(ok func() bool) {
	p.t.Helper()
	for !ok() {
		select {
		case f, open := <-p.pipe.out:
			if !open {
				p.t.Fatalf("ended: %v", p.pipe.why)
			}
			p.read(f)
		case <-time.After(20 * time.Second):
			p.t.Fatalf("nothing came; text %q, acked %d of %d", p.text(), p.acked, p.sent)
		}
	}
}

func (p *page) text() string { return p.doc.Text(motion.Root).String() }

// ended drains the connection and returns why it ended.
func (p *page) ended() *Close {
	p.over = true
	for p.take() {
	}
	return p.pipe.why
}
