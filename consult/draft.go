package consult

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// DraftKey is the idempotency key of what the person is about to write in an
// edition. It stays the same until they have sent something, so that one draft
// opened in several tabs, or kept on a device, becomes one contribution however
// often it is sent; then it is another. It holds nothing that others can guess,
// for identifiers are random, and needs not be secret: keys count per actor.
func (s *State) DraftKey(edition, person string) string {
	last := ""
	ids := s.order[edition]
	for i := len(ids) - 1; i >= 0 && last == ""; i-- {
		if c := s.contributions[ids[i]]; c.Author == person && c.Source == FromForm && !c.Erased {
			last = c.ID
		}
	}
	sum := sha256.Sum256([]byte(edition + "\x00" + person + "\x00" + last))
	return hex.EncodeToString(sum[:16])
}

// Says is whether text, on that axis, is what the contribution says or said
// before: then sending it once more asks for nothing new.
func (c *Contribution) Says(axis, text string) bool {
	clean, err := CleanText(text)
	return err == nil && axis == c.Axis && slices.ContainsFunc(c.Versions, func(v Version) bool { return v.Text == clean })
}
