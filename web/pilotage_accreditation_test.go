package web

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/corpora/office/officetest"
)

func personValues(change ...string) url.Values {
	v := url.Values{"cle": {"p"}, "prenom": {"Ana"}, "nom": {"Martin"}, "courriel": {"Ana@Ville.example"}, "mandat": {"maire"}, "role": {"élu"},
		"commune": {"Ville"}, "code_insee": {"X0202"}, "departement": {"98"}, "population": {"2 400"}}
	for i := 0; i+1 < len(change); i += 2 {
		v.Set(change[i], change[i+1])
	}
	return v
}

var linkPattern = regexp.MustCompile(`http://[^/"<\s]+/entrer/([A-Za-z0-9_-]+)`)

// signsIn follows a link, and says as whom.
func (s *site) signsIn(link string) string {
	s.t.Helper()
	v := s.as("")
	path := strings.TrimPrefix(link, s.url)
	v.get(path).want(s.t, 200)
	if a := v.post(path, nil); a.Status != 303 {
		s.t.Fatalf("the link leads to %d", a.Status)
	}
	return v.get("/").words()
}

func TestAccreditOne(t *testing.T) {
	s := newSite(t)
	staff := s.as(s.staff)
	for _, f := range []struct{ name, field, value, sentence string }{
		{"no name", "nom", " ", "Écrivez le prénom et le nom"},
		{"no address", "courriel", "", "n'est pas valable"},
		{"bad address", "courriel", "ana", "n'est pas valable"},
		{"bad role", "role", "chef", "Le rôle « chef » n'existe pas"},
		{"bad population", "population", "beaucoup", "La population s'écrit en chiffres"},
		{"long mandate", "mandat", strings.Repeat("x", 201), "trop long"},
	} {
		a := staff.post("/pilotage/accreditation", personValues(f.field, f.value)).want(t, 422, f.sentence)
		if f.field != "prenom" && a.field(t, "prenom") != "Ana" || f.field != "commune" && a.field(t, "commune") != "Ville" {
			t.Errorf("%s: the form lost what was typed", f.name)
		}
	}
	page := staff.post("/pilotage/accreditation", personValues()).want(t, 200, "Le lien à transmettre", "Ana Martin")
	found := linkPattern.FindString(page.Body)
	if name := s.signsIn(found); !strings.Contains(name, "Ana Martin") {
		t.Errorf("the link signs in %s", name)
	}
	again := staff.post("/pilotage/accreditation", personValues()).goes(t, "/pilotage/accreditation?fait=accredite")
	if linkPattern.MatchString(again.Body) {
		t.Error("the same form twice makes two links")
	}
	var ana *consult.Person
	s.view(func(st *consult.State) {
		if ana = st.PersonByEmail("ana@ville.example"); len(st.People()) != 4 || ana.Town.Population != 2400 || ana.Town.Code != "X0202" {
			t.Errorf("%d people, %+v", len(st.People()), ana)
		}
	})
	staff.get("/pilotage/accreditation").want(t, 200, "4 personnes", "Ana Martin", "dernier lien : mardi 10 novembre 2026", "n'a encore rien écrit")
	if f := staff.get("/pilotage/accreditation?personne="+ana.ID).want(t, 200, "Modifier Ana Martin"); f.field(t, "population") != "2400" {
		t.Error("the form does not show what is known")
	}
	staff.post("/pilotage/accreditation", personValues("cle", "p2", "mandat", "maire honoraire", "role", "rapporteur")).goes(t, "/pilotage/accreditation?fait=accredite")
	s.view(func(st *consult.State) {
		if p := st.Person(ana.ID); p.Mandate != "maire honoraire" || p.Role != consult.Rapporteur {
			t.Errorf("%+v", p)
		}
	})
	// Nobody locks themselves out.
	staff.post("/pilotage/accreditation", personValues("cle", "p3", "courriel", "equipe@congres.example")).goes(t, "/pilotage/accreditation?fait=role-garde")
	staff.post("/pilotage/accreditation", personValues("cle", "p4", "courriel", "equipe@congres.example", "personne", s.staff)).want(t, 422, "Vous ne pouvez pas quitter l'équipe")
	staff.get("/pilotage").want(t, 200)

	page = staff.post("/pilotage/accreditation/liens", url.Values{"personne": {s.zoe}}).want(t, 200, "Le lien à transmettre")
	if name := s.signsIn(linkPattern.FindString(page.Body)); !strings.Contains(name, "Zoé Brume") {
		t.Errorf("the link signs in %s", name)
	}
	staff.post("/pilotage/accreditation/liens", url.Values{"personne": {"rien"}}).want(t, 404)
}

