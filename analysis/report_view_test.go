package analysis

import "testing"

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
