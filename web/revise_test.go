package web

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// TestChangingKeepsADraft: what one writes while changing a contribution is on
// the server before it is sent, the author's alone, and gone once it is sent.
func TestChangingKeepsADraft(t *testing.T) {
	s := newSite(t)
	id := s.submit(s.zoe, "La première version.")
	zoe, karim := s.as(s.zoe), s.as(s.karim)
	form := url.Values{"texte": {"La deuxième, commencée dans le train"}, "version": {"1"}}
	for _, tc := range []struct {
		who  string
		name string
		want int
	}{
		{"", id, 303}, {s.karim, id, 403}, {s.zoe, "ailleurs", 404}, {s.zoe, id, 204},
	} {
		if got := s.as(tc.who).post("/brouillons/"+tc.name, form).Status; got != tc.want {
			t.Errorf("draft %q by %q: status %d, want %d", tc.name, tc.who, got, tc.want)
		}
	}
	page := zoe.get("/contributions/"+id+"/modifier").want(t, 200, "La deuxième, commencée dans le train")
	zoe.get("/mes-contributions").want(t, 200, "Une modification commencée n’est pas encore envoyée")
	karim.get("/contributions/"+id+"/modifier").want(t, 403)
	form.Set("cle", page.field(t, "cle"))
	zoe.post("/contributions/"+id+"/modifier", form).goes(t, "/contributions/"+id+"?fait=modifie&recu="+id)
	if b, err := s.store.Secret(t.Context(), draftKey(s.zoe, id)); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the draft outlives its sending: %s, %v", b, err)
	}
}

// TestChangedElsewhere loses neither of two versions, and says so.
func TestChangedElsewhere(t *testing.T) {
	s := newSite(t)
	id := s.submit(s.zoe, "Un.")
	zoe := s.as(s.zoe)
	path := "/contributions/" + id + "/modifier"
	zoe.post("/brouillons/"+id, url.Values{"texte": {"Deux, au train."}, "version": {"1"}})
	s.do(s.zoe, func(tx *ledger.Tx) error { return consult.Revise(tx, id, "Deux, au bureau.") })
	zoe.get(path).want(t, 200, "Deux, au train.", "a changé ailleurs entre-temps", "Deux, au bureau.", "que vous aviez commencée")
	page := zoe.post(path, url.Values{"texte": {"Deux, au train."}, "version": {"1"}, "cle": {"k"}}).
		want(t, 409, "Deux, au train.", "a changé ailleurs entre-temps", "Deux, au bureau.", "Rien n’est encore enregistré")
	if got := page.field(t, "version"); got != "2" {
		t.Errorf("the form begins from version %s, want 2", got)
	}
	// The same words as those kept meanwhile: nobody is bothered.
	zoe.post(path, url.Values{"texte": {"Deux, au bureau."}, "version": {"1"}, "cle": {"k1"}}).goes(t, "/contributions/"+id+"?fait=modifie&recu="+id)
	zoe.post(path, url.Values{"texte": {"Trois, des deux."}, "version": {"2"}, "cle": {"k"}}).goes(t, "/contributions/"+id+"?fait=modifie&recu="+id)
	s.view(func(st *consult.State) {
		if got := st.Contribution(id).Text(); got != "Trois, des deux." {
			t.Errorf("the newest version is %q", got)
		}
	})
}

// TestDraftsAreBounded counts the changes under way, and an erasure takes all
// of them.
func TestDraftsAreBounded(t *testing.T) {
	s := newSite(t)
	zoe := s.as(s.zoe)
	var ids []string
	for i := range maxChanges + 1 {
		id := s.submit(s.zoe, fmt.Sprintf("Texte %d.", i))
		ids = append(ids, id)
		want := 204
		if i == maxChanges {
			want = 422
		}
		if a := zoe.post("/brouillons/"+id, url.Values{"texte": {"Changé"}, "version": {"1"}}); a.Status != want {
			t.Errorf("change %d: status %d, want %d", i, a.Status, want)
		}
	}
	if a := zoe.post("/brouillons/"+ids[0], url.Values{"texte": {"Encore changé"}, "version": {"1"}}); a.Status != 204 {
		t.Errorf("a change that was under way: status %d, want 204", a.Status)
	}
	zoe.post("/brouillons/nouvelle", url.Values{"texte": {"Un tout autre"}})
	zoe.get("/mes-contributions/effacement").want(t, 200, "copie de sauvegarde faite avant l’effacement garde vos mots", "recopiée à la main")
	zoe.post("/mes-contributions/effacement", url.Values{"oui": {"effacer"}}).goes(t, "/?fait=efface-soi")
	for _, name := range append(ids, newDraft) {
		if b, err := s.store.Secret(t.Context(), draftKey(s.zoe, name)); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("draft %s outlives its author: %s, %v", name, b, err)
		}
	}
}

// TestBeforeTheOpening promises to keep a text where there is one, and keeps it.
func TestBeforeTheOpening(t *testing.T) {
	s := newSite(t)
	s.later(-48 * time.Hour)
	zoe := s.as(s.zoe)
	form := url.Values{"texte": {" \n"}, "axe": {s.axis}, "cle": {"k"}}
	if a := zoe.post("/contributions/nouvelle", form).want(t, 409, "pas encore ouvert"); strings.Contains(a.words(), "est gardé") {
		t.Error("nothing was written, and it is said to be kept")
	}
	form.Set("texte", "Des mots en avance.")
	zoe.post("/contributions/nouvelle", form).want(t, 409, "pas encore ouvert", "Votre texte est gardé")
	zoe.get("/contributions/nouvelle").want(t, 200, "Des mots en avance.")
}
