package desk

import (
	"slices"
	"testing"

	"github.com/villes-internet/congres/analysis"
)

// TestAxesOfParts puts the themes that people made into the axis of their whole, as they saw
// it: the one from which most sentences came, or the one that it had joined.
func TestAxesOfParts(t *testing.T) {
	base := &analysis.Report{Axes: []analysis.Axis{{Letter: "A", Themes: []string{"a"}}, {Letter: "C", Themes: []string{"b", "c"}}}}
	for _, s := range []struct{ id, theme string }{{"1", "a"}, {"2", "a"}, {"3", "b"}, {"4", "c"}, {"5", "c"}, {"6", ""}} {
		base.Segments = append(base.Segments, analysis.Segment{ID: s.id, Theme: s.theme})
	}
	for _, id := range []string{"a", "b", "c"} {
		base.Themes = append(base.Themes, analysis.Theme{ID: id})
	}
	split := func(seq uint64, theme string, moves ...moved) *choice {
		return &choice{Seq: seq, Kind: kindSplit, Theme: theme, Data: decisionData{Moves: moves}}
	}
	p := apply(base, 0, []*choice{
		split(1, "d", moved{"a", []string{"1"}}, moved{"c", []string{"4", "5"}}),
		split(2, "e", moved{"d", []string{"4"}}),
		{Seq: 3, Kind: kindMerged, Theme: "a", Data: decisionData{Into: "b"}},
		split(4, "f", moved{"a", []string{"2"}}),
		split(5, "g", moved{"", []string{"6"}}),
	}, always)
	got := p.axes(base.Axes)
	if !slices.Equal(got[0].Themes, []string{"a"}) || !slices.Equal(got[1].Themes, []string{"b", "c", "d", "e", "f"}) || got[1].Letter != "C" {
		t.Errorf("axes %+v", got)
	}
	if len(base.Axes[1].Themes) != 2 {
		t.Error("the report was changed")
	}
}
