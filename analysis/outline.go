package analysis

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/analysis/textometry"
	"github.com/villes-internet/congres/analysis/theme"
	"github.com/villes-internet/congres/corpora/tables"
)

// When a theme has sub-themes, and how many at most.
const (
	partUnits    = 16 // texts below which a theme is not divided
	maxParts     = 6
	partStable   = 0.5  // mean stability of sub-themes, weighted by their texts
	partLeast    = 0.35 // stability of each
	maxPartTerms = 8
	maxPartQuote = 3
	maxPartUnits = 1500 // texts above which the search would take too long
	partSampled  = 250  // among how many they are found, in a corpus that is sampled itself
)

// divide finds the sub-themes of every theme. known gives what an earlier report
// says of a theme whose segments are the same; nil: nothing.
func (r *reading) divide(ctx context.Context, report *Report, of []int, known map[string][]Subtheme, was []int) error {
	members := make([][]int, len(report.Themes))
	for i, t := range of {
		if t >= 0 {
			members[t] = append(members[t], i)
		}
	}
	themes := make([]theme.Theme, len(report.Themes)) // whose names no sub-theme bears
	for t := range themes {
		themes[t].Label = report.Themes[t].Label
	}
	return each(ctx, len(members), func(t int) {
		list := members[t]
		if parts, ok := known[report.Themes[t].ID]; ok {
			report.Themes[t].Subthemes = slices.Clone(parts)
			for _, i := range list {
				report.Segments[i].Sub = was[i]
			}
			return
		}
		part, stability, err := r.parts(ctx, list, report.Settings.View, report.Settings.Seed)
		if err == nil && len(stability) > 0 { // the only error is the end of ctx
			r.describeParts(ctx, &report.Themes[t], report.Segments, themes, list, part, stability)
		}
	})
}

// parts divides the texts of a theme, of which list has the segments. It returns
// each segment's part, from 0 (-1: none), and the parts' stability; none when the
// theme is too small, or its parts too much a matter of chance.
func (r *reading) parts(ctx context.Context, list []int, view string, seed uint64) ([]int, []float64, error) {
	texts := 0
	for n, i := range list {
		if n == 0 || r.document[i] != r.document[list[n-1]] {
			texts++
		}
	}
	few := len(r.corpus.Documents) < fewDocuments
	if texts > maxPartUnits && !few {
		return nil, nil, nil
	}
	units, unit := make([][]lexis.Word, 0, texts), make([]int, len(list))
	for n, i := range list {
		if n == 0 || r.document[i] != r.document[list[n-1]] {
			units = append(units, slices.Clip(r.words[i])) // mostly one: no copy
		} else {
			units[len(units)-1] = append(units[len(units)-1], r.words[i]...)
		}
		unit[n] = len(units) - 1
	}
	if few && len(list) >= 4*len(units) { // few and long, as in [reading.units]
		units = units[:0]
		for n, i := range list {
			units = append(units, r.words[i])
			unit[n] = n
		}
	}
	if len(units) < partUnits || len(units) > maxPartUnits {
		return nil, nil, nil
	}
	roots := len(r.lexicon.Roots)
	f := fold(units, roots)
	vectors := f.table.BM25()
	if countDistinct(vectors) < partUnits { // the same few texts over and over
		return nil, nil, nil
	}
	words := theme.NewLexical(vectors, roots)
	var seen theme.View = words
	if view != "lexical" {
		seen = theme.Both(words, theme.NewStatic(f.table, r.lexicon.Roots, tables.Words()...))
	}
	var sample []int32
	if len(r.corpus.Documents) > sampled {
		sample = f.sample(r.lexicon.Roots, partSampled)
	}
	graph, order, err := theme.Links(ctx, seen, sample, nil)
	if err != nil {
		return nil, nil, err
	}
	f.arrange(order)
	graph = graph.Weighed(f.copies)
	// Half as many again for each doubling of texts: 2 for 16, 4 for 64, 6 for 256.
	most := min(maxParts, int(math.Log2(float64(len(f.units))/4)))
	for k := most; k >= 2; k = min(k-1, (k+2)/2) {
		found, err := theme.Partition(ctx, graph, theme.Plan{Themes: k, Seed: seed, Copies: f.copies, Sample: len(sample)}, nil)
		if err != nil {
			return nil, nil, err
		}
		if found.Themes < 2 {
			return nil, nil, nil
		}
		stability, err := stable(ctx, graph, found, f.copies, seed)
		if err != nil {
			return nil, nil, err
		}
		if stability != nil {
			part := make([]int, len(list))
			for n := range list {
				part[n] = found.Theme[f.of[unit[n]]]
			}
			return part, stability, nil
		}
		if k == 2 {
			break
		}
	}
	return nil, nil, nil
}

