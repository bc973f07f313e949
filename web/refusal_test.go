package web

import (
	"context"
	"encoding/binary"
	"errors"
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/access"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/room"
)

// send POSTs a form with a session and an Origin ("" none) and returns the
// status and the page.
func (s *site) send(session, origin, path string, form url.Values) (int, string) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if origin != "" {
		r.Header.Set("Origin", origin)
		r.Header.Set("Sec-Fetch-Site", "cross-site")
	}
	r.AddCookie(&http.Cookie{Name: cookieName, Value: session})
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	var b strings.Builder
	if _, err := io.Copy(&b, res.Body); err != nil {
		s.t.Fatal(err)
	}
	return res.StatusCode, b.String()
}

func (s *site) signIn(person string) (session string) {
	s.t.Helper()
	link, err := s.access.Link(s.t.Context(), person)
	if err != nil {
		s.t.Fatal(err)
	}
	if session, err = s.access.SignIn(s.t.Context(), link); err != nil {
		s.t.Fatal(err)
	}
	return session
}

// TestWordsComeBack gives the form back, with what was written in it and a
// sentence that says what to do, whatever goes wrong.
func TestWordsComeBack(t *testing.T) {
	const words = "Des mots qu’il ne faut pas perdre"
	for _, tc := range []struct {
		name   string
		later  time.Duration
		text   string
		axis   string
		status int
		say    string
	}{
		{"no axis", 0, words, "", 422, "Choisissez la question"},
		{"empty", 0, " \n ", "*", 422, "est vide"},
		{"too long", 0, words + strings.Repeat("a", consult.MaxText), "*", 422, "raccourcissez-le"},
		{"closed a second ago", 24*time.Hour + time.Second, words, "*", 409, "est fermé"},
		{"not yet open", -25 * time.Hour, words, "*", 409, "pas encore ouvert"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := newSite(t)
			session := s.signIn(s.zoe)
			s.later(tc.later)
			axis := tc.axis
			if axis == "*" {
				axis = s.axis
			}
			status, page := s.send(session, "", "/contributions/nouvelle", url.Values{"texte": {tc.text}, "axe": {axis}, "cle": {"k"}})
			if status != tc.status || !strings.Contains(page, tc.say) {
				t.Errorf("status %d, want %d saying %q", status, tc.status, tc.say)
			}
			if strings.TrimSpace(tc.text) != "" && !strings.Contains(page, words) {
				t.Errorf("the words are lost")
			}
		})
	}
}

// TestWordsOutliveTheSession gives the words back where nobody is there to send
// them, and says why on the page to enter by.
func TestWordsOutliveTheSession(t *testing.T) {
	const words = "Des mots qu’il ne faut pas perdre <b>non plus</b>"
	s := newSite(t)
	session := s.signIn(s.zoe)
	if err := s.access.SignOut(t.Context(), session); err != nil {
		t.Fatal(err)
	}
	before := s.ledger.Head()
	form := url.Values{"texte": {words}, "axe": {s.axis}, "cle": {"k"}}
	status, page := s.send(session, "", "/contributions/nouvelle", form)
	if status != 401 || !strings.Contains(page, "Votre session a pris fin") || !strings.Contains(page, html.EscapeString(words)) {
		t.Errorf("status %d, the words come back: %v", status, strings.Contains(page, html.EscapeString(words)))
	}
	if status, _ := s.send(session, "", "/contributions/nouvelle", url.Values{"texte": {" "}}); status != 303 {
		t.Errorf("status %d with nothing to give back, want to be sent to sign in", status)
	}
	if s.ledger.Head() != before {
		t.Error("something was kept")
	}
	ended := s.as("")
	here, _ := url.Parse(s.url)
	ended.c.Jar.SetCookies(here, []*http.Cookie{{Name: cookieName, Value: session}})
	ended.get("/mes-contributions").goes(t, "/entrer?retour=%2Fmes-contributions")
	ended.get("/entrer?retour=%2Fmes-contributions").want(t, 200, "Votre session a pris fin")
	s.as("").get("/entrer?retour=%2Fmes-contributions").want(t, 200, "réservée aux personnes accréditées")
}

