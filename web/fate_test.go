package web

import (
	"fmt"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

// TestPlacedUntilTheNextRun tells an élu which theme his words would join, as long
// as no analysis has read them, and nobody else.
func TestPlacedUntilTheNextRun(t *testing.T) {
	s := newSite(t, withAnalysis)
	s.speak(20)
	karim, zoe, staff := s.as(s.karim), s.as(s.zoe), s.as(s.staff)
	const joins, none = "rejoint pour l’instant le thème", "ne ressemble pour l’instant à aucun thème"
	early := s.submit(s.karim, "Un guichet de médiation numérique aiderait aussi nos habitants dans leurs démarches.")
	karim.get("/contributions/"+early).want(t, 200, "Pas encore rattachés à un thème")
	s.analyse()
	if page := karim.get("/contributions/" + early).words(); strings.Contains(page, "provisoire") {
		t.Error("what an analysis has read is placed again")
	}

	sent := karim.post("/contributions/nouvelle", url.Values{"texte": {"Les démarches en ligne demandent un guichet et de la médiation numérique dans chaque rue."}, "axe": {s.axis}, "cle": {"un"}})
	if sent.Status != 303 {
		t.Fatalf("status %d", sent.Status)
	}
	page := karim.get(sent.To).want(t, 200, "c’est bien reçu", "Votre contribution "+joins, "(placement provisoire, jusqu’à la prochaine analyse)")
	if !strings.Contains(page.Body, `le thème « <a href="/themes/`) {
		t.Error("the theme is no link")
	}
	id, _, _ := strings.Cut(strings.TrimPrefix(sent.To, "/contributions/"), "?")
	karim.get("/mes-contributions").want(t, 200, joins)
	stray := s.submit(s.karim, "Hello everybody, nice to meet you.")
	karim.get("/contributions/"+stray).want(t, 200, "Votre contribution "+none)
	for _, other := range []*client{zoe, staff} {
		if page := other.get("/contributions/"+id).want(t, 200); strings.Contains(page.words(), "provisoire") {
			t.Error("somebody else reads where it would go")
		}
	}

	s.do(s.karim, func(tx *ledger.Tx) error {
		return consult.Revise(tx, early, "Les écoles du village partagent des tablettes et un ordinateur par classe.")
	})
	karim.get("/contributions/"+early).want(t, 200, "Depuis, vous l’avez modifiée : cette version "+joins)

	s.do(s.staff, func(tx *ledger.Tx) error { return consult.Hide(tx, id, "Hors sujet") })
	if page := karim.get("/contributions/"+id).want(t, 200, "Hors sujet"); strings.Contains(page.words(), "pour l'instant") {
		t.Error("what is hidden is placed")
	}
	// Where élus do not see the themes, they are told none.
	s.do(s.staff, func(tx *ledger.Tx) error {
		e := *ledger.Of[*consult.State](tx).Edition(s.edition)
		e.Readers = consult.ReadStaff
		_, err := consult.OpenEdition(tx, e)
		return err
	})
	karim.get("/themes").want(t, 403)
	if page := karim.get("/contributions/"+stray).want(t, 200).words(); strings.Contains(page, "pour l'instant") {
		t.Error("an élu who may not read the themes is told one")
	}
}

// TestCitings shows a contribution's author the newest version, and an older one
// only where it says something else.
func TestCitings(t *testing.T) {
	ref := func(version int, anchor, text string) motion.Reference {
		return motion.Reference{Motion: "m", Version: version, Anchor: anchor, Excerpt: text, Place: "Axe\u00a0I, considérants"}
	}
	told := func(found ...motion.Reference) string {
		var lines []string
		for _, c := range citings(found, map[string]int{"m": 3}) {
			line := c.Address + " " + c.Text + " (" + c.Where + ")"
			if c.Left > 0 {
				line += fmt.Sprintf(" left %d", c.Left)
			}
			for _, o := range c.Older {
				line += " | " + o.Address
			}
			lines = append(lines, line)
		}
		return strings.Join(lines, "\n")
	}
	const where = " (version\u00a03, Axe\u00a0I, considérants)"
	for _, c := range []struct{ name, got, want string }{
		{"the same in both", told(ref(3, "b-a.1", "Un"), ref(2, "b-a.1", "Un"), ref(0, "b-a.1", "Un")), "/motion/m?version=3#b-a.1 Un" + where},
		{"otherwise before", told(ref(3, "b-a.1", "Un"), ref(3, "b-b.1", "Deux"), ref(2, "b-a.1", "Autre"), ref(1, "b-a.1", "Autre encore")),
			"/motion/m?version=3#b-a.1 Un" + where + " | /motion/m?version=2#b-a.1 | /motion/m?version=1#b-a.1\n/motion/m?version=3#b-b.1 Deux" + where},
		{"not any more", told(ref(2, "b-a.1", "Un")), "/motion/m?version=2#b-a.1 Un (version\u00a02, Axe\u00a0I, considérants) left 3"},
		{"in the draft alone", told(ref(0, "b-a.1", "Un")), "/motion/m#b-a.1 Un (projet, Axe\u00a0I, considérants)"},
	} {
		if c.got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, c.got, c.want)
		}
	}
}

// TestFates tells a rapporteure, of each of her own contributions, the sentences that
// cite that one, published and in the draft.
func TestFates(t *testing.T) {
	s := newSite(t)
	nour := s.accredit(s.staff, consult.Person{FirstName: "Nour", LastName: "Plume", Email: "nour@villebrume.example", Role: consult.Rapporteur})
	words := []string{"Il faut un guichet.", "Il faut une gare.", "Il faut une école."}
	var ids []string
	ops := []ydoc.Op{}
	for i, w := range words {
		ids = append(ids, s.submit(nour, w))
		ops = append(ops, ydoc.Op{Insert: w, Attributes: map[string]any{"cite--" + motion.Segment{Contribution: ids[i], Version: 1, Start: 0, End: len(w)}.String(): true}},
			ydoc.Op{Insert: "\n", Attributes: map[string]any{"b": fmt.Sprint("paragraph|p", i)}})
	}
	id := s.motion(nour)
	if err := s.server.Rooms.Seed(t.Context(), id, ops[:4], nour); err != nil {
		t.Fatal(err)
	}
	if _, err := s.server.Publisher.Publish(t.Context(), s.staff, "", id, ops[:2], motion.Reading{}); err != nil {
		t.Fatal(err)
	}
	told := func() (out [][]string) {
		v := &visit{s: s.server, r: httptest.NewRequest("GET", "/mes-contributions", nil)}
		s.view(func(st *consult.State) { v.who = st.Person(nour) })
		all, err := v.fates(ids)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			var of []string
			for _, c := range all[id].Sentences {
				of = append(of, c.Text+" "+c.Where)
			}
			out = append(out, of)
		}
		return out
	}
	if got, want := told(), [][]string{{words[0] + " version\u00a01, Paragraphe"}, {words[1] + " projet, Paragraphe"}, nil}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	s.as(nour).get("/mes-contributions").want(t, 200, words...)
}