func TestAccreditationFilters(t *testing.T) {
	s := newSite(t)
	staff := s.as(s.staff)
	for i := range 60 {
		s.accredit(s.staff, consult.Person{FirstName: "Élu", LastName: fmt.Sprintf("Numéro%02d", i), Email: fmt.Sprintf("e%d@ville.example", i), Role: consult.Elu})
	}
	s.submit(s.zoe, "Il faut des guichets.")
	staff.get("/pilotage/accreditation").want(t, 200, "63 personnes", "Page suivante")
	staff.get("/pilotage/accreditation?page=1").want(t, 200, "Page précédente", "Sam Pilote")
	staff.get("/pilotage/accreditation?page=-7").want(t, 200, "63 personnes")
	staff.get("/pilotage/accreditation?page=9999999999").want(t, 200, "Personne ne correspond")
	staff.get("/pilotage/accreditation?q=numéro07").want(t, 200, "1 personne ", "Numéro07")
	staff.get("/pilotage/accreditation?role=équipe").want(t, 200, "1 personne ", "Sam Pilote")
	if a := staff.get("/pilotage/accreditation?silence=1&q=brume").want(t, 200, "1 personne "); strings.Contains(a.words(), "Zoé") {
		t.Error("Zoé has written") // only Karim, of Villebrume, has not
	}
}

func TestAccreditationMail(t *testing.T) {
	s := newSite(t, withMail)
	staff := s.as(s.staff)
	a := staff.post("/pilotage/accreditation", personValues())
	a.goes(t, "/pilotage/accreditation?fait=courriel")
	staff.post("/pilotage/accreditation", personValues()).goes(t, "/pilotage/accreditation?fait=accredite")
	a = staff.upload("/pilotage/accreditation/fichiers", map[string]string{"cle": "f"}, "elus.csv", []byte("nom;prénom;courriel\nUn;Une;un@ville.example\nDeux;Une;deux@ville.example\n"))
	page := staff.get(a.To).want(t, 200, "2 personnes nouvelles")
	page = staff.post(a.To, url.Values{"cle": {page.field(t, "cle")}}).want(t, 200, "2 liens partent par courriel")
	if linkPattern.MatchString(page.Body) {
		t.Error("staff see links that were e-mailed")
	}
}

func TestErasePerson(t *testing.T) {
	s := newSite(t)
	id := s.submit(s.zoe, "Des mots à oublier.")
	s.submit(s.karim, "D'autres mots.")
	staff := s.as(s.staff)
	up := staff.upload("/pilotage/imports", nil, "attente.csv", []byte("id;texte;auteur\n1;Des mots de Zoé;zoe@villebrume.example\n"))
	staff.get(up.To).want(t, 200)
	staff.get("/pilotage/accreditation/effacer?personne="+s.zoe).want(t, 200, "Effacer Zoé Brume", "sa contribution disparaît", "rien ne permet de revenir en arrière",
		"copie de sauvegarde faite avant l’effacement garde ses mots", "recopiée à la main")
	staff.post("/pilotage/accreditation/effacer", url.Values{"personne": {s.zoe}}).want(t, 422, "Rien n'a été effacé")
	staff.post("/pilotage/accreditation/effacer", url.Values{"personne": {s.staff}, "oui": {"effacer"}}).want(t, 422, "Vous ne pouvez pas vous effacer d'ici")
	zoe := s.as(s.zoe)
	staff.post("/pilotage/accreditation/effacer", url.Values{"personne": {s.zoe}, "oui": {"effacer"}}).goes(t, "/pilotage/accreditation?fait=efface")
	staff.post("/pilotage/accreditation/effacer", url.Values{"personne": {s.zoe}, "oui": {"effacer"}}).want(t, 404)
	zoe.get("/mes-contributions").goes(t, "/entrer?retour=%2Fmes-contributions")
	staff.get("/contributions/"+id).want(t, 410)
	staff.get(up.To).want(t, 410, "n'est plus sur le serveur")
	if a := staff.get("/pilotage/accreditation").want(t, 200, "2 personnes"); strings.Contains(a.words(), "Zoé") {
		t.Error("Zoé is still listed")
	}
}

