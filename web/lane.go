package web

import (
	"bufio"
	"errors"
	"net"
	"net/http"
	"sync"
	"syscall"
	"time"
)

// Bounds of a lane.
const (
	maxLate = 256 << 10       // bytes that may wait before a client counts as too slow
	chunk   = 64 << 10        // that a client has writeWait to take
	linger  = 2 * time.Second // that a client has to answer a close frame
)

var errLate = errors.New("web: the client does not read")

// A lane is a connection to write on which never waits. The socket takes what
// it can at once, which is nearly always all; the rest waits here, for a
// goroutine that lives as long as something does. So one goroutine can serve
// thousands of clients, and who stops reading delays nobody.
//
// It is under gorilla's framing: whatever is written to it is written whole
// and in order, pongs and close frames too.
type lane struct {
	net.Conn
	raw syscall.RawConn // nil: all goes by the goroutine

	mu      sync.Mutex
	pending []byte // to be written
	size    int    // of pending and of what the goroutine writes
	busy    bool   // the goroutine lives
	closing bool   // once all is written, close
	err     error

	// Of put:
	bytes []byte
	taken int
	put   func(fd uintptr) bool
}

// A laned response is hijacked as a lane.
type laned struct {
	http.ResponseWriter
	lane *lane
}

func (l *laned) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	c, rw, err := http.NewResponseController(l.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	l.lane = newLane(c)
	return l.lane, rw, nil
}

func newLane(c net.Conn) *lane {
	l := &lane{Conn: c}
	l.prepare()
	return l
}

// Write implements net.Conn. An error: the connection is lost, or far too much
// waits.
func (l *lane) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.err != nil:
		return 0, l.err
	case l.size > 2*maxLate:
		return 0, errLate
	}
	n := 0
	if !l.busy {
		if n = l.now(p); n == len(p) {
			return n, nil
		}
		l.busy = true
		go l.later()
	}
	l.pending = append(l.pending, p[n:]...)
	l.size += len(p) - n
	return len(p), nil
}

// late is whether the client is too far behind.
func (l *lane) late() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.size > maxLate
}

// later writes what waits.
func (l *lane) later() {
	for {
		l.mu.Lock()
		b := l.pending
		l.pending = nil
		if len(b) == 0 || l.err != nil {
			l.busy = false
			if l.closing {
				l.shut()
			}
			l.mu.Unlock()
			return
		}
		l.mu.Unlock()
		for len(b) > 0 {
			n := min(chunk, len(b))
			l.Conn.SetWriteDeadline(time.Now().Add(writeWait))
			_, err := l.Conn.Write(b[:n])
			b = b[n:]
			l.mu.Lock()
			if l.size -= n; err != nil {
				l.err, b, l.pending = err, nil, nil
				l.Conn.Close()
			}
			l.mu.Unlock()
		}
	}
}

// finish closes once all is written and the client has read it, or had time
// to: closing at once would throw away what is on its way.
func (l *lane) finish() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closing {
		return
	}
	if l.closing = true; !l.busy {
		l.shut()
	}
}

// shut says that nothing more is written, and gives the reading side a last
// moment: it closes.
func (l *lane) shut() {
	half, ok := l.Conn.(interface{ CloseWrite() error })
	if !ok || half.CloseWrite() != nil || l.Conn.SetReadDeadline(time.Now().Add(linger)) != nil {
		l.Conn.Close()
	}
}

// SetReadDeadline implements net.Conn. After finish nothing prolongs it.
func (l *lane) SetReadDeadline(t time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closing {
		return nil
	}
	return l.Conn.SetReadDeadline(t)
}

// SetWriteDeadline implements net.Conn: no write waits.
func (l *lane) SetWriteDeadline(time.Time) error { return nil }
