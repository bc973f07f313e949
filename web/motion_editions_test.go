package web

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

// TestMotionOfAnEditionBefore has a motion keep its themes, its sources and its place
// in the lists once another edition is opened.
func TestMotionOfAnEditionBefore(t *testing.T) {
	s := newSite(t, withAnalysis)
	s.speak(20)
	s.analyse()
	nour, id := s.writers("Considérant que les écoles manquent de tablettes")
	c := s.as(nour)
	c.post("/motion/"+id+"/publier", url.Values{"cle": {"p"}, "oui": {"oui"}})
	said := s.submitted()
	before := map[string]string{}
	paths := []string{"/motion/" + id + "/themes.json", "/motion/" + id + "/phrases.json?q=tablettes", "/motion/" + id}
	for _, path := range paths {
		before[path] = c.get(path).want(t, 200).words()
	}
	s.as("").get("/motion").goes(t, "/motion/"+id)
	s.do(s.staff, func(tx *ledger.Tx) error {
		_, err := consult.OpenEdition(tx, consult.Edition{Title: "Congrès 2028", Axes: []consult.Axis{{Title: "Suite"}},
			Opens: s.now().Add(-time.Hour), Closes: s.now().Add(time.Hour), Readers: consult.ReadElus, Names: consult.ByFunction})
		return err
	})
	for _, path := range paths {
		if now := c.get(path).want(t, 200).words(); strings.ReplaceAll(now, "Congrès 2028", "Congrès 2026") != before[path] {
			t.Errorf("%s: got %s, want %s", path, now, before[path])
		}
	}
	if !strings.Contains(before[paths[1]], "Zoé Brume") {
		t.Errorf("the search names nobody: %s", before[paths[1]])
	}
	s.as("").get("/motion").goes(t, "/motion/"+id)
	c.get("/motion").want(t, 200, "Congrès 2026 · Version 1 publiée")
	s.as("").get("/").want(t, 200, "1 motion publiée : la lire (Congrès 2026)")
	page := s.as(s.zoe).get("/contributions/"+said).want(t, 200, "Thèmes :")
	if strings.Contains(page.Body, `href="/themes/`) || !strings.Contains(page.Body, `id="v1-`) {
		t.Errorf("got %s", page.Body)
	}
}

// submitted is one of Zoé's contributions.
func (s *site) submitted() (id string) {
	s.view(func(st *consult.State) {
		list := st.Contributions(consult.Query{Edition: s.edition, Author: s.zoe})
		id = list[0].ID
	})
	return id
}
