package bolt_test

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/bolt"
	"go.etcd.io/bbolt"
)

func wantOpenErr(t *testing.T, path string, want error) {
	t.Helper()
	s, err := bolt.Open(context.Background(), path, nil)
	if err == nil {
		s.Close()
	}
	if !errors.Is(err, want) {
		t.Errorf("got error %v, want %v", err, want)
	}
}

func TestInUse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "congres.db")
	s := open(t, path)
	for range 2 {
		began := time.Now()
		wantOpenErr(t, path, store.ErrInUse)
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("it took %v to say so", took)
		}
		if err := s.Compact(context.Background()); err != nil { // the new file is locked too
			t.Fatal(err)
		}
	}
	link := path + ".link"
	if err := os.Symlink(path, link); err != nil {
		t.Skip(err)
	}
	wantOpenErr(t, link, store.ErrInUse)
}

// TestNotAStore opens what is none, and none of it is touched.
func TestNotAStore(t *testing.T) {
	dir := t.TempDir()
	whole := filepath.Join(dir, "whole")
	s := open(t, whole)
	for range 50 {
		appendTo(t, s, string(make([]byte, 5000)))
	}
	s.Close()
	good, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	garbled := append([]byte{}, good...)
	for i := 2 * 4096; i < len(garbled); i++ {
		garbled[i] ^= 0xa5
	}
	for name, content := range map[string][]byte{
		"text":      []byte("ceci n'est pas une base"),
		"zeros":     make([]byte, 1<<16),
		"garbled":   garbled,
		"truncated": good[:3*4096],
		"half":      good[:len(good)/16],
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(dir, name)
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			wantOpenErr(t, path, store.ErrCorrupt)
			if after, err := os.ReadFile(path); err != nil || string(after) != string(content) {
				t.Errorf("the file was changed (error %v)", err)
			}
		})
	}
	t.Run("cut off anywhere", func(t *testing.T) {
		path := filepath.Join(dir, "cut")
		for n := 1; n < len(good); n += len(good) / 23 {
			if err := os.WriteFile(path, good[:n], 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := bolt.Open(context.Background(), path, nil)
			if err == nil { // only free pages were cut off
				if got := len(texts(t, s)); got != 50 {
					t.Errorf("%d bytes: got %d facts, want 50", n, got)
				}
				s.Close()
			} else if !errors.Is(err, store.ErrCorrupt) {
				t.Errorf("%d bytes: got error %v", n, err)
			}
		}
	})
	t.Run("another program's", func(t *testing.T) {
		path := filepath.Join(dir, "other")
		edit(t, path, func(tx *bbolt.Tx) error { _, err := tx.CreateBucket([]byte("x")); return err })
		wantOpenErr(t, path, store.ErrCorrupt)
	})
	t.Run("newer", func(t *testing.T) {
		edit(t, whole, func(tx *bbolt.Tx) error {
			return tx.Bucket([]byte("meta")).Put([]byte("layout"), binary.BigEndian.AppendUint32(nil, bolt.Layout+1))
		})
		wantOpenErr(t, whole, store.ErrFormat)
	})
	t.Run("empty", func(t *testing.T) { // as mktemp leaves it
		path := filepath.Join(dir, "empty")
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := bolt.Open(context.Background(), path, &bolt.Options{Existing: true}); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("an existing store: got error %v, want %v", err, store.ErrNotFound)
		}
		if info, err := os.Stat(path); err != nil || info.Size() != 0 {
			t.Errorf("something was made: %v, error %v", info, err)
		}
		appendTo(t, open(t, path), "un")
	})
	t.Run("nothing", func(t *testing.T) {
		path := filepath.Join(dir, "nothing")
		if _, err := bolt.Open(context.Background(), path, &bolt.Options{Existing: true}); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("got error %v, want %v", err, store.ErrNotFound)
		}
		if _, err := os.Stat(path); err == nil {
			t.Error("a file was made")
		}
	})
}

// edit changes a store's file behind its back.
func edit(t *testing.T, path string, f func(*bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Update(f); err != nil {
		t.Fatal(err)
	}
}

func TestChangedFacts(t *testing.T) {
	for name, change := range map[string]func(*bbolt.Tx) error{
		"data": func(tx *bbolt.Tx) error {
			v := append([]byte{}, tx.Bucket([]byte("data")).Get(seq(2))...)
			v[len(v)-1]++
			return tx.Bucket([]byte("data")).Put(seq(2), v)
		},
		"header": func(tx *bbolt.Tx) error {
			return tx.Bucket([]byte("headers")).Put(seq(2), tx.Bucket([]byte("headers")).Get(seq(1)))
		},
		"dropped":   func(tx *bbolt.Tx) error { return tx.Bucket([]byte("headers")).Delete(seq(2)) },
		"no salt":   func(tx *bbolt.Tx) error { return tx.Bucket([]byte("data")).Put(seq(2), []byte("x")) },
		"gibberish": func(tx *bbolt.Tx) error { return tx.Bucket([]byte("headers")).Put(seq(2), []byte("x")) },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "congres.db")
			s := open(t, path)
			for range 3 {
				appendTo(t, s, "dit")
			}
			s.Close()
			edit(t, path, change)
			count := 0
			err := open(t, path).Read(context.Background(), 1, func(store.Fact) bool { count++; return true })
			if !errors.Is(err, store.ErrCorrupt) || count != 1 {
				t.Errorf("got %d facts, error %v, want 1 and ErrCorrupt", count, err)
			}
		})
	}
}

