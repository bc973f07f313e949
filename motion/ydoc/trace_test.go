package ydoc_test

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"unicode/utf16"

	"github.com/villes-internet/congres/motion/ydoc"
)

// trace is a recorded editing session. Those of several authors say for each
// transaction which others its author had seen.
type trace struct {
	end  string
	txns []struct {
		Parents []int
		Agent   int
		Patches []patch
	}
	agents int
}

// patch is a position, how much to delete there, and what to insert.
type patch struct {
	at, erase int
	insert    string
}

func (p *patch) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[]any{&p.at, &p.erase, &p.insert})
}

func loadTrace(t testing.TB, name string) (tr trace) {
	t.Helper()
	file := filepath.Join(repository(t), "..", "shared", "data", "editing-traces", name+".json.gz")
	f, err := os.Open(file)
	if err != nil {
		t.Skip("absent: ", file)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	data := struct {
		EndContent string
		NumAgents  int
		Txns       any
	}{NumAgents: 1, Txns: &tr.txns}
	if err := json.NewDecoder(z).Decode(&data); err != nil {
		t.Fatal(err)
	}
	tr.end, tr.agents = data.EndContent, data.NumAgents
	return tr
}

// author is one writer of a trace and what he has seen.
type author struct {
	doc  *ydoc.Doc
	seen []bool
}

// know applies all that led to a transaction.
func (a *author) know(t testing.TB, tr trace, updates [][]byte, at int) {
	var missing []int
	for stack := []int{at}; len(stack) > 0; {
		n := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if a.seen[n] {
			continue
		}
		a.seen[n] = true
		missing = append(missing, n)
		stack = append(stack, tr.txns[n].Parents...)
	}
	slices.Sort(missing) // causes first
	for _, n := range missing {
		if err := a.doc.Apply(updates[n]); err != nil {
			t.Fatal(err)
		}
	}
}

// replay has each author make his edits on what he had seen. It returns the
// updates.
func (tr trace) replay(t testing.TB) (updates [][]byte) {
	authors := make([]*author, tr.agents)
	for i := range authors {
		authors[i] = &author{ydoc.New(0x9e3779b9 * uint64(i+1) % (1 << 32)), make([]bool, len(tr.txns))}
		authors[i].doc.MaxWork = honestWork
		authors[i].doc.Text(root)
	}
	for n, x := range tr.txns {
		a := authors[x.Agent]
		for _, p := range x.Parents {
			a.know(t, tr, updates, p)
		}
		a.seen[n] = true
		updates = append(updates, edits(a.doc, x.Patches))
	}
	return updates
}

func edits(d *ydoc.Doc, patches []patch) []byte {
	text := d.Text(root)
	return d.Transact(func() {
		for _, e := range patches {
			text.Delete(e.at, e.erase)
			text.Insert(e.at, e.insert, nil)
		}
	})
}

func TestTrace(t *testing.T) {
	for _, name := range []string{"automerge-paper", "friendsforever", "clownschool"} {
		t.Run(name, func(t *testing.T) {
			tr := loadTrace(t, name)
			updates := tr.replay(t)
			remote := ydoc.New(2)
			remote.MaxWork = honestWork
			for _, u := range updates {
				if err := remote.Apply(u); err != nil {
					t.Fatal(err)
				}
			}
			text := remote.Text(root)
			if got := text.String(); len(got) == 0 || tr.agents == 1 && got != tr.end {
				t.Errorf("%d characters, want %d", len(got), len(tr.end))
			}
			if got, want := text.Len(), len(utf16.Encode([]rune(text.String()))); got != want {
				t.Errorf("length %d, want %d", got, want)
			}
			state, _ := remote.Update(nil)
			loaded := ydoc.New(3)
			loaded.MaxWork = honestWork
			if err := loaded.Apply(state); err != nil {
				t.Fatal(err)
			}
			if again, _ := loaded.Update(nil); string(again) != string(state) {
				t.Errorf("loaded, the document differs")
			}
			merged, err := ydoc.Merge(updates...)
			if err != nil {
				t.Fatal(err)
			}
			again := ydoc.New(4)
			again.MaxWork = honestWork
			if err := again.Apply(merged); err != nil {
				t.Fatal(err)
			}
			if got, want := again.Text(root).String(), text.String(); got != want {
				t.Errorf("from merged updates the text differs")
			}
		})
	}
}
