package ydoc_test

import (
	"bytes"
	"testing"

	"github.com/villes-internet/congres/motion/ydoc"
)

// TestMixedContent has both sides read updates with every kind of content,
// shuffled, and encode them again: whole, against other state vectors, and
// while some still wait for their cause.
func TestMixedContent(t *testing.T) {
	y := startYjs(t)
	for seed := range *modeSeeds * 2 {
		want := do[struct {
			Updates       [][]byte
			State, Vector []byte
			Differences   []struct {
				Vector, Update []byte
				Waits          bool
			}
		}](y, command{"cmd": "mixed", "seed": seed})
		doc := ydoc.New(1)
		for i, u := range want.Updates {
			apply(t, doc, u)
			if i%5 != 0 {
				continue
			}
			d := want.Differences[i/5]
			got, err := doc.Update(d.Vector)
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			if !doc.Pending() && !d.Waits && !bytes.Equal(got, d.Update) {
				t.Errorf("seed %d, after update %d: difference\n ours %x\ntheirs %x", seed, i, got, d.Update)
			}
		}
		if doc.Pending() {
			t.Errorf("seed %d: something still waits", seed)
		}

		// Documents saved half-way go on with what is left.
		half := len(want.Updates) / 10 * 5
		first := ydoc.New(1)
		for _, u := range want.Updates[:half+1] {
			apply(t, first, u)
		}
		saved, _ := first.Update(nil)
		theirs := do[[]byte](y, command{"cmd": "vector", "updates": append([][]byte{saved}, want.Updates[half+1:]...)})
		again := ydoc.New(1)
		apply(t, again, saved)
		if again.Pending() != first.Pending() {
			t.Errorf("seed %d: saved document waits: %v, want %v", seed, again.Pending(), first.Pending())
		}
		for _, u := range want.Updates[half+1:] {
			apply(t, again, u)
		}
		if !bytes.Equal(again.StateVector(), doc.StateVector()) {
			t.Errorf("seed %d: saved here and continued here: %x, want %x", seed, again.StateVector(), doc.StateVector())
		}

		if !bytes.Equal(doc.StateVector(), want.Vector) || !bytes.Equal(doc.StateVector(), theirs) {
			t.Logf("seed %d: yjs has to be told again", seed)
			continue
		}
		state, _ := doc.Update(nil)
		if !bytes.Equal(state, want.State) {
			t.Errorf("seed %d: state\n ours %x\ntheirs %x", seed, state, want.State)
		}
		if t.Failed() {
			return
		}
	}
}

// apply also holds Check to changing nothing.
func apply(t *testing.T, d *ydoc.Doc, update []byte) {
	t.Helper()
	before, _ := d.Update(nil)
	if err := d.Check(update); err != nil {
		t.Fatalf("check %x: %v", update, err)
	}
	if after, _ := d.Update(nil); !bytes.Equal(before, after) {
		t.Fatalf("check %x changed the document", update)
	}
	if err := d.Apply(update); err != nil {
		t.Fatalf("apply %x: %v", update, err)
	}
}
