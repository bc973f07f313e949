package web

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

// writers is a motion with a first text, and a rapporteure who may write it.
func (s *site) writers(words string) (nour, id string) {
	s.t.Helper()
	nour = s.accredit(s.staff, consult.Person{FirstName: "Nour", LastName: "Plume", Email: "nour@villebrume.example", Role: consult.Rapporteur})
	id = s.motion(nour)
	ops := []ydoc.Op{{Insert: words}, {Insert: "\n", Attributes: map[string]any{"b": "recital|r"}}}
	if err := s.server.Rooms.Seed(s.t.Context(), id, ops, nour); err != nil {
		s.t.Fatal(err)
	}
	return nour, id
}

func (s *site) edit(who, id string, fn func(*ydoc.Text)) {
	s.t.Helper()
	if err := s.server.Rooms.Edit(s.t.Context(), id, who, func(d *ydoc.Doc) error { fn(d.Text(motion.Root)); return nil }); err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) text(id string) string {
	s.t.Helper()
	t, err := s.server.Rooms.Text(s.t.Context(), id)
	if err != nil {
		s.t.Fatal(err)
	}
	return t.String()
}

func (s *site) motionState(id string) (m *motion.Motion) {
	s.ledger.View(func(v ledger.View) { m = ledger.Of[*motion.State](v).Motion(id) })
	return m
}

// TestVersions: a version is kept under a name, compared word by word, and
// returned to without losing what stood meanwhile.
func TestVersions(t *testing.T) {
	s := newSite(t)
	nour, id := s.writers("Considérant l’école de la vallée")
	page := "/motion/" + id + "/versions"
	c := s.as(nour)
	refused := c.post(page, url.Values{"nom": {strings.Repeat("x", 81)}}).want(t, 422, "un nom de 80 caractères au plus")
	if !strings.Contains(refused.Body, `value="`+strings.Repeat("x", 81)+`"`) {
		t.Error("the name that was sent is lost")
	}
	c.post(page, url.Values{"nom": {"Avant mardi"}, "cle": {"k"}}).goes(t, page+"?fait=version")
	c.post(page, url.Values{"nom": {"Avant mardi"}, "cle": {"k"}}).goes(t, page+"?fait=version") // sent twice
	s.edit(s.staff, id, func(x *ydoc.Text) {
		x.Delete(26, 6) // vallée
		x.Insert(26, "plaine", map[string]any{})
		x.Format(32, 1, map[string]any{"b": "proposal|r"})
	})
	copies := s.motionState(id).Copies
	if len(copies) != 1 {
		t.Fatalf("%d copies", len(copies))
	}
	for _, view := range []string{"", "&vue=cote"} {
		got := c.get(page+"?de="+copies[0].ID+"&a=texte"+view).want(t, 200, "Avant mardi", "1 mot ajouté", "1 mot retiré",
			"[retiré : vallée ]", "[ajouté : plaine ]", "Nature : considérant → proposition", "Sam Pilote", "le projet tiré des thèmes")
		if !strings.Contains(got.Body, "</span>plaine<") {
			t.Error("no mark around what was added")
		}
	}
	c.get(page).want(t, 200, "Lire la version Avant mardi")
	c.get(page+"/"+copies[0].ID).want(t, 200, "Vous lisez «\u00a0Avant mardi\u00a0»", "l'école de la vallée")
	c.get(page+"/inconnue").want(t, 404)
	s.as(s.zoe).get(page+"/"+copies[0].ID).want(t, 403)
	c.post(page+"/"+copies[0].ID+"/nom", url.Values{"nom": {"Mardi"}}).goes(t, page+"?fait=nom")
	c.post(page+"/"+copies[0].ID+"/retour", url.Values{"cle": {"r"}}).goes(t, page+"?fait=retour")
	if got := s.text(id); got != "Considérant l’école de la vallée\n" {
		t.Errorf("got %q", got)
	}
	c.post(page+"/"+copies[0].ID+"/retour", url.Values{"cle": {"r"}}).goes(t, page) // sent twice
	if copies = s.motionState(id).Copies; len(copies) != 2 || copies[0].Name != "Mardi" || copies[1].Cause != motion.Restored {
		t.Fatalf("got %+v", copies)
	}
	// The list says who went back to what; what came back stays theirs who wrote it.
	hands := c.get(page).want(t, 200, "gardée avant le retour à « Mardi », Nour Plume").words()
	if _, by, ok := strings.Cut(hands, "Écrit par"); !ok || strings.Contains(by[:strings.Index(by, "Une seule machine")], "Nour") {
		t.Errorf("who wrote what: %s", by)
	}
	c.post(page+"/"+copies[1].ID+"/retour", nil).goes(t, page+"?fait=retour")
	if got := s.text(id); !strings.Contains(got, "plaine") {
		t.Errorf("the way back leads nowhere: %q", got)
	}
}

