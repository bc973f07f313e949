package ydoc

import (
	"maps"
	"testing"
)

func TestUpdateClients(t *testing.T) {
	d := New(7)
	text := d.Text("motion")
	insert := d.Transact(func() { text.Insert(0, "é😀", nil) })
	erase := d.Transact(func() { text.Delete(0, 1) })
	both := d.Transact(func() { text.Insert(0, "a", nil); text.Delete(1, 2) })
	nothing := d.Transact(func() {})
	for _, c := range []struct {
		name    string
		update  []byte
		clients map[uint64]ClockRange
		deleted map[uint64]uint64
		only    bool
	}{
		{"insert", insert, map[uint64]ClockRange{7: {0, 3}}, nil, false},
		{"delete", erase, nil, map[uint64]uint64{7: 1}, true},
		{"both", both, map[uint64]ClockRange{7: {3, 4}}, map[uint64]uint64{7: 2}, false},
		{"a gap", spell(1, 3, 5, 2, kindGC, 1, kindSkip, 4, kindGC, 1, 0), map[uint64]ClockRange{5: {2, 8}}, nil, false},
		{"empty", spell(0, 0), nil, nil, false},
	} {
		f, err := UpdateClients(c.update)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if !maps.Equal(f.Clients, c.clients) || !maps.Equal(f.Deleted, c.deleted) || f.OnlyDeletes() != c.only {
			t.Errorf("%s: %+v", c.name, f)
		}
		if f.Empty() != (c.name == "empty") {
			t.Errorf("%s: empty: %v", c.name, f.Empty())
		}
	}
	if nothing != nil {
		t.Errorf("a transaction without edits gave %x", nothing)
	}
}
