package room

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

// BenchmarkType: a letter typed in a text of 100,000 characters, until twenty
// others have it and its author knows that it is kept (in memory: the store's
// time is not in it).
func BenchmarkType(b *testing.B) { benchmarkType(b, 0) }

// BenchmarkTypeLate is the same where two thousand visits have written before.
func BenchmarkTypeLate(b *testing.B) { benchmarkType(b, 2000) }

func benchmarkType(b *testing.B, visits int) {
	h := New(Config{Log: newMemory(), Rights: anyone, Members: 50})
	defer h.Close()
	ops := []ydoc.Op{{Insert: strings.Repeat("Considérant que tout se tient. ", 3300)}}
	if err := h.Seed(b.Context(), "doc", ops, "zoé"); err != nil {
		b.Fatal(err)
	}
	for i := range visits {
		d := ydoc.New(uint64(1000 + i))
		u := d.Transact(func() { d.Text(motion.Root).Insert(0, "x", nil) })
		r, err := h.Open(b.Context(), "doc")
		if err != nil {
			b.Fatal(err)
		}
		if err := r.wait(b.Context(), func(done func(error)) { r.queue(&item{author: "zoé", update: u, done: done}) }); err != nil {
			b.Fatal(err)
		}
	}
	a := join(b, h, 11, Member{Person: "zoé"})
	a.until(func() bool { return a.text() != "" && a.acked == 1 })
	var others []*pipe
	for range 20 {
		p := newPipe()
		if _, err := h.Join(b.Context(), "doc", Member{Person: "ali"}, p); err != nil {
			b.Fatal(err)
		}
		<-p.out
		others = append(others, p)
	}
	for b.Loop() {
		u := a.doc.Transact(func() { a.doc.Text(motion.Root).Insert(5, "x", nil) })
		a.sent++
		a.must(frameSync(syncUpdate, u))
		for _, p := range others {
			<-p.out
		}
		a.until(func() bool { return a.acked == a.sent })
	}
}

// BenchmarkCaret: a caret moves, until twenty others are shown it, where there
// are no other nodes, where there could be, and where there is one.
func BenchmarkCaret(b *testing.B) {
	for _, c := range []struct {
		name  string
		nodes int
		wired bool
	}{{"no wire", 1, false}, {"alone", 1, true}, {"two nodes", 2, true}} {
		b.Run(c.name, func(b *testing.B) {
			s := openStore(b, filepath.Join(b.TempDir(), "congres.db"))
			var hubs []*Hub
			for range c.nodes {
				config := Config{Log: s}
				if c.wired {
					config.Wire = s
				}
				hubs = append(hubs, newHub(b, config))
			}
			others := make([]*page, 20)
			for i := range others {
				others[i] = join(b, hubs[i%c.nodes], uint64(100+i), Member{Person: "ali"})
			}
			a := join(b, hubs[0], 11, Member{Person: "zoé"})
			clock := uint64(0)
			for b.Loop() {
				clock++
				a.says(11, clock, at(int(clock)))
				for _, p := range others {
					p.sees(11, int(clock))
					p.heard = nil
				}
			}
		})
	}
}
