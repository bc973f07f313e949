package room

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/motion/ydoc"
)

// copiesRoot is the map beside the text in which editors say which letters are
// copies of which, since they moved a block. A value is runs joined by « ; »,
// "CLIENT:CLOCK+LENGTH=CLIENT:CLOCK" in base 36, the copies and then what they are
// copies of (web/ui/src/binding/copies.ts).
const copiesRoot = "copies"

// maxHops bounds how often a letter is a copy of a copy: records are written by
// clients, and may go in circles.
const maxHops = 1000

// A copied run: length units from clock on are copies of those from of on.
type copied struct {
	clock, length uint64
	of            ydoc.ID
}

// copies are runs by the copies' client, sorted by clock.
type copies map[uint64][]copied

// copiesOf reads what a document says of its letters; what is not sound says
// nothing.
func copiesOf(d *ydoc.Doc) copies {
	out := copies{}
	data, err := d.View(copiesRoot, ydoc.AsMap).JSON()
	if err != nil {
		return out
	}
	var said map[string]any
	if json.Unmarshal(data, &said) != nil {
		return out
	}
	for _, value := range said {
		s, _ := value.(string)
		for run := range strings.SplitSeq(s, ";") {
			if client, c, ok := parseCopied(run); ok {
				out[client] = append(out[client], c)
			}
		}
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b copied) int {
			return cmp.Or(cmp.Compare(a.clock, b.clock), cmp.Compare(a.length, b.length), cmp.Compare(a.of.Client, b.of.Client), cmp.Compare(a.of.Clock, b.of.Clock))
		})
	}
	return out
}

func parseCopied(run string) (client uint64, c copied, ok bool) {
	copy, source, ok := strings.Cut(run, "=")
	if !ok {
		return 0, c, false
	}
	first, length, _ := strings.Cut(copy, "+")
	id, ok := parseID(first)
	if !ok {
		return 0, c, false
	}
	if c.of, ok = parseID(source); !ok {
		return 0, c, false
	}
	n, err := strconv.ParseUint(length, 36, 32)
	c.clock, c.length = id.Clock, n
	return id.Client, c, err == nil && n > 0
}

func parseID(s string) (id ydoc.ID, ok bool) {
	client, clock, ok := strings.Cut(s, ":")
	var err [2]error
	id.Client, err[0] = strconv.ParseUint(client, 36, 53)
	id.Clock, err[1] = strconv.ParseUint(clock, 36, 53)
	return id, ok && err == [2]error{}
}

// root is the letter that one is in the end a copy of, and for how many from it
// on, n at most, the same runs hold.
func (c copies) root(id ydoc.ID, n uint64) (ydoc.ID, uint64) {
	for range maxHops {
		list := c[id.Client]
		at, found := slices.BinarySearchFunc(list, id.Clock, func(r copied, clock uint64) int { return cmp.Compare(r.clock, clock) })
		if at < len(list) && !found {
			n = min(n, list[at].clock-id.Clock)
		}
		if !found {
			at--
		}
		if at < 0 || id.Clock-list[at].clock >= list[at].length {
			return id, n
		}
		r := list[at]
		past := id.Clock - r.clock
		n = min(n, r.length-past)
		id = ydoc.ID{Client: r.of.Client, Clock: r.of.Clock + past}
	}
	return id, n
}