func seq(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

func TestLeftovers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a[b]*.db") // a name with a pattern in it
	left, other := path+".new-123", filepath.Join(filepath.Dir(path), "ab.db.new-1")
	for _, name := range []string{left, other} {
		if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	open(t, path)
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a crashed compaction's file is still there: %v", err)
	}
	if _, err := os.Stat(other); err != nil {
		t.Errorf("another's file is gone: %v", err)
	}
}

// TestTwoCreate lets several make the same store: one gets it.
func TestTwoCreate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "congres.db")
	results := make(chan error)
	stores := make(chan *bolt.Store, 8)
	for range cap(stores) {
		go func() {
			s, err := bolt.Open(context.Background(), path, nil)
			if err == nil {
				stores <- s
			}
			results <- err
		}()
	}
	for range cap(stores) {
		if err := <-results; err != nil && !errors.Is(err, store.ErrInUse) {
			t.Error(err)
		}
	}
	if len(stores) != 1 {
		t.Errorf("%d have it, want 1", len(stores))
	}
	for range len(stores) {
		(<-stores).Close()
	}
}

// tmpfs mounts a small file system of its own.
func tmpfs(t *testing.T) string {
	if os.Geteuid() != 0 {
		t.Skip("needs root, to mount a small tmpfs")
	}
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no tmpfs here: %v: %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v: %s", err, out)
		}
	})
	return dir
}

func TestReadOnly(t *testing.T) {
	dir := tmpfs(t)
	path := filepath.Join(dir, "congres.db")
	s := open(t, path)
	appendTo(t, s, "un")
	s.Close()
	if out, err := exec.Command("mount", "-o", "remount,ro", dir).CombinedOutput(); err != nil {
		t.Skipf("cannot remount: %v: %s", err, out)
	}
	wantOpenErr(t, path, store.ErrReadOnly)
	wantOpenErr(t, filepath.Join(dir, "new.db"), store.ErrReadOnly)
	reading(t, path, "un")
}

// reading opens a store to be read, and wants these facts.
func reading(t *testing.T, path string, want ...string) *bolt.Store {
	t.Helper()
	s, err := bolt.Open(context.Background(), path, &bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if got := texts(t, s); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	return s
}

// TestToBeRead opens a store that may not be written, or need not be: several
// may at once, nobody writes meanwhile, and nothing is changed.
func TestToBeRead(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	path := filepath.Join(dir, "congres.db")
	s := open(t, path)
	head := appendTo(t, s, "un")
	_, err := bolt.Open(ctx, path, &bolt.Options{ReadOnly: true})
	if !errors.Is(err, store.ErrInUse) {
		t.Errorf("while it is written: got error %v, want ErrInUse", err)
	}
	s.Close()
	left := path + ".new-1"
	if err := os.WriteFile(left, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, mode := range map[string]os.FileMode{path: 0o400, dir: 0o500} { // root may all the same
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(name, 0o700)
	}
	a, b := reading(t, path, "un"), reading(t, path, "un")
	wantOpenErr(t, path, map[bool]error{true: store.ErrInUse, false: store.ErrReadOnly}[os.Geteuid() == 0])
	for _, err := range []error{
		errOf(a.Append(ctx, head, store.Batch{Drafts: []store.Draft{{Kind: "k"}}})),
		errOf(a.Push(ctx, "d", []store.Entry{{}})),
		a.PutSecret(ctx, "k", nil, time.Hour), a.Compact(ctx), a.Healthy(ctx), a.Backup(ctx, io.Discard),
	} {
		if !errors.Is(err, store.ErrReadOnly) {
			t.Errorf("got error %v, want ErrReadOnly", err)
		}
	}
	if err := errors.Join(a.Close(), b.Close()); err != nil {
		t.Error(err)
	}
	after, err := os.ReadFile(path)
	if names, _ := os.ReadDir(dir); err != nil || string(after) != string(before) || len(names) != 2 {
		t.Errorf("something was changed: %v, error %v", names, err)
	}
	nothing := filepath.Join(t.TempDir(), "rien.db")
	if _, err := bolt.Open(ctx, nothing, &bolt.Options{ReadOnly: true}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("got error %v, want ErrNotFound", err)
	}
}

func errOf[T any](_ T, err error) error { return err }

func TestFullDisk(t *testing.T) {
	dir := tmpfs(t)
	path := filepath.Join(dir, "congres.db")
	ctx := context.Background()
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	var head store.Head
	var err error
	for err == nil {
		var facts []store.Fact
		facts, err = s.Append(ctx, head, store.Batch{Drafts: []store.Draft{{Kind: "k", Data: make([]byte, 50_000)}}})
		if err == nil {
			head = store.Head{Seq: facts[0].Seq, Hash: facts[0].Hash}
		}
	}
	if !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("append: got error %v, want ErrReadOnly", err)
	}
	if err := s.Healthy(ctx); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("healthy: got error %v, want ErrReadOnly", err)
	}
	if err := s.Compact(ctx); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("compact: got error %v, want ErrReadOnly", err)
	}
	if _, _, err := s.PutBlob(ctx, make([]byte, 1<<20)); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("blob: got error %v, want ErrReadOnly", err)
	}
	wantOpenErr(t, filepath.Join(dir, "new.db"), store.ErrReadOnly)
	if got := uint64(len(texts(t, s))); got != head.Seq {
		t.Errorf("got %d facts, want %d", got, head.Seq)
	}
	if names, _ := os.ReadDir(dir); len(names) != 2 {
		t.Errorf("left behind: %v", names)
	}
	if err := os.Remove(ballast); err != nil { // room again: it goes on
		t.Fatal(err)
	}
	appendTo(t, s, "encore")
	s.Close()
	if got := uint64(len(texts(t, open(t, path)))); got != head.Seq+1 {
		t.Errorf("reopened: got %d facts, want %d", got, head.Seq+1)
	}
}
