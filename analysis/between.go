package analysis

import (
	"strings"
)

// between is what a text has outside its segments, which are in its order: before each,
// and after the last one. nil: one space between two, and nothing around.
func between(text string, segments []piece) []string {
	out := make([]string, 0, len(segments)+1)
	at, plain := 0, true
	add := func(s, usual string) {
		out, plain = append(out, s), plain && s == usual
	}
	for i, s := range segments {
		usual := " "
		if i == 0 {
			usual = ""
		}
		add(text[at:s.start], usual)
		at = s.end
	}
	if add(text[at:], ""); plain {
		return nil
	}
	return out
}

// text is the document's, to the byte, of its segments in its order. Reports of
// before, and of a document that has lost some, do not say what was between: one space.
func (d *Placed) text(segments []*Segment) string {
	var b strings.Builder
	known := len(d.Between) == len(segments)+1
	for i, s := range segments {
		switch {
		case known:
			b.WriteString(d.Between[i])
		case i > 0:
			b.WriteByte(' ')
		}
		b.WriteString(s.Text)
	}
	if known {
		b.WriteString(d.Between[len(segments)])
	}
	return b.String()
}
