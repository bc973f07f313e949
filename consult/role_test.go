package consult_test

import (
	"errors"
	"testing"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

// TestAssign takes roles away, and keeps the staff from losing the last of
// them.
func TestAssign(t *testing.T) {
	c := newCongress(t)
	assign := func(actor, person string, role consult.Role) error {
		_, err := c.do(actor, "", func(tx *ledger.Tx) error { return consult.Assign(tx, person, role) })
		return err
	}
	var field *consult.FieldError
	for _, tc := range []struct {
		name, actor, person string
		role                consult.Role
		want                error // nil: done
		say                 bool
	}{
		{"an élu of themselves", c.zoe, c.zoe, consult.Rapporteur, consult.ErrForbidden, false},
		{"a visitor's name", "personne", c.zoe, consult.Rapporteur, consult.ErrForbidden, false},
		{"nobody", c.staff, "personne", consult.Elu, consult.ErrNotFound, false},
		{"no role", c.staff, c.zoe, "reine", nil, true},
		{"up", c.staff, c.zoe, consult.Rapporteur, nil, false},
		{"down again", c.staff, c.zoe, consult.Elu, nil, false},
		{"the same", c.staff, c.zoe, consult.Elu, nil, false},
		{"oneself out of the staff", c.staff, c.staff, consult.Elu, nil, true},
		{"the last out of the staff", "", c.staff, consult.Elu, nil, true},
		{"a second one", c.staff, c.karim, consult.Staff, nil, false},
		{"then the first", c.karim, c.staff, consult.Elu, nil, false},
	} {
		err := assign(tc.actor, tc.person, tc.role)
		if tc.say && !errors.As(err, &field) || !tc.say && !errors.Is(err, tc.want) {
			t.Errorf("%s: error %v, want %v", tc.name, err, tc.want)
		}
		if err == nil {
			c.view(func(s *consult.State) {
				if got := s.Role(tc.person); got != tc.role {
					t.Errorf("%s: role %q, want %q", tc.name, got, tc.role)
				}
			})
		}
	}
}

// TestAccreditTakesNothing names people again under roles that allow less.
func TestAccreditTakesNothing(t *testing.T) {
	c := newCongress(t)
	roles := []consult.Role{consult.Elu, consult.Rapporteur, consult.Staff}
	for had, before := range roles {
		for asked, role := range roles {
			address := string(rune('a'+3*had+asked)) + "@exemple.fr"
			id := c.accredit(c.staff, consult.Person{FirstName: "A", LastName: "B", Email: address, Role: before})
			c.accredit(c.staff, consult.Person{Email: address, Role: role})
			c.view(func(s *consult.State) {
				if got, want := s.Role(id), roles[max(had, asked)]; got != want || s.Person(id).LastName != "B" {
					t.Errorf("%s asked for as %s: %s, want %s", before, role, got, want)
				}
			})
		}
	}
}
