package consult

import (
	"cmp"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// A Meeting is a thematic meeting and the notes that were taken there. Never
// changed once folded.
type Meeting struct {
	ID      string
	Edition string
	Title   string
	Place   string
	Date    string // YYYY-MM-DD
	Notes   string
}

type meetingData struct {
	Edition string `cbor:"edition"`
	Title   string `cbor:"title"`
	Place   string `cbor:"place"`
	Date    string `cbor:"date"`
	Notes   string `cbor:"notes"`
}

const kindMeeting = "meeting.noted"

// Clean is the meeting as it is kept, or a FieldError for what must be
// corrected before.
func (m Meeting) Clean() (_ Meeting, err error) {
	m.Title, m.Place = OneLine(m.Title), OneLine(m.Place)
	if m.Title == "" || utf8.RuneCountInString(m.Title) > 200 || utf8.RuneCountInString(m.Place) > 200 {
		return m, bad("titre", "Donnez à la rencontre un titre de 200 caractères au plus.")
	}
	if _, err := time.Parse(time.DateOnly, m.Date); err != nil {
		return m, bad("date", "La date de la rencontre s’écrit comme 2026-11-24.")
	}
	m.Notes, err = CleanText(m.Notes)
	return m, err
}

// NoteMeeting keeps a meeting and its notes; with m.ID, those of a known
// meeting change. Only staff may.
func NoteMeeting(tx *ledger.Tx, m Meeting) (id string, err error) {
	s := ledger.Of[*State](tx)
	if tx.Actor != "" && s.Role(tx.Actor) != Staff {
		return "", ErrForbidden
	}
	if s.editions[m.Edition] == nil || m.ID != "" && s.meetings[m.ID] == nil {
		return "", ErrNotFound
	}
	if m, err = m.Clean(); err != nil {
		return "", err
	}
	if m.ID == "" {
		m.ID = store.NewID()
	}
	tx.Emit(kindMeeting, 1, m.ID, meetingData{m.Edition, m.Title, m.Place, m.Date, m.Notes})
	return m.ID, nil
}

// Meeting returns nil when there is none.
func (s *State) Meeting(id string) *Meeting { return s.meetings[id] }

// MeetingTitled returns the latest meeting of that title, on that date unless it
// is "", nil when there is none.
func (s *State) MeetingTitled(edition, title, date string) *Meeting {
	all := s.Meetings(edition)
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Title == OneLine(title) && (date == "" || all[i].Date == date) {
			return all[i]
		}
	}
	return nil
}

// Same says whether keeping other in the place of m would change nothing.
func (m *Meeting) Same(other Meeting) bool {
	notes, err := CleanText(other.Notes)
	return err == nil && notes == m.Notes && OneLine(other.Place) == m.Place && other.Date == m.Date
}

// Meetings returns those of an edition, in time.
func (s *State) Meetings(edition string) []*Meeting {
	var out []*Meeting
	for _, m := range s.meetings {
		if m.Edition == edition {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b *Meeting) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.ID, b.ID))
	})
	return out
}
