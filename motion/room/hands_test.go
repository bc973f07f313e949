package room

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
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

// TestHandsOfCopies: letters that an editor says are copies of others are still
// their first author's, whoever wrote the copy and however often.
func TestHandsOfCopies(t *testing.T) {
	ctx := context.Background()
	h := newHub(t, Config{})
	ops := []ydoc.Op{{Insert: "Les mots du projet"}, {Insert: "\n", Attributes: map[string]any{"b": "paragraph|p"}}}
	if err := h.Seed(ctx, "doc", ops, "zoe"); err != nil {
		t.Fatal(err)
	}
	p := join(t, h, 0x23, Member{Person: "nolwenn"})
	p.until(func() bool { return strings.HasPrefix(p.text(), "Les mots") })
	act := func(fn func(*ydoc.Text)) {
		u := p.doc.Transact(func() { fn(p.doc.Text(motion.Root)) })
		p.must(frameSync(syncUpdate, u))
	}
	says := func(key, runs string) {
		p.must(frameSync(syncUpdate, entry(0x99, p.doc.Clock(0x99), copiesRoot, key, runs)))
		if err := p.doc.Apply(entry(0x99, p.doc.Clock(0x99), copiesRoot, key, runs)); err != nil {
			t.Fatal(err)
		}
	}
	hands := func() []string {
		t.Helper()
		c, err := h.Copy(ctx, "doc")
		if err != nil {
			t.Fatal(err)
		}
		return c.Hands["p"]
	}
	act(func(x *ydoc.Text) { x.Delete(0, 18) })
	act(func(x *ydoc.Text) { x.Insert(0, "Les mots du projet", map[string]any{}) }) // 0x23:0+18, « z » is 35
	p.until(func() bool { return p.acked >= 3 })
	if got := hands(); !slices.Equal(got, []string{"nolwenn"}) {
		t.Errorf("without a record: %v", got)
	}
	says("k", "z:0+8=1:0;z:8+5=1:8") // thirteen letters of eighteen
	act(func(x *ydoc.Text) { x.Delete(0, 4) })
	act(func(x *ydoc.Text) { x.Insert(0, "Les ", map[string]any{}) }) // 0x23:18+4
	says("l", "z:i+4=z:0;z:i+1;autre=;z:1+0=1:1")                     // and what says nothing
	p.until(func() bool { return p.acked >= 7 })
	if got := hands(); !slices.Equal(got, []string{motion.Machine, "nolwenn"}) {
		t.Errorf("got %v", got)
	}
	c, _ := h.Copy(ctx, "doc")
	if want := []motion.Hand{{By: motion.Machine, N: 13}, {By: "nolwenn", N: 5}, {By: motion.Machine, N: 1}}; !slices.Equal(c.Letters, want) {
		t.Errorf("got %v, want %v", c.Letters, want)
	}
	circles := copies{1: {{0, 5, ydoc.ID{Client: 2, Clock: 0}}}, 2: {{0, 5, ydoc.ID{Client: 1, Clock: 0}}}}
	if _, n := circles.root(ydoc.ID{Client: 1, Clock: 2}, 9); n != 3 {
		t.Errorf("got %d", n)
	}
}

// entry is an update by which a client sets a string in a root map.
func entry(client, clock uint64, root, key, value string) []byte {
	b := binary.AppendUvarint([]byte{1, 1}, client)
	b = append(binary.AppendUvarint(b, clock), 0x28, 1)
	for _, s := range []string{root, key} {
		b = append(binary.AppendUvarint(b, uint64(len(s))), s...)
	}
	b = append(b, 1, 0x77)
	return append(append(binary.AppendUvarint(b, uint64(len(value))), value...), 0)
}

