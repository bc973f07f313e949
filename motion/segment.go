package motion

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/consult"
)

// A Segment names the bytes [Start, End) of one version of a contribution,
// for ever.
type Segment struct {
	Contribution string
	Version      int
	Start, End   int
}

// ParseSegment reads « contribution@version:start-end »; ok is false when s
// is not written exactly so.
func ParseSegment(s string) (seg Segment, ok bool) {
	at := strings.LastIndexByte(s, '@')
	if at <= 0 {
		return
	}
	version, span, _ := strings.Cut(s[at+1:], ":")
	start, end, _ := strings.Cut(span, "-")
	var err [3]error
	seg.Contribution = s[:at]
	seg.Version, err[0] = strconv.Atoi(version)
	seg.Start, err[1] = strconv.Atoi(start)
	seg.End, err[2] = strconv.Atoi(end)
	if err != [3]error{} || seg.Version < 1 || seg.Start < 0 || seg.End <= seg.Start || seg.String() != s {
		return Segment{}, false
	}
	return seg, true
}

// String is the segment's name.
func (s Segment) String() string {
	return fmt.Sprintf("%s@%d:%d-%d", s.Contribution, s.Version, s.Start, s.End)
}

// Fragment is where the segment stands in its contribution's page.
func (s Segment) Fragment() string { return fmt.Sprintf("v%d-%d-%d", s.Version, s.Start, s.End) }

// overlaps is whether both hold a byte of one version.
func (s Segment) overlaps(o Segment) bool {
	return s.Contribution == o.Contribution && s.Version == o.Version && s.Start < o.End && o.Start < s.End
}

// Words returns what the segment says, "" when it is not there (any more) or
// hidden.
func (s Segment) Words(people *consult.State) string {
	c := people.Contribution(s.Contribution)
	if c == nil || c.Erased || c.Hidden != "" || s.Version > len(c.Versions) {
		return ""
	}
	if text := c.Versions[s.Version-1].Text; s.End <= len(text) {
		return text[s.Start:s.End]
	}
	return ""
}
