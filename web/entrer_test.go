package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/room"
)

// TestLinkLeadsBack has the link in an e-mail lead back to a whole address of
// ours, and carry no words of whoever asked for it.
func TestLinkLeadsBack(t *testing.T) {
	s := newSite(t)
	for _, back := range []string{"/motion/x/versions?de=p1&a=p2", "/contributions?q=l%27eau+vive", "/themes/é#v1-0-3"} {
		link, err := url.Parse(s.server.linkAddress("jeton", back))
		if err != nil || link.Query().Get("retour") != back || link.Path != "/entrer/jeton" {
			t.Errorf("%q: got %v, %v", back, link, err)
		}
	}
	for _, back := range []string{"", "x", "//mechant.example/", "https://mechant.example/", `/\mechant.example`,
		"/ ATTENTION, entrez par https://mechant.example/x", "/a\u00a0b", "/a\u202fb", "/a\nb", "/a\u0085b", "/\u202eb", "/a\u2028b"} {
		if link := s.server.linkAddress("jeton", back); link != s.url+"/entrer/jeton" {
			t.Errorf("%q: got %s", back, link)
		}
	}
	if link := s.server.linkAddress("jeton", "/https://mechant.example/x"); strings.Contains(link, "mechant.example/") {
		t.Errorf("a mail program would follow what is in %s", link)
	}
}

// TestSigningOutClosesTheMotion leaves what a session opened open on no screen,
// wherever it was signed out, and the same person's other session where it is.
func TestSigningOutClosesTheMotion(t *testing.T) {
	s := newSite(t)
	rapporteur := s.accredit(s.staff, consult.Person{FirstName: "Nour", LastName: "Plume", Email: "nour@villebrume.example", Role: consult.Rapporteur})
	opened := s.motion(rapporteur)
	open := func(session, path string) *websocket.Conn {
		t.Helper()
		c, _, err := websocket.DefaultDialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(s.url, "http")+path,
			http.Header{"Cookie": {cookieName + "=" + session}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		c.SetReadDeadline(time.Now().Add(20 * time.Second))
		if _, _, err := c.ReadMessage(); err != nil { // it has joined
			t.Fatal(err)
		}
		return c
	}
	type screen struct{ text, live *websocket.Conn }
	var screens []screen
	var sessions []string
	for range 3 {
		session := s.signIn(rapporteur)
		sessions = append(sessions, session)
		screens = append(screens, screen{open(session, "/motion/"+opened+"/sync"), open(session, "/live")})
	}
	ends := func(c *websocket.Conn) {
		t.Helper()
		var err error
		for err == nil {
			_, _, err = c.ReadMessage()
		}
		if !websocket.IsCloseError(err, room.SignedOut) {
			t.Errorf("the socket ended by %v, want code %d", err, room.SignedOut)
		}
	}
	if status, _ := s.send(sessions[0], "", "/sortir", nil); status != 303 {
		t.Fatalf("signing out: status %d, want 303", status)
	}
	ends(screens[0].text)
	ends(screens[0].live)
	if err := s.access.SignOut(t.Context(), sessions[1]); err != nil { // as another node does
		t.Fatal(err)
	}
	ended := s.server.ended()
	if len(ended) != 1 || !ended[sessions[1]] {
		t.Errorf("%d sessions have ended, want the one", len(ended))
	}
	s.server.signedOut(ended)
	ends(screens[1].text)
	ends(screens[1].live)
	// The third is told what is said next.
	s.do(rapporteur, func(tx *ledger.Tx) error { _, err := motion.Say(tx, opened, "", "Encore là"); return err })
	for {
		var f frameOut
		if err := screens[2].live.ReadJSON(&f); err != nil {
			t.Fatal(err)
		}
		if f.Kind == "motion.comment" {
			break
		}
	}
	if err := screens[2].text.WriteMessage(websocket.BinaryMessage, []byte{3}); err != nil { // who is there?
		t.Fatal(err)
	}
	if _, _, err := screens[2].text.ReadMessage(); err != nil {
		t.Errorf("the other device's text: %v", err)
	}
}
