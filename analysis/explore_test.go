package analysis

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
)

// TestExplorer counts by hand.
func TestExplorer(t *testing.T) {
	r := &Report{Themes: []Theme{{ID: "a"}, {ID: "b"}}}
	for _, s := range []struct{ document, theme, text string }{
		{"1", "a", "L’école du village manque de place."},
		{"1", "a", "Nos écoles n’ont pas de cantine."},
		{"2", "b", "Le bus passe devant l’École."},
		{"3", "", "La cantine coûte cher au village."},
	} {
		r.Segments = append(r.Segments, Segment{ID: s.document + s.text, Document: s.document, Theme: s.theme, Text: s.text})
	}
	e := NewExplorer(r)
	f := e.Find(Look{Text: "école", Sort: AsRead, From: 0, Limit: 10})
	if f.Occurrences != 3 || f.Segments != 3 || f.Documents != 2 || len(f.Contexts) != 3 {
		t.Fatalf("found %+v", f)
	}
	if c := f.Contexts[2]; c.Word != "École" || !strings.HasSuffix(c.Before, "devant l’") || c.After != "." && c.After != "" {
		t.Errorf("context %q|%q|%q", c.Before, c.Word, c.After)
	}
	if want := []Spelling{{"école", 2}, {"écoles", 1}}; !slices.Equal(f.Forms, want) {
		t.Errorf("forms %v, want %v", f.Forms, want)
	}
	for text, want := range map[string]int{"école": 2, "écoles": 1, "ÉCOLE": 2, "écolier": 0} {
		if f := e.Find(Look{Text: text, Exact: true, Limit: 10}); f.Occurrences != want {
			t.Errorf("exactly %q: %d places, want %d", text, f.Occurrences, want)
		}
	}
	words := func(from, to int) (n int) {
		for _, w := range e.words[from:to] {
			n += len(w)
		}
		return n
	}
	want := lexis.Specificity(2, 3, words(0, 2), words(0, 4))
	if u := f.Uses; len(u) != 3 || u[0].Theme != "a" || u[0].Occurrences != 2 || math.Abs(u[0].Specificity-want) > 1e-12 || u[2].Theme != "" || u[2].Occurrences != 0 {
		t.Errorf("uses %+v, want %v for the first", u, want)
	}
	if f := e.Find(Look{Text: "école", Sort: ByLeft, From: 1, Limit: 1}); f.Occurrences != 3 || len(f.Contexts) != 1 {
		t.Errorf("one of three: %+v", f)
	}
	for want, look := range map[string]Look{
		"11":  {Text: "école", Theme: "a"},
		"2":   {Text: "école", Theme: "a", Outside: true},
		"":    {Text: "école", Theme: "z"},
		"3":   {Text: "cantine", Theme: Unclassified},
		"1":   {Text: "école", With: "cantines"}, // not the place in the other sentence
		"112": {Text: "école"},
	} {
		look.Limit = 10
		got := ""
		f := e.Find(look)
		for _, c := range f.Contexts {
			got += c.Segment.Document
		}
		if got != want || f.Shown != len(want) {
			t.Errorf("%+v: found in %q, %d places, want %q", look, got, f.Shown, want)
		}
	}
	for _, nothing := range []string{"", "…", "zéphyr", "école bus"} {
		if f := e.Find(Look{Text: nothing, Sort: ByRight, From: 0, Limit: 10}); f.Occurrences != 0 || f.Contexts != nil || f.Uses != nil {
			t.Errorf("%q: %+v", nothing, f)
		}
	}
	if f := e.Find(Look{Text: "école", Sort: AsRead, From: 99, Limit: 10}); len(f.Contexts) != 0 || f.Occurrences != 3 {
		t.Errorf("beyond the last: %+v", f)
	}
}
