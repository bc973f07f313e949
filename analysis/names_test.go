package analysis

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/analysis/theme"
	"github.com/villes-internet/congres/corpora"
)

func TestFits(t *testing.T) {
	a, b, c, d := lexis.Key{1}, lexis.Key{2}, lexis.Key{3}, lexis.Key{4}
	x := theme.Theme{Texts: 10, Terms: []lexis.Term{
		{Key: a, Texts: []int32{1, 2, 3, 4, 5, 6, 7, 8}}, {Key: b, Texts: []int32{1, 2, 3, 4, 5, 6}}, {Key: lexis.Key{3, 4}, Texts: []int32{9}}}}
	for _, test := range []struct {
		name, fresh []lexis.Key
		want        bool
	}{
		{[]lexis.Key{a}, []lexis.Key{a}, true},
		{[]lexis.Key{b}, []lexis.Key{a}, true},         // six texts of eight
		{[]lexis.Key{b, c}, []lexis.Key{a, c}, true},   // inside a longer one
		{[]lexis.Key{c}, []lexis.Key{a}, false},        // hardly any of its texts
		{[]lexis.Key{a, b, {7}}, []lexis.Key{a}, true}, // most of it
		{[]lexis.Key{a, {7}}, []lexis.Key{a}, true},    // half
		{[]lexis.Key{a, {7}, {8}}, []lexis.Key{a}, false},
		{[]lexis.Key{{}}, nil, false},
		{[]lexis.Key{d}, nil, true},
	} {
		if got, _ := fits(x, test.name, test.fresh); got != test.want {
			t.Errorf("%v beside %v: %v", test.name, test.fresh, got)
		}
	}
}

// matters is a corpus of n texts on each of some matters, of four words each, which
// every text says in an order of its own.
func matters(n int, of ...string) (out []corpora.Document) {
	for _, words := range of {
		w := strings.Fields(words)
		for i := range n {
			k := i % len(w)
			w := append(slices.Clone(w[k:]), w[:k]...)
			out = append(out, corpora.Document{ID: fmt.Sprint(w[0], i, words[:3]), Version: 1,
				Text: fmt.Sprintf("Il faut pour la %s une %s et une %s avec la %s.", w[0], w[1], w[2], w[i%2*3])})
		}
	}
	return out
}

const (
	ofBuses   = "mobilité gare navette route"
	ofSchools = "école cantine classe crèche"
	ofHealth  = "santé pharmacie clinique maternité"
	ofNets    = "fibre antenne connexion tablette"
)

// numbered by the theme that most texts of a matter are in.
func holder(r *Report, matter string) Theme {
	count := make(map[string]int)
	for _, d := range r.Documents {
		if strings.HasSuffix(d.ID, matter[:3]) {
			count[d.Theme]++
		}
	}
	var best Theme
	for _, t := range r.Themes {
		if best.ID == "" || count[t.ID] > count[best.ID] {
			best = t
		}
	}
	return best
}

// What a theme was called goes with its words: a name that nobody chose is found anew
// where they have left, one that a person chose stays and is to be seen again.
func TestNamesFollowWords(t *testing.T) {
	c := corpora.Corpus{Documents: matters(30, ofBuses, ofSchools, ofHealth)}
	one := analyse(t, c, Settings{Themes: 3})
	was, from := holder(one, ofBuses), holder(one, ofSchools)
	if was.ID == from.ID {
		t.Fatal("matters are not told apart")
	}
	for _, person := range []string{"", "Toutes les gares", "Circuler"} {
		p, _, err := one.Priors(c)
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(p, func(x Prior) bool { return x.ID == was.ID })
		other := slices.IndexFunc(p, func(x Prior) bool { return x.ID == from.ID })
		p[at].Segments, p[other].Segments = p[other].Segments, p[at].Segments
		p[at].Label = person
		two, err := Revise(context.Background(), c, one, p)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range two.Themes {
			if x.ID != was.ID {
				continue
			}
			switch {
			case person == "" && (x.Label == was.Label || x.Review):
				t.Errorf("%v is still %q", x.Terms, x.Label)
			case person != "" && x.Label != person:
				t.Errorf("%q is called %q", person, x.Label)
			case x.Review != (person == "Toutes les gares"): // nobody writes « circuler »
				t.Errorf("%q to be seen again: %v", person, x.Review)
			}
		}
	}
}

