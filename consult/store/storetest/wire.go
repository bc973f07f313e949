package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult/store"
)

// A Listener hears one topic.
type Listener struct {
	t     testing.TB
	words <-chan []byte
}

// Listen listens, and returns once it is certain to hear what is told.
func Listen(t testing.TB, ctx context.Context, w store.Wire, topic string) *Listener {
	t.Helper()
	words, err := w.Listen(ctx, topic)
	if err != nil {
		t.Fatal(err)
	}
	l := &Listener{t, words}
	l.Hears("")
	return l
}

// next is the next word; false when listening has ended.
func (l *Listener) next() (string, bool) {
	l.t.Helper()
	select {
	case word, ok := <-l.words:
		return string(word), ok
	case <-time.After(30 * time.Second):
		l.t.Fatal("nothing is heard")
		return "", false
	}
}

// Hears wants these words next; "" is that some may have been missed.
func (l *Listener) Hears(want ...string) {
	l.t.Helper()
	for _, w := range want {
		if got, ok := l.next(); got != w || !ok {
			l.t.Fatalf("heard %q (%v), want %q", got, ok, w)
		}
	}
}

func (l *Listener) ended() {
	l.t.Helper()
	for {
		if _, ok := l.next(); !ok {
			return
		}
	}
}

func tell(t testing.TB, ctx context.Context, w store.Wire, topic string, words ...string) {
	t.Helper()
	for _, word := range words {
		if err := w.Tell(ctx, topic, []byte(word)); err != nil {
			t.Fatal(err)
		}
	}
}

func wire(t *testing.T, f *fixture) {
	ctx := f.context()
	tell(t, ctx, f, "d", "to nobody")
	a, b, other := Listen(t, ctx, f, "d"), Listen(t, ctx, f, "d"), Listen(t, ctx, f, "dd")
	large := strings.Repeat("x", store.MaxWord)
	tell(t, ctx, f, "d", "un", "", "\x00\xff", large, "deux")
	tell(t, ctx, f, "dd", "autre")
	for _, l := range []*Listener{a, b} {
		l.Hears("un", "\x00\xff", large, "deux")
	}
	other.Hears("autre")
	Listen(t, ctx, f, "d") // hears nothing of before: only that it may have missed it
	f.wantErr(f.Tell(ctx, "d", make([]byte, store.MaxWord+1)), store.ErrTooLarge)
	f.wantErr(f.Tell(ctx, string(make([]byte, store.MaxName+1)), []byte("x")), store.ErrTooLarge)
	_, err := f.Listen(ctx, string(make([]byte, store.MaxName+1)))
	f.wantErr(err, store.ErrTooLarge)
}

// wireOrder has several tell at once: each one's words keep their order.
func wireOrder(t *testing.T, f *fixture) {
	const tellers, each = 5, 10 // fewer than may wait
	ctx := f.context()
	l := Listen(t, ctx, f, "d")
	told := make(chan error)
	for teller := range tellers {
		go func() {
			var all []error
			for i := range each {
				all = append(all, f.Tell(ctx, "d", fmt.Appendf(nil, "%d.%d", teller, i)))
			}
			told <- errors.Join(all...)
		}()
	}
	for range tellers {
		if err := <-told; err != nil {
			t.Fatal(err)
		}
	}
	got := map[string][]string{}
	for range tellers * each {
		word, _ := l.next()
		teller, i, _ := strings.Cut(word, ".")
		got[teller] = append(got[teller], i)
	}
	for teller, list := range got {
		if len(list) != each || !slices.IsSorted(list) {
			t.Errorf("of teller %s: %v", teller, list)
		}
	}
}

// slowListener does not hear for a while: it keeps nobody waiting, is told that
// it missed something, and hears the last.
func slowListener(t *testing.T, f *fixture) {
	ctx := f.context()
	slow, quick := Listen(t, ctx, f, "d"), Listen(t, ctx, f, "d")
	const n = 3 * store.MaxUnheard
	for i := range n {
		tell(t, ctx, f, "d", fmt.Sprintf("%04d", i))
		quick.Hears(fmt.Sprintf("%04d", i))
	}
	tell(t, ctx, f, "d", "last")
	quick.Hears("last")
	missed, before := false, -1
	for {
		word, ok := slow.next()
		if !ok {
			t.Fatal("it was ended")
		}
		if word == "last" {
			break
		}
		if word == "" {
			missed = true
			continue
		}
		i, err := strconv.Atoi(word)
		if err != nil || i != before+1 && !missed || i <= before {
			t.Fatalf("heard %d after %d, and that something was missed: %v", i, before, missed)
		}
		before = i
	}
	if !missed {
		t.Errorf("heard all of %d words, with room for %d: this shows nothing", n, store.MaxUnheard)
	}
}

// wireEnds leaves in all the ways there are.
func wireEnds(t *testing.T, f *fixture) {
	ctx := f.context()
	brief, cancel := context.WithCancel(ctx)
	leaves, stays := Listen(t, brief, f, "d"), Listen(t, ctx, f, "d")
	cancel()
	leaves.ended()
	tell(t, ctx, f, "d", "encore")
	stays.Hears("encore")
	_, err := f.Listen(brief, "d")
	f.wantErr(err, context.Canceled)
	f.wantErr(f.Tell(brief, "d", []byte("x")), context.Canceled)
	began := time.Now()
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	stays.ended()
	if took := time.Since(began); took > 15*time.Second {
		t.Errorf("closing took %v", took)
	}
	_, err = f.Listen(ctx, "d")
	f.wantErr(err, store.ErrClosed)
	f.wantErr(f.Tell(ctx, "d", []byte("x")), store.ErrClosed)
	f.Store = f.open(f.now)
	again := Listen(t, ctx, f, "d")
	tell(t, ctx, f, "d", "de nouveau")
	again.Hears("de nouveau")
}
