package ydoc

import (
	"encoding/json"
	"strings"
	"testing"
)

type on = map[string]any

func TestEdits(t *testing.T) {
	for _, c := range []struct {
		name string
		edit func(*Text)
		want string
	}{
		{"attributes in force are inherited", func(x *Text) { x.Insert(2, "X", nil) },
			`[{"insert":"a"},{"insert":"bXc","attributes":{"k":true}},{"insert":"😀d"}]`},
		{"empty attributes are none", func(x *Text) { x.Insert(2, "X", on{}) },
			`[{"insert":"a"},{"insert":"b","attributes":{"k":true}},{"insert":"X"},{"insert":"c","attributes":{"k":true}},{"insert":"😀d"}]`},
		{"beyond the end", func(x *Text) { x.Insert(99, "!", nil); x.Delete(5, 99) },
			`[{"insert":"a"},{"insert":"bc","attributes":{"k":true}},{"insert":"😀"}]`},
		{"format ends", func(x *Text) { x.Format(0, 6, on{"k": nil}) }, `[{"insert":"abc😀d"}]`},
		{"format beyond the end adds newlines", func(x *Text) { x.Format(5, 3, on{"k": 1}) },
			`[{"insert":"a"},{"insert":"bc","attributes":{"k":true}},{"insert":"😀"},{"insert":"d\n\n","attributes":{"k":1}}]`},
		{"half a surrogate pair", func(x *Text) { x.Delete(3, 1) },
			`[{"insert":"a"},{"insert":"bc","attributes":{"k":true}},{"insert":"�d"}]`},
		{"embed", func(x *Text) { x.InsertEmbed(0, on{"n": 1}, on{"w": "é"}) },
			`[{"insert":{"n":1},"attributes":{"w":"é"}},{"insert":"a"},{"insert":"bc","attributes":{"k":true}},{"insert":"😀d"}]`},
		{"nothing", func(x *Text) { x.Insert(0, "", nil); x.Delete(0, 0); x.Format(1, 0, on{"z": 1}); x.Delete(-1, -1) },
			`[{"insert":"a"},{"insert":"bc","attributes":{"k":true}},{"insert":"😀d"}]`},
		{"delta", func(x *Text) {
			x.ApplyDelta([]Op{{Retain: 1}, {Delete: 1}, {Insert: "é", Attributes: on{"k": true}}, {Retain: 1, Attributes: on{"k": nil}}, {Insert: ""}})
		}, `[{"insert":"a"},{"insert":"é","attributes":{"k":true}},{"insert":"c😀d"}]`},
	} {
		d := New(1)
		x := d.Text("motion")
		x.ApplyDelta([]Op{{Insert: "a"}, {Insert: "bc", Attributes: on{"k": true}}, {Insert: "😀d"}})
		c.edit(x)
		check(t, c.name, d)
		var got []byte
		b := &strings.Builder{}
		e := json.NewEncoder(b)
		e.SetEscapeHTML(false)
		if err := e.Encode(joined(x.Delta())); err != nil {
			t.Fatal(err)
		}
		if got = []byte(strings.TrimSpace(b.String())); string(got) != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// joined is a delta without cuts between equal attributes.
func joined(ops []Op) []Op {
	var out []Op
	for _, op := range ops {
		s, isText := op.Insert.(string)
		if n := len(out) - 1; n >= 0 && isText {
			last, wasText := out[n].Insert.(string)
			if a, b := appendJSON(nil, any(out[n].Attributes)), appendJSON(nil, any(op.Attributes)); wasText && string(a) == string(b) {
				out[n].Insert = last + s
				continue
			}
		}
		out = append(out, op)
	}
	return out
}

func TestTransact(t *testing.T) {
	d := New(1)
	var heard [][]byte
	d.OnUpdate = func(u []byte) { heard = append(heard, u) }
	x := d.Text("motion")
	u := d.Transact(func() {
		x.Insert(0, "un ", nil)
		if inner := d.Transact(func() { x.Insert(3, "deux", nil) }); inner != nil {
			t.Errorf("a transaction within another gave %x", inner)
		}
	})
	x.Delete(0, 3)
	if len(heard) != 2 || string(heard[0]) != string(u) {
		t.Errorf("heard %x, want the transaction's update %x and one more", heard, u)
	}
	r := New(2)
	for range 2 {
		for i := len(heard) - 1; i >= 0; i-- {
			if err := r.Apply(heard[i]); err != nil {
				t.Fatal(err)
			}
			if want := i == 1 && r.Text("motion").Len() == 0; r.Pending() != want {
				t.Errorf("after update %d pending: %v, want %v", i, r.Pending(), want)
			}
		}
	}
	if got := r.Text("motion").String(); got != "deux" {
		t.Errorf("%q, want %q", got, "deux")
	}
}

// TestLongText keeps many blocks and chunks in order.
func TestLongText(t *testing.T) {
	d := New(1)
	x := d.Text("motion")
	var want []byte
	for i := range 6000 {
		at := (i * 7919) % (len(want) + 1)
		c := byte('a' + i%26)
		var attrs on
		if i%5 == 0 {
			attrs = on{"k": i % 3}
		}
		x.Insert(at, string(c), attrs)
		want = append(want[:at], append([]byte{c}, want[at:]...)...)
		if i%3 == 0 {
			at = (i * 104729) % len(want)
			x.Delete(at, 1)
			want = append(want[:at], want[at+1:]...)
		}
	}
	if got := x.String(); got != string(want) {
		t.Errorf("text differs")
	}
	check(t, "long", d)
	state, _ := d.Update(nil)
	r := New(2)
	if err := r.Apply(state); err != nil {
		t.Fatal(err)
	}
	check(t, "long, loaded", r)
	again, _ := r.Update(nil)
	if r.Text("motion").String() != string(want) || string(state) != string(again) {
		t.Errorf("loaded text differs")
	}
}
