package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult/store"
)

func chain(t *testing.T, f *fixture) {
	if got := f.head(); got != (store.Head{}) {
		t.Errorf("an empty journal's head: %v", got)
	}
	if got := f.facts(0); len(got) != 0 {
		t.Errorf("an empty journal has %d facts", len(got))
	}
	head := f.append(store.Head{}, "un", "deux")
	head = f.append(head, "", "quatre")
	if got := f.head(); got != head || got.Seq != 4 {
		t.Errorf("head: got %v, want %v, the fourth", got, head)
	}
	var before store.Head
	for i, fact := range f.facts(1) {
		want := []string{"un", "deux", "", "quatre"}[i]
		if string(fact.Data) != want || fact.Data == nil || fact.Erased {
			t.Errorf("fact %d: got %q (erased %v), want %q", fact.Seq, fact.Data, fact.Erased, want)
		}
		if fact.Seq != uint64(i+1) || fact.PrevHash != before.Hash || fact.Hash != sha256.Sum256(fact.Raw) {
			t.Errorf("fact %d does not chain", fact.Seq)
		}
		if fact.DataHash != sha256.Sum256(append(bytes.Clone(fact.Salt), fact.Data...)) {
			t.Errorf("fact %d: the data's hash is wrong", fact.Seq)
		}
		if fact.Actor != "a1" || fact.Subject != "s1" || fact.Kind != "test.said" || fact.KindVersion != 1 || fact.Key != "k" || !fact.At().Equal(start) {
			t.Errorf("fact %d: got %+v", fact.Seq, fact.Header)
		}
		before = headOf(fact)
	}
	if before != head {
		t.Errorf("read to %v, want %v", before, head)
	}
	if got := f.append2(store.Batch{Time: start}); len(got) != 0 || f.head() != head {
		t.Errorf("an empty batch kept %d facts", len(got))
	}
}

// append2 keeps a batch after the head.
func (f *fixture) append2(b store.Batch) []store.Fact {
	f.t.Helper()
	facts, err := f.Append(f.context(), f.head(), b)
	if err != nil {
		f.t.Fatal(err)
	}
	return facts
}

func expectedHead(t *testing.T, f *fixture) {
	first := f.append(store.Head{}, "un")
	second := f.append(first, "deux")
	for name, expect := range map[string]store.Head{
		"the empty journal's": {},
		"an older":            first,
		"another's hash":      {Seq: second.Seq, Hash: first.Hash},
		"a later":             {Seq: 9, Hash: second.Hash},
	} {
		facts, err := f.Append(f.context(), expect, store.Batch{Time: start, Drafts: []store.Draft{{Kind: "k"}}, Erase: []uint64{1}})
		if !errors.Is(err, store.ErrHeadMoved) || len(facts) != 0 {
			t.Errorf("%s: got %d facts and error %v, want ErrHeadMoved", name, len(facts), err)
		}
	}
	if got := f.head(); got != second {
		t.Errorf("head: got %v, want %v", got, second)
	}
	if facts := f.facts(1); len(facts) != 2 || facts[0].Erased {
		t.Errorf("a refused append left something: %v", facts)
	}
}

