package analysis

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/villes-internet/congres/corpora"
)

// A half is one of the two texts that a text was made of.
type half struct {
	topic string
	end   int // in bytes
}

// Texts made of two, one above the other, that people filed under two topics: each
// half goes to its own theme more often than if texts were placed whole. Texts of
// one topic stay in one theme, even when each of their sentences is a paragraph.
func TestTwoSubjects(t *testing.T) {
	for _, c := range []struct {
		file, text, topic string
		two               float64 // share of the texts made of two that must be in two themes or more
	}{
		{"decidim-mel/comments.tsv", "text", "theme", .33},
		{"masakhanews-fra/dev.tsv", "text", "category", .47},
		{"masakhanews-fra/fewshot50_train.tsv", "text", "category", .57},
	} {
		var pool []corpora.Document
		topics := make(map[string]bool)
		for _, d := range shared(t, c.file, c.text).Documents {
			if len(strings.Fields(d.Text)) > 3 {
				pool = append(pool, d)
				topics[d.Variables[c.topic]] = true
			}
		}
		rng := rand.New(rand.NewPCG(1, 2))
		rng.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
		joined, apart := corpora.Corpus{}, corpora.Corpus{}
		halves := make(map[string][]half)
		for i := 0; i < len(pool); i++ {
			d := pool[i]
			d.ID = fmt.Sprint("seul", i)
			halves[d.ID] = []half{{d.Variables[c.topic], 1 << 30}}
			lines := d
			lines.Text = strings.ReplaceAll(d.Text, ". ", ".\n")
			apart.Documents = append(apart.Documents, lines)
			if i > len(pool)/2 && i+1 < len(pool) && pool[i+1].Variables[c.topic] != d.Variables[c.topic] {
				next := pool[i+1]
				halves[fmt.Sprint("deux", i)] = []half{{d.Variables[c.topic], len(d.Text)}, {next.Variables[c.topic], 1 << 30}}
				d = corpora.Document{ID: fmt.Sprint("deux", i), Text: d.Text + "\n\n" + next.Text}
				next.ID, next.Text = fmt.Sprint("seul", i+1), strings.ReplaceAll(next.Text, ". ", ".\n")
				halves[next.ID] = []half{{next.Variables[c.topic], 1 << 30}}
				apart.Documents = append(apart.Documents, next)
				i++
			}
			joined.Documents = append(joined.Documents, d)
		}
		one, right, whole := subjects(analyse(t, joined, Settings{Themes: len(topics)}), halves, "deux")
		t.Logf("%s, made of two: %.3f have one theme; %.3f of the segments are right, %.3f placed whole", c.file, one, right, whole)
		if one > 1-c.two || right < whole+.05 {
			t.Errorf("%s: the halves stay together", c.file)
		}
		one, right, whole = subjects(analyse(t, apart, Settings{Themes: len(topics)}), halves, "seul")
		t.Logf("%s, of one topic, a line each sentence: %.3f have one theme; %.3f of the segments are right, %.3f placed whole", c.file, one, right, whole)
		if one < .75 || right < whole-.01 {
			t.Errorf("%s: texts of one topic fall apart", c.file)
		}
	}
}

// subjects returns the share of a kind of documents that have one theme, the share of
// their segments whose theme is their half's, which is that of most segments of its
// topic in texts of one topic, and the same if each were in its document's theme.
func subjects(r *Report, halves map[string][]half, kind string) (one, right, whole float64) {
	of := make(map[string]string) // theme of each document
	for _, d := range r.Documents {
		of[d.ID] = d.Theme
	}
	votes := make(map[string]map[string]int) // by theme, then topic
	for _, s := range r.Segments {
		if h := halves[s.Document]; len(h) == 1 && s.Theme != "" {
			if votes[s.Theme] == nil {
				votes[s.Theme] = make(map[string]int)
			}
			votes[s.Theme][h[0].topic]++
		}
	}
	about := make(map[string]string) // topic of each theme
	for theme, counts := range votes {
		for topic, n := range counts {
			if most := counts[about[theme]]; n > most || n == most && topic < about[theme] {
				about[theme] = topic
			}
		}
	}
	themes, segments := make(map[string]map[string]bool), 0.
	for _, s := range r.Segments {
		if !strings.HasPrefix(s.Document, kind) {
			continue
		}
		if themes[s.Document] == nil {
			themes[s.Document] = make(map[string]bool)
		}
		if s.Theme != "" {
			themes[s.Document][s.Theme] = true
		}
		h := halves[s.Document]
		for s.Start >= h[0].end {
			h = h[1:]
		}
		segments++
		if about[s.Theme] == h[0].topic {
			right++
		}
		if about[of[s.Document]] == h[0].topic {
			whole++
		}
	}
	for _, its := range themes {
		if len(its) < 2 {
			one++
		}
	}
	return one / float64(len(themes)), right / segments, whole / segments
}
