package ydoc_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"reflect"
	"testing"

	"github.com/villes-internet/congres/motion/ydoc"
)

var modeSeeds = flag.Int("mode-seeds", 20, "how many sessions of each mode yjs plays")

// played is what yjs says of a session (see testdata/yjs.mjs).
type played struct {
	Updates, UpdatesV2     [][]byte
	Waits                  bool
	State, StateV2, Vector []byte
	Merged, MergedV2       []byte
	Known, Difference      []byte
	MergedVector           []byte
	AsV1, AsV2             []byte
	Roots                  map[string]shown
	Snapshots              []struct {
		Bytes, BytesV2 []byte
		Delta, Later   any
	}
	Positions []struct {
		At, Assoc, Here, There int
		Bytes                  []byte
	}
}

type shown struct {
	Type  ydoc.Kind
	Value any
	Delta any
}

// eachMode plays sessions of every mode.
func eachMode(t *testing.T, keep bool, test func(t *testing.T, y *yjs, mode string, seed int, p played)) {
	y := startYjs(t)
	modes := []string{"text", "rich", "xml", "map and array", "nested"}
	if keep {
		modes = modes[:2]
	}
	for _, mode := range modes {
		t.Run(mode, func(t *testing.T) {
			for seed := range *modeSeeds {
				p := do[played](y, command{"cmd": "play", "seed": seed, "mode": mode, "keep": keep})
				test(t, y, mode, seed, p)
				if t.Failed() {
					return
				}
			}
		})
	}
}

func show(t *testing.T, d *ydoc.Doc, roots map[string]shown) map[string]shown {
	t.Helper()
	got := map[string]shown{}
	for root, want := range roots {
		v := d.View(root, want.Type)
		s := shown{Type: want.Type}
		value, err := v.JSON()
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(value, &s.Value); err != nil {
			t.Fatalf("%s: %v", value, err)
		}
		if want.Type == ydoc.AsText {
			delta, err := v.Delta()
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(delta, &s.Delta); err != nil {
				t.Fatalf("%s: %v", delta, err)
			}
		}
		got[root] = s
	}
	return got
}

func compareRoots(t *testing.T, seed int, what string, got, want map[string]shown) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		g, _ := json.Marshal(got)
		w, _ := json.Marshal(want)
		t.Errorf("seed %d: %s\n got %s\nwant %s", seed, what, g, w)
	}
}

// TestModes has both sides read the same updates and encode and show them the
// same; then yjs reads what ours encoded.
func TestModes(t *testing.T) {
	eachMode(t, false, func(t *testing.T, y *yjs, mode string, seed int, p played) {
		testState(t, y, mode, seed, p)
		testV2(t, y, mode, seed, p)
		testMerge(t, y, mode, seed, p)
	})
}

func testState(t *testing.T, y *yjs, mode string, seed int, p played) {
	d := ydoc.New(1)
	for _, u := range p.Updates {
		apply(t, d, u)
	}
	if d.Pending() {
		t.Errorf("seed %d: something still waits", seed)
	}
	state, _ := d.Update(nil)
	if !p.Waits && !bytes.Equal(state, p.State) {
		t.Errorf("seed %d: state\n ours %x\ntheirs %x", seed, state, p.State)
	}
	compareRoots(t, seed, "read here", show(t, d, p.Roots), p.Roots)
	theirs := do[played](y, command{"cmd": "roots", "updates": [][]byte{state}, "mode": mode})
	compareRoots(t, seed, "read by yjs", theirs.Roots, p.Roots)
}

// testV2 has both sides convert the same updates and states.
func testV2(t *testing.T, y *yjs, mode string, seed int, p played) {
	d := ydoc.New(1)
	for i, u := range p.UpdatesV2 {
		if err := d.ApplyV2(u); err != nil {
			t.Fatalf("seed %d: apply v2 %x: %v", seed, u, err)
		}
		if mode != "text" && mode != "rich" {
			continue // yjs marks entries of maps twice, but not where it converts
		}
		v2, err := ydoc.ToV2(p.Updates[i])
		if err != nil || !bytes.Equal(v2, u) {
			t.Errorf("seed %d: update %x as v2 (%v)\n ours %x\ntheirs %x", seed, p.Updates[i], err, v2, u)
		}
	}
	if v2, err := ydoc.ToV2(p.State); err != nil || !bytes.Equal(v2, p.AsV2) {
		t.Errorf("seed %d: state as v2 (%v)\n ours %x\ntheirs %x", seed, err, v2, p.AsV2)
	}
	if v1, err := ydoc.ToV1(p.StateV2); err != nil || !bytes.Equal(v1, p.AsV1) {
		t.Errorf("seed %d: state as v1 (%v)\n ours %x\ntheirs %x", seed, err, v1, p.AsV1)
	}
	state, err := d.UpdateV2(nil)
	if err != nil || !p.Waits && !bytes.Equal(state, p.StateV2) {
		t.Errorf("seed %d: state (%v)\n ours %x\ntheirs %x", seed, err, state, p.StateV2)
	}
	compareRoots(t, seed, "read here", show(t, d, p.Roots), p.Roots)
	theirs := do[played](y, command{"cmd": "roots", "updates": [][]byte{state}, "format": 2, "mode": mode})
	compareRoots(t, seed, "read by yjs", theirs.Roots, p.Roots)
}

