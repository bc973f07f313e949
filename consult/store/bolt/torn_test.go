package bolt_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/bolt"
	"go.etcd.io/bbolt"
)

// TestTorn tells of entries whose bytes changed, and of no others.
func TestTorn(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "congres.db")
	s := open(t, path)
	if _, err := s.Push(ctx, "d", []store.Entry{{Author: "a", Update: []byte("le mot")}, {Author: "a", Update: []byte("la fin")}}); err != nil {
		t.Fatal(err)
	}
	s.Close()
	edit(t, path, func(tx *bbolt.Tx) error {
		c := tx.Bucket([]byte("entries")).Cursor()
		k, v := c.First()
		return tx.Bucket([]byte("entries")).Put(bytes.Clone(k), bytes.Replace(v, []byte("mot"), []byte("mat"), 1))
	})
	_, list, err := open(t, path).Pull(ctx, "d", 0, 0)
	if err != nil || len(list) != 2 || !list[0].Torn || string(list[0].Update) != "le mat" || list[1].Torn {
		t.Errorf("got %+v, error %v", list, err)
	}
}

// TestLayoutGrows leaves an old file readable by the old version until an entry
// is written that it could not read.
func TestLayoutGrows(t *testing.T) {
	ctx := context.Background()
	frozen, err := os.ReadFile(layout1)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "congres.db")
	if err := os.WriteFile(path, frozen, 0o600); err != nil {
		t.Fatal(err)
	}
	layout := func() (n uint32) {
		edit(t, path, func(tx *bbolt.Tx) error {
			n = binary.BigEndian.Uint32(tx.Bucket([]byte("meta")).Get([]byte("layout")))
			return nil
		})
		return n
	}
	s := open(t, path)
	appendTo(t, s, "quatre")
	if err := s.Compact(ctx); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if got := layout(); got != 1 {
		t.Errorf("layout %d before an entry, want 1", got)
	}
	s = open(t, path)
	if _, err := s.Push(ctx, "motion", []store.Entry{{Author: "a", Update: []byte("mise à jour 3")}}); err != nil {
		t.Fatal(err)
	}
	if err := s.Compact(ctx); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if got := layout(); got != bolt.Layout {
		t.Errorf("layout %d after an entry, want %d", got, bolt.Layout)
	}
	_, list, err := open(t, path).Pull(ctx, "motion", 0, 0)
	if err != nil || len(list) != 2 || list[0].Torn || list[1].Torn || string(list[1].Update) != "mise à jour 3" {
		t.Errorf("got %+v, error %v", list, err)
	}
}
