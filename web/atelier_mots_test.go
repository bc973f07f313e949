package web

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

// TestWorkshopWords looks words up, as staff and as nobody else.
func TestWorkshopWords(t *testing.T) {
	s := newSite(t, withAnalysis)
	s.speak(60)
	s.analyse()
	staff := s.as(s.staff)
	staff.get("/atelier").want(t, 200, "Chercher un mot")
	first := staff.get("/atelier/mots")
	first.want(t, 200, "Les mots les plus fréquents", "hapax")
	for _, who := range []string{s.zoe, ""} {
		if a := s.as(who).get("/atelier/mots?q=x"); a.Status != 403 && a.Status != 303 {
			t.Errorf("%q: status %d", who, a.Status)
		}
	}
	_, rest, _ := strings.Cut(first.Body, `href="/atelier/mots?q=`)
	word, _, _ := strings.Cut(rest, `"`)
	page := staff.get("/atelier/mots?q=" + word)
	page.want(t, 200, "Dans chaque thème", "Spécificité", "Les phrases", "Toutes les formes\u00a0: ", "deux fois au moins")
	for _, exact := range []string{"q=" + word + "&exact=1", "q=%22" + word + "%22", "q=" + url.QueryEscape("«\u00a0") + word + url.QueryEscape("\u00a0»")} {
		page := staff.get("/atelier/mots?"+exact).want(t, 200, "Seulement la forme «\u00a0")
		if !strings.Contains(page.Body, `name="exact" value="1" checked`) || !strings.Contains(page.Body, `<a href="/atelier/mots?q=`+word+`">Toutes les formes</a>`) {
			t.Errorf("%s: the page does not lead to the word's other forms", exact)
		}
	}
	staff.get("/atelier/mots?exact=1&q=zzzz").want(t, 200, "Aucune phrase ne contient exactement «\u00a0zzzz\u00a0»")
	if !strings.Contains(page.Body, `<td><a href="/contributions/`) {
		t.Error("no place leads to its contribution")
	}
	for _, odd := range []string{"q=zzzz", "q=" + url.QueryEscape(strings.Repeat("é", 5000)), "q=%ff", "q=" + url.QueryEscape(`<script>"`), "q=" + word + "&tri=avant&page=99999", "q=" + word + "&tri=x&page=-3"} {
		if a := staff.get("/atelier/mots?" + odd); a.Status != 200 || strings.Contains(a.Body, "<script>\"") {
			t.Errorf("%.40s: status %d", odd, a.Status)
		}
	}
}

// TestWorkshopCounts follows the counts of a theme's words, and of a word's
// neighbours, to what they count.
func TestWorkshopCounts(t *testing.T) {
	s := newSite(t, withAnalysis)
	s.speak(60)
	s.analyse()
	staff := s.as(s.staff)
	r, err := s.server.Desk.Report(t.Context(), s.edition)
	if err != nil {
		t.Fatal(err)
	}
	followed := 0
	follow := func(page answer, counts *regexp.Regexp, says string) {
		t.Helper()
		for _, m := range counts.FindAllStringSubmatch(page.Body, -1) {
			places := staff.get(html.UnescapeString(m[1])).want(t, 200, says)
			if !strings.Contains(places.Body, " sur "+m[2]+".</p>") {
				t.Errorf("%s does not lead to %s places", m[1], m[2])
			}
			followed++
		}
	}
	theme := "/atelier/themes/" + r.Themes[0].ID
	follow(staff.get(theme), regexp.MustCompile(`<td><a href="(/atelier/mots[^"]*&amp;theme=[^"]*)#phrases">(\d+)</a>`), "du thème «\u00a0")
	if strings.Contains(s.as(s.zoe).get("/themes/"+r.Themes[0].ID).want(t, 200, "Autres phrases").Body, "/atelier/") {
		t.Error("an élue is led to the workshop")
	}
	words := staff.get("/atelier/mots?q=" + url.QueryEscape(r.Themes[0].Terms[0].Form))
	follow(words, regexp.MustCompile(`<a href="(/atelier/mots[^"]*avec=[^"]*)#phrases">(\d+)</a>`), "est à dix mots au plus")
	follow(words, regexp.MustCompile(`<td><a href="(/atelier/mots[^"]*theme=[^"]*)#phrases">(\d+)</a>`), "Toutes les phrases")
	if followed < 6 {
		t.Errorf("only %d counts lead anywhere", followed)
	}
}

