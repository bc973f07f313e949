package storetest

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult/store"
)

// Open opens the store that lies in one place: the same one each time, after
// it was closed.
type Open func(now func() time.Time) store.Store

// Run runs the suite. place makes a new, empty place. An implementation whose
// clock is not this process's may ignore now, of which only the expiry of
// secrets depends.
func Run(t *testing.T, place func(t *testing.T) Open) {
	for _, c := range []struct {
		name string
		test func(*testing.T, *fixture)
	}{
		{"Chain", chain},
		{"ExpectedHead", expectedHead},
		{"ConcurrentAppends", concurrentAppends},
		{"Erasure", erasure},
		{"ReadFromTheMiddle", readFromTheMiddle},
		{"WriteWhileReading", writeWhileReading},
		{"TimeNeverGoesBack", timeNeverGoesBack},
		{"AnyBytes", anyBytes},
		{"FactLimits", factLimits},
		{"Wait", wait},
		{"LogOrder", logOrder},
		{"ConcurrentPushes", concurrentPushes},
		{"Checkpoint", checkpoint},
		{"LogLimits", logLimits},
		{"Await", await},
		{"Blobs", blobs},
		{"EachBlob", eachBlob},
		{"Secrets", secrets},
		{"SecretsExpire", secretsExpire},
		{"TwoTakers", twoTakers},
		{"Wire", wire},
		{"WireOrder", wireOrder},
		{"SlowListener", slowListener},
		{"WireEnds", wireEnds},
		{"Reopen", reopen},
		{"Compact", compact},
		{"Cancelled", cancelled},
		{"Closed", closed},
		{"Healthy", healthy},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := &fixture{t: t, clock: start, open: place(t)}
			f.Store = f.open(f.now)
			t.Cleanup(func() { f.Close() })
			c.test(t, f)
		})
	}
}

var start = time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC)

// A fixture is a store with a clock that a test sets.
type fixture struct {
	store.Store
	t     *testing.T
	open  Open
	mu    sync.Mutex
	clock time.Time
}

func (f *fixture) now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.clock
}

func (f *fixture) advance(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.clock = f.clock.Add(d)
}

func (f *fixture) reopen() {
	f.t.Helper()
	if err := f.Close(); err != nil {
		f.t.Fatal(err)
	}
	f.Store = f.open(f.now)
}

// context ends long before a test would time out.
func (f *fixture) context() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	f.t.Cleanup(cancel)
	return ctx
}

// append keeps one fact for each text, and returns the new head.
func (f *fixture) append(expect store.Head, texts ...string) store.Head {
	f.t.Helper()
	b := store.Batch{Time: f.now()}
	for _, text := range texts {
		b.Drafts = append(b.Drafts, store.Draft{Actor: "a1", Subject: "s1", Kind: "test.said", KindVersion: 1, Key: "k", Data: []byte(text)})
	}
	facts, err := f.Append(f.context(), expect, b)
	if err != nil {
		f.t.Fatal(err)
	}
	if len(facts) != len(texts) {
		f.t.Fatalf("got %d facts, want %d", len(facts), len(texts))
	}
	return headOf(facts[len(facts)-1])
}

func headOf(f store.Fact) store.Head { return store.Head{Seq: f.Seq, Hash: f.Hash} }

// facts reads all from a fact on.
func (f *fixture) facts(from uint64) []store.Fact {
	f.t.Helper()
	var facts []store.Fact
	if err := f.Read(f.context(), from, func(fact store.Fact) bool {
		facts = append(facts, fact)
		return true
	}); err != nil {
		f.t.Fatal(err)
	}
	return facts
}

func (f *fixture) head() store.Head {
	f.t.Helper()
	h, err := f.Head(f.context())
	if err != nil {
		f.t.Fatal(err)
	}
	return h
}

func (f *fixture) wantErr(got, want error) {
	f.t.Helper()
	if !errors.Is(got, want) {
		f.t.Errorf("got error %v, want %v", got, want)
	}
}
