package theme

import (
	"context"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/corpora/tables"
)

// VMeasure is Rosenberg and Hirschberg's (2007): the harmonic mean of
// homogeneity and completeness.
func VMeasure(gold, found []int) float64 {
	entropy := func(labels []int) float64 {
		count := make(map[int]float64)
		for _, l := range labels {
			count[l]++
		}
		h := 0.
		for _, n := range count {
			p := n / float64(len(labels))
			h -= p * math.Log(p)
		}
		return h
	}
	joint := make([]int, len(gold))
	for i := range joint {
		joint[i] = gold[i]*100_000 + found[i]
	}
	hg, hf, hj := entropy(gold), entropy(found), entropy(joint)
	mutual := hg + hf - hj
	homogeneity, completeness := 1., 1.
	if hg > 0 {
		homogeneity = mutual / hg
	}
	if hf > 0 {
		completeness = mutual / hf
	}
	if homogeneity+completeness == 0 {
		return 0
	}
	return 2 * homogeneity * completeness / (homogeneity + completeness)
}

func TestVMeasure(t *testing.T) {
	for _, c := range []struct {
		gold, found []int
		want        float64
	}{
		{[]int{0, 0, 1, 1}, []int{1, 1, 0, 0}, 1},
		{[]int{0, 0, 1, 1}, []int{0, 1, 2, 3}, 2. / 3},
		{[]int{0, 0, 1, 1}, []int{0, 0, 0, 0}, 0},
		{[]int{0, 0, 1, 1}, []int{0, 1, 0, 1}, 0},
	} {
		if got := VMeasure(c.gold, c.found); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("VMeasure(%v, %v) = %v, want %v", c.gold, c.found, got, c.want)
		}
	}
}

// shared reads two columns of a tab-separated file of the shared data, or skips.
func shared(t *testing.T, name, text, label string) (texts []string, gold []int, themes int) {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", name))
	if err != nil {
		t.Skip(name, "is absent")
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := make(map[string]int)
	for i, h := range rows[0] {
		column[h] = i
	}
	labels := make(map[string]int)
	for _, row := range rows[1:] {
		l := row[column[label]]
		if _, ok := labels[l]; !ok {
			labels[l] = len(labels)
		}
		texts, gold = append(texts, row[column[text]]), append(gold, labels[l])
	}
	return texts, gold, len(labels)
}

func read(texts []string) (*Lexical, *Static) {
	var lexicon lexis.Lexicon
	rows := make([][]lexis.Word, len(texts))
	for i, text := range texts {
		rows[i] = lexicon.Read(text)
	}
	table := lexis.NewTable(rows, len(lexicon.Roots))
	return NewLexical(table.BM25(), len(lexicon.Roots)), NewStatic(table, lexicon.Roots, tables.Words()...)
}

// near10 is the share of the ten nearest neighbours that have the same label.
func near10(v View, gold []int) float64 {
	row := make([]float32, v.Len())
	same := 0
	for i := range row {
		clear(row)
		v.Add(row, i, 1)
		row[i] = 0
		for _, e := range top(row, 10) {
			if gold[e.To] == gold[i] {
				same++
			}
		}
	}
	return float64(same) / float64(10*len(row))
}

func TestGold(t *testing.T) {
	for _, c := range []struct {
		file, text, label string
		lexical, fused    float64 // floors of V
	}{
		{"masakhanews-fra/dev.tsv", "text", "category", .53, .57},
		{"masakhanews-fra/dev.tsv", "headline", "category", .12, .38},
		{"masakhanews-fra/fewshot50_train.tsv", "text", "category", .48, .54},
		{"masakhanews-fra/fewshot50_train.tsv", "headline", "category", .10, .26},
		{"decidim-mel/comments.tsv", "text", "theme", .36, .43},
		{"decidim-mel/comments.tsv", "text", "question_id", .49, .50},
		{"republique-numerique/opinions.tsv", "text", "label", .18, .21},
		{"republique-numerique/opinions.tsv", "title", "label", .17, .17},
	} {
		texts, gold, themes := shared(t, c.file, c.text, c.label)
		words, static := read(texts)
		t.Logf("%s %s by %s (%d): %.3f of pairs share a word; near words alone: 10-NN %.3f", c.file, c.text, c.label, themes, words.Shared(), near10(static, gold))
		for _, view := range []struct {
			name  string
			view  View
			floor float64
		}{{"lexical", words, c.lexical}, {"fused", Both(words, static), c.fused}} {
			score, least := score(t, view.view, gold, themes)
			t.Logf("    %s: V %.3f over 10 seeds, least %.3f; 10-NN %.3f", view.name, score, least, near10(view.view, gold))
			if score < view.floor {
				t.Errorf("%s, %s: V %.3f, below %.2f", c.file, view.name, score, view.floor)
			}
		}
	}
}

// score returns the mean V-measure over ten seeds, and the least.
func score(t *testing.T, v View, gold []int, themes int) (mean, least float64) {
	t.Helper()
	g, _, err := Links(context.Background(), v, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	const seeds = 10
	least = 1
	for seed := range uint64(seeds) {
		found, err := Partition(context.Background(), g, Plan{Themes: themes, Seed: seed}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if found.Themes != themes {
			t.Errorf("%d themes, want %d", found.Themes, themes)
		}
		for i, theme := range found.Theme {
			if theme < 0 {
				found.Theme[i] = themes
			}
		}
		v := VMeasure(gold, found.Theme)
		mean += v / seeds
		least = min(least, v)
	}
	return mean, least
}
