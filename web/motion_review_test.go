package web

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
	"github.com/villes-internet/congres/web/ui"
)

// TestToReview: what is to be published without a title, an axis or kinds of
// blocks is said, and not forbidden.
func TestToReview(t *testing.T) {
	s := newSite(t)
	nour, id := s.writers("Considérant l’école")
	page := "/motion/" + id
	s.as(nour).get(page).want(t, 200, "À relire avant de publier", "n’a pas de titre", "aucun axe")
	s.edit(nour, id, func(x *ydoc.Text) {
		for _, b := range []string{"", "axis|a", "title|t"} {
			x.Insert(0, "\n", map[string]any{"b": b})
			x.Insert(0, "Des mots", map[string]any{})
		}
	})
	got := s.as(nour).get(page).want(t, 200, "n’ont pas de source").words()
	if strings.Contains(got, "n’a pas de titre") || strings.Contains(got, "aucun axe") || strings.Contains(got, "simples paragraphes") {
		t.Errorf("got %s", got)
	}
	s.as(nour).post(page+"/publier", nil).goes(t, page+"?version=1&fait=publie")
}

// TestPublishAsks: a version is for ever, so that what is grave in it is published by
// who ticks a box that says what it is, and the same text not twice.
func TestPublishAsks(t *testing.T) {
	s := newSite(t)
	nour, id := s.writers("Considérant l’école")
	page := "/motion/" + id
	c := s.as(nour)
	const box = `id="publier-oui"`
	if got := c.get(page).want(t, 200); strings.Contains(got.Body, box) {
		t.Error("a box to tick where nothing is grave")
	}
	s.edit(nour, id, func(x *ydoc.Text) {
		x.Insert(0, "\n", map[string]any{"b": "proposal|p"})
		x.Insert(0, "Proposition à rédiger, 🚌 مر", map[string]any{})
	})
	got := c.get(page).want(t, 200, "1 proposition reste à rédiger")
	for _, want := range []string{"[bus]", "[U+0645]", "peuvent pas être dessinés dans le PDF"} { // which fonts tell, where there are any
		if ui.Built() != strings.Contains(got.words(), want) {
			t.Errorf("%q is said or not", want)
		}
	}
	if !strings.Contains(got.Body, box) {
		t.Error("nothing to tick")
	}
	s.edit(nour, id, func(x *ydoc.Text) {
		for _, title := range []string{"Un titre", "Un autre"} {
			x.Insert(0, "\n", map[string]any{"b": "title|" + title[:4]})
			x.Insert(0, title, map[string]any{})
		}
	})
	c.get(page).want(t, 200, "Le texte a 2 titres", "un seul", "« Un titre »")
	c.post(page+"/publier", url.Values{"cle": {"k"}}).want(t, 422, "Rien n’est publié", "cochez la case", "1 proposition reste à rédiger")
	read := func() url.Values {
		lu := regexp.MustCompile(`name="lu" value="([^"]+)"`).FindStringSubmatch(c.get(page).want(t, 200).Body)
		return url.Values{"cle": {"k"}, "oui": {"oui"}, "lu": lu[1:]}
	}
	before := read()
	s.edit(nour, id, func(x *ydoc.Text) { x.Insert(0, "Ajouté après la lecture. ", map[string]any{}) })
	c.post(page+"/publier", before).want(t, 409, "Rien n’est publié", "a changé depuis", "Ajouté après la lecture")
	c.post(page+"/publier", read()).goes(t, page+"?version=1&fait=publie")
	c.post(page+"/publier", url.Values{"cle": {"k"}, "oui": {"oui"}}).goes(t, page+"?version=1&fait=publie")
	again := c.post(page+"/publier", url.Values{"cle": {"l"}, "oui": {"oui"}}).want(t, 409, "dit exactement la même chose", "Lire la version\u00a01")
	if !strings.Contains(again.Body, `href="`+page+`?version=1">Lire`) || len(s.motionState(id).Versions) != 1 {
		t.Error("no link to what is published already")
	}
}

// TestOlderVersion: who opens an earlier version, as the code on a printed one does,
// is told that there is a later one.
func TestOlderVersion(t *testing.T) {
	s := newSite(t)
	nour, id := s.writers("Considérant l’école")
	page := "/motion/" + id
	c := s.as(nour)
	c.post(page+"/publier", url.Values{"cle": {"a"}}).goes(t, page+"?version=1&fait=publie")
	const later = "Une plus récente existe"
	if got := s.as("").get(page+"?version=1").want(t, 200); strings.Contains(got.words(), later) {
		t.Error("the newest is said to be old")
	}
	s.edit(nour, id, func(x *ydoc.Text) { x.Insert(0, "Enfin, ", map[string]any{}) })
	c.post(page+"/publier", url.Values{"cle": {"b"}}).goes(t, page+"?version=2&fait=publie")
	s.as("").get(page+"?version=1").want(t, 200, later, "lire la version\u00a02")
	for _, none := range []string{"3", "0", "abc"} {
		s.as("").get(page+"?version="+none).want(t, 404)
		s.as("").get(page+"/annexe?version="+none).want(t, 404)
	}
}

// TestUnpublishedTitle: what a motion is called is public when it is published.
func TestUnpublishedTitle(t *testing.T) {
	s := newSite(t)
	nour, id := s.writers("Considérant l’école")
	s.do(nour, func(tx *ledger.Tx) (err error) {
		id, err = motion.Open(tx, s.edition, "Un titre secret", nil)
		return err
	})
	for _, path := range []string{"", "/versions", "/annexe", "/fichiers/motion.pdf"} {
		if got := s.as("").get("/motion/" + id + path); strings.Contains(got.Body, "secret") {
			t.Errorf("%s tells the title", path)
		}
	}
	s.as(nour).get("/motion/"+id+"/versions").want(t, 200, "Un titre secret")
}

// TestHomeMotions leads to every motion that is published.
func TestHomeMotions(t *testing.T) {
	s := newSite(t)
	nour, id := s.writers("Considérant l’école")
	publishing := func(id string) {
		t.Helper()
		ops := []ydoc.Op{{Insert: "Agir"}, {Insert: "\n", Attributes: map[string]any{"b": "proposal|p"}}}
		if _, err := s.server.Publisher.Publish(t.Context(), nour, "", id, ops, motion.Reading{}); err != nil {
			t.Fatal(err)
		}
	}
	s.motion(nour) // never published
	publishing(id)
	s.as("").get("/").want(t, 200, "1 motion publiée\u00a0: la lire")
	other := s.motion(nour)
	publishing(other)
	got := s.as("").get("/").want(t, 200, "2 motions publiées")
	for _, id := range []string{id, other} {
		if !strings.Contains(got.Body, `<a href="/motion/`+id+`">Motion</a>`) {
			t.Errorf("no way to %s", id)
		}
	}
}
