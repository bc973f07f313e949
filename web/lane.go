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

// Bounds of a lane, beside what the system keeps for a socket.
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
// It lies under gorilla's framing, which writes pongs and close frames to it;
// send writes beside that: whatever is written is written whole and in order.
type lane struct {
	net.Conn
	raw syscall.RawConn // nil: all goes by the goroutine

	mu      sync.Mutex
	pending []byte // to be written
	size    int    // of pending and of what the goroutine writes
	largest int    // of these: a whole text may be on its way to a slow client
	busy    bool   // the goroutine lives
	closing bool   // once all is written, close
	err     error

	// Of now:
	bytes []byte
	taken int
	take  func(fd uintptr) bool
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
	if tcp, ok := c.(*net.TCPConn); ok {
		// The system would keep megabytes for each client that does not read.
		_ = tcp.SetWriteBuffer(maxLate)
	}
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
	case l.size > 2*maxLate+l.largest:
		return 0, errLate
	}
	l.put(p)
	return len(p), nil
}

// send writes a whole frame, unless the client is too far behind: false. After
// finish nothing is sent any more; that the connection is lost is what the
// reading side finds out.
func (l *lane) send(frame []byte) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.size > maxLate+l.largest {
		return false
	}
	if l.err == nil && !l.closing {
		l.put(frame)
	}
	return true
}

// put writes what the socket takes and lets the rest wait.
func (l *lane) put(p []byte) {
	if !l.busy {
		n := l.now(p)
		if n == len(p) {
			return
		}
		p = p[n:]
		l.busy = true
		go l.later()
	}
	l.pending = append(l.pending, p...)
	l.size += len(p)
	l.largest = max(l.largest, len(p))
}

// later writes what waits.
func (l *lane) later() {
	for {
		l.mu.Lock()
		b := l.pending
		l.pending = nil
		if len(b) == 0 || l.err != nil {
			l.busy, l.largest = false, 0
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
