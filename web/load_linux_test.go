package web

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

var (
	loadRows   = flag.String("load", "", "readers of each row, as in 100,500,1000,2000: measure servers of a shared text")
	loadOwn    = flag.String("load-own", "", "rows that only our server runs")
	loadWindow = flag.Duration("load-window", 15*time.Second, "how long a row is measured")
	loadBinary = flag.String("load-binary", "", "the congres to measure; default: this one, compiled")
)

// What the crowd does: 5 writers, 4 keys a second each, at uneven moments.
const (
	loadWriters = 5
	loadPause   = 250 * time.Millisecond
)

// A row is what one server did for one number of readers.
type row struct {
	readers            int
	server             string
	expected, received int64
	doubled, skipped   int
	p50, p95, max      time.Duration
	cpu, driver        time.Duration // for a million deliveries
	together           float64       // keys in one message
	memory             int
	closed             []string
}

// TestLoad is make load-motion: the same crowd on our server and on those of
// npm, one after the other. It asserts that nothing is lost or doubled; the
// figures it prints.
func TestLoad(t *testing.T) {
	if *loadRows == "" && *loadOwn == "" {
		t.Skip("asked for with -load, see make load-motion")
	}
	rows := append(readers(t, *loadRows), readers(t, *loadOwn)...)
	need := uint64(slices.Max(rows) + 1000)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	if limit.Cur < need {
		limit.Cur, limit.Max = need, max(need, limit.Max)
		if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
			t.Fatalf("Il faut %d fichiers ouverts à la fois, et le système en permet moins : lancez « ulimit -n %d » dans ce terminal, puis recommencez.", need, need)
		}
	}
	binary := *loadBinary
	if binary == "" {
		binary = buildCongres(t)
	}
	fmt.Println("readers  server        received/expected     p50 ms   p95 ms   max ms   CPU s/M  driver  keys/frame    MB")
	for i, n := range rows {
		all := []row{measure(t, n, "congres", binary)}
		if i < len(readers(t, *loadRows)) {
			all = append(all, measure(t, n, "hocuspocus", ""), measure(t, n, "y-websocket", ""))
		}
		for _, r := range all {
			fmt.Printf("%7d  %-12s %10d/%-10d %8.1f %8.1f %8.1f %8.2f %7.2f %11.2f %5.0f\n", r.readers, r.server, r.received, r.expected,
				ms(r.p50), ms(r.p95), ms(r.max), r.cpu.Seconds(), r.driver.Seconds(), r.together, float64(r.memory)/1e6)
			if r.received != r.expected || r.doubled > 0 || r.skipped > 0 || len(r.closed) > 0 {
				t.Errorf("%s, %d readers: %d of %d, %d doubled, %d skipped; ended: %v", r.server, n, r.received, r.expected, r.doubled, r.skipped, few(r.closed))
			}
		}
		if len(all) > 1 {
			a, b, c := all[0], all[1], all[2]
			fmt.Printf("         to the better: p95 × %.2f, CPU × %.2f, memory × %.2f\n",
				ms(a.p95)/min(ms(b.p95), ms(c.p95)), a.cpu.Seconds()/min(b.cpu, c.cpu).Seconds(), float64(a.memory)/float64(min(b.memory, c.memory)))
		}
	}
}

func readers(t *testing.T, list string) (rows []int) {
	for s := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' }) {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			t.Fatalf("%q is no number of readers", s)
		}
		rows = append(rows, n)
	}
	return rows
}

func ms(d time.Duration) float64 { return float64(d) / 1e6 }

func few(list []string) []string { return list[:min(5, len(list))] }

// measure runs one server under one crowd.
func measure(t *testing.T, readers int, server, binary string) row {
	t.Helper()
	const sec = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
	var p *process
	var c *crowd
	ask := []byte{0, 0, 1, 0} // sync step 1: we know nothing
	switch server {
	case "congres":
		h := newHouse(t)
		p = h.serve(t, binary, "127.0.0.1:0")
		c = newCrowd(t, p.addr, "GET /motion/"+h.motion+"/sync HTTP/1.1\r\nHost: "+p.addr+"\r\nCookie: "+cookieName+"="+h.session+"\r\n"+sec+"\r\n", nil, ask)
	case "hocuspocus":
		p = servePeer(t, "hocuspocus.mjs", nil)
		// Each message begins with the document's name; the first one
		// authenticates (type 2, token 0, empty).
		c = newCrowd(t, p.addr, "GET / HTTP/1.1\r\nHost: "+p.addr+"\r\n"+sec+"\r\n", []byte("\x06motion"), []byte{2, 0, 0}, ask)
	case "y-websocket":
		p = servePeer(t, "node_modules/@y/websocket-server/src/server.js", nil)
		c = newCrowd(t, p.addr, "GET /motion HTTP/1.1\r\nHost: "+p.addr+"\r\n"+sec+"\r\n", nil, ask)
	}
	defer p.kill()
	r := row{readers: readers, server: server}
	if err := c.join(readers, loadWriters); err != nil {
		t.Fatalf("%s: %v", server, err)
	}
	go c.listen()
	ctx, cancel := context.WithCancel(t.Context())
	var typing sync.WaitGroup
	for w := range loadWriters {
		typing.Go(func() {
			for ctx.Err() == nil {
				// Half a pause at least, one and a half at most.
				time.Sleep(loadPause/2 + rand.N(loadPause))
				if err := c.key(w); err != nil {
					t.Errorf("%s: writer %d: %v", server, w, err)
					return
				}
			}
		})
	}
	time.Sleep(3 * time.Second) // until code and caches are warm
	before, err1 := p.cpu()
	mine := driver()
	c.count()
	time.Sleep(*loadWindow)
	cancel()
	typing.Wait()
	r.expected = c.keys.Load() * int64(readers)
	for wait := time.Now(); c.received.Load() < r.expected && time.Since(wait) < 10*time.Second; {
		time.Sleep(10 * time.Millisecond)
	}
	after, err2 := p.cpu()
	mine = driver() - mine
	var err3 error
	r.memory, err3 = p.memory()
	for _, err := range []error{err1, err2, err3} {
		if err != nil {
			t.Fatal(err)
		}
	}
	c.end()
	r.received, r.doubled, r.skipped, r.closed = c.received.Load(), c.doubled, c.skipped, c.closed
	if slices.Sort(c.late); len(c.late) > 0 {
		r.p50, r.p95, r.max = c.late[len(c.late)/2], c.late[len(c.late)*95/100], c.late[len(c.late)-1]
		r.cpu = (after - before) * 1e6 / time.Duration(len(c.late))
		r.together = float64(len(c.late)) / float64(c.writes)
		r.driver = mine * 1e6 / time.Duration(len(c.late))
	}
	return r
}

// driver is the processor time that this process has used.
func driver() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
