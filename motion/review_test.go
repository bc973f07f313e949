package motion

import (
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestReview reads a document with what its authors should look at again.
func TestReview(t *testing.T) {
	const said = "Je voudrais défendre le téléphone : les « vieux » s’en servent, et moi aussi."
	run := func(sentence int, text string, sources ...int) DocumentRun {
		return DocumentRun{Text: text, Sentence: sentence, Sources: sources}
	}
	for _, tt := range []struct {
		name    string
		runs    []DocumentRun
		altered string // the quotes that are
		alone   int    // sentences without source
	}{
		{"a quote of nobody in a sentence that cites", []DocumentRun{run(1, "Comme on dit «\u202fà vos souhaits\u202f». ", 1), run(2, "Le reste «\u202fest libre\u202f».")}, "à vos souhaits", 1},
		{"nothing but a blank between sentences", []DocumentRun{run(1, "Une phrase.", 1), run(0, " "), run(2, "Une autre."), run(0, "\u00a0")}, "", 1},
	} {
		d := Document{Blocks: []DocumentBlock{{Kind: Recital, ID: "a", Runs: tt.runs}}, Sources: []Source{{Text: said}, {}}}
		r := d.Review()
		var altered []string
		for _, p := range r.Altered {
			altered = append(altered, p.Text)
		}
		if got := strings.Join(altered, "|"); got != tt.altered || len(r.Unsourced) != tt.alone {
			t.Errorf("%s: altered %q, want %q; %d without a source, want %d", tt.name, got, tt.altered, len(r.Unsourced), tt.alone)
		}
	}
}

// TestReviewKinds finds a text without title and axes, and one that is nothing but
// paragraphs: beside visas, recitals or proposals these are what somebody chose.
func TestReviewKinds(t *testing.T) {
	block := func(kind Kind, text string) DocumentBlock {
		return DocumentBlock{Kind: kind, ID: text, Runs: []DocumentRun{{Text: text, Sentence: 1}}}
	}
	for _, tt := range []struct {
		blocks             []DocumentBlock
		untitled, axisless bool
		plain              bool
	}{
		{nil, true, true, false},
		{[]DocumentBlock{block(Title, " "), block(Axis, "\u00a0"), block(Paragraph, "Mots"), block(Paragraph, "")}, true, true, true},
		{[]DocumentBlock{block(Title, "Motion"), block(Axis, "Se déplacer"), block(Recital, "Considérant"), block(Paragraph, "Mots"), block(Proposal, "Agir")}, false, false, false},
	} {
		r := (&Document{Blocks: tt.blocks}).Review()
		if r.Untitled != tt.untitled || r.Axisless != tt.axisless || r.Plain != tt.plain {
			t.Errorf("%v: got %v, %v, %v", tt.blocks, r.Untitled, r.Axisless, r.Plain)
		}
	}
}

// TestAlteredQuotes reads the examples that the editor reads too: it must say of
// a quote what this package says.
func TestAlteredQuotes(t *testing.T) {
	data, err := os.ReadFile("testdata/quotes.json")
	if err != nil {
		t.Fatal(err)
	}
	var examples struct {
		Sources []string
		Quotes  []struct {
			Name string
			Runs []struct {
				Text  string
				Cites []int
			}
			Altered []string
		}
	}
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	var d Document
	for _, text := range examples.Sources {
		d.Sources = append(d.Sources, Source{Text: text})
	}
	for _, q := range examples.Quotes {
		b := DocumentBlock{Kind: Recital, ID: "a"}
		for _, run := range q.Runs {
			b.Runs = append(b.Runs, DocumentRun{Text: run.Text, Sentence: 1, Sources: run.Cites})
		}
		var got []string
		for _, p := range d.altered(&b) {
			got = append(got, p.Text)
		}
		if !slices.Equal(got, q.Altered) {
			t.Errorf("%s: altered %q, want %q", q.Name, got, q.Altered)
		}
	}
}

// TestUnsourced reads the examples that the editor reads too.
func TestUnsourced(t *testing.T) {
	data, err := os.ReadFile("testdata/unsourced.json")
	if err != nil {
		t.Fatal(err)
	}
	var examples []struct {
		Name string
		Kind Kind
		Runs []struct {
			Text  string
			Cites []int
		}
		Unsourced []string
	}
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	for _, x := range examples {
		b := Block{Kind: x.Kind, ID: "a"}
		for _, r := range x.Runs {
			run := Run{Text: r.Text}
			for _, n := range r.Cites {
				run.Citations = append(run.Citations, strconv.Itoa(n))
			}
			b.Runs = append(b.Runs, run)
		}
		var d Document
		d.fill(&Text{Blocks: []Block{b}}, func(string) (Source, bool) { return Source{}, true })
		got := []string{}
		for _, p := range d.Review().Unsourced {
			got = append(got, p.Text)
		}
		if !slices.Equal(got, x.Unsourced) {
			t.Errorf("%s: without a source %q, want %q", x.Name, got, x.Unsourced)
		}
	}
}
