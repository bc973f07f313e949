package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/villes-internet/congres/consult/store"
)

func (f *fixture) push(doc string, updates ...string) uint64 {
	f.t.Helper()
	var list []store.Entry
	for _, u := range updates {
		list = append(list, store.Entry{Author: "a1", Update: []byte(u)})
	}
	last, err := f.Push(f.context(), doc, list)
	if err != nil {
		f.t.Fatal(err)
	}
	return last
}

// pull shows a document's log as "number:update …", behind "number|" when
// there is a checkpoint.
func (f *fixture) pull(doc string, after uint64, limit int) string {
	f.t.Helper()
	c, list, err := f.Pull(f.context(), doc, after, limit)
	if err != nil {
		f.t.Fatal(err)
	}
	var b bytes.Buffer
	if c.Number != 0 {
		fmt.Fprintf(&b, "%d|", c.Number)
	}
	for _, e := range list {
		fmt.Fprintf(&b, "%d:%s ", e.Number, e.Update)
		if e.Torn {
			f.t.Errorf("entry %d of %s is said to be torn", e.Number, doc)
		}
	}
	return b.String()
}

func (f *fixture) wantPull(doc string, after uint64, limit int, want string) {
	f.t.Helper()
	if got := f.pull(doc, after, limit); got != want {
		f.t.Errorf("pull %s after %d, at most %d: got %q, want %q", doc, after, limit, got, want)
	}
}

func logOrder(t *testing.T, f *fixture) {
	f.wantPull("d", 0, 0, "")
	for i, got := range []uint64{f.push("d"), f.push("d", "a", "b"), f.push("dd", "x"), f.push("d", "c"), f.push("", "y"), f.push("d")} {
		if want := []uint64{0, 2, 1, 3, 1, 3}[i]; got != want {
			t.Errorf("push %d: got %d, want %d", i, got, want)
		}
	}
	f.wantPull("d", 0, 0, "1:a 2:b 3:c ")
	f.wantPull("d", 0, 2, "1:a 2:b ")
	f.wantPull("d", 2, 2, "3:c ")
	f.wantPull("d", 3, 0, "")
	f.wantPull("d", 1<<63, 0, "")
	f.wantPull("dd", 0, 0, "1:x ")
	f.wantPull("", 0, 0, "1:y ")
	f.wantPull("e", 0, 0, "")
	if _, list, err := f.Pull(f.context(), "d", 0, 1); err != nil || len(list) != 1 || list[0].Author != "a1" {
		t.Errorf("got %v, error %v, want one entry by a1", list, err)
	}
}

func concurrentPushes(t *testing.T, f *fixture) {
	const writers, each = 10, 20
	var wg sync.WaitGroup
	numbers := make([][]uint64, writers)
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				last, err := f.Push(f.context(), "d", []store.Entry{{Author: fmt.Sprint(w), Update: []byte(fmt.Sprint(i))}})
				if err != nil {
					t.Error(err)
					return
				}
				numbers[w] = append(numbers[w], last)
			}
		})
	}
	wg.Wait()
	_, list, err := f.Pull(f.context(), "d", 0, 0)
	if err != nil || len(list) != writers*each {
		t.Fatalf("got %d entries, error %v, want %d", len(list), err, writers*each)
	}
	for i, e := range list {
		if e.Number != uint64(i+1) {
			t.Errorf("entry %d has number %d", i+1, e.Number)
		}
	}
	for w, own := range numbers {
		for i, n := range own {
			if e := list[n-1]; e.Author != fmt.Sprint(w) || string(e.Update) != fmt.Sprint(i) {
				t.Errorf("writer %d was given %d for its update %d; there is %s's %s", w, n, i, e.Author, e.Update)
			}
		}
	}
}

func checkpoint(t *testing.T, f *fixture) {
	ctx := f.context()
	f.push("d", "a", "b", "c", "d")
	f.push("dd", "x")
	put := func(doc string, number uint64, state string) {
		t.Helper()
		c := store.Checkpoint{Number: number, State: []byte(state), Clients: map[uint64]string{7: "a1", 1 << 53: "a2"}}
		if err := f.Checkpoint(ctx, doc, c); err != nil {
			t.Fatal(err)
		}
	}
	put("d", 3, "abc")
	f.wantPull("d", 0, 0, "3|4:d ")
	f.wantPull("d", 4, 0, "3|")
	f.wantPull("dd", 0, 0, "1:x ")
	put("d", 2, "ab") // an older one, late
	c, _, err := f.Pull(ctx, "d", 0, 0)
	if err != nil || c.Number != 3 || string(c.State) != "abc" || len(c.Clients) != 2 || c.Clients[1<<53] != "a2" {
		t.Errorf("got %+v, error %v", c, err)
	}
	put("d", 4, "abcd")
	f.wantPull("d", 0, 0, "4|")
	if got := f.push("d", "e"); got != 5 {
		t.Errorf("after a checkpoint: got number %d, want 5", got)
	}
	f.reopen()
	f.wantPull("d", 0, 0, "4|5:e ")
	// A document that comes from elsewhere begins with its checkpoint.
	put("new", 10, "state")
	if got := f.push("new", "k"); got != 11 {
		t.Errorf("after a foreign checkpoint: got number %d, want 11", got)
	}
	f.wantPull("new", 0, 0, "10|11:k ")
}

func logLimits(t *testing.T, f *fixture) {
	long := string(make([]byte, store.MaxName+1))
	for name, c := range map[string]struct {
		doc  string
		list []store.Entry
	}{
		"update": {"d", []store.Entry{{Update: []byte("a")}, {Update: make([]byte, store.MaxUpdate+1)}}},
		"count":  {"d", make([]store.Entry, store.MaxBatch+1)},
		"total":  {"d", repeat(store.Entry{Update: make([]byte, store.MaxUpdate)}, store.MaxTotal/store.MaxUpdate+1)},
		"author": {"d", []store.Entry{{Author: long}}},
		"name":   {long, []store.Entry{{}}},
	} {
		if _, err := f.Push(f.context(), c.doc, c.list); !errors.Is(err, store.ErrTooLarge) {
			t.Errorf("%s: got error %v, want ErrTooLarge", name, err)
		}
	}
	f.wantErr(f.Checkpoint(f.context(), long, store.Checkpoint{}), store.ErrTooLarge)
	f.wantPull("d", 0, 0, "")
	if got := f.push("d", string(make([]byte, store.MaxUpdate))); got != 1 {
		t.Errorf("the largest update: got number %d, want 1", got)
	}
}

func await(t *testing.T, f *fixture) {
	f.push("d", "a")
	if err := f.Await(f.context(), "d", 0); err != nil {
		t.Errorf("waiting for what is there: %v", err)
	}
	woken := make(chan error, 3)
	for range cap(woken) {
		go func() { woken <- f.Await(f.context(), "d", 1) }()
	}
	f.push("other", "x", "y")
	f.push("d", "b")
	for range cap(woken) {
		if err := <-woken; err != nil {
			t.Error(err)
		}
	}
	ctx, cancel := context.WithCancel(f.context())
	go func() { woken <- f.Await(ctx, "d", 2) }()
	cancel()
	f.wantErr(<-woken, context.Canceled)
}
