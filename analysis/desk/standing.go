package desk

import "slices"

// A claim is what one decision at a time has the last word on: a theme's name or
// place, a segment's theme…
type claim struct {
	about string
	of    string // a theme, a segment or an axis
}

func (c *choice) claims() (out []claim) {
	switch c.Kind {
	case kindRenamed:
		out = append(out, claim{"name", c.Theme})
	case kindMerged:
		out = append(out, claim{"merge", c.Theme})
	case kindFrozen, kindThawed:
		out = append(out, claim{"frozen", c.Theme})
	case kindPlaced:
		out = append(out, claim{"axis", c.Theme})
	case kindGiven, kindCleared, kindWithdrawn:
		out = append(out, claim{"guide", c.Theme})
	case kindSplit:
		out = append(out, claim{"name", c.Theme})
	}
	for _, m := range c.Data.Moves {
		for _, s := range m.Segments {
			out = append(out, claim{"segment", s})
		}
	}
	return out
}

// standing says of decisions what they are in p, which they made: holds are those
// that something is as it is for; waits those of whose themes and segments nothing
// is there. The others are undone, or people have decided otherwise since.
func (p *partition) standing(choices []*choice) (holds, waits map[*choice]bool) {
	last := map[claim]*choice{}
	for _, c := range choices {
		if c.stands(always) {
			for _, x := range c.claims() {
				last[x] = c
			}
		}
	}
	shown := p.shown()
	holds, waits = map[*choice]bool{}, map[*choice]bool{}
	for x, c := range last {
		there, seen := true, true
		switch x.about {
		case "segment":
			_, there = p.own[x.of]
		case "merge":
			there = slices.Contains(p.themes, x.of)
		case "name", "frozen", "axis":
			seen = shown[x.of]
			there = seen || slices.Contains(p.themes, x.of)
		}
		switch {
		case there && seen:
			holds[c] = true
		case !there:
			waits[c] = true
		}
	}
	for c := range holds {
		delete(waits, c)
	}
	return holds, waits
}