// testMerge holds functions on updates to yjs's bytes.
func testMerge(t *testing.T, y *yjs, mode string, seed int, p played) {
	merged, err := ydoc.Merge(p.Updates...)
	if err != nil || !bytes.Equal(merged, p.Merged) {
		t.Errorf("seed %d: merged (%v)\n ours %x\ntheirs %x", seed, err, merged, p.Merged)
	}
	half := len(p.Updates) / 2
	first, err := ydoc.Merge(p.Updates[:half]...)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ydoc.Merge(append([][]byte{merged, first, p.State}, p.Updates[half:]...)...)
	if err != nil {
		t.Fatal(err)
	}
	d := ydoc.New(1)
	apply(t, d, again)
	compareRoots(t, seed, "merged again", show(t, d, p.Roots), p.Roots)
	difference, err := ydoc.Diff(merged, p.Known)
	if err != nil || !bytes.Equal(difference, p.Difference) {
		t.Errorf("seed %d: difference (%v)\n ours %x\ntheirs %x", seed, err, difference, p.Difference)
	}
	vector, err := ydoc.StateVectorOf(merged)
	if err != nil || !bytes.Equal(vector, p.MergedVector) {
		t.Errorf("seed %d: state vector (%v)\n ours %x\ntheirs %x", seed, err, vector, p.MergedVector)
	}
	theirs := do[played](y, command{"cmd": "roots", "updates": [][]byte{again}, "mode": mode})
	compareRoots(t, seed, "read by yjs", theirs.Roots, p.Roots)
}

// TestSnapshots has both sides show a text as it was, and find places again.
func TestSnapshots(t *testing.T) {
	eachMode(t, true, func(t *testing.T, y *yjs, mode string, seed int, p played) {
		d, half := ydoc.New(1), ydoc.New(2)
		d.Keep, half.Keep = true, true
		for i, u := range p.Updates {
			apply(t, d, u)
			if i < len(p.Updates)/2 {
				apply(t, half, u)
			}
		}
		if state, _ := d.Update(nil); !p.Waits && !bytes.Equal(state, p.State) {
			t.Errorf("seed %d: state\n ours %x\ntheirs %x", seed, state, p.State)
		}
		compareRoots(t, seed, "read here", show(t, d, p.Roots), p.Roots)
		text := d.Text("motion")
		for i, s := range p.Snapshots {
			v1, err := ydoc.ParseSnapshot(s.Bytes)
			if err != nil {
				t.Fatal(err)
			}
			v2, err := ydoc.ParseSnapshotV2(s.BytesV2)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(v2.Encode(), s.Bytes) || !bytes.Equal(v1.EncodeV2(), s.BytesV2) {
				t.Errorf("seed %d: snapshot %d is written differently", seed, i)
			}
			if got := delta(t, text.DeltaAt(v1)); !reflect.DeepEqual(got, s.Later) {
				t.Errorf("seed %d: snapshot %d\n got %v\nwant %v", seed, i, got, s.Later)
			}
		}
		now := d.Snapshot()
		if got, want := delta(t, text.DeltaAt(now)), delta(t, text.Delta()); !reflect.DeepEqual(got, want) {
			t.Errorf("seed %d: snapshot of now\n got %v\nwant %v", seed, got, want)
		}
		for _, want := range p.Positions {
			if got := text.Position(want.At, want.Assoc); !bytes.Equal(got.Encode(), want.Bytes) {
				t.Errorf("seed %d: position at %d, %d: %x, want %x", seed, want.At, want.Assoc, got.Encode(), want.Bytes)
			}
			at, err := ydoc.ParsePosition(want.Bytes)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range []struct {
				doc  *ydoc.Doc
				want int
			}{{d, want.Here}, {half, want.There}} {
				got, ok := c.doc.Text("motion").Resolve(at)
				if !ok {
					got = -1
				}
				if got != c.want {
					t.Errorf("seed %d: %x resolves to %d, want %d", seed, want.Bytes, got, c.want)
				}
			}
		}
	})
}

func delta(t *testing.T, ops []ydoc.Op) (list any) {
	t.Helper()
	if ops == nil {
		return []any{}
	}
	b, err := json.Marshal(ops)
	if err == nil {
		err = json.Unmarshal(b, &list)
	}
	if err != nil {
		t.Fatal(err)
	}
	return list
}
