package theme

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// A judged sentence is one whose nature a person has said.
type judged struct{ text, want string }

// judgedSentences reads the sentences that testdata/natures.tsv names by file,
// identifier and bytes, out of the shared data, and gives those to develop on
// (odd lines) and those held out. How the 250 were drawn, by a hash of their
// place: 150 of any kind, 25 with a question mark, 25 with a pronoun or possessive
// of the first person, and 50 with one of the first person singular, which are
// rare. One person said of each what it does: it asks (« pourquoi ne pas » aside);
// it tells what its author lives; it wants something done, or speaks for a
// measure that it names; else it states.
func judgedSentences(t *testing.T) (develop, held []judged) {
	t.Helper()
	read := func(path string) [][]string {
		file, err := os.Open(path)
		if err != nil {
			t.Skip(path, "is absent")
		}
		defer file.Close()
		r := csv.NewReader(file)
		r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows[1:]
	}
	texts := map[string]map[string]string{}
	for name, column := range map[string]int{"decidim-mel/comments.tsv": 4, "decidim-mel/proposals.tsv": 3, "republique-numerique/opinions.tsv": 3} {
		texts[name] = map[string]string{}
		for _, row := range read(filepath.Join("..", "..", "..", "shared", "data", name)) {
			if len(row) > column {
				texts[name][row[0]] = row[column]
			}
		}
	}
	for i, row := range read(filepath.Join("testdata", "natures.tsv")) {
		text := texts[row[0]][row[1]]
		start, err1 := strconv.Atoi(row[2])
		end, err2 := strconv.Atoi(row[3])
		if err1 != nil || err2 != nil || start < 0 || end > len(text) || start >= end {
			t.Fatalf("line %d: no such bytes in %s %s", i+2, row[0], row[1])
		}
		s := judged{text[start:end], row[4]}
		if i%2 == 0 {
			develop = append(develop, s)
		} else {
			held = append(held, s)
		}
	}
	return develop, held
}

func BenchmarkNature(b *testing.B) {
	var l Listener
	text := "Dans notre commune, les enfants font une heure de car chaque matin, et nous avons perdu l’an passé le dernier médecin qui recevait encore les familles."
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		l.Nature(text)
	}
}

// TestNatures holds natures to what a person said of 250 sentences of real
// consultations; go test -run TestNatures -v shows the figures.
func TestNatures(t *testing.T) {
	develop, held := judgedSentences(t)
	for _, half := range []struct {
		name      string
		sentences []judged
		least     float64
	}{{"to develop", develop, .92}, {"held out", held, .8}} {
		right := 0.
		hit, said, true_ := map[string]float64{}, map[string]float64{}, map[string]float64{}
		for _, s := range half.sentences {
			got := NatureOf(s.text)
			said[got]++
			true_[s.want]++
			if got == s.want {
				hit[got]++
				right++
			} else if half.name == "to develop" {
				t.Logf("%s, not %s: %s", got, s.want, s.text)
			}
		}
		accuracy := right / float64(len(half.sentences))
		t.Logf("%s: %.3f of %d", half.name, accuracy, len(half.sentences))
		for _, n := range []string{Fact, Proposal, Question, Witness} {
			t.Logf("  %s: precision %.2f (%v of %v), recall %.2f (of %v)", n, hit[n]/max(1, said[n]), hit[n], said[n], hit[n]/max(1, true_[n]), true_[n])
		}
		if accuracy < half.least {
			t.Errorf("%s: below %.2f", half.name, half.least)
		}
	}
}
