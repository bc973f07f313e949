package web

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/corpora/office/officetest"
)

// TestOfficeFiles imports a workbook and documents, each twice.
func TestOfficeFiles(t *testing.T) {
	s := newSite(t)
	staff := s.as(s.staff)
	for _, f := range []struct {
		name    string
		content []byte
		kind    string
		n       int
	}{
		{"réponses.xlsx", officetest.XLSX([]string{"id", "contribution", "auteur"}, []string{"1", "Ouvrir le samedi.", "zoe@villebrume.example"}, []string{"2", "Plus de bus.", ""}), "classeur Excel, feuille « Réponses »", 2},
		{"atelier.docx", officetest.DOCX("# Inclusion", "Chacun propose :", "- Former les agents.", "- Ouvrir tard.", "Un paragraphe entier."), "document Word, une ligne par paragraphe", 3},
	} {
		a := staff.upload("/pilotage/imports", map[string]string{"cle": f.name}, f.name, f.content)
		staff.get(a.To).want(t, 200, f.kind, fmt.Sprintf("%d contributions nouvelles", f.n), "0 ligne laissée de côté")
		staff.imported(t, f.name, f.content)
		again := staff.upload("/pilotage/imports", map[string]string{"cle": "encore"}, f.name, f.content)
		staff.get(again.To).want(t, 200, "0 contribution nouvelle", fmt.Sprintf("%d contributions inchangées", f.n))
	}
	s.view(func(st *consult.State) {
		e := st.Edition(s.edition)
		all := st.Contributions(consult.Query{Edition: s.edition})
		known, axed := 0, 0
		for _, c := range all {
			if c.Author != "" {
				known++
			}
			if a, ok := e.Axis(c.Axis); ok && a.Title == "Inclusion" {
				axed++
			}
		}
		if len(all) != 5 || known != 1 || axed != 3 {
			t.Errorf("%d contributions, %d of a known author, %d under the document's heading", len(all), known, axed)
		}
	})

	// Another sheet of a workbook, whose columns have other names.
	book := officetest.Workbook(officetest.Sheet{Name: "Élus", Rows: [][]string{{"nom", "courriel"}, {"Ana", "ana@ville.example"}}},
		officetest.Sheet{Name: "Propos", Rows: [][]string{{"verbatim", "question"}, {"Il faut ouvrir plus tard le soir.", "Inclusion"}}})
	a := staff.upload("/pilotage/imports", map[string]string{"cle": "b"}, "classeur.xlsx", book)
	staff.get(a.To).want(t, 200, "Seule la feuille « Élus » est lue", "La feuille du classeur")
	staff.post(a.To+"/colonnes", url.Values{"feuille": {"Propos"}, "texte": {"nom"}}).goes(t, a.To)
	staff.get(a.To).want(t, 200, "feuille « Propos »", "1 contribution nouvelle", "Il faut ouvrir plus tard le soir.")
	staff.post(a.To+"/colonnes", url.Values{"feuille": {"Propos"}, "texte": {"question"}}).goes(t, a.To)
	staff.get(a.To).want(t, 200, "feuille « Propos »", "Inclusion ligne 2")
	staff.post(a.To+"/colonnes", url.Values{"feuille": {"Rien"}}).want(t, 422, "n'a pas de feuille « Rien »")
	a = staff.upload("/pilotage/accreditation/fichiers", map[string]string{"cle": "b"}, "classeur.xlsx", book)
	staff.get(a.To).want(t, 200, "feuille « Élus »", "1 personne nouvelle")
	staff.post(a.To+"/colonnes", url.Values{"feuille": {"Propos"}}).goes(t, a.To)
	staff.get(a.To).want(t, 200, "feuille « Propos »", "Aucune colonne ne donne les courriels")

	// The same document as the notes of a meeting: seen before it is kept.
	fields := map[string]string{"cle": "r", "titre": "Atelier", "date": "2026-11-06", "tirets": "oui", "geste": "apercu"}
	notes := officetest.DOCX("# Inclusion", "Chacun propose :", "- Former les agents.", "- Ouvrir tard.", "Un paragraphe entier de plus.")
	page := staff.upload("/pilotage/rencontres", fields, "atelier.docx", notes).want(t, 200, "2 points trouvés", "Former les agents.")
	if !strings.Contains(page.Body, "# Inclusion\n\nChacun propose") {
		t.Error("the notes are not shown to be kept")
	}
	fields["geste"] = "garder"
	staff.upload("/pilotage/rencontres", fields, "atelier.docx", notes).goes(t, "/pilotage/rencontres?fait=rencontre")
	staff.get("/pilotage/imports").want(t, 200, "rencontre : Atelier : 2 contributions")
	fields["cle"] = "r2"
	staff.upload("/pilotage/rencontres", fields, "tableau.xlsx", officetest.XLSX([]string{"id"})).want(t, 422, "c'est un classeur")
}
