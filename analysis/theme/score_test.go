package theme

import (
	"context"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
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

func lexical(texts []string) *Lexical {
	var lexicon lexis.Lexicon
	rows := make([][]lexis.Word, len(texts))
	for i, text := range texts {
		rows[i] = lexicon.Read(text)
	}
	return NewLexical(lexis.NewTable(rows, len(lexicon.Roots)).BM25(), len(lexicon.Roots))
}

func TestGold(t *testing.T) {
	for _, c := range []struct {
		file, text, label string
		floor             float64
	}{
		{"masakhanews-fra/dev.tsv", "text", "category", .40},
		{"masakhanews-fra/dev.tsv", "headline", "category", 0},
		{"decidim-mel/comments.tsv", "text", "theme", .30},
		{"decidim-mel/comments.tsv", "text", "question_id", 0},
		{"republique-numerique/opinions.tsv", "text", "label", 0},
	} {
		texts, gold, themes := shared(t, c.file, c.text, c.label)
		v := lexical(texts)
		g, err := Neighbours(context.Background(), v, K, nil)
		if err != nil {
			t.Fatal(err)
		}
		sum, least := 0., 1.
		const seeds = 10
		for seed := range uint64(seeds) {
			found, err := Partition(context.Background(), g, Plan{Themes: themes, Seed: seed}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if found.Themes != themes {
				t.Errorf("%s: %d themes, want %d", c.file, found.Themes, themes)
			}
			theme := found.Theme
			for i := range theme {
				if theme[i] < 0 {
					theme[i] = themes
				}
			}
			score := VMeasure(gold, theme)
			sum += score
			least = min(least, score)
		}
		t.Logf("%s %s by %s (%d): V %.3f over %d seeds, least %.3f", c.file, c.text, c.label, themes, sum/seeds, seeds, least)
		if sum/seeds < c.floor {
			t.Errorf("%s: below %.2f", c.file, c.floor)
		}
	}
}
