package web

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"net"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

// A crowd is the writers and readers of one document, over real websockets.
// One epoll(7) serves them all and what has the same bytes is read once, so
// that the crowd costs little beside the servers that it measures.
type crowd struct {
	t       *testing.T
	address string // host:port
	request string // what asks for the websocket
	prefix  []byte // before each message
	greet   [][]byte

	epoll   int
	members map[int32]*member
	known   map[string][]run // what a message writes, by its bytes
	clients map[uint64]int   // Yjs client → writer
	writers []*member
	sent    [][]atomic.Int64 // writer, clock → when, in nanoseconds since begin
	begin   time.Time
	stop    atomic.Bool
	done    chan struct{}

	from     atomic.Int64 // only keys sent from then on count; 0: none does
	keys     atomic.Int64 // that count
	received atomic.Int64 // of them

	// Of the epoll's goroutine until done is closed:
	late    []time.Duration
	writes  int // messages that brought some of them
	doubled int
	skipped int
	closed  []string
}

// A member is one connection.
type member struct {
	fd     int
	rest   []byte
	next   []uint64 // by writer
	reader bool
	over   bool
	doc    *ydoc.Doc
}

// A run is keys of one writer, from ≤ clock < to.
type run struct {
	writer   int
	from, to uint64
}

const maxKeys = 1 << 16 // of one writer

func newCrowd(t *testing.T, address, request string, prefix []byte, greet ...[]byte) *crowd {
	t.Helper()
	epoll, err := syscall.EpollCreate1(0)
	if err != nil {
		t.Fatal(err)
	}
	return &crowd{t: t, address: address, request: request, prefix: prefix, greet: greet, epoll: epoll, members: map[int32]*member{},
		known: map[string][]run{}, clients: map[uint64]int{}, begin: time.Now(), done: make(chan struct{})}
}

// join connects readers and then writers.
func (c *crowd) join(readers, writers int) error {
	for i := range readers + writers {
		m := &member{next: make([]uint64, writers), reader: i < readers}
		if err := c.connect(m); err != nil {
			return fmt.Errorf("connection %d: %w", i, err)
		}
		if !m.reader {
			client := uint64(rand.Uint32())
			m.doc = ydoc.New(client)
			c.clients[client] = len(c.writers)
			c.writers = append(c.writers, m)
			c.sent = append(c.sent, make([]atomic.Int64, maxKeys))
		}
	}
	return nil
}

func (c *crowd) connect(m *member) error {
	conn, err := net.DialTimeout("tcp", c.address, 10*time.Second)
	if err != nil {
		return err
	}
	file, err := conn.(*net.TCPConn).File() // a descriptor of our own; conn's goes
	conn.Close()
	if err != nil {
		return err
	}
	m.fd, err = syscall.Dup(int(file.Fd()))
	file.Close()
	if err != nil {
		return err
	}
	if err := write(m.fd, []byte(c.request)); err != nil {
		return err
	}
	buf := make([]byte, 4<<10)
	for end := -1; end < 0; end = bytes.Index(m.rest, []byte("\r\n\r\n")) {
		n, err := syscall.Read(m.fd, buf)
		if err != nil || n == 0 {
			return fmt.Errorf("%w, %q", err, m.rest)
		}
		m.rest = append(m.rest, buf[:n]...)
	}
	head, rest, _ := bytes.Cut(m.rest, []byte("\r\n\r\n"))
	if !bytes.HasPrefix(head, []byte("HTTP/1.1 101")) {
		return fmt.Errorf("%q", head)
	}
	m.rest = bytes.Clone(rest)
	for _, g := range c.greet {
		if err := c.send(m, 2, g); err != nil {
			return err
		}
	}
	if err := syscall.SetNonblock(m.fd, true); err != nil {
		return err
	}
	c.members[int32(m.fd)] = m
	return syscall.EpollCtl(c.epoll, syscall.EPOLL_CTL_ADD, m.fd, &syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(m.fd)})
}

// send writes a client's frame (RFC 6455 §5.2), masked by zeros.
func (c *crowd) send(m *member, opcode byte, payload []byte) error {
	if opcode == 2 {
		payload = append(slices.Clip(c.prefix), payload...)
	}
	b := []byte{0x80 | opcode}
	if len(payload) < 126 {
		b = append(b, 0x80|byte(len(payload)))
	} else {
		b = binary.BigEndian.AppendUint16(append(b, 0x80|126), uint16(len(payload)))
	}
	return write(m.fd, append(append(b, 0, 0, 0, 0), payload...))
}

func write(fd int, b []byte) error {
	for len(b) > 0 {
		n, err := syscall.Write(fd, b)
		switch err {
		case nil:
			b = b[n:]
		case syscall.EAGAIN, syscall.EINTR:
		default:
			return err
		}
	}
	return nil
}