// stable returns the stability of sub-themes, or nil when one is of too few texts,
// or they are too much a matter of chance. copies gives the texts of each unit.
func stable(ctx context.Context, graph theme.Graph, found theme.Found, copies []int, seed uint64) ([]float64, error) {
	sizes := make([]int, found.Themes)
	for u, t := range found.Theme {
		if t >= 0 {
			sizes[t] += copies[u]
		}
	}
	if slices.Min(sizes) < max(4, len(copies)/15) {
		return nil, nil
	}
	stability, err := theme.Stability(ctx, graph, found, seed, nil)
	if err != nil {
		return nil, err
	}
	mean, all := 0., 0.
	for t, size := range sizes {
		mean += float64(size) * stability[t]
		all += float64(size)
	}
	if mean/all < partStable || slices.Min(stability) < partLeast {
		return nil, nil
	}
	return stability, nil
}

// describeParts says of sub-themes what [reading.describe] says of themes; their
// labels come later.
func (r *reading) describeParts(ctx context.Context, t *Theme, segments []Segment, themes []theme.Theme, list, part []int, stability []float64) {
	rows, texts, document := make([][]lexis.Word, len(list)), make([]string, len(list)), make([]int, len(list))
	sizes, documents := make([]int, len(stability)), make([]int, len(stability))
	seen := make([]int, len(stability)) // document that was counted last, plus one
	for n, i := range list {
		rows[n], texts[n], document[n] = r.words[i], r.texts[i], r.document[i]
		if p := part[n]; p >= 0 {
			sizes[p]++
			if seen[p] != document[n]+1 {
				seen[p] = document[n] + 1
				documents[p]++
			}
		}
	}
	terms := lexis.NewIndex(ctx, rows, texts, document, len(r.lexicon.Lemmas)).Terms(ctx, part, len(stability), 3*maxPartTerms)
	order := make([]int, len(stability))
	for p := range order {
		order[p] = p
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(documents[b], documents[a]), cmp.Compare(sizes[b], sizes[a]))
	})
	place := make([]int, len(order))
	t.Subthemes = make([]Subtheme, len(order))
	named := slices.Clone(themes)
	for n, p := range order {
		place[p] = n
		sub := &t.Subthemes[n]
		sub.Terms, sub.Verbatims = []Term{}, []string{}
		sub.Segments, sub.Documents, sub.Stability = sizes[p], documents[p], round(stability[p], 3)
		for _, term := range terms[p][:min(maxPartTerms, len(terms[p]))] {
			sub.Terms = append(sub.Terms, Term{term.Form, round(term.Chi2, 2), term.In, term.Out})
		}
		named = append(named, theme.Theme{Terms: terms[p], Segments: sizes[p], Texts: documents[p]})
	}
	for n, label := range theme.Labels(named)[len(named)-len(order):] {
		if t.Subthemes[n].Label = label; strings.HasPrefix(label, theme.Rest) || theme.Hollow(label) {
			t.Subthemes[n].Label = restOfTheme // no noun sets it apart
		}
	}
	last := restLast(t.Subthemes)
	for n, i := range list {
		if part[n] >= 0 {
			segments[i].Sub = last[place[part[n]]] + 1
		}
	}
	at := make(map[string]int, len(list))
	for _, i := range list {
		at[segments[i].ID] = i
	}
	for _, v := range t.Verbatims { // already ranked
		if p := segments[at[v.Segment]].Sub; p > 0 {
			if sub := &t.Subthemes[p-1]; len(sub.Verbatims) < maxPartQuote {
				sub.Verbatims = append(sub.Verbatims, v.Segment)
			}
		}
	}
	byScore := slices.Clone(list)
	slices.SortStableFunc(byScore, func(a, b int) int { return cmp.Compare(segments[b].Score, segments[a].Score) })
	for _, i := range byScore {
		if p := segments[i].Sub; p > 0 && r.length[i] > 0 {
			if sub := &t.Subthemes[p-1]; len(sub.Verbatims) < maxPartQuote && !slices.Contains(sub.Verbatims, segments[i].ID) {
				sub.Verbatims = append(sub.Verbatims, segments[i].ID)
			}
		}
	}
}

// restLast puts what no word sets apart behind the parts that have a name, and says
// where each of them went.
func restLast(parts []Subtheme) []int {
	order := make([]int, len(parts))
	for n := range order {
		order[n] = n
	}
	rest := func(n int) int {
		if parts[n].Label == restOfTheme {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rest(a), rest(b)) })
	was, place := slices.Clone(parts), make([]int, len(parts))
	for n, at := range order {
		parts[n], place[at] = was[at], n
	}
	return place
}

