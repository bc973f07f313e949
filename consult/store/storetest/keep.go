package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult/store"
)

func blobs(t *testing.T, f *fixture) {
	ctx := f.context()
	big := bytes.Repeat([]byte("octets "), 1<<18)
	for _, want := range [][]byte{{}, []byte("un"), big} {
		key, hash, err := f.PutBlob(ctx, want)
		if err != nil {
			t.Fatal(err)
		}
		if hash != sha256.Sum256(want) {
			t.Errorf("%d bytes: wrong hash", len(want))
		}
		if got, err := f.Blob(ctx, key); err != nil || !bytes.Equal(got, want) {
			t.Errorf("got %d bytes, error %v, want %d", len(got), err, len(want))
		}
		for range 2 { // twice is no error
			if err := f.DeleteBlob(ctx, key); err != nil {
				t.Error(err)
			}
		}
		_, err = f.Blob(ctx, key)
		f.wantErr(err, store.ErrNotFound)
	}
	_, err := f.Blob(ctx, "")
	f.wantErr(err, store.ErrNotFound)
	_, _, err = f.PutBlob(ctx, make([]byte, store.MaxBlob+1))
	f.wantErr(err, store.ErrTooLarge)
}

// eachBlob lists more blobs than one step holds, while some go.
func eachBlob(t *testing.T, f *fixture) {
	ctx := f.context()
	none := func(string) bool { t.Error("there was none"); return true }
	if err := f.EachBlob(ctx, none); err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	var wg sync.WaitGroup
	keys := make(chan string, 1200)
	for range 8 {
		wg.Go(func() {
			for range cap(keys) / 8 {
				key, _, err := f.PutBlob(ctx, []byte("blob"))
				if err != nil {
					t.Error(err)
				}
				keys <- key
			}
		})
	}
	wg.Wait()
	close(keys)
	for k := range keys {
		want[k] = true
	}
	if err := f.PutSecret(ctx, "no blob", []byte("v"), time.Hour); err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	err := f.EachBlob(ctx, func(key string) bool {
		if !want[key] {
			t.Errorf("got %q, which is none", key)
		}
		if got[key] = true; len(got)%10 == 0 { // who looks may write
			if err := f.DeleteBlob(ctx, key); err != nil {
				t.Error(err)
			}
		}
		return true
	})
	if err != nil || len(got) != len(want) {
		t.Errorf("got %d blobs, error %v, want %d", len(got), err, len(want))
	}
	n := 0
	if err := f.EachBlob(ctx, func(string) bool { n++; return false }); err != nil || n != 1 {
		t.Errorf("stopped after %d, error %v, want 1", n, err)
	}
}

func secrets(t *testing.T, f *fixture) {
	ctx := f.context()
	_, err := f.Secret(ctx, "k")
	f.wantErr(err, store.ErrNotFound)
	for _, want := range []string{"un", "deux", ""} { // the last put counts
		if err := f.PutSecret(ctx, "k", []byte(want), time.Hour); err != nil {
			t.Fatal(err)
		}
		if got, err := f.Secret(ctx, "k"); err != nil || string(got) != want {
			t.Errorf("got %q, error %v, want %q", got, err, want)
		}
	}
	if err := f.PutSecret(ctx, "", []byte("sans nom"), time.Hour); err != nil {
		t.Error(err)
	}
	for range 2 {
		if err := f.DeleteSecret(ctx, "k"); err != nil {
			t.Error(err)
		}
	}
	_, err = f.TakeSecret(ctx, "k")
	f.wantErr(err, store.ErrNotFound)
	if got, err := f.TakeSecret(ctx, ""); err != nil || string(got) != "sans nom" {
		t.Errorf("got %q, error %v", got, err)
	}
	f.wantErr(f.PutSecret(ctx, "k", make([]byte, store.MaxSecret+1), time.Hour), store.ErrTooLarge)
	f.wantErr(f.PutSecret(ctx, string(make([]byte, store.MaxName+1)), nil, time.Hour), store.ErrTooLarge)
	_, err = f.Secret(ctx, "k")
	f.wantErr(err, store.ErrNotFound)
}

func secretsExpire(t *testing.T, f *fixture) {
	ctx := f.context()
	put := func(key string, ttl time.Duration) {
		t.Helper()
		if err := f.PutSecret(ctx, key, []byte(key), ttl); err != nil {
			t.Fatal(err)
		}
	}
	put("never", 0)
	_, err := f.Secret(ctx, "never")
	f.wantErr(err, store.ErrNotFound)
	put("soon", 20*time.Millisecond)
	put("soon taken", 20*time.Millisecond)
	put("later", 2*time.Hour)
	f.advance(time.Hour)
	// A store with a clock of its own needs its 20 ms: asked until it says so.
	for err = nil; err == nil && ctx.Err() == nil; {
		_, err = f.Secret(ctx, "soon")
	}
	f.wantErr(err, store.ErrNotFound)
	for err = nil; err == nil && ctx.Err() == nil; {
		_, err = f.Secret(ctx, "soon taken")
	}
	_, err = f.TakeSecret(ctx, "soon taken")
	f.wantErr(err, store.ErrNotFound)
	f.reopen()
	if _, err := f.Secret(ctx, "later"); err != nil {
		t.Errorf("an hour before its end: %v", err)
	}
}