// TestWentBack tells those who write, and nobody else, who went back to what and
// where what stood is.
func TestWentBack(t *testing.T) {
	s := newSite(t)
	nour, id := s.writers("Considérant l’école")
	page := "/motion/" + id + "/versions"
	s.as(nour).post(page, url.Values{"nom": {"Avant mardi"}})
	s.edit(s.staff, id, func(x *ydoc.Text) { x.Insert(2, " nouveau", map[string]any{}) })
	sub, _ := s.ledger.Subscribe(10)
	defer sub.Close()
	s.as(nour).post(page+"/"+s.motionState(id).Copies[0].ID+"/retour", url.Values{"cle": {"r"}}).goes(t, page+"?fait=retour")
	kept := s.motionState(id).Copies[1].ID
	for f := range sub.C {
		if f.Kind != "motion.restored" {
			continue
		}
		for who, want := range map[string]bool{nour: true, s.staff: true, s.zoe: false, "": false} {
			out, ok := s.server.live.frame(&liveConn{who: who}, &f)
			if ok != want || ok && (out.ID != id || out.Address != page+"?de="+kept+"&a=texte" ||
				plainSpaces(out.Text) != "Nour Plume est revenu·e à la version « Avant mardi » ; ce qui était écrit juste avant est gardé dans les versions.") {
				t.Errorf("%q: got %+v, %v", who, out, ok)
			}
		}
		s.as(nour).get(page+"?de="+kept+"&a=texte").want(t, 200, "nouveau")
		return
	}
}

// TestMomentsApart gives no two moments the same label.
func TestMomentsApart(t *testing.T) {
	s := newSite(t)
	nour, id := s.writers("Considérant l’école")
	c := s.as(nour)
	page := "/motion/" + id + "/versions"
	for i, name := range []string{"Mardi", "Mardi", "Jeudi"} {
		c.post(page, url.Values{"nom": {name}, "cle": {name + strings.Repeat("x", i)}}).goes(t, page+"?fait=version")
		s.later(time.Second)
	}
	for range 3 { // the last two in one second
		s.edit(nour, id, func(x *ydoc.Text) { x.Insert(2, "n", map[string]any{}) })
		c.post(page, url.Values{"cause": {"remplacement"}})
		if len(s.motionState(id).Copies) == 4 {
			s.later(time.Second)
		}
	}
	var labels []string
	s.view(func(st *consult.State) {
		for _, m := range momentsOf(st, s.motionState(id), true) {
			labels = append(labels, plainSpaces(m.Label))
		}
	})
	want := []string{"Le texte maintenant",
		"mardi 10 novembre 2026 à 9 h 00 min 04 s (1)", "mardi 10 novembre 2026 à 9 h 00 min 04 s (2)", "mardi 10 novembre 2026 à 9 h 00 min 03 s",
		"Jeudi", "Mardi, mardi 10 novembre 2026 à 9 h 00 min 01 s", "Mardi, mardi 10 novembre 2026 à 9 h 00 min 00 s"}
	if !slices.Equal(labels, want) {
		t.Errorf("got %q, want %q", labels, want)
	}
}