// TestWorkshopCompare sets today's themes beside an earlier analysis.
func TestWorkshopCompare(t *testing.T) {
	s := newSite(t, withAnalysis)
	staff := s.as(s.staff)
	staff.get("/atelier/comparer").want(t, 200, "Aucune analyse n’a encore été faite")
	s.speak(30)
	s.analyse()
	run := s.server.Desk.Runs(s.edition)[0].ID
	staff.get("/atelier/comparer").want(t, 200, "60 contributions, 2 thèmes", "Choisissez ci-dessous l’analyse d’alors")
	staff.get("/atelier/comparer?avec="+run).want(t, 200, "60 phrases sont restées dans leur thème, sur 60", "Les deux lisent les mêmes phrases")
	staff.get("/atelier/comparer?avec=ailleurs").want(t, 404)
	s.as(s.zoe).get("/atelier/comparer").want(t, 403)
	r, err := s.server.Desk.Report(t.Context(), s.edition)
	if err != nil {
		t.Fatal(err)
	}
	moved := r.Themes[0].Verbatims[0].Segment
	staff.post("/atelier/segments", url.Values{"segment": {moved}, "theme": {r.Themes[1].ID}, "cle": {"s"}}).goes(t, "/atelier?fait=theme")
	page := staff.get("/atelier/comparer?avec="+run).want(t, 200, "59 phrases sont restées dans leur thème, sur 60")
	crossed := r.Themes[1].ID + "?alors=" + r.Themes[0].ID + "&amp;analyse=" + run
	if !strings.Contains(page.Body, crossed) {
		t.Errorf("a count does not lead to what it counts, at %s", crossed)
	}
	page = staff.get("/atelier/themes/"+html.UnescapeString(crossed)).want(t, 200, "Seulement celles qui étaient dans « "+r.Themes[0].Label+" » à cette analyse.", "1 phrase")
	if n := strings.Count(page.Body, `name="segment"`); n != 1 || !strings.Contains(page.Body, moved) {
		t.Errorf("%d sentences, want the one that was moved", n)
	}
	staff.get("/atelier/themes/"+r.Themes[1].ID+"?analyse="+run+"&alors=ailleurs").want(t, 404)
	staff.get("/atelier/themes/"+r.Themes[1].ID+"?analyse=ailleurs").want(t, 404)
	staff.post("/atelier/themes/"+r.Themes[0].ID, url.Values{"acte": {"fusionner"}, "avec": {r.Themes[1].ID}, "cle": {"m"}})
	staff.get("/atelier/comparer").want(t, 200, "60 contributions, 2 thèmes trouvés, 1 aujourd’hui, vos décisions comprises")
}

// TestWorkshopCompareEditions offers the analyses of the congress before.
func TestWorkshopCompareEditions(t *testing.T) {
	s := newSite(t, withAnalysis)
	staff := s.as(s.staff)
	s.speak(10)
	s.analyse()
	run := s.server.Desk.Runs(s.edition)[0].ID
	s.do(s.staff, func(tx *ledger.Tx) (err error) {
		s.edition, err = consult.OpenEdition(tx, consult.Edition{Title: "Congrès 2027", Axes: []consult.Axis{{Title: "Inclusion"}},
			Opens: s.now().Add(-time.Hour), Closes: s.now().Add(24 * time.Hour), Readers: consult.ReadElus, Names: consult.ByName})
		return err
	})
	s.view(func(st *consult.State) { s.axis = st.Edition(s.edition).Axes[0].ID })
	if page := staff.get("/atelier/comparer").want(t, 200, "Aucune analyse n’a encore été faite"); strings.Contains(page.Body, run) {
		t.Error("another edition is offered before there is anything to compare it with")
	}
	staff.get("/atelier/comparer?avec="+run).want(t, 404)
	s.speak(10)
	s.analyse()
	staff.get("/atelier/comparer").want(t, 200, "Les autres éditions", "Congrès 2026", "20 contributions, 2 thèmes")
	staff.get("/atelier/comparer?avec="+run).want(t, 200, "Comparer deux éditions", "à côté de ceux de l’édition « Congrès 2026 », tels que l’équipe les a laissés",
		"Aucun thème n’est tout à fait nouveau", "Chaque thème d’alors revient.", "Où iraient alors les phrases de chaque thème")
	s.as(s.zoe).get("/atelier/comparer?avec="+run).want(t, 403)
}

