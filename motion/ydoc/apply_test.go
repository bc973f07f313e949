package ydoc

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"
)

// spell writes an update: ints as varuints, bytes as they are.
func spell(parts ...any) []byte {
	w := &writer{}
	for _, p := range parts {
		switch p := p.(type) {
		case int:
			w.uint(uint64(p))
		case byte:
			w.byte(p)
		case string:
			w.string(p)
		}
	}
	return w.b
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name   string
		update []byte
		want   error
	}{
		{"nothing", nil, ErrMalformed},
		{"no delete set", spell(0), ErrMalformed},
		{"many clients, no bytes", spell(1<<50, 1<<50), ErrMalformed},
		{"number too large", bytes.Repeat([]byte{0xff}, 9), ErrMalformed},
		{"clock too large", spell(1, 2, 1, maxClock-9, kindGC, 5, kindGC, 5, 0), ErrTooLarge},
		{"first clock too large", spell(1, 1, 1, maxClock+1, kindGC, 1, 0), ErrTooLarge},
		{"length too large", spell(1, 1, 1, 5, kindGC, maxUint, 0), ErrTooLarge},
		{"left of a clock too large", spell(1, 1, 1, 0, byte(kindString|hasOrigin), 2, maxClock+1, "a", 0), ErrTooLarge},
		{"parent of a clock too large", spell(1, 1, 1, 0, kindString, 0, 2, maxUint, "a", 0), ErrTooLarge},
		{"deletes a clock too large", spell(0, 1, 1, 1, 1, maxClock), ErrTooLarge},
		{"unknown content", spell(1, 1, 1, 0, 17, 1, "r", 0), ErrMalformed},
		{"text is not UTF-8", spell(1, 1, 1, 0, kindString, 1, "r", "\xff", 0), ErrMalformed},
		{"embed is not JSON", spell(1, 1, 1, 0, kindEmbed, 1, "r", "{", 0), ErrMalformed},
		{"format is not JSON", spell(1, 1, 1, 0, kindFormat, 1, "r", "k", "", 0), ErrMalformed},
		{"its own left", spell(1, 1, 1, 0, byte(kindString|hasOrigin), 1, 0, "a", 0), ErrMalformed},
		{"its own right", spell(1, 1, 1, 5, byte(kindString|hasRight), 1, 9, "a", 0), ErrMalformed},
		{"its own parent", spell(1, 1, 1, 0, kindString, 0, 1, 0, "a", 0), ErrMalformed},
		{"subdocument", spell(1, 1, 1, 0, kindDoc, 1, "r", "guid", anyObject, 0, 0), ErrUnsupported},
		{"weak link", spell(1, 1, 1, 0, kindType, 1, "r", 7, 0), ErrUnsupported},
		{"deep value", append(spell(1, 1, 1, 0, kindAny, 1, "r", 1), bytes.Repeat([]byte{anyArray, 1}, 1000)...), ErrTooLarge},
		{"second half is cut", spell(2, 1, 2, 0, kindString, 1, "r", "good", 1, 1, 0, kindString, 1, "r", "cu"), ErrMalformed},
	} {
		d := New(1)
		before, _ := d.Update(nil)
		size := d.Size()
		err := d.Apply(c.update)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", c.name, err, c.want)
		}
		if after, _ := d.Update(nil); !bytes.Equal(after, before) || d.Size() != size || len(d.peers)+len(d.roots) > 0 {
			t.Errorf("%s: a refused update changed the document", c.name)
		}
		if _, err := UpdateClients(c.update); !errors.Is(err, c.want) {
			t.Errorf("%s: scan error %v, want %v", c.name, err, c.want)
		}
		if _, err := Merge(c.update); !errors.Is(err, c.want) {
			t.Errorf("%s: merge error %v, want %v", c.name, err, c.want)
		}
	}
}

