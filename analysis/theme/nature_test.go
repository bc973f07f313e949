package theme

import (
	"bufio"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// A judged sentence is one whose nature a person has said.
type judged struct{ text, want string }

// judgedSentences reads the sentences that a file of testdata names by file,
// identifier and bytes, out of the shared data. A hash of their place drew them, and
// one person said of each what it does: it asks (« pourquoi ne pas » aside); it
// tells what its author lives; it wants something done, or speaks for a measure that
// it names; else it states.
//
// natures.tsv has 250 of two consultations: 150 of any kind, 25 with a question mark,
// 25 with a pronoun or possessive of the first person, and 50 with one of the first
// person singular, which are rare. natures_other.tsv has 200 of other files: 122 of the
// free proposals of Lille's consultation, 35 of them with a first person, and 78
// of news, encyclopedias, notices and stories told aloud; no rule was chosen by what it
// says, and it was labelled before it was measured. natures_read.tsv has 120
// more, of files of which none was labelled before (a parliament's debates, a court
// case, notices, stories told aloud, news) and of texts of the consultations of which
// no sentence was: their errors were read while cues were mended. natures_unseen.tsv has
// 60 of the same, drawn and labelled afterwards, and read by nobody else.
func judgedSentences(t *testing.T, name string) (out []judged) {
	t.Helper()
	open := func(path string) *os.File {
		file, err := os.Open(path)
		if err != nil {
			t.Skip(path, "is absent")
		}
		t.Cleanup(func() { file.Close() })
		return file
	}
	read := func(path string, separator rune) [][]string {
		r := csv.NewReader(open(path))
		r.Comma, r.LazyQuotes, r.FieldsPerRecord = separator, true, -1
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows[1:]
	}
	texts := map[string]map[string]string{}
	from := func(name string) map[string]string { // identifier → text
		if texts[name] != nil {
			return texts[name]
		}
		texts[name] = map[string]string{}
		path := filepath.Join("..", "..", "..", "shared", "data", name)
		if strings.HasSuffix(name, ".conllu") {
			id := ""
			for lines := bufio.NewScanner(open(path)); lines.Scan(); {
				if value, ok := strings.CutPrefix(lines.Text(), "# sent_id = "); ok {
					id = value
				} else if value, ok := strings.CutPrefix(lines.Text(), "# text = "); ok {
					texts[name][id] = value
				}
			}
			return texts[name]
		}
		column, separator := 3, '\t'
		switch filepath.Base(name) {
		case "comments.tsv":
			column = 4
		case "dev.tsv", "fewshot50_train.tsv": // which have no identifiers: a text's rank is
			column = 2
		case "propositions-libres.csv":
			column, separator = 8, ';'
		}
		for i, row := range read(path, separator) {
			if len(row) <= column {
				continue
			}
			id := row[0]
			if column == 2 {
				id = strconv.Itoa(i)
			}
			texts[name][id] = row[column]
		}
		return texts[name]
	}
	for i, row := range read(filepath.Join("testdata", name), '\t') {
		text := from(row[0])[row[1]]
		start, err1 := strconv.Atoi(row[2])
		end, err2 := strconv.Atoi(row[3])
		if err1 != nil || err2 != nil || start < 0 || end > len(text) || start >= end {
			t.Fatalf("line %d: no such bytes in %s %s", i+2, row[0], row[1])
		}
		out = append(out, judged{text[start:end], row[4]})
	}
	return out
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

// TestMeasures counts again what the report says of natures.
func TestMeasures(t *testing.T) {
	var sentences []judged
	for i, s := range judgedSentences(t, "natures.tsv") {
		if i%2 == 1 {
			sentences = append(sentences, s)
		}
	}
	sentences = append(sentences, judgedSentences(t, "natures_other.tsv")...)
	sentences = append(sentences, judgedSentences(t, "natures_unseen.tsv")...)
	if !strings.HasPrefix(MeasuredWith, strconv.Itoa(len(sentences))+" ") {
		t.Errorf("%d sentences, where the report says %q", len(sentences), MeasuredWith)
	}
	for _, m := range Measures() {
		got := Measure{Nature: m.Nature}
		for _, s := range sentences {
			if NatureOf(s.text) == m.Nature {
				if got.Said++; s.want == m.Nature {
					got.Right++
				}
			}
		}
		if got != m {
			t.Errorf("measured %+v, the report says %+v", got, m)
		}
	}
}

// TestNatures holds natures to what a person said of 630 sentences;
// go test -run TestNatures -v shows the figures.
func TestNatures(t *testing.T) {
	var develop, held []judged
	for i, s := range judgedSentences(t, "natures.tsv") {
		if i%2 == 0 {
			develop = append(develop, s)
		} else {
			held = append(held, s)
		}
	}
	for _, set := range []struct {
		name      string
		sentences []judged
		least     float64
	}{{"to develop", develop, .92}, {"held out", held, .8}, {"other files", judgedSentences(t, "natures_other.tsv"), .8}, {"read", judgedSentences(t, "natures_read.tsv"), .88}, {"unseen", judgedSentences(t, "natures_unseen.tsv"), .74}} {
		right := 0.
		hit, said, true_ := map[string]float64{}, map[string]float64{}, map[string]float64{}
		for _, s := range set.sentences {
			got := NatureOf(s.text)
			said[got]++
			true_[s.want]++
			if got == s.want {
				hit[got]++
				right++
			} else if set.name == "to develop" {
				t.Logf("%s, not %s: %s", got, s.want, s.text)
			}
		}
		accuracy := right / float64(len(set.sentences))
		t.Logf("%s: %.3f of %d", set.name, accuracy, len(set.sentences))
		for _, n := range []string{Fact, Proposal, Question, Witness} {
			t.Logf("  %s: precision %.2f (%v of %v), recall %.2f (%v of %v)", n, hit[n]/max(1, said[n]), hit[n], said[n], hit[n]/max(1, true_[n]), hit[n], true_[n])
		}
		if accuracy < set.least {
			t.Errorf("%s: below %.2f", set.name, set.least)
		}
	}
}
