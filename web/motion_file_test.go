package web

import (
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/publish"
	"github.com/villes-internet/congres/motion/ydoc"
	"github.com/villes-internet/congres/web/ui"
)

// TestFormats: the page of a published motion offers every format and the
// annex, and each is there for whoever follows the link.
func TestFormats(t *testing.T) {
	s := newSite(t)
	said := s.submit(s.zoe, "Un tramway pour la vallée.")
	nour := s.accredit(s.staff, consult.Person{FirstName: "Nour", LastName: "Plume", Email: "nour@villebrume.example", Role: consult.Rapporteur})
	id := s.motion(nour)
	ops := []ydoc.Op{{Insert: "Agir"}, {Insert: "\n", Attributes: map[string]any{"b": "proposal|p"}}}
	if err := s.server.Rooms.Seed(t.Context(), id, ops, nour); err != nil {
		t.Fatal(err)
	}
	publishing := func(key string) {
		t.Helper()
		if _, err := s.server.Publisher.Publish(t.Context(), nour, key, id, ops, motion.Reading{}); err != nil {
			t.Fatal(err)
		}
	}
	publishing("k")
	visitor := s.as("")
	annex := "/motion/" + id + "/annexe?version="
	// Not everybody may read here: who is not quoted is not named.
	page := visitor.get("/motion/"+id).want(t, 200, "Télécharger")
	if strings.Contains(page.Body, annex) {
		t.Error("an annex that is none is offered")
	}
	visitor.get(annex+"1").want(t, 200, "n’a pas d’annexe")
	for _, f := range publish.Formats() {
		path := "/motion/" + id + "/fichiers/motion." + f.Name + "?version=1"
		if !strings.Contains(page.Body, `href="`+path+`">`+f.Label) {
			t.Errorf("%s is not offered", f.Name)
		}
		file := visitor.get(path)
		if f.Name == "pdf" && !ui.Built() {
			file.want(t, 503, "make build")
		} else if how := file.Header.Get("Content-Disposition"); !strings.HasSuffix(how, `; filename="motion-motion-v1.`+f.Name+`"`) || strings.HasPrefix(how, "inline") != f.Here {
			t.Errorf("%s: %s", f.Name, how)
		} else if file.Status != 200 || file.Header.Get("Content-Type") != f.Type || file.Body == "" {
			t.Errorf("%s: status %d, type %q", f.Name, file.Status, file.Header.Get("Content-Type"))
		}
	}
	visitor.get("/motion/"+id+"/fichiers/motion.doc?version=1").want(t, 404)

	s.do(s.staff, func(tx *ledger.Tx) error {
		e := *ledger.Of[*consult.State](tx).Edition(s.edition)
		e.Readers = consult.ReadPublic
		_, err := consult.OpenEdition(tx, e)
		return err
	})
	publishing("l")
	if page := visitor.get("/motion/" + id); !strings.Contains(page.Body, annex+"2") {
		t.Error("the annex is not offered")
	}
	visitor.get(annex+"2").want(t, 200, "Un tramway pour la vallée")
	// What the annex says of it, its author reads there too.
	own := s.as(s.zoe).get("/mes-contributions").want(t, 200, "annexe de la version\u00a02", motion.Unplaced.Says(1))
	if where := annex + "2#" + publish.FateAnchor(said); !strings.Contains(own.Body, where) || !strings.Contains(visitor.get(annex+"2").Body, `id="`+publish.FateAnchor(said)+`"`) {
		t.Errorf("no way to %s", where)
	}
}
