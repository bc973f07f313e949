package web

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// TestSteeringRoles asks for every address of the staff's as everybody.
func TestSteeringRoles(t *testing.T) {
	s := newSite(t)
	rapporteur := s.accredit(s.staff, consult.Person{FirstName: "Rita", LastName: "Plume", Email: "rita@villebrume.example", Role: consult.Rapporteur})
	head := s.ledger.Head()
	visitor, zoe, rita, staff := s.as(""), s.as(s.zoe), s.as(rapporteur), s.as(s.staff)
	for _, path := range []string{"", "/edition", "/accreditation", "/accreditation/effacer?personne=" + s.karim, "/imports", "/imports/x",
		"/imports/x/doutes.csv", "/accreditation/fichiers/x", "/accreditation/fichiers/x/doutes.csv", "/rencontres", "/journal", "/journal.csv"} {
		path = "/pilotage" + path
		visitor.get(path).goes(t, "/entrer?retour="+url.QueryEscape(path))
		zoe.get(path).want(t, 403, "Votre rôle ne permet pas cette action")
		rita.get(path).want(t, 403)
		want := 200
		if strings.Contains(path, "/x") {
			want = 410
		}
		staff.get(path).want(t, want)
	}
	form := url.Values{"titre": {"Pris"}, "personne": {s.karim}, "oui": {"effacer"}}
	for _, path := range []string{"/edition", "/accreditation", "/accreditation/liens", "/accreditation/role", "/accreditation/effacer", "/imports", "/imports/x", "/imports/x/colonnes",
		"/imports/x/retirer", "/accreditation/fichiers", "/accreditation/fichiers/x", "/accreditation/fichiers/x/colonnes", "/accreditation/fichiers/x/liens",
		"/rencontres", "/journal/verification"} {
		visitor.post("/pilotage"+path, form).goes(t, "/entrer")
		zoe.post("/pilotage"+path, form).want(t, 403)
		rita.post("/pilotage"+path, form).want(t, 403)
	}
	if got := s.ledger.Head(); got != head {
		t.Errorf("somebody without the role changed something: %d facts, %d before", got.Seq, head.Seq)
	}
}

// TestSteeringNow follows what staff are told to do from the first day on.
func TestSteeringNow(t *testing.T) {
	s := bareSite(t)
	s.staff = s.accredit("", consult.Person{FirstName: "Sam", LastName: "Pilote", Email: "equipe@congres.example", Role: consult.Staff})
	staff := s.as(s.staff)
	staff.get("/pilotage").want(t, 200, "À faire maintenant : Ouvrir l'édition")
	for _, path := range []string{"/pilotage/imports", "/pilotage/rencontres"} {
		staff.get(path).want(t, 200, "Ouvrez d'abord l' édition")
	}
	staff.upload("/pilotage/imports", nil, "a.csv", []byte("id;texte\n1;Un\n")).want(t, 409, "Ouvrez d'abord l'édition")
	staff.post("/pilotage/rencontres", url.Values{"titre": {"T"}, "date": {"2026-11-01"}, "notes": {"- a"}}).want(t, 422, "Ouvrez d'abord l'édition")
	s.do(s.staff, func(tx *ledger.Tx) (err error) {
		s.edition, err = consult.OpenEdition(tx, consult.Edition{Title: "Congrès", Axes: []consult.Axis{{Title: "Inclusion"}},
			Opens: s.now().Add(time.Hour), Closes: s.now().Add(48 * time.Hour), Readers: consult.ReadElus, Names: consult.ByName})
		return err
	})
	s.view(func(st *consult.State) { s.axis = st.Edition(s.edition).Axes[0].ID })
	staff.get("/pilotage").want(t, 200, "Accréditer les élu·es")
	s.zoe = s.accredit(s.staff, consult.Person{FirstName: "Zoé", LastName: "Brume", Email: "zoe@villebrume.example", Role: consult.Elu})
	staff.get("/pilotage").want(t, 200, "Préparer l'ouverture", "mardi 10 novembre 2026 à 10 h 00", "Personne n'est encore rapporteur·e")
	s.later(2 * time.Hour)
	staff.get("/pilotage").want(t, 200, "Faire entrer les premières contributions", "1 élu·e n'a encore rien écrit")
	s.submit(s.zoe, "Il faut des guichets.")
	staff.get("/pilotage").want(t, 200, "Suivre l'expression", "1 contribution de 1 élu·e")
	s.later(72 * time.Hour)
	staff.get("/pilotage").want(t, 200, "Analyser, puis écrire")
}

