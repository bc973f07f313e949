package corpora

import "cmp"

// Kind says in French what a table was read from, and how: « classeur Excel,
// feuille « Réponses » », « tableau, UTF-8, séparateur : virgule ».
func (t *Table) Kind() string {
	names := map[string]string{
		"csv": "tableau", "jsonl": "JSON par lignes", "json": "JSON", "iramuteq": "corpus IRaMuTeQ", "txm": "corpus TXM", "txt": "texte",
		"xlsx": "classeur Excel", "ods": "classeur LibreOffice", "docx": "document Word", "odt": "document LibreOffice",
	}
	out := cmp.Or(names[t.Format], t.Format)
	switch t.Format {
	case "xlsx", "ods":
		out += ", feuille «\u00a0" + t.Sheet + "\u00a0»"
	case "docx", "odt":
		out += ", une ligne par paragraphe"
	default:
		out += ", " + t.Encoding
	}
	if t.Format == "csv" {
		marks := map[rune]string{';': "point-virgule", ',': "virgule", '\t': "tabulation", '|': "barre verticale", 0: "aucun, une seule colonne"}
		out += ", séparateur\u00a0: " + cmp.Or(marks[t.Separator], "«\u00a0"+string(t.Separator)+"\u00a0»")
	}
	if len(t.Asked) > 0 {
		out += ", une ligne par réponse"
	}
	if t.Unfolded {
		out += ", export du Grand débat, une ligne par réponse"
	}
	return out
}
