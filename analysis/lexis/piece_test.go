package lexis

import (
	"slices"
	"strings"
	"testing"
)

// The cases, but for the last three, are those of rainette's own tests.
func TestPieces(t *testing.T) {
	const cool = "Cool ! Cool cool cool."
	for _, c := range []struct {
		text         string
		size, window int
		want         string
	}{
		{"One more test.", 0, 0, "One more test."},
		{cool, 0, 0, cool},
		{cool, 1, 0, "Cool|!|Cool|cool|cool."},
		{cool, 1, 1, "Cool !|Cool|cool cool."},
		{cool, 1, 2, "Cool !|Cool cool cool."},
		{cool, 2, 0, "Cool !|Cool cool|cool."},
		{cool, 2, 2, "Cool !|Cool cool cool."},
		{cool, 3, 0, "Cool !|Cool cool cool."},
		{cool, 3, 2, cool},
		{cool, 3, 3, cool},
		{" \n", 0, 0, ""},
		{"Un deux, trois quatre cinq. Six sept huit neuf dix\n", 4, 2, "Un deux, trois quatre cinq.|Six sept huit neuf dix"},
		{"l’été\u00a0: deux\xff", 1, 0, "l’été|:|deux\xff"},
	} {
		var got []string
		for _, s := range Pieces(c.text, c.size, c.window) {
			got = append(got, c.text[s.Start:s.End])
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("Pieces(%q, %d, %d) = %q, want %q", c.text, c.size, c.window, got, c.want)
		}
	}
}

func FuzzPieces(f *testing.F) {
	f.Add("Un deux, trois quatre cinq. Six\u00a0! sept\xff huit", 3, 2)
	f.Fuzz(func(t *testing.T, text string, size, window int) {
		var got []string
		end := 0
		for _, s := range Pieces(text, size%1000, window%1000) {
			if s.Start < end || s.End <= s.Start {
				t.Fatalf("span %v after %d", s, end)
			}
			end = s.End
			got = append(got, strings.Fields(text[s.Start:s.End])...)
		}
		if want := strings.Fields(text); !slices.Equal(got, want) {
			t.Fatalf("words %q, want %q", got, want)
		}
	})
}
