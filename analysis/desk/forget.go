package desk

import (
	"slices"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

// clearedData says what left the seeds that stood at a time.
type clearedData struct {
	Edition string   `cbor:"edition"`
	Label   string   `cbor:"label"` // of the axis; "": it guides no more
	Seeds   []string `cbor:"seeds"` // that it keeps
	Facts   []uint64 `cbor:"facts"` // whose data is erased
}

// EraseSeeds takes away the seeds that hold words of a person's contributions
// ([consult.Said]), also from what the axes were before. To be decided together
// with [consult.ErasePerson], which also says who may. Reports follow as those
// contributions leave them.
func EraseSeeds(tx *ledger.Tx, person string) {
	said := ledger.Of[*consult.State](tx).Said(person)
	for _, e := range ledger.Of[*consult.State](tx).Editions() {
		choices := ledger.Of[*State](tx).choices[e.ID]
		facts := map[string][]uint64{} // by axis
		var axes []string
		for _, c := range choices {
			if (c.Kind == kindGiven || c.Kind == kindCleared) && slices.ContainsFunc(c.Data.Seeds, said.In) {
				if facts[c.Theme] == nil {
					axes = append(axes, c.Theme)
				}
				facts[c.Theme] = append(facts[c.Theme], c.Seq)
			}
		}
		stand := guides(choices, always)
		for _, axis := range axes {
			d := clearedData{Edition: e.ID, Facts: facts[axis]}
			if i := slices.IndexFunc(stand, func(a Axis) bool { return a.ID == axis }); i >= 0 {
				d.Label = stand[i].Name
				d.Seeds = slices.DeleteFunc(slices.Clone(stand[i].Seeds), said.In)
			}
			tx.Emit(kindCleared, 1, axis, d)
			tx.Erase(d.Facts...)
		}
	}
}

// cleared folds what EraseSeeds emits.
func (s *State) cleared(c *choice, d clearedData) {
	list := slices.DeleteFunc(slices.Clone(s.choices[d.Edition]), func(c *choice) bool { return slices.Contains(d.Facts, c.Seq) })
	if d.Label != "" {
		c.Data = decisionData{Edition: d.Edition, Label: d.Label, Seeds: d.Seeds}
		list = append(list, c)
	}
	s.choices[d.Edition], s.last[d.Edition] = list, c.Seq
}

// seeds are all that an edition's axes have, or had.
func (s *State) seeds(edition string) map[string]bool {
	out := map[string]bool{}
	for _, c := range s.choices[edition] {
		for _, seed := range c.Data.Seeds {
			out[seed] = true
		}
	}
	return out
}

// unseeded is r less the seeds that no decision holds any more; r itself stays as it
// is, and is returned when it has none of them.
func unseeded(r *analysis.Report, held map[string]bool) *analysis.Report {
	gone := func(seed string) bool { return !held[seed] }
	if !slices.ContainsFunc(r.Settings.Axes, func(g analysis.Guide) bool { return slices.ContainsFunc(g.Seeds, gone) }) &&
		!slices.ContainsFunc(r.Themes, func(t analysis.Theme) bool { return slices.ContainsFunc(t.Seeds, gone) }) {
		return r
	}
	out := *r
	out.Settings.Axes = slices.Clone(r.Settings.Axes)
	for i := range out.Settings.Axes {
		g := &out.Settings.Axes[i]
		g.Seeds = slices.DeleteFunc(slices.Clone(g.Seeds), gone)
	}
	out.Themes = slices.Clone(r.Themes)
	for i := range out.Themes {
		t := &out.Themes[i]
		t.Seeds = slices.DeleteFunc(slices.Clone(t.Seeds), gone)
	}
	return &out
}
