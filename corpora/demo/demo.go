package demo

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
)

// Roles of the people, as invitations name them.
const (
	RoleElu        = "élu"
	RoleRapporteur = "rapporteur"
	RoleStaff      = "équipe"
)

// Title is the congress's name.
const Title = "Congrès national des élu·es au numérique"

// LaterFrom is the first day, after the window opened, of what the first
// analysis does not see.
const LaterFrom = 21

// A Town is an invented commune in a real département.
type Town struct {
	Code, Name, Department, DepartmentName string // Department is the code: "05", "974"
	Population                             int
}

// An Elu is anybody who takes part; staff have no Town.
type Elu struct {
	Key, LastName, FirstName, Email string
	Town                            string // its code
	Mandate                         string
	Role                            string // one of the Role constants
}

// An Axis is a question that the congress asks.
type Axis struct{ Key, Title, Question string }

// A Contribution is a text as its author sent it.
type Contribution struct {
	Key      string
	Author   string // an Elu's key
	Axis     string // an Axis's key
	Day      int    // days after the window opened
	Text     string
	Supports []string // keys of other élus, sorted
}

// A Meeting is one where a rapporteur took notes.
type Meeting struct {
	Key, Title, Place string
	Day               int    // days after the window opened
	Notes             string // one point a line
}

// A Congress is the whole of it. Contributions and Later are in the order of
// their days.
type Congress struct {
	Title         string
	Axes          []Axis
	Towns         []Town
	Elus          []Elu
	Contributions []Contribution
	Meetings      []Meeting
	Later         []Contribution // from LaterFrom on
}

//go:embed data
var data embed.FS

// Load reads the congress from the program itself; each call returns its own.
func Load() (*Congress, error) {
	c := &Congress{Title: Title}
	err := cmp.Or(
		read(&c.Axes, "data/axes.jsonl"),
		read(&c.Towns, "data/towns.jsonl"),
		read(&c.Elus, "data/elus.jsonl"),
		read(&c.Meetings, "data/meetings.jsonl"),
		read(&c.Contributions, "data/contributions/*.jsonl"),
	)
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	slices.SortFunc(c.Contributions, func(a, b Contribution) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Key, b.Key))
	})
	later, _ := slices.BinarySearchFunc(c.Contributions, LaterFrom, func(a Contribution, day int) int {
		return cmp.Compare(a.Day, day)
	})
	c.Contributions, c.Later = c.Contributions[:later:later], c.Contributions[later:]
	return c, nil
}

// read appends to list one value a line of every embedded file that matches
// pattern. A field that the type does not have is an error.
func read[T any](list *[]T, pattern string) error {
	names, err := fs.Glob(data, pattern)
	if err != nil {
		return err
	}
	for _, name := range names {
		raw, err := data.ReadFile(name)
		if err != nil {
			return err
		}
		lines := json.NewDecoder(bytes.NewReader(raw))
		lines.DisallowUnknownFields()
		for lines.More() {
			var value T
			if err := lines.Decode(&value); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			*list = append(*list, value)
		}
	}
	return nil
}
