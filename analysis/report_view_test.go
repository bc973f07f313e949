package analysis

import (
	"bytes"
	"context"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/villes-internet/congres/corpora"
)

// TestCountsLead holds what stands behind the page's counts to these: behind each
// that is not nothing are its sentences, all of them where they are few, or its
// texts, and those that are not listed are counted.
func TestCountsLead(t *testing.T) {
	v := analyse(t, shared(t, "decidim-mel/proposals.tsv", "text"), Settings{}).view()
	counts, cut, said := 0, 0, 0
	most := func(what string, n int, b behind) {
		t.Helper()
		counts++
		if b.More > 0 {
			cut++
		}
		switch texts := len(b.Texts) + b.More; {
		case len(b.Said) > 0:
			said++
			if len(b.Said) != n || len(b.Said) > shownSaid || texts > 0 {
				t.Errorf("%s: %d sentences behind %d, with %d texts", what, len(b.Said), n, texts)
			}
		case texts > n:
			t.Errorf("%s: %d in %d texts", what, n, texts)
		case texts == 0 && n > 0:
			t.Errorf("%s: nothing stands behind %d", what, n)
		case b.More > 0 && len(b.Texts) < shownRefs:
			t.Errorf("%s: %d texts shown, %d not", what, len(b.Texts), b.More)
		}
	}
	all := func(what string, n int, b behind) {
		t.Helper()
		most(what, n, b)
		if texts := len(b.Texts) + b.More; texts != n {
			t.Errorf("%s: %d texts, %d behind them", what, n, texts)
		}
	}
	for _, theme := range v.Views {
		for _, w := range theme.Words {
			most(theme.Label+", "+w.Form, w.In, w.Behind)
			most("outside "+theme.Label+", "+w.Form, w.Out, w.Others)
		}
		for _, s := range theme.Shares {
			all(theme.Label+", "+s.Variable+" "+s.Modality, s.In, s.Behind)
		}
	}
	for _, p := range v.Pairs {
		most(p.First+" and "+p.Second, p.N, p.Behind)
	}
	for _, w := range v.Words {
		all(w.Form, w.Documents, w.Behind)
	}
	for _, x := range v.Spoken {
		for _, m := range x.Values {
			all(x.Name+" "+m.Name, m.Documents, m.Behind)
		}
	}
	if len(v.Pairs) == 0 || len(v.Spoken) == 0 || counts < 300 || cut > 0 || said == 0 {
		t.Errorf("%d counts, %d of more texts than are shown, %d of few sentences, %d pairs, %d variables", counts, cut, said, len(v.Pairs), len(v.Spoken))
	}
}

// TestTextNames calls a text by its identifier where its team gave it, else by its
// rank, and by its commune where the report has that.
func TestTextNames(t *testing.T) {
	r := &Report{Documents: []Placed{{ID: "12"}, {ID: "lzwyrx6zi3akihm2kvbo", Values: map[string]string{corpora.VarCommune: "Lille"}},
		{ID: "mqxyrx6zi3akihm2kvbo", Values: map[string]string{corpora.VarCommune: Others}}}}
	for workshop, want := range map[bool][]string{
		false: {"12", "lzwyrx6zi3akihm2kvbo", "mqxyrx6zi3akihm2kvbo"},
		true:  {"1", "2, Lille", "3"},
	} {
		r.Workshop = workshop
		for i, name := range want {
			if got := r.TextName(i); got != name {
				t.Errorf("text %d, of the service %v: %q, want %q", i, workshop, got, name)
			}
		}
	}
	r.Workshop = true
	var html bytes.Buffer
	if err := r.WriteHTML(&html); err != nil {
		t.Fatal(err)
	}
	if page := html.String(); !strings.Contains(page, `id="texte-2"><h3>Texte 2, Lille <span class="soft">lzwyrx6zi3akihm2kvbo</span>`) {
		t.Error("the second text lacks its name, or its identifier")
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

// TestLargeCorpus keeps the texts of five thousand contributions in the page, and every
// count's, and says where they are when they weigh too much.
func TestLargeCorpus(t *testing.T) {
	r := &Report{Format: 1, Themes: []Theme{{ID: "t1", Label: "bus"}}, Axes: []Axis{}, Variables: []Variable{{Name: "ville", Modalities: []Modality{{Name: "a"}}}}}
	theme := &r.Themes[0]
	fill := func(text string) {
		r.Segments, r.Documents = nil, nil
		for i := range 5000 {
			id := strconv.Itoa(i + 1)
			r.Segments = append(r.Segments, Segment{ID: id + "@1:0-9", Document: id, Theme: "t1", Nature: "constat", Text: text})
			r.Documents = append(r.Documents, Placed{ID: id, Theme: "t1", Themes: []string{"t1"}, Values: map[string]string{"ville": "a"}})
		}
		r.Corpus = Summary{Documents: 5000, Segments: 5000, Authors: 10, Communes: 3}
		theme.Segments, theme.Documents = 5000, 5000
		r.Variables[0].Documents, r.Variables[0].Modalities[0].Documents = 5000, 5000
	}
	fill(strings.Repeat("Les bus du soir. ", 30))
	v := r.view()
	if n := len(v.Spoken[0].Values[0].Behind.Texts); len(v.Texts) != 5000 || n != 5000 {
		t.Errorf("%d texts, %d behind a value, want 5000", len(v.Texts), n)
	}
	if l := v.Views[0].Natures[0]; len(l.Items) != 5000 || l.More != 0 {
		t.Errorf("%d sentences listed, %d not", len(l.Items), l.More)
	}
	for _, f := range v.Funnel {
		if f.Link == "" {
			t.Errorf("« %s » leads nowhere", f.Label)
		}
	}
	fill(strings.Repeat("Les bus du soir. ", 100))
	var html bytes.Buffer
	if err := r.WriteHTML(&html); err != nil {
		t.Fatal(err)
	}
	if page := html.String(); strings.Contains(page, `id="texte-1"`) || !strings.Contains(page, "plus de 6 Mo de textes") || !strings.Contains(page, `<h2 id="textes">`) {
		t.Error("texts of 8 MB are in the page, or it does not say where they are")
	}
}

// TestFair gives small counts all that they need, and the large ones what is left, in
// equal parts.
func TestFair(t *testing.T) {
	for _, x := range []struct {
		sizes []int
		total int
		want  int
	}{{nil, 10, math.MaxInt}, {[]int{3, 4}, 7, math.MaxInt}, {[]int{100, 2, 100}, 22, 10}, {[]int{100, 100, 100}, 2, 0}} {
		if got := fair(x.sizes, x.total); got != x.want {
			t.Errorf("fair(%v, %d) = %d, want %d", x.sizes, x.total, got, x.want)
		}
	}
}
