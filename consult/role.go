package consult

import "github.com/villes-internet/congres/consult/ledger"

// Amend is [Accredit] for a person who was looked at, p.ID: they get exactly
// p's role, and what the one before allowed beyond it ends at once. Under an
// address that is not theirs it accredits whoever has that one. Errors: those
// of Accredit, and a FieldError where the staff would lose who must stay.
func Amend(tx *ledger.Tx, p Person) (id string, changed bool, err error) {
	old := ledger.Of[*State](tx).PersonByEmail(p.Email)
	return accredit(tx, p, old != nil && old.ID == p.ID)
}

// Assign gives somebody who is known exactly this role. Errors: ErrForbidden,
// ErrNotFound, a FieldError on the role.
func Assign(tx *ledger.Tx, person string, role Role) error {
	s := ledger.Of[*State](tx)
	if tx.Actor != "" && s.Role(tx.Actor) != Staff {
		return ErrForbidden
	}
	p := s.people[person]
	if p == nil || p.Erased {
		return ErrNotFound
	}
	now := *p
	now.Role = role
	_, _, err := accredit(tx, now, true)
	return err
}

// mayLeave keeps people from leaving the staff by themselves, and the last one
// from leaving it: nobody could give them the role back.
func (s *State) mayLeave(actor string, p Person, to Role) error {
	switch {
	case p.Role != Staff || to == Staff:
		return nil
	case actor == p.ID:
		return bad("rôle", "Vous ne pouvez pas quitter l’équipe vous-même\u00a0: demandez-le à un·e collègue, sans quoi plus personne ne pourrait piloter le congrès.")
	}
	return s.mayMiss(p)
}

// mayMiss keeps the last member of staff from going.
func (s *State) mayMiss(p Person) error {
	if p.Role != Staff {
		return nil
	}
	for _, other := range s.people {
		if other.Role == Staff && !other.Erased && other.ID != p.ID {
			return nil
		}
	}
	return bad("rôle", "Il n’y aurait plus personne dans l’équipe\u00a0: faites-y d’abord entrer quelqu’un d’autre.")
}
