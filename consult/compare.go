package consult

import (
	"cmp"
	"iter"
	"slices"
)

// Bounds of one import's command: rows, and bytes of their texts altogether.
// Commands are small so that what élus send meanwhile does not wait behind
// them, and so that pages that follow live are not left behind.
const (
	commandRows  = 100
	commandBytes = 8 << 20
)

// Compare counts what importing the rows would do. view runs a function on the
// published state; it is called for some rows at a time, since commits wait for
// whoever looks.
func (r *Reading) Compare(edition string, view func(func(*State))) {
	r.Tally = Tally{Refused: r.Left}
	var fresh []int
	at := 0
	for rows := range slices.Chunk(r.Rows, 500) {
		view(func(s *State) {
			for _, row := range rows {
				switch s.Known(edition, r.Origin, row) {
				case "nouvelle":
					r.Tally.New++
					fresh = append(fresh, at)
				case "modifiée":
					r.Tally.Changed++
				default:
					r.Tally.Same++
				}
				at++
			}
		})
	}
	r.findCopies(edition, fresh, view)
}

// findCopies finds, among the rows that are fresh, those whose words another file,
// a meeting or the form has brought already, word for word.
func (r *Reading) findCopies(edition string, fresh []int, view func(func(*State))) {
	var e *Edition
	var there []*Contribution
	view(func(s *State) { e, there = s.editions[edition], s.Contributions(Query{Edition: edition, Hidden: true}) })
	under := func(axis, question string) string {
		a, _ := e.Axis(axis)
		return cmp.Or(a.ID, CleanQuestion(question))
	}
	sought, own := map[string]bool{}, map[external]bool{}
	for _, i := range fresh {
		sought[r.Rows[i].Text] = true
	}
	for _, row := range r.Rows {
		own[externalOf(edition, r.Origin, row.External, row.Author)] = true
	}
	said := voices{}
	for _, c := range there {
		if own[externalOf(edition, c.Origin, c.External, c.Author)] { // its identifier tells it apart
			continue
		}
		for _, v := range c.Versions {
			if sought[v.Text] {
				said.add(voice{v.Text, under(c.Axis, c.Question), c.Author}, 0)
			}
		}
	}
	r.Copies = nil
	for _, i := range fresh {
		row := &r.Rows[i]
		if _, again := said.find(voice{row.Text, under(row.Axis, row.Question), row.Author}); again {
			r.Copies = append(r.Copies, i)
		}
	}
}

// LeaveCopies takes the copies out of what is imported.
func (r *Reading) LeaveCopies() {
	rows, lines := r.Rows, r.Lines
	r.Rows, r.Lines = nil, nil
	for i := range rows {
		if _, copied := slices.BinarySearch(r.Copies, i); !copied {
			r.Rows, r.Lines = append(r.Rows, rows[i]), append(r.Lines, lines[i])
		}
	}
	r.Tally.New -= len(r.Copies)
	r.Copies = nil
}

// Commands parts the rows into what single commands import: at most 100 rows and
// a few megabytes each.
func (r *Reading) Commands() iter.Seq[[]Imported] {
	return func(yield func([]Imported) bool) {
		from, size := 0, 0
		for i, row := range r.Rows {
			if i > from && (i-from == commandRows || size+len(row.Text) > commandBytes) {
				if !yield(r.Rows[from:i]) {
					return
				}
				from, size = i, 0
			}
			size += len(row.Text)
		}
		if from < len(r.Rows) {
			yield(r.Rows[from:])
		}
	}
}
