package motion

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/motion/ydoc"
)

// kept writes what stays, passage by passage, newlines as « ¶ » and their block.
func kept(now, then []ydoc.Op) (out []string) {
	a, b := lay(&Copy{Ops: now}), lay(&Copy{Ops: then})
	for _, m := range stay(a, b) {
		s := strings.Join(a.tokens[m.a:m.a+m.n], "")
		out = append(out, strings.ReplaceAll(s, "\n", "¶"))
	}
	return out
}

func TestStay(t *testing.T) {
	p := func(list ...string) (ops []ydoc.Op) { // id, words, id, words…
		for i := 0; i < len(list); i += 2 {
			ops = append(ops, lined(Paragraph, list[i], list[i+1])...)
		}
		return ops
	}
	const counter = "Nous demandons un guichet ouvert le samedi."
	const other = "Je tape ici un autre texte de huit mots."
	for name, c := range map[string]struct {
		now, then []ydoc.Op
		want      []string
	}{
		"the same":                        {p("a", counter), p("a", counter), []string{counter + "¶"}},
		"another sentence in another":     {p("a", "Motion", "n", other), p("a", "Motion", "b", counter), []string{"Motion¶"}},
		"another sentence in its place":   {p("a", other), p("a", counter), []string{"¶"}},
		"one that is there is not a gone": {p("n", counter), p("b", counter), nil},
		"a sentence before it":            {p("a", other+" "+counter), p("a", counter), []string{counter + "¶"}},
		"edited":                          {p("a", "Nous demandons un grand guichet ouvert le dimanche."), p("a", counter), []string{"Nous demandons un", "guichet ouvert le ", ".¶"}},
		"torn":                            {p("a", "Ici un texte ouvert de huit mots."), p("a", counter), []string{"¶"}},
		"said twice":                      {p("a", "Nous demandons un guichet guichet ouvert le samedi."), p("a", counter), []string{"Nous demandons un", "ouvert le samedi.¶"}},
		"split":                           {p("n", "Nous demandons un guichet", "a", " ouvert le samedi."), p("a", counter), []string{"Nous demandons un guichet", " ouvert le samedi.¶"}},
		"joined":                          {p("a", "Le matin. "+counter), p("a", "Le matin. ", "b", counter), []string{"Le matin. ", counter}},
		"moved":                           {p("b", other, "a", counter, "c", "Fin."), p("a", counter, "c", "Fin.", "b", other), []string{counter + "¶Fin.¶"}},
		"empty":                           {p("a", "", "b", ""), p("b", "", "a", ""), []string{"¶"}},
	} {
		if got := kept(c.now, c.then); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// TestStayOfOneWriter: words that were put into a text do not stay in place of those
// that were there, also where nobody knows who wrote which.
func TestStayOfOneWriter(t *testing.T) {
	words := strings.Fields("nous demandons un guichet ouvert le samedi et la cantine du village pour une école en ville dès demain matin avec tous")
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 5))
		some := func(n int) string {
			list := make([]string, n)
			for i, k := range r.Perm(len(words))[:n] {
				list[i] = words[k]
			}
			return strings.Join(list, " ")
		}
		var now, then []ydoc.Op
		var own []bool // of each token now, whether it was put in
		add := func(put bool, s string) {
			for range tokens(s) {
				own = append(own, put)
			}
		}
		for i := range 1 + r.IntN(4) {
			var is, was strings.Builder
			for _, w := range tokens(some(4+r.IntN(6)) + ".") {
				if w == " " && r.IntN(4) == 0 {
					new := " " + some(1+r.IntN(2))
					is.WriteString(new)
					add(true, new)
				}
				was.WriteString(w)
				is.WriteString(w)
				add(false, w)
			}
			add(false, "\n")
			id := fmt.Sprint("b", i)
			now, then = append(now, lined(Paragraph, id, is.String())...), append(then, lined(Paragraph, id, was.String())...)
			if r.IntN(2) == 0 {
				new := some(5) + "."
				now = append(now, lined(Paragraph, "n"+id, new)...)
				add(true, new+"\n")
			}
		}
		a, b := lay(&Copy{Ops: now}), lay(&Copy{Ops: then})
		for _, m := range stay(a, b) {
			for i := m.a; i < m.a+m.n; i++ {
				if own[i] {
					t.Errorf("seed %d: %q stays of %q for %q", seed, a.tokens[i], a.flat.text, b.flat.text)
				}
			}
		}
	}
}

// TestRestoreCommented: what is written anew between words that a comment bears is
// borne by it too.
func TestRestoreCommented(t *testing.T) {
	comment := map[string]any{commentPrefix + "c": true}
	now := []ydoc.Op{{Insert: "Un"}, {Insert: " grand guichet", Attributes: comment}, {Insert: " ouvert."}, newline(Paragraph, "a")}
	then := lined(Paragraph, "a", "Un grand et beau guichet ouvert.")
	want := []ydoc.Op{{Insert: "Un", Attributes: map[string]any{}}, {Insert: " grand et beau guichet", Attributes: comment}, {Insert: " ouvert.", Attributes: map[string]any{}}, newline(Paragraph, "a")}
	if got := apply(now, restored(now, then)); !SameOps(got, want) || reflect.DeepEqual(got, now) {
		t.Errorf("got %v, want %v", got, want)
	}
}
