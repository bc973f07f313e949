package web

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

// TestPreviewPages looks at what a merge and a split would give, without a script,
// and decides only then.
func TestPreviewPages(t *testing.T) {
	s := newSite(t, withAnalysis)
	s.speak(20)
	s.analyse()
	staff := s.as(s.staff)
	report := func() *analysis.Report {
		r, err := s.server.Desk.Report(t.Context(), s.edition)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	a, b := report().Themes[0], report().Themes[1]
	head := s.ledger.Head()
	merge := "/atelier/themes/" + a.ID + "/reunir?avec=" + b.ID
	page := staff.get(merge).want(t, 200, "Réunir deux thèmes", "Rien n’est encore décidé", "40 phrases · 40 contributions", "20 phrases · 20 contributions", "Voir l’inverse")
	if strings.Count(page.Body, "χ²") < 3 || strings.Count(page.Body, `<figure class="verbatim">`) != 9 {
		t.Error("a preview says neither the words nor the sentences of its themes")
	}
	staff.get("/atelier/themes/"+b.ID+"/reunir?avec="+a.ID).want(t, 200)
	staff.get("/atelier/themes/"+a.ID+"/reunir?avec="+a.ID).want(t, 422, "deux thèmes différents")
	staff.get("/atelier/themes/"+a.ID+"/reunir?avec=ailleurs").want(t, 404)
	staff.get("/atelier/themes/"+a.ID+"/diviser?sous-theme=99").want(t, 404)

	back := "/atelier/themes/" + a.ID
	staff.post("/atelier/diviser", url.Values{"retour": {back}}).want(t, 422, "Choisissez une phrase au moins")
	form := url.Values{"retour": {back}}
	for _, x := range report().Segments {
		if x.Theme == a.ID && len(form["segment"]) < 7 {
			form.Add("segment", x.ID)
		}
	}
	page = staff.post("/atelier/diviser", form).want(t, 200, "Un thème à part pour 7 phrases", "13 phrases")
	if s.ledger.Head() != head {
		t.Fatal("a preview decided something")
	}
	if page.field(t, "nom") == "" {
		t.Error("no name is proposed")
	}
	confirm := url.Values{"acte": {"confirmer"}, "cle": {page.field(t, "cle")}, "segments": {page.field(t, "segments")}, "retour": {page.field(t, "retour")}, "nom": {b.Label}}
	page = staff.post("/atelier/diviser", confirm).want(t, 422, "Un autre thème s’appelle déjà", "Un thème à part pour 7 phrases")
	if page.field(t, "nom") != b.Label {
		t.Error("the name that was typed is lost")
	}
	if page.field(t, "reste") != a.ID || page.field(t, "nom-reste") == "" || page.field(t, "nom-reste") != page.field(t, "propose-reste") {
		t.Error("no name is proposed for what is left")
	}
	for _, name := range []string{"reste", "propose-reste", "nom-reste"} {
		confirm.Set(name, page.field(t, name))
	}
	confirm.Set("nom-reste", "Les autres")
	confirm.Set("nom", "Les sept premières")
	confirm.Set("segments", page.field(t, "segments"))
	made := staff.post("/atelier/diviser", confirm)
	if made.Status != 303 || !strings.HasPrefix(made.To, "/atelier/themes/") {
		t.Fatalf("status %d to %s", made.Status, made.To)
	}
	staff.get(made.To).want(t, 200, "Les sept premières", "7 phrases")
	staff.get("/atelier/themes/"+a.ID).want(t, 200, "Les autres", "13 phrases")
	confirm.Set("nom", "Les trois suivantes")
	confirm.Set("cle", "encore")
	confirm.Set("segments", strings.Join(form["segment"][:3], " "))
	head = s.ledger.Head()
	for _, name := range []string{b.Label, "Les trois suivantes", ""} { // another's, the new theme's, none
		confirm.Set("nom-reste", name)
		refused := staff.post("/atelier/diviser", confirm).want(t, 422, "Un thème à part pour 3 phrases")
		if refused.field(t, "nom") != "Les trois suivantes" || name != "" && refused.field(t, "nom-reste") != name {
			t.Errorf("%q: what was typed is lost", name)
		}
	}
	if s.ledger.Head() != head {
		t.Fatal("what was refused is half done")
	}
	confirm.Set("nom-reste", "Encore les autres")
	staff.post("/atelier/diviser", confirm).want(t, 303)
	staff.post("/atelier/themes/"+a.ID, url.Values{"acte": {"renommer"}, "nom": {"Les treize"}, "cle": {"nom"}}).goes(t, "/atelier/themes/"+a.ID+"?fait=theme")
	if len(report().Themes) != 4 {
		t.Errorf("%d themes", len(report().Themes))
	}
	staff.post("/atelier/themes/"+a.ID, url.Values{"acte": {"fusionner"}, "avec": {b.ID}, "cle": {"k"}}).goes(t, "/atelier/themes/"+b.ID+"?fait=theme")
	staff.get(merge).want(t, 410, "a été réuni à")
	s.as(s.zoe).get("/atelier/themes/"+b.ID+"/reunir?avec="+a.ID).want(t, 403)
	s.as(s.zoe).get("/atelier/themes/"+b.ID+"/diviser?sous-theme=1").want(t, 403)
	s.as(s.zoe).post("/atelier/diviser", confirm).want(t, 403)
}

// TestPartByItself makes a theme of one of the parts that the analysis found in
// another.
func TestPartByItself(t *testing.T) {
	s := newSite(t, withAnalysis)
	subjects := [][]string{
		strings.Fields("numérique guichet médiation démarches formulaires préfecture impôts mairie papiers accueil rendez-vous dossiers"),
		strings.Fields("numérique jeunes réseaux images écrans harcèlement adolescents collège téléphones photographies rumeurs parents"),
		strings.Fields("cantine potager repas légumes cuisinières producteurs éleveurs menus fruits maraîchers boulangers récoltes"),
	}
	s.do(s.zoe, func(tx *ledger.Tx) error {
		for i := range 30 {
			for _, words := range subjects {
				text := "Chez nous on parle de " + words[0]
				for n := range 5 {
					text += ", de " + words[1+(i*(n+1)+n)%(len(words)-1)]
				}
				if _, err := consult.Submit(tx, s.edition, s.axis, text+"."); err != nil {
					return err
				}
			}
		}
		return nil
	})
	s.analyse()
	r, err := s.server.Desk.Report(t.Context(), s.edition)
	if err != nil {
		t.Fatal(err)
	}
	staff := s.as(s.staff)
	for _, x := range r.Themes {
		if len(x.Subthemes) == 0 {
			continue
		}
		part := x.Subthemes[0]
		to := "/atelier/themes/" + x.ID + "/diviser?sous-theme=1"
		if page := staff.get("/atelier/themes/"+x.ID).want(t, 200, "De quoi il est fait", part.Label); !strings.Contains(page.Body, to) {
			t.Error("no link leads to the preview of a part")
		}
		page := staff.get(to).want(t, 200, fmt.Sprintf("Un thème à part pour %d phrases", part.Segments))
		if page.field(t, "nom") != part.Label {
			t.Errorf("the name proposed is %q, want %q", page.field(t, "nom"), part.Label)
		}
		if page.field(t, "propose") != part.Label || strings.Count(page.Body, "<h3>"+part.Label+"</h3>") != 1 {
			t.Errorf("another name is announced than %q", part.Label)
		}
		form := url.Values{"acte": {"confirmer"}, "cle": {page.field(t, "cle")}, "segments": {page.field(t, "segments")}, "retour": {page.field(t, "retour")},
			"propose": {page.field(t, "propose")}, "nom": {" "}}
		staff.post("/atelier/diviser", form).want(t, 422, "Donnez un nom au thème")
		form.Set("nom", part.Label)
		made := staff.post("/atelier/diviser", form)
		if page := staff.get(made.To).want(t, 200, part.Label); strings.Contains(page.Body, "Nom donné par une personne") {
			t.Error("a name that nobody gave is said to be a person's")
		}
		return
	}
	t.Fatal("no theme has parts")
}
