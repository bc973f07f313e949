package room

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

func TestTwoConverge(t *testing.T) {
	h := newHub(t, Config{})
	a := join(t, h, 11, Member{Person: "zoé"})
	b := join(t, h, 12, Member{Person: "ali"})
	a.must(a.write("Bonjour "))
	b.must(b.write("à tous. "))
	a.until(func() bool { return a.acked == a.sent && strings.Contains(a.text(), "tous") })
	b.until(func() bool { return b.acked == b.sent && strings.Contains(b.text(), "Bonjour") })
	if a.text() != b.text() {
		t.Errorf("got %q and %q", a.text(), b.text())
	}
	late := join(t, h, 13, Member{Person: "léa"})
	late.until(func() bool { return late.text() == a.text() })
	got, err := h.Text(context.Background(), "doc")
	if err != nil || got.String() != a.text()+"\n" {
		t.Errorf("got %q, %v; want %q", got, err, a.text())
	}
}

// A gate is a log whose pushes wait, or fail.
type gate struct {
	store.Log
	mu      sync.Mutex
	open    chan struct{} // nil: open
	err     error
	pushes  int
	entries int
}

func (g *gate) Push(ctx context.Context, doc string, e []store.Entry) (uint64, error) {
	g.mu.Lock()
	open, err := g.open, g.err
	g.pushes++
	g.entries += len(e)
	g.mu.Unlock()
	if open != nil {
		select {
		case <-open:
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
	if err != nil {
		return 0, err
	}
	return g.Log.Push(ctx, doc, e)
}

func TestKeptBeforeShown(t *testing.T) {
	g := &gate{Log: openStore(t, filepath.Join(t.TempDir(), "congres.db")), open: make(chan struct{})}
	h := newHub(t, Config{Log: g})
	a := join(t, h, 11, Member{Person: "zoé"})
	b := join(t, h, 12, Member{Person: "ali"})
	for i := range 10 {
		a.must(a.write(fmt.Sprint(i)))
	}
	// Whatever b may be sent is queued by now: the room answered a's frames.
	for len(b.pipe.out) > 0 {
		b.take()
	}
	c := join(t, h, 13, Member{Person: "léa"})
	for len(c.pipe.out) > 0 {
		c.take()
	}
	if b.text() != "" || c.text() != "" || a.acked > 1 {
		t.Fatalf("shown before it was kept: %q, %q, acked %d", b.text(), c.text(), a.acked)
	}
	close(g.open)
	a.until(func() bool { return a.acked == a.sent })
	b.until(func() bool { return b.text() == "0123456789" })
	c.until(func() bool { return c.text() == "0123456789" })
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.pushes > 2 {
		t.Errorf("10 updates that waited together took %d pushes", g.pushes)
	}
}

func TestStoreFails(t *testing.T) {
	g := &gate{Log: openStore(t, filepath.Join(t.TempDir(), "congres.db")), err: store.ErrReadOnly}
	reported := make(chan error, 10)
	h := newHub(t, Config{Log: g, Report: func(_ string, err error) { reported <- err }})
	a := join(t, h, 11, Member{Person: "zoé"})
	b := join(t, h, 12, Member{Person: "ali"})
	a.must(a.write("perdu ?"))
	for _, p := range []*page{a, b} {
		if why := p.ended(); why == nil || why.Code != Failed || !why.Reconnect() {
			t.Errorf("got %v, want %d", why, Failed)
		}
	}
	if b.text() != "" || a.acked != 0 {
		t.Errorf("shown %q, acked %d, though not kept", b.text(), a.acked)
	}
	if err := <-reported; !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("reported %v", err)
	}
	g.mu.Lock()
	g.err = nil
	g.mu.Unlock()
	// The page comes back with its document, and gives what is missing.
	a.pipe = newPipe()
	again, err := h.Join(context.Background(), "doc", Member{Person: "zoé", Ack: true}, a.pipe)
	if err != nil {
		t.Fatal(err)
	}
	a.conn, a.acked, a.sent, a.over = again, 0, 0, false
	a.until(func() bool { return a.sent == 1 && a.acked == 1 })
	if got, _ := h.Text(context.Background(), "doc"); got.String() != "perdu ?\n" {
		t.Errorf("got %q", got)
	}
}

func TestRefusedFrames(t *testing.T) {
	update := func() []byte {
		d := ydoc.New(77)
		return d.Transact(func() { d.Text(motion.Root).Insert(0, "mot", nil) })
	}()
	v2, err := ydoc.ToV2(update)
	if err != nil {
		t.Fatal(err)
	}
	long := func() []byte {
		d := ydoc.New(78)
		return d.Transact(func() { d.Text(motion.Root).Insert(0, strings.Repeat("a", 200_000), nil) })
	}()
	for _, tt := range []struct {
		name  string
		frame []byte
		code  int
	}{
		{"empty", nil, Malformed},
		{"unknown message", []byte{42}, Malformed},
		{"unknown step", []byte{0, 3, 0}, Malformed},
		{"no update", []byte{0, 2}, Malformed},
		{"length beyond the end", []byte{0, 2, 200, 1}, Malformed},
		{"not an update", []byte{0, 2, 3, 0xff, 0xff, 0xff}, Malformed},
		{"truncated", frameSync(syncUpdate, update)[:len(update)], Malformed},
		{"truncated update", frameSync(syncUpdate, update[:len(update)-3]), Malformed},
		{"format v2", frameSync(syncUpdate, v2), Malformed},
		{"something behind the update", frameSync(syncUpdate, append(slices.Clip(update), 0)), Malformed},
		{"something behind", append(frameSync(syncUpdate, update), 0), Malformed},
		{"state vector", []byte{0, 0, 2, 5, 5}, Malformed},
		{"presence is no object", frameAwareness(append([]byte{1, 5, 1, 2}, "12"...)), Malformed},
		{"presence is cut", frameAwareness([]byte{1, 5, 1, 20, '{'}), Malformed},
		{"oversized", make([]byte, MaxFrame+1), Full},
		{"over the document's limit", frameSync(syncUpdate, long), Full},
	} {
		t.Run(tt.name, func(t *testing.T) {
			log := openStore(t, filepath.Join(t.TempDir(), "congres.db"))
			h := newHub(t, Config{Log: log, MaxSize: 100_000})
			a := join(t, h, 11, Member{Person: "zoé"})
			err := a.conn.Receive(tt.frame)
			var why *Close
			if !errors.As(err, &why) || why.Code != tt.code || why.Reconnect() {
				t.Fatalf("got %v, want %d", err, tt.code)
			}
			if got := a.ended(); got == nil || got.Code != tt.code {
				t.Errorf("ended with %v", got)
			}
			if err := a.conn.Receive(frameSync(syncUpdate, update)); err == nil {
				t.Error("it may go on")
			}
			if _, list, _ := log.Pull(context.Background(), "doc", 0, 0); len(list) > 0 {
				t.Errorf("%d entries were kept", len(list))
			}
		})
	}
}

func TestReadOnly(t *testing.T) {
	h := newHub(t, Config{Rights: func(_, person string) (bool, bool, string) {
		return person != "visiteur", person == "zoé", "Cette motion est figée."
	}})
	a := join(t, h, 11, Member{Person: "zoé"})
	a.must(a.write("Lisez."))
	b := join(t, h, 12, Member{Person: "ali"})
	b.until(func() bool { return b.text() == "Lisez." })
	err := b.conn.Receive(b.write("Et moi"))
	var why *Close
	if !errors.As(err, &why) || why.Code != Refused || why.Reason != "Cette motion est figée." {
		t.Errorf("got %v", err)
	}
	if b.ended(); len(b.auth) != 1 || b.auth[0] != "Cette motion est figée." {
		t.Errorf("said %q", b.auth)
	}
	c := join(t, h, 13, Member{Person: "zoé", ReadOnly: true})
	if err := c.conn.Receive(c.write("x")); !errors.As(err, &why) || why.Code != Refused {
		t.Errorf("a read-only page of a writer: got %v", err)
	}
	if _, err := h.Join(context.Background(), "doc", Member{Person: "visiteur"}, newPipe()); !errors.As(err, &why) || why.Code != Refused {
		t.Errorf("a visitor: got %v", err)
	}
	if got, _ := h.Text(context.Background(), "doc"); got.String() != "Lisez.\n" {
		t.Errorf("got %q", got)
	}
	// What a page of a reader does by itself does not end it, and it is told that
	// nothing of it waits.
	strong := a.doc.Transact(func() { a.doc.Text(motion.Root).Format(0, 5, map[string]any{"strong": true}) })
	a.sent++
	a.must(frameSync(syncUpdate, strong))
	a.until(func() bool { return a.acked == a.sent })
	d := join(t, h, 14, Member{Person: "ali"})
	d.until(func() bool { return d.text() == "Lisez." && d.acked == 1 })
	d.must(frameSync(syncStep2, []byte{0, 0}))
	d.must(frameSync(syncUpdate, []byte{0, 1, 11, 1, 6, 1})) // the mark where « Lisez » becomes strong
	d.until(func() bool { return d.acked == 3 })
	// Letters that it brings or takes away do, in whatever frame they come.
	brought := ydoc.New(15)
	brought.Text(motion.Root).Insert(0, "Mes mots d’hier", map[string]any{})
	mine, _ := brought.Update(nil)
	taken := d.doc.Transact(func() { d.doc.Text(motion.Root).Delete(0, 1) })
	for name, frame := range map[string][]byte{"words of a page that was away": frameSync(syncStep2, mine), "letters gone": frameSync(syncStep2, taken),
		"letters gone now": frameSync(syncUpdate, taken)} {
		e := join(t, h, 16, Member{Person: "ali"})
		err := e.conn.Receive(frame)
		if !errors.As(err, &why) || why.Code != Refused {
			t.Errorf("%s: %v", name, err)
		}
		if e.ended(); len(e.auth) != 1 {
			t.Errorf("%s: said %q", name, e.auth)
		}
	}
	if got, _ := h.Ops(context.Background(), "doc"); len(got) != 2 || got[0].Insert != "Lisez" {
		t.Errorf("got %v", got)
	}
}

func TestIdentities(t *testing.T) {
	h := newHub(t, Config{})
	a := join(t, h, 11, Member{Person: "zoé"})
	a.must(a.write("à moi"))
	a.until(func() bool { return a.acked == a.sent })
	thief := join(t, h, 11, Member{Person: "ali"})
	thief.until(func() bool { return thief.text() == "à moi" })
	err := thief.conn.Receive(thief.write(" et à toi"))
	var why *Close
	if !errors.As(err, &why) || why.Code != Refused {
		t.Errorf("got %v", err)
	}
	// The same words again, as an honest page may bring them, are nothing new.
	b := join(t, h, 12, Member{Person: "ali"})
	b.until(func() bool { return b.text() == "à moi" })
	whole, _ := a.doc.Update(nil)
	b.must(frameSync(syncUpdate, whole))
}

func TestSlowReader(t *testing.T) {
	h := newHub(t, Config{})
	slow := joinBy(t, h, 12, Member{Person: "ali"}, &pipe{out: make(chan []byte, 8)})
	a := join(t, h, 11, Member{Person: "zoé"})
	for range 20 {
		a.must(a.write("mot "))
		a.until(func() bool { return a.acked == a.sent })
	}
	n := 0
	for range slow.pipe.out {
		n++
	}
	if c := slow.pipe.why; c == nil || c.Code != TooSlow || !c.Reconnect() || n != 8 {
		t.Errorf("got %v after %d frames", c, n)
	}
}

func TestRestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "congres.db")
	log := openStore(t, path)
	var mu sync.Mutex
	snapshots := map[uint64]store.Hash{}
	config := Config{Log: log, Entries: 7, Snapshot: func(_ context.Context, doc string, n uint64, hash store.Hash) error {
		mu.Lock()
		defer mu.Unlock()
		snapshots[n] = hash
		return nil
	}}
	h := newHub(t, config)
	a := join(t, h, 11, Member{Person: "zoé"})
	a.until(func() bool { return a.acked == 1 })
	want := ""
	for i := range 20 {
		want += fmt.Sprint(i, " ")
		a.must(a.write(fmt.Sprint(i, " ")))
		a.until(func() bool { return a.acked == a.sent })
	}
	h.Close()
	if why := a.ended(); why == nil || why.Code != Stopping || !why.Reconnect() {
		t.Errorf("ended with %v", why)
	}
	c, list, err := log.Pull(context.Background(), "doc", 0, 0)
	if err != nil || c.Number < 14 || len(list) != 20-int(c.Number) || c.Clients[11] != "zoé" {
		t.Errorf("checkpoint %d by %v and %d entries, %v", c.Number, c.Clients, len(list), err)
	}
	if h, ok := snapshots[c.Number]; !ok || h == (store.Hash{}) {
		t.Errorf("checkpoint %d was not noted", c.Number)
	}
	if _, err := h.Join(context.Background(), "doc", Member{}, newPipe()); err == nil {
		t.Error("a closed hub opens")
	}
	h = newHub(t, config)
	b := join(t, h, 12, Member{Person: "ali"})
	b.until(func() bool { return b.text() == want })
	thief := join(t, h, 11, Member{Person: "ali"})
	thief.until(func() bool { return thief.text() == want })
	if err := thief.conn.Receive(thief.write("x")); err == nil {
		t.Error("who was whom is forgotten")
	}
}

