package desk

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis"
)

func sample() *analysis.Report {
	return &analysis.Report{
		Format:   1,
		Corpus:   analysis.Summary{Documents: 2, Segments: 3},
		Settings: analysis.Settings{Previous: []analysis.Prior{{ID: "t1", Segments: []string{"a@1:0-5", "b@1:0-5"}, Pinned: []string{"b@1:0-5"}, Joined: "t1", Core: []string{"a@1:0-5", "b@1:0-5"}}}},
		Themes: []analysis.Theme{
			{ID: "t1", Label: "Pain secret", Segments: 2, Documents: 2,
				Terms:     []analysis.Term{{Form: "secret"}, {Form: "pain"}, {Form: "l’eau du pain"}},
				Verbatims: []analysis.Verbatim{{Segment: "b@1:0-5"}, {Segment: "a@1:0-5"}},
				Natures:   map[string]int{"constat": 2},
				Subthemes: []analysis.Subtheme{{Label: "Le secret", Terms: []analysis.Term{{Form: "secret"}}, Verbatims: []string{"b@1:0-5"}}},
				Profile:   []analysis.Share{{Variable: "source", Modality: "secrète"}}},
			{ID: "t2", Label: "Secrets", Segments: 1, Documents: 1},
			{ID: "t3", Label: "Nom de l'équipe", Named: true, Segments: 0},
		},
		Segments: []analysis.Segment{
			{ID: "a@1:0-5", Document: "a", Version: 1, Theme: "t1", Text: "Du PAIN, de l’eau"},
			{ID: "b@1:0-5", Document: "b", Version: 1, Theme: "t1", Text: "pain secret"},
			{ID: "b@1:5-9", Document: "b", Version: 1, Theme: "t2", Text: "secrets"},
		},
		Axes:      []analysis.Axis{{Label: "Secrets et pain", Themes: []string{"t1", "t2"}}},
		Links:     []analysis.Link{{A: "t1", B: "t2"}},
		Variables: []analysis.Variable{{Name: "source", Modalities: []analysis.Modality{{Name: "secrète", Specific: []analysis.Specific{{Form: "secret"}}}}}},
		Lexicon:   []analysis.Entry{{Form: "secret"}}, Lemmas: 1, Hapax: []string{"secret"}, HapaxAll: 1,
		Plane:   &analysis.Plane{Points: []analysis.Point{{Theme: "t2"}, {Form: "secret"}}},
		Network: &analysis.Network{Nodes: []analysis.Node{{Form: "secret"}}},
		Second:  &analysis.Second{Classes: []analysis.Class{{Theme: "t2", Typical: []string{"b@1:5-9"}, Terms: []analysis.Term{{Form: "secret"}}}}},
		Bare:    &analysis.Bare{Themes: []analysis.BareTheme{{Label: "Secret", Theme: "t2"}}},
		Documents: []analysis.Placed{
			{ID: "a", Version: 1, Theme: "t1", Themes: []string{"t1"}, Keywords: []string{"pain", "secret"}},
			{ID: "b", Version: 1, Theme: "t1", Themes: []string{"t1", "t2"}},
		},
	}
}

func TestWithout(t *testing.T) {
	r := sample()
	before, _ := json.Marshal(r)
	if got := without(r, map[string]bool{"c": true}); got != r {
		t.Error("a report without any of the documents was changed")
	}
	got := without(r, map[string]bool{"b": true})
	text, _ := json.Marshal(got)
	for _, gone := range []string{"ecret", `"b"`, "b@"} {
		if strings.Contains(string(text), gone) {
			t.Errorf("%s is still in %s", gone, text)
		}
	}
	if len(got.Themes) != 2 || got.Themes[0].Label != "pain" || len(got.Themes[0].Terms) != 2 || got.Themes[0].Segments != 1 || got.Themes[1].ID != "t3" {
		t.Errorf("themes %+v", got.Themes)
	}
	if got.Corpus.Documents != 1 || got.Corpus.Segments != 1 {
		t.Errorf("counts %+v", got.Corpus)
	}
	if after, _ := json.Marshal(r); string(after) != string(before) {
		t.Error("the report itself was changed")
	}
}

