package analysis

import (
	"encoding/csv"
	"io"
	"strings"
	"testing"
)

// TestStabilityWords holds words to the thresholds of the method's author.
func TestStabilityWords(t *testing.T) {
	for s, want := range map[float64]string{0: "stabilité non mesurée", .01: "fragile", .499: "fragile", .5: "peu stable", .599: "peu stable",
		.6: "assez stable", .749: "assez stable", .75: "stable", .849: "stable", .85: "très stable", 1: "très stable"} {
		if got, _, _ := strings.Cut(StabilityWords(s), ", "); got != want {
			t.Errorf("%v is %q, want %q", s, got, want)
		}
	}
}

// TestUnmeasured says of a theme whose stability was not measured no more than that,
// in every file.
func TestUnmeasured(t *testing.T) {
	r := analyse(t, small(), Settings{Themes: 2})
	for n := range r.Themes {
		r.Themes[n].Stability = 0
	}
	for name, write := range map[string]func(io.Writer) error{"html": r.WriteHTML, "mm": r.WriteFreeplane, "csv": r.WriteThemes} {
		var b strings.Builder
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		text := b.String()
		if name != "csv" && !strings.Contains(text, "Stabilité non mesurée.") || strings.Contains(text, "tabilité stabilité") || strings.Contains(text, "\u00a0: stabilité") {
			t.Errorf("%s does not say it, or twice", name)
		}
		if rows, err := csv.NewReader(strings.NewReader(text)).ReadAll(); name == "csv" && (err != nil || rows[1][6] != "") {
			t.Errorf("%v, %v", rows, err)
		}
	}
}

// TestMostOf says of what a theme has most, and nothing of a corpus of fewer texts
// than themes.
func TestMostOf(t *testing.T) {
	of := func(texts, unplaced int) string {
		r := &Report{Themes: make([]Theme, 4), Corpus: Summary{Documents: texts, Unplaced: unplaced}}
		for range texts - unplaced {
			r.Documents = append(r.Documents, Placed{Theme: "t1"})
		}
		return strings.Join(r.swallowed(), "")
	}
	if got := of(1, 0); got != "" {
		t.Errorf("of one text: %s", got)
	}
	if got := of(10, 0); !strings.HasPrefix(got, "Un thème tient 100\u00a0% des textes\u00a0: ") {
		t.Error(got)
	}
	if got := of(100, 80); !strings.HasPrefix(got, "Un thème tient 100\u00a0% des textes qui ont un thème\u00a0: ") {
		t.Error(got)
	}
}
