package ydoc_test

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf16"

	"github.com/villes-internet/congres/motion/ydoc"
)

// trace is a recorded session of one author: position, characters to delete,
// text to insert.
type trace struct {
	edits [][3]any
	end   string
}

// loadTrace reads automerge-paper, 259,778 edits.
func loadTrace(t testing.TB) trace {
	t.Helper()
	file := filepath.Join(repository(t), "..", "shared", "data", "editing-traces", "automerge-paper.json.gz")
	f, err := os.Open(file)
	if err != nil {
		t.Skip("absent: ", file)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var data struct {
		EndContent string
		Txns       []struct{ Patches [][3]any }
	}
	if err := json.NewDecoder(z).Decode(&data); err != nil {
		t.Fatal(err)
	}
	tr := trace{end: data.EndContent}
	for _, x := range data.Txns {
		tr.edits = append(tr.edits, x.Patches...)
	}
	return tr
}

func (tr trace) replay(d *ydoc.Doc) (updates [][]byte) {
	text := d.Text(root)
	for _, e := range tr.edits {
		updates = append(updates, d.Transact(func() {
			at := int(e[0].(float64))
			text.Delete(at, int(e[1].(float64)))
			text.Insert(at, e[2].(string), nil)
		}))
	}
	return updates
}

func TestTrace(t *testing.T) {
	tr := loadTrace(t)
	d := ydoc.New(1)
	updates := tr.replay(d)
	if got := d.Text(root).String(); got != tr.end {
		t.Errorf("replay ends with %d characters, want %d", len(got), len(tr.end))
	}
	if got, want := d.Text(root).Len(), len(utf16.Encode([]rune(tr.end))); got != want {
		t.Errorf("length %d, want %d", got, want)
	}
	remote := ydoc.New(2)
	for _, u := range updates {
		apply(t, remote, u)
	}
	a, _ := d.Update(nil)
	b, _ := remote.Update(nil)
	if string(a) != string(b) {
		t.Errorf("read from its updates the document differs")
	}
}

// BenchmarkTrace replays the trace, reads its updates, and loads its state;
// yjs reports the same work in the same run.
func BenchmarkTrace(b *testing.B) {
	tr := loadTrace(b)
	d := ydoc.New(1)
	updates := tr.replay(d)
	state, _ := d.Update(nil)
	b.Run("local", func(b *testing.B) {
		for b.Loop() {
			tr.replay(ydoc.New(1))
		}
	})
	b.Run("remote", func(b *testing.B) {
		for b.Loop() {
			r := ydoc.New(2)
			r.Text(root)
			for _, u := range updates {
				r.Apply(u)
			}
		}
	})
	b.Run("load", func(b *testing.B) {
		for b.Loop() {
			r := ydoc.New(2)
			r.Apply(state)
			if r.Text(root).String() != tr.end {
				b.Fatal("loads otherwise")
			}
		}
	})
	b.Run("yjs", func(b *testing.B) {
		y := startYjs(b)
		for b.Loop() {
			r := do[struct{ Local, Remote, Load, Size float64 }](y, command{"cmd": "trace", "edits": tr.edits, "root": root})
			b.ReportMetric(r.Local, "local-ms")
			b.ReportMetric(r.Remote, "remote-ms")
			b.ReportMetric(r.Load, "load-ms")
			b.ReportMetric(r.Size/float64(len(state)), "size/ours")
		}
		b.ReportMetric(0, "ns/op")
	})
}