// TestHostile applies sound updates that no honest client writes.
func TestHostile(t *testing.T) {
	for _, c := range []struct {
		name    string
		updates [][]byte
		waits   bool
	}{
		{"two that wait for each other", [][]byte{spell(2, 1, 1, 0, byte(kindString|hasOrigin), 2, 0, "a", 1, 2, 0, byte(kindString|hasOrigin), 1, 0, "b", 0)}, true},
		{"parent is a text", [][]byte{spell(2, 1, 1, 0, kindString, 1, "r", "abc", 1, 2, 0, kindString, 0, 1, 1, "x", 0)}, false},
		{"right is left of left", [][]byte{
			spell(1, 1, 1, 0, kindString, 1, "r", "abcdef", 0),
			spell(1, 1, 2, 0, byte(kindString|hasOrigin|hasRight), 1, 4, 1, 1, "x", 0)}, false},
		{"neighbours in two texts", [][]byte{
			spell(1, 2, 1, 0, kindString, 1, "r", "ab", kindString, 1, "s", "cd", 0),
			spell(1, 2, 2, 0, byte(kindString|hasOrigin|hasRight), 1, 0, 1, 3, "x", byte(kindString|hasOrigin|hasRight), 1, 2, 1, 1, "y", 0)}, false},
		{"one client, two stories", [][]byte{
			spell(1, 1, 1, 0, kindString, 1, "r", "ab", 0),
			spell(1, 1, 1, 0, kindString, 1, "s", "abcd", 1, 1, 1, 1, 2)}, false},
		{"a type's children after it became a text", [][]byte{
			spell(1, 1, 1, 0, kindString, 1, "r", "ab", 0),
			spell(1, 3, 1, 0, kindType, 1, "r", typeText, kindString, 0, 1, 0, "x", byte(kindString|hasOrigin), 1, 1, "y", 0)}, false},
		{"a client twice, backwards", [][]byte{spell(2, 1, 1, 1, byte(kindString|hasOrigin), 1, 0, "b", 1, 1, 0, kindString, 1, "r", "a", 0)}, false},
		{"nothing at all", [][]byte{spell(1, 2, 1, 0, kindString, 1, "r", "", kindGC, 0, 1, 1, 1, 0, 0)}, false},
		{"long ago and far away", [][]byte{spell(0, 1, 1, 1, 0, maxClock)}, true},
		{"an ocean of garbage", [][]byte{spell(1, 2, 1, 0, kindGC, 1<<31, byte(kindDeleted|hasOrigin), 1, 5, 1<<30, 1, 1, 1, 7, 1<<29)}, false},
	} {
		d := New(9)
		text := d.Text("r")
		for _, u := range c.updates {
			if err := d.Apply(u); err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
		}
		check(t, c.name, d)
		if d.Pending() != c.waits {
			t.Errorf("%s: waits: %v, want %v", c.name, d.Pending(), c.waits)
		}
		text.Insert(1, "é", map[string]any{"k": true})
		text.Delete(0, 1)
		check(t, c.name, d)
		state, err := d.Update(nil)
		if err != nil {
			t.Fatal(err)
		}
		again := New(8)
		if err := again.Apply(state); err != nil {
			t.Errorf("%s: own state: %v", c.name, err)
		}
		if c.name == "right is left of left" {
			continue // its order depends on who came first, in Yjs too
		}
		if got, want := again.Text("r").String(), text.String(); got != want {
			t.Errorf("%s: %q after reload, want %q", c.name, got, want)
		}
	}
}

func TestPendingIsBounded(t *testing.T) {
	d := New(1)
	d.MaxPending = 1000
	wait := func(clock int) []byte { return spell(1, 1, 5, clock, byte(kindString|hasOrigin), 5, clock-1, "x", 0) }
	var err error
	n := 0
	for err == nil && n < 100 {
		n++
		err = d.Apply(wait(2 * n))
	}
	if !errors.Is(err, ErrTooLarge) {
		t.Fatalf("after %d updates: error %v, want ErrTooLarge", n, err)
	}
	if got := d.Size(); got > d.MaxPending || !d.Pending() {
		t.Errorf("size %d, want at most %d", got, d.MaxPending)
	}
	if err := d.Apply(spell(0, 1, 77, 1, 0, 1)); err != nil {
		t.Errorf("a small one beside: %v", err)
	}
	// What arrives and lets the others go is no burden.
	if err := d.Apply(spell(1, 1, 5, 0, kindString, 1, "r", strings.Repeat("y", 500), 0)); err != nil {
		t.Errorf("the cause: %v", err)
	}
	check(t, "after", d)
}

func TestValuesAreNormalised(t *testing.T) {
	for _, c := range []struct {
		name    string
		in, out []byte
	}{
		{"whole float64", append([]byte{anyFloat64}, 0x40, 0x45, 0, 0, 0, 0, 0, 0), []byte{anyInt, 42}},
		{"int of 33 bits", []byte{anyInt, 0x80, 0x80, 0x80, 0x80, 0x20}, []byte{anyFloat32, 0x4f, 0x80, 0, 0}},
		{"integer keys first, the last of equals", []byte{anyObject, 4, 1, 'b', anyNull, 1, '7', anyTrue, 1, 'b', anyFalse, 1, '1', anyUndefined},
			[]byte{anyObject, 3, 1, '1', anyUndefined, 1, '7', anyTrue, 1, 'b', anyFalse}},
	} {
		w, r := &writer{}, &reader{b: c.in}
		copyAny(w, r, 0)
		if r.err != nil || !bytes.Equal(w.b, c.out) {
			t.Errorf("%s: %x (%v), want %x", c.name, w.b, r.err, c.out)
		}
	}
}

func TestJSONIsJavaScripts(t *testing.T) {
	for _, c := range []struct {
		in   any
		want string
	}{
		{nil, "null"}, {true, "true"}, {1, "1"}, {1.0, "1"}, {1e21, "1e+21"}, {1e-7, "1e-7"}, {0.1, "0.1"}, {math.Inf(1), "null"},
		{"é\u2028<&>\x01\"\\\n", "\"é\u2028<&>\\u0001\\\"\\\\\\n\""},
		{map[string]any{"b": []any{1, "x"}, "a": nil}, `{"a":null,"b":[1,"x"]}`},
	} {
		if got := makeValue(c.in).json; got != c.want {
			t.Errorf("%v: %s, want %s", c.in, got, c.want)
		}
	}
}
