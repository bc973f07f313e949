package ydoc

import (
	"bytes"
	"errors"
	"testing"
)

// crowd is an update whose n clients each write one letter after the first of
// a text, each before another of its letters, so that every one of them
// conflicts with all that came before it.
func crowd(n int) []byte {
	text := bytes.Repeat([]byte{'x'}, n+2)
	const base = 1 << 31
	w := &writer{b: spell(n+1, 1, base, 0, kindString, 1, "r", string(text))}
	for i := range n {
		w.b = append(w.b, spell(1, base-1-i, 0, byte(kindString|hasOrigin|hasRight), base, 0, base, i+1, "y")...)
	}
	w.uint(0)
	return w.b
}

func TestWorkIsBounded(t *testing.T) {
	update := crowd(40_000)
	d := New(1)
	d.Text("r").Insert(0, "ééé", nil)
	if err := d.Apply(crowd(100)); err != nil {
		t.Fatal(err)
	}
	before, _ := d.Update(nil)
	size, peers := d.Size(), len(d.peers)
	// 15 million steps are well below a second; without a bound it were 800.
	if got := d.allowance(len(update)); got > 20_000_000 {
		t.Errorf("%d bytes may take %d steps", len(update), got)
	}
	if err := d.Apply(update); !errors.Is(err, ErrTooLarge) {
		t.Fatalf("error %v, want ErrTooLarge", err)
	}
	check(t, "refused", d)
	if after, _ := d.Update(nil); !bytes.Equal(after, before) || d.Size() != size || len(d.peers) != peers {
		t.Errorf("a refused update changed the document")
	}
	// Within a transaction, what was edited there stays.
	inner := d.Transact(func() {
		d.Text("r").Insert(2, "n", nil)
		if err := d.Apply(update); !errors.Is(err, ErrTooLarge) {
			t.Errorf("error %v, want ErrTooLarge", err)
		}
		d.Text("r").Insert(3, "m", nil)
	})
	again := New(2)
	for _, u := range [][]byte{before, inner} {
		if err := again.Apply(u); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := again.Text("r").String(), d.Text("r").String(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	// What was accepted before is loaded whatever it takes.
	d = New(1)
	d.MaxWork = 10_000
	few := crowd(1000)
	if err := d.Apply(few); !errors.Is(err, ErrTooLarge) {
		t.Errorf("error %v, want ErrTooLarge", err)
	}
	d.MaxWork = NoLimit
	if err := d.Apply(few); err != nil {
		t.Errorf("without limit: %v", err)
	}
	check(t, "without limit", d)
}

// TestWaitingCausesAreNotLost has an update refused that brings the cause of
// others, which then still wait.
func TestWaitingCausesAreNotLost(t *testing.T) {
	d := New(1)
	if err := d.Apply(spell(1, 1, 5, 2, byte(kindString|hasOrigin), 5, 1, "x😀y", 0)); err != nil {
		t.Fatal(err)
	}
	before, _ := d.Update(nil)
	cause := spell(1, 1, 5, 0, kindString, 1, "r", "ab", 0)
	if err := d.Check(cause); err != nil {
		t.Fatal(err)
	}
	if after, _ := d.Update(nil); !bytes.Equal(after, before) || !d.Pending() {
		t.Errorf("checking an update changed the document")
	}
	if err := d.Apply(cause); err != nil {
		t.Fatal(err)
	}
	if got := d.Text("r").String(); got != "abx😀y" {
		t.Errorf("%q", got)
	}
}

// TestQuadratic applies updates that cost the square of their length where a
// list or a text is walked again for each item. It would take minutes.
func TestQuadratic(t *testing.T) {
	const n = 100_000
	text := func(c string, n int) string { return string(bytes.Repeat([]byte(c), n)) }
	one := func(parts ...any) []byte { return spell(append([]any{1}, parts...)...) }
	pieces := func(c string) []byte {
		b := spell(2, 1, 9, 0, kindString, 1, "r", text(c, n), n/2, 1, 0)
		for i := range n / 2 {
			b = append(b, spell(byte(kindString|hasOrigin), 9, n-1-2*i, "y")...)
		}
		return append(b, 0)
	}
	wrapped := func(count int, each func(i int) []byte, deletes []byte) []byte {
		b := one(count, 9, 0)
		for i := range count {
			b = append(b, each(i)...)
		}
		return append(b, deletes...)
	}
	chained := func(content ...any) func(int) []byte {
		return func(i int) []byte {
			if i == 0 {
				return spell(append([]any{content[0].(byte), 1, "r"}, content[1:]...)...)
			}
			return spell(append([]any{content[0].(byte) | hasOrigin, 9, i - 1}, content[1:]...)...)
		}
	}
	backwards := spell(0, 1, 9, n/2)
	overlapping := spell(0, 1, 9, n/2)
	for i := range n / 2 {
		backwards = append(backwards, spell(n-1-2*i, 1)...)
		overlapping = append(overlapping, spell(i, 1<<30)...)
	}
	for _, c := range []struct {
		name    string
		updates [][]byte
	}{
		{"two-byte letters cut from the end", [][]byte{pieces("é")}},
		{"surrogate pairs cut from the end", [][]byte{pieces("😀")}},
		{"letters that join", [][]byte{wrapped(n, chained(byte(kindString), "é"), spell(0))}},
		{"values that join", [][]byte{wrapped(n, chained(byte(kindAny), 1, byte(anyNull)), spell(0))}},
		{"deletions from the end", [][]byte{one(1, 9, 0, kindString, 1, "r", text("é", n), 0), backwards}},
		{"overlapping deletions", [][]byte{wrapped(n, chained(byte(kindEmbed), "0"), spell(0)), overlapping}},
		{"a gap of deleted embeds after a format", [][]byte{
			wrapped(n, func(i int) []byte {
				if i == 0 {
					return spell(kindFormat, 1, "r", "k", "1")
				}
				return spell(byte(kindEmbed|hasOrigin), 9, i-1, "0")
			}, spell(0)), backwards}},
		{"formats of as many names", [][]byte{append(wrapped(n, func(i int) []byte {
			name := string(spell(1<<30 + i))[:4]
			name = text("k", 1) + hex(name)
			if i == 0 {
				return spell(kindFormat, 1, "r", name, "1")
			}
			return spell(byte(kindFormat|hasOrigin), 9, i-1, name, "1")
		}, nil), 0)}},
		{"types within types", [][]byte{
			wrapped(n, func(i int) []byte {
				if i == 0 {
					return spell(kindType, 1, "r", typeArray)
				}
				return spell(kindType, 0, 9, i-1, typeArray)
			}, spell(0)), spell(0, 1, 9, 1, 0, 1)}},
		{"types side by side", [][]byte{
			wrapped(n, chained(byte(kindType), typeText), spell(0)),
			func() []byte {
				b := one(n, 8, 0)
				for i := range n {
					b = append(b, spell(kindFormat, 0, 9, i, "k", "1")...)
				}
				return append(b, 0)
			}()}},
	} {
		d := New(1)
		d.Text("r")
		for _, u := range c.updates {
			if err := d.Apply(u); err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		check(t, c.name, d)
	}
}

func hex(s string) string {
	const digits = "0123456789abcdef"
	b := make([]byte, 0, 2*len(s))
	for _, c := range []byte(s) {
		b = append(b, digits[c>>4], digits[c&15])
	}
	return string(b)
}
