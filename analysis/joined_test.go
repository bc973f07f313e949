package analysis

import (
	"slices"
	"strings"
	"testing"
)

// What people joined stays one theme through runs of fewer and of more themes.
func TestJoined(t *testing.T) {
	c := shared(t, "decidim-mel/comments.tsv", "text")
	r := analyse(t, c, Settings{Themes: 7})
	into, from := r.Themes[1].ID, r.Themes[3].ID
	var core []string
	in := make(map[string]bool) // what was joined
	for _, p := range priors(r) {
		if p.ID == into || p.ID == from {
			core = append(core, p.Segments...)
		}
	}
	for _, s := range core {
		in[s] = true
	}
	for _, asked := range []int{3, 0, 12} {
		before := priors(r)
		for i, p := range before {
			if p.ID == into || p.ID == from {
				before[i].Joined = into
			}
			if p.ID == into {
				before[i].Core = core
			}
		}
		r = analyse(t, c, Settings{Themes: asked, Seed: 5, Previous: before})
		all, held, seen := make(map[string]int), make(map[string]int), 0
		for _, s := range r.Segments {
			if all[s.Theme]++; in[s.ID] {
				held[s.Theme]++
			}
		}
		if all[into] == 0 || all[from] == 0 {
			t.Errorf("asked %d: what was joined is gone", asked)
		}
		for _, x := range r.Themes {
			if x.ID != from {
				seen++
			}
			if x.ID != into && x.ID != from && 2*held[x.ID] > all[x.ID] {
				t.Errorf("asked %d: %d of %d segments of theme %s were in what was joined", asked, held[x.ID], all[x.ID], x.Label)
			}
		}
		if asked == 12 && seen < 9 { // what a run of few themes put into it may leave it again
			t.Errorf("asked %d: %d themes", asked, seen)
		}
		note := slices.ContainsFunc(r.Notes, func(n string) bool { return strings.Contains(n, "les thèmes qu’elle a réunis le restent") })
		if note != (asked > 0 && seen != asked) {
			t.Errorf("asked %d, %d seen: notes %q", asked, seen, r.Notes)
		}
	}
}

// However much people made one theme of, as many as were asked for are seen, if the
// rest holds as many.
func TestJoinedAsked(t *testing.T) {
	c := shared(t, "decidim-mel/comments.tsv", "text")
	r := analyse(t, c, Settings{Themes: 10})
	for _, joined := range []int{3, 6} {
		before := priors(r)
		into := before[0].ID
		for i := range joined {
			before[i].Joined = into
			before[0].Core = append(before[0].Core, before[i].Segments...)
		}
		for _, asked := range []int{5, 8, 15} {
			two := analyse(t, c, Settings{Themes: asked, Seed: 3, Previous: before})
			under := make(map[string]bool)
			for _, p := range before {
				under[p.ID] = p.Joined != ""
			}
			seen := 1
			for _, x := range two.Themes {
				if !under[x.ID] {
					seen++
				}
			}
			if seen != asked {
				t.Errorf("%d of ten joined: %d themes, %d asked; %q", joined, seen, asked, two.Notes)
			}
		}
	}
}

func TestJoin(t *testing.T) {
	priors := []Prior{{ID: "a", Joined: "b"}, {ID: "b", Joined: "b"}, {ID: "c"}}
	for _, x := range []struct {
		name      string
		was       []int
		core      string // a letter a segment: b, or - for none
		theme     []int
		matched   []int
		want      []int // themes of segments
		wantMatch []int
	}{
		{"a new theme of the core joins the prior that had the most of it", []int{0, 0, 1, 1, 1, 2}, "bbbbb-", []int{0, 1, 0, 2, 2, 3}, []int{1, 2, 3}, []int{0, 0, 0, 1, 1, 2}, []int{0, 1, 2}},
		{"or continues it", []int{0, 0, 1, 1, 2, 2}, "bbbb--", []int{0, 0, 1, 1, 2, 2}, []int{-1, 1, 2}, []int{0, 0, 1, 1, 2, 2}, []int{0, 1, 2}},
		{"also of the core that the machine put elsewhere since", []int{0, 2, 2, 2, 1}, "bbb-b", []int{0, 2, 2, 3, 1}, []int{0, 1, 3}, []int{0, 0, 0, 2, 1}, []int{0, 1, 2}},
		{"one of what the machine alone put there is new", []int{0, 1, 1, 1, 1}, "bb---", []int{0, 1, 2, 2, 2}, []int{0, 1, -1}, []int{0, 1, 2, 2, 2}, []int{0, 1, -1}},
		{"one that is half of another prior's is new", []int{0, 1, 2, 2, 1, 0}, "bb--bb", []int{2, 2, 2, 2, 1, 0}, []int{0, 1, -1}, []int{2, 2, 2, 2, 1, 0}, []int{0, 1, -1}},
		{"and so is one of new texts", []int{0, -1, -1, 0, 1}, "b--bb", []int{2, 2, 2, 0, 1}, []int{0, 1, -1}, []int{2, 2, 2, 0, 1}, []int{0, 1, -1}},
		{"one that continues another prior stays", []int{0, 0, 2, 1}, "bb-b", []int{0, 0, 0, 1}, []int{-1, 1, 0}, []int{0, 0, 0, 1}, []int{-1, 1, 0}},
	} {
		g := &grouping{theme: x.theme, themes: make([]group, 1+slices.Max(x.theme))}
		core := make([]string, len(x.core))
		for i, c := range x.core {
			core[i] = strings.Trim(string(c), "-")
		}
		g.join(x.was, x.matched, core, priors)
		if !slices.Equal(g.theme, x.want) || !slices.Equal(x.matched, x.wantMatch) || len(g.themes) != 1+slices.Max(x.want) {
			t.Errorf("%s: themes %v, matched %v", x.name, g.theme, x.matched)
		}
	}
}