const rosterFile = "nom;prénom;courriel;mandat;commune;code_insee;département;population;rôle\r\n" +
	"Martin;Ana;ana@ville.example;maire;Ville;X1;98;1 200;\r\n" +
	"Petit;Léo;leo@ville.example;adjoint;Ville;X1;98;1 200;rapporteur\r\n" +
	"Brume;Zoé;zoe@villebrume.example;maire;Villebrume;X0101;98;2400;élue\r\n" +
	"Sans;Adresse;;maire;Ville;X1;98;1 200;\r\n" +
	"Deux;Fois;ana@ville.example;maire;Ville;X1;98;1 200;\r\n" +
	"Rôle;Étrange;r@ville.example;maire;Ville;X1;98;1 200;vizir\r\n"

func TestRosterImport(t *testing.T) {
	s := newSite(t)
	staff := s.as(s.staff)
	head := s.ledger.Head()
	a := staff.upload("/pilotage/accreditation/fichiers", map[string]string{"cle": "f"}, "élus.csv", []byte(rosterFile))
	if a.Status != 303 || !strings.HasPrefix(a.To, "/pilotage/accreditation/fichiers/") {
		t.Fatalf("%d to %s: %.800s", a.Status, a.To, a.words())
	}
	path := a.To
	page := staff.get(path).want(t, 200, "6 lignes (tableau, UTF-8, séparateur : point-virgule)", "Rien n'est encore enregistré", "2 personnes nouvelles", "1 personne inchangée",
		"3 lignes laissées de côté", "Le courriel manque", "est déjà celle de la ligne 2", "Le rôle « vizir » n'existe pas")
	for _, line := range []string{"5", "6", "7"} {
		if !strings.Contains(page.Body, `<th scope="row">`+line+`</th>`) {
			t.Errorf("line %s is not named", line)
		}
	}
	if s.ledger.Head() != head {
		t.Fatal("a dry run changed something")
	}
	file := staff.get(path+"/doutes.csv").want(t, 200)
	if n := strings.Count(file.Body, "\r\n"); n != 4 {
		t.Errorf("%d lines of doubts: %s", n, file.Body)
	}
	form := url.Values{"cle": {page.field(t, "cle")}}
	done := staff.post(path, form).want(t, 200, "2 personnes nouvelles", "Les liens à transmettre", "ana@ville.example", "leo@ville.example")
	found := linkPattern.FindAllString(done.Body, -1)
	if len(found) != 4 || found[0] == found[1] { // in the table and in the text to copy
		t.Fatalf("links %v", found)
	}
	if name := s.signsIn(found[0]) + s.signsIn(found[1]); !strings.Contains(name, "Ana Martin") || !strings.Contains(name, "Léo Petit") {
		t.Errorf("the links sign in %s", name)
	}
	staff.post(path, form).goes(t, path+"?fait=deja")
	staff.get(path+"?fait=deja").want(t, 200, "rien n'a été ajouté", "Cette liste a été accréditée : 2 personnes nouvelles", "3 personnes inchangées")
	s.view(func(st *consult.State) {
		if n := len(st.People()); n != 5 {
			t.Errorf("%d people", n)
		}
	})
	again := staff.post(path, url.Values{"cle": {"autre"}}).want(t, 200)
	if linkPattern.MatchString(again.Body) {
		t.Error("accrediting the list again makes links")
	}
	sheet := staff.post(path+"/liens", url.Values{"sortie": {"csv"}}).want(t, 200, "prénom;nom;courriel;commune;lien", "Zoé;Brume")
	if n := len(linkPattern.FindAllString(sheet.Body, -1)); n != 3 || !strings.HasPrefix(sheet.Body, "\ufeff") {
		t.Errorf("%d links in the sheet", n)
	}
	// Columns chosen by hand.
	staff.post(path+"/colonnes", url.Values{"courriel": {"mandat"}, "nom": {"nom"}}).goes(t, path)
	staff.get(path).want(t, 200, "Aucune ligne ne peut être accréditée")
	staff.post(path, url.Values{"cle": {"rien"}}).want(t, 422, "Aucune ligne de ce fichier")
	staff.post(path+"/colonnes", url.Values{"nom": {"nom"}}).goes(t, path)
	staff.get(path).want(t, 200, "Aucune colonne ne donne les courriels")
	// A day later it is gone.
	s.later(25 * time.Hour)
	staff.get(path).want(t, 410, "n'est plus sur le serveur")
}

