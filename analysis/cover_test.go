package analysis

import (
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/corpora"
	"github.com/villes-internet/congres/corpora/demo"
)

// The name of a theme says what its texts say: the share of them that hold a word
// of it, lemma by lemma, in what they say of the theme. So does that of an axis.
func TestNamesCover(t *testing.T) {
	for _, c := range []struct {
		file, text  string
		mean, least float64 // over the themes
		axes        float64 // mean over the axes of several themes, of whole terms
	}{
		{"demo", "", .65, .4, .4},
		{"decidim-mel/comments.tsv", "text", .65, .3, .4},
		{"decidim-mel/proposals.tsv", "text", .7, .5, .4},
		{"republique-numerique/opinions.tsv", "text", .65, .44, .4},
		{"masakhanews-fra/dev.tsv", "text", .75, .55, .4},
		{"masakhanews-fra/dev.tsv", "headline", .5, .2, .3},
		{"masakhanews-fra/fewshot50_train.tsv", "text", .75, .6, .4},
	} {
		t.Run(c.file+" "+c.text, func(t *testing.T) {
			corpus := corpora.Corpus{}
			if c.file == "demo" {
				congress, err := demo.Load()
				if err != nil {
					t.Fatal(err)
				}
				for _, x := range congress.Contributions {
					corpus.Documents = append(corpus.Documents, corpora.Document{ID: x.Key, Text: x.Text})
				}
			} else {
				corpus = shared(t, c.file, c.text)
			}
			r := analyse(t, corpus, Settings{})
			said := r.said()
			mean, least := 0., 1.
			for n, x := range r.Themes {
				whole, word := said.cover(x.Label, said.of(func(s Segment) bool { return s.Theme == x.ID }))
				t.Logf("%2d. %d texts, stability %.2f, a term %.2f, a word %.2f: %s", n+1, x.Documents, x.Stability, whole, word, x.Label)
				mean += word / float64(len(r.Themes))
				least = min(least, word)
			}
			t.Logf("share of a theme's texts that hold a word of its name: mean %.2f, least %.2f; unplaced %d of %d", mean, least, r.Corpus.Unplaced, len(r.Documents))
			axes, several := 0., 0.
			for n, a := range r.Axes {
				whole, word := said.cover(a.Label, said.of(func(s Segment) bool { return slices.Contains(a.Themes, s.Theme) }))
				t.Logf("%s. %d themes, a term %.2f, a word %.2f: %s", r.AxisLetter(n), len(a.Themes), whole, word, a.Label)
				if len(a.Themes) > 1 {
					axes, several = axes+whole, several+1
				}
			}
			axes /= max(1, several)
			t.Logf("share of an axis's texts that hold a term of its name: mean %.2f of %v axes of several themes", axes, several)
			if several > 0 && axes < c.axes {
				t.Errorf("axes below %.2f", c.axes)
			}
			if mean < c.mean || least < c.least {
				t.Errorf("below %.2f, %.2f", c.mean, c.least)
			}
		})
	}
}

// What the segments of a report say.
type saying struct {
	report  *Report
	lexicon lexis.Lexicon
	words   [][]lexis.Word
}

func (r *Report) said() *saying {
	s := &saying{report: r}
	for _, x := range r.Segments {
		s.words = append(s.words, s.lexicon.Read(x.Text))
	}
	return s
}

// of gathers the words of texts, in the segments that are asked for.
func (s *saying) of(asked func(Segment) bool) (texts [][]lexis.Word) {
	last := ""
	for i, x := range s.report.Segments {
		if !asked(x) {
			continue
		}
		if x.Document != last || len(texts) == 0 {
			texts, last = append(texts, nil), x.Document
		}
		texts[len(texts)-1] = append(texts[len(texts)-1], s.words[i]...)
	}
	return texts
}

// cover returns the share of texts that hold a term of a name, and a word of it.
func (s *saying) cover(name string, texts [][]lexis.Word) (whole, word float64) {
	var terms, words []lexis.Key
	for _, term := range strings.Split(name, ", ") {
		k := s.lexicon.Key(term)
		terms = append(terms, k)
		for _, lemma := range k[:k.Len()] {
			words = append(words, lexis.Key{lemma})
		}
	}
	share := func(keys []lexis.Key) float64 {
		held := make(map[int]bool)
		for _, list := range lexis.Holders(texts, keys) {
			for _, i := range list {
				held[i] = true
			}
		}
		return float64(len(held)) / float64(max(1, len(texts)))
	}
	return share(terms), share(words)
}