// TestRewrite: letters that a version brings back stay theirs who wrote them.
func TestRewrite(t *testing.T) {
	ctx := context.Background()
	log := openStore(t, filepath.Join(t.TempDir(), "congres.db"))
	h := newHub(t, Config{Log: log})
	ops := []ydoc.Op{{Insert: "Le projet"}, {Insert: "\n", Attributes: map[string]any{"b": "paragraph|p"}}}
	if err := h.Seed(ctx, "m", ops, "zoe"); err != nil {
		t.Fatal(err)
	}
	edit := func(who string, fn func(*ydoc.Text)) {
		t.Helper()
		if err := h.Edit(ctx, "m", who, func(d *ydoc.Doc) error { fn(d.Text(motion.Root)); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	edit("ali", func(x *ydoc.Text) { x.Insert(9, " de la commune 😀 entière", map[string]any{}) })
	then, err := h.Copy(ctx, "m")
	if err != nil {
		t.Fatal(err)
	}
	edit("bea", func(x *ydoc.Text) { x.Delete(0, 30); x.Insert(0, "Rien", map[string]any{}) })
	refused := errors.New("no")
	if err := h.Rewrite(ctx, "m", func([]ydoc.Op) ([]motion.Edit, error) { return nil, refused }); !errors.Is(err, refused) {
		t.Errorf("got %v", err)
	}
	back := func(now []ydoc.Op) ([]motion.Edit, error) { return then.Back(&motion.Copy{Ops: now}, nil, "bea"), nil }
	if err := h.Rewrite(ctx, "m", back); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		c, err := h.Copy(ctx, "m")
		if err != nil || !motion.SameOps(c.Ops, then.Ops) || !slices.Equal(c.Hands["p"], []string{"ali", motion.Machine}) || !slices.Equal(c.Letters, then.Letters) {
			t.Errorf("got %v %v %v, %v", c.Ops, c.Hands, c.Letters, err)
		}
		h.Close()
		h = newHub(t, Config{Log: log})
	}
	if err := h.Rewrite(ctx, "m", back); err != nil { // nothing to change
		t.Fatal(err)
	}
}

// TestRewriteLeavesNothingOfAnother: whatever another has written among the words
// of a version, taken away, or put in their place, what is put back is all its own
// writers', so that nothing of it is the other's to take back.
func TestRewriteLeavesNothingOfAnother(t *testing.T) {
	ctx := context.Background()
	words := strings.Fields("nous demandons un guichet ouvert le samedi et la cantine du village pour une école en ville")
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 4))
		sentence := func() string {
			list := make([]string, 3+r.IntN(7))
			for i := range list {
				list[i] = words[r.IntN(len(words))]
			}
			s := strings.Join(list, " ") + "."
			return strings.ToUpper(s[:1]) + s[1:]
		}
		newline := func(id string) ydoc.Op {
			return ydoc.Op{Insert: "\n", Attributes: map[string]any{"b": "paragraph|" + id}}
		}
		var ops []ydoc.Op
		for i := range 1 + r.IntN(5) {
			ops = append(ops, ydoc.Op{Insert: sentence() + " " + sentence()}, newline(fmt.Sprint("p", i)))
		}
		h := newHub(t, Config{})
		if err := h.Seed(ctx, "m", ops, "zoe"); err != nil {
			t.Fatal(err)
		}
		then, err := h.Copy(ctx, "m")
		if err != nil {
			t.Fatal(err)
		}
		for i := range 1 + r.IntN(8) {
			err := h.Edit(ctx, "m", "bea", func(d *ydoc.Doc) error {
				x := d.Text(motion.Root)
				n := x.Len()
				if n == 0 {
					return nil
				}
				switch at := r.IntN(n); r.IntN(4) {
				case 0:
					x.Delete(at, min(n-at, 1+r.IntN(40)))
				case 1:
					x.ApplyDelta([]ydoc.Op{{Retain: at}, {Insert: sentence()}, newline(fmt.Sprint("n", i))})
				case 2:
					x.Insert(at, " "+words[r.IntN(len(words))], map[string]any{})
				default:
					x.Insert(at, sentence(), map[string]any{})
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		before, err := h.Copy(ctx, "m")
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Rewrite(ctx, "m", func([]ydoc.Op) ([]motion.Edit, error) { return then.Back(&before, nil, "bea"), nil }); err != nil {
			t.Fatal(err)
		}
		got, err := h.Copy(ctx, "m")
		if err != nil || !motion.SameOps(got.Ops, then.Ops) || !slices.Equal(got.Letters, then.Letters) {
			t.Errorf("seed %d: got %v by %v, %v, want %v by %v", seed, got.Ops, got.Letters, err, then.Ops, then.Letters)
		}
	}
}

// TestBefore: a large deletion gives the text as it was; a small one does not,
// nor does one of letters that are gone already, or that stand elsewhere now.
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
	p.must(frameSync(syncUpdate, p.doc.Transact(func() {
		text := p.doc.Text(motion.Root)
		text.Insert(text.Len()-1, text.String()[:large+1], nil)
		text.Delete(0, large+1)
	})))
	p.until(func() bool { return p.acked >= 4 })
	before := motion.Parse(p.doc.Text(motion.Root).Delta()).String()
	last := deleted(large)
	p.must(last)
	p.must(last)
	p.until(func() bool { return p.acked >= 6 })
	h.Close()
	if len(got) != 1 {
		t.Fatalf("told %d times", len(got))
	}
	if c := <-got; motion.Parse(c.Ops).String() != before {
		t.Errorf("got %q, want %q", motion.Parse(c.Ops).String(), before)
	}
}
