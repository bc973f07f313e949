package web

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
)

// TestWorkshopAxes gives axes by the form alone, before the first analysis, and
// finds on the pages what each of them drew.
func TestWorkshopAxes(t *testing.T) {
	s := newSite(t, withAnalysis)
	s.speak(20)
	staff := s.as(s.staff)
	staff.get("/atelier").want(t, 200, "Vous attendez certains thèmes")
	page := staff.get("/atelier/axes").want(t, 200, "Aucun axe pour l’instant")
	give := func(axis, name, seeds string) answer {
		return staff.post("/atelier/axes", url.Values{"acte": {"donner"}, "axe": {axis}, "nom": {name}, "amorces": {seeds}, "cle": {page.field(t, "cle")}})
	}
	// What is wrong comes back with what was typed.
	refused := give("", strings.Repeat("n", desk.MaxLabel+1), "<guichet>\r\nmédiation").want(t, 422, "un nom de 80 caractères au plus")
	if !strings.Contains(refused.Body, "&lt;guichet&gt;\r\nmédiation</textarea>") {
		t.Error("the seeds that were typed are lost")
	}
	page = refused
	give("", "Aider au guichet", "guichet\r\n\r\n  médiation   numérique \r\nguichet").goes(t, "/atelier/axes?fait=axe")
	page = staff.get("/atelier/axes").want(t, 200, "Il guidera la première analyse.", "médiation numérique")
	give("", "Licornes", "licorne").goes(t, "/atelier/axes?fait=axe")
	staff.get("/atelier").want(t, 200, "2 axes guident l’analyse", "L’axe « Aider au guichet » guide les analyses, avec 2 amorces.")

	if got := staff.post("/atelier/analyses", url.Values{"themes": {"2"}}).want(t, 422); !strings.Contains(got.words(), "demandez au moins 3 thèmes") {
		t.Errorf("two themes for two axes: %s", got.words())
	}
	staff.post("/atelier/axes", url.Values{"acte": {"retirer"}, "axe": {s.server.Desk.Axes(s.edition)[1].ID}}).goes(t, "/atelier/axes?fait=axe")
	s.analyse()
	staff.get("/atelier/axes").want(t, 200, "A attiré Aider au guichet", "20 contributions")
	theme := regexp.MustCompile(`A attiré <a href="(/atelier/themes/[^"]+)"`).FindStringSubmatch(staff.get("/atelier/axes").Body)[1]
	staff.get(theme).want(t, 200, "Thème guidé", "l’axe « Aider au guichet », et ce qui ressemble à « guichet », « médiation numérique »")
	s.as(s.zoe).get(strings.TrimPrefix(theme, "/atelier")).want(t, 200, "Thème guidé")
	staff.get("/atelier").want(t, 200, "attiré par l’axe « Aider au guichet »")

	axis := s.server.Desk.Axes(s.edition)[0].ID
	page = staff.get("/atelier/axes?axe="+axis).want(t, 200, "Modifier cet axe")
	if !strings.Contains(page.Body, "guichet\nmédiation numérique</textarea>") || page.field(t, "nom") != "Aider au guichet" {
		t.Error("the form has not the axis that is to be changed")
	}
	give(axis, "Le guichet", "guichet").goes(t, "/atelier/axes?fait=axe")
	staff.get("/atelier/axes").want(t, 200, "Il guidera la prochaine analyse.")
	workshop := staff.get("/atelier").want(t, 200, "Le guichet (à la prochaine)", "L’axe « Licornes » ne guide plus les analyses.")
	seq := regexp.MustCompile(`name="seq" value="(\d+)"`).FindAllStringSubmatch(workshop.Body, -1)
	staff.post("/atelier/annuler", url.Values{"seq": {seq[0][1]}}).goes(t, "/atelier?fait=annule")
	staff.get("/atelier/axes").want(t, 200, "A attiré Aider au guichet")

	staff.get("/atelier/axes?axe=ailleurs").want(t, 404)
	staff.post("/atelier/axes", url.Values{"acte": {"autre"}}).want(t, 404)
	s.as(s.zoe).get("/atelier/axes").want(t, 403)
	s.as(s.zoe).post("/atelier/axes", url.Values{"acte": {"donner"}, "nom": {"À moi"}}).want(t, 403)
}

// TestWorkshopAxesAsked gives the edition's own questions by one button, once.
func TestWorkshopAxesAsked(t *testing.T) {
	s := newSite(t, withAnalysis)
	staff := s.as(s.staff)
	var title string
	s.view(func(st *consult.State) { title = st.Edition(s.edition).Axes[0].Title })
	const offer = "Partir des questions de l’édition"
	staff.get("/atelier/axes").want(t, 200, offer, title)
	s.as(s.zoe).post("/atelier/axes", url.Values{"acte": {"edition"}, "cle": {"q"}}).want(t, 403)
	for range 2 {
		staff.post("/atelier/axes", url.Values{"acte": {"edition"}, "cle": {"q"}}).goes(t, "/atelier/axes?fait=axe")
	}
	axes := s.server.Desk.Axes(s.edition)
	if len(axes) == 0 || axes[0].Name != title || axes[0].Seeds[0] != title {
		t.Errorf("axes %+v", axes)
	}
	for i, a := range axes {
		if slices.ContainsFunc(axes[:i], func(b desk.Axis) bool { return a.Name == b.Name }) {
			t.Errorf("axis %q twice", a.Name)
		}
	}
	if page := staff.get("/atelier/axes").want(t, 200, title); strings.Contains(page.Body, offer) {
		t.Error("what is given already is offered")
	}
}
