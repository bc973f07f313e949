package redis_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/storetest"
)

// TestSnapshotToo erases what a snapshot, made before, holds.
func TestSnapshotToo(t *testing.T) {
	ctx := context.Background()
	server := storetest.StartRedis(t, "--rdbcompression", "no", "--save", "3600 1")
	s := open(t, server.URL, "")
	head := appendTo(t, s, "LE TEXTE EFFACE", "le texte gardé")
	must(t, raw(t, server.URL).Save(ctx).Err())
	_, err := s.Append(ctx, head, store.Batch{Time: time.Now(), Erase: []uint64{1}})
	must(t, err)
	snapshot := func() []byte {
		t.Helper()
		b, err := os.ReadFile(filepath.Join(server.Dir, "dump.rdb"))
		must(t, err)
		return b
	}
	if !bytes.Contains(snapshot(), []byte("LE TEXTE EFFACE")) {
		t.Fatal("not in the snapshot at first")
	}
	must(t, s.Compact(ctx))
	if b := snapshot(); bytes.Contains(b, []byte("LE TEXTE EFFACE")) || !bytes.Contains(b, []byte("le texte gardé")) {
		t.Error("the snapshot is still the old one")
	}
}