func concurrentAppends(t *testing.T, f *fixture) {
	const writers, each = 8, 25
	ctx := f.context()
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				for {
					head, err := f.Head(ctx)
					if err == nil {
						_, err = f.Append(ctx, head, store.Batch{Time: start, Drafts: []store.Draft{{Kind: "k", Data: fmt.Appendf(nil, "%d-%d", w, i)}}})
					}
					if err == nil {
						break
					}
					if !errors.Is(err, store.ErrHeadMoved) {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	next := map[string]int{}
	for _, fact := range f.facts(1) {
		w, i, _ := bytes.Cut(fact.Data, []byte("-"))
		if string(i) != fmt.Sprint(next[string(w)]) {
			t.Errorf("writer %s: got %s, want %d", w, i, next[string(w)])
		}
		next[string(w)]++
	}
	if got := f.head().Seq; got != writers*each {
		t.Errorf("got %d facts, want %d", got, writers*each)
	}
}

func erasure(t *testing.T, f *fixture) {
	f.append(store.Head{}, "un", "deux", "trois")
	before := f.facts(1)
	// Erasing again, what was never there, or this very batch, is no error and does nothing.
	f.append2(store.Batch{Time: start, Drafts: []store.Draft{{Kind: "test.erased"}}, Erase: []uint64{2, 4, 99, 0}})
	f.append2(store.Batch{Time: start, Erase: []uint64{2}})
	after := f.facts(1)
	if len(after) != 4 {
		t.Fatalf("got %d facts, want 4", len(after))
	}
	for i, fact := range after {
		if want := fact.Seq == 2; fact.Erased != want {
			t.Errorf("fact %d: erased is %v, want %v", fact.Seq, fact.Erased, want)
		}
		if fact.Erased && (fact.Data != nil || fact.Salt != nil) {
			t.Errorf("fact %d still has its data", fact.Seq)
		}
		if i < 3 && (!bytes.Equal(fact.Raw, before[i].Raw) || fact.Hash != before[i].Hash) {
			t.Errorf("fact %d: the header changed", fact.Seq)
		}
	}
}

func readFromTheMiddle(t *testing.T, f *fixture) {
	const n = 1300 // more than an implementation reads at once
	texts := make([]string, n)
	for i := range texts {
		texts[i] = fmt.Sprint(i + 1)
	}
	f.append(store.Head{}, texts...)
	for _, c := range []struct{ from, first, count uint64 }{
		{0, 1, n}, {1, 1, n}, {2, 2, n - 1}, {700, 700, n - 699}, {n, n, 1}, {n + 1, 0, 0}, {n + 2, 0, 0}, {1 << 62, 0, 0},
	} {
		facts := f.facts(c.from)
		if uint64(len(facts)) != c.count {
			t.Errorf("from %d: got %d facts, want %d", c.from, len(facts), c.count)
			continue
		}
		for i, fact := range facts {
			if want := c.first + uint64(i); fact.Seq != want || string(fact.Data) != fmt.Sprint(want) {
				t.Fatalf("from %d: got fact %d (%s), want %d", c.from, fact.Seq, fact.Data, want)
			}
		}
	}
	count := 0
	if err := f.Read(f.context(), 1, func(store.Fact) bool { count++; return count < 3 }); err != nil || count != 3 {
		t.Errorf("stopped reading: got %d facts, error %v, want 3", count, err)
	}
}

func writeWhileReading(t *testing.T, f *fixture) {
	f.append(store.Head{}, "un", "deux")
	var read []string
	err := f.Read(f.context(), 1, func(fact store.Fact) bool {
		if fact.Seq == 1 {
			f.append(f.head(), "trois")
			if err := f.Compact(f.context()); err != nil {
				t.Error(err)
			}
		}
		read = append(read, string(fact.Data))
		return true
	})
	if err != nil || len(read) < 2 {
		t.Errorf("got %q, error %v", read, err)
	}
}

func timeNeverGoesBack(t *testing.T, f *fixture) {
	at := func(d time.Duration) int64 {
		return f.append2(store.Batch{Time: start.Add(d), Drafts: []store.Draft{{Kind: "k"}}})[0].Time - start.UnixMilli()
	}
	got := []int64{at(0), at(time.Hour), at(time.Minute)}
	f.reopen()
	got = append(got, at(-time.Hour), at(2*time.Hour))
	if want := fmt.Sprint([]int64{0, 3600000, 3600000, 3600000, 7200000}); fmt.Sprint(got) != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func anyBytes(t *testing.T, f *fixture) {
	odd := "\xff\x00\r\n« é » \U0001F3DB"
	f.append2(store.Batch{Time: start, Drafts: []store.Draft{{Actor: odd, Subject: odd, Kind: odd, Key: odd, KindVersion: 65535, Data: []byte(odd)}}})
	facts := f.facts(1)
	if len(facts) != 1 || facts[0].Actor != odd || facts[0].Key != odd || string(facts[0].Data) != odd {
		t.Errorf("got %+v", facts)
	}
	if _, err := f.Push(f.context(), odd, []store.Entry{{Author: odd, Update: []byte(odd)}}); err != nil {
		t.Fatal(err)
	}
	if _, list, err := f.Pull(f.context(), odd, 0, 0); err != nil || len(list) != 1 || list[0].Author != odd || string(list[0].Update) != odd {
		t.Errorf("got %v, error %v", list, err)
	}
	if err := f.PutSecret(f.context(), odd, []byte(odd), time.Hour); err != nil {
		t.Fatal(err)
	}
	if v, err := f.Secret(f.context(), odd); err != nil || string(v) != odd {
		t.Errorf("got %q, error %v", v, err)
	}
}

func factLimits(t *testing.T, f *fixture) {
	head := f.append(store.Head{}, "un")
	for name, b := range map[string]store.Batch{
		"data":    {Drafts: []store.Draft{{Kind: "small"}, {Kind: "k", Data: make([]byte, store.MaxData+1)}}},
		"batch":   {Drafts: make([]store.Draft, store.MaxBatch+1)},
		"erasure": {Erase: make([]uint64, store.MaxBatch+1)},
		"header":  {Drafts: []store.Draft{{Kind: string(make([]byte, store.MaxHeader))}}},
		"total":   {Drafts: repeat(store.Draft{Data: make([]byte, store.MaxData)}, store.MaxTotal/store.MaxData+1)},
	} {
		if _, err := f.Append(f.context(), head, b); !errors.Is(err, store.ErrTooLarge) {
			t.Errorf("%s: got error %v, want ErrTooLarge", name, err)
		}
	}
	if got := f.facts(1); len(got) != 1 || f.head() != head {
		t.Errorf("something too large was kept: %d facts", len(got))
	}
	largest := f.append2(store.Batch{Time: start, Drafts: []store.Draft{{Kind: "k", Data: bytes.Repeat([]byte{7}, store.MaxData)}}})
	if got := f.facts(2); len(got) != 1 || !bytes.Equal(got[0].Data, largest[0].Data) {
		t.Error("the largest data did not come back")
	}
}

func repeat[T any](v T, n int) []T {
	list := make([]T, n)
	for i := range list {
		list[i] = v
	}
	return list
}

func wait(t *testing.T, f *fixture) {
	head := f.append(store.Head{}, "un")
	if err := f.Wait(f.context(), 0); err != nil {
		t.Errorf("waiting for what is there: %v", err)
	}
	woken := make(chan error, 3)
	for range cap(woken) {
		go func() { woken <- f.Wait(f.context(), head.Seq) }()
	}
	f.append(head, "deux")
	for range cap(woken) {
		if err := <-woken; err != nil {
			t.Error(err)
		}
	}
	ctx, cancel := context.WithCancel(f.context())
	go func() { woken <- f.Wait(ctx, 2) }()
	cancel()
	f.wantErr(<-woken, context.Canceled)
}
