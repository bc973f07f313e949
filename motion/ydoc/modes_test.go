package ydoc_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"reflect"
	"testing"

	"github.com/villes-internet/congres/motion/ydoc"
)

var modeSeeds = flag.Int("mode-seeds", 100, "how many sessions of each mode yjs plays")

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
	})
}
