package ydoc

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"testing"
)

// seedCorpus adds the frozen documents, and small ones of our own.
func seedCorpus(f *testing.F, add func(update []byte)) {
	b, err := os.ReadFile("testdata/frozen.json")
	if err != nil {
		f.Fatal(err)
	}
	var cases []struct{ Updates [][]byte }
	if err := json.Unmarshal(b, &cases); err != nil {
		f.Fatal(err)
	}
	for _, c := range cases {
		for _, u := range c.Updates {
			add(u)
		}
	}
	d := New(3)
	r := d.Text("r")
	add(d.Transact(func() { r.Insert(0, "ab😀", map[string]any{"k": true}) }))
	add(d.Transact(func() { r.Format(1, 2, map[string]any{"k": nil}) }))
	add(d.Transact(func() { r.Delete(1, 2) }))
}

// FuzzApply applies two updates and edits: nothing may panic, what must hold
// holds, and the document's own state reads back.
func FuzzApply(f *testing.F) {
	var updates [][]byte
	seedCorpus(f, func(u []byte) { updates = append(updates, u) })
	for i, u := range updates {
		f.Add(u, updates[(i+1)%len(updates)])
	}
	f.Fuzz(func(t *testing.T, a, b []byte) {
		d := New(9)
		text := d.Text("r")
		for _, u := range [][]byte{a, b, a} {
			before, _ := d.Update(nil)
			checked := d.Check(u)
			if after, _ := d.Update(nil); string(before) != string(after) {
				t.Fatalf("checked (%v), but changed\n from %x\n   to %x", checked, before, after)
			}
			check(t, "checked", d)
			err := d.Apply(u)
			if (checked == nil) != (err == nil) {
				t.Fatalf("checked %v, applied %v", checked, err)
			}
			if after, _ := d.Update(nil); err != nil && string(before) != string(after) {
				t.Fatalf("refused (%v), but changed", err)
			}
			if _, scanErr := UpdateClients(u); scanErr != nil && err == nil {
				t.Fatalf("applied, but scanning says %v", scanErr)
			}
			check(t, "applied", d)
		}
		if limit := 256*(len(a)+len(b)) + 1024; d.Size() > limit {
			t.Errorf("size %d for %d bytes", d.Size(), len(a)+len(b))
		}
		if text.Len() < 1<<20 {
			text.Insert(1, "x😀", map[string]any{"k": true})
			text.Format(0, 3, map[string]any{"k": nil, "j": 1})
			text.Delete(1, 2)
			text.Delta()
			check(t, "edited", d)
		}
		state, err := d.Update(nil)
		if err != nil {
			t.Fatal(err)
		}
		again := New(8)
		again.MaxPending = maxUint
		if err := again.Apply(state); err != nil {
			t.Fatalf("own state %x: %v", state, err)
		}
		check(t, "read back", again)
		for client, clock := range d.Clocks() {
			if got := again.Clocks()[client]; got != clock {
				t.Errorf("client %d reads back at %d, not %d", client, got, clock)
			}
		}
	})
}

// FuzzMerge merges two updates: the result must be an update.
func FuzzMerge(f *testing.F) {
	var updates [][]byte
	seedCorpus(f, func(u []byte) { updates = append(updates, u) })
	for i, u := range updates {
		f.Add(u, updates[(i+2)%len(updates)])
	}
	f.Fuzz(func(t *testing.T, a, b []byte) {
		merged, err := Merge(a, b)
		if err != nil {
			return
		}
		if _, err := UpdateClients(merged); err != nil {
			t.Fatalf("merged %x: %v", merged, err)
		}
		if _, err := Merge(merged, a); err != nil {
			t.Fatalf("merged again: %v", err)
		}
	})
}

// FuzzV2 reads bytes as a v2 update: what is read can be written, and reads
// back the same.
func FuzzV2(f *testing.F) {
	seedCorpus(f, func(u []byte) {
		v2, err := ToV2(u)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(v2)
	})
	f.Fuzz(func(t *testing.T, b []byte) {
		v1, err := ToV1(b)
		if err != nil {
			return
		}
		v2, err := ToV2(v1)
		if errors.Is(err, ErrTooLarge) {
			return // JSON deeper than values
		}
		if err != nil {
			t.Fatalf("%x: %v", v1, err)
		}
		again, err := ToV1(v2)
		if errors.Is(err, ErrTooLarge) {
			return // runs longer than others write
		}
		if err != nil {
			t.Fatalf("%x from %x: %v", v2, v1, err)
		}
		// The first writing made everything canonical.
		if v3, err := ToV2(again); err != nil || !bytes.Equal(v3, v2) {
			t.Fatalf("%x becomes %x (%v)", v2, v3, err)
		}
		_ = New(1).ApplyV2(b)
	})
}

// FuzzSmall parses what else comes from outside.
func FuzzSmall(f *testing.F) {
	f.Add([]byte{0, 1, 2, 0x41})
	f.Add([]byte{1, 1, 'r', 0})
	f.Add([]byte{1, 9, 1, 0, 4, 1, 9, 7})
	f.Fuzz(func(t *testing.T, b []byte) {
		d := New(1)
		text := d.Text("r")
		text.Insert(0, "a😀b", nil)
		if p, err := ParsePosition(b); err == nil {
			if again, err := ParsePosition(p.Encode()); err != nil || !reflect.DeepEqual(again, p) {
				t.Fatalf("%x: %v, then %v (%v)", b, p, again, err)
			}
			text.Resolve(p)
		}
		if s, err := ParseSnapshot(b); err == nil {
			if again, err := ParseSnapshotV2(s.EncodeV2()); err != nil || !bytes.Equal(again.Encode(), s.Encode()) {
				t.Fatalf("%x: snapshot %x, then %x (%v)", b, s.Encode(), again.Encode(), err)
			}
			text.DeltaAt(s)
		}
		_, _ = StateVectorOf(b)
		_, _ = Diff(b, []byte{1, 1, 1})
	})
}
