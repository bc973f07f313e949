package analysis

import (
	"cmp"
	"slices"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/analysis/textometry"
)

// What is kept of the vocabulary.
const (
	growthPoints = 20
	maxLexicon   = 500
	maxOnce      = 2000
	netForms     = 50
	netLeast     = 3
)

// measure measures the corpus' vocabulary.
func (r *reading) measure() Richness {
	growth := lexis.Grow(r.words, lexis.Forms, growthPoints)
	measured := growth.Whole
	out := Richness{TypeToken: round(measured.TypeToken(), 4), Guiraud: round(measured.Guiraud(), 2), Yule: round(measured.Yule(), 2), Growth: []Step{}}
	if len(growth.N) > 2 {
		out.HeapsK, out.HeapsB = round(growth.HeapsK, 3), round(growth.HeapsB, 4)
	}
	for i, n := range growth.N {
		out.Growth = append(out.Growth, Step{n, growth.V[i], round(growth.Expected[i], 1)})
	}
	return out
}

// list lists the words: the most frequent, and those met once.
func (r *reading) list(report *Report) {
	report.Lemmas = len(r.frequencies)
	for _, f := range r.frequencies[:min(len(r.frequencies), maxLexicon)] {
		report.Lexicon = append(report.Lexicon, Entry{r.spelled[f.ID], f.N, f.Texts, int(r.spread[f.ID])})
	}
	once := lexis.Hapax(r.frequencies)
	report.HapaxAll = len(once)
	for _, id := range once[:min(len(once), maxOnce)] {
		report.Hapax = append(report.Hapax, r.spelled[id])
	}
}

// frequent lists the lemmas that most segments hold, at most so many, each in
// least segments and two documents.
func (r *reading) frequent(most, least int) []int32 {
	list := slices.Clone(r.frequencies)
	slices.SortStableFunc(list, func(a, b lexis.Frequency) int { return cmp.Compare(b.Texts, a.Texts) })
	var out []int32
	for _, f := range list {
		if len(out) == most || f.Texts < least {
			break
		}
		if r.spread[f.ID] >= 2 {
			out = append(out, f.ID)
		}
	}
	return out
}

// network is the similarity graph's maximum tree over the most frequent forms.
func (r *reading) network() *Network {
	forms := r.frequent(netForms, netLeast)
	if len(forms) < 5 {
		return nil
	}
	full := textometry.Similarity(r.table, forms, r.lexicon.Best(), textometry.Ochiai, 2)
	groups := full.Communities()
	tree := full.MaximumTree()
	out := &Network{Nodes: []Node{}, Edges: []Edge{}}
	for i, p := range tree.Layout() {
		n := tree.Nodes[i]
		out.Nodes = append(out.Nodes, Node{r.spelled[n.Form], n.N, groups[i], round(p.X, 4), round(p.Y, 4)})
	}
	for _, e := range tree.Edges {
		out.Edges = append(out.Edges, Edge{e.A, e.B, e.N, round(e.Weight, 4)})
	}
	return out
}
