package web

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// withAnalysis makes the site's desk analyse for good.
func withAnalysis(c *Config, s *site) {
	d := desk.New(desk.Config{Ledger: s.ledger, Blobs: s.store})
	s.t.Cleanup(d.Close)
	c.Desk = d
}

// analyse runs an analysis to its end.
func (s *site) analyse() {
	s.t.Helper()
	events, cancel := s.server.Desk.Watch()
	defer cancel()
	if _, err := s.server.Desk.Start(s.t.Context(), s.staff, s.edition, analysis.Settings{Themes: 2}); err != nil {
		s.t.Fatal(err)
	}
	for e := range events {
		if e.Finished {
			if e.Err != nil {
				s.t.Fatal(e.Err)
			}
			return
		}
	}
}

// speak has an élu write n sentences on each of two subjects.
func (s *site) speak(n int) {
	s.t.Helper()
	s.do(s.zoe, func(tx *ledger.Tx) error {
		for i := range n {
			for _, text := range []string{
				fmt.Sprintf("La médiation numérique au guichet aide les habitants dans leurs démarches en ligne, rue %d.", i),
				fmt.Sprintf("Les écoles du village partagent des tablettes et un ordinateur par classe, classe %d.", i),
			} {
				if _, err := consult.Submit(tx, s.edition, s.axis, text); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// TestThemesWithoutAuthors counts contributions where nobody is known, and says so.
func TestThemesWithoutAuthors(t *testing.T) {
	s := newSite(t, withAnalysis)
	s.do(s.staff, func(tx *ledger.Tx) error {
		var rows []consult.Imported
		for i := range 20 {
			rows = append(rows, consult.Imported{External: fmt.Sprint("a", i), Text: fmt.Sprintf("La médiation numérique au guichet aide les habitants, rue %d.", i)},
				consult.Imported{External: fmt.Sprint("b", i), Text: fmt.Sprintf("Les écoles du village partagent des tablettes, classe %d.", i)})
		}
		_, err := consult.Import(tx, s.edition, "essai", rows)
		return err
	})
	s.analyse()
	page := s.as(s.staff).get("/themes").want(t, 200, "40 contributions lues, sans que leurs auteurs et autrices soient connus. Les thèmes sont classés par le nombre de contributions qui en parlent.")
	for _, unknown := range []string{"0 élu", "0 commune"} {
		for _, address := range []string{"/themes", "/atelier", "/themes/" + s.server.Desk.Runs(s.edition)[0].Themes[0]} {
			if page = s.as(s.staff).get(address).want(t, 200); strings.Contains(page.words(), unknown) {
				t.Errorf("%s says %q", address, unknown)
			}
		}
	}
	s.speak(20)
	s.analyse()
	s.as(s.staff).get("/themes").want(t, 200, "de 1 élu·e et 1 commune. Les thèmes sont classés par le nombre d’élu·es")
}

// TestThemePages turns through a theme's sentences, a bounded number at a
// time, and moves those that are ticked by one form.
func TestThemePages(t *testing.T) {
	s := newSite(t, withAnalysis)
	s.speak(150)
	s.analyse()
	staff := s.as(s.staff)
	theme := regexp.MustCompile(`/atelier/themes/([a-z0-9]{10,})`).FindStringSubmatch(staff.get("/atelier").want(t, 200).Body)[1]
	here := "/atelier/themes/" + theme
	staff.get(here).want(t, 200, "Pour un mot que peu de phrases emploient, il n'est qu'un indice")
	tick := regexp.MustCompile(`type="checkbox"[^>]* name="segment" value="([^"]*)"`)
	seen := map[string]bool{}
	pages := 0
	for next := here; next != ""; pages++ {
		page := staff.get(next).want(t, 200)
		if n := strings.Count(page.Body, "<option"); n > 10 {
			t.Errorf("%s lists themes %d times, for two", next, n)
		}
		ticks := tick.FindAllStringSubmatch(page.Body, -1)
		if len(ticks) > sentencesPage+30 || len(page.Body) > 120_000 {
			t.Errorf("%s shows %d sentences in %d bytes", next, len(ticks), len(page.Body))
		}
		for _, m := range ticks {
			if seen[m[1]] {
				t.Errorf("%s shows %s again", next, m[1])
			}
			seen[m[1]] = true
		}
		if next = ""; strings.Contains(page.Body, `rel="next"`) {
			next = regexp.MustCompile(`rel="next" href="([^"]*)"`).FindStringSubmatch(page.Body)[1]
		}
	}
	r, err := s.server.Desk.Report(t.Context(), s.edition)
	if err != nil {
		t.Fatal(err)
	}
	var other string
	for _, x := range r.Themes {
		if x.ID == theme && (x.Segments != len(seen) || pages < 3) {
			t.Errorf("%d pages show %d sentences, want %d on three pages or more", pages, len(seen), x.Segments)
		}
		if x.ID != theme {
			other = x.ID
		}
	}
	page := staff.get(here+"?page=1").want(t, 200, "51 à 100 sur")
	form := url.Values{"retour": {page.field(t, "retour")}, "cle": {page.field(t, "cle")}, "theme": {other}}
	staff.post("/atelier/segments", form).want(t, 422, "Cochez une phrase au moins")
	for _, m := range tick.FindAllStringSubmatch(page.Body, 3) {
		form.Add("segment", m[1])
	}
	staff.post("/atelier/segments", form).goes(t, here+"?fait=theme&page=1")
	staff.get("/atelier").want(t, 200, "3 phrases ont rejoint")
	staff.get("/atelier/themes/"+theme+"?page=9999").want(t, 200)
	staff.get("/atelier/themes/"+theme+"?page=-1").want(t, 200)
	s.as(s.zoe).get("/themes/"+theme+"?page=1").want(t, 200, "51 à 100 sur")
	s.as(s.zoe).get("/themes/sans-theme").want(t, 200)
}

// TestRunsThatCameToNothing says so on the page, without a script too.
func TestRunsThatCameToNothing(t *testing.T) {
	s := newSite(t)
	s.speak(1)
	events, cancel := s.server.Desk.Watch()
	defer cancel()
	staff := s.as(s.staff)
	to := staff.post("/atelier/analyses", nil)
	if to.Status != 303 || !strings.HasPrefix(to.To, "/atelier?analyse=") {
		t.Fatalf("status %d to %s", to.Status, to.To)
	}
	for e := range events {
		if e.Finished {
			break
		}
	}
	staff.get(to.To).want(t, 200, "Il n’y a encore aucune contribution à analyser", "Faire la première analyse")
	const interrupted = "interrompue par un arrêt du serveur"
	if page := staff.get("/atelier?analyse=" + store.NewID()).Body; strings.Contains(page, interrupted) {
		t.Error("a run that may go on at another node is said to be interrupted")
	}
	one := newSite(t, alone)
	one.as(one.staff).get("/atelier?analyse="+store.NewID()).want(t, 200, interrupted)
}

// TestFigures draws the themes as people left them, each a link, with the same in
// words beside.
func TestFigures(t *testing.T) {
	s := newSite(t, withAnalysis)
	s.speak(20)
	s.analyse()
	staff := s.as(s.staff)
	r, err := s.server.Desk.Report(t.Context(), s.edition)
	if err != nil {
		t.Fatal(err)
	}
	to := "/atelier/themes/" + r.Themes[0].ID
	staff.post(to, url.Values{"acte": {"renommer"}, "nom": {"Le <guichet>"}, "cle": {"nom"}}).goes(t, to+"?fait=theme")
	page := staff.get("/atelier").want(t, 200, "La carte des thèmes", "La carte en tableau", "Le plan en liste")
	drawn := regexp.MustCompile(`(?s)<svg class="chart.*?</svg>`).FindAllString(page.Body, -1)
	if len(drawn) != 4 {
		t.Fatalf("%d figures, want a map and an outline, small and large", len(drawn))
	}
	for i, svg := range drawn {
		for _, x := range r.Themes {
			if !strings.Contains(svg, `<a href="/atelier/themes/`+x.ID+`" tabindex="-1">`) {
				t.Errorf("figure %d does not lead to %s", i, x.ID)
			}
		}
		if i != 0 && !strings.Contains(svg, "Le &lt;guichet&gt;") || strings.Contains(svg, "<guichet>") {
			t.Errorf("figure %d has not the name that staff gave: %s", i, svg)
		}
	}
	for _, x := range r.Themes { // the list, the table and the outline in words
		if n := strings.Count(page.Body, `<a href="/atelier/themes/`+x.ID+`">`); n < 3 {
			t.Errorf("%d links to %s that the keyboard reaches", n, x.ID)
		}
	}
}

// TestThemesLive tells staff's pages, and no other, that themes have changed.
func TestThemesLive(t *testing.T) {
	s := newSite(t, withAnalysis)
	s.speak(20)
	s.analyse()
	staff, zoe := s.as(s.staff).watch(), s.as(s.zoe).watch()
	theme := s.server.Desk.Runs(s.edition)[0].Themes[0]
	if err := s.server.Desk.Rename(t.Context(), s.staff, s.edition, theme, "Renommé", "un"); err != nil {
		t.Fatal(err)
	}
	s.submit(s.karim, "Après la décision.") // which every page is told
	heard := func(conn *websocket.Conn) (kinds []string) {
		for len(kinds) == 0 || kinds[len(kinds)-1] != "contribution.submitted" {
			var f frameOut
			if err := conn.ReadJSON(&f); err != nil {
				t.Fatal(err)
			}
			if f.Kind != "presence" {
				kinds = append(kinds, f.Kind)
			}
		}
		return kinds
	}
	if got := strings.Join(heard(staff), " "); got != "themes.changed contribution.submitted" {
		t.Errorf("staff hear %q", got)
	}
	if got := strings.Join(heard(zoe), " "); got != "contribution.submitted" {
		t.Errorf("an élue hears %q", got)
	}
}
