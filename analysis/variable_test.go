package analysis

import (
	"strconv"
	"strings"
	"testing"

	"github.com/villes-internet/congres/corpora"
)

func TestFateOf(t *testing.T) {
	set := func(values ...string) map[string]bool {
		out := make(map[string]bool)
		for _, v := range values {
			out[v] = true
		}
		return out
	}
	many := make(map[string]bool)
	for i := range MostValues + 1 {
		many[strconv.Itoa(i)] = true
	}
	for _, c := range []struct {
		name   string
		values map[string]bool
		want   Fate
	}{
		{"canal", set("web", "papier"), Compared},
		{"canal", set("web"), OneValue},
		{"canal", nil, OneValue},
		{"depth", set("0", "1"), Numbers},
		{"votes", many, Numbers},
		{"note", set("1,5", "2"), Numbers},
		{"question_id", set("15", "23"), Compared},
		{"category/id", set("15", "23"), Compared},
		{"Code postal", set("59000", "62000"), Compared},
		{"code", set("1.5", "2.5"), Numbers},
		{"idée", set("1", "2"), Numbers},
		{"departement", set("59", "62"), Compared},
		{"axe", set("15", "23"), Compared},
		{"user_id", many, ManyValues},
	} {
		if got := FateOf(c.name, c.values); got != c.want {
			t.Errorf("%s %v: %d, want %d", c.name, c.values, got, c.want)
		}
	}
}

// TestSure holds what is said of a specificity to one threshold, that of what is
// shown of it.
func TestSure(t *testing.T) {
	for score, want := range map[float64]bool{0: false, 1.3: false, 1.994: false, 1.996: true, 2: true, -1.99: false, -2: true, 999: true} {
		if got := Sure(score); got != want {
			t.Errorf("Sure(%v) = %v", score, got)
		}
		if got := (Share{Modality: "a", Score: score}).Apart(); got != want {
			t.Errorf("a share of %v is apart: %v", score, got)
		}
		if got := !strings.HasPrefix(SpecificityWords(score), "comme le hasard"); got != want {
			t.Errorf("%v is %q", score, SpecificityWords(score))
		}
	}
}

// TestSureWords has four texts of five say a word that none of seven others do: 1.9956,
// which is shown as 2.
func TestSureWords(t *testing.T) {
	var c corpora.Corpus
	for i := range 12 {
		d := corpora.Document{ID: strconv.Itoa(i), Text: "Vélodrome.", Variables: map[string]string{corpora.VarSize: "moins de 3 500"}}
		if i >= 4 {
			d.Text = "Cantine."
		}
		if i >= 5 {
			d.Variables[corpora.VarSize] = "plus de 50 000"
		}
		c.Documents = append(c.Documents, d)
	}
	for _, m := range analyse(t, c, Settings{}).Variables[0].Modalities {
		want := map[string]string{"moins de 3 500": "vélodrome", "plus de 50 000": "cantine"}[m.Name]
		if len(m.Specific) != 1 || m.Specific[0].Form != want || m.Specific[0].Score != 2 {
			t.Errorf("%s says %+v, want %q", m.Name, m.Specific, want)
		}
	}
}
