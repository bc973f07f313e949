package analysis

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/corpora"
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

// TestExplorerTogether has several people look up, at once, words that nobody wrote.
func TestExplorerTogether(t *testing.T) {
	e := NewExplorer(&Report{Segments: []Segment{{Document: "1", Text: "L’école du village manque de place."}}})
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for i := range 2000 {
				unknown := "mot" + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676))
				if f := e.Find(Look{Text: unknown, Limit: 1}); f.Occurrences != 0 {
					t.Errorf("%q: %+v", unknown, f)
				}
			}
		})
	}
	all.Wait()
}

// TestVoices holds what is said of a word's speakers to the report's own words of
// each value.
func TestVoices(t *testing.T) {
	c := corpora.Corpus{Name: "Voix"}
	for i := range 24 {
		size, text := "moins de 1 000", "Le guichet de la mairie ferme trop tôt pour les habitants."
		if i%2 == 1 {
			size, text = "plus de 50 000", "La cantine des écoles manque de légumes de saison."
		}
		if i%8 == 0 {
			text = "La cantine de la mairie ferme."
		}
		if i < 3 {
			size = "rare"
		}
		c.Documents = append(c.Documents, corpora.Document{ID: strconv.Itoa(i), Text: text + " Numéro " + strconv.Itoa(i) + ".",
			Variables: map[string]string{corpora.VarSize: size, corpora.VarAuthor: strconv.Itoa(i)}})
	}
	r, err := Run(t.Context(), c, Settings{Themes: 2})
	if err != nil {
		t.Fatal(err)
	}
	e, checked := NewExplorer(r), 0
	for _, v := range r.Variables {
		for _, m := range v.Modalities {
			for _, s := range m.Specific {
				f := e.Find(Look{Text: s.Form, Limit: 100})
				at := slices.IndexFunc(f.Voices, func(x Voice) bool { return x.Variable == v.Name && x.Value == m.Name })
				if at < 0 {
					t.Errorf("nobody of %q says %q", m.Name, s.Form)
					continue
				}
				if x := f.Voices[at]; x.In != s.In || x.All != s.All || x.Words != m.Words || x.Total != v.Words || math.Abs(x.Specificity-s.Score) > .006 {
					t.Errorf("%q: %+v, the report has %+v", s.Form, x, s)
				}
				if shown := e.Find(Look{Text: s.Form, Variable: v.Name, Value: m.Name}).Shown; shown != s.In {
					t.Errorf("%q in %q: %d places shown, %d counted", s.Form, m.Name, shown, s.In)
				}
				if slices.ContainsFunc(f.Voices, func(x Voice) bool { return x.Value == Others || x.Value == "rare" }) {
					t.Errorf("%q: a value of fewer than five is named", s.Form)
				}
				checked++
			}
		}
	}
	if checked < 4 {
		t.Errorf("only %d words compared", checked)
	}
	if f := e.Find(Look{Text: "la"}); f.Occurrences == 0 || len(f.Voices) != 0 {
		t.Errorf("a little word: %d places, voices %+v", f.Occurrences, f.Voices)
	}
	for _, value := range []string{Others, "rare"} {
		if f := e.Find(Look{Text: "mairie", Variable: corpora.VarSize, Value: value}); f.Occurrences == 0 || f.Shown != 0 {
			t.Errorf("%q: %d places shown", value, f.Shown)
		}
	}
}
