package room

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

// written is the log of n single keys by five people, who type in turns, here
// and there, and take back one letter in eight; and the checkpoint behind its
// entry at.
func written(t testing.TB, n, at int) (list []store.Entry, c store.Checkpoint) {
	t.Helper()
	rng := rand.New(rand.NewPCG(1, 2))
	r := newReplica()
	var docs []*ydoc.Doc
	for i := range 5 {
		d := ydoc.New(uint64(100 + i))
		d.Passive = true
		docs = append(docs, d)
	}
	for len(list) < n {
		i := rng.IntN(len(docs))
		text := docs[i].Text(motion.Root)
		place := rng.IntN(text.Len() + 1)
		for range min(n-len(list), 10+rng.IntN(60)) {
			u := docs[i].Transact(func() {
				if place > 0 && rng.IntN(8) == 0 {
					place--
					text.Delete(place, 1)
					return
				}
				text.Insert(place, string(rune('a'+rng.IntN(26))), nil)
				place++
			})
			e := store.Entry{Number: uint64(len(list) + 1), Author: string(rune('a' + i)), Update: u}
			list = append(list, e)
			if err := r.apply(e); err != nil {
				t.Fatal(err)
			}
			for _, d := range docs {
				if err := d.Apply(u); err != nil {
					t.Fatal(err)
				}
			}
			if len(list) == at {
				var err error
				if c, err = r.snapshot(); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return list, c
}

// BenchmarkOpen: a room opens on a log of 100,000 keys, with the checkpoint
// that it would have made of most of them, and, for comparison, without.
func BenchmarkOpen(b *testing.B) {
	const keys = 100_000
	list, c := written(b, keys, keys-499)
	for _, tt := range []struct {
		name       string
		checkpoint bool
	}{{"checkpoint", true}, {"keys", false}} {
		b.Run(tt.name, func(b *testing.B) {
			ctx := context.Background()
			log := openStore(b, filepath.Join(b.TempDir(), "congres.db"))
			for from := 0; from < len(list); from += store.MaxBatch {
				if _, err := log.Push(ctx, "doc", list[from:min(from+store.MaxBatch, len(list))]); err != nil {
					b.Fatal(err)
				}
			}
			if tt.checkpoint {
				if err := log.Checkpoint(ctx, "doc", c); err != nil {
					b.Fatal(err)
				}
			}
			for b.Loop() {
				h := New(Config{Log: log, Rights: anyone})
				if _, err := h.Open(ctx, "doc"); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				h.Close()
				b.StartTimer()
			}
		})
	}
}

// BenchmarkCheckpoint: what a checkpoint of 100,000 keys keeps writers waiting
// for: its encoding, on the room's goroutine, and its commit with the removal
// of 500 entries, which a push may find before it.
func BenchmarkCheckpoint(b *testing.B) {
	ctx := context.Background()
	log := openStore(b, filepath.Join(b.TempDir(), "congres.db"))
	list, c := written(b, 100_000, 99_999)
	r := newReplica()
	if err := r.checkpoint(c); err != nil {
		b.Fatal(err)
	}
	b.Run("encode", func(b *testing.B) {
		for b.Loop() {
			if _, err := r.snapshot(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("commit", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			last, err := log.Push(ctx, "doc", list[:500])
			if err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			c.Number = last
			if err := log.Checkpoint(ctx, "doc", c); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// A slow is a log whose checkpoints wait.
type slow struct {
	store.Log
	begun, open chan struct{}
}

func (s *slow) Checkpoint(ctx context.Context, doc string, c store.Checkpoint) error {
	select {
	case s.begun <- struct{}{}:
	default:
	}
	<-s.open
	return s.Log.Checkpoint(ctx, doc, c)
}

// While a checkpoint is made people write, are told that it is kept, and see
// each other's words.
func TestWritingBesideACheckpoint(t *testing.T) {
	log := &slow{openStore(t, filepath.Join(t.TempDir(), "congres.db")), make(chan struct{}, 1), make(chan struct{})}
	h := newHub(t, Config{Log: log, Entries: 5})
	a := join(t, h, 11, Member{Person: "zoé"})
	b := join(t, h, 12, Member{Person: "ali"})
	for range 5 {
		a.must(a.write("a"))
		a.until(func() bool { return a.acked == a.sent })
	}
	<-log.begun
	for range 20 {
		a.must(a.write("b"))
		a.until(func() bool { return a.acked == a.sent })
	}
	b.until(func() bool { return b.text() == a.text() })
	close(log.open)
	h.Close()
	got, err := load(t.Context(), log, "doc")
	if err != nil || got.doc.Text(motion.Root).String() != a.text() {
		t.Errorf("the log holds %q, %v; want %q", got.doc.Text(motion.Root).String(), err, a.text())
	}
}
