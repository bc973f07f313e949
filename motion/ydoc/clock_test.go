package ydoc

import (
	"bytes"
	"errors"
	"testing"
	"unsafe"
)

// TestItemIsSmall: a long text is mostly items.
func TestItemIsSmall(t *testing.T) {
	if got := unsafe.Sizeof(item{}); got > 96 {
		t.Errorf("an item takes %d bytes, want 96 at most", got)
	}
}

// TestLastClock goes to the end of a client's clocks, and no further.
func TestLastClock(t *testing.T) {
	d := New(9)
	text := d.Text("r")
	text.Insert(0, "ab", nil)
	// All of 9's clocks but one are used up, by somebody who writes as 9.
	if err := d.Apply(spell(1, 1, 9, 2, kindGC, maxClock-3, 0)); err != nil {
		t.Fatal(err)
	}
	for _, u := range [][]byte{
		spell(1, 1, 9, maxClock-1, byte(kindString|hasOrigin), 9, 1, "xy", 0),
		spell(1, 2, 9, maxClock-1, byte(kindString|hasOrigin), 9, 1, "x", kindGC, 1, 0),
	} {
		if err := d.Apply(u); !errors.Is(err, ErrTooLarge) {
			t.Errorf("beyond the last clock: %v", err)
		}
	}
	text.Insert(2, "c", nil)
	text.Insert(3, "d", nil)
	check(t, "at the end", d)
	if got := text.String(); got != "abcd" {
		t.Errorf("%q", got)
	}
	if clocks := d.Clocks(); clocks[9] != maxClock || clocks[10] != 1 || d.Clock(9) != maxClock || d.Clock(11) != 0 || d.Client() != 10 {
		t.Errorf("clocks %v, client %d", clocks, d.Client())
	}
	state, _ := d.Update(nil)
	again := New(8)
	if err := again.Apply(state); err != nil {
		t.Fatal(err)
	}
	check(t, "read back", again)
	if got := again.Text("r").String(); got != "abcd" {
		t.Errorf("read back: %q", got)
	}
}

// TestStampsRunOut has many items conflict when stamps have to begin again.
func TestStampsRunOut(t *testing.T) {
	var states [][]byte
	for _, stamp := range []uint32{0, maxStamp - 5000, maxStamp} {
		d := New(1)
		if err := d.Apply(crowd(50)); err != nil {
			t.Fatal(err)
		}
		d.stamp = stamp
		for _, p := range d.peers {
			p.all(0, func(it *item) { it.stamp = stamp })
		}
		if err := d.Apply(crowd(200)); err != nil {
			t.Fatal(err)
		}
		if d.stamp >= maxStamp {
			t.Errorf("from %d: stamps are at %d", stamp, d.stamp)
		}
		check(t, "stamped", d)
		state, _ := d.Update(nil)
		states = append(states, state, []byte(d.Text("r").String()))
	}
	for i := 2; i < len(states); i++ {
		if !bytes.Equal(states[i], states[i%2]) {
			t.Errorf("run %d ends otherwise", i/2)
		}
	}
}
