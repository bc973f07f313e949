package motion

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/villes-internet/congres/motion/ydoc"
)

// TestExcerpt: of a long recital each contribution is shown its own words,
// whole, and nobody else's.
func TestExcerpt(t *testing.T) {
	start := "Considérant que 47 élu·es de 39 communes s’expriment sur le thème «\u202fTransports\u202f»\u00a0: "
	quotes := []string{"le dernier bus du soir ne passe plus par notre village depuis le printemps", "la gare est à trente kilomètres, et sans voiture personne n’y va jamais",
		strings.TrimSpace(strings.Repeat("nos ainés attendent un transport à la demande ", 9))}
	ops := []ydoc.Op{line("axis|a"), said(start)}
	ids := []string{"c1@1:0-10", "c2@1:0-10", "c3@1:0-10"}
	for i, q := range quotes {
		ops = append(ops, said("«\u202f"), said(q, ids[i]), said("\u202f» (élue, Villebrume)"))
		if i < 2 {
			ops = append(ops, said(", "))
		}
	}
	ops = append(ops, said("."), line("recital|r"), said("Court.", ids[0]), line("recital|s"))
	all := Parse(ops).References()
	for i, q := range quotes {
		r := all[strings.TrimSuffix(ids[i], "@1:0-10")]
		if len(r) == 0 || r[0].Place != "Axe\u00a0I, considérants" {
			t.Fatalf("got %+v", r)
		}
		got := r[0].Excerpt
		if !strings.Contains(got, "«\u202f"+q+"\u202f» (élue, Villebrume)") || !strings.HasPrefix(got, "Considérant que 47 élu·es de 39 communes s’expriment sur le thème «\u202fTransports\u202f»") {
			t.Errorf("%d: not one’s own words: %s", i, got)
		}
		for j, other := range quotes {
			if i != j && strings.Contains(got, other[:20]) {
				t.Errorf("%d: somebody else’s words: %s", i, got)
			}
		}
		if strings.Count(got, "«") != strings.Count(got, "»") {
			t.Errorf("%d: cut within a quote: %s", i, got)
		}
	}
	if r := all["c1"]; len(r) != 2 || r[1].Excerpt != "Court." {
		t.Errorf("got %+v", r)
	}
}

// FuzzExcerpt: it is made of the sentence's words, in order, and holds the
// quote that is cited.
func FuzzExcerpt(f *testing.F) {
	f.Add(strings.Repeat("Dit « a, b » (x), ", 30), 200, 210)
	f.Add(strings.Repeat("« « a » b", 40), 3, 9)
	f.Add(strings.Repeat("mot ", 100), 0, 400)
	f.Fuzz(func(t *testing.T, s string, from, to int) {
		if !utf8.ValidString(s) || from < 0 || to > len(s) || from >= to || !utf8.RuneStart(s[from]) || to < len(s) && !utf8.RuneStart(s[to]) || strings.Contains(s, "…") {
			return
		}
		got := excerpt(s, [][2]int{{from, to}}, from/2)
		rest := s
		for _, piece := range strings.Split(got, "…") {
			i := strings.Index(rest, strings.TrimSpace(piece))
			if i < 0 {
				t.Fatalf("%q is not of %q", piece, s)
			}
			rest = rest[i+len(strings.TrimSpace(piece)):]
		}
		for _, q := range quoteSpans(s) {
			if q[0] <= from && to <= q[1] && !strings.Contains(got, s[q[0]:q[1]]) {
				t.Fatalf("%q lacks its quote %q", got, s[q[0]:q[1]])
			}
		}
	})
}
