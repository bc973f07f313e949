package analysis

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"
)

// TestCountsLead holds what stands behind the page's counts of sentences to these:
// each is there, unless it is nothing or of too many texts to list.
func TestCountsLead(t *testing.T) {
	v := analyse(t, shared(t, "decidim-mel/proposals.tsv", "text"), Settings{}).view()
	counts := 0
	lead := func(what string, n int, texts []textLink) {
		t.Helper()
		counts++
		switch {
		case len(texts) > n:
			t.Errorf("%s: %d sentences in %d texts", what, n, len(texts))
		case len(texts) == 0 && n > 0 && n <= shownRefs:
			t.Errorf("%s: nothing stands behind %d sentences", what, n)
		}
	}
	for _, theme := range v.Views {
		for _, w := range theme.Words {
			lead(theme.Label+", "+w.Form, w.In, w.Texts)
			lead("outside "+theme.Label+", "+w.Form, w.Out, w.Others)
		}
	}
	for _, p := range v.Pairs {
		lead(p.First+" and "+p.Second, p.N, p.Texts)
	}
	if len(v.Pairs) == 0 || counts < 200 {
		t.Errorf("only %d counts, %d of them of pairs", counts, len(v.Pairs))
	}
}

// TestLinksOpen holds the page's links to places that a browser shows: one inside a
// closed element opens it, one to it does not.
func TestLinksOpen(t *testing.T) {
	r, err := Run(context.Background(), small(), Settings{Themes: 2})
	if err != nil {
		t.Fatal(err)
	}
	var html bytes.Buffer
	if err := r.WriteHTML(&html); err != nil {
		t.Fatal(err)
	}
	page := html.String()
	if at := regexp.MustCompile(`<details[^>]* id=`).FindString(page); at != "" {
		t.Errorf("something may lead to %s", at)
	}
	links := regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(page, -1)
	for _, l := range links {
		if n := strings.Count(page, ` id="`+l[1]+`"`); n != 1 {
			t.Errorf("#%s leads to %d places", l[1], n)
		}
	}
	if len(links) < 20 {
		t.Errorf("only %d links", len(links))
	}
}

// TestProposals sees that what is quoted is not proposed again below.
func TestProposals(t *testing.T) {
	shown := 0
	for _, v := range analyse(t, shared(t, "decidim-mel/proposals.tsv", "text"), Settings{}).view().Views {
		for _, p := range v.Proposals {
			shown++
			for _, q := range v.First {
				if q.Text == p.Text {
					t.Errorf("%s: %q is quoted twice", v.Label, p.Text)
				}
			}
		}
	}
	if shown == 0 {
		t.Error("no proposal at all")
	}
}
