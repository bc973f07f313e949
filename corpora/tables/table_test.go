package tables

import (
	"math"
	"slices"
	"testing"
)

func TestBytes(t *testing.T) {
	stems := []string{"bus", "mair", "écol"}
	values := [][]float32{{1, -1, .5}, {0, 0, 0}, {1e-3, 2e-3, -3e-3}}
	table, err := Read(string(Bytes(stems, values)))
	if err != nil {
		t.Fatal(err)
	}
	r := table.Reader()
	for i, stem := range stems {
		if got := r.Row(stem); got != i {
			t.Errorf("Row(%q) = %d, want %d", stem, got, i)
		}
		sum := make([]float32, 3)
		table.Add(sum, i, 2)
		unpacked := make([]float32, 3)
		scale := 2 * table.Unpack(unpacked, i)
		for j, got := range sum {
			if want := scale * unpacked[j]; got != want {
				t.Errorf("%s %d: Unpack gives %v, Add %v", stem, j, want, got)
			}
			if want := 2 * values[i][j]; math.Abs(float64(got-want)) > .01*math.Abs(float64(slices.Max(values[i])))*2 {
				t.Errorf("%s %d: %v, want %v", stem, j, got, want)
			}
		}
	}
	for _, stem := range []string{"", "a", "busa", "zz", "éz"} {
		if got := r.Row(stem); got != -1 {
			t.Errorf("Row(%q) = %d", stem, got)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	good := string(Bytes([]string{"a", "b"}, [][]float32{{1, 2}, {3, 4}}))
	for i := range good {
		if _, err := Read(good[:i]); err == nil {
			t.Errorf("%d bytes of a table are taken for one", i)
		}
	}
	later := []byte(good)
	later[8]++
	if _, err := Read(string(later)); err == nil {
		t.Error("a later version is taken for this one")
	}
}

func TestHalf(t *testing.T) {
	for bits := range uint16(31 << 10) {
		if got := toHalf(half(bits)); got != bits {
			t.Fatalf("%#x becomes %#x", bits, got)
		}
	}
	if got := half(0x3c00); got != 1 {
		t.Errorf("half(0x3c00) = %v", got)
	}
}

// The embedded tables: in order, and their rows are numbers.
func TestWords(t *testing.T) {
	size := len(near) + len(sentences)
	if size > 12_000_000 {
		t.Errorf("%d bytes of tables", size)
	}
	for i, words := range Words() {
		r := words.Reader()
		if least := []int{10_000, 30_000}[i]; words.Dim != 128 || words.Rows < least {
			t.Errorf("table %d: %d rows of %d", i, words.Rows, words.Dim)
		}
		for i := range words.Rows {
			if i > 0 && r.Stem(i-1) >= r.Stem(i) {
				t.Fatalf("%q before %q", r.Stem(i-1), r.Stem(i))
			}
			sum := make([]float32, words.Dim)
			words.Add(sum, i, 1)
			for _, v := range sum {
				if v != v || v > 10 || v < -10 {
					t.Fatalf("%q holds %v", r.Stem(i), v)
				}
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(string(Bytes([]string{"a", "b"}, [][]float32{{1, 2}, {3, 4}})))
	f.Fuzz(func(t *testing.T, data string) {
		table, err := Read(data)
		if err != nil {
			return
		}
		r := table.Reader()
		for i := range table.Rows {
			table.Add(make([]float32, table.Dim), i, 1)
			r.Stem(i)
		}
	})
}
