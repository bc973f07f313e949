package analysis

import (
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

// senses says of each seed by what share of the first units every one of them is
// outdone, 0 to 1, in likeness of near words to the other seeds of its guide, which
// say in which sense the seed is meant: « collège » beside « école ». A seed without
// others, or of several words, or whose others no vector knows, has nil.
func senses(units, words [][]lexis.Word, of []int, roots []string) [][]float64 {
	others := make([][]lexis.Word, len(words))
	for s, g := range of {
		for other, list := range words {
			if other != s && of[other] == g {
				others[s] = append(others[s], list...)
			}
		}
	}
	static := theme.NewStatic(lexis.NewTable(slices.Concat(units, others), len(roots)), roots, tables.Words()...)
	out := make([][]float64, len(words))
	row := make([]float32, static.Len())
	for s := range words {
		clear(row)
		static.Add(row, len(units)+s, 1)
		if row[len(units)+s] == 0 { // not even like itself
			continue
		}
		sorted := slices.Clone(row[:len(units)])
		slices.Sort(sorted)
		out[s] = make([]float64, len(units))
		for u := range units {
			n, _ := slices.BinarySearch(sorted, row[u])
			out[s][u] = 1 - float64(n)/float64(len(units))
		}
	}
	return out
}

// attract gives each of the first n units of a view a guide, or -1. The units
// after them are the seeds, of which of gives the guides. A short seed attracts the
// texts that hold all its words, an example those that are much like it; a text
// most of whose links lead to a guide's texts follows them. A single word has
// several senses: where sense is known (see [senses]), a text that holds it once
// and nothing else of a guide is attracted if it is among those nearest to the guide's other seeds, as
// many as twice those that hold the word, [nearest] of all at least. A text that two guides
// attract goes to the one that it holds more seeds of, then to the nearer, then to
// the first.
func attract(view theme.View, graph theme.Graph, table *lexis.Table, of []int, sense [][]float64, guides, n int) []int {
	holds, near := make([][]float64, n), make([][]float64, n)
	for u := range n {
		holds[u], near[u] = make([]float64, guides), make([]float64, guides)
	}
	lone := make([][]int, n) // of each unit, the single words that it holds once
	row := make([]float32, view.Len())
	holders := make([]int, len(of))
	for s, g := range of {
		seed := table.Rows[n+s]
		if len(seed) == 0 {
			continue
		}
		clear(row)
		view.Add(row, n+s, 1)
		for u := range n {
			like := float64(row[u])
			near[u][g] = max(near[u][g], like)
			switch {
			case len(seed) > termWords:
				if like >= likeSeed {
					holds[u][g]++
				}
			case all(table.Rows[u], seed):
				holds[u][g]++
				if holders[s]++; len(seed) == 1 && times(table.Rows[u], seed[0].Root) == 1 {
					lone[u] = append(lone[u], s)
				}
			}
		}
	}
	for u := range n {
		for _, s := range lone[u] {
			least := max(nearest, 2*float64(holders[s])/float64(n))
			if g := of[s]; holds[u][g] == 1 && sense[s] != nil && sense[s][u] > least {
				holds[u][g] = 0
			}
		}
	}
	out := make([]int, n)
	for u := range n {
		out[u] = -1
		for g := range guides {
			if h := holds[u][g]; h > 0 && (out[u] < 0 || h > holds[u][out[u]] || h == holds[u][out[u]] && near[u][g] > near[u][out[u]]) {
				out[u] = g
			}
		}
	}
	along := slices.Clone(out)
	for u := range n {
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
