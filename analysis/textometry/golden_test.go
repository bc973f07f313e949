package textometry

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/corpora"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// shared opens a file of ../shared/data, seen from the repository's root.
func shared(t *testing.T, name string) *os.File {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above")
		}
		dir = filepath.Dir(dir)
	}
	f, err := os.Open(filepath.Join(dir, "..", "shared", "data", name))
	if err != nil {
		t.Skipf("../shared/data/%s is absent", name)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// TestPropositions runs every method on a corpus that people prepared for
// IRaMuTeQ; the golden file holds forms and figures.
func TestPropositions(t *testing.T) {
	const name = "decidim-mel/iramuteq_corpus_propositions.txt"
	read, err := corpora.Read(name, shared(t, name), corpora.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	themes := []string{"Democratie_Citoyennete", "Impots_Depenses_Action_Publique", "Organisation_Etat_Collectivite", "Transition_Ecologique"}
	var lexicon lexis.Lexicon
	var texts, pieces [][]lexis.Word
	var document []int
	var of []string // theme of each piece
	for i := range read.Rows {
		text := read.Cell(i, "texte")
		texts = append(texts, lexicon.Read(text))
		theme := ""
		for _, v := range themes {
			if read.Cell(i, v) == "oui" {
				theme, _, _ = strings.Cut(v, "_")
			}
		}
		words := texts[i]
		for _, span := range lexis.Pieces(text, 40, 0) {
			n := 0
			for n < len(words) && int(words[n].Start) < span.End {
				n++
			}
			pieces = append(pieces, words[:n])
			words = words[n:]
			document, of = append(document, i), append(of, theme)
		}
	}
	labels := lexicon.Best()
	all := lexis.Tabulate(pieces, lexis.Lemmas, len(lexicon.Lemmas))
	// As in IRaMuTeQ and rainette, what fewer than three segments hold is left out.
	for i, words := range pieces {
		pieces[i] = slices.DeleteFunc(slices.Clone(words), func(w lexis.Word) bool { return w.Lemma < 0 || all.DF[w.Lemma] < 3 })
	}
	table := lexis.Tabulate(pieces, lexis.Lemmas, len(lexicon.Lemmas))

	var out bytes.Buffer
	forms := lexis.Frequencies(texts, lexis.Forms)
	r := lexis.NewRichness(forms)
	g := lexis.Grow(texts, lexis.Forms, 20)
	fmt.Fprintf(&out, "textes %d segments %d N %d V %d V1 %d V/N %.4f R %.2f K %.2f\n", len(texts), len(pieces), r.N, r.V, len(lexis.Hapax(forms)), r.TypeToken(), r.Guiraud(), r.Yule())
	fmt.Fprintf(&out, "croissance V(N/2) %d attendu %.1f p %.3f Heaps %.2f %.3f\n", g.V[9], g.Expected[9], g.Special, g.HeapsK, g.HeapsB)

	fmt.Fprintln(&out, "\nspécificités")
	c := Cross(table, of)
	s := Specificities(c)
	for m, modality := range c.Modalities {
		fmt.Fprintf(&out, "%s %d:", modality, c.Sizes[m])
		for _, f := range s.Of(m, 2)[:6] {
			fmt.Fprintf(&out, " %s %d/%d %+.2f", labels[f.Form], f.In, f.All, f.Score)
		}
		fmt.Fprintln(&out)
	}
	fmt.Fprint(&out, "banales:")
	for _, f := range s.Banal(1.3, 10)[:6] {
		fmt.Fprintf(&out, " %s", labels[f])
	}

	counts := make([][]float64, len(c.Counts))
	for m, row := range c.Counts {
		for _, n := range row {
			counts[m] = append(counts[m], float64(n))
		}
	}
	a, err := Correspondence(counts, 2)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&out, "\n\nAFC inertie %.4f axes %.4f %.4f\n", a.Total, a.Inertia[0], a.Inertia[1])
	for m, p := range a.Rows {
		fmt.Fprintf(&out, "%s %+.3f %+.3f cos² %.3f %.3f\n", c.Modalities[m], p.Coord[0], p.Coord[1], p.Cos2[0], p.Cos2[1])
	}

	print := func(class []int) {
		for k, profile := range Profiles(table, class, lexis.Chi2At05) {
			n := 0
			for _, of := range class {
				if of == k {
					n++
				}
			}
			fmt.Fprintf(&out, "classe %d, %d segments:", k, n)
			for _, m := range profile[:6] {
				fmt.Fprintf(&out, " %s %d/%d %.1f", labels[m.Form], m.In, m.All, m.Chi2)
			}
			fmt.Fprintln(&out)
		}
	}
	one := Classify(t.Context(), table, document, Reinert{Classes: 6, MinContext: 10, MinSplit: 10})
	two := Classify(t.Context(), table, document, Reinert{Classes: 6, MinContext: 15, MinSplit: 10})
	fmt.Fprint(&out, "\nCHD χ²")
	for _, split := range one.Splits {
		fmt.Fprintf(&out, " %d: %.1f", split.Class, split.Chi2)
	}
	fmt.Fprintln(&out)
	print(one.Cut(5))
	for _, b := range Double(one, two, Crossing{Classes: 6}) {
		fmt.Fprintf(&out, "\ndouble k %d χ² %.1f n %d exacte %v · couverture χ² %.1f n %d\n", b.K, b.Association.Chi2, b.Association.N, b.Association.Exact, b.Coverage.Chi2, b.Coverage.N)
		if b.K == 4 {
			print(b.Association.Class)
		}
	}

	var often []int32
	for lemma, df := range table.DF {
		if df >= 20 {
			often = append(often, int32(lemma))
		}
	}
	graph := Similarity(table, often, labels, Cooccurrence, 2)
	tree := graph.MaximumTree()
	community := tree.Communities()
	fmt.Fprintf(&out, "\nsimilitudes: %d formes, %d arêtes, arbre de %d, modularité %.3f\n", len(graph.Nodes), len(graph.Edges), len(tree.Edges), tree.Modularity(community))
	slices.SortStableFunc(tree.Edges, func(a, b Edge) int { return b.N - a.N })
	for _, e := range tree.Edges[:10] {
		fmt.Fprintf(&out, "%s – %s %d\n", tree.Nodes[e.A].Label, tree.Nodes[e.B].Label, e.N)
	}

	q := lexicon.Query("impôt", lexis.Lemmas)
	fmt.Fprintf(&out, "\nimpôt: %d lignes; cooccurrents:", len(lexicon.Concordance(texts, q, 5, lexis.ByRight)))
	for _, near := range lexis.Cooccurrents(texts, q, 5, 5, lexis.Lemmas, 2, 2)[:6] {
		fmt.Fprintf(&out, " %s %d/%d %.2f (%.1f)", labels[near.ID], near.Near, near.All, near.Score, near.Distance)
	}
	fmt.Fprintln(&out)

	golden := filepath.Join("testdata", "propositions.golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != string(want) {
		gots, wants := strings.Split(got, "\n"), strings.Split(string(want), "\n")
		for i, line := range gots {
			if i >= len(wants) || line != wants[i] {
				t.Fatalf("line %d:\n got %s\nwant %s (run with -update once you know why)", i+1, line, append(wants, "")[min(i, len(wants))])
			}
		}
		t.Fatal("lines are missing")
	}
}
