package pdf

import (
	"bytes"
	"testing"

	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
)

// TestSubset compares the outlines of a part with those of the whole.
func TestSubset(t *testing.T) {
	whole := tablesOf(goregular.TTF)
	used := []sfnt.GlyphIndex{36, 100, 200, 9999}
	out := subset(goregular.TTF, used)
	if len(out) > len(goregular.TTF)/2 {
		t.Errorf("%d bytes of %d", len(out), len(goregular.TTF))
	}
	part := tablesOf(out)
	full := subset(goregular.TTF, func() (all []sfnt.GlyphIndex) {
		for g := range len(whole["loca"]) / 2 {
			all = append(all, sfnt.GlyphIndex(g))
		}
		return all
	}())
	if len(part["loca"]) != len(tablesOf(full)["loca"]) || string(part["hmtx"]) != string(whole["hmtx"]) {
		t.Error("the glyphs have other numbers")
	}
	of := func(tables map[string][]byte, g int) []byte {
		at := func(n int) int {
			l := tables["loca"][4*n:]
			return int(l[0])<<24 | int(l[1])<<16 | int(l[2])<<8 | int(l[3])
		}
		return tables["glyf"][at(g):at(g+1)]
	}
	for _, g := range []int{0, 36, 100, 200} {
		if got, want := of(part, g), of(tablesOf(full), g); !bytes.Equal(got, want) || len(got) == 0 {
			t.Errorf("glyph %d has %d bytes, want %d", g, len(got), len(want))
		}
	}
	if len(of(part, 40)) != 0 {
		t.Error("a glyph that is not used is there")
	}
}

// FuzzSubset reads broken fonts.
func FuzzSubset(f *testing.F) {
	f.Add(subset(goregular.TTF, []sfnt.GlyphIndex{1, 100}))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) { subset(data, []sfnt.GlyphIndex{1, 2, 65535}) })
}
