package web

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/room"
	"github.com/villes-internet/congres/motion/ydoc"
)

// withMotion opens a motion on the site and returns its address for a
// websocket, and a header that signs its rapporteur in.
func (s *site) withMotion() (address string, header http.Header) {
	s.t.Helper()
	nour := s.accredit(s.staff, consult.Person{FirstName: "Nour", LastName: "Plume", Email: "nour@villebrume.example", Role: consult.Rapporteur})
	opened := s.motion(nour)
	return "ws" + strings.TrimPrefix(s.url, "http") + "/motion/" + opened + "/sync?ack=1", http.Header{"Cookie": {cookieName + "=" + s.signIn(nour)}}
}

// small is a dialer of clients whose system takes little that they do not
// read.
var small = websocket.Dialer{NetDialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
	c, err := (&net.Dialer{}).DialContext(ctx, network, addr)
	if tcp, ok := c.(*net.TCPConn); ok {
		err = errors.Join(err, tcp.SetReadBuffer(64<<10))
	}
	return c, err
}}

// TestWhoStopsReading is dropped with a code that says to come back, and the
// others get everything meanwhile.
func TestWhoStopsReading(t *testing.T) {
	s := newSite(t)
	address, header := s.withMotion()
	dial := func(d *websocket.Dialer) *websocket.Conn {
		t.Helper()
		c, _, err := d.DialContext(t.Context(), address, header)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		c.SetReadDeadline(time.Now().Add(60 * time.Second))
		return c
	}
	stuck, reader, writer := dial(&small), dial(websocket.DefaultDialer), dial(websocket.DefaultDialer)
	// What the writer types, the reader has before the writer goes on: whoever
	// is stuck delays neither.
	doc := ydoc.New(77)
	text := doc.Text(motion.Root)
	page := strings.Repeat("a", 60<<10)
	kept := uint64(0)
	got := ydoc.New(0)
	got.Passive = true
	for i := range 100 { // 6 MB: far beyond what may wait for a client
		if text.Len() > 0 { // so that the text stays small
			delete := doc.Transact(func() { text.Delete(0, text.Len()) })
			say(t, writer, delete)
		}
		say(t, writer, doc.Transact(func() { text.Insert(0, page, nil) }))
		want := uint64(2*i + 1)
		for kept < want {
			_, m, err := writer.ReadMessage()
			if err != nil {
				t.Fatal(err)
			}
			if m[0] == 100 {
				kept, _ = binary.Uvarint(m[1:])
			}
		}
		for got.Clocks()[77] < doc.Clocks()[77] {
			hear(t, reader, got)
		}
	}
	n := 0
	for {
		_, m, err := stuck.ReadMessage()
		if err == nil {
			n += len(m)
			continue
		}
		var closed *websocket.CloseError
		if !errors.As(err, &closed) || closed.Code != room.TooSlow || closed.Text == "" || !room.Reconnect(closed.Code) {
			t.Errorf("after %d bytes ended by %v, want code %d", n, err, room.TooSlow)
		}
		break
	}
	if n > 3<<20 {
		t.Errorf("it was sent %d bytes that it did not read", n)
	}
}

// say sends an update.
func say(t *testing.T, c *websocket.Conn, update []byte) {
	t.Helper()
	if err := c.WriteMessage(websocket.BinaryMessage, append(binary.AppendUvarint([]byte{0, 2}, uint64(len(update))), update...)); err != nil {
		t.Fatal(err)
	}
}

// hear reads one message and applies it when it is an update.
func hear(t *testing.T, c *websocket.Conn, d *ydoc.Doc) {
	t.Helper()
	_, m, err := c.ReadMessage()
	if err != nil {
		t.Fatal(err)
	}
	if m[0] != 0 || m[1] == 0 {
		return
	}
	_, n := binary.Uvarint(m[2:])
	if err := d.Apply(m[2+n:]); err != nil {
		t.Fatal(err)
	}
}

// TestLane: whatever is written arrives once and in order, whoever waits.
func TestLane(t *testing.T) {
	t.Run("socket", func(t *testing.T) { testLane(t, func(c net.Conn) net.Conn { return c }) })
	t.Run("no descriptor", func(t *testing.T) { testLane(t, func(c net.Conn) net.Conn { return struct{ net.Conn }{c} }) })
}

func testLane(t *testing.T, as func(net.Conn) net.Conn) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	there, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer there.Close()
	there.(*net.TCPConn).SetReadBuffer(64 << 10)
	c, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.(*net.TCPConn).SetWriteBuffer(64 << 10)
	lane := newLane(as(c))
	n := 0
	for lane.send([]byte{byte(n), byte(n >> 8), byte(n >> 16)}) {
		n++
	}
	if lane.size <= maxLate {
		t.Errorf("%d bytes wait, and no more are taken", lane.size)
	}
	lane.finish()
	in := bufio.NewReader(there)
	for i := range n {
		var b [3]byte
		if _, err := io.ReadFull(in, b[:]); err != nil {
			t.Fatalf("frame %d of %d: %v", i, n, err)
		}
		if got := int(b[0]) | int(b[1])<<8 | int(b[2])<<16; got != i {
			t.Fatalf("got frame %d, want %d", got, i)
		}
	}
	if _, err := in.ReadByte(); err != io.EOF {
		t.Errorf("behind the last frame: %v", err)
	}
}

// TestLaneWithAWholeText: who still takes in a long text is not too slow for
// the words that come behind it.
func TestLaneWithAWholeText(t *testing.T) {
	c, there := net.Pipe()
	defer there.Close()
	defer c.Close()
	l := newLane(c)
	l.send(make([]byte, 8*maxLate))
	n := 0
	for l.send(make([]byte, 1<<10)) {
		n++
	}
	if got := n << 10; got < maxLate || got > 2*maxLate {
		t.Errorf("%d bytes were taken behind it, want about %d", got, maxLate)
	}
}
