package analysis

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// A text that is taken out of a report goes back, most times, where the run that
// knew it had put it.
func TestPlacer(t *testing.T) {
	for _, c := range []struct {
		name, column string
		least        float64
	}{{"decidim-mel/comments.tsv", "text", .85}, {"masakhanews-fra/dev.tsv", "text", .8}, {"masakhanews-fra/dev.tsv", "headline", .8}, {"republique-numerique/opinions.tsv", "text", .75}} {
		corpus := shared(t, c.name, c.column)
		whole := analyse(t, corpus, Settings{})
		home := make(map[string]string)
		for _, d := range whole.Documents {
			home[d.ID] = d.Theme
		}
		var right, none, all float64
		for fold := range 5 {
			out := func(i int) bool { return i%5 == fold }
			fewer := *whole
			left := make(map[string]bool)
			for i, d := range whole.Documents {
				left[d.ID] = out(i)
			}
			fewer.Segments = slices.DeleteFunc(slices.Clone(whole.Segments), func(s Segment) bool { return left[s.Document] })
			p := NewPlacer(&fewer)
			for i, d := range corpus.Documents {
				if !out(i) || home[d.ID] == "" {
					continue
				}
				all++
				switch got := p.Place(d.Text); got.Theme {
				case home[d.ID]:
					right++
				case "":
					none++
				}
			}
		}
		t.Logf("%s %s, %d themes: %.3f of %v where the run put them, %.3f nowhere", c.name, c.column, len(whole.Themes), right/all, all, none/all)
		if right/all < c.least {
			t.Errorf("%s: below %.2f", c.name, c.least)
		}
	}
}

func TestPlacerNowhere(t *testing.T) {
	r := analyse(t, shared(t, "decidim-mel/comments.tsv", "text"), Settings{})
	p := NewPlacer(r)
	for _, text := range []string{"", "   ", "\xff\xfe", "12 345", "zyxwvut qponmlk", strings.Repeat("!", 1000)} {
		if got := p.Place(text); got.Theme != "" {
			t.Errorf("Place(%.20q) = %v, want nowhere", text, got)
		}
	}
	// News of football and elections, beside comments on the town's future.
	news := shared(t, "masakhanews-fra/dev.tsv", "text")
	nowhere := 0
	for _, d := range news.Documents {
		if p.Place(d.Text).Theme == "" {
			nowhere++
		}
	}
	t.Logf("%d of %d news texts nowhere", nowhere, len(news.Documents))
	if got := NewPlacer(&Report{}).Place("Le bus ne passe plus."); got.Theme != "" {
		t.Errorf("in an empty report: %v", got)
	}
}

func BenchmarkPlace(b *testing.B) {
	c := shared(b, "decidim-mel/comments.tsv", "text")
	r, err := Run(context.Background(), c, Settings{})
	if err != nil {
		b.Fatal(err)
	}
	p := NewPlacer(r)
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		p.Place(c.Documents[n%len(c.Documents)].Text)
	}
}
