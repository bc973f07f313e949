package room

import (
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
