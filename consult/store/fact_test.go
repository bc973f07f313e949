package store_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult/store"
)

func chained(t testing.TB) []store.Fact {
	t.Helper()
	facts, err := store.Chain(store.Head{}, 0, store.Batch{Time: time.UnixMilli(1000), Drafts: []store.Draft{
		{Actor: "a", Subject: "s", Kind: "k", KindVersion: 2, Key: "clé", Data: []byte("un")}, {Kind: "k"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return facts
}

func head(f store.Fact) store.Head { return store.Head{Seq: f.Seq, Hash: f.Hash} }

func TestChainAndDecode(t *testing.T) {
	facts := chained(t)
	before := store.Head{}
	for _, want := range facts {
		got, err := store.Decode(before, want.Raw, want.Salted())
		if err != nil || got.Header != want.Header || got.Hash != want.Hash || !bytes.Equal(got.Data, want.Data) || got.Erased || got.Data == nil {
			t.Errorf("got %+v, error %v, want %+v", got, err, want)
		}
		erased, err := store.Decode(before, want.Raw, nil)
		if err != nil || !erased.Erased || erased.Data != nil || erased.Hash != want.Hash {
			t.Errorf("erased: got %+v, error %v", erased, err)
		}
		before = head(want)
	}
}

func TestDecodeRefuses(t *testing.T) {
	facts := chained(t)
	first, second := facts[0], facts[1]
	changed := bytes.Clone(first.Salted())
	changed[len(changed)-1]++
	newer := bytes.Clone(first.Raw)
	newer[1] = 2 // behind the array's head: Format
	for name, c := range map[string]struct {
		after       store.Head
		raw, salted []byte
		want        error
	}{
		"changed data":   {store.Head{}, first.Raw, changed, store.ErrCorrupt},
		"another's data": {store.Head{}, first.Raw, second.Salted(), store.ErrCorrupt},
		"no salt":        {store.Head{}, first.Raw, []byte{}, store.ErrCorrupt},
		"a gap":          {store.Head{}, second.Raw, second.Salted(), store.ErrCorrupt},
		"another chain":  {store.Head{Seq: 1}, second.Raw, second.Salted(), store.ErrCorrupt},
		"again":          {head(first), first.Raw, first.Salted(), store.ErrCorrupt},
		"gibberish":      {store.Head{}, []byte("\xff"), nil, store.ErrCorrupt},
		"nothing":        {store.Head{}, nil, nil, store.ErrCorrupt},
		"a newer format": {store.Head{}, newer, first.Salted(), store.ErrFormat},
	} {
		if _, err := store.Decode(c.after, c.raw, c.salted); !errors.Is(err, c.want) {
			t.Errorf("%s: got error %v, want %v", name, err, c.want)
		}
	}
}

// TestMarshal reads back whatever it was given, odd text and long lists too.
func TestMarshal(t *testing.T) {
	type data struct {
		Text string
		List []int
	}
	want := data{"\xff « é »", make([]int, 200_000)}
	b, err := store.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got data
	if err := store.Unmarshal(b, &got); err != nil || got.Text != want.Text || len(got.List) != len(want.List) {
		t.Errorf("got %q and %d numbers, error %v", got.Text, len(got.List), err)
	}
	again, _ := store.Marshal(want)
	if !bytes.Equal(b, again) {
		t.Error("encoded twice, two encodings")
	}
}

func TestNewID(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		id := store.NewID()
		if len(id) != 20 || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz234567") != "" || seen[id] {
			t.Fatalf("got %q", id)
		}
		seen[id] = true
	}
}

func FuzzDecode(f *testing.F) {
	for _, fact := range chained(f) {
		f.Add(fact.Raw, fact.Salted())
		f.Add(fact.Raw, []byte(nil))
	}
	f.Fuzz(func(t *testing.T, raw, salted []byte) {
		fact, err := store.Decode(store.Head{}, raw, salted)
		if err == nil && (fact.Seq != 1 || !fact.Erased && len(fact.Salt) != 16) {
			t.Errorf("accepted %+v", fact)
		}
	})
}