// Two hubs on one log are two nodes.
func TestNodes(t *testing.T) {
	log := openStore(t, filepath.Join(t.TempDir(), "congres.db"))
	h1, h2 := newHub(t, Config{Log: log, Entries: 5}), newHub(t, Config{Log: log, Entries: 5})
	a := join(t, h1, 11, Member{Person: "zoé"})
	b := join(t, h2, 12, Member{Person: "ali"})
	for range 12 {
		a.must(a.write("a"))
		b.must(b.write("b"))
	}
	whole := func(p *page) func() bool { return func() bool { return len(p.text()) == 24 && p.acked == p.sent } }
	a.until(whole(a))
	b.until(whole(b))
	if a.text() != b.text() {
		t.Errorf("got %q and %q", a.text(), b.text())
	}
}

func TestConverge(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	log := openStore(t, filepath.Join(t.TempDir(), "congres.db"))
	hubs := []*Hub{newHub(t, Config{Log: log, Entries: 40}), newHub(t, Config{Log: log, Entries: 40})}
	var pages []*page
	for i := range 6 {
		pages = append(pages, join(t, hubs[i%2], uint64(100+i), Member{Person: fmt.Sprint(i)}))
	}
	for range 600 {
		p := pages[rng.IntN(len(pages))]
		for len(p.pipe.out) > 0 && rng.IntN(3) > 0 {
			p.take()
		}
		text := p.doc.Text(motion.Root)
		u := p.doc.Transact(func() {
			switch at := rng.IntN(text.Len() + 1); rng.IntN(4) {
			case 0:
				text.Delete(at, rng.IntN(4))
			case 1:
				text.Format(rng.IntN(text.Len()+1), min(rng.IntN(5), text.Len()), map[string]any{"strong": true})
			default:
				text.Insert(at, string(rune('a'+rng.IntN(26))), map[string]any{})
			}
		})
		if u != nil {
			p.sent++
			p.must(frameSync(syncUpdate, u))
		}
	}
	for _, p := range pages {
		p.until(func() bool { return p.acked == p.sent })
	}
	want := hubs[0].clocks(t)
	for i, p := range pages {
		p.until(func() bool { return maps.Equal(p.doc.Clocks(), want) })
		// Deletions are in no clock: ask for the rest.
		p.must(frameSync(syncStep1, p.doc.StateVector()))
		p.must([]byte{messageQuery})
		n := len(p.heard)
		p.until(func() bool { return len(p.heard) > n })
		if got := p.text(); got != pages[0].text() {
			t.Errorf("page %d: got %q, want %q", i, got, pages[0].text())
		}
	}
}