// listen reads what arrives until stop.
func (c *crowd) listen() {
	defer close(c.done)
	events := make([]syscall.EpollEvent, 1024)
	buf := make([]byte, 256<<10)
	for _, m := range c.members {
		c.frames(m)
	}
	for !c.stop.Load() {
		n, err := syscall.EpollWait(c.epoll, events, 100)
		if err != nil && err != syscall.EINTR {
			c.closed = append(c.closed, err.Error())
			return
		}
		for _, e := range events[:max(n, 0)] {
			m := c.members[e.Fd]
			k, err := syscall.Read(m.fd, buf)
			if err == syscall.EAGAIN || err == syscall.EINTR {
				continue
			}
			if err != nil || k == 0 {
				c.leave(m, fmt.Sprintf("end of file, %v", err))
				continue
			}
			if len(m.rest) > 0 {
				m.rest = append(m.rest, buf[:k]...)
			} else {
				m.rest = buf[:k]
			}
			c.frames(m)
			m.rest = bytes.Clone(m.rest)
		}
	}
}

func (c *crowd) leave(m *member, why string) {
	if !m.over {
		m.over = true
		c.closed = append(c.closed, why)
		syscall.EpollCtl(c.epoll, syscall.EPOLL_CTL_DEL, m.fd, nil)
	}
}

// frames reads the whole frames of rest.
func (c *crowd) frames(m *member) {
	for {
		b := m.rest
		if len(b) < 2 {
			return
		}
		size, at := int(b[1]&0x7f), 2
		switch {
		case size == 126 && len(b) >= 4:
			size, at = int(binary.BigEndian.Uint16(b[2:])), 4
		case size == 127 && len(b) >= 10:
			size, at = int(binary.BigEndian.Uint64(b[2:])), 10
		case size >= 126:
			return
		}
		if len(b) < at+size {
			return
		}
		payload := b[at : at+size]
		m.rest = b[at+size:]
		switch b[0] & 0xf {
		case 2:
			c.message(m, payload)
		case 8:
			code := 0
			if size >= 2 {
				code = int(binary.BigEndian.Uint16(payload))
			}
			c.leave(m, fmt.Sprint("code ", code))
		case 9:
			c.send(m, 10, payload)
		}
	}
}

func (c *crowd) message(m *member, payload []byte) {
	if !m.reader {
		return
	}
	runs, ok := c.known[string(payload)]
	if !ok {
		runs = c.read(payload)
		c.known[string(payload)] = runs
	}
	if len(runs) == 0 {
		return
	}
	now := time.Since(c.begin)
	had := len(c.late)
	for _, r := range runs {
		next := &m.next[r.writer]
		for clock := r.from; clock < r.to; clock++ {
			if clock < *next {
				c.doubled++
				continue
			}
			c.skipped += int(clock - *next)
			*next = clock + 1
			if sent := c.sent[r.writer][clock].Load(); c.counts(sent) {
				c.late = append(c.late, now-time.Duration(sent))
				c.received.Add(1)
			}
		}
	}
	if len(c.late) > had {
		c.writes++
	}
}

// read finds out which keys a message brings.
func (c *crowd) read(payload []byte) (runs []run) {
	body, ok := bytes.CutPrefix(payload, c.prefix)
	if !ok || len(body) < 3 || body[0] != 0 || body[1] == 0 {
		return nil
	}
	size, n := binary.Uvarint(body[2:])
	if n <= 0 || uint64(len(body)) != 2+uint64(n)+size {
		c.t.Errorf("not a message: %x", payload)
		return nil
	}
	f, err := ydoc.UpdateClients(body[2+n:])
	if err != nil {
		c.t.Errorf("%x: %v", payload, err)
	}
	for client, k := range f.Clients {
		if w, ok := c.clients[client]; ok {
			runs = append(runs, run{w, k.From, k.To})
		}
	}
	return runs
}

// key has a writer type one letter behind its others.
func (c *crowd) key(writer int) error {
	m := c.writers[writer]
	text := m.doc.Text(motion.Root)
	clock := text.Len()
	u := m.doc.Transact(func() { text.Insert(clock, string(rune('a'+clock%26)), nil) })
	message := append(binary.AppendUvarint([]byte{0, 2}, uint64(len(u))), u...)
	at := int64(time.Since(c.begin))
	c.sent[writer][clock].Store(at)
	if c.counts(at) {
		c.keys.Add(1)
	}
	return c.send(m, 2, message)
}

func (c *crowd) counts(at int64) bool {
	from := c.from.Load()
	return from > 0 && at >= from
}

// count begins the measure, a moment from now: whatever is sent at that moment
// then finds it decided.
func (c *crowd) count() { c.from.Store(int64(time.Since(c.begin) + 50*time.Millisecond)) }

func (c *crowd) end() {
	c.stop.Store(true)
	<-c.done
	for _, m := range c.members {
		syscall.Close(m.fd)
	}
	syscall.Close(c.epoll)
}