func editionValues(change ...string) url.Values {
	v := url.Values{"cle": {"k"}, "titre": {"Congrès 2027"}, "axes": {"Inclusion | Comment n'oublier personne ?\r\nSobriété\r\n\r\n"},
		"ouvre": {"2027-11-02T08:00"}, "ferme": {"2027-11-24T20:00"}, "lecture": {"public"}, "noms": {"fonction"}, "licence": {"Licence Ouverte"}}
	for i := 0; i+1 < len(change); i += 2 {
		v.Set(change[i], change[i+1])
	}
	return v
}

func TestEditionForm(t *testing.T) {
	s := bareSite(t)
	s.staff = s.accredit("", consult.Person{FirstName: "Sam", LastName: "Pilote", Email: "equipe@congres.example", Role: consult.Staff})
	staff := s.as(s.staff)
	staff.get("/pilotage/edition").want(t, 200, "Ouvrir une édition")
	head := s.ledger.Head()
	for _, f := range []struct{ name, field, value, sentence string }{
		{"no title", "titre", " ", "Donnez à l'édition un titre"},
		{"no question", "axes", " \n ", "Posez au moins une question"},
		{"a question without title", "axes", "| Pourquoi ?", "n'a pas de titre"},
		{"twice a title", "axes", "Un\nun", "Deux questions ont le titre"},
		{"too many", "axes", strings.Repeat("x\n", 1) + func() (s string) {
			for i := range 31 {
				s += fmt.Sprintf("q%d\n", i)
			}
			return
		}(), "trente au plus"},
		{"no date", "ouvre", "bientôt", "La date « bientôt » ne se lit pas"},
		{"closes before", "ferme", "2027-11-01T08:00", "doit s'ouvrir avant de se fermer"},
		{"readers", "lecture", "personne", "Dites qui peut lire"},
		{"names", "noms", "", "Dites ce que l'on voit"},
	} {
		a := staff.post("/pilotage/edition", editionValues(f.field, f.value)).want(t, 422, f.sentence)
		if f.field != "titre" && a.field(t, "titre") != "Congrès 2027" {
			t.Errorf("%s: the title is lost", f.name)
		}
		if f.field != "axes" && !strings.Contains(a.words(), "Comment n'oublier personne") {
			t.Errorf("%s: the questions are lost", f.name)
		}
	}
	if s.ledger.Head() != head {
		t.Fatal("a refused form was kept")
	}
	staff.post("/pilotage/edition", editionValues()).goes(t, "/pilotage/edition?fait=edition")
	staff.post("/pilotage/edition", editionValues()).goes(t, "/pilotage/edition?fait=edition") // sent twice
	var e *consult.Edition
	look := func() {
		s.view(func(st *consult.State) {
			if e = st.Current(s.ledger.Now()); len(st.Editions()) != 1 {
				t.Errorf("%d editions", len(st.Editions()))
			}
		})
	}
	look()
	if consult.Wall(e.Opens) != "2027-11-02T08:00" || e.Opens.UTC().Hour() != 7 || e.Readers != consult.ReadPublic || e.Names != consult.ByFunction || len(e.Axes) != 2 {
		t.Errorf("edition %+v", e)
	}
	page := staff.get("/pilotage/edition?fait=edition").want(t, 200, "L'édition est enregistrée", "Inclusion | Comment n'oublier personne ?")
	if page.field(t, "ferme") != "2027-11-24T20:00" {
		t.Errorf("closes %q", page.field(t, "ferme"))
	}
	// The second question is reworded, a third comes between.
	old := e.Axes
	staff.post("/pilotage/edition", editionValues("id", e.ID, "cle", "k2", "axes", "INCLUSION | autrement\nSobriété numérique\nTroisième")).goes(t, "/pilotage/edition?id="+e.ID+"&fait=edition")
	look()
	if len(e.Axes) != 3 || e.Axes[0].ID != old[0].ID || e.Axes[1].ID != old[1].ID || e.Axes[2].ID == old[1].ID || e.Axes[0].Question != "autrement" {
		t.Errorf("axes %+v, before %+v", e.Axes, old)
	}
	staff.post("/pilotage/edition", editionValues("id", "rien", "cle", "k3")).want(t, 404)
	staff.get("/pilotage/edition?id=rien").want(t, 404)
	staff.get("/pilotage/edition?id=nouvelle").want(t, 200, "Ouvrir une édition", "Autres éditions")
}

