package textometry

import (
	"cmp"
	"math"
	"slices"

	"github.com/villes-internet/congres/analysis/lexis"
)

// An Index says how close two forms are.
type Index uint8

// The indices. With a and b the segments that hold each form and ab those that
// hold both: ab; ab/(a+b−ab) (Jaccard 1901); 2ab/(a+b) (Dice 1945); ab/√(a b)
// (Ochiai 1957). All but the first are in 0…1.
const (
	Cooccurrence Index = iota
	Jaccard
	Dice
	Ochiai
)

func (x Index) of(ab, a, b int) float64 {
	n, na, nb := float64(ab), float64(a), float64(b)
	switch x {
	case Jaccard:
		return n / (na + nb - n)
	case Dice:
		return 2 * n / (na + nb)
	case Ochiai:
		return n / math.Sqrt(na*nb)
	}
	return n
}

// A Graph joins forms that segments hold together.
type Graph struct {
	Nodes []Node
	Edges []Edge // A < B, by A then B
}

// A Node is a form.
type Node struct {
	Form  int32
	Label string
	N     int // segments that hold it
}

// An Edge joins two nodes, given by their ranks.
type Edge struct {
	A, B   int
	N      int     // segments that hold both
	Weight float64 // the index
}

// Similarity makes the graph of the analyse de similitudes (C. Flament,
// « L'analyse de similitude », Cahiers du Centre de recherche opérationnelle 4,
// 1962; A. Degenne and P. Vergès, « Introduction à l'analyse de similitude »,
// Revue française de sociologie 14, 1973): the chosen forms, each pair of which
// is joined when least segments or more (at least one) hold both. labels gives
// every form of the table the word to show; nodes are in its alphabetical order
// of bytes, so that ties are settled by the alphabet everywhere.
func Similarity(t *lexis.Table, forms []int32, labels []string, index Index, least int) *Graph {
	g := &Graph{}
	forms = slices.Clone(forms)
	slices.SortFunc(forms, func(a, b int32) int { return cmp.Or(cmp.Compare(labels[a], labels[b]), cmp.Compare(a, b)) })
	forms = slices.Compact(forms)
	rank := make(map[int32]int)
	for i, form := range forms {
		rank[form] = i
		g.Nodes = append(g.Nodes, Node{form, labels[form], t.DF[form]})
	}
	both := make(map[[2]int]int)
	for _, row := range t.Rows {
		var here []int
		for _, cell := range row {
			if i, ok := rank[cell.Root]; ok {
				here = append(here, i)
			}
		}
		slices.Sort(here)
		for i, a := range here {
			for _, b := range here[i+1:] {
				both[[2]int{a, b}]++
			}
		}
	}
	for pair, n := range both {
		if n >= max(least, 1) {
			g.Edges = append(g.Edges, Edge{pair[0], pair[1], n, index.of(n, g.Nodes[pair[0]].N, g.Nodes[pair[1]].N)})
		}
	}
	slices.SortFunc(g.Edges, byNodes)
	return g
}

func byNodes(a, b Edge) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) }

// MaximumTree keeps the edges of greatest weight that make no circle (J. B.
// Kruskal, « On the Shortest Spanning Subtree of a Graph », 1956): Flament's
// « arbre maximum »; of edges of one weight, the first by alphabet. A graph in
// several pieces gives a tree of each.
func (g *Graph) MaximumTree() *Graph {
	edges := slices.Clone(g.Edges)
	slices.SortStableFunc(edges, func(a, b Edge) int { return cmp.Or(cmp.Compare(b.Weight, a.Weight), byNodes(a, b)) })
	parent := make([]int, len(g.Nodes))
	for i := range parent {
		parent[i] = i
	}
	root := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	tree := &Graph{Nodes: g.Nodes}
	for _, e := range edges {
		if a, b := root(e.A), root(e.B); a != b {
			parent[a] = b
			tree.Edges = append(tree.Edges, e)
		}
	}
	slices.SortFunc(tree.Edges, byNodes)
	return tree
}
