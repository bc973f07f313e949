package analysis

import (
	"strconv"
	"strings"
	"testing"
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
