package motion

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/motion/ydoc"
)

func line(b string) ydoc.Op {
	return ydoc.Op{Insert: "\n", Attributes: map[string]any{"b": b}}
}

func TestParse(t *testing.T) {
	got := Parse([]ydoc.Op{
		{Insert: "Le titre"}, line("title|t"),
		{Insert: "Un axe"}, line("axis|a"),
		{Insert: "Vers "}, {Insert: "le", Attributes: map[string]any{"strong": true, "cite--c@1:0-4": true, "cite--b@1:0-4": true, "comment--k": true}},
		{Insert: " haut", Attributes: map[string]any{"link": "https://exemple.fr", "b": "axis|x", "em": nil}},
		{Insert: "\n\n", Attributes: map[string]any{"b": "proposal|p", "strong": true}},
		{Insert: map[string]any{"image": "x"}}, {Insert: "y", Attributes: map[string]any{"link": "javascript:alert(1)"}},
		{Insert: "\n", Attributes: map[string]any{"b": 12}},
		{Insert: "z"}, line("inconnu|a"), {Insert: "z"}, line("axis|é à"),
		{Insert: "un"}, line("item|i"), {Insert: "deux"}, line("item|j"),
		{Insert: "sans fin"},
	})
	want := []Block{
		{Title, "t", 0, []Run{{Text: "Le titre"}}},
		{Axis, "a", 1, []Run{{Text: "Un axe"}}},
		{Proposal, "p", 1, []Run{{Text: "Vers "}, {Text: "le", Strong: true, Citations: []string{"b@1:0-4", "c@1:0-4"}, Comments: []string{"k"}},
			{Text: " haut", Link: "https://exemple.fr"}}},
		{Proposal, "p_2", 2, nil},
		{Paragraph, "p_3", 0, []Run{{Text: "\ufffcy"}}},
		{Paragraph, "a_2", 0, []Run{{Text: "z"}}},
		{Axis, "a_3", 2, []Run{{Text: "z"}}},
		{Item, "i", 1, []Run{{Text: "un"}}},
		{Item, "j", 2, []Run{{Text: "deux"}}},
		{Paragraph, "j_2", 0, []Run{{Text: "sans fin"}}},
	}
	for i := range want {
		if i >= len(got.Blocks) || !reflect.DeepEqual(got.Blocks[i], want[i]) {
			t.Errorf("block %d\n got %+v\nwant %+v", i, got.Blocks[min(i, len(got.Blocks)-1)], want[i])
		}
	}
	if len(got.Blocks) != len(want) {
		t.Errorf("got %d blocks", len(got.Blocks))
	}
	if again := Parse(got.Ops()); !reflect.DeepEqual(again, got) {
		t.Errorf("written and read again:\n got %+v\nwant %+v", again, got)
	}
	if n := len(Parse(nil).Blocks); n != 0 {
		t.Errorf("an empty text has %d blocks", n)
	}
}

// TestParseLegible: what nobody can read is not there, whoever sent it.
func TestParseLegible(t *testing.T) {
	got := Parse([]ydoc.Op{{Insert: "a\x00b\r\x1b\u0085\ufffe\xffc\td"}, {Insert: "\x01\x7f", Attributes: map[string]any{"strong": true}}, {Insert: "\r"}, line("visa|v"), {Insert: "\x02\n"}})
	if want := "ab\ufffdc\td\n\n"; got.String() != want || len(got.Blocks[0].Runs) != 1 || len(got.Blocks[1].Runs) != 0 {
		t.Errorf("got %q %+v, want %q", got.String(), got.Blocks, want)
	}
}

