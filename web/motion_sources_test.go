package web

import (
	"net/url"
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/motion"
)

// TestMotionSources asks who stands behind segments: the exact words of a
// version, the name that the edition's rule allows, and nothing of what is
// hidden, unknown or cut elsewhere.
func TestMotionSources(t *testing.T) {
	s := newSite(t)
	const quote = "Il faut un guichet."
	shown, hidden := s.submit(s.zoe, "À Die. "+quote), s.submit(s.zoe, "Des propos cachés.")
	s.do(s.staff, func(tx *ledger.Tx) error { return consult.Hide(tx, hidden, "hors sujet") })
	start := len("À Die. ")
	q := url.Values{"s": {
		motion.Segment{Contribution: shown, Version: 1, Start: start, End: start + len(quote)}.String(),
		motion.Segment{Contribution: shown, Version: 1, Start: 0, End: 4000}.String(),
		motion.Segment{Contribution: shown, Version: 7, Start: 0, End: 4}.String(),
		motion.Segment{Contribution: hidden, Version: 1, Start: 0, End: 4}.String(),
		"n’importe quoi", "inconnue@1:0-3",
	}}
	path := "/motion/m/sources.json?" + q.Encode()
	for _, name := range []string{"", s.zoe} {
		if a := s.as(name).get(path); a.Status == 200 {
			t.Errorf("%q reads who stands behind a draft", name)
		}
	}
	a := s.as(s.staff).get(path)
	if a.Status != 200 || strings.Count(a.Body, `"segment"`) != 1 || !strings.Contains(a.Body, quote) || !strings.Contains(a.Body, "Zoé Brume") {
		t.Errorf("got %d %s", a.Status, a.Body)
	}
	s.do(s.staff, func(tx *ledger.Tx) error {
		e := *ledger.Of[*consult.State](tx).Edition(s.edition)
		e.Names, e.Readers = consult.ByFunction, consult.ReadPublic
		_, err := consult.OpenEdition(tx, e)
		return err
	})
	if a := s.as(s.staff).get(path); !strings.Contains(a.Body, "maire") || strings.Contains(a.Body, "Brume,") {
		t.Errorf("by function, got %s", a.Body)
	}
}
