package web

import (
	"errors"
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
	"github.com/villes-internet/congres/motion/ydoc"
)

// TestFreeze: those who open motions stop the writing of one, with a reason, and
// let it go on. Who has it open is told at once; it is kept and published all the
// same.
func TestFreeze(t *testing.T) {
	s := newSite(t)
	nour, id := s.writers("Considérant l’école")
	page, act := "/motion/"+id, "/motion/"+id+"/figer"
	form := func(acte, motif, oui string) url.Values {
		return url.Values{"acte": {acte}, "motif": {motif}, "oui": {oui}}
	}
	s.as(s.zoe).post(act, form("figer", "Non", "oui")).want(t, 403)
	c := s.as(s.staff)
	c.get(page).want(t, 200, "Figer le texte")
	if got := c.post(act, form("figer", "Séance de jeudi", "")).want(t, 422, "cochez la case"); !strings.Contains(got.Body, `value="Séance de jeudi"`) {
		t.Error("the reason that was sent is lost")
	}
	c.post(act, form("figer", " ", "oui")).want(t, 422, "Dites pourquoi")
	if s.motionState(id).Frozen {
		t.Fatal("frozen by what was refused")
	}

	open, reader := s.joins(nour, id, ""), s.joins(nour, id, "?lecture=1")
	sub, _ := s.ledger.Subscribe(20)
	defer sub.Close()
	c.post(act, form("figer", "Séance  de jeudi", "oui")).goes(t, page+"?fait=fige")
	var err error
	for err == nil {
		_, _, err = open.ReadMessage()
	}
	var closed *websocket.CloseError
	if !errors.As(err, &closed) || closed.Code != room.Refused || !strings.Contains(closed.Text, "Cette motion est figée") {
		t.Errorf("the open editor ended by %v", err)
	}
	for f := range sub.C {
		if _, ok := motion.ReadFrozen(&f); !ok {
			continue
		}
		for who, want := range map[string]bool{nour: true, s.staff: true, s.zoe: false, "": false} {
			out, ok := s.server.live.frame(&liveConn{who: who}, &f)
			if ok != want || ok && (out.Kind != "motion.frozen" || out.ID != id || out.Address != "" || !strings.Contains(out.Text, "Séance de jeudi") || !strings.Contains(out.Text, "par Sam Pilote")) {
				t.Errorf("%q: told %+v, %v", who, out, ok)
			}
		}
		break
	}
	c.get(page+"?fait=fige").want(t, 200, "Rouvrir le texte", "Ce texte est figé", "Sam Pilote", "Séance de jeudi")
	got := s.as(nour).get(page+"/rediger").want(t, 200, "Le texte est figé\u00a0: il se lit mais ne se modifie plus (le ", " par Sam Pilote", "Séance de jeudi")
	if !strings.Contains(got.Body, `data-readonly="true"`) {
		t.Error("the editor opens for writing")
	}
	s.as(nour).post(page+"/versions", url.Values{"nom": {"Figée"}}).goes(t, page+"/versions?fait=version")
	s.as(nour).post(page+"/publier", url.Values{"cle": {"p"}}).goes(t, page+"?version=1&fait=publie")
	s.as("").get(page).want(t, 200, "Considérant l’école")

	c.post(act, form("rouvrir", "Une faute", "oui")).goes(t, page+"?fait=rouvert")
	s.edit(nour, id, func(x *ydoc.Text) { x.Insert(0, "Vraiment ", map[string]any{}) })
	for typed := false; !typed; { // who only reads was left alone throughout
		_, frame, err := reader.ReadMessage()
		if err != nil {
			t.Fatal(err)
		}
		typed = strings.Contains(string(frame), "Vraiment ")
	}
	s.as(nour).post(act, form("rouvrir", "Une faute", "oui")).goes(t, page+"?fait=rouvert")

	// The reason goes with its author's words, and the text stays as it is.
	s.as(nour).post(act, form("figer", "Mes mots", "oui")).goes(t, page+"?fait=fige")
	s.do(s.staff, func(tx *ledger.Tx) error {
		_, err := consult.ErasePerson(tx, nour)
		motion.EraseWords(tx, nour)
		return err
	})
	if m := s.motionState(id); !m.Frozen || m.Halt.Reason != "" {
		t.Errorf("got %+v", m.Halt)
	}
}

// joins opens the shared text of a motion, and returns once it is there.
func (s *site) joins(person, id, query string) *websocket.Conn {
	s.t.Helper()
	c, _, err := websocket.DefaultDialer.DialContext(s.t.Context(), "ws"+strings.TrimPrefix(s.url, "http")+"/motion/"+id+"/sync"+query,
		http.Header{"Cookie": {cookieName + "=" + s.signIn(person)}})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { c.Close() })
	c.SetReadDeadline(time.Now().Add(time.Minute))
	if _, _, err := c.ReadMessage(); err != nil {
		s.t.Fatal(err)
	}
	return c
}
