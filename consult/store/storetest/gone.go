package storetest

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult/store"
)

// Gone tests that whatever was erased, truncated, deleted, taken, overwritten,
// has expired or was only told is nowhere in the files once the store was compacted, and that
// what was not is still there. place makes an empty place and names the
// directory that holds all its files.
func Gone(t *testing.T, place func(t *testing.T) (Open, string)) {
	open, dir := place(t)
	f := &fixture{t: t, clock: start, open: open}
	f.Store = open(f.now)
	t.Cleanup(func() { f.Close() })
	ctx := f.context()

	// Many short texts and a few long ones, of words that do not compress away.
	text := func(mark string, n int) string {
		var b strings.Builder
		for b.Len() < n || b.Len() == 0 {
			b.WriteString(mark + store.NewID() + " ")
		}
		return b.String()
	}
	const gone, kept = "EFFACE", "GARDE"
	var erase []uint64
	head := store.Head{}
	for i := range 300 {
		mark := kept
		if i%3 == 0 {
			mark = gone
			erase = append(erase, uint64(i+1))
		}
		head = f.append(head, text(mark, i*20))
		f.push("d", text(gone, 40), text(gone, 200))
	}
	f.push("d", text(kept, 40), text(kept, 8000))
	f.append2(store.Batch{Time: start, Drafts: []store.Draft{{Kind: "test.erased"}}, Erase: erase})
	checkpoint := func(n uint64, state string) {
		if err := f.Checkpoint(ctx, "d", store.Checkpoint{Number: n, State: []byte(state)}); err != nil {
			t.Fatal(err)
		}
	}
	checkpoint(500, text(gone, 5000))
	checkpoint(600, text(kept, 100))
	for i := range 4 {
		key, _, err := f.PutBlob(ctx, []byte(text([]string{kept, gone}[i%2], 1+i*100_000)))
		if err != nil {
			t.Fatal(err)
		}
		if i%2 == 1 {
			if err := f.DeleteBlob(ctx, key); err != nil {
				t.Fatal(err)
			}
		}
	}
	for key, ttl := range map[string]time.Duration{"expires": 20 * time.Millisecond, "taken": time.Hour, "deleted": time.Hour, "overwritten": 2 * time.Hour} {
		if err := f.PutSecret(ctx, key, []byte(text(gone, 100)), ttl); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.PutSecret(ctx, "overwritten", []byte(text(kept, 100)), 2*time.Hour); err != nil {
		t.Fatal(err)
	}
	if _, err := f.TakeSecret(ctx, "taken"); err != nil {
		t.Fatal(err)
	}
	if err := f.DeleteSecret(ctx, "deleted"); err != nil {
		t.Fatal(err)
	}
	tell(t, ctx, f, "d", text(gone, 100))
	f.advance(time.Hour)
	for err := error(nil); err == nil; _, err = f.Secret(ctx, "expires") {
	}

	if n := grep(t, dir, gone); n == 0 {
		t.Log("already gone before the compaction: this test shows little here")
	}
	if err := f.Compact(ctx); err != nil {
		t.Fatal(err)
	}
	if n := grep(t, dir, gone); n != 0 {
		t.Errorf("what was erased is still there, %d times", n)
	}
	for range 2 {
		count := 0
		for _, fact := range f.facts(1) {
			if strings.HasPrefix(string(fact.Data), kept) {
				count++
			}
		}
		if _, list, err := f.Pull(ctx, "d", 0, 0); err != nil || len(list) != 2 || count != 200 {
			t.Errorf("got %d facts and %d entries, error %v, want 200 and 2", count, len(list), err)
		}
		f.reopen()
	}
	if n := grep(t, dir, gone); n != 0 {
		t.Errorf("what was erased is there again, %d times", n)
	}
}

// grep counts a text's occurrences in a directory's files. A file may go while
// it looks.
func grep(t *testing.T, dir, text string) (n int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		n += bytes.Count(content, []byte(text))
		if os.IsNotExist(err) {
			err = nil
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
