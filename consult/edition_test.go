package consult

import (
	"errors"
	"testing"
)

// TestParseWall reads what people write, and no hour that the clocks skip.
func TestParseWall(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"2027-03-28T01:59", "2027-03-28T01:59"},
		{"2027-03-28T02:30", ""},
		{"28/03/2027 02:30", ""},
		{"2027-03-28T03:00", "2027-03-28T03:00"},
		{"2027-10-31T02:30", "2027-10-31T02:30"}, // twice that night
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
