package web

import (
	"net"
	"net/http"
	"strings"
	"sync"

	"golang.org/x/time/rate"
)

// limits keeps one address from trying sign-in links that do not work, or having
// e-mails sent, without end. It remembers a bounded number of addresses.
type limits struct {
	mu   sync.Mutex
	seen map[string]*rate.Limiter
}

const maxAddresses = 10_000

func newLimits() *limits { return &limits{seen: map[string]*rate.Limiter{}} }

// allow is false when the address acts too often: twenty at once, then one
// every three seconds.
func (l *limits) allow(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if f := r.Header.Values("X-Forwarded-For"); len(f) > 0 && net.ParseIP(host).IsLoopback() {
		// Our own reverse proxy's word is the last; what stands before it is the client's.
		last := f[len(f)-1]
		host = strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:])
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	lim := l.seen[host]
	if lim == nil {
		if len(l.seen) >= maxAddresses {
			clear(l.seen)
		}
		lim = rate.NewLimiter(rate.Limit(1.0/3), 20)
		l.seen[host] = lim
	}
	return lim.Allow()
}
