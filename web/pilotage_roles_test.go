package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/motion/room"
)

// TestTakingARoleAway takes the role of rapporteur away, by the row's button
// and by the form, and ends what it had opened at once.
func TestTakingARoleAway(t *testing.T) {
	s := newSite(t)
	staff := s.as(s.staff)
	rita := s.accredit(s.staff, consult.Person{FirstName: "Rita", LastName: "Plume", Email: "rita@ville.example", Role: consult.Rapporteur})
	opened := s.motion(rita)
	role := func() (r consult.Role) {
		s.view(func(st *consult.State) { r = st.Role(rita) })
		return r
	}
	edit := func(role string) url.Values {
		return url.Values{"personne": {rita}, "prenom": {"Rita"}, "nom": {"Plume"}, "courriel": {"rita@ville.example"}, "role": {role}}
	}
	for _, away := range []func(){
		func() {
			page := staff.get("/pilotage/accreditation").want(t, 200, "Retirer le rôle de rapporteur·e")
			if !strings.Contains(page.Body, `aria-label="Retirer le rôle de rapporteur·e`) {
				t.Error("the button's name does not begin with the words that are seen")
			}
			staff.post("/pilotage/accreditation/role", url.Values{"personne": {rita}, "role": {"élu"}}).goes(t, "/pilotage/accreditation?fait=role")
		},
		func() {
			page := staff.get("/pilotage/accreditation?personne="+rita).want(t, 200, "retire aussitôt les droits")
			if got := page.field(t, "personne"); got != rita {
				t.Errorf("the form is about %q", got)
			}
			staff.post("/pilotage/accreditation", edit("élu")).goes(t, "/pilotage/accreditation?fait=accredite")
		},
	} {
		c, _, err := websocket.DefaultDialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(s.url, "http")+"/motion/"+opened+"/sync",
			http.Header{"Cookie": {cookieName + "=" + s.signIn(rita)}})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		c.SetReadDeadline(time.Now().Add(20 * time.Second))
		if _, _, err := c.ReadMessage(); err != nil { // it has joined, and only listens
			t.Fatal(err)
		}
		away()
		if role() != consult.Elu {
			t.Errorf("the role is %q", role())
		}
		for err == nil {
			_, _, err = c.ReadMessage()
		}
		if !websocket.IsCloseError(err, room.Refused) {
			t.Errorf("the socket ended by %v, want code %d", err, room.Refused)
		}
		s.as(rita).get("/motion/"+opened+"/rediger").want(t, 403)
		staff.post("/pilotage/accreditation", edit("rapporteur")).goes(t, "/pilotage/accreditation?fait=accredite")
		if role() != consult.Rapporteur {
			t.Errorf("the role is %q, want it back", role())
		}
	}
	// Named again without being shown: nothing is taken away, and it is said.
	again := edit("élu")
	again.Del("personne")
	to := staff.post("/pilotage/accreditation", again).goes(t, "/pilotage/accreditation?fait=role-garde").To
	staff.get(to).want(t, 200, "Cette personne garde son rôle")
	if role() != consult.Rapporteur {
		t.Errorf("the role is %q", role())
	}
	staff.post("/pilotage/accreditation/role", url.Values{"personne": {s.staff}, "role": {"élu"}}).want(t, 422, "Vous ne pouvez pas quitter l'équipe vous-même")
	s.as(rita).post("/pilotage/accreditation/role", url.Values{"personne": {rita}, "role": {"équipe"}}).want(t, 403)
}