// TestHiddenContribution tells who follows a motion's citation what became of
// it, and shows nothing of it.
func TestHiddenContribution(t *testing.T) {
	s := newSite(t)
	id := s.submit(s.zoe, "Des mots sur une personne")
	s.do(s.staff, func(tx *ledger.Tx) error { return consult.Hide(tx, id, "Une personne est nommée.") })
	page := s.as(s.karim).get("/contributions/" + id)
	page.want(t, 410, "Contribution masquée")
	if strings.Contains(page.Body, "sur une personne") || strings.Contains(page.Body, "est nommée") {
		t.Error("another élu reads its words or why")
	}
	s.as("").get("/contributions/"+id).goes(t, "/entrer?retour=%2Fcontributions%2F"+id)
	s.as(s.zoe).get("/contributions/"+id).want(t, 200, "Des mots sur une personne", "Une personne est nommée.")
}

// TestHostileForms refuses a form from another site and one that is too large,
// and shows HTML and control characters as the letters that they are.
func TestHostileForms(t *testing.T) {
	s := newSite(t)
	session := s.signIn(s.zoe)
	form := url.Values{"texte": {"Bonjour"}, "axe": {s.axis}}
	if status, page := s.send(session, "https://ailleurs.example", "/contributions/nouvelle", form); status != 403 || !strings.Contains(page, "vient d’un autre site") {
		t.Errorf("another origin: status %d, want 403 and why", status)
	}
	form.Set("texte", strings.Repeat("x", maxWriting))
	if status, page := s.send(session, "", "/contributions/nouvelle", form); status != 413 || !strings.Contains(page, "encore dans votre navigateur") {
		t.Errorf("a form of %d bytes: status %d, want 413 and where the text is", maxWriting, status)
	}
	form.Set("titre", strings.Repeat("x", maxForm))
	if status, page := s.send(s.signIn(s.staff), "", "/pilotage/edition", form); status != 413 || !strings.Contains(page, "encore dans votre navigateur") {
		t.Errorf("another form of %d bytes: status %d, want 413 and where the text is", maxForm, status)
	}
	form.Del("titre")
	s.view(func(st *consult.State) {
		if n := st.Count(s.edition).Contributions; n != 0 {
			t.Errorf("%d contributions were kept, want none", n)
		}
	})
	form.Set("texte", "<script>alert(1)</script>\x00\x1b[31m & «é»")
	if status, _ := s.send(session, "", "/contributions/nouvelle", form); status != 303 {
		t.Fatalf("HTML as text: status %d, want 303", status)
	}
	s.view(func(st *consult.State) {
		page := st.Contributions(consult.Query{Edition: s.edition})
		if got, want := page[0].Text(), "<script>alert(1)</script>[31m & «é»"; got != want {
			t.Errorf("kept %q, want %q", got, want)
		}
	})
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"/contributions", nil)
	r.AddCookie(&http.Cookie{Name: cookieName, Value: session})
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var b strings.Builder
	io.Copy(&b, res.Body)
	if strings.Contains(b.String(), "<script>alert") {
		t.Errorf("the page runs what an élu wrote")
	}
}