// gather groups the themes into axes and lays them out on the map, as people have
// seen them before. axisOf gives each theme's axis; nil: they have none.
func (report *Report) gather(centroids [][]float32, was before) (axisOf []int) {
	n := len(report.Themes)
	graph := &textometry.Graph{}
	squared := make([][]float64, n)
	for a := range n {
		graph.Nodes = append(graph.Nodes, textometry.Node{Form: int32(a), Label: strconv.Itoa(1000 + a), N: report.Themes[a].Segments})
		squared[a] = make([]float64, n)
		for b := range n {
			sum := 0.
			for i, x := range centroids[a] {
				sum += float64(float64(x) * float64(centroids[b][i]))
			}
			squared[a][b] = max(0, 2-2*sum)
			if b > a && sum > 0 {
				graph.Edges = append(graph.Edges, textometry.Edge{A: a, B: b, Weight: sum})
			}
		}
		squared[a][a] = 0
	}
	// The map shows the strongest links that hold it together, and one in ten of
	// the others.
	tree := graph.MaximumTree()
	shown := slices.Clone(tree.Edges)
	rest := slices.DeleteFunc(slices.Clone(graph.Edges), func(e textometry.Edge) bool { return slices.Contains(tree.Edges, e) })
	slices.SortStableFunc(rest, func(a, b textometry.Edge) int { return cmp.Compare(b.Weight, a.Weight) })
	shown = append(shown, rest[:min(len(rest)/10, 2*n)]...)
	drawn := &textometry.Graph{Nodes: graph.Nodes, Edges: shown}
	if n <= manyThemes {
		report.lay(drawn, squared, was.at)
	}
	for _, e := range shown {
		report.Links = append(report.Links, Link{report.Themes[e.A].ID, report.Themes[e.B].ID, round(e.Weight, 4)})
	}
	return report.group(squared, was.axes)
}

// restOfTheme names the part of a theme that no word sets apart; the only name that
// parts of several themes may share.
const restOfTheme = "Le reste de ce thème"

// lead is what a theme's name begins with, by which an axis of that theme alone is called;
// "" where the name says it all.
func lead(name string) string {
	if first, _, more := strings.Cut(name, ", "); more && !strings.HasPrefix(name, theme.Loose) {
		return first
	}
	return ""
}

// entitle names the axes that have no name yet, whose name a theme bears now, or the
// words of whose name are those of others by now, and returns the names that themes and
// axes bear: no two are the same.
func (r *reading) entitle(ctx context.Context, report *Report, of, axisOf []int) (taken map[string]bool) {
	var all []theme.Theme
	taken = make(map[string]bool)
	label := make(map[string]string)
	for t := range report.Themes {
		all = append(all, theme.Theme{Label: report.Themes[t].Label})
		taken[report.Themes[t].Label], label[report.Themes[t].ID] = true, report.Themes[t].Label
	}
	first := len(all)
	all = append(all, make([]theme.Theme, len(report.Axes))...)
	if len(report.Axes) > 0 {
		group := make([]int, len(of))
		for i, t := range of {
			group[i] = -1
			if t >= 0 {
				group[i] = axisOf[t]
			}
		}
		counts := r.tally(group, len(report.Axes))
		for a, terms := range r.terms.Terms(ctx, group, len(report.Axes), 3*maxTerms) {
			x := &all[first+a]
			x.Terms, x.Segments, x.Texts = terms, counts[a].Segments, counts[a].Documents
			x.Part, x.Sizes = make(map[int32]int), make([]int, len(report.Axes[a].Themes))
		}
		place := make([]int, len(report.Themes)) // in its axis
		next := make([]int, len(report.Axes))
		for t, a := range axisOf {
			place[t] = next[a]
			next[a]++
		}
		for i, t := range of {
			if t < 0 {
				continue
			}
			x, d := &all[first+group[i]], int32(r.document[i])
			if _, ok := x.Part[d]; !ok {
				x.Part[d] = place[t]
				x.Sizes[place[t]]++
			}
		}
		for a, x := range report.Axes {
			if !taken[x.Label] && r.tells(group, a, r.nameTerms(x.Label)) {
				all[first+a].Label, taken[x.Label] = x.Label, true
			}
		}
		for a, x := range report.Axes {
			if all[first+a].Label != "" || len(x.Themes) != 1 {
				continue
			}
			if name := lead(label[x.Themes[0]]); !taken[name] {
				all[first+a].Label = name
			}
		}
	}
	labels := theme.Labels(all)
	for _, l := range labels {
		taken[l] = true
	}
	for a := range report.Axes {
		report.Axes[a].Label = labels[first+a]
	}
	return taken
}

// entitleParts gives the sub-themes names that nothing else bears; taken are those of
// themes and axes.
func (report *Report) entitleParts(taken map[string]bool) {
	for t := range report.Themes {
		rest := 0
		for s := range report.Themes[t].Subthemes {
			sub := &report.Themes[t].Subthemes[s]
			if strings.HasPrefix(sub.Label, restOfTheme) {
				sub.Label = restOfTheme
				if rest++; rest > 1 {
					sub.Label += " (" + strconv.Itoa(rest) + ")"
				}
				continue
			}
			label := sub.Label
			for _, term := range sub.Terms {
				if !taken[label] {
					break
				}
				if !strings.Contains(strings.ToLower(sub.Label), strings.ToLower(term.Form)) {
					label = sub.Label + ", " + term.Form
				}
			}
			for n := 2; taken[label]; n++ {
				label = sub.Label + " (" + strconv.Itoa(n) + ")"
			}
			sub.Label, taken[label] = label, true
		}
	}
}
