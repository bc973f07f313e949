package room

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

// FuzzReceive: whatever a client sends, the room goes on, and what was kept
// loads again.
func FuzzReceive(f *testing.F) {
	d := ydoc.New(77)
	u := d.Transact(func() { d.Text(motion.Root).Insert(0, "mot\n", map[string]any{"b": "title|t"}) })
	f.Add(frameSync(syncStep1, d.StateVector()), frameSync(syncUpdate, u))
	f.Add(frameSync(syncStep2, u), frameAwareness(encodeAwareness([]spoken{{client: 77, clock: 1, json: []byte(`{"a":1}`)}})))
	f.Add([]byte{messageQuery}, Denied("non"))
	f.Add([]byte{0, 2, 3, 0xff, 0xff, 0xff}, []byte{})
	f.Fuzz(func(t *testing.T, a, b []byte) {
		log := newMemory()
		h := New(Config{Log: log, Rights: anyone, MaxSize: 1 << 20})
		defer h.Close()
		ctx := context.Background()
		c, err := h.Join(ctx, "doc", Member{Person: "zoé"}, newPipe())
		if err != nil {
			t.Fatal(err)
		}
		other, err := h.Join(ctx, "doc", Member{Person: "ali"}, newPipe())
		if err != nil {
			t.Fatal(err)
		}
		for _, frame := range [][]byte{a, b, a} {
			var why *Close
			if err := c.Receive(frame); err != nil && !errors.As(err, &why) {
				t.Fatalf("got %v", err)
			}
		}
		if err := other.Receive([]byte{messageQuery}); err != nil {
			t.Errorf("another's connection: %v", err)
		}
		text, err := h.Text(ctx, "doc")
		if err != nil {
			t.Fatal(err)
		}
		_ = text.Sentences()
		h.Close()
		if _, err := load(ctx, log, "doc"); err != nil {
			t.Errorf("what was kept does not load: %v", err)
		}
	})
}

// FuzzWord: whatever another node tells reads as what it encodes to, or not at
// all, and a room that hears it goes on.
func FuzzWord(f *testing.F) {
	w := word{room: 7, what: wordWhole | wordAsks}
	w.add(told{spoken: spoken{client: 77, clock: 3, json: []byte(`{"cursor":1}`), caret: true, moved: true}, person: "zoé", color: "#1", writes: true})
	w.add(told{spoken: spoken{client: 78, clock: 2}})
	f.Add(w.encode())
	f.Add((&word{room: 7, what: wordEnds}).encode())
	f.Add([]byte{wordVersion, 7, 0, 0xff, 0xff})
	nobody := func(uint64) (string, bool) { return "", false }
	f.Fuzz(func(t *testing.T, b []byte) {
		w, err := parseWord(b)
		if err != nil {
			return
		}
		if again, err := parseWord(w.encode()); err != nil || !bytes.Equal(again.encode(), w.encode()) {
			t.Fatalf("got %v, error %v, want %v", again, err, w)
		}
		p := presence{states: map[uint64]*state{}}
		p.overhear(w, nobody)
		there := len(p.here())
		if there != p.there || there > maxHere {
			t.Errorf("%d people, counted as %d", there, p.there)
		}
		if p.drop(w.room, nil); p.there != 0 {
			t.Errorf("%d people when they left", p.there)
		}
	})
}