// TestVersionsRights: who may not write sees published versions only.
func TestVersionsRights(t *testing.T) {
	s := newSite(t)
	nour, id := s.writers("Un considérant secret")
	page := "/motion/" + id + "/versions"
	s.as(nour).post(page, url.Values{"nom": {"Nom secret"}})
	key := s.motionState(id).Copies[0].ID
	for who, status := range map[string]int{"": 303, s.zoe: 403} {
		c := s.as(who)
		if got := c.get(page).want(t, 200, "Aucune version n'est encore publiée"); strings.Contains(got.Body, "ecret") {
			t.Error("a draft is shown")
		}
		c.get(page+"?de="+key+"&a=texte").want(t, 200, "Aucune version")
		c.post(page, url.Values{"nom": {"x"}}).want(t, status)
		c.post(page+"/"+key+"/retour", nil).want(t, status)
		c.post(page+"/"+key+"/nom", url.Values{"nom": {"x"}}).want(t, status)
	}
	publish := func(key string) {
		s.as(nour).post("/motion/"+id+"/publier", url.Values{"cle": {key}})
	}
	publish("1")
	s.edit(nour, id, func(x *ydoc.Text) { x.Insert(2, " nouveau", map[string]any{}) })
	publish("2")
	s.as("").get(page).want(t, 200, "Version 1 publiée", "1 mot ajouté", "[ajouté : nouveau")
	for _, query := range []string{"?de=" + key, "?de=p1&a=texte", "?de=p3"} {
		s.as("").get(page+query).want(t, 404)
	}
	s.do(s.staff, func(tx *ledger.Tx) error { return motion.Freeze(tx, id, true, "Séance") })
	s.as(nour).post(page+"/p1/retour", nil).want(t, 409, "Cette motion est figée")
}

// TestPublishedHands: what comes back from a published version stays theirs who
// wrote it, as far as a copy from before it knows.
func TestPublishedHands(t *testing.T) {
	s := newSite(t)
	nour, id := s.writers("Considérant l’école de la vallée")
	page := "/motion/" + id + "/versions"
	c := s.as(nour)
	c.post(page, url.Values{"nom": {"Avant"}, "cle": {"k"}}).goes(t, page+"?fait=version")
	s.later(time.Second)
	c.post("/motion/"+id+"/publier", url.Values{"cle": {"p"}})
	s.edit(s.staff, id, func(x *ydoc.Text) { x.Delete(12, 20) })
	c.post(page+"/p1/retour", url.Values{"cle": {"r"}}).goes(t, page+"?fait=retour")
	got, err := s.server.Rooms.Copy(t.Context(), id)
	if err != nil || !strings.Contains(motion.Parse(got.Ops).String(), "vallée") || !slices.Equal(got.Hands["r"], []string{motion.Machine}) {
		t.Errorf("got %v %v, %v", got.Ops, got.Hands, err)
	}
}

// TestBackToWhatIsHidden: going back to a published version costs no word of a
// contribution that staff hide meanwhile; readers still do not see it.
func TestBackToWhatIsHidden(t *testing.T) {
	s := newSite(t)
	nour, id := s.writers("Vu. ")
	const quote = "Un guichet dans chaque village."
	said := s.submit(s.zoe, quote)
	page := "/motion/" + id
	s.edit(nour, id, func(x *ydoc.Text) {
		x.Insert(4, "Oui «"+quote+"»", map[string]any{})
		x.Format(9, len(quote), map[string]any{motion.CitePrefix + motion.Segment{Contribution: said, Version: 1, End: len(quote)}.String(): true})
	})
	want := s.text(id)
	c := s.as(nour)
	c.post(page+"/publier", url.Values{"cle": {"p"}, "oui": {"oui"}}).goes(t, page+"?version=1&fait=publie")
	s.edit(nour, id, func(x *ydoc.Text) { x.Delete(0, 20) })
	s.do(s.staff, func(tx *ledger.Tx) error { return consult.Hide(tx, said, "Hors sujet") })
	c.post(page+"/versions/p1/retour", url.Values{"cle": {"r"}}).goes(t, page+"/versions?fait=retour")
	if got := s.text(id); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := s.as("").get(page).want(t, 200, "[propos masqué]"); strings.Contains(got.Body, "guichet") {
		t.Error("what is hidden is shown")
	}
}

// TestProjection: whoever may read the draft may show it, nobody else.
func TestProjection(t *testing.T) {
	s := newSite(t)
	nour, id := s.writers("Un considérant secret")
	page := "/motion/" + id + "/projection"
	s.as(nour).get(page).want(t, 200, "Un considérant secret")
	s.as(s.staff).get(page).want(t, 200, "Un considérant secret")
	s.as(s.zoe).get(page).want(t, 403)
	s.as("").get(page).want(t, 303)
	s.as(nour).get("/motion/rien/projection").want(t, 404)
}
