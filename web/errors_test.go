package web

import (
	"context"
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/corpora"
)

// from sends a form as a browser does from the page at an address.
func (c *client) from(page, path string, form url.Values) answer {
	c.s.t.Helper()
	r, err := http.NewRequestWithContext(c.s.t.Context(), http.MethodPost, c.s.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		c.s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Referer", page)
	return c.do(r)
}

// TestRefusalsOnTheirForm shows what a person must correct on the page that the
// form is on, with what was typed, ticked and chosen.
func TestRefusalsOnTheirForm(t *testing.T) {
	s := newSite(t, withAnalysis)
	s.speak(20)
	s.analyse()
	r, err := s.server.Desk.Report(t.Context(), s.edition)
	if err != nil {
		t.Fatal(err)
	}
	staff, a, b := s.as(s.staff), r.Themes[0], r.Themes[1]
	here, head := "/atelier/themes/"+a.ID, s.ledger.Head()
	for _, tc := range []struct{ name, typed, say string }{
		{"spaces", "   ", "80 caractères"},
		{"too long", strings.Repeat("é", 81), "80 caractères"},
		{"used", b.Label, "Un autre thème s’appelle déjà"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			page := staff.post(here, url.Values{"acte": {"renommer"}, "nom": {tc.typed}, "cle": {tc.name}}).want(t, 422, tc.say, "Nom du thème", a.Label)
			if got := page.field(t, "nom"); got != tc.typed {
				t.Errorf("the name typed comes back as %q", got)
			}
		})
	}
	tick := func(id string) string { return `name="segment" value="` + html.EscapeString(id) + `" checked` }
	page := staff.get(here).want(t, 200)
	form := url.Values{"retour": {page.field(t, "retour")}, "cle": {"d"}, "theme": {b.ID}}
	page = staff.post("/atelier/segments", form).want(t, 422, "Cochez une phrase au moins", a.Label)
	if !strings.Contains(page.Body, `value="`+b.ID+`" selected`) {
		t.Error("where to move is lost")
	}
	staff.post("/atelier/diviser", form).want(t, 422, "Choisissez une phrase au moins", "Nom du thème")
	segment := a.Verbatims[0].Segment
	form.Set("segment", segment)
	form.Del("theme")
	page = staff.post("/atelier/segments", form).want(t, 422, "Choisissez dans la liste le thème")
	if !strings.Contains(page.Body, tick(segment)) || strings.Count(page.Body, " checked") != 1 {
		t.Error("what was ticked is lost")
	}
	for _, n := range []string{"0", "9999", "deux"} {
		page := staff.post("/atelier/analyses", url.Values{"themes": {n}}).want(t, 422, "de 2 à 60", "Lancer l’analyse")
		if got := page.field(t, "themes"); got != n {
			t.Errorf("%q comes back as %q", n, got)
		}
	}
	if s.ledger.Head() != head {
		t.Error("what was refused was kept")
	}
	s.as(s.zoe).post("/atelier/analyses", url.Values{"themes": {"0"}}).want(t, 403)
	s.as(s.zoe).post("/atelier/segments", form).want(t, 403)
}

// TestMergedTheme leads from a theme that a colleague merged to the one that
// holds it now.
func TestMergedTheme(t *testing.T) {
	s := newSite(t, withAnalysis)
	s.speak(20)
	s.analyse()
	r, err := s.server.Desk.Report(t.Context(), s.edition)
	if err != nil {
		t.Fatal(err)
	}
	staff, a, b := s.as(s.staff), r.Themes[0], r.Themes[1]
	old := "/atelier/themes/" + a.ID
	staff.post(old, url.Values{"acte": {"fusionner"}, "avec": {b.ID}, "cle": {"m"}}).goes(t, "/atelier/themes/"+b.ID+"?fait=theme")
	if r, err = s.server.Desk.Report(t.Context(), s.edition); err != nil {
		t.Fatal(err)
	}
	b = r.Themes[0]
	for _, page := range []answer{
		staff.get(old),
		staff.post(old, url.Values{"acte": {"renommer"}, "nom": {"Le guichet"}, "cle": {"r"}}),
		staff.post(old, url.Values{"acte": {"figer"}, "cle": {"f"}}),
		staff.get(old + "/reunir?avec=" + b.ID),
	} {
		page.want(t, 410, "a été réuni à « "+b.Label+" »")
		if !strings.Contains(page.Body, `href="/atelier/themes/`+b.ID+`"`) {
			t.Error("no link to the theme that holds it")
		}
	}
	page := s.as(s.zoe).get("/themes/"+a.ID).want(t, 410, "a été réuni à")
	if !strings.Contains(page.Body, `href="/themes/`+b.ID+`"`) {
		t.Error("no link to the theme that holds it")
	}
	s.as(s.zoe).get("/themes/ailleurs").want(t, 404, "Page introuvable")
}

// slowEngine analyses until it is stopped.
type slowEngine struct{ noEngine }

func (slowEngine) Run(ctx context.Context, _ corpora.Corpus, _ analysis.Settings) (*analysis.Report, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

// TestRunAlreadyGoing says so on the workshop's page, where the run can be
// stopped.
func TestRunAlreadyGoing(t *testing.T) {
	s := newSite(t, func(c *Config, s *site) {
		c.Desk = desk.New(desk.Config{Ledger: s.ledger, Blobs: s.store, Engine: slowEngine{}})
		s.t.Cleanup(c.Desk.Close)
	})
	s.speak(1)
	staff := s.as(s.staff)
	if a := staff.post("/atelier/analyses", nil); a.Status != http.StatusSeeOther {
		t.Fatalf("status %d", a.Status)
	}
	staff.post("/atelier/analyses", nil).want(t, 409, "Une analyse est déjà en cours", "Analyse en cours", "Arrêter")
}

// TestWaysOn gives a title that fits, and leads back to the page that the form
// was on, never to another site.
func TestWaysOn(t *testing.T) {
	s := newSite(t)
	staff := s.as(s.staff)
	id := s.motion(s.staff)
	form := url.Values{"cle": {"k"}, "nom": {"Pour <demain>"}}
	page := staff.from(s.url+"/motion/"+id+"?version=0&fait=nom", "/motion/"+id+"/publier", form).want(t, 422, "À corriger", "La motion est vide")
	if want := `href="/motion/` + id + `?version=0"`; !strings.Contains(page.Body, want) || strings.Contains(page.Body, "Un imprévu") {
		t.Errorf("no %s in %s", want, page.Body)
	}
	for _, from := range []string{"", "https://ailleurs.example//mal", "::"} {
		page := staff.from(from, "/motion/"+id+"/publier", form).want(t, 422, "Revenir à l’accueil")
		if strings.Contains(page.Body, "page précédente") {
			t.Errorf("leads back to %q", from)
		}
	}
	for status, title := range map[int]string{404: "Page introuvable", 409: "Ce n’est pas possible", 410: "Ce n’est plus là", 422: "À corriger", 503: "Pas maintenant", 500: "Un imprévu"} {
		if got := heading(consult.ErrNotFound, status); got != title {
			t.Errorf("status %d is titled %q", status, got)
		}
	}
}
