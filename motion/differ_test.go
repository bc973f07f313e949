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

func TestTokens(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"L’eau, peut-être\u202f; 3,5\u00a0%", []string{"L’", "eau", ",", " ", "peut-être", "\u202f;", " ", "3", ",", "5", "\u00a0%"}},
		{"Les élu·es\nd’ici.", []string{"Les", " ", "élu·es", "\n", "d’", "ici", "."}},
		{"«\u202foui\u202f»", []string{"«\u202f", "oui", "\u202f»"}},
		{"", nil},
	} {
		if got := tokens(c.in); !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzTokens(f *testing.F) {
	f.Add("L’eau\u202f; «\u00a0»\n\n")
	f.Fuzz(func(t *testing.T, s string) {
		if got := strings.Join(tokens(s), ""); got != s {
			t.Errorf("got %q, want %q", got, s)
		}
	})
}

// longest is the length of the longest common subsequence, by its definition.
func longest(a, b []int) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		before := 0
		for j, y := range b {
			here := row[j+1]
			if x == y {
				row[j+1] = before + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			before = here
		}
	}
	return row[len(b)]
}

// TestShortest: nothing common is left out, against the definition.
func TestShortest(t *testing.T) {
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 1))
		list := func() []int {
			out := make([]int, r.IntN(14))
			for i := range out {
				out[i] = r.IntN(4)
			}
			return out
		}
		a, b := list(), list()
		n, ai, bi := 0, 0, 0
		for _, m := range shortest(a, b) {
			if m.a < ai || m.b < bi || !slices.Equal(a[m.a:m.a+m.n], b[m.b:m.b+m.n]) {
				t.Fatalf("seed %d: %v is no match of %v and %v", seed, m, a, b)
			}
			n, ai, bi = n+m.n, m.a+m.n, m.b+m.n
		}
		if want := longest(a, b); n != want {
			t.Fatalf("seed %d: %v and %v: got %d in common, want %d", seed, a, b, n, want)
		}
	}
}

// scribble makes a text of a few words, with marks.
func scribble(r *rand.Rand) []ydoc.Op {
	words := strings.Fields("la le commune commune eau école tramway 𝒜 élu·es vallée .")
	var ops []ydoc.Op
	for range r.IntN(12) {
		switch a := map[string]any{}; r.IntN(5) {
		case 0:
			ops = append(ops, newline(kinds[r.IntN(len(kinds))], fmt.Sprint("b", r.IntN(6))))
		case 1:
			ops = append(ops, ydoc.Op{Insert: map[string]any{"image": "x"}, Attributes: a})
		case 2:
			a[CitePrefix+"c@1:0-4"] = true
			fallthrough
		default:
			if r.IntN(3) == 0 {
				a["strong"] = true
			}
			ops = append(ops, ydoc.Op{Insert: words[r.IntN(len(words))] + " ", Attributes: a})
		}
	}
	return ops
}

func restored(now, then []ydoc.Op) []ydoc.Op { return Restore(&Copy{Ops: now}, &Copy{Ops: then}) }

// TestRestore: whatever two texts are, the edit makes the second of the first,
// and says nothing where they are the same.
func TestRestore(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 2))
		now, then := apply(nil, scribble(r)), apply(nil, scribble(r))
		want := flatten(then)
		got := flatten(apply(now, restored(now, then)))
		if got.text != want.text || !slices.EqualFunc(got.cells, want.cells, func(a, b cell) bool {
			return len(a.op) == 0 && len(b.op) == 0 || reflect.DeepEqual(a.op, b.op)
		}) {
			t.Fatalf("seed %d: got %v, want %v", seed, got, want)
		}
		if again := restored(then, then); again != nil {
			t.Fatalf("seed %d: %v for nothing", seed, again)
		}
	}
}