// TestWithoutKeeps leaves what the machine said of its own, or wrote as people write
// it, when a text that has nothing to do with it leaves.
func TestWithoutKeeps(t *testing.T) {
	r := &analysis.Report{
		Settings: analysis.Settings{Previous: []analysis.Prior{{ID: "t1", Found: "Divers (pain, école)"}}},
		Themes: []analysis.Theme{
			{ID: "t1", Label: "Divers (pain, école) (II)", Terms: []analysis.Term{{Form: "école"}, {Form: "pain"}}},
			{ID: "t2", Label: "Autres sujets", Terms: []analysis.Term{{Form: "pain"}}},
			{ID: "t3", Label: "Pain secret", Terms: []analysis.Term{{Form: "pain"}}},
		},
		Segments: []analysis.Segment{
			{ID: "a@1:0-5", Document: "a", Theme: "t1", Text: "LES ECOLES, L'ECOLE, LE PAIN"},
			{ID: "a@1:5-9", Document: "a", Theme: "t2", Text: "du pain"},
			{ID: "a@1:9-12", Document: "a", Theme: "t3", Text: "du pain"},
			{ID: "b@1:0-5", Document: "b", Theme: "t3", Text: "pain secret"},
		},
		Documents: []analysis.Placed{{ID: "a", Version: 1, Keywords: []string{"école"}}, {ID: "b", Version: 1}},
	}
	got := without(r, map[string]bool{"b": true})
	for n, want := range []analysis.Theme{
		{Label: "Divers (pain, école) (II)", Terms: r.Themes[0].Terms}, {Label: "Autres sujets", Terms: r.Themes[1].Terms},
		{Label: "pain", Replaced: true, Terms: r.Themes[2].Terms},
	} {
		if x := got.Themes[n]; x.Label != want.Label || x.Replaced != want.Replaced || !slices.Equal(x.Terms, want.Terms) {
			t.Errorf("%q became %+v", r.Themes[n].Label, x)
		}
	}
	if got.Settings.Previous[0].Found != "Divers (pain, école)" || len(got.Documents[0].Keywords) != 1 {
		t.Errorf("found %q, key words %q", got.Settings.Previous[0].Found, got.Documents[0].Keywords)
	}
}

func TestMint(t *testing.T) {
	r := sample()
	before, _ := json.Marshal(r)
	r.Segments[0].Also = []string{"t2"}
	got := mint(r, []analysis.Prior{{ID: "t2"}}, nil)
	one := got.Themes[0].ID
	if len(one) != 20 || got.Themes[1].ID != "t2" {
		t.Errorf("identifiers %s and %s", one, got.Themes[1].ID)
	}
	if got.Segments[0].Theme != one || got.Segments[0].Also[0] != "t2" || got.Segments[2].Theme != "t2" ||
		got.Documents[1].Theme != one || got.Documents[1].Themes[0] != one || got.Documents[1].Themes[1] != "t2" {
		t.Errorf("not followed everywhere: %+v", got)
	}
	all := mint(r, nil, nil)
	all.Settings.Previous = nil // what was there before keeps its names
	if text, _ := json.Marshal(all); strings.Contains(string(text), `"t1"`) || strings.Contains(string(text), `"t2"`) {
		t.Errorf("an identifier of the machine's is left in %s", text)
	}
	r.Segments[0].Also = nil
	if after, _ := json.Marshal(r); string(after) != string(before) {
		t.Error("the report itself was changed")
	}
}

// TestSlowWatcher loses old events and never the last.
func TestSlowWatcher(t *testing.T) {
	d := &Desk{watchers: map[chan Event]bool{}}
	events, cancel := d.Watch()
	k := &task{}
	for i := range 10 * queue {
		d.tell(k, Event{Run: "r", Done: i})
	}
	d.tell(k, Event{Run: "r", Finished: true})
	cancel()
	cancel() // twice is once
	var got []Event
	for e := range events {
		got = append(got, e)
	}
	if len(got) != queue || !got[len(got)-1].Finished || got[0].Done != 10*queue-queue+1 {
		t.Errorf("%d events, %+v … %+v", len(got), got[0], got[len(got)-1])
	}
}

func TestSeveral(t *testing.T) {
	for n, want := range map[int]string{0: "0\u00a0mot", 1: "1\u00a0mot", 2: "2\u00a0mots", 1000: "1\u202f000\u00a0mots", 1234567: "1\u202f234\u202f567\u00a0mots"} {
		if got := several(n, "mot", "mots"); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
}