func TestRosterEncodings(t *testing.T) {
	s := newSite(t)
	staff := s.as(s.staff)
	latin := []byte("nom,pr\xe9nom,courriel\nLef\xe8vre,No\xe9mie,noemie@ville.example\n")
	a := staff.upload("/pilotage/accreditation/fichiers", nil, "liste.csv", latin)
	staff.get(a.To).want(t, 200, "Windows-1252", "Noémie Lefèvre")
	a = staff.upload("/pilotage/accreditation/fichiers", nil, "liste.xlsx", officetest.XLSX([]string{"Nom", "Prénom", "Courriel"}, []string{"Lefèvre", "Noémie", "noemie@ville.example"}))
	staff.get(a.To).want(t, 200, "classeur Excel, feuille « Réponses »", "Noémie Lefèvre")
	for _, f := range []struct {
		name     string
		content  []byte
		sentence string
	}{
		{"classeur.xlsx", []byte("PK\x03\x04\x14\x00\x06\x00"), "classeur.xlsx : le fichier est incomplet ou abîmé"},
		{"binaire.csv", []byte{0, 1, 2, 3, 255, 254, 0, 0, 7, 7, 7}, "ce n'est pas un fichier de texte"},
		{"vide.csv", []byte(" \n"), "le fichier est vide"},
	} {
		staff.upload("/pilotage/accreditation/fichiers", nil, f.name, f.content).want(t, 422, f.sentence, "Accréditer une personne")
	}
	staff.post("/pilotage/accreditation/fichiers", nil).want(t, 422, "Choisissez un fichier")
}

// TestRosterLarge accredits as many people as one command may.
func TestRosterLarge(t *testing.T) {
	s := newSite(t)
	staff := s.as(s.staff)
	var b strings.Builder
	b.WriteString("nom,prénom,courriel\n")
	for i := range consult.MaxRoster {
		fmt.Fprintf(&b, "Nom%d,Une,e%d@ville.example\n", i, i)
	}
	a := staff.upload("/pilotage/accreditation/fichiers", nil, "beaucoup.csv", []byte(b.String()))
	page := staff.get(a.To).want(t, 200, "10 000 personnes nouvelles")
	done := staff.post(a.To, url.Values{"cle": {page.field(t, "cle")}}).want(t, 200, "200 liens montrés sur 10 000")
	if n := len(linkPattern.FindAllString(done.Body, -1)); n != 10_200 {
		t.Errorf("%d links", n)
	}
	s.view(func(st *consult.State) {
		if n := len(st.People()); n != 10_003 {
			t.Errorf("%d people", n)
		}
	})
	b.WriteString("De trop,Une,trop@ville.example\n")
	a = staff.upload("/pilotage/accreditation/fichiers", nil, "trop.csv", []byte(b.String()))
	staff.post(a.To, url.Values{"cle": {"x"}}).want(t, 422, "10 000 personnes au plus")
}
