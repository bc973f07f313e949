package consult

import (
	"errors"
	"testing"
	"time"
)

// TestParseWall reads what people write, and no hour that the clocks skip.
func TestParseWall(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"2027-03-28T01:59", "2027-03-28T01:59"},
		{"2027-03-28T02:30", ""},
		{"28/03/2027 02:30", ""},
		{"2027-03-28T03:00", "2027-03-28T03:00"},
		{"2027-10-31T02:30", "2027-10-31T02:30"}, // twice that night
		{"2026-11-24 8:00", "2026-11-24T08:00"},
		{"2027-03-28 2:30", ""},
		{" 24/11/2026 ", "2026-11-24T00:00"},
		{"31/02/2027", ""},
		{"demain", ""},
	} {
		got, err := ParseWall(tc.text)
		var field *FieldError
		switch {
		case tc.want == "":
			if !errors.As(err, &field) {
				t.Errorf("%q: read as %v, error %v", tc.text, got, err)
			}
		case err != nil || Wall(got) != tc.want:
			t.Errorf("%q: got %s, %v, want %s", tc.text, Wall(got), err, tc.want)
		}
	}
}

// TestCurrent keeps an open window in front of an edition that is prepared
// meanwhile, and lets a new one be prepared where none is open.
func TestCurrent(t *testing.T) {
	day := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 8, 0, 0, 0, Paris) }
	s := NewState()
	if e := s.Current(day(1, 1)); e != nil {
		t.Fatalf("an edition before the first: %v", e)
	}
	s.editions["open"] = &Edition{ID: "open", Opens: day(3, 1), Closes: day(6, 1)}
	s.editions["next"] = &Edition{ID: "next", Opens: day(9, 1), Closes: day(12, 1)}
	for _, tc := range []struct {
		at   time.Time
		want string
	}{{day(1, 1), "next"}, {day(3, 1), "open"}, {day(5, 31), "open"}, {day(6, 1), "next"}, {day(10, 1), "next"}, {day(12, 24), "next"}} {
		if e := s.Current(tc.at); e.ID != tc.want {
			t.Errorf("%s: %s, want %s", Wall(tc.at), e.ID, tc.want)
		}
	}
}

func TestDotted(t *testing.T) {
	for address, want := range map[string]bool{"jeanne@ville.fr": true, "a.b@c.d.fr": true, "jeanne@ville": false, "j.b@ville": false, "jeanne@.fr": false, "jeanne@ville.": false, "jeanne": false} {
		if dotted(address) != want {
			t.Errorf("%s: %v", address, !want)
		}
	}
}
