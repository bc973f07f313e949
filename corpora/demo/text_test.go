package demo

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestTexts(t *testing.T) {
	for _, p := range all(load(t)) {
		if !utf8.ValidString(p.Text) || p.Text != strings.TrimSpace(p.Text) || p.Text == "" {
			t.Errorf("%s: %q", p.Key, p.Text)
		}
		if n := utf8.RuneCountInString(p.Text); n > 20_000 {
			t.Errorf("%s: %d characters, an élu may send 20,000", p.Key, n)
		}
	}
}

// shingles are the runs of n words of a text, or the whole of a shorter one.
func shingles(text string, n int) map[string]bool {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	set := map[string]bool{strings.Join(words[:min(n, len(words))], " "): true}
	for i := n; i <= len(words); i++ {
		set[strings.Join(words[i-n:i], " ")] = true
	}
	return set
}

// TestNoTwoAlike compares all pairs by the share of the smaller text's runs of
// five words that the other text has as well (containment, Broder 1997, §2).
func TestNoTwoAlike(t *testing.T) {
	const most = 0.1
	posts := all(load(t))
	sets := make([]map[string]bool, len(posts))
	for i, p := range posts {
		sets[i] = shingles(p.Text, 5)
	}
	for i := range posts {
		for j := range i {
			both := 0
			for s := range sets[i] {
				if sets[j][s] {
					both++
				}
			}
			if share := float64(both) / float64(min(len(sets[i]), len(sets[j]))); share > most {
				t.Errorf("%s and %s share %.0f %%", posts[j].Key, posts[i].Key, 100*share)
			}
		}
	}
}

// TestSubjects holds testdata/subjects.csv to the contributions, and both to
// what a demonstration needs: subjects of uneven size, and one that is new.
func TestSubjects(t *testing.T) {
	c := load(t)
	file, err := os.Open("testdata/subjects.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	subject := map[string]string{}
	for _, row := range rows[1:] {
		subject[row[0]] = row[1]
	}
	if len(rows)-1 != len(all(c)) {
		t.Errorf("%d rows for %d contributions", len(rows)-1, len(all(c)))
	}
	count := func(posts []Contribution) map[string]int {
		n := map[string]int{}
		for _, p := range posts {
			if subject[p.Key] == "" {
				t.Errorf("%s has no subject", p.Key)
			}
			n[subject[p.Key]]++
		}
		return n
	}
	first, later := count(c.Contributions), count(c.Later)
	var sizes []int
	for s, n := range first {
		if s != "divers" {
			sizes = append(sizes, n)
		}
	}
	slices.Sort(sizes)
	if len(sizes) != 16 || sizes[0] < 5 || sizes[len(sizes)-1] < 3*sizes[0] {
		t.Errorf("subjects of %v contributions, want 16 of at least 5, the largest three times the smallest", sizes)
	}
	if first["video"] != 0 || later["video"] < 8 {
		t.Errorf("the new subject: %d before, %d later, want 0 and at least 8", first["video"], later["video"])
	}
}
