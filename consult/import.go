package consult

import (
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// An Imported is one contribution read from elsewhere.
type Imported struct {
	External string // its identifier in the file
	Author   string // Person.ID, "" unknown
	Axis     string // identifier or title of an axis, "" none
	Question string // that it answers, of the file; kept where it is on no axis
	Meeting  string // Meeting.ID, "" none
	Text     string
}

// A Tally counts what an import did.
type Tally struct{ New, Changed, Same, Refused int }

// Add sums two tallies.
func (t Tally) Add(u Tally) Tally {
	return Tally{t.New + u.New, t.Changed + u.Changed, t.Same + u.Same, t.Refused + u.Refused}
}

// Import keeps contributions read from elsewhere: a new identifier of its
// origin is a new contribution, a known one with another text is a new
// version, a known one with a text that it has or had is nothing: its author may
// have corrected it since. Bytes that are no UTF-8 become U+FFFD, as the reading
// of the file has told. Only staff may; the window does not bind them. Rows are
// checked before: one that CleanText refuses is counted and left out, and one
// whose author has been erased meanwhile, since nobody could erase it then.
func Import(tx *ledger.Tx, edition, origin string, rows []Imported) (Tally, error) {
	var t Tally
	s := ledger.Of[*State](tx)
	if tx.Actor != "" && s.Role(tx.Actor) != Staff {
		return t, ErrForbidden
	}
	e := s.editions[edition]
	if e == nil {
		return t, ErrNotFound
	}
	seen := map[external]bool{}
	for _, r := range rows {
		text, err := CleanText(readable(r.Text))
		author := r.Author
		if s.people[author] == nil {
			author = ""
		}
		from := externalOf(edition, origin, r.External, author)
		if err != nil || r.External == "" || seen[from] {
			t.Refused++
			continue
		}
		seen[from] = true
		switch c, gone := s.imported(from); {
		case gone, c != nil && c.said(text):
			t.Same++
			continue
		case c != nil:
			tx.Emit(kindRevised, 1, c.ID, revisionData{text})
			t.Changed++
			continue
		case author != "" && s.people[author].Erased:
			t.Refused++
			continue
		}
		axis, on := e.Axis(r.Axis)
		question := CleanQuestion(r.Question)
		if on {
			question = ""
		}
		source := FromImport
		if r.Meeting != "" {
			source = FromMeeting
		}
		tx.Emit(kindSubmitted, 1, store.NewID(), contributionData{
			Edition: edition, Author: author, Axis: axis.ID, Source: source, Meeting: r.Meeting,
			Origin: origin, External: r.External, Question: question, Text: text,
		})
		t.New++
	}
	return t, nil
}

// imported is the contribution that a row became before, nil when none; gone where
// it was erased, and stays so.
func (s *State) imported(from external) (c *Contribution, gone bool) {
	known := from.author != ""
	if c = s.contributions[s.externals[from]]; c == nil { // its author may not have been known then
		from.author = ""
		if c = s.contributions[s.externals[from]]; c != nil && c.Author != "" && known {
			c = nil // somebody else said the same
		}
	}
	return c, s.gone[from.hash()]
}

// Known says what importing a row would do: "nouvelle", "modifiée" or
// "inchangée".
func (s *State) Known(edition, origin string, row Imported) string {
	c, gone := s.imported(externalOf(edition, origin, row.External, row.Author))
	if gone {
		return "inchangée"
	}
	if c == nil {
		return "nouvelle"
	}
	if clean, err := CleanText(readable(row.Text)); err != nil || c.said(clean) {
		return "inchangée"
	}
	return "modifiée"
}
