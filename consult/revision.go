package consult

import (
	"errors"

	"github.com/villes-internet/congres/consult/ledger"
)

// ErrChanged is for who changed a version that is no longer the newest.
var ErrChanged = errors.New("consult: a newer version has come meanwhile")

// ReviseFrom is [Revise] for who began from the version of that number:
// ErrChanged where another has come since, unless both say the same.
func ReviseFrom(tx *ledger.Tx, id string, version int, text string) error {
	s := ledger.Of[*State](tx)
	if err := s.MayRevise(tx.Actor, id); err != nil {
		return err
	}
	if c := s.contributions[id]; c.Version() != version {
		if clean, err := CleanText(text); err == nil && clean != c.Text() {
			return ErrChanged
		}
	}
	return Revise(tx, id, text)
}

// MayRevise says whether a contribution is a person's to change, whatever the
// hour: ErrNotFound where there is none, ErrForbidden where it is not theirs.
func (s *State) MayRevise(person, id string) error {
	c := s.contributions[id]
	if c == nil || c.Erased {
		return ErrNotFound
	}
	if c.Author == "" || c.Author != person || s.Role(person) == "" {
		return ErrForbidden
	}
	return nil
}
