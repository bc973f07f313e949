package analysis

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/corpora"
)

// lettered says of each theme which axis it is in, and what that is called.
func lettered(t *testing.T, r *Report) map[string]string {
	t.Helper()
	out, letters := make(map[string]string), make(map[string]bool)
	for n, a := range r.Axes {
		if l := r.AxisLetter(n); letters[l] || a.Label == "" || len(a.Themes) == 0 {
			t.Errorf("axis %q %+v", l, a)
		} else {
			letters[l] = true
		}
		for _, id := range a.Themes {
			if out[id] != "" {
				t.Errorf("theme %s is in two axes", id)
			}
			out[id] = r.AxisLetter(n) + ". " + a.Label
		}
	}
	for _, x := range r.Themes {
		if out[x.ID] == "" {
			t.Errorf("theme %q is in no axis", x.Label)
		}
	}
	return out
}

func revise(t *testing.T, c corpora.Corpus, r *Report, themes []Prior) *Report {
	t.Helper()
	out, err := Revise(context.Background(), c, r, themes)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Merging two themes moves no other between axes, renames none, and moves none on the
// map; an axis that nothing is left in goes, and the others keep their letters.
func TestAxesHold(t *testing.T) {
	c := shared(t, "decidim-mel/comments.tsv", "text")
	one := analyse(t, c, Settings{})
	was := lettered(t, one)
	for from := range one.Themes {
		p := priors(one)
		into := (from + 1) % len(p)
		p[into].Segments = slices.Concat(p[into].Segments, p[from].Segments)
		p = slices.Delete(p, from, from+1)
		two := revise(t, c, one, p)
		for id, axis := range lettered(t, two) {
			if axis != was[id] {
				t.Errorf("theme %s was in %q and is in %q", id, was[id], axis)
			}
		}
		for _, x := range two.Themes {
			i := slices.IndexFunc(one.Themes, func(y Theme) bool { return x.ID == y.ID })
			if y := one.Themes[i]; x.X != y.X || x.Y != y.Y {
				t.Errorf("theme %q was at %v %v and is at %v %v", x.Label, y.X, y.Y, x.X, x.Y)
			}
		}
	}
	first := one.Axes[0]
	p := slices.DeleteFunc(priors(one), func(x Prior) bool { return slices.Contains(first.Themes, x.ID) })
	two := revise(t, c, one, p)
	if len(two.Axes) != len(one.Axes)-1 || two.AxisLetter(0) != "B" || two.AxisGroup(0) != 1 {
		t.Errorf("axes %+v", two.Axes)
	}
	lettered(t, two)
	if !two.Revised || one.Revised {
		t.Error("only the second report is revised")
	}
	// A theme of which nobody said the axis joins the nearest one.
	p = priors(one)
	half := len(p[0].Segments) / 2
	p = append(p, Prior{ID: "tnouveau", Segments: p[0].Segments[half:]})
	p[0].Segments = p[0].Segments[:half]
	three := revise(t, c, one, p)
	if got := lettered(t, three); len(three.Axes) != len(one.Axes) || got["tnouveau"] != was[p[0].ID] {
		t.Errorf("a part of theme %q of %q is in %q", one.Themes[0].Label, was[p[0].ID], got["tnouveau"])
	}
}

// A run that follows another keeps the axes of the themes that it keeps, and puts new
// ones into them or after them.
func TestAxesFollow(t *testing.T) {
	c := shared(t, "decidim-mel/comments.tsv", "text")
	before := c
	before.Documents = c.Documents[:len(c.Documents)*4/5]
	one := analyse(t, before, Settings{Themes: 8})
	was := lettered(t, one)
	for _, themes := range []int{8, 20} {
		themesOf, axes, err := one.Priors(c)
		if err != nil {
			t.Fatal(err)
		}
		two := analyse(t, c, Settings{Themes: themes, Previous: themesOf, PreviousAxes: axes})
		kept, label := 0, make(map[string]string)
		for _, x := range one.Themes {
			label[x.ID] = x.Label
		}
		for id, axis := range lettered(t, two) {
			if was[id] != "" {
				if kept++; axis != was[id] {
					t.Errorf("theme %s was in %q and is in %q", id, was[id], axis)
				}
			}
		}
		renamed := 0
		for _, x := range two.Themes {
			if label[x.ID] != "" && label[x.ID] != x.Label {
				renamed++
			}
		}
		t.Logf("%d themes: %d of %d kept, %d renamed; %d axes, then %d", themes, kept, len(was), renamed, len(one.Axes), len(two.Axes))
		if renamed > themes/6 { // of twenty themes, new ones took the words of some
			t.Errorf("%d themes have another name", renamed)
		}
		if themes == 20 && len(two.Axes) <= len(one.Axes) {
			t.Errorf("twenty themes in %d axes", len(two.Axes))
		}
		for n, a := range one.Axes { // old ones first, new ones at the end
			if n < len(two.Axes) && (two.Axes[n].Letter != a.Letter || two.Axes[n].Label != a.Label) {
				t.Errorf("axis %d was %s %q and is %s %q", n, a.Letter, a.Label, two.Axes[n].Letter, two.Axes[n].Label)
			}
		}
	}
}

func TestLetters(t *testing.T) {
	var all []string
	for n := range 60 {
		all = append(all, letter(n))
		if got := letterNumber(letter(n)); got != n {
			t.Errorf("%s is of %d, want %d", letter(n), got, n)
		}
	}
	if got := strings.Join([]string{all[0], all[25], all[26], all[52]}, " "); got != "A Z AA BA" {
		t.Error(got)
	}
	for _, s := range []string{"", "é", "a", "?"} {
		if letterNumber(s) < 0 {
			t.Errorf("%q is of %d", s, letterNumber(s))
		}
	}
}

// TestAxisNamedAnew: an axis whose themes have come to speak of what another's did does
// not keep a name of which the words are that other one's now.
func TestAxisNamedAnew(t *testing.T) {
	c := shared(t, "decidim-mel/comments.tsv", "text")
	one := analyse(t, c, Settings{Themes: 8})
	p := priors(one)
	var parts [2][]int // places of the first and the second axis' themes
	for n := range p {
		for a := range parts {
			if slices.Contains(one.Axes[a].Themes, p[n].ID) {
				parts[a] = append(parts[a], n)
			}
		}
	}
	said := [2][]string{}
	for a, part := range parts {
		for _, n := range part {
			said[a] = append(said[a], p[n].Segments...)
			p[n].Segments = nil
		}
	}
	for a, part := range parts {
		for i, s := range said[1-a] {
			x := &p[part[i%len(part)]]
			x.Segments = append(x.Segments, s)
		}
	}
	two := revise(t, c, one, p)
	for a := range parts {
		if two.Axes[a].Letter != one.Axes[a].Letter || two.Axes[a].Label == one.Axes[a].Label {
			t.Errorf("axis %s, of other sentences, was called %q and is called %q", one.Axes[a].Letter, one.Axes[a].Label, two.Axes[a].Label)
		}
	}
}
