package room

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/villes-internet/congres/consult/store"
)

// memory is a log in memory whose waits synctest understands.
type memory struct {
	list []store.Entry
	bell chan struct{}
	lock chan struct{}
}

func newMemory() *memory {
	return &memory{bell: make(chan struct{}), lock: make(chan struct{}, 1)}
}

func (m *memory) Push(_ context.Context, _ string, list []store.Entry) (uint64, error) {
	m.lock <- struct{}{}
	defer func() { <-m.lock }()
	for _, e := range list {
		e.Number = uint64(len(m.list) + 1)
		m.list = append(m.list, e)
	}
	close(m.bell)
	m.bell = make(chan struct{})
	return uint64(len(m.list)), nil
}

func (m *memory) Pull(_ context.Context, _ string, after uint64, _ int) (store.Checkpoint, []store.Entry, error) {
	m.lock <- struct{}{}
	defer func() { <-m.lock }()
	return store.Checkpoint{}, append([]store.Entry{}, m.list[after:]...), nil
}

func (m *memory) Checkpoint(context.Context, string, store.Checkpoint) error { return nil }

func (m *memory) Await(ctx context.Context, _ string, after uint64) error {
	for {
		m.lock <- struct{}{}
		n, bell := uint64(len(m.list)), m.bell
		<-m.lock
		if n > after {
			return nil
		}
		select {
		case <-bell:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func TestIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := New(Config{Log: newMemory(), Rights: anyone, Idle: time.Minute})
		c, err := h.Join(t.Context(), "doc", Member{Person: "zoé"}, newPipe())
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Minute)
		if n := open(h); n != 1 {
			t.Errorf("%d rooms are open while somebody is there", n)
		}
		c.Leave()
		room, err := h.Open(t.Context(), "doc")
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Minute)
		if n := open(h); n != 0 {
			t.Errorf("%d rooms are open though nobody is there", n)
		}
		if _, err := room.Join(Member{Person: "zoé"}, newPipe()); !errors.Is(err, ErrClosed) {
			t.Errorf("joining a closed room: %v", err)
		}
		if _, err := h.Join(t.Context(), "doc", Member{Person: "zoé"}, newPipe()); err != nil {
			t.Errorf("joining again: %v", err)
		}
		h.Close()
	})
}

func TestBounded(t *testing.T) {
	h := newHub(t, Config{Rooms: 2, Members: 1})
	ctx := context.Background()
	for _, doc := range []string{"a", "b"} {
		if _, err := h.Join(ctx, doc, Member{}, newPipe()); err != nil {
			t.Fatal(err)
		}
	}
	var why *Close
	for _, doc := range []string{"a", "c"} {
		if _, err := h.Join(ctx, doc, Member{}, newPipe()); !errors.As(err, &why) || why.Code != Crowded || !why.Reconnect() {
			t.Errorf("%s: got %v", doc, err)
		}
	}
}

// A store that never answers does not keep a server from stopping.
func TestCloseForced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := &gate{Log: newMemory(), open: make(chan struct{})}
		h := New(Config{Log: g, Rights: anyone, Grace: 3 * time.Second})
		a := join(t, h, 11, Member{Person: "zoé"})
		a.must(a.write("mot"))
		begin := time.Now()
		h.Close()
		if d := time.Since(begin); d != 3*time.Second {
			t.Errorf("took %v", d)
		}
		if why := a.ended(); why == nil || why.Code != Stopping {
			t.Errorf("ended with %v", why)
		}
	})
}

func TestReasons(t *testing.T) {
	for _, code := range []int{Stopping, Crowded, Malformed, SignedOut, Refused, TooSlow, Full, Failed} {
		if c := ending(code, ""); c.Reason == "" || len(c.Reason) > 123 {
			t.Errorf("%d: %q has %d bytes", code, c.Reason, len(c.Reason))
		}
	}
	long := ending(Refused, "é"+string(make([]byte, 200)))
	if len(long.Reason) > 123 {
		t.Errorf("%d bytes", len(long.Reason))
	}
}

func open(h *Hub) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.rooms)
}
