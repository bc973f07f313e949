package room

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

// TestHands: who wrote what is read from the letters that stand, also after a
// checkpoint took the log's place.
func TestHands(t *testing.T) {
	ctx := context.Background()
	log := openStore(t, filepath.Join(t.TempDir(), "congres.db"))
	h := newHub(t, Config{Log: log})
	ops := []ydoc.Op{{Insert: "Titre"}, {Insert: "\n", Attributes: map[string]any{"b": "title|t"}}, {Insert: "Reste"}, {Insert: "\n", Attributes: map[string]any{"b": "paragraph|p"}}}
	if err := h.Seed(ctx, "m", ops, "zoe"); err != nil {
		t.Fatal(err)
	}
	for _, e := range []struct {
		who   string
		at    int
		words string
	}{{"ali", 6, "Un long début. "}, {"zoe", 6, "Non. "}} {
		if err := h.Edit(ctx, "m", e.who, func(d *ydoc.Doc) error { d.Text(motion.Root).Insert(e.at, e.words, nil); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		c, err := h.Copy(ctx, "m")
		if err != nil || !slices.Equal(c.Hands["t"], []string{motion.Machine}) || !slices.Equal(c.Hands["p"], []string{"ali", motion.Machine, "zoe"}) {
			t.Errorf("got %v, %v", c.Hands, err)
		}
		h.Close()
		h = newHub(t, Config{Log: log})
	}
}

// TestBefore: a large deletion gives the text as it was; a small one does not,
// nor does one of letters that are gone already.
func TestBefore(t *testing.T) {
	got := make(chan motion.Copy, 10)
	log := openStore(t, filepath.Join(t.TempDir(), "congres.db"))
	h := newHub(t, Config{Log: log, Before: func(_ context.Context, c motion.Copy, author string) {
		if author != "zoe" {
			t.Errorf("by %q", author)
		}
		got <- c
	}})
	p := join(t, h, 7, Member{Person: "zoe", Ack: true})
	long := strings.Repeat("mot ", 250)
	p.must(p.write(long))
	deleted := func(n int) []byte {
		u := p.doc.Transact(func() { p.doc.Text(motion.Root).Delete(0, n) })
		return frameSync(syncUpdate, u)
	}
	p.must(deleted(large - 1))
	p.until(func() bool { return p.acked >= 3 })
	last := deleted(large)
	p.must(last)
	p.must(last)
	p.until(func() bool { return p.acked >= 5 })
	h.Close()
	if len(got) != 1 {
		t.Fatalf("told %d times", len(got))
	}
	if c := <-got; motion.Parse(c.Ops).String() != long[large-1:]+"\n" {
		t.Errorf("got %q", motion.Parse(c.Ops).String())
	}
}
