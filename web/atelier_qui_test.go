package web

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

// TestWorkshopSpeakers: a theme's page and a word's say who speaks, their counts lead
// to as many, and towns that fewer than five élus fit are nowhere.
func TestWorkshopSpeakers(t *testing.T) {
	s := newSite(t, withAnalysis)
	for i := range 12 {
		town := consult.Collectivity{Code: "X0201", Name: "Clairval", Department: "98", Population: 800}
		text := "La médiation numérique au guichet aide les habitants dans leurs démarches en ligne, rue %d."
		if i%2 == 1 {
			town = consult.Collectivity{Code: "X0202", Name: "Hauteville", Department: "98", Population: 60_000}
			text = "Les écoles du village partagent des tablettes et un ordinateur par classe, classe %d."
		}
		if i < 2 {
			town = consult.Collectivity{Code: "X0203", Name: "Petitbourg", Department: "98", Population: 4000}
		}
		id := s.accredit(s.staff, consult.Person{FirstName: "A", LastName: fmt.Sprint("Z", i), Email: fmt.Sprintf("z%d@e.example", i), Town: town, Role: consult.Elu})
		s.do(id, func(tx *ledger.Tx) error {
			for n := range 3 {
				if _, err := consult.Submit(tx, s.edition, s.axis, fmt.Sprintf(text, 10*i+n)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	s.analyse()
	staff := s.as(s.staff)
	r, err := s.server.Desk.Report(t.Context(), s.edition)
	if err != nil {
		t.Fatal(err)
	}
	said := regexp.MustCompile(`<td><a href="(/atelier/[^"]*variable=[^"]*)#phrases">(\d+)</a>`)
	theme := "/atelier/themes/" + r.Themes[0].ID
	page := staff.get(theme).want(t, 200, "Qui en parle", "Taille de la commune", "Moins de 1\u202f000 hab.", "plus présent que si tous", "moins présent que si tous", "Toutes les valeurs", "Clairval", "Hauteville")
	word := staff.get("/atelier/mots?q=tablettes").want(t, 200, "Qui l’emploie", "Clairval", "Hauteville", "plus qu’ailleurs", "moins qu’ailleurs")
	for name, x := range map[string]struct {
		page answer
		says string
	}{"theme": {page, "Seulement celles des contributions «\u00a0"}, "word": {word, "Seulement les phrases des contributions «\u00a0"}} {
		if _, main, _ := strings.Cut(x.page.Body, `<h2 id="qui"`); strings.Contains(main[:strings.Index(main, "</section>")], "Petitbourg") {
			t.Errorf("%s: a town of two élus is named", name)
		}
		links := said.FindAllStringSubmatch(x.page.Body, -1)
		if len(links) < 2 {
			t.Errorf("%s: only %d counts lead anywhere", name, len(links))
		}
		for _, m := range links {
			// Every contribution is of one sentence, and says the word once.
			places := staff.get(html.UnescapeString(m[1])).want(t, 200, x.says)
			if n := strings.Count(places.Body, `<a href="/contributions/`); fmt.Sprint(n) != m[2] {
				t.Errorf("%s: %s leads to %d contributions, not to %s", name, m[1], n, m[2])
			}
		}
	}
	for _, rare := range []string{"Petitbourg", "autres+valeurs+%28moins+de+cinq%29", ""} {
		for _, at := range []string{theme + "?", "/atelier/mots?q=tablettes&"} {
			places := staff.get(at+"variable=commune&valeur="+rare).want(t, 200, "Aucune.")
			if strings.Contains(places.Body, `<a href="/contributions/`) {
				t.Errorf("%q: who is one of few is led to from %s", rare, at)
			}
		}
	}
	if elue := s.as(s.zoe).get("/themes/"+r.Themes[0].ID+"?variable=commune&valeur=Clairval").want(t, 200); strings.Contains(elue.Body, "Seulement celles") || strings.Contains(elue.Body, "variable=") {
		t.Error("an élue's page of a theme is the workshop's")
	}
}
