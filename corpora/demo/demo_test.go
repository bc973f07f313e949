package demo

import (
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

func load(t *testing.T) *Congress {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func all(c *Congress) []Contribution { return slices.Concat(c.Contributions, c.Later) }

func TestCounts(t *testing.T) {
	c := load(t)
	departments := map[string]bool{}
	for _, town := range c.Towns {
		departments[town.Department] = true
	}
	roles := map[string]int{}
	for _, e := range c.Elus {
		roles[e.Role]++
	}
	short, long := 0, 0
	for _, p := range c.Contributions {
		switch n := utf8.RuneCountInString(p.Text); {
		case n < 120:
			short++
		case n > 900:
			long++
		}
	}
	for _, test := range []struct {
		what           string
		got, low, high int
	}{
		{"axes", len(c.Axes), 4, 4},
		{"towns", len(c.Towns), 12, 12},
		{"départements", len(departments), 8, 12},
		{"élus", roles[RoleElu], 60, 60},
		{"rapporteurs", roles[RoleRapporteur], 2, 2},
		{"staff", roles[RoleStaff], 2, 2},
		{"people", len(c.Elus), 64, 64},
		{"meetings", len(c.Meetings), 2, 2},
		{"contributions", len(c.Contributions), 170, 250},
		{"later", len(c.Later), 40, 40},
		{"short", short, 25, 80},
		{"long", long, 15, 50},
	} {
		if test.got < test.low || test.got > test.high {
			t.Errorf("%s: got %d, want %d to %d", test.what, test.got, test.low, test.high)
		}
	}
}

func TestTowns(t *testing.T) {
	c := load(t)
	seen := map[string]bool{}
	for _, town := range c.Towns {
		if !strings.HasPrefix(town.Code, "X01") || len(town.Code) != 5 {
			t.Errorf("%s: code %q could be a real one", town.Name, town.Code)
		}
		if seen[town.Code] || seen[town.Name] {
			t.Errorf("%s twice", town.Name)
		}
		seen[town.Code], seen[town.Name] = true, true
		if town.Population < 380 || town.Population > 140_000 || town.Department == "" || town.DepartmentName == "" {
			t.Errorf("%+v", town)
		}
	}
}

func TestPeople(t *testing.T) {
	c := load(t)
	seen := map[string]bool{"": true}
	for _, e := range c.Elus {
		for _, once := range []string{e.Key, e.Email, e.FirstName + " " + e.LastName} {
			if seen[once] {
				t.Errorf("%q twice", once)
			}
			seen[once] = true
		}
		if !strings.HasSuffix(e.Email, ".example") || strings.Count(e.Email, "@") != 1 {
			t.Errorf("e-mail %q could be delivered", e.Email)
		}
		known := slices.ContainsFunc(c.Towns, func(town Town) bool { return town.Code == e.Town })
		if known == (e.Role == RoleStaff) || e.Mandate == "" {
			t.Errorf("%+v", e)
		}
	}
}

func TestReferences(t *testing.T) {
	c := load(t)
	roles := map[string]string{}
	for _, e := range c.Elus {
		roles[e.Key] = e.Role
	}
	seen := map[string]bool{"": true}
	for i, p := range all(c) {
		if seen[p.Key] {
			t.Errorf("%q twice", p.Key)
		}
		seen[p.Key] = true
		if roles[p.Author] != RoleElu {
			t.Errorf("%s: author %q is no élu", p.Key, p.Author)
		}
		if !slices.ContainsFunc(c.Axes, func(a Axis) bool { return a.Key == p.Axis }) {
			t.Errorf("%s: unknown axis %q", p.Key, p.Axis)
		}
		if later := i >= len(c.Contributions); p.Day < 0 || p.Day > 27 || later != (p.Day >= LaterFrom) {
			t.Errorf("%s: day %d", p.Key, p.Day)
		}
		if len(p.Supports) > 15 || !slices.IsSorted(p.Supports) || len(slices.Compact(slices.Clone(p.Supports))) != len(p.Supports) {
			t.Errorf("%s: supports %q", p.Key, p.Supports)
		}
		for _, s := range p.Supports {
			if roles[s] != RoleElu || s == p.Author {
				t.Errorf("%s: %q may not support it", p.Key, s)
			}
		}
	}
	for _, m := range c.Meetings {
		if lines := strings.Count(m.Notes, "\n") + 1; lines < 25 || lines > 45 || m.Title == "" || m.Place == "" || m.Day >= LaterFrom {
			t.Errorf("%s: %d lines, day %d", m.Key, lines, m.Day)
		}
	}
}

// TestSpreadsheet holds elus.csv to the people it was made from.
func TestSpreadsheet(t *testing.T) {
	c := load(t)
	file, err := os.Open("elus.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.Comma = ';'
	got, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"nom", "prénom", "courriel", "mandat", "commune", "code_insee", "département", "population"}}
	for _, e := range c.Elus {
		if e.Role == RoleStaff {
			continue
		}
		town := c.Towns[slices.IndexFunc(c.Towns, func(town Town) bool { return town.Code == e.Town })]
		want = append(want, []string{e.LastName, e.FirstName, e.Email, e.Mandate, town.Name, town.Code, town.Department, strconv.Itoa(town.Population)})
	}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("elus.csv differs from data/elus.jsonl and data/towns.jsonl:\ngot  %q\nwant %q", got, want)
	}
}
