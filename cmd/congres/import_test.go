package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/villes-internet/congres/corpora/office/officetest"
)

// TestImportOffice imports workbooks and documents from the command line; the
// same file twice adds nothing.
func TestImportOffice(t *testing.T) {
	h, _ := newHouse(t, place{dir: t.TempDir()})
	defer h.Close()
	sheet := officetest.XLSX([]string{"id", "contribution"}, []string{"1", "Ouvrir le samedi."}, []string{"2", "Plus de bus."})
	text := officetest.DOCX("# Inclusion", "- Former les agents.", "- Ouvrir tard.")
	list := officetest.XLSX([]string{"nom", "prénom", "courriel"}, []string{"Brume", "Zoé", "zoe@villebrume.example"})
	for _, step := range []struct {
		args    []string
		content []byte
		says    string
	}{
		{[]string{"contributions", "réponses.xlsx", "--check"}, sheet, "2 nouvelles, 0 modifiée, 0 inchangée, 0 laissée de côté. Rien n’a été écrit."},
		{[]string{"contributions", "réponses.xlsx"}, sheet, "2 nouvelles"},
		{[]string{"contributions", "réponses.xlsx"}, sheet, "classeur Excel, feuille «\u00a0Réponses\u00a0» ; colonnes : id, contribution"},
		{[]string{"contributions", "réponses.xlsx"}, sheet, "0 nouvelle, 0 modifiée, 2 inchangées"},
		{[]string{"contributions", "lieux.xlsx", "--check"}, officetest.XLSX([]string{"id", "texte", "Commune", "Autre remarque"}, []string{"1", "Plus de trains.", "Lens", "Merci"}),
			"colonnes : id, texte\nPas importé\u00a0: «\u00a0Commune\u00a0», «\u00a0Autre remarque\u00a0».\n"},
		{[]string{"contributions", "autre nom.xlsx", "--check"}, sheet, "2 textes déjà là, mot pour mot, venus d’ailleurs. Pour les laisser de côté\u00a0: --skip-copies.\n2 lignes : 2 nouvelles"},
		{[]string{"contributions", "autre nom.xlsx", "--skip-copies"}, sheet, "2 lignes : 0 nouvelle, 0 modifiée"},
		{[]string{"contributions", "autre nom.xlsx"}, sheet, "2 lignes : 2 nouvelles"},
		{[]string{"contributions", "atelier.docx"}, text, "2 nouvelles"},
		{[]string{"contributions", "atelier.docx"}, text, "0 nouvelle, 0 modifiée, 2 inchangées"},
		{[]string{"elus", "liste.xlsx"}, list, "1 nouvelle personne"},
		{[]string{"elus", "liste.xlsx"}, list, "1 inchangée"},
		{[]string{"contributions", "livre.xlsx", "--sheet=Propos"}, officetest.Workbook(officetest.Sheet{Name: "Notice", Rows: [][]string{{"texte"}, {"Lisez-moi."}}}, officetest.Sheet{Name: "Propos", Rows: [][]string{{"texte"}, {"Un propos."}}}), "feuille «\u00a0Propos\u00a0»"},
		{[]string{"notes", "atelier.docx", "--check"}, text, "Rien n’a été écrit."},
		{[]string{"notes", "atelier.docx"}, text, "Rencontre « atelier » enregistrée."},
		{[]string{"notes", "atelier.docx"}, text, "Rencontre « atelier » inchangée."},
		{[]string{"notes", "atelier.docx", "--date=2026-11-02"}, text, "Rencontre « atelier » enregistrée."},
		{[]string{"notes", "atelier.docx", "--date=2026-11-02", "--place=Lens"}, officetest.DOCX("- Former."), "Rencontre « atelier » modifiée."},
	} {
		var out bytes.Buffer
		if err := importOne(t.Context(), h, step.args, bytes.NewReader(step.content), &out); err != nil || !strings.Contains(out.String(), step.says) {
			t.Errorf("import %q: %v, said %q, want %q", step.args, err, out.String(), step.says)
		}
	}
	for _, what := range []string{"contributions", "notes"} {
		var out bytes.Buffer
		err := importOne(t.Context(), h, []string{what, "coupé.docx"}, bytes.NewReader(text[:100]), &out)
		if err == nil {
			t.Fatalf("%s: half a file was imported", what)
		}
		wantFrench(t, sentence(err)+"\n", "coupé.docx")
	}
}

// TestAnalyseOffice analyses a workbook and a document as one corpus.
func TestAnalyseOffice(t *testing.T) {
	dir := t.TempDir()
	files := map[string][]byte{
		"réponses.xlsx": officetest.XLSX([]string{"id", "texte", "commune"}, []string{"1", "Les bus sont trop rares le soir.", "Lens"}, []string{"2", "Il faut plus de bus le dimanche.", "Lille"}),
		"atelier.docx":  officetest.DOCX("# Cantine", "- La cantine devrait servir des légumes.", "- Des légumes frais à la cantine."),
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	status, out, errOut := congres(t, "analyse", filepath.Join(dir, "réponses.xlsx"), filepath.Join(dir, "atelier.docx"), "--out", filepath.Join(dir, "rapport"))
	for _, says := range []string{"réponses.xlsx : 2 lignes, classeur Excel, feuille « Réponses »", "texte = « texte », identifiant = « id », commune = « commune »", "atelier.docx : 2 lignes, document Word", "axe = « section »", "4 textes"} {
		if status != 0 || !strings.Contains(out, says) {
			t.Errorf("status %d, %q, want %q\n%s", status, out, says, errOut)
		}
	}
}

// TestAnalyseOneQuestion analyses one open question of an export of the Grand
// débat, named by its column.
func TestAnalyseOneQuestion(t *testing.T) {
	path := write(t, "debat.csv", "id,reference,title,createdAt,authorId,authorType,authorZipCode,Q1 - Que faire ?,Q2 - Et ensuite ?\n"+
		"x,2-1,T,2019-01-22,a,Citoyen,59000,Il faut davantage de bus,Et des trains aussi\ny,2-2,T,2019-01-22,b,Citoyen,59000,Il faut davantage de trains,Et des bus aussi\n")
	for column, says := range map[string]string{"Q1 - Que faire ?": "2 textes", "": "4 textes"} {
		args := []string{"analyse", path, "--out", t.TempDir()}
		if column != "" {
			args = append(args, "--text", column)
		}
		if status, out, errOut := congres(t, args...); status != 0 || !strings.Contains(out, "export du Grand débat") || !strings.Contains(out, says) {
			t.Errorf("--text %q: status %d, %q, want %q\n%s", column, status, out, says, errOut)
		}
	}
}