// People keep the machine's name of a theme that they freeze, or join others to.
func TestNamesSettled(t *testing.T) {
	c := corpora.Corpus{Documents: matters(30, ofBuses, ofSchools, ofHealth)}
	one := analyse(t, c, Settings{Themes: 3})
	into, from := one.Themes[0], one.Themes[1]
	for _, joined := range []bool{false, true} {
		p, _, err := one.Priors(c)
		if err != nil {
			t.Fatal(err)
		}
		for i := range p {
			if p[i].ID == into.ID {
				p[i].Segments = append(slices.Clone(p[1].Segments), p[0].Segments[:2]...)
				if p[i].Frozen = !joined; joined {
					p[i].Joined = into.ID
				}
			}
		}
		p[1].Segments = nil
		two, err := Revise(context.Background(), c, one, p)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range two.Themes {
			if x.ID == into.ID && x.Label != into.Label {
				t.Errorf("joined %v: %q became %q", joined, into.Label, x.Label)
			}
			if x.ID == from.ID && x.Label == from.Label {
				t.Errorf("the theme without text is called %q", x.Label)
			}
		}
	}
}

// A theme that is mostly made of new texts on other matters is a new one; where they
// are on its own matter, it is the same.
func TestMostlyNew(t *testing.T) {
	before := matters(12, ofBuses, ofSchools)
	one := analyse(t, corpora.Corpus{Documents: before}, Settings{Themes: 2})
	was := holder(one, ofBuses)
	for _, x := range []struct {
		more string
		same bool
	}{{ofBuses, true}, {ofNets, false}} {

		c := corpora.Corpus{Documents: slices.Clone(before)}
		for _, d := range matters(100, x.more) {
			d.ID = "plus-" + d.ID
			c.Documents = append(c.Documents, d)
		}
		p, _, err := one.Priors(c)
		if err != nil {
			t.Fatal(err)
		}
		r, err := newReading(c)
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range c.Documents {
			r.add(pieceOf(d, i, 0, len(d.Text)), r.lexicon.Read(d.Text))

		}
		if err := r.weigh(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := r.count(t.Context()); err != nil {
			t.Fatal(err)
		}
		g := &grouping{theme: make([]int, len(r.segments)), why: make([]string, len(r.segments)), themes: make([]group, 2)}
		for i, d := range c.Documents {
			if strings.HasSuffix(d.ID, ofSchools[:3]) {
				g.theme[i] = 1
			}
		}
		if _, err := g.follow(t.Context(), r, p); err != nil {
			t.Fatal(err)
		}
		if got := g.themes[0].id == was.ID; got != x.same {
			t.Errorf("more of %q: the same theme %v", x.more, got)
		}
	}
}

// One text in twenty comes later: names stay.
func TestNamesSteady(t *testing.T) {
	for _, file := range []string{"decidim-mel/comments.tsv", "republique-numerique/opinions.tsv"} {
		all := shared(t, file, "text")
		before := all
		before.Documents = nil
		for i, d := range all.Documents {
			if i%20 != 7 {
				before.Documents = append(before.Documents, d)
			}
		}
		one := analyse(t, before, Settings{})
		p, axes, err := one.Priors(all)
		if err != nil {
			t.Fatal(err)
		}
		two := analyse(t, all, Settings{Previous: p, PreviousAxes: axes})
		label, seen, kept := make(map[string]string), make(map[string]bool), 0
		for _, x := range one.Themes {
			label[x.ID] = x.Label
		}
		for _, x := range two.Themes {
			if label[x.ID] == x.Label {
				kept++
			} else {
				t.Logf("%s: %q was %q", file, x.Label, label[x.ID])
			}
			if name := strings.ToLower(x.Label); seen[name] {
				t.Errorf("%s: two themes are called %q", file, x.Label)
			} else {
				seen[name] = true
			}
		}
		t.Logf("%s: %d of %d names stay", file, kept, len(one.Themes))
		if 10*kept < 8*len(one.Themes) {
			t.Errorf("%s: %d of %d names stay", file, kept, len(one.Themes))
		}
	}
}
