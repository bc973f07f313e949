package analysis

import (
	"context"
	"slices"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/analysis/textometry"
)

// What Reinert's classification takes, and keeps.
const (
	chdForms    = 2000   // most frequent forms
	chdContext  = 12     // forms of a unit of context
	chdWider    = 14     // of the double classification's other; both are IRaMuTeQ's
	chdSegments = 12_000 // above which it takes too long
	maxClasses  = 10
	maxProfile  = 15
	smallClass  = 50 // a class of less than one segment in so many is left unclassified; IRaMuTeQ's own threshold is n/(nbt+1)
)

const (
	noteSecond = "La classification de Reinert, le graphe de similitude et la comparaison sans les tables n’ont pas été calculés\u00a0: le corpus est trop grand pour qu’ils le soient dans un temps raisonnable. Analysez-en une partie pour les lire."
	noteParts  = "Les sous-thèmes des plus grands thèmes n’ont pas été cherchés\u00a0: ils ont trop de textes."
)

// classify makes Reinert's classification, and gives each segment its class;
// nothing where there is nothing to divide. Rare forms, which would make classes
// of a few segments, stay out: those of fewer than 3 segments, or one in 200.
func (r *reading) classify(ctx context.Context, report *Report) error {
	least := max(3, min(15, len(r.segments)/200))
	words := r.frequent(chdForms, least)
	kept := make([]bool, len(r.lexicon.Lemmas))
	for _, lemma := range words {
		kept[lemma] = true
	}
	rows := make([][]lexis.Word, len(r.words))
	for i, words := range r.words {
		for _, w := range words {
			if w.Lemma >= 0 && kept[w.Lemma] {
				rows[i] = append(rows[i], w)
			}
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	table := lexis.Tabulate(rows, lexis.Lemmas, len(r.lexicon.Lemmas))
	want := max(2, min(maxClasses, len(report.Themes)))
	settings := textometry.Reinert{Classes: want, MinContext: chdContext, MinSplit: max(10, len(r.segments)/50)}
	chd := textometry.Classify(ctx, table, r.document, settings)
	class := chd.Cut(want)
	if class == nil {
		return ctx.Err()
	}
	small := max(5, len(r.segments)/smallClass)
	class, joins := large(slices.Clone(class), dendrogram(chd), small)
	if len(joins) == 0 {
		return nil
	}
	report.Second = &Second{Asked: want, Words: len(words), Least: least, Context: chdContext, Units: distinct(chd.Units), Small: small, Joins: joins}
	for i, c := range class {
		report.Segments[i].Class = c + 1
	}
	spread := r.spreads(class, len(joins)+1)
	profiles := textometry.Profiles(table, class, lexis.Chi2At05)
	for c, marks := range profiles {
		k := Class{Terms: []Term{}, Typical: []string{}}
		for _, n := range class {
			if n == c {
				k.Segments++
			}
		}
		for _, m := range marks {
			if m.Chi2 < 0 || len(k.Terms) == maxProfile {
				break
			}
			if spread[c][m.Form] >= 2 {
				k.Terms = append(k.Terms, Term{r.spelled[m.Form], round(m.Chi2, 2), m.In, m.All - m.In})
			}
		}
		for _, s := range textometry.Typical(table, class, c, marks, 3) {
			k.Typical = append(k.Typical, report.Segments[s.Row].ID)
		}
		report.Second.Classes = append(report.Second.Classes, k)
	}
	settings.MinContext = chdWider
	report.Second.twice(chd, textometry.Classify(ctx, table, r.document, settings), class)
	return ctx.Err()
}

// distinct counts the units of context, which are named by their first segments.
func distinct(units []int) (n int) {
	for i, unit := range units {
		if i == unit {
			n++
		}
	}
	return n
}

// twice says how much of each class another classification finds again, in as many
// crossed classes as there are classes, or as many as there can be. class is each
// segment's.
func (x *Second) twice(one, other *textometry.CHD, class []int) {
	best := textometry.Double(one, other, textometry.Crossing{Classes: len(x.Classes)})
	if len(best) == 0 {
		return
	}
	last := best[len(best)-1]
	x.Double = &Double{Contexts: [2]int{chdContext, chdWider}, Classes: last.K, Segments: last.Association.N}
	both := make([][]int, len(x.Classes))
	for c := range both {
		both[c] = make([]int, last.K)
	}
	for i, c := range class {
		if k := last.Association.Class[i]; c >= 0 && k >= 0 {
			both[c][k]++
		}
	}
	for c, shared := range both {
		x.Classes[c].Again = slices.Max(shared)
	}
}

// large leaves out the classes of fewer than least segments, in place, numbers the
// others anew, and prunes the joins.
func large(class []int, joins []textometry.Join, least int) ([]int, []textometry.Join) {
	n := len(joins) + 1
	sizes := make([]int, n)
	for _, c := range class {
		if c >= 0 {
			sizes[c]++
		}
	}
	name := make([]int, n, 2*n) // new number of each group; -1: gone
	kept := 0
	for c, size := range sizes {
		if name[c] = -1; size >= least {
			name[c] = kept
			kept++
		}
	}
	for i, c := range class {
		if c >= 0 {
			class[i] = name[c]
		}
	}
	var out []textometry.Join
	for _, j := range joins {
		a, b := name[j.A], name[j.B]
		switch {
		case a < 0 || b < 0:
			name = append(name, max(a, b))
		default:
			name = append(name, kept+len(out))
			out = append(out, textometry.Join{A: min(a, b), B: max(a, b), Height: j.Height})
		}
	}
	return class, out
}

// dendrogram turns the splits, from the last up, into joins of the final classes;
// a join's height is the sum of the χ² below it, so that none is lower than those
// it holds.
func dendrogram(chd *textometry.CHD) []textometry.Join {
	n := len(chd.Splits) + 1
	name := make([]int, n) // of the group that stands at each place
	for i := range name {
		name[i] = i
	}
	height := make([]float64, 2*n)
	var out []textometry.Join
	for s := len(chd.Splits) - 1; s >= 0; s-- {
		at := chd.Splits[s].Class
		a, b := name[at], name[at+1]
		h := round(chd.Splits[s].Chi2+max(height[a], height[b]), 2)
		out = append(out, textometry.Join{A: min(a, b), B: max(a, b), Height: h})
		name[at] = n + len(out) - 1
		height[name[at]] = h
		name = slices.Delete(name, at+1, at+2)
	}
	return out
}

// compare says how the other readings agree with the themes. of gives each
// segment's theme.
func (r *Report) compare(of []int) {
	if r.Second != nil {
		r.Second.Agreement = r.against(of, len(r.Second.Classes), func(s Segment) int { return s.Class }, func(c int, theme string, shared int) {
			r.Second.Classes[c].Theme, r.Second.Classes[c].Shared = theme, shared
		})
	}
	if r.Bare != nil {
		r.Bare.Agreement = r.against(of, len(r.Bare.Themes), func(s Segment) int { return s.Bare }, func(c int, theme string, shared int) {
			r.Bare.Themes[c].Theme, r.Bare.Themes[c].Shared = theme, shared
		})
	}
}

func (r *Report) against(of []int, classes int, class func(Segment) int, say func(class int, theme string, shared int)) textometry.Agreement {
	other := make([]int, len(of))
	both := make([][]int, classes)
	for c := range both {
		both[c] = make([]int, len(r.Themes))
	}
	for i, s := range r.Segments {
		other[i] = class(s) - 1
		if other[i] >= 0 && of[i] >= 0 {
			both[other[i]][of[i]]++
		}
	}
	for c, shared := range both {
		best := -1
		for t, n := range shared {
			if n > 0 && (best < 0 || n > shared[best]) {
				best = t
			}
		}
		if best >= 0 {
			say(c, r.Themes[best].ID, shared[best])
		} else {
			say(c, "", 0)
		}
	}
	a := textometry.Agree(of, other)
	a.ARI, a.V = round(a.ARI, 3), round(a.V, 3)
	return a
}

// AgreementWords says in French what an adjusted Rand index means.
func AgreementWords(ari float64) string {
	switch {
	case ari < 0.1:
		return "presque aucun accord, pas plus que le hasard n’en donnerait"
	case ari < 0.3:
		return "accord faible, quelques thèmes seulement se retrouvent"
	case ari < 0.5:
		return "accord moyen, les grands thèmes se retrouvent et leurs bords diffèrent"
	case ari < 0.8:
		return "accord fort, la plupart des thèmes se retrouvent"
	default:
		return "accord presque complet"
	}
}
