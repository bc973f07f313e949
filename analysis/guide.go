package analysis

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/analysis/theme"
	"github.com/villes-internet/congres/corpora/tables"
)

// What makes a seed a term or an example, and how near a text must be.
const (
	MaxGuides  = 30
	MaxSeeds   = 100  // of a guide
	MaxSeed    = 2000 // bytes
	termWords  = 4    // counted words; more make an example sentence
	likeSeed   = .30  // similarity to an example sentence that attracts
	drawnAlong = .60  // share of a text's links that lead to a guided theme, which then attracts it
	nearest    = .15  // share of all texts, those nearest to a guide's other seeds, that one word attracts
)

// checkGuides refuses guides that cannot be followed.
func (s Settings) checkGuides() error {
	if len(s.Axes) > MaxGuides {
		return fmt.Errorf("%w (reçu %d, %d au plus)", ErrGuides, len(s.Axes), MaxGuides)
	}
	seen := make(map[string]bool)
	for _, g := range s.Axes {
		name := strings.TrimSpace(g.Name)
		if name == "" || seen[name] {
			return fmt.Errorf("%w\u00a0: chaque axe porte un nom, différent des autres (« %s »)", ErrGuides, name)
		}
		seen[name] = true
		if len(g.Seeds) > MaxSeeds || slices.ContainsFunc(g.Seeds, func(seed string) bool { return len(seed) > MaxSeed }) {
			return fmt.Errorf("%w\u00a0: l’axe « %s » a trop d’amorces, ou de trop longues", ErrGuides, name)
		}
	}
	if s.Themes > 0 && s.Themes <= len(s.Axes) {
		return fmt.Errorf("%w\u00a0: demandez au moins %d thèmes, un de plus que d’axes, pour ce qui n’est d’aucun", ErrGuides, len(s.Axes)+1)
	}
	return nil
}

// maxListed is of how many words each item of a list of seeds is at most; longer ones
// are clauses of one sentence.
const maxListed = 3

// ReadSeeds reads seeds as people write them: one a line, or between bars; and where a
// line is a list of short terms, « hôpital, médecins ; déserts médicaux », each of them.
func ReadSeeds(text string) (seeds []string) {
	for _, line := range strings.FieldsFunc(text, func(c rune) bool { return c == '\n' || c == '|' }) {
		items := strings.FieldsFunc(line, func(c rune) bool { return c == ',' || c == ';' })
		if strings.ContainsAny(line, ".!?…") || slices.ContainsFunc(items, func(x string) bool { return len(strings.Fields(x)) > maxListed }) {
			items = []string{line}
		}
		for _, x := range items {
			if x = strings.TrimSpace(x); x != "" {
				seeds = append(seeds, x)
			}
		}
	}
	return seeds
}

