package ydoc

import "fmt"

// ClockRange is the clocks From ≤ clock < To.
type ClockRange struct{ From, To uint64 }

// Footprint is what an update touches.
type Footprint struct {
	// Clients says for each client the clocks that the update writes, from
	// the first to the last (an update may leave gaps between).
	Clients map[uint64]ClockRange
	// Deleted says for each client how many clocks the update deletes.
	Deleted map[uint64]uint64
}

// OnlyDeletes is whether the update deletes and writes nothing.
func (f Footprint) OnlyDeletes() bool { return len(f.Clients) == 0 && len(f.Deleted) > 0 }

// Empty is whether the update changes nothing anywhere.
func (f Footprint) Empty() bool { return len(f.Clients) == 0 && len(f.Deleted) == 0 }

// UpdateClients reads an update through without applying it. Its errors are
// those of Doc.Apply that do not depend on the document.
func UpdateClients(update []byte) (Footprint, error) {
	f := Footprint{Clients: map[uint64]ClockRange{}, Deleted: map[uint64]uint64{}}
	r := &reader{b: update}
	r.structs(func(s *raw) {
		if s.kind() == kindSkip || s.length == 0 {
			return
		}
		c, known := f.Clients[s.id.client]
		if from := uint64(s.id.clock); !known || from < c.From {
			c.From = from
		}
		c.To = max(c.To, uint64(s.end()))
		f.Clients[s.id.client] = c
	})
	r.deletes(func(client uint64, s span) { f.Deleted[client] += uint64(s.end - s.start) })
	r.done()
	if r.err != nil {
		return Footprint{}, fmt.Errorf("scan update: %w", r.err)
	}
	return f, nil
}