// TestEditionQuestionGone asks before answers lose their question, or go to another.
func TestEditionQuestionGone(t *testing.T) {
	s := newSite(t)
	id := s.submit(s.zoe, "Il faut des guichets.")
	staff := s.as(s.staff)
	under := func() (title string) {
		s.view(func(st *consult.State) {
			c := st.Contribution(id)
			title = st.Edition(c.Edition).Under(c)
			if c.Text() != "Il faut des guichets." {
				t.Error("the text is lost")
			}
		})
		return title
	}
	form := editionValues("id", s.edition, "axes", "Logement\nInclusion pour tous")
	staff.post("/pilotage/edition", form).want(t, 409, "Rien n'est encore changé", "« Inclusion » (1 contribution) n'a plus son titre", "« Logement »", "« Inclusion pour tous »", "Elle est retirée")
	for _, no := range []string{"titre:Santé", "titre:", "Logement"} {
		form.Set("devient-"+s.axis, no)
		staff.post("/pilotage/edition", form).want(t, 409, "Rien n'est encore changé")
	}
	if got := under(); got != "Inclusion" {
		t.Errorf("under %q before staff have said", got)
	}
	form.Set("devient-"+s.axis, "titre:Inclusion pour tous")
	done := "/pilotage/edition?id=" + s.edition + "&fait=edition"
	staff.post("/pilotage/edition", form).goes(t, done)
	if got := under(); got != "Inclusion pour tous" {
		t.Errorf("under %q, want what staff said", got)
	}
	form = editionValues("id", s.edition, "axes", "Logement", "cle", "2")
	staff.post("/pilotage/edition", form).want(t, 409)
	form.Set("devient-"+s.axis, "sans")
	staff.post("/pilotage/edition", form).goes(t, done)
	if got := under(); got != "" {
		t.Errorf("under %q, want no question", got)
	}
}

// TestKeepAxes: a capital is a question with answers; A→X tells what becomes of one.
func TestKeepAxes(t *testing.T) {
	for _, c := range []struct{ old, titles, becomes, want, asked string }{
		{"a b c", "a b c", "", "a b c", ""}, {"a b c", "c b a", "", "c b a", ""}, {"a b c", "a c", "", "a c", ""}, {"a b c", "a x c", "", "a b c", ""},
		{"a b c", "a x b c", "", "a - b c", ""}, {"a b c", "x c", "", "a c", ""}, {"a b c", "x y z t", "", "a b c -", ""}, {"a b c", "B", "", "b", ""},
		{"N S", "l nn s", "", "- - S", "N"}, {"N S", "l nn s", "N→nn", "- N S", ""}, {"N S", "l nn s", "N→l", "N - S", ""}, {"N S", "l s", "N→sans", "- S", ""},
		{"N S", "x", "N→x S→x", "N", "S"}, {"N S", "x y", "N→y S→x", "S N", ""}, {"N S", "n x", "S→n", "N -", "S"}, {"N b", "x y", "N→y", "- N", ""}, {"b N", "y s", "N→y", "N -", ""},
	} {
		var old, changed []consult.Axis
		for title := range strings.FieldsSeq(c.old) {
			old = append(old, consult.Axis{ID: title, Title: title})
		}
		for title := range strings.FieldsSeq(c.titles) {
			changed = append(changed, consult.Axis{Title: title})
		}
		answers := func(axis string) int { return strings.Count("NS", axis) }
		becomes := func(axis string) string {
			_, to, _ := strings.Cut(c.becomes, axis+"→")
			to, _, _ = strings.Cut(to, " ")
			if to != "" && to != askedNoMore {
				to = "titre:" + to
			}
			return to
		}
		var f editionForm
		var got, asked []string
		for _, a := range f.keepAxes(old, changed, answers, becomes) {
			got = append(got, cmp.Or(a.ID, "-"))
		}
		for _, r := range f.Retitled {
			if r.Becomes == "" {
				asked = append(asked, r.ID)
			}
		}
		if strings.Join(got, " ") != c.want || strings.Join(asked, " ") != c.asked {
			t.Errorf("%s: %s (%s): %v, want %s; asked of %v, want %q", c.old, c.titles, c.becomes, got, c.want, asked, c.asked)
		}
	}
}

