package corpora

import (
	"fmt"
	"strings"
	"testing"
)

// TestCover reads the sheet that is a table, where others come before it.
func TestCover(t *testing.T) {
	cover := [][]string{{"Consultation"}, {"Auteur", "Le service"}, {"Lisez-moi"}}
	var data [][]string
	for i := range 20 {
		data = append(data, []string{fmt.Sprint("n", i), "Un avis"})
	}
	table := func(name string, rows [][]string) string {
		out := `<table:table table:name="` + name + `">`
		for _, row := range rows {
			out += "<table:table-row>"
			for _, cell := range row {
				out += odsCell(cell)
			}
			out += "</table:table-row>"
		}
		return out + "</table:table>"
	}
	for name, book := range map[string][]byte{
		"a.xlsx": xlsx(cells(cover...), "Cachée?", cells(append(data, data...)...), "Données", cells(data...), "Listes", cells(data[:10]...)),
		"a.ods":  openDocument("spreadsheet", table("Réponses", cover)+table("Données", data)+table("Listes", data[:10]), ""),
	} {
		got := read(t, name, string(book))
		if got.Sheet != "Données" || len(got.Rows) != 19 {
			t.Errorf("%s: %d rows of sheet %q", name, len(got.Rows), got.Sheet)
		}
		wantDoubts(t, got, []string{"Seule la feuille «\u00a0Données\u00a0» est lue. Le classeur en a d’autres\u00a0: «\u00a0Réponses\u00a0», «\u00a0Listes\u00a0»."})
	}
}

// TestUncomputed says of a text that is a formula that it was never computed.
func TestUncomputed(t *testing.T) {
	table := read(t, "a.xlsx", string(xlsx(cells([]string{"id", "texte"}, []string{"a", `<c r="B2"><f>A1&amp;A2</f><v></v></c>`}, []string{"b", `<c r="B3" t="str"><f>A1</f><v></v></c>`}, []string{"c", "Un"}))))
	documents, doubts := table.Documents(table.Guess())
	if len(documents) != 1 || len(doubts) != 3 {
		t.Fatalf("%d documents, doubts %q", len(documents), doubts)
	}
	for i, want := range []string{"ligne 2, colonne «\u00a0texte\u00a0»\u00a0: La formule de la cellule B2 n’a jamais été calculée", "Sans ce calcul, le texte manque\u00a0: cette ligne est laissée de côté.", "Le texte est vide"} {
		if !strings.Contains(doubts[i].String(), want) || doubts[i].Severe != (i > 0) {
			t.Errorf("doubt %q, want %q", doubts[i], want)
		}
	}
}
