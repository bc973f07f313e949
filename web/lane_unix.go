//go:build unix

package web

import "syscall"

// prepare makes ready what now needs, once for all its calls.
func (l *lane) prepare() {
	c, ok := l.Conn.(syscall.Conn)
	if !ok {
		return
	}
	raw, err := c.SyscallConn()
	if err != nil {
		return
	}
	l.raw = raw
	l.take = func(fd uintptr) bool {
		if n, err := syscall.Write(int(fd), l.bytes); err == nil {
			l.taken = n
		}
		return true // whatever it took: an error returns when the rest is written
	}
}

// now writes what the socket takes at once, and says how much that is.
func (l *lane) now(p []byte) int {
	if l.raw == nil {
		return 0
	}
	l.bytes, l.taken = p, 0
	if l.raw.Write(l.take) != nil { // closed: later finds out
		return 0
	}
	l.bytes = nil
	return l.taken
}
