package analysis

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/corpora"
)

func corpus(texts ...string) corpora.Corpus {
	var c corpora.Corpus
	for i, text := range texts {
		c.Documents = append(c.Documents, corpora.Document{ID: fmt.Sprint(i + 1), Text: text})
	}
	return c
}

// check writes every file and looks for what must never be in one.
func check(t *testing.T, r *Report) {
	t.Helper()
	for _, write := range []func(io.Writer) error{r.WriteHTML, r.WriteJSON, r.WriteDocuments, r.WriteThemes, r.WriteSegments} {
		var out bytes.Buffer
		if err := write(&out); err != nil {
			t.Error(err)
		}
		if strings.Contains(out.String(), "NaN") || strings.Contains(out.String(), "+Inf") {
			t.Error("a number is none")
		}
	}
	labels := make(map[string]bool)
	for _, theme := range r.Themes {
		if labels[theme.Label] || theme.Label == "" {
			t.Errorf("two themes are called %q", theme.Label)
		}
		labels[theme.Label] = true
	}
	for _, s := range r.Segments {
		if s.Theme == "" && s.Why == "" {
			t.Errorf("segment %q is left aside without a reason", s.Text)
		}
	}
}

func TestOdd(t *testing.T) {
	same := make([]string, 3000)
	for i := range same {
		same[i] = "Il faut des bus plus fréquents le soir et le dimanche dans nos villages."
	}
	words := strings.Fields("bus école cantine vélo piscine mairie forêt train")
	single, mixed, little := make([]string, 6000), make([]string, 40), make([]string, 3000)
	for i := range little {
		little[i] = []string{"Il est là.", "Nous y sommes.", "Et alors ?"}[i%3]
	}
	for i := range single {
		single[i] = words[i%len(words)]
	}
	for i := range mixed {
		mixed[i] = []string{"Les bus sont rares le soir dans notre commune.", "We need more money for our schools and the teachers of our children."}[i%2]
	}
	for _, c := range []struct {
		name   string
		corpus corpora.Corpus
		themes int
		want   int // themes found
	}{
		{"one word each, six thousand times", corpus(single...), 5, 5},
		{"half in English", corpus(mixed...), 5, 2},
		{"one document", corpus("Les bus sont trop rares."), 0, 0},
		{"one document, three themes", corpus("Les bus sont trop rares."), 3, 0},
		{"two documents", corpus("Les bus sont rares.", "Plus de bus le soir."), 0, 1},
		{"three thousand times the same", corpus(same...), 0, 1},
		{"three thousand times the same, five themes", corpus(same...), 5, 1},
		{"stop words", corpus(little[:3]...), 0, 0},
		{"stop words, three thousand times", corpus(little...), 0, 0},
		{"emoji", corpus("👍🏽", "🎉🎉", "❤️"), 2, 0},
		{"invalid bytes", corpus("\xff\xfe", "caf\xe9 \xff", "bus \x80"), 2, 0},
		{"nothing shared", corpus("bus", "école", "piscine", "forêt"), 2, 0},
		{"more themes than texts", corpus("bus rares", "bus chers", "bus pleins"), 10, 3},
		{"a very long word", corpus(strings.Repeat("a", 100_000), "bus"), 1, 0},
		{"a very long sentence", corpus(strings.Repeat("les bus sont rares et ", 5000), "bus rares"), 2, 0},
	} {
		r, err := Run(context.Background(), c.corpus, Settings{Themes: c.themes})
		if err != nil {
			if !errors.Is(err, ErrEmpty) {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		if c.want > 0 && len(r.Themes) != c.want {
			t.Errorf("%s: %d themes, want %d", c.name, len(r.Themes), c.want)
		}
		if (len(r.Themes) < c.themes || len(r.Themes) == 0) && len(r.Notes) == 0 {
			t.Errorf("%s: %d themes instead of %d, and nothing says so", c.name, len(r.Themes), c.themes)
		}
		check(t, r)
	}
}

func TestRefused(t *testing.T) {
	twice := corpus("un bus", "deux bus")
	twice.Documents[1].ID = "1"
	nameless := corpus("un bus")
	nameless.Documents[0].ID = ""
	for _, c := range []struct {
		corpus   corpora.Corpus
		settings Settings
		want     error
	}{
		{corpora.Corpus{}, Settings{}, ErrEmpty},
		{corpus("", " \n"), Settings{}, ErrEmpty},
		{twice, Settings{}, ErrDuplicate},
		{nameless, Settings{}, ErrNoID},
		{corpus("bus"), Settings{Themes: -1}, ErrThemes},
		{corpus("bus"), Settings{Themes: 501}, ErrThemes},
		{corpus("bus"), Settings{View: "x"}, ErrView},
	} {
		if _, err := Run(context.Background(), c.corpus, c.settings); !errors.Is(err, c.want) {
			t.Errorf("error %v, want %v", err, c.want)
		}
	}
}

// Exactly as many themes as were asked for, and nearly every text in one.
func TestExactly(t *testing.T) {
	c := shared(t, "decidim-mel/comments.tsv", "text")
	for _, n := range []int{1, 2, 7, 12, 40, 120} {
		r := analyse(t, c, Settings{Themes: n})
		if len(r.Themes) != n {
			t.Errorf("%d themes, want %d", len(r.Themes), n)
		}
		if 10*r.Corpus.Unplaced > len(c.Documents) {
			t.Errorf("%d themes: %d of %d texts are in none", n, r.Corpus.Unplaced, len(c.Documents))
		}
		if n == 12 {
			check(t, r)
		}
	}
}

// stops cuts at full stops: Punkt takes too long to load for a fuzzer.
func stops(_ context.Context, texts []string) ([][]french.Span, error) {
	out := make([][]french.Span, len(texts))
	for i, text := range texts {
		for start := 0; start < len(text); {
			end := start + 1 + strings.IndexByte(text[start:], '.')
			if end == start {
				end = len(text)
			}
			out[i] = appendSpan(out[i], text, start, end)
			start = end
		}
	}
	return out, nil
}

func FuzzRun(f *testing.F) {
	f.Add("Les bus sont rares.\nPlus de bus !\n\nL'école, la cantine", "2", uint64(1))
	f.Add("\xff\n👍\nM. X. etc.", "0", uint64(0))
	f.Fuzz(func(t *testing.T, text, themes string, seed uint64) {
		if len(text) > 2000 {
			return
		}
		r, err := run(context.Background(), corpus(strings.Split(text, "\n")...), Settings{Themes: len(themes), Seed: seed}, stops)
		if err != nil {
			return
		}
		check(t, r)
		if _, err := Revise(context.Background(), corpus(strings.Split(text, "\n")...), r, priors(r)); err != nil {
			t.Error(err)
		}
	})
}