func twoTakers(t *testing.T, f *fixture) {
	ctx := f.context()
	for range 20 {
		if err := f.PutSecret(ctx, "link", []byte("v"), time.Hour); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		got := make([]error, 4)
		for i := range got {
			wg.Go(func() { _, got[i] = f.TakeSecret(ctx, "link") })
		}
		wg.Wait()
		takers := 0
		for _, err := range got {
			if err == nil {
				takers++
			} else {
				f.wantErr(err, store.ErrNotFound)
			}
		}
		if takers != 1 {
			t.Fatalf("%d takers got it, want 1", takers)
		}
	}
}

func reopen(t *testing.T, f *fixture) {
	ctx := f.context()
	f.append(store.Head{}, "un", "deux")
	f.append2(store.Batch{Time: start, Erase: []uint64{1}})
	f.push("d", "a", "b")
	key, _, err := f.PutBlob(ctx, []byte("blob"))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.PutSecret(ctx, "k", []byte("v"), time.Hour); err != nil {
		t.Fatal(err)
	}
	before, head := f.facts(1), f.head()
	for range 2 {
		f.reopen()
		if got := f.head(); got != head {
			t.Errorf("head: got %v, want %v", got, head)
		}
		after := f.facts(1)
		if len(after) != 2 || !bytes.Equal(after[1].Raw, before[1].Raw) || string(after[1].Data) != "deux" || !after[0].Erased {
			t.Errorf("got %v", after)
		}
		f.wantPull("d", 0, 0, "1:a 2:b ")
		if got, err := f.Blob(ctx, key); err != nil || string(got) != "blob" {
			t.Errorf("blob: got %q, error %v", got, err)
		}
		if got, err := f.Secret(ctx, "k"); err != nil || string(got) != "v" {
			t.Errorf("secret: got %q, error %v", got, err)
		}
		if err := f.Compact(ctx); err != nil { // and the same again from what it left
			t.Fatal(err)
		}
	}
	f.append(head, "trois")
}

// compact writes and reads while the store is compacted: nobody fails, and
// nothing is lost.
func compact(t *testing.T, f *fixture) {
	ctx := f.context()
	f.append(store.Head{}, repeat("un texte assez long pour tenir de la place", 2000)...)
	var wg sync.WaitGroup
	done := make(chan struct{})
	wg.Go(func() {
		defer close(done)
		for range 4 {
			if err := f.Compact(ctx); err != nil {
				t.Error(err)
			}
		}
	})
	running := func() bool {
		select {
		case <-done:
			return false
		default:
			return true
		}
	}
	pushed, appended := 0, 2000
	wg.Go(func() {
		for running() {
			f.push("d", "x")
			pushed++
		}
	})
	wg.Go(func() {
		for running() {
			f.append(f.head(), "encore")
			appended++
		}
	})
	wg.Go(func() {
		for running() {
			f.facts(1900)
		}
	})
	wg.Wait()
	for range 2 {
		if got := len(f.facts(1)); got != appended {
			t.Errorf("got %d facts, want %d", got, appended)
		}
		if _, list, err := f.Pull(ctx, "d", 0, 0); err != nil || len(list) != pushed {
			t.Errorf("got %d entries, error %v, want %d", len(list), err, pushed)
		}
		f.reopen()
	}
}

func cancelled(t *testing.T, f *fixture) {
	ctx, cancel := context.WithCancel(f.context())
	cancel()
	_, err := f.Head(ctx)
	f.wantErr(err, context.Canceled)
	_, err = f.Append(ctx, store.Head{}, store.Batch{Drafts: []store.Draft{{Kind: "k"}}})
	f.wantErr(err, context.Canceled)
	f.wantErr(f.Read(ctx, 1, func(store.Fact) bool { return true }), context.Canceled)
	_, err = f.Push(ctx, "d", []store.Entry{{}})
	f.wantErr(err, context.Canceled)
	_, _, err = f.Pull(ctx, "d", 0, 0)
	f.wantErr(err, context.Canceled)
	_, _, err = f.PutBlob(ctx, nil)
	f.wantErr(err, context.Canceled)
	f.wantErr(f.EachBlob(ctx, func(string) bool { return true }), context.Canceled)
	f.wantErr(f.PutSecret(ctx, "k", nil, time.Hour), context.Canceled)
	f.wantErr(f.Compact(ctx), context.Canceled)
	f.wantErr(f.Healthy(ctx), context.Canceled)
	f.wantErr(f.Wait(ctx, 0), context.Canceled)
	f.wantErr(f.Await(ctx, "d", 0), context.Canceled)
	if got := f.head(); got != (store.Head{}) {
		t.Errorf("a cancelled append was kept: %v", got)
	}
}

func closed(t *testing.T, f *fixture) {
	ctx := f.context()
	waiting := make(chan error, 2)
	go func() { waiting <- f.Wait(ctx, 0) }()
	go func() { waiting <- f.Await(ctx, "d", 0) }()
	for range 2 {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
	for range cap(waiting) {
		f.wantErr(<-waiting, store.ErrClosed)
	}
	_, err := f.Head(ctx)
	f.wantErr(err, store.ErrClosed)
	_, err = f.Append(ctx, store.Head{}, store.Batch{})
	f.wantErr(err, store.ErrClosed)
	_, err = f.Secret(ctx, "k")
	f.wantErr(err, store.ErrClosed)
	f.wantErr(f.Compact(ctx), store.ErrClosed)
	f.wantErr(f.Healthy(ctx), store.ErrClosed)
	f.Store = f.open(f.now)
	if err := f.Healthy(ctx); err != nil && !errors.Is(err, store.ErrReadOnly) {
		t.Error(err)
	}
}

func healthy(t *testing.T, f *fixture) {
	if err := f.Healthy(f.context()); err != nil {
		t.Error(err)
	}
}
