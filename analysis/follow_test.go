package analysis

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/corpora"
)

// priors are the themes of a report as people find them.
func priors(r *Report) []Prior {
	out := make([]Prior, len(r.Themes))
	index := make(map[string]int)
	for i, t := range r.Themes {
		out[i].ID = t.ID
		index[t.ID] = i
	}
	for _, s := range r.Segments {
		if s.Theme != "" {
			out[index[s.Theme]].Segments = append(out[index[s.Theme]].Segments, s.ID)
		}
	}
	return out
}

func analyse(t *testing.T, c corpora.Corpus, s Settings) *Report {
	t.Helper()
	r, err := Run(context.Background(), c, s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func themeOf(r *Report) map[string]string {
	out := make(map[string]string)
	for _, s := range r.Segments {
		out[s.ID] = s.Theme
	}
	return out
}

// The same corpus, run again after itself, keeps every identifier; a fifth more
// texts, and most segments stay under theirs.
func TestFollow(t *testing.T) {
	c := shared(t, "decidim-mel/comments.tsv", "text")
	before := c
	before.Documents = c.Documents[:len(c.Documents)*4/5]
	one := analyse(t, before, Settings{})
	again := analyse(t, before, Settings{Previous: priors(one)})
	was, is := themeOf(one), themeOf(again)
	still := 0
	for id, theme := range was {
		if is[id] == theme {
			still++
		}
	}
	t.Logf("same texts: %d of %d segments stay", still, len(was))
	more := analyse(t, c, Settings{Previous: priors(one)})
	is = themeOf(more)
	same, kept := 0, 0
	for id, theme := range was {
		if _, ok := is[id]; !ok {
			t.Fatalf("segment %s is gone", id)
		}
		if is[id] == theme {
			same++
		}
	}
	for _, a := range one.Themes {
		if slices.ContainsFunc(more.Themes, func(b Theme) bool { return a.ID == b.ID }) {
			kept++
		}
	}
	t.Logf("%d of %d segments stay, %d of %d themes", same, len(was), kept, len(one.Themes))
	if same*4 < len(was)*3 || kept*3 < len(one.Themes)*2 {
		t.Error("too little is kept")
	}
}

// What people decided stands, whatever a new run thinks.
func TestDecisions(t *testing.T) {
	c := shared(t, "decidim-mel/comments.tsv", "text")
	one := analyse(t, c, Settings{Seed: 1})
	before := priors(one)
	before[0].Label = "Nos mots à nous"
	before[1].Frozen, before[1].Label = true, "Figé"
	moved := before[2].Segments[:3]
	before[2].Segments = before[2].Segments[3:]
	before[3].Segments = append(before[3].Segments, moved...)
	before[3].Pinned = moved
	before = append(before, Prior{ID: "tvide", Label: "Vide", Pinned: nil}, // named, and nothing in it
		Prior{ID: "tminuscule", Segments: before[4].Segments[:2], Pinned: before[4].Segments[:2]})
	before[4].Segments = before[4].Segments[2:]
	two := analyse(t, c, Settings{Seed: 99, Previous: before})
	is := themeOf(two)
	find := func(id string) Theme {
		for _, theme := range two.Themes {
			if theme.ID == id {
				return theme
			}
		}
		t.Errorf("theme %s is gone", id)
		return Theme{}
	}
	if got := find(before[0].ID); got.Label != "Nos mots à nous" || !got.Named {
		t.Errorf("theme %+v", got)
	}
	if got := find(before[1].ID); got.Label != "Figé" || !got.Frozen {
		t.Errorf("theme %+v", got)
	}
	for _, id := range before[1].Segments {
		if is[id] != before[1].ID {
			t.Errorf("frozen segment %s is in %q", id, is[id])
		}
	}
	for _, id := range moved {
		if is[id] != before[3].ID {
			t.Errorf("pinned segment %s is in %q", id, is[id])
		}
	}
	if got := find("tvide"); got.Label != "Vide" {
		t.Errorf("theme %+v", got)
	}
	for _, id := range before[len(before)-1].Pinned {
		if is[id] != "tminuscule" {
			t.Errorf("pinned segment %s is in %q", id, is[id])
		}
	}
	seen := make(map[string]bool)
	for _, theme := range two.Themes {
		if seen[theme.ID] || theme.ID == "" {
			t.Errorf("identifier %q twice", theme.ID)
		}
		seen[theme.ID] = true
	}
}

// To describe again what nobody changed changes nothing.
func TestReviseSame(t *testing.T) {
	c := shared(t, "decidim-mel/comments.tsv", "text")
	one := analyse(t, c, Settings{})
	two, err := Revise(context.Background(), c, one, priors(one))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(encode(t, one), encode(t, two)) {
		t.Error("the report changed")
	}
}

// A Reviser gives what Revise gives, whatever it gave before.
func TestReviser(t *testing.T) {
	c := shared(t, "decidim-mel/comments.tsv", "text")
	one := analyse(t, c, Settings{})
	v, err := NewReviser(t.Context(), c, one)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 3 {
		p := priors(one)
		p[n].Segments, p[n+4].Segments = append(slices.Clone(p[n].Segments), p[n+4].Segments...), nil
		got, err := v.Revise(t.Context(), one, p)
		if err != nil {
			t.Fatal(err)
		}
		want, err := Revise(t.Context(), c, one, p)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(encode(t, got), encode(t, want)) {
			t.Errorf("merge %d differs", n)
		}
	}
}

// A name that people have read does not change because a sentence moved; it does
// where none of the theme's texts says it any more.
func TestReviseKeepsLabels(t *testing.T) {
	c := shared(t, "decidim-mel/comments.tsv", "text")
	one := analyse(t, c, Settings{Themes: 12})
	for n := range one.Themes {
		p := priors(one)
		from, into := &p[n], &p[(n+1)%len(p)]
		into.Segments, from.Segments = append(slices.Clone(into.Segments), from.Segments[:3]...), from.Segments[3:]
		two, err := Revise(context.Background(), c, one, p)
		if err != nil {
			t.Fatal(err)
		}
		label := make(map[string]string)
		for _, theme := range two.Themes {
			label[theme.ID] = theme.Label
		}
		for _, theme := range one.Themes {
			if label[theme.ID] != theme.Label && theme.Segments > 20 {
				t.Errorf("three sentences of %q moved: %q is now %q", one.Themes[n].Label, theme.Label, label[theme.ID])
			}
		}
	}
	p := priors(one)
	p[0].Segments, p[1].Segments = p[1].Segments, nil
	two, err := Revise(context.Background(), c, one, p)
	if err != nil {
		t.Fatal(err)
	}
	for _, theme := range two.Themes {
		if theme.ID == p[0].ID && theme.Label == one.Themes[0].Label {
			t.Errorf("%q names other texts", theme.Label)
		}
	}
}

func TestRevise(t *testing.T) {
	c := small()
	one := analyse(t, c, Settings{Themes: 2})
	before := priors(one)
	merged := Prior{ID: before[0].ID, Label: "Tout", Segments: slices.Concat(before[0].Segments, before[1].Segments[:1])}
	two, err := Revise(context.Background(), c, one, []Prior{merged, {ID: "tneuf"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(two.Themes) != 2 || two.Themes[0].Label != "Tout" || !two.Themes[0].Named || two.Themes[0].Segments != len(merged.Segments) || two.Themes[1].ID != "tneuf" || two.Themes[1].Segments != 0 {
		t.Errorf("themes %+v", two.Themes)
	}
	left := before[1].Segments[1]
	for _, s := range two.Segments {
		if s.ID == left && (s.Theme != "" || s.Why == "") {
			t.Errorf("segment %+v", s)
		}
	}
	if len(one.Themes) != 2 || one.Themes[0].Label == "Tout" {
		t.Error("the first report was changed")
	}
	other := small()
	other.Documents[0].Version = 2
	if _, err := Revise(context.Background(), other, one, nil); err == nil {
		t.Error("a report of another corpus was taken")
	}
}

// An identifier stays with its subject: it passes neither to the theme that swallows
// its own, nor to a part, nor to one that mostly comes from another.
func TestMatch(t *testing.T) {
	for _, c := range []struct {
		name string
		both [][]int // segments that a prior, then a theme, have in common
		gone []int   // segments of each prior that are in no theme
		want []int   // theme of each prior
	}{
		{"the same", [][]int{{9, 0}, {0, 9}}, nil, []int{0, 1}},
		{"a few change", [][]int{{6, 3}, {2, 7}}, nil, []int{0, 1}},
		{"swallowed", [][]int{{8, 0, 0}, {9, 30, 0}, {9, 0, 30}}, nil, []int{-1, 1, 2}},
		{"swallows a little", [][]int{{8, 0}, {0, 30}, {5, 0}}, nil, []int{0, 1, -1}},
		{"torn apart", [][]int{{10, 10, 10}}, nil, []int{-1}},
		{"a quarter is another's", [][]int{{46, 20}, {103, 0}}, nil, []int{-1, 0}},
		{"mostly unclassified now", [][]int{{4, 0}, {0, 9}}, []int{6, 0}, []int{-1, 1}},
	} {
		g := &grouping{themes: make([]group, len(c.both[0]))}
		var was []int
		sizes := make([]int, len(c.both))
		add := func(prior, theme, n int) {
			for range n {
				was, g.theme = append(was, prior), append(g.theme, theme)
			}
			sizes[prior] += n
		}
		for p, row := range c.both {
			for theme, n := range row {
				add(p, theme, n)
			}
		}
		for p, n := range c.gone {
			add(p, -1, n)
		}
		got := g.match(was, sizes, make([]Prior, len(c.both)), func(int, int) bool { return false })
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// As many themes are found as are asked for, those that people decided on among them,
// unless these are more: then the report says so.
func TestAsked(t *testing.T) {
	c := shared(t, "decidim-mel/comments.tsv", "text")
	one := analyse(t, c, Settings{Themes: 8})
	before := priors(one)
	before[0].Label = "Nos mots à nous"
	before[1].Pinned = before[1].Segments[:1]
	made := before[2].Segments[:20]
	before[2].Segments = before[2].Segments[20:]
	before = append(before, Prior{ID: "tpart", Segments: made, Pinned: made})
	for asked, want := range map[int]int{2: 3, 5: 5, 8: 8, 9: 9} {
		r := analyse(t, c, Settings{Themes: asked, Previous: before})
		note := slices.ContainsFunc(r.Notes, func(n string) bool { return strings.Contains(n, "les décisions de l’équipe tiennent") })
		if len(r.Themes) != want || note != (asked != want) {
			t.Errorf("asked %d: %d themes, want %d; notes %q", asked, len(r.Themes), want, r.Notes)
		}
		for _, p := range []int{0, 1, 8} {
			if !slices.ContainsFunc(r.Themes, func(x Theme) bool { return x.ID == before[p].ID }) {
				t.Errorf("asked %d: theme %s is gone", asked, before[p].ID)
			}
		}
		for _, x := range r.Themes {
			if x.ID == "tpart" && asked >= 5 && x.Segments >= 2*len(made) {
				t.Errorf("asked %d: the %d sentences that people put together are %d", asked, len(made), x.Segments)
			}
		}
	}
}
