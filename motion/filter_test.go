package motion

import (
	"fmt"
	"slices"
	"testing"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

func (w *world) neighbour(first, department string, population int) {
	w.Helper()
	w.do("", func(tx *ledger.Tx) error {
		id, _, err := consult.Accredit(tx, consult.Person{FirstName: first, LastName: "Test", Email: first + "@test.fr", Role: consult.Elu,
			Town: consult.Collectivity{Name: "Ville " + department, Department: department, Population: population}})
		w.people[first] = id
		return err
	})
}

// TestFilter: a territory is offered, and asked for, only where five élus fit
// it, and so are two territories together.
func TestFilter(t *testing.T) {
	w := newWorld(t)
	for i := range 5 {
		w.neighbour(fmt.Sprint("a", i), "01", 1000)
		w.neighbour(fmt.Sprint("b", i), "02", 20_000)
	}
	for i := range 4 {
		w.neighbour(fmt.Sprint("c", i), "03", 20_000)
	}
	one, other := w.submit("a0", "Un tramway."), w.submit("b0", "Une école.")
	w.view(func(people *consult.State, _ *State) {
		c := Offer(people, people.Edition(w.edition))
		if len(c.Axes) != 1 || len(c.Departments) != 2 || c.Departments[0].Value != "01" || len(c.Sizes) != 2 {
			t.Errorf("got %+v", c)
		}
		small, large := c.Sizes[0].Value, c.Sizes[1].Value
		for f, want := range map[Filter]bool{{}: true, {Department: "01"}: true, {Department: "03"}: false, {Department: "01", Size: small}: true,
			{Department: "01", Size: large}: false, {Department: "03", Size: large}: false, {Department: "x"}: false} {
			if got := f.Allowed(people); got != want {
				t.Errorf("%+v: got %v", f, got)
			}
		}
		segments := []analysis.Segment{{ID: one + "@1:0-5", Document: one, Score: 0.2}, {ID: one + "@1:0-3", Document: one, Score: 0.9}, {ID: other + "@1:0-5", Document: other, Score: 0.5}}
		theme := &analysis.Theme{Verbatims: []analysis.Verbatim{{Segment: other + "@1:0-5"}, {Segment: one + "@1:0-5"}}}
		ids := func(f Filter, most int) (out []string) {
			for _, s := range f.Rank(people, theme, segments, most) {
				out = append(out, s.ID)
			}
			return out
		}
		for _, tt := range []struct {
			f    Filter
			most int
			want []string
		}{{Filter{}, 9, []string{other + "@1:0-5", one + "@1:0-5"}}, {Filter{}, 1, []string{other + "@1:0-5"}},
			{Filter{Department: "01"}, 9, []string{one + "@1:0-5", one + "@1:0-3"}}, {Filter{Size: large}, 9, []string{other + "@1:0-5"}},
			{Filter{Axis: "autre"}, 9, nil}} {
			if got := ids(tt.f, tt.most); !slices.Equal(got, tt.want) {
				t.Errorf("%+v: got %v, want %v", tt.f, got, tt.want)
			}
		}
	})
}

// TestReach: for any choice of themes, the union that a page makes is what
// Cover counts.
func TestReach(t *testing.T) {
	w := newWorld(t)
	ids := []string{w.submit("Zoé", "Un tramway."), w.submit("Zoé", "Une école."), w.submit("Ali", "Un port."), w.submit("Léa", "Une gare."), w.unknown("Une halle.")}
	r := report(map[string]string{"t1": "Un", "t2": "Deux"}, []string{"t1", "t2"}, w.placedIn("t1", "", ids[0]), w.placedIn("t1", "", ids[2]),
		w.placedIn("t2", "", ids[1]), w.placedIn("t2", "", ids[4]), w.placedIn("", "", ids[3]))
	w.do(w.people["Max"], func(tx *ledger.Tx) error { return consult.Hide(tx, ids[2], "hors sujet") })
	w.view(func(people *consult.State, _ *State) {
		reach := ReachOf(r, people)
		for bits := range 4 {
			contributions, elus := map[int]bool{}, map[int]bool{}
			var text Text
			for i, theme := range []string{"t1", "t2"} {
				if bits&(1<<i) == 0 {
					continue
				}
				for _, n := range reach.Themes[theme].Contributions {
					contributions[n] = true
				}
				for _, n := range reach.Themes[theme].Elus {
					elus[n] = true
				}
				cited := map[string]string{"t1": ids[0], "t2": ids[1]}[theme]
				for _, s := range r.Segments {
					if s.Document == cited {
						text.Blocks = append(text.Blocks, Block{Kind: Recital, ID: theme, Runs: []Run{{Text: "Vu.", Citations: []string{s.ID}}}})
					}
				}
			}
			c := Cover(&text, r, people)
			if (c.Contributions != Share{len(contributions), reach.Contributions}) || (c.Elus != Share{len(elus), reach.Elus}) {
				t.Errorf("%b: got %d of %d contributions, %d of %d élus, want %+v", bits, len(contributions), reach.Contributions, len(elus), reach.Elus, c)
			}
		}
	})
}
