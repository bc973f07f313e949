package textometry

import (
	"context"
	"slices"

	"github.com/villes-internet/congres/analysis/lexis"
)

// Reinert sets a descending classification. Zero fields take rainette's
// defaults.
type Reinert struct {
	Classes     int     // at most: 10
	MinContext  int     // forms of a unit of context, see [Contexts]; 0: segments are taken as they are
	MinSplit    int     // units without which a class is not cut: 5; at least 3
	Contingency float64 // coefficient of contingency above which a form stays in one half only, 0…1: 0.3
	MinForm     int     // units of a class without which a form is not kept in it: 3
}

func (r Reinert) filled() Reinert {
	if r.Classes == 0 {
		r.Classes = 10
	}
	if r.MinSplit == 0 {
		r.MinSplit = 5
	}
	r.MinSplit = max(r.MinSplit, 3)
	if r.Contingency == 0 {
		r.Contingency = .3
	}
	if r.MinForm == 0 {
		r.MinForm = 3
	}
	return r
}

// A CHD is a descending hierarchical classification.
type CHD struct {
	Units  []int   // by segment: its unit of context, named by its first segment
	Levels [][]int // Levels[i] has i+2 classes: the class of each segment, from 0, −1 unclassified
	Splits []Split // Splits[i] made Levels[i]
}

// A Split cut a class of the level before into itself and the class after it;
// those that followed moved up by one.
type Split struct {
	Class int
	Chi2  float64 // of the two halves' forms; summed from the last split up, a dendrogram's heights
}

// Cut returns the partition in k classes, or the finest that there is; nil when
// nothing could be cut.
func (c *CHD) Cut(k int) []int {
	if len(c.Levels) == 0 || k < 2 {
		return nil
	}
	return c.Levels[min(k-2, len(c.Levels)-1)]
}

// Classify cuts the table's segments into classes of like vocabulary: M.
// Reinert, « Une méthode de classification descendante hiérarchique :
// application à l'analyse lexicale par contexte », Cahiers de l'analyse des
// données 8(2), 1983, by the rules of the R package rainette. Presence alone
// counts. The class with the most units is cut next (the first of several): along
// the first factor of its correspondence analysis where χ² is greatest, then by
// passages from one half to the other. Each half keeps the forms that belong to
// both, or to it rather than to its twin. Units left without any form are
// unclassified from the cut on in which this shows. Where ctx ends, so does the
// cutting.
//
// One difference is wanted. To know which unit changes sides, rainette 0.3 reads
// its rank in the order of the axis, which no longer is that of the halves once
// one has changed; here it is always the unit whose passage raises χ² most.
func Classify(ctx context.Context, t *lexis.Table, document []int, settings Reinert) *CHD {
	r := settings.filled()
	c := &CHD{Units: Contexts(t, document, r.MinContext)}
	classes := []class{{units: contextRows(t, c.Units), forms: len(t.DF)}}
	for len(classes) < r.Classes {
		biggest := 0
		for i, k := range classes {
			if len(k.units) > len(classes[biggest].units) {
				biggest = i
			}
		}
		if len(classes[biggest].units) < r.MinSplit {
			break
		}
		one, two, chi2 := classes[biggest].split(ctx, r)
		if chi2 == 0 {
			break
		}
		classes = slices.Replace(classes, biggest, biggest+1, one, two)
		byUnit := make(map[int]int)
		for i, k := range classes {
			for _, u := range k.units {
				byUnit[u.first] = i
			}
		}
		level := make([]int, len(t.Rows))
		for i, unit := range c.Units {
			n, ok := byUnit[unit]
			if !ok {
				n = -1
			}
			level[i] = n
		}
		c.Levels = append(c.Levels, level)
		c.Splits = append(c.Splits, Split{biggest, chi2})
	}
	return c
}

// A member of a class is a unit of context.
type member struct {
	first int     // segment
	forms []int32 // ascending
}

type class struct {
	units []member
	forms int // how many its units may hold
}

func contextRows(t *lexis.Table, units []int) []member {
	var out []member
	at := make(map[int]int)
	for i, unit := range units {
		k, ok := at[unit]
		if !ok {
			k = len(out)
			at[unit] = k
			out = append(out, member{first: unit})
		}
		for _, cell := range t.Rows[i] {
			out[k].forms = append(out[k].forms, cell.Root)
		}
	}
	for k := range out {
		slices.Sort(out[k].forms)
		out[k].forms = slices.Compact(out[k].forms)
	}
	return out
}

// split cuts a class; χ² is 0 when it cannot be.
func (c class) split(ctx context.Context, r Reinert) (one, two class, chi2 float64) {
	// Number anew the forms that are there, and leave out the empty units.
	var full []member
	number := make(map[int32]int32)
	var forms []int32
	for _, u := range c.units {
		if len(u.forms) == 0 {
			continue
		}
		full = append(full, u)
		for _, f := range u.forms {
			if _, ok := number[f]; !ok {
				number[f] = 0
				forms = append(forms, f)
			}
		}
	}
	if len(full) < 3 || c.forms < 3 {
		return class{}, class{}, 0
	}
	slices.Sort(forms)
	for i, f := range forms {
		number[f] = int32(i)
	}
	rows := make([][]int32, len(full))
	for i, u := range full {
		rows[i] = make([]int32, len(u.forms))
		for j, f := range u.forms {
			rows[i][j] = number[f]
		}
	}
	table := newSparse(rows, len(forms))
	b, chi2 := bisect(ctx, table)
	if chi2 == 0 {
		return class{}, class{}, 0
	}
	for side, to := range []*class{&one, &two} {
		kept := make([]bool, len(forms))
		for j, all := range table.sums {
			in, n := b.sums[j], b.n
			if side == 1 {
				in, n = all-in, table.n-n
			}
			kept[j] = keep(in, all, n, table.n, r.Contingency, r.MinForm)
			if kept[j] {
				to.forms++
			}
		}
		for i, u := range full {
			if b.first[i] != (side == 0) {
				continue
			}
			var left []int32
			for j, f := range u.forms {
				if kept[rows[i][j]] {
					left = append(left, f)
				}
			}
			to.units = append(to.units, member{u.first, left})
		}
	}
	return one, two, chi2
}