// clocks are those of all that is in the log.
func (h *Hub) clocks(t *testing.T) map[uint64]uint64 {
	r, err := load(context.Background(), h.config.Log, "doc")
	if err != nil {
		t.Fatal(err)
	}
	return r.doc.Clocks()
}

func TestSeedAndEdit(t *testing.T) {
	log := openStore(t, filepath.Join(t.TempDir(), "congres.db"))
	h := newHub(t, Config{Log: log})
	ctx := context.Background()
	ops := []ydoc.Op{{Insert: "Titre"}, {Insert: "\n", Attributes: map[string]any{"b": "title|t"}}, {Insert: "secret"}}
	if err := h.Seed(ctx, "doc", ops, "zoé"); err != nil {
		t.Fatal(err)
	}
	if err := h.Seed(ctx, "doc", ops, "zoé"); !errors.Is(err, ErrSeeded) {
		t.Errorf("seeded twice: %v", err)
	}
	a := join(t, h, 11, Member{Person: "ali"})
	a.until(func() bool { return a.text() == "Titre\nsecret" })
	err := h.Edit(ctx, "doc", "", func(d *ydoc.Doc) error {
		d.Text(motion.Root).ApplyDelta([]ydoc.Op{{Retain: 6}, {Insert: "effacé"}, {Delete: 6}})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	a.until(func() bool { return a.text() == "Titre\neffacé" })
	c, list, err := log.Pull(ctx, "doc", 0, 0)
	if err != nil || len(list) > 0 || strings.Contains(string(c.State), "secret") {
		t.Errorf("the log still holds it: %d entries, %q, %v", len(list), c.State, err)
	}
	if err := h.Edit(ctx, "doc", "", func(*ydoc.Doc) error { return errors.ErrUnsupported }); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("got %v", err)
	}
	if got, err := h.Text(ctx, "autre"); err != nil || len(got.Blocks) != 0 {
		t.Errorf("an empty document: %v, %v", got, err)
	}
}

// What people write while words are taken out is not lost, and the words are
// in no file of the log.
func TestRedact(t *testing.T) {
	log := openStore(t, filepath.Join(t.TempDir(), "congres.db"))
	h := newHub(t, Config{Log: log})
	ctx := context.Background()
	if err := h.Seed(ctx, "doc", []ydoc.Op{{Insert: "« "}, {Insert: "secret", Attributes: map[string]any{"cite--c@1:0-6": true}}, {Insert: " » (Zoé). "}}, "zoé"); err != nil {
		t.Fatal(err)
	}
	a := join(t, h, 11, Member{Person: "ali"})
	a.until(func() bool { return strings.Contains(a.text(), "secret") })
	a.must(a.write("Suite."))
	if err := h.Redact(ctx, "doc", map[string]bool{"c": true}); err != nil {
		t.Fatal(err)
	}
	want := "« [propos effacé] » (contribution effacée). Suite."
	a.until(func() bool { return a.text() == want })
	c, list, err := log.Pull(ctx, "doc", 0, 0)
	if err != nil || len(list) > 0 || strings.Contains(string(c.State), "secret") || strings.Contains(string(c.State), "Zoé") {
		t.Errorf("the log still holds it: %d entries, %q, %v", len(list), c.State, err)
	}
}

// TestCited: whoever still sees erased words and cites them does not bring them
// back.
func TestCited(t *testing.T) {
	var h *Hub
	calls := make(chan string, 100)
	h = newHub(t, Config{Cited: func(ctx context.Context, doc string) {
		calls <- doc
		var closed *Close // as the test ends
		if err := h.Redact(ctx, doc, map[string]bool{"c": true}); err != nil && ctx.Err() == nil && !errors.As(err, &closed) {
			t.Error(err)
		}
	}})
	a := join(t, h, 11, Member{Person: "ali", Ack: true})
	a.must(a.write("Suite."))
	a.until(func() bool { return a.acked == a.sent })
	if len(calls) > 0 {
		t.Error("told of a text that cites nothing")
	}
	cite := func(key string) {
		u := a.doc.Transact(func() {
			a.doc.Text(motion.Root).ApplyDelta([]ydoc.Op{{Insert: "« "}, {Insert: "secret", Attributes: map[string]any{key: true}}, {Insert: " ». "}})
		})
		a.must(frameSync(syncUpdate, u))
	}
	cite("cite--c@1:0-6")
	a.until(func() bool { return a.text() == "« [propos effacé] ». Suite." })
	cite("cite--k@1:0-6")
	a.until(func() bool { return a.text() == "« secret ». « [propos effacé] ». Suite." })
}

func TestDismiss(t *testing.T) {
	h := newHub(t, Config{})
	a := join(t, h, 11, Member{Person: "zoé"})
	b := join(t, h, 12, Member{Person: "ali"})
	h.Dismiss(SignedOut, func(m Member) bool { return m.Person == "zoé" })
	if why := a.ended(); why == nil || why.Code != SignedOut || why.Reconnect() {
		t.Errorf("got %v", why)
	}
	b.must(b.write("là"))
	b.until(func() bool { return b.acked == b.sent })
}

// TestJudge ends who may not read any more, and who could write and may not.
func TestJudge(t *testing.T) {
	var judged atomic.Bool
	h := newHub(t, Config{Rights: func(_, person string) (bool, bool, string) {
		if !judged.Load() {
			return true, person != "lectrice", ""
		}
		return person != "partie", person == "zoé", "Cette motion est figée."
	}})
	zoe, ali := join(t, h, 11, Member{Person: "zoé"}), join(t, h, 12, Member{Person: "ali"})
	reader, gone := join(t, h, 13, Member{Person: "lectrice"}), join(t, h, 14, Member{Person: "partie", ReadOnly: true})
	judged.Store(true)
	h.Judge("")
	if why := ali.ended(); why == nil || why.Code != Refused || why.Reason != "Cette motion est figée." {
		t.Errorf("who could write: %v", why)
	}
	if why := gone.ended(); why == nil || why.Code != Refused || why.Reconnect() {
		t.Errorf("who may not read: %v", why)
	}
	zoe.must(zoe.write("là"))
	reader.until(func() bool { return reader.text() == "là" })
}