func TestFormsFound(t *testing.T) {
	var forms []analysis.Spelling
	for range shownForms + 1 {
		forms = append(forms, analysis.Spelling{Form: "école", Occurrences: 1200})
	}
	if got := formsFound(forms[:2]); got != "école (1\u202f200), école (1\u202f200)" {
		t.Errorf("%q", got)
	}
	if got := formsFound(forms); !strings.HasSuffix(got, ") et 1\u00a0autre") {
		t.Errorf("%q", got)
	}
	for text, want := range map[string]string{"«\u00a0école\u00a0»": "école", `"école"`: "école", "“école”": "école", "«": "", `"`: "", `a "b"`: ""} {
		if got, ok := unquoted(text); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q, %v", text, got, ok)
		}
	}
}

// TestWorkshopReturn goes back to an earlier analysis, and takes that back.
func TestWorkshopReturn(t *testing.T) {
	s := newSite(t, withAnalysis)
	staff := s.as(s.staff)
	s.speak(10)
	s.analyse()
	run := s.server.Desk.Runs(s.edition)[0].ID
	const act = "/atelier/analyses/retour"
	if page := staff.get("/atelier/comparer?avec="+run).want(t, 200); strings.Contains(page.Body, act) {
		t.Error("the newest analysis is one to return to")
	}
	before := outlineOf(t, s)
	s.speak(10)
	s.analyse()
	staff.get("/atelier/comparer?avec="+run).want(t, 200, "Revenir à cette analyse", "Ce qui a été écrit depuis (20\u00a0phrases) attendra la prochaine analyse", "Analyse 1, ", "Analyse 2, ")
	s.as(s.zoe).post(act, url.Values{"analyse": {run}}).want(t, 403)
	staff.post(act, url.Values{"analyse": {"ailleurs"}}).want(t, 404)
	staff.post(act, url.Values{"analyse": {run}, "cle": {"r"}}).goes(t, "/atelier?fait=revenu")
	if after := outlineOf(t, s); after != before {
		t.Errorf("got %s, want %s", after, before)
	}
	page := staff.get("/atelier?fait=revenu").want(t, 200, "de nouveau ce qu’ils étaient alors. Cela s’annule depuis l’ historique des décisions", "Retour à une analyse précédente, avec les décisions d’alors. Celle du ")
	if !strings.Contains(page.Body, `<a href="/atelier#decisions">`) {
		t.Error("no way to the history of decisions")
	}
	staff.get("/atelier/comparer").want(t, 200, "retour à l’analyse 1, ")
	_, seq, _ := strings.Cut(page.Body, `name="seq" value="`)
	seq, _, _ = strings.Cut(seq, `"`)
	staff.post("/atelier/annuler", url.Values{"seq": {seq}}).goes(t, "/atelier?fait=annule")
	if after := outlineOf(t, s); after == before {
		t.Error("the return is not undone")
	}
}

// outlineOf is the themes of a site, and how much each holds.
func outlineOf(t *testing.T, s *site) (out string) {
	t.Helper()
	r, err := s.server.Desk.Report(t.Context(), s.edition)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range r.Themes {
		out += fmt.Sprintln(x.ID, x.Label, x.Segments)
	}
	return out
}