// TestLinks refuses links that are forged, used or expired, all alike.
func TestLinks(t *testing.T) {
	s := newSite(t)
	link := func() string {
		l, err := s.access.Link(t.Context(), s.zoe)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	used, late := link(), link()
	if status, _ := s.send("", "", "/entrer/"+used, nil); status != 303 {
		t.Fatalf("a good link: status %d, want 303", status)
	}
	s.later(8 * 24 * time.Hour)
	for name, l := range map[string]string{"used": used, "expired": late, "forged": strings.Repeat("A", 32)} {
		if status, page := s.send("", "", "/entrer/"+l, nil); status != 410 || !strings.Contains(page, "Ce lien ne fonctionne plus") {
			t.Errorf("%s: status %d, want 410 and what to do", name, status)
		}
	}
}

// TestLinksThatDoNotWork shows a page that says why and how to have another
// link, to whoever opens one that is used, expired, forged or cut short.
func TestLinksThatDoNotWork(t *testing.T) {
	for name, mail := range map[string]bool{"with mail": true, "without mail": false} {
		t.Run(name, func(t *testing.T) {
			var options []siteOption
			if mail {
				options = append(options, withMail)
			}
			s := newSite(t, options...)
			link := func() string {
				l, err := s.access.Link(t.Context(), s.zoe)
				if err != nil {
					t.Fatal(err)
				}
				return l
			}
			visitor, zoe := s.as(""), s.as(s.zoe)
			used, late := link(), link()
			s.as("").post("/entrer/"+used, nil).goes(t, "/contributions/nouvelle")
			s.later(8 * 24 * time.Hour)
			for _, l := range []string{used, late, strings.Repeat("A", len(used)), used[:8], "%3Cscript%3E"} {
				page := visitor.get("/entrer/"+l+"?retour=/themes").want(t, 410, "Ce lien ne fonctionne plus", "a déjà servi, a expiré, ou n’est pas entier")
				if mail {
					page.want(t, 410, "Recevoir un lien pour entrer")
					if got := page.field(t, "retour"); got != "/themes" {
						t.Errorf("the new link will lead to %q", got)
					}
				} else if page.want(t, 410, "Demandez-en un autre à l’équipe"); strings.Contains(page.Body, `name="courriel"`) {
					t.Error("the page offers a link that nobody can send")
				}
				if strings.Contains(visitor.get("/entrer/"+l+"?retour=//ailleurs.example").Body, "ailleurs.example") {
					t.Error("a link leads to another site")
				}
			}
			// A session lasts longer than a link.
			zoe.get("/entrer/"+used).want(t, 410, "Vous êtes déjà entré·e en tant que Zoé Brume", "Continuer")
			if mail {
				visitor.post("/entrer", url.Values{"courriel": {"zoe@villebrume.example"}, "retour": {"/themes"}}).goes(t, "/entrer?fait=lien")
				visitor.get("/entrer?fait=lien").want(t, 200, "un lien vient de lui être envoyé")
			}
		})
	}
}

// TestHostileSockets sends /motion/{id}/sync what is no protocol: each is
// refused by a code, and the text is as it was.
func TestHostileSockets(t *testing.T) {
	s := newSite(t)
	rapporteur := s.accredit(s.staff, consult.Person{FirstName: "Nour", LastName: "Plume", Email: "nour@villebrume.example", Role: consult.Rapporteur})
	opened := s.motion(rapporteur)
	dial := func(person, origin string) (*websocket.Conn, *http.Response, error) {
		h := http.Header{}
		if person != "" {
			h.Set("Cookie", cookieName+"="+s.signIn(person))
		}
		if origin != "" {
			h.Set("Origin", origin)
		}
		return websocket.DefaultDialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(s.url, "http")+"/motion/"+opened+"/sync?ack=1", h)
	}
	if _, res, err := dial(rapporteur, "https://ailleurs.example"); err == nil || res == nil || res.StatusCode != 403 {
		t.Errorf("another origin joined: %v", err)
	}
	update := func(body []byte) []byte {
		return append(binary.AppendUvarint([]byte{0, 2}, uint64(len(body))), body...)
	}
	// One client writes "x" into the root text: a well-formed update.
	write := update([]byte{1, 1, 7, 0, 4, 1, 6, 'm', 'o', 't', 'i', 'o', 'n', 1, 'x', 0})
	for _, tc := range []struct {
		name, person string
		frame        []byte
		code         int
	}{
		{"visitor", "", nil, room.SignedOut},
		{"élu", s.zoe, nil, room.Refused},
		{"no protocol", rapporteur, []byte{99, 1, 2}, room.Malformed},
		{"empty", rapporteur, []byte{}, room.Malformed},
		{"truncated", rapporteur, write[:len(write)-3], room.Malformed},
		{"no Yjs", rapporteur, update([]byte("ceci n'est pas une mise à jour")), room.Malformed},
		{"oversized", rapporteur, make([]byte, maxFrame+1), room.Full},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, _, err := dial(tc.person, "")
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			if tc.frame != nil {
				if err := c.WriteMessage(websocket.BinaryMessage, tc.frame); err != nil {
					t.Fatal(err)
				}
			}
			c.SetReadDeadline(time.Now().Add(20 * time.Second))
			for {
				if _, _, err = c.ReadMessage(); err != nil {
					break
				}
			}
			var closed *websocket.CloseError
			if !errors.As(err, &closed) || closed.Code != tc.code || closed.Text == "" {
				t.Errorf("ended by %v, want code %d and a reason", err, tc.code)
			}
		})
	}
	text, err := s.server.Rooms.Text(context.WithoutCancel(t.Context()), opened)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(text.Blocks); n > 1 || n == 1 && len(text.Blocks[0].Runs) > 0 {
		t.Errorf("the text holds %d blocks, want nothing", n)
	}
}

