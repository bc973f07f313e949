package web

import (
	"net/url"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

// TestOpenMotionAgain: a form that is refused comes back with what it held, and
// opens nothing.
func TestOpenMotionAgain(t *testing.T) {
	s := newSite(t, withAnalysis)
	s.speak(30)
	s.analyse()
	nour := s.as(s.staff)
	page := nour.get("/motion").want(t, 200)
	_, rest, found := strings.Cut(page.Body, `name="theme" value="`)
	if !found {
		t.Fatal("no theme to choose")
	}
	theme, _, _ := strings.Cut(rest, `"`)
	chosen := `value="` + theme + `" checked`
	if strings.Contains(page.Body, " checked") {
		t.Error("a theme is chosen before anybody chose")
	}
	again := nour.post("/motion", url.Values{"titre": {"Pour l’eau"}, "cle": {"un"}}).want(t, 422, "Choisissez au moins un thème")
	if !strings.Contains(again.Body, `value="Pour l’eau"`) || strings.Contains(again.Body, " checked") || !strings.Contains(again.Body, `<fieldset aria-describedby="faute">`) {
		t.Errorf("got %s", again.Body)
	}
	again = nour.post("/motion", url.Values{"titre": {""}, "theme": {theme}, "cle": {"un"}}).want(t, 422, "Donnez à la motion un titre")
	if !strings.Contains(again.Body, chosen) || !strings.Contains(again.Body, `aria-invalid="true"`) {
		t.Errorf("what was chosen is lost: %s", again.Body)
	}
	again = nour.post("/motion", url.Values{"titre": {"Pour l’eau"}, "theme": {theme, "perdu"}, "cle": {"un"}}).want(t, 422, "n’existe plus")
	if !strings.Contains(again.Body, chosen) {
		t.Errorf("what was chosen is lost: %s", again.Body)
	}
	s.ledger.View(func(w ledger.View) {
		if n := len(ledger.Of[*motion.State](w).Motions(s.edition)); n != 0 {
			t.Errorf("%d motions were opened", n)
		}
	})
	// The key of the refused form still serves.
	sent := nour.post("/motion", url.Values{"titre": {"Pour l’eau"}, "theme": {theme}, "cle": {"un"}})
	if sent.Status != 303 {
		t.Fatalf("status %d", sent.Status)
	}
	id, _, _ := strings.Cut(strings.TrimPrefix(sent.To, "/motion/"), "/")
	for _, page := range []string{"/rediger", "/versions", "/commentaires", "/projection"} {
		title, _, _ := strings.Cut(nour.get("/motion/"+id+page).want(t, 200).Body, "</title>")
		if !strings.Contains(title, "Pour l’eau") {
			t.Errorf("%s does not name the motion: %s", page, title)
		}
	}
}

// TestOpenMotionInterrupted: where the first text was not written, sending the form
// again writes it, and never over another.
func TestOpenMotionInterrupted(t *testing.T) {
	s := newSite(t, withAnalysis)
	s.speak(30)
	s.analyse()
	nour := s.as(s.staff)
	_, rest, _ := strings.Cut(nour.get("/motion").want(t, 200).Body, `name="theme" value="`)
	theme, _, _ := strings.Cut(rest, `"`)
	out, err := s.ledger.Do(t.Context(), ledger.Command{Actor: s.staff, Key: "un", Decide: func(tx *ledger.Tx) error {
		_, err := motion.Open(tx, s.edition, "Pour l’eau", []string{theme})
		return err
	}})
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"titre": {"Pour l’eau"}, "theme": {theme}, "cle": {"un"}}
	nour.post("/motion", form).goes(t, "/motion/"+out.Subject+"/rediger")
	if text := s.text(out.Subject); !strings.HasPrefix(text, "Pour l’eau") || !strings.Contains(text, "Considérant") {
		t.Errorf("the first text is %q", text)
	}
	s.edit(s.staff, out.Subject, func(text *ydoc.Text) { text.Delete(0, 5) })
	want := s.text(out.Subject)
	nour.post("/motion", form).goes(t, "/motion/"+out.Subject+"/rediger")
	if got := s.text(out.Subject); got != want || len(s.motionState(out.Subject).Copies) != 1 {
		t.Errorf("sent again: %q, %d copies; want %q and 1", got, len(s.motionState(out.Subject).Copies), want)
	}
}

// TestPresenceCountsPeople: who has two pages open is one person, and a visitor's
// pages are nobody's.
func TestPresenceCountsPeople(t *testing.T) {
	s := newSite(t)
	counts := func(c *websocket.Conn) int {
		t.Helper()
		for {
			var f frameOut
			if err := c.ReadJSON(&f); err != nil {
				t.Fatal(err)
			}
			if f.Kind == "presence" {
				return f.Count
			}
		}
	}
	// Its own first frame is read already.
	first := s.as(s.zoe).watch()
	for _, x := range []struct {
		who  *client
		want int
	}{{s.as(s.zoe), 1}, {s.as(""), 1}, {s.as(s.karim), 2}, {s.as(s.karim), 2}} {
		x.who.watch()
		if got := counts(first); got != x.want {
			t.Errorf("%d people, want %d", got, x.want)
		}
	}
}
