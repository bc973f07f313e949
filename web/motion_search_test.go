package web

import (
	"encoding/json"
	"net/url"
	"testing"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

// TestSearchMotion finds words in all that was contributed and may be read, and
// says how much that is.
func TestSearchMotion(t *testing.T) {
	s := newSite(t, withAnalysis)
	secret := s.submit(s.zoe, "Une phrase cachée sur le guichet.")
	s.speak(110)
	s.analyse()
	nour, id := s.writers("Vu")
	ask := func(q, more string) (total, listed int, first string) {
		t.Helper()
		var a struct {
			Verbatims []struct{ cited }
			Total     int
		}
		if err := json.Unmarshal([]byte(s.as(nour).get("/motion/"+id+"/phrases.json?q="+url.QueryEscape(q)+more).want(t, 200).Body), &a); err != nil {
			t.Fatal(err)
		}
		if len(a.Verbatims) > 0 {
			first = a.Verbatims[0].Text
		}
		return a.Total, len(a.Verbatims), first
	}
	for _, c := range []struct {
		q, more       string
		total, listed int
	}{
		{"", "", 0, 0}, {" \u00a0", "", 0, 0}, {"guichet", "", 111, 100}, {"ECOLES classe", "", 110, 100}, {"numerique rue 104", "", 1, 1},
		{"mediation classe", "", 0, 0}, {"cachee", "", 1, 1}, {"guichet", "&axe=inconnu", 0, 0}, {"guichet", "&departement=98", 0, 0},
	} {
		if total, listed, _ := ask(c.q, c.more); total != c.total || listed != c.listed {
			t.Errorf("%q%s: %d of %d, want %d of %d", c.q, c.more, listed, total, c.listed, c.total)
		}
	}
	if _, _, first := ask("rue 104", ""); first != "La médiation numérique au guichet aide les habitants dans leurs démarches en ligne, rue 104." {
		t.Errorf("got %q", first)
	}
	var who string
	s.view(func(st *consult.State) { who = st.Signature(st.Edition(s.edition), s.zoe) })
	if total, _, _ := ask("cachée "+who, ""); total != 1 {
		t.Errorf("%d of %s", total, who)
	}
	s.do(s.staff, func(tx *ledger.Tx) error { return consult.Hide(tx, secret, "hors sujet") })
	if total, _, _ := ask("cachée", ""); total != 0 {
		t.Error("what is hidden is found")
	}
	s.as(s.zoe).get("/motion/"+id+"/phrases.json?q=guichet").want(t, 403)
}