// TestVisitorsDoNothing: a domain takes an actor without a name for the
// system, so no act of a visitor may reach one.
func TestVisitorsDoNothing(t *testing.T) {
	s := newSite(t)
	id := s.submit(s.zoe, "Des mots")
	before := s.ledger.Head()
	for _, path := range []string{"/motion", "/contributions/nouvelle", "/contributions/" + id + "/modifier", "/contributions/" + id + "/soutien",
		"/contributions/" + id + "/moderation", "/brouillons/nouvelle", "/mes-contributions/effacement", "/pilotage/edition",
		"/pilotage/accreditation", "/pilotage/imports", "/pilotage/rencontres", "/atelier/analyses", "/atelier/annuler", "/motion/x/publier"} {
		status, _ := s.send("", "", path, url.Values{"titre": {"Motion pirate"}, "theme": {"x"}, "texte": {"x"}, "oui": {"effacer"}, "motif": {"x"}, "axe": {s.axis}})
		if status != 303 && status != 401 && status != 403 && status != 404 {
			t.Errorf("POST %s by a visitor: status %d, want to be sent to sign in", path, status)
		}
	}
	if after := s.ledger.Head(); after != before {
		t.Errorf("a visitor added %d facts", after.Seq-before.Seq)
	}
	// Whatever a handler forgets, the one way to a domain holds.
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/motion", nil)
	nobody := &visit{s: s.server, r: r}
	_, err := nobody.do("", func(tx *ledger.Tx) error {
		_, err := motion.Open(tx, s.edition, "Motion pirate", nil)
		return err
	})
	if !errors.Is(err, access.ErrNoSession) {
		t.Errorf("an act without a session: %v, want ErrNoSession", err)
	}
}

// TestManyByOneAddress: whoever has a link comes in, however many share an
// address; whoever tries links that do not work is stopped.
func TestManyByOneAddress(t *testing.T) {
	s := newSite(t)
	for range 40 {
		l, err := s.access.Link(t.Context(), s.zoe)
		if err != nil {
			t.Fatal(err)
		}
		s.as("").get("/entrer/"+l).want(t, 200, "Zoé")
		s.as("").post("/entrer/"+l, nil).goes(t, "/contributions/nouvelle")
	}
	stopped := 0
	for range 40 {
		if a := s.as("").get("/entrer/" + strings.Repeat("A", 32)); a.Status == 429 {
			stopped++
		}
	}
	if stopped == 0 {
		t.Error("forged links are tried without end")
	}
}

// TestSentTooLate keeps the words of who sends them once the window is over.
func TestSentTooLate(t *testing.T) {
	s := newSite(t)
	zoe := s.as(s.zoe)
	s.later(48 * time.Hour)
	zoe.post("/contributions/nouvelle", url.Values{"texte": {"Trop tard d’une minute"}, "axe": {s.axis}, "cle": {"k"}}).
		want(t, 409, "est fermé", "gardé dans vos brouillons", "Trop tard d’une minute")
	zoe.get("/mes-contributions").want(t, 200, "Trop tard d’une minute")
	if n := s.total(); n != 0 {
		t.Errorf("%d contributions, want none", n)
	}
}