// TestRestoreKeepsLetters: what stays is retained, not written anew: another
// person's words and comments on them stay too.
func TestRestoreKeepsLetters(t *testing.T) {
	comment := map[string]any{commentPrefix + "c1": true}
	now := []ydoc.Op{{Insert: "Les communes rurales "}, {Insert: "agissent", Attributes: comment}, newline(Recital, "a")}
	then := []ydoc.Op{{Insert: "Les communes agissent"}, newline(Proposal, "a")}
	got := restored(now, then)
	// Which of the two blanks was there first nobody can tell.
	want := []ydoc.Op{{Retain: 12}, {Insert: " ", Attributes: map[string]any{}}, {Delete: 9}, {Retain: 8}, {Retain: 1, Attributes: map[string]any{"b": "proposal|a"}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if !slices.ContainsFunc(apply(now, got), func(op ydoc.Op) bool { return op.Insert == "agissent" && reflect.DeepEqual(op.Attributes, comment) }) {
		t.Errorf("the comment is gone: %v", apply(now, got))
	}
}

func pieces(l Line) string {
	var s strings.Builder
	for _, p := range l.Pieces {
		s.WriteString([...]string{"", "-", "+"}[p.Change] + "(" + p.Text + ")")
	}
	return s.String()
}

func parsed(ops ...ydoc.Op) *Text { return Parse(ops) }

func lined(k Kind, id, s string) []ydoc.Op {
	return []ydoc.Op{{Insert: s, Attributes: map[string]any{}}, newline(k, id)}
}

func TestCompare(t *testing.T) {
	from := parsed(slices.Concat(lined(Title, "t", "Agir"), lined(Recital, "a", "Considérant l’eau et l’école de la vallée"), lined(Paragraph, "b", "Un reste."), lined(Proposal, "c", "Ouvrir une maison."))...)
	to := parsed(slices.Concat(lined(Title, "t", "Agir"), lined(Recital, "n", "Considérant l’eau"), lined(Recital, "a", " et l’école du plateau"), lined(Proposal, "c", "Ouvrir une maison."), lined(Proposal, "b", "Un reste et demi."))...)
	c := Compare(from, to)
	var got []string
	for _, r := range c.Rows {
		row := ""
		for _, l := range r.Inline {
			row += pieces(l) + "/"
		}
		got = append(got, row+strings.Join(r.Notes, ", "))
	}
	want := []string{
		"(Agir)/",
		"(Considérant l’eau)/( et l’école )-(de la vallée)+(du plateau)/",
		"(Un reste.)/Déplacé\u00a0: il est maintenant plus bas",
		"(Ouvrir une maison.)/",
		"(Un reste)+( et demi)(.)/Déplacé\u00a0: il était plus haut, Nature\u00a0: paragraphe → proposition",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if c.Added != 4 || c.Removed != 3 {
		t.Errorf("got +%d −%d words", c.Added, c.Removed)
	}
	if !Compare(from, from).Same() || c.Same() {
		t.Error("same is not same")
	}
}

// TestCompareWhole: each side of the rows, put together, is its text.
func TestCompareWhole(t *testing.T) {
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 3))
		from, to := Parse(apply(nil, scribble(r))), Parse(apply(nil, scribble(r)))
		var old, now strings.Builder
		write := func(s *strings.Builder, sides []Side) {
			for _, side := range sides {
				for _, p := range side.Pieces {
					s.WriteString(p.Text)
				}
				s.WriteString("\n")
			}
		}
		for _, row := range Compare(from, to).Rows {
			write(&old, row.Old)
			write(&now, row.New)
		}
		if old.String() != from.String() || now.String() != to.String() {
			t.Fatalf("seed %d: got %q and %q, want %q and %q", seed, old.String(), now.String(), from.String(), to.String())
		}
	}
}

// TestCompareNotes: citations and kinds are told in words and segments.
func TestCompareNotes(t *testing.T) {
	cited := []ydoc.Op{{Insert: "Agir", Attributes: map[string]any{CitePrefix + "c@1:0-4": true}}, newline(Axis, "a")}
	c := Compare(parsed(lined(Recital, "a", "Agir")...), parsed(cited...))
	if r := c.Rows[0]; r.Same || !slices.Equal(r.Cited, []string{"c@1:0-4"}) || !slices.Equal(r.Notes, []string{"Nature\u00a0: considérant → axe"}) {
		t.Errorf("got %+v", r)
	}
}

// TestCompareLong: texts that have nothing in common end too.
func TestCompareLong(t *testing.T) {
	var a, b strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&a, "mot%d ", i)
		fmt.Fprintf(&b, "autre%d ", i)
	}
	c := Compare(parsed(lined(Paragraph, "a", a.String())...), parsed(lined(Paragraph, "a", b.String())...))
	if c.Removed != 20_000 || c.Added != 20_000 {
		t.Errorf("got +%d −%d", c.Added, c.Removed)
	}
}