func TestLabels(t *testing.T) {
	for n, want := range map[int]string{1: "I", 4: "IV", 9: "IX", 14: "XIV", 44: "XLIV", 1999: "MCMXCIX"} {
		if got := roman(n); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
}

// Whatever the identifiers, after reading every block has its own.
func TestRepair(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	ids := []string{"", "a", "a_2", "a_2_2", "b", "debut", "debut_2", "é"}
	for range 300 {
		var ops []ydoc.Op
		for range rng.IntN(12) {
			ops = append(ops, ydoc.Op{Insert: "x"}, line("item|"+ids[rng.IntN(len(ids))]))
		}
		seen := map[string]bool{}
		for _, b := range Parse(ops).Blocks {
			if b.ID == "" || seen[b.ID] || !usable(b.ID) {
				t.Fatalf("%q twice or unusable in %v", b.ID, ops)
			}
			seen[b.ID] = true
		}
	}
}

func TestSentences(t *testing.T) {
	// The editor counts sentences too, and is held to the same examples.
	data, err := os.ReadFile("testdata/sentences.json")
	if err != nil {
		t.Fatal(err)
	}
	var examples []struct {
		Text      string
		Sentences []string
	}
	if err := json.Unmarshal(data, &examples); err != nil || len(examples) == 0 {
		t.Fatalf("%d examples, %v", len(examples), err)
	}
	for _, tt := range examples {
		b := Block{ID: "x", Runs: []Run{{Text: tt.Text}}}
		var got []string
		for i, s := range b.Sentences() {
			got = append(got, s.Text)
			if s.Text != tt.Text[s.Start:s.End] || s.Index != i || s.Anchor() != fmt.Sprintf("b-x.%d", i+1) {
				t.Errorf("%q: bad sentence %+v", tt.Text, s)
			}
		}
		if !slices.Equal(got, tt.Sentences) {
			t.Errorf("got  %q\nwant %q", got, tt.Sentences)
		}
	}
	b := Block{ID: "x", Runs: []Run{{Text: "Une. De"}, {Text: "ux. Tr", Citations: []string{"b", "c"}}, {Text: "ois.", Citations: []string{"a", "c"}}}}
	var got [][]string
	for _, s := range b.Sentences() {
		got = append(got, s.Citations)
	}
	if want := [][]string{nil, {"b", "c"}, {"a", "b", "c"}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestParseSegment(t *testing.T) {
	for _, s := range []string{"", "c", "c@1", "c@1:2", "c@1:2-2", "c@0:1-2", "c@1:-1-2", "@1:0-2", "c@01:0-2", "c@1:0-2 ", "c@1:+0-2", "c@99999999999999999999:0-2"} {
		if got, ok := ParseSegment(s); ok {
			t.Errorf("%q: got %+v", s, got)
		}
	}
	got, ok := ParseSegment("a@b@12:0-80")
	if want := (Segment{"a@b", 12, 0, 80}); !ok || got != want || got.Fragment() != "v12-0-80" {
		t.Errorf("got %+v, %v", got, ok)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("a\nb", "title|x", "cite--c@1:0-3", "«\u202fa\u202f» (b)")
	f.Fuzz(func(t *testing.T, s, b, key, more string) {
		ops := []ydoc.Op{{Insert: s, Attributes: map[string]any{key: true}}, {Insert: more, Attributes: map[string]any{"b": b, key: 1}}, line(b)}
		text := Parse(ops)
		if again := Parse(text.Ops()); !slices.EqualFunc(text.Blocks, again.Blocks, func(a, b Block) bool { return a.Kind == b.Kind && a.ID == b.ID && a.Text() == b.Text() }) {
			t.Errorf("read again: %+v, %+v", text, again)
		}
		for _, s := range text.Sentences() {
			if strings.TrimSpace(s.Text) == "" {
				t.Errorf("an empty sentence")
			}
		}
		edited := apply(ops, Redact(ops, map[string]bool{"c": true}))
		if Redact(edited, map[string]bool{"c": true}) != nil {
			t.Errorf("twice: %v", edited)
		}
	})
}

// TestCountWords reads the examples that the editor counts too.
func TestCountWords(t *testing.T) {
	data, err := os.ReadFile("testdata/words.json")
	if err != nil {
		t.Fatal(err)
	}
	var examples []struct {
		Text  string
		Words int
	}
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	for _, x := range examples {
		if got := countWords(tokens(x.Text)); got != x.Words {
			t.Errorf("%q: %d words, want %d", x.Text, got, x.Words)
		}
	}
}

// TestLegible: what turns around the words behind it is in no text, title, name or
// reason, nor in a version that was published before it was refused.
func TestLegible(t *testing.T) {
	const turned, plain = "\u202eMo\u2067ti\u2069on\u202c \u200fمرحبا", "Motion \u200fمرحبا"
	if got := Parse([]ydoc.Op{said(turned), line("title|t")}).Title(); got != plain {
		t.Errorf("text: %q", got)
	}
	w := newWorld(t)
	var id string
	w.do("", func(tx *ledger.Tx) (err error) {
		id, err = Open(tx, w.edition, turned, nil)
		return err
	})
	w.do(w.people["Léa"], func(tx *ledger.Tx) error { return Freeze(tx, id, true, turned) })
	w.view(func(_ *consult.State, s *State) {
		if m := s.Motion(id); m.Title != plain || m.Halt.Reason != plain {
			t.Errorf("%q frozen for %q", m.Title, m.Halt.Reason)
		}
	})
	old := &Document{Format: 1, Title: turned, Sources: []Source{{Text: turned}}, Blocks: []DocumentBlock{{Kind: Title, Runs: []DocumentRun{{Text: turned}}}}}
	data, err := old.Encode()
	if err != nil {
		t.Fatal(err)
	}
	d, err := DecodeDocument(data)
	if err != nil || d.Title != plain || d.Sources[0].Text != plain || d.Blocks[0].Runs[0].Text != plain {
		t.Errorf("%v: %+v", err, d)
	}
}