// seedsOf are a guide's seeds.
func seedsOf(g Guide) []string {
	var out []string
	for _, s := range g.Seeds {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// seeds reads the guides' seeds with the corpus' roots; what the corpus never
// says gets roots after those.
func (r *reading) seeds(guides []Guide) (words [][]lexis.Word, of []int, roots []string) {
	roots = slices.Clone(r.lexicon.Roots)
	number := make(map[string]int32, len(roots))
	for n, root := range roots {
		number[root] = int32(n)
	}
	var scratch lexis.Lexicon // the corpus' own counts nothing that is not its
	for g, guide := range guides {
		for _, seed := range seedsOf(guide) {
			list := scratch.Read(seed)
			for i, w := range list {
				if w.Root < 0 {
					continue
				}
				root := scratch.Roots[w.Root]
				n, ok := number[root]
				if !ok {
					n = int32(len(roots))
					number[root] = n
					roots = append(roots, root)
				}
				list[i].Root = n
			}
			words, of = append(words, list), append(of, g)
		}
	}
	return words, of, roots
}

// An attraction is how the first units of a view meet guides' seeds.
type attraction struct {
	of      []int       // each seed's guide
	holds   [][]float64 // by unit and guide: its seeds that the unit holds or is much like
	near    [][]float64 // likewise: the likeness to the nearest
	holders []int       // of each seed: the units that hold it
	lone    [][]int     // of each seed that is a single word: the units that hold it once
}

// attract meets the seeds with the first n units of a view, the units after them being
// the seeds, of which of gives the guides. A short seed attracts the texts that hold all
// its words, an example those that are much like it.
func attract(ctx context.Context, view theme.View, table *lexis.Table, of []int, guides, n int) (attraction, error) {
	a := attraction{of, make([][]float64, n), make([][]float64, n), make([]int, len(of)), make([][]int, len(of))}
	for u := range n {
		a.holds[u], a.near[u] = make([]float64, guides), make([]float64, guides)
	}
	row := make([]float32, view.Len())
	for s, g := range of {
		if ctx.Err() != nil {
			return a, ctx.Err()
		}
		seed := table.Rows[n+s]
		if len(seed) == 0 {
			continue
		}
		clear(row)
		view.Add(row, n+s, 1)
		for u := range n {
			like := float64(row[u])
			a.near[u][g] = max(a.near[u][g], like)
			switch {
			case len(seed) > termWords:
				if like >= likeSeed {
					a.holds[u][g]++
				}
			case all(table.Rows[u], seed):
				a.holds[u][g]++
				if a.holders[s]++; len(seed) == 1 && times(table.Rows[u], seed[0].Root) == 1 {
					a.lone[s] = append(a.lone[s], u)
				}
			}
		}
	}
	return a, nil
}

// doubt takes away what a single word attracts in another of its senses: a text that
// holds it once and nothing else of a guide stays if it is among those nearest to the
// guide's other seeds, which say in which sense the seed is meant (« collège » beside
// « école »): as many as twice those that hold the word, [nearest] of all at least. A
// seed without others, or whose others no vector knows, is not doubted. units and words
// are the texts' and the seeds', of these roots.
func (a attraction) doubt(ctx context.Context, units, words [][]lexis.Word, roots []string) error {
	others := make([][]lexis.Word, len(words))
	for s, g := range a.of {
		for other, list := range words {
			if len(a.lone[s]) > 0 && other != s && a.of[other] == g {
				others[s] = append(others[s], list...)
			}
		}
	}
	static := theme.NewStatic(lexis.NewTable(slices.Concat(units, others), len(roots)), roots, tables.Words()...)
	row := make([]float32, static.Len())
	for s, g := range a.of {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if len(others[s]) == 0 {
			continue
		}
		clear(row)
		static.Add(row, len(units)+s, 1)
		if row[len(units)+s] == 0 { // not even like itself
			continue
		}
		sorted := slices.Clone(row[:len(units)])
		slices.Sort(sorted)
		least := max(nearest, 2*float64(a.holders[s])/float64(len(units)))
		for _, u := range a.lone[s] {
			nearer, _ := slices.BinarySearch(sorted, row[u])
			if a.holds[u][g] == 1 && 1-float64(nearer)/float64(len(units)) > least {
				a.holds[u][g] = 0
			}
		}
	}
	return nil
}

// settle gives each unit a guide, or -1. One that two guides attract goes to the one
// that it holds more seeds of, then to the nearer, then to the first; one most of whose
// links lead to a guide's texts follows them.
func (a attraction) settle(graph theme.Graph, guides int) []int {
	out := make([]int, len(a.holds))
	for u, holds := range a.holds {
		out[u] = -1
		for g, h := range holds {
			if h > 0 && (out[u] < 0 || h > holds[out[u]] || h == holds[out[u]] && a.near[u][g] > a.near[u][out[u]]) {
				out[u] = g
			}
		}
	}
	along := slices.Clone(out)
	for u := range out {
		if out[u] >= 0 {
			continue
		}
		toward, sum := make([]float64, guides), 0.
		for _, e := range graph[u] {
			sum += e.Weight
			if g := out[e.To]; g >= 0 {
				toward[g] += e.Weight
			}
		}
		for g, w := range toward {
			if w > drawnAlong*sum {
				along[u] = g
			}
		}
	}
	return along
}

// times is how often a row holds a root.
func times(row []lexis.Cell, root int32) int {
	for _, c := range row {
		if c.Root == root {
			return int(c.N)
		}
	}
	return 0
}

// all says whether a row holds all the roots of another.
func all(row, of []lexis.Cell) bool {
	i := 0
	for _, c := range of {
		for i < len(row) && row[i].Root < c.Root {
			i++
		}
		if i == len(row) || row[i].Root != c.Root {
			return false
		}
	}
	return true
}

// less is a graph without the units that a guide attracts: they have no links.
func less(graph theme.Graph, guided []int) theme.Graph {
	out := make(theme.Graph, len(graph))
	for u, edges := range graph {
		if guided[u] >= 0 {
			continue
		}
		for _, e := range edges {
			if guided[e.To] < 0 {
				out[u] = append(out[u], e)
			}
		}
	}
	return out
}
