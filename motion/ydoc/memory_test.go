package ydoc

import (
	"bytes"
	"runtime"
	"testing"
)

// costly are updates that take the most memory for their length.
func costly() map[string][]byte {
	const n = 1 << 15
	families := map[string][]byte{}
	repeat := func(name string, count int, head, each []byte) {
		b := append(spell(1, count), spell(1, 0)...)
		b = append(b, head...)
		families[name] = append(append(b, bytes.Repeat(each, count-1)...), 0)
	}
	first := spell(kindString, 1, "r", "a")
	repeat("deleted", n, first, spell(byte(kindDeleted|hasOrigin), 1, 0, 1))
	repeat("garbage", n, first, spell(kindGC, 1))
	repeat("types", n, first, spell(byte(kindType|hasOrigin), 1, 0, typeArray))
	repeat("formats", n, first, spell(byte(kindFormat|hasOrigin), 1, 0, "", "0"))
	repeat("embeds", n, first, spell(byte(kindEmbed|hasOrigin), 1, 0, "[]"))
	repeat("binary", n, first, spell(byte(kindBinary|hasOrigin), 1, 0, ""))
	repeat("waiting", n, first, spell(byte(kindDeleted|hasOrigin), 2, 0, 1))
	repeat("letters", n, first, spell(byte(kindString|hasOrigin), 1, 0, "b"))
	joining := spell(1, n, 1, 0, kindString, 1, "r", "a")
	pairs := spell(1, 1, 1, 0, kindString, 1, "r", string(bytes.Repeat([]byte("😀"), n)), 1, 1, n)
	for i := range n {
		if i > 0 {
			joining = append(joining, spell(byte(kindString|hasOrigin), 1, i-1, "b")...)
		}
		pairs = append(pairs, spell(2*(n-1-i)+1, 1)...) // within each pair
	}
	families["letters that join"] = append(joining, 0)
	families["pairs cut from the end"] = pairs
	objects := bytes.Repeat([]byte{anyObject, 2, 1, 'b', anyNull, 1, '0'}, 400) // in need of order
	objects = append(append(objects, anyString), spell(string(bytes.Repeat([]byte("x"), n)))...)
	families["nested objects"] = append(append(spell(1, 1, 1, 0, kindAny, 1, "r", 1), objects...), 0)
	families["values"] = append(append(spell(1, 1, 1, 0, kindAny, 1, "r", n), bytes.Repeat([]byte{anyNull}, n)...), 0)
	families["texts of JSON"] = append(append(spell(1, 1, 1, 0, kindJSON, 1, "r", n), bytes.Repeat([]byte{1, '0'}, n)...), 0)
	families["nested JSON"] = spell(1, 1, 1, 0, kindEmbed, 1, "r", "["+string(bytes.Repeat([]byte("[],"), n))+"0]", 0)
	clients := spell(n)
	deletes := spell(0, n)
	for i := range n {
		clients = append(clients, spell(1, 1000+i, 0, kindGC, 1)...)
		deletes = append(deletes, spell(1000+i, 1, 0, 1)...)
	}
	families["clients"] = append(clients, 0)
	families["deletes of clients"] = deletes
	return families
}

// TestMemory holds Apply to what doc.go says of its memory: all that it ever
// allocates, kept or not, for each byte of an update.
func TestMemory(t *testing.T) {
	for name, update := range costly() {
		d := New(1)
		d.MaxPending = maxUint
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if err := d.Apply(update); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		runtime.ReadMemStats(&after)
		ratio := float64(after.TotalAlloc-before.TotalAlloc) / float64(len(update))
		t.Logf("%-18s %3.0f bytes for a byte; size says %3.0f", name, ratio, float64(d.Size())/float64(len(update)))
		if ratio > 256 {
			t.Errorf("%s: %.0f bytes for each byte of the update", name, ratio)
		}
	}
}