func TestJournalPages(t *testing.T) {
	s := newSite(t)
	staff := s.as(s.staff)
	for i := range 120 {
		s.submit(s.zoe, fmt.Sprintf("Phrase %d.", i))
	}
	first := staff.get("/pilotage/journal").want(t, 200, "Dernier fait : nᵒ 124", s.ledger.Head().Hash.String(), "contribution reçue", "Zoé Brume", "Faits plus anciens")
	if n := strings.Count(first.Body, "<tr><td>"); n != journalPage {
		t.Errorf("%d facts on a page", n)
	}
	staff.get("/pilotage/journal?avant=75").want(t, 200, "Faits plus récents", "Faits plus anciens")
	last := staff.get("/pilotage/journal?avant=25").want(t, 200, "personne accréditée", "le système", "édition ouverte")
	if strings.Contains(last.Body, "plus anciens") {
		t.Error("there is nothing older")
	}
	for _, odd := range []string{"x", "-1", "0", "1", "99999999999999999999", "1000000"} {
		staff.get("/pilotage/journal?avant="+odd).want(t, 200)
	}
	staff.post("/pilotage/journal/verification", nil).want(t, 200, "La chaîne est intacte : 124 faits relus, 0 effacé")
	staff.post("/pilotage/accreditation/effacer", url.Values{"personne": {s.zoe}, "oui": {"effacer"}}).goes(t, "/pilotage/accreditation?fait=efface")
	staff.post("/pilotage/journal/verification", nil).want(t, 200, "La chaîne est intacte : 125 faits relus, 121 effacés")
	staff.get("/pilotage/journal").want(t, 200, "données effacées", "personne effacée")

	file := staff.get("/pilotage/journal.csv").want(t, 200)
	if strings.Contains(file.Body, "Brume") || strings.Contains(file.Body, "zoe@") {
		t.Error("a name is in the journal's download")
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.Body, "\ufeff")))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil || len(rows) != 126 || !strings.HasPrefix(file.Body, "\ufeff") {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	// What is downloaded is enough to check the chain.
	previous := strings.Repeat("0", 64)
	for _, row := range rows[1:] {
		raw, err := hex.DecodeString(row[11])
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != row[10] || row[9] != previous {
			t.Fatalf("fact %s does not follow", row[0])
		}
		previous = row[10]
	}
	if previous != s.ledger.Head().Hash.String() {
		t.Error("the download does not end at the head")
	}
}

// brokenStore is a store whose journal does not chain.
type brokenStore struct{ store.Store }

func (brokenStore) Read(context.Context, uint64, func(store.Fact) bool) error {
	return store.ErrCorrupt
}

func TestJournalBroken(t *testing.T) {
	s := newSite(t, func(c *Config, _ *site) { c.Store = brokenStore{c.Store} })
	staff := s.as(s.staff)
	staff.get("/pilotage/journal").want(t, 200, "la chaîne est rompue")
	staff.post("/pilotage/journal/verification", nil).want(t, 200, "La chaîne est rompue après le fait nᵒ 0")
}

func FuzzParseAxes(f *testing.F) {
	f.Add("Inclusion | Comment ?\r\nSobriété\n")
	f.Fuzz(func(t *testing.T, text string) {
		axes, err := parseAxes(text)
		if err != nil {
			return
		}
		var form editionForm
		form.fill(&consult.Edition{Axes: axes})
		if again, err := parseAxes(form.Axes); err != nil || fmt.Sprint(again) != fmt.Sprint(axes) {
			t.Errorf("%q: %v, then %v, %v", text, axes, again, err)
		}
	})
}
