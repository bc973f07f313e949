package web

import (
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

// TestNamesInPublishedMotions names, where the rule on names is changed, the
// published versions that show some, and has the published page follow it.
func TestNamesInPublishedMotions(t *testing.T) {
	s := newSite(t)
	staff := s.as(s.staff)
	const quote = "Il faut un guichet."
	id := s.submit(s.zoe, quote)
	publish := func(title, after string) string {
		t.Helper()
		out, err := s.ledger.Do(t.Context(), ledger.Command{Actor: s.staff, Decide: func(tx *ledger.Tx) error {
			_, err := motion.Open(tx, s.edition, title, nil)
			return err
		}})
		if err != nil {
			t.Fatal(err)
		}
		seg := motion.Segment{Contribution: id, Version: 1, Start: 0, End: len(quote)}
		ops := []ydoc.Op{{Insert: "Considérant «", Attributes: map[string]any{}},
			{Insert: quote, Attributes: map[string]any{"cite--" + seg.String(): true}},
			{Insert: "» (Zoé Brume, maire, Villebrume)" + after, Attributes: map[string]any{}},
			{Insert: "\n", Attributes: map[string]any{"b": "recital|r1"}}}
		if _, err := s.server.Publisher.Publish(t.Context(), s.staff, "", out.Subject, ops, motion.Reading{}); err != nil {
			t.Fatal(err)
		}
		return out.Subject
	}
	computed, byHand := publish("Motion calculée", "."), publish("Motion écrite", ", dit Zoé Brume.")
	staff.get("/pilotage/edition").want(t, 200, "Ces versions publiées montrent des noms", "Motion calculée, version 1", "Motion écrite, version 1", "Pour publier de nouveau")
	visitor := s.as("")
	visitor.get("/motion/"+computed).want(t, 200, "Zoé Brume")

	s.do(s.staff, func(tx *ledger.Tx) error {
		e := *ledger.Of[*consult.State](tx).Edition(s.edition)
		e.Names, e.Readers = consult.ByFunction, consult.ReadPublic
		_, err := consult.OpenEdition(tx, e)
		return err
	})
	page := staff.get("/pilotage/edition").want(t, 200, "montrent encore des noms", "Motion écrite, version 1", "Pour publier de nouveau")
	if strings.Contains(page.words(), "Motion calculée") {
		t.Error("a motion that shows no name is said to")
	}
	for _, path := range []string{"/motion/" + computed, "/motion/" + computed + "?version=1", "/motion/" + computed + "/fichiers/motion.html",
		"/motion/" + computed + "/fichiers/motion.json"} {
		if a := visitor.get(path).want(t, 200, "maire"); strings.Contains(a.Body, "Brume,") {
			t.Errorf("%s shows a name", path)
		}
	}
	if a := visitor.get("/contributions/"+id).want(t, 200, "Phrases de la motion qui les citent"); strings.Contains(a.Body, "(Zoé Brume") {
		t.Error("the contribution's page shows a name")
	}
	visitor.get("/motion/"+byHand).want(t, 200, "dit Zoé Brume")
}
