package theme

import (
	"context"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/corpora/tables"
)

// What joins the themes of a sample goes where most of its links lead, the first of
// equals.
func TestJoined(t *testing.T) {
	got := joined([]int{0, 1, -1, 1}, Graph{{{0, .5}, {1, .3}, {3, .3}}, {{1, .4}, {0, .4}}, {{2, 1}}, nil}, 2)
	if want := []int{0, 1, -1, 1, 1, 0, -1, -1}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// The themes of a sample that the others join say as much of the labels as those that
// are found among all: on pieces of all labelled sets together.
func TestSampledGold(t *testing.T) {
	for _, size := range []int{12, 30} {
		rows, gold, roots, labels := labelled(t, size)
		table := lexis.NewTable(rows, len(roots))
		view := Both(NewLexical(table.BM25(), len(roots)), NewStatic(table, roots, tables.Words()...))
		find := func(sample []int32) (v float64, theme []int) {
			g, order, err := Links(context.Background(), view, sample, nil)
			if err != nil {
				t.Fatal(err)
			}
			found, err := Partition(context.Background(), g, Plan{Themes: labels, Sample: len(sample)}, nil)
			if err != nil {
				t.Fatal(err)
			}
			theme = make([]int, len(rows))
			for at, i := range order {
				if theme[i] = found.Theme[at]; theme[i] < 0 {
					theme[i] = labels
				}
			}
			return VMeasure(gold, theme), theme
		}
		whole, among := find(nil)
		sample := make([]int32, len(rows)/4) // rows are in an order of chance
		for i := range sample {
			sample[i] = int32(i)
		}
		v, of := find(sample)
		t.Logf("%d pieces of %d words, %d labels: V %.3f among all, %.3f with the themes of one in four (of the others: %.3f); between both %.3f",
			len(rows), size, labels, whole, v, VMeasure(gold[len(sample):], of[len(sample):]), VMeasure(among, of))
		if v < .85*whole {
			t.Error("a sample finds less")
		}
	}
}

// labelled is all labelled sets, cut into pieces of so many words, in an order of
// chance.
func labelled(t *testing.T, size int) (rows [][]lexis.Word, gold []int, roots []string, labels int) {
	t.Helper()
	var texts []string
	for _, c := range [][3]string{
		{"masakhanews-fra/dev.tsv", "text", "category"},
		{"masakhanews-fra/fewshot50_train.tsv", "text", "category"},
		{"decidim-mel/comments.tsv", "text", "question_id"},
		{"republique-numerique/opinions.tsv", "text", "label"},
	} {
		whole, of, n := shared(t, c[0], c[1], c[2])
		for i, text := range whole {
			for words := strings.Fields(text); len(words) > 0; words = words[min(len(words), size):] {
				texts, gold = append(texts, strings.Join(words[:min(len(words), size)], " ")), append(gold, labels+of[i])
			}
		}
		labels += n
	}
	draw := rand.New(rand.NewPCG(1, 6))
	draw.Shuffle(len(texts), func(i, j int) {
		texts[i], texts[j], gold[i], gold[j] = texts[j], texts[i], gold[j], gold[i]
	})
	texts, gold = texts[:min(len(texts), 20_000)], gold[:min(len(texts), 20_000)]
	var lexicon lexis.Lexicon
	for _, text := range texts {
		rows = append(rows, lexicon.Read(text))
	}
	return rows, gold, lexicon.Roots, labels
}
