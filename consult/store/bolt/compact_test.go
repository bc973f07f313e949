package bolt_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/bolt"
	"github.com/villes-internet/congres/consult/store/storetest"
)

func TestGoneFromTheFiles(t *testing.T) {
	storetest.Gone(t, func(t *testing.T) (storetest.Open, string) {
		open, path := place(t)
		return open, filepath.Dir(path)
	})
}

// place is a new directory with nothing but a store's file to come.
func place(t testing.TB) (storetest.Open, string) {
	path := filepath.Join(t.TempDir(), "congres.db")
	return func(now func() time.Time) store.Store {
		s, err := bolt.Open(context.Background(), path, &bolt.Options{Now: now})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}, path
}

func open(t *testing.T, path string) *bolt.Store {
	t.Helper()
	s, err := bolt.Open(context.Background(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func appendTo(t *testing.T, s store.Store, text string, erase ...uint64) store.Head {
	t.Helper()
	ctx := context.Background()
	head, err := s.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	facts, err := s.Append(ctx, head, store.Batch{Time: time.Now(), Drafts: []store.Draft{{Kind: "test.said", Data: []byte(text)}}, Erase: erase})
	if err != nil {
		t.Fatal(err)
	}
	return store.Head{Seq: facts[0].Seq, Hash: facts[0].Hash}
}

func texts(t *testing.T, s store.Store) (all []string) {
	t.Helper()
	if err := s.Read(context.Background(), 1, func(f store.Fact) bool {
		all = append(all, string(f.Data))
		return true
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestFileMode(t *testing.T) {
	path := filepath.Join(t.TempDir(), "congres.db")
	s := open(t, path)
	for range 2 {
		info, err := os.Stat(path)
		if err != nil || info.Mode() != 0o600 {
			t.Errorf("got mode %v, error %v, want 0600", info.Mode(), err)
		}
		if err := s.Compact(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCompactShrinks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "congres.db")
	s := open(t, path)
	ctx := context.Background()
	key, _, err := s.PutBlob(ctx, make([]byte, 4<<20))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteBlob(ctx, key); err != nil {
		t.Fatal(err)
	}
	if err := s.Compact(ctx); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() > 1<<20 {
		t.Errorf("got %d bytes, error %v, want less than 1 MiB", info.Size(), err)
	}
}

func TestBackup(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "congres.db"))
	ctx := context.Background()
	appendTo(t, s, "le texte effacé")
	head := appendTo(t, s, "deux", 1)
	if _, err := s.Push(ctx, "d", []store.Entry{{Author: "a", Update: []byte("u")}}); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := s.Backup(ctx, &b); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(b.Bytes(), []byte("effacé")) {
		t.Error("what was erased is in the backup")
	}
	appendTo(t, s, "trois")
	again := filepath.Join(dir, "again.db")
	if err := os.WriteFile(again, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	restored := open(t, again)
	if got, err := restored.Head(ctx); err != nil || got != head {
		t.Errorf("got head %v, error %v, want %v", got, err, head)
	}
	if got := texts(t, restored); len(got) != 2 || got[1] != "deux" {
		t.Errorf("got %q", got)
	}
	if _, list, err := restored.Pull(ctx, "d", 0, 0); err != nil || len(list) != 1 {
		t.Errorf("got %v, error %v", list, err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if err := s.Backup(cancelled, &b); err == nil {
		t.Error("a cancelled backup succeeded")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.new-*")); len(left) != 0 {
		t.Errorf("left behind: %q", left)
	}
}
