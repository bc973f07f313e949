package web

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion/ydoc"
)

// TestComments: a paragraph is commented, answered and resolved without a
// script; who is mentioned finds it on their first page.
func TestComments(t *testing.T) {
	s := newSite(t)
	nour, id := s.writers("L’école de la vallée")
	page := "/motion/" + id + "/commentaires"
	c := s.as(nour)
	long := strings.Repeat("x", 2001)
	if got := c.post(page, url.Values{"texte": {long}, "bloc": {"r"}}).want(t, 422, "2 000 caractères au plus"); !strings.Contains(got.Body, long+"</textarea>") {
		t.Error("the comment that was sent is lost")
	}
	c.post(page, url.Values{"texte": {"À revoir, @Sam Pilote\u202f?"}, "bloc": {"r"}, "cle": {"k"}})
	got := c.get(page).want(t, 200, "À revoir, @Sam Pilote ?", "« L'école de la vallée »", "Nour Plume")
	_, rest, _ := strings.Cut(got.Body, `id="fil-`)
	thread, _, _ := strings.Cut(rest, `"`)
	staff := s.as(s.staff)
	staff.get("/").want(t, 200, "On vous a mentionné·e")
	staff.get("/motion").want(t, 200, "1 fil vous mentionne et attend votre réponse")
	if got := staff.get(page).want(t, 200, "1 fil vous mentionne et attend votre réponse"); !strings.Contains(got.Body, `<a href="#fil-`+thread+`">`) {
		t.Error("no way to the thread")
	}
	if got := staff.get(page + ".json").Body; !strings.Contains(got, `"waits":true`) {
		t.Errorf("the editor hears %s", got)
	}
	if got := c.get("/motion").words() + c.get(page).words(); strings.Contains(got, "vous mentionne") {
		t.Error("told of whoever mentions")
	}
	staff.post(page+"/"+thread, url.Values{"texte": {"Vu."}}).goes(t, page+"?fait=commente#fil-"+thread)
	if got := staff.get("/").words() + staff.get("/motion").words() + staff.get(page).words(); strings.Contains(got, "mentionné") || strings.Contains(got, "mentionne ") {
		t.Error("still told of")
	}
	staff.post(page+"/"+thread, url.Values{"texte": {" "}}).want(t, 422, "Écrivez un commentaire")
	c.post(page+"/"+thread+"/etat", url.Values{"resolu": {"oui"}}).goes(t, page+"?fait=resolu#fil-"+thread)
	c.get(page).want(t, 200, "1 fil résolu", "résolu par Nour Plume")
	// The words go: the thread says so, and stays.
	s.edit(nour, id, func(x *ydoc.Text) { x.Delete(0, 20) })
	c.get(page).want(t, 200, "Le passage commenté n'est plus dans le texte", "Vu.")
	var out struct {
		Threads []shownThread
		People  []string
	}
	if err := json.Unmarshal([]byte(c.get(page+".json").Body), &out); err != nil || len(out.Threads) != 1 || len(out.Threads[0].Comments) != 2 || len(out.People) != 1 {
		t.Errorf("got %+v, %v", out, err)
	}
	for _, path := range []string{page, page + ".json"} {
		s.as(s.zoe).get(path).want(t, 403)
	}
	s.as(s.zoe).post(page, url.Values{"texte": {"x"}}).want(t, 403)
	s.as(s.zoe).post(page+"/"+thread+"/etat", url.Values{"resolu": {"non"}}).want(t, 403)
}

// TestCommentsUnpublished: what is published holds no comment.
func TestCommentsUnpublished(t *testing.T) {
	s := newSite(t)
	nour, id := s.writers("L’école de la vallée")
	c := s.as(nour)
	c.post("/motion/"+id+"/commentaires", url.Values{"texte": {"Mot secret"}, "bloc": {"r"}})
	c.post("/motion/"+id+"/publier", url.Values{"cle": {"k"}})
	v := s.motionState(id).Latest()
	data, err := s.store.Blob(t.Context(), v.Blob)
	if err != nil || strings.Contains(string(data), "secret") || strings.Contains(string(data), "comment") {
		t.Errorf("published: %s, %v", data, err)
	}
}

// TestCommentsLive: of what is said about a draft only those hear who write it,
// and nobody hears the words.
func TestCommentsLive(t *testing.T) {
	s := newSite(t)
	nour, id := s.writers("L’école de la vallée")
	sub, _ := s.ledger.Subscribe(10)
	defer sub.Close()
	s.as(nour).post("/motion/"+id+"/commentaires", url.Values{"texte": {"Mot secret"}})
	for f := range sub.C {
		if f.Kind != "motion.comment" {
			continue
		}
		for who, want := range map[string]bool{nour: true, s.staff: true, s.zoe: false, "": false} {
			out, ok := s.server.live.frame(&liveConn{who: who}, &f)
			if ok != want || ok && (out.ID != id || out.HTML != "" || out.Seq != f.Seq) {
				t.Errorf("%q: got %+v, %v", who, out, ok)
			}
		}
		break
	}
	// Who may cite hears that words are gone, whoever's they are.
	for _, kind := range []string{"person.erased", "contribution.hidden", "contribution.shown"} {
		for who, want := range map[string]bool{nour: true, s.staff: true, s.zoe: false, "": false} {
			out, ok := s.server.live.frame(&liveConn{who: who}, &store.Fact{Header: store.Header{Kind: kind, Subject: s.zoe, Seq: 9}})
			if ok != want || ok && out != (frameOut{Kind: "words.changed", Seq: 9}) {
				t.Errorf("%s, %q: got %+v, %v", kind, who, out, ok)
			}
		}
	}
}

// TestCommentBehindUnseen: a thread stands on its block's words, whatever stands
// before them that nobody sees.
func TestCommentBehindUnseen(t *testing.T) {
	s := newSite(t)
	nour, id := s.writers("\u202e\u202e\u202e😀 Vu")
	s.edit(nour, id, func(x *ydoc.Text) {
		x.ApplyDelta([]ydoc.Op{{Retain: x.Len()}, {Insert: "L’école"}, {Insert: "\n", Attributes: map[string]any{"b": "recital|e"}}})
	})
	s.as(nour).post("/motion/"+id+"/commentaires", url.Values{"texte": {"À revoir"}, "bloc": {"e"}})
	s.as(nour).get("/motion/"+id+"/commentaires").want(t, 200, "« L'école »")
	text, err := s.server.Rooms.Text(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range text.Commented() {
		if words != "L’école" {
			t.Errorf("the thread stands on %q", words)
		}
	}
}
