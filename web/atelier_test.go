package web

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/corpora"
)

// TestWorkshopSays: what an empty number of themes means today, and which decisions
// the newest run has nothing of.
func TestWorkshopSays(t *testing.T) {
	s := newSite(t, withAnalysis)
	s.speak(20)
	staff := s.as(s.staff)
	staff.get("/atelier").want(t, 200, "Laissez vide\u00a0: l’analyse en décide. Vos décisions")
	s.analyse()
	r, err := s.server.Desk.Report(t.Context(), s.edition)
	if err != nil {
		t.Fatal(err)
	}
	staff.get("/atelier").want(t, 200, "Laissez vide\u00a0: "+strconv.Itoa(len(r.Themes))+", comme aujourd’hui")
	a, b := r.Themes[0], r.Themes[1]
	segment := a.Verbatims[0].Segment
	staff.post("/atelier/segments", url.Values{"segment": {segment}, "theme": {b.ID}, "cle": {"m"}}).goes(t, "/atelier?fait=theme")
	told := "Une phrase est passée de «\u00a0" + a.Label + "\u00a0» à «\u00a0" + b.Label + "\u00a0»."
	const lost = "ne se retrouve pas dans la dernière analyse"
	if page := staff.get("/atelier").want(t, 200, told); strings.Contains(page.Body, lost) {
		t.Error("a decision that holds is said to be lost")
	}
	id, _, _, _, _ := corpora.ParseSegmentID(segment)
	s.do(s.zoe, func(tx *ledger.Tx) error { return consult.Revise(tx, id, "Rien de tout cela, au fond.") })
	s.analyse()
	if page := staff.get("/atelier").want(t, 200, told, lost, "1\u00a0décision de l’équipe ne se retrouve pas dans cette analyse"); strings.Contains(page.Body, "tient.") {
		t.Error("a decision that is lost is said to hold")
	}
	for _, path := range []string{"/atelier", "/atelier/mots", "/atelier/comparer"} {
		if page := staff.get(path).want(t, 200); !strings.Contains(page.Body, `class="wrap"`) {
			t.Errorf("%s is not centred as the other pages are", path)
		}
	}
}

// TestWorkshopHistory: the newest decisions are those that can be undone from the
// page, however many there were before.
func TestWorkshopHistory(t *testing.T) {
	s := newSite(t, withAnalysis)
	s.speak(5)
	s.analyse()
	r, err := s.server.Desk.Report(t.Context(), s.edition)
	if err != nil {
		t.Fatal(err)
	}
	for range maxHistory/2 + 1 {
		for _, act := range []func(context.Context, string, string, string, string) error{s.server.Desk.Freeze, s.server.Desk.Thaw} {
			if err := act(t.Context(), s.staff, s.edition, r.Themes[0].ID, ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	newest := strconv.FormatUint(s.ledger.Head().Seq, 10)
	page := s.as(s.staff).get("/atelier").want(t, 200)
	_, first, _ := strings.Cut(page.Body, `name="seq" value="`)
	if n := strings.Count(page.Body, `name="seq"`); n != maxHistory || !strings.HasPrefix(first, newest+`"`) {
		t.Errorf("%d decisions, the newest not first or too many", n)
	}
}
