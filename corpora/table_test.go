package corpora

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func read(t *testing.T, name, text string) *Table {
	t.Helper()
	table, err := Read(name, strings.NewReader(text), Limits{})
	if err != nil {
		t.Fatalf("Read(%q): %v", name, err)
	}
	return table
}

func rows(table *Table) string {
	var out []string
	for _, row := range table.Rows {
		out = append(out, strings.Join(row, "¦"))
	}
	return strings.Join(out, "⏎")
}

func TestDelimited(t *testing.T) {
	for _, c := range []struct{ name, text, header, want string }{
		{"a.csv", "id,texte\n1,Bonjour\n2,Au revoir\n", "id¦texte", "1¦Bonjour⏎2¦Au revoir"},
		{"a.csv", "id;texte\r\n1;Bonjour, vous\r\n2;\"Oui; non\"\r\n", "id¦texte", "1¦Bonjour, vous⏎2¦Oui; non"},
		{"a.tsv", "id\ttexte\n1\tUn, deux; trois\n", "id¦texte", "1¦Un, deux; trois"},
		{"a.csv", "id|texte\n1|Un\n", "id¦texte", "1¦Un"},
		{"a.csv", "\ufeffid,texte\n1,\"Un\nDeux\r\nTrois\"\n2,\"Dit \"\"oui\"\"\"", "id¦texte", "1¦Un\nDeux\r\nTrois⏎2¦Dit \"oui\""},
		{"a.csv", "sep=;\nid;texte\n1;Un\n", "id¦texte", "1¦Un"},
		{"a.csv", "id,texte\n1,un \"mot\" ici\n", "id¦texte", "1¦un \"mot\" ici"},
		{"a.csv", "id,texte\n1,\"un \"mot\" ici\"\n", "id¦texte", "1¦un \"mot\" ici"},
		{"a.csv", "id,texte\n1,\"jamais fermé\n2,autre\n", "id¦texte", "1¦\"jamais fermé⏎2¦autre"},
		{"a.csv", "id,texte\n\n  \n1,Un\n", "id¦texte", "1¦Un"},
		{"a.csv", "id,texte\n1\n2,Un,Deux\n", "id¦texte", "1¦⏎2¦Un,Deux"},
		{"a.csv", "texte\nUn, deux\nTrois, quatre, cinq\n", "texte", "Un, deux⏎Trois, quatre, cinq"},
		{"a.csv", "id,id,,id\n1,2,3,4\n", "id¦id (2)¦colonne 3¦id (3)", "1¦2¦3¦4"},
		{"a.csv", "1,Bonjour à tous\n2,Merci\n", "colonne 1¦colonne 2", "1¦Bonjour à tous⏎2¦Merci"},
		{"a.csv", "id,texte\r1,Un\r2,Deux\r", "id¦texte", "1¦Un⏎2¦Deux"},
		{"a.jsonl", "{\"id\":1,\"auteur\":{\"nom\":\"A\"},\"texte\":\"Un\"}\n\n{\"texte\":\"Deux\",\"mots\":[\"x\",\"y\"],\"vu\":null}\n", "id¦auteur/nom¦texte¦mots¦vu", "1¦A¦Un¦¦⏎¦¦Deux¦x|y¦"},
		{"a.json", "[{\"texte\":\"Un\"},{\"texte\":\"Deux\"}]", "texte", "Un⏎Deux"},
		{"a.csv", "Consultation 2026;;\nExport du 12/03/2026;;\n;;\nN°;Ville;Avis\n1;Lens;Un\n2;Lille;Deux\n", "N°¦Ville¦Avis", "1¦Lens¦Un⏎2¦Lille¦Deux"},
		{"a.csv", "Consultation 2026\n\nid,texte\n1,Un\n2,\"Deux, trois\"\n", "id¦texte", "1¦Un⏎2¦Deux, trois"},
		{"a.csv", ";Réponses\nA;Bonjour\nB;Merci\n", "colonne 1¦Réponses", "A¦Bonjour⏎B¦Merci"},
		{"a.csv", "Que dire\nLens, un bus\nLille, un train\nArras, un vélo\n", "Que dire", "Lens, un bus⏎Lille, un train⏎Arras, un vélo"},
		{"a.csv", "N°^Ville^Avis\n1^Lens^Un, deux\n2^Lille^Trois; quatre\n", "N°¦Ville¦Avis", "1¦Lens¦Un, deux⏎2¦Lille¦Trois; quatre"},
		{"a.csv", "N°~Avis\n1~L’eau : oui\n2~\"Le ~ bus\"\n", "N°¦Avis", "1¦L’eau : oui⏎2¦Le ~ bus"},
		{"a.csv", "Avis: eau\nUn: deux\nTrois\n", "Avis: eau", "Un: deux⏎Trois"},
		{"a.txt", "Un texte, avec des virgules.\nEt une ligne, encore.\n", "texte", "Un texte, avec des virgules.\nEt une ligne, encore."},
		{"a.txt", "**** *axe_eau *id_3\nUn.\nDeux.\n**** *axe_bus\n-*partie\nTrois.\n", "texte¦axe¦id", "Un.\nDeux.¦eau¦3⏎Trois.¦bus¦"},
	} {
		table := read(t, c.name, c.text)
		if got := strings.Join(table.Header, "¦"); got != c.header {
			t.Errorf("%q: header %q, want %q", c.text, got, c.header)
		}
		if got := rows(table); got != c.want {
			t.Errorf("%q:\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

// TestTooManyCells puts a text that holds the separator back together, refuses what
// cannot be told, and lets empty cells be.
func TestTooManyCells(t *testing.T) {
	table := read(t, "a.csv", "id,commune,texte\n1,Lens,Un texte court\n2,Lille,sans guillemet, trop, de, virgules\n3,Lens,Un autre,,\n")
	if got, want := rows(table), "1¦Lens¦Un texte court⏎2¦Lille¦sans guillemet, trop, de, virgules⏎3¦Lens¦Un autre"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(table.Doubts) != 1 || table.Doubts[0].Line != 3 || table.Doubts[0].Severe || !strings.Contains(table.Doubts[0].Sentence, "réunies") {
		t.Errorf("doubts %v, want a note on line 3", table.Doubts)
	}
	_, err := Read("a.csv", strings.NewReader("id,texte,commune\n1,Un texte court,Lens\n2,sans guillemet, trop, de, virgules\n"), Limits{})
	var refused *FileError
	if !errors.As(err, &refused) || refused.Line != 3 || !errors.Is(err, ErrNoTable) || !strings.Contains(err.Error(), "entre guillemets") {
		t.Errorf("error %v, want line 3 refused", err)
	}
}

// TestFound does not take the themes that an analysis found for axes that people
// chose.
func TestFound(t *testing.T) {
	for _, c := range []struct{ text, axis string }{
		{"**** *id_1 *theme_Eau\nUn.\n**** *id_2 *theme_sans-thème\nDeux.\n", ""},
		{"**** *id_1 *theme_Eau *theme-2_Bus\nUn.\n**** *id_2 *theme_Bus\nDeux.\n", ""},
		{"**** *id_1 *theme_Eau\nUn.\n**** *id_2 *theme_Bus\nDeux.\n", "theme"},
		{"**** *id_1 *axe_Eau *theme_Bus\nUn.\n**** *id_2 *axe_Bus *theme_sans-thème\nDeux.\n", "axe"},
	} {
		if got := read(t, "a.txt", c.text).Guess().Axis; got != c.axis {
			t.Errorf("%q: axis %q, want %q", c.text, got, c.axis)
		}
	}
}

// TestTitleAbove says which lines are read as a title.
func TestTitleAbove(t *testing.T) {
	table := read(t, "a.csv", "Consultation;;\n;;\nid;texte;ville\n1;Un;Lens\n")
	if len(table.Lines) != 1 || table.Lines[0] != 4 {
		t.Errorf("lines %v", table.Lines)
	}
	wantDoubts(t, table, []string{"ligne 1\u00a0: Ce qui précède la ligne 3 est lu comme un titre"})
}

func TestLines(t *testing.T) {
	table := read(t, "a.csv", "id,texte\r\n1,\"Un\r\nDeux\"\r\n\r\n2,Trois\r\n3,\"jamais\r\n")
	if want := []int{2, 5, 6}; !slices.Equal(table.Lines, want) {
		t.Errorf("lines %v, want %v", table.Lines, want)
	}
	if len(table.Doubts) != 1 || table.Doubts[0].Line != 6 || !table.Doubts[0].Severe {
		t.Errorf("doubts %v, want one on line 6", table.Doubts)
	}
}

func TestEncodings(t *testing.T) {
	const text = "id;texte\n1;L’été à Orléans coûte 5 €\n"
	latin, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	mac, err := charmap.Macintosh.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	little, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	big, _ := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text)
	bare, _ := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(text)
	for _, c := range []struct{ data, encoding string }{
		{text, "UTF-8"}, {"\ufeff" + text, "UTF-8"}, {latin, "Windows-1252"}, {mac, "Mac Roman"}, {little, "UTF-16"}, {big, "UTF-16"}, {bare, "UTF-16"},
	} {
		table := read(t, "a.csv", c.data)
		if table.Encoding != c.encoding || rows(table) != "1¦L’été à Orléans coûte 5 €" {
			t.Errorf("%s: read as %s: %q", c.encoding, table.Encoding, rows(table))
		}
	}
	table := read(t, "a.csv", "id;texte\n1;été à Noël, caf\xe9\n2;Noël été\n")
	if table.Encoding != "UTF-8" || table.Rows[0][1] != "été à Noël, caf\xe9" || len(table.Doubts) != 1 || table.Doubts[0].Line != 2 {
		t.Errorf("a stray byte: %s %q %v", table.Encoding, table.Rows, table.Doubts)
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name, data string
		limits     Limits
		want       error
	}{
		{"a.csv", "", Limits{}, ErrEmpty},
		{"a.csv", " \n\n", Limits{}, ErrEmpty},
		{"a.xlsx", "PK\x03\x04rest", Limits{}, ErrDamaged},
		{"a.xlsx", "id,texte\n1,Un\n", Limits{}, ErrDamaged},
		{"a.docx", "Un texte.\n", Limits{}, ErrDamaged},
		{"a.pdf", "%PDF-1.7", Limits{}, ErrBinary},
		{"a.csv", "\x00\x01\x02\x03\x00\x00abc", Limits{}, ErrBinary},
		{"a.csv", "id,texte\n1,abcdef\n", Limits{Bytes: 10}, ErrTooLarge},
		{"a.csv", "id,texte\n1,a\n2,b\n3,c\n", Limits{Rows: 2}, ErrTooMany},
		{"a.csv", "id,texte\n1,abcdefghijkl\n", Limits{Cell: 10}, ErrTooLong},
		{"a.jsonl", "{\"a\":1}\n{\"a\":\n", Limits{}, ErrJSON},
		{"a.jsonl", "[1]\n", Limits{}, ErrJSON},
		{"a.csv", "\n<!DOCTYPE html>\n<html><p>Erreur 404</p>", Limits{}, ErrNoTable},
	} {
		_, err := Read(c.name, strings.NewReader(c.data), c.limits)
		var file *FileError
		if !errors.Is(err, c.want) || !errors.As(err, &file) || file.Sentence == "" {
			t.Errorf("%q: error %v, want %v", c.data, err, c.want)
		}
	}
}

func TestGuess(t *testing.T) {
	for _, c := range []struct {
		text string
		want Columns
	}{
		{"id;titre;texte;auteur;commune;département;axe;date;soutiens\n1;T;Un texte;e1;Lille;59;eau;2026-01-01;3\n",
			Columns{ID: "id", Title: "titre", Text: "texte", Author: "auteur", Commune: "commune", Department: "département", Axis: "axe", Date: "date", Support: "soutiens"}},
		{"id;category/id;category/name/fr;title;body;votes;created_at\n1;2;Eau;T;Un texte;5;2019-01-24\n",
			Columns{ID: "id", Axis: "category/name/fr", Title: "title", Text: "body", Support: "votes", Date: "created_at"}},
		{"clef,ce que vous voulez dire,ville\nx1,Les bus sont trop rares le soir,Lille\nx2,Les trains aussi sont trop rares,Lens\n",
			Columns{ID: "clef", Text: "ce que vous voulez dire", Commune: "ville"}},
		{"category\theadline\ttext\turl\nsport\tUn titre\tUn texte long\thttp://x\n", Columns{Title: "headline", Text: "text", Axis: "category"}},
		{"titre\nLes bus\nLes trains\n", Columns{Text: "titre"}},
	} {
		if got := read(t, "a.csv", c.text).Guess(); got != c.want {
			t.Errorf("%q:\n got %+v\nwant %+v", c.text, got, c.want)
		}
	}
}

// A row that needs another name never takes that of another.
func TestDocumentsNames(t *testing.T) {
	for _, c := range []struct{ rows, ids, said string }{
		{"A;un\nA;deux\nA-2;trois\nA;quatre\n", "A A-3 A-2 A-4",
			"ligne 3, colonne «\u00a0id\u00a0»\u00a0: L’identifiant «\u00a0A\u00a0» est déjà celui de la ligne 2\u00a0: cette ligne est devenue «\u00a0A-3\u00a0». Donnez à chaque ligne le sien."},
		{"3;un\n;deux\n2;trois\n", "3 2-2 2",
			"ligne 3, colonne «\u00a0id\u00a0»\u00a0: L’identifiant manque\u00a0: cette ligne s’appelle «\u00a02-2\u00a0», d’après son rang. Donnez à chaque ligne un identifiant qui ne change pas."},
		{"x;un\n;deux\n", "x 2",
			"ligne 3, colonne «\u00a0id\u00a0»\u00a0: L’identifiant manque\u00a0: cette ligne s’appelle «\u00a02\u00a0», d’après son rang. Donnez à chaque ligne un identifiant qui ne change pas."},
	} {
		table := read(t, "a.csv", "id;texte\n"+c.rows)
		documents, doubts := table.Documents(Columns{ID: "id", Text: "texte"})
		var ids []string
		for _, d := range documents {
			ids = append(ids, d.ID)
		}
		if got := strings.Join(ids, " "); got != c.ids {
			t.Errorf("%q: ids %s, want %s", c.rows, got, c.ids)
		}
		if len(doubts) == 0 || doubts[0].String() != c.said {
			t.Errorf("%q: doubts %v, want first %q", c.rows, doubts, c.said)
		}
	}
}

// Two columns of one name are told apart, and this is said.
func TestColumnsAlike(t *testing.T) {
	table := read(t, "a.csv", "id,texte, texte ,note,\n1,Les bus,Les vélos,a,\n")
	if got, want := strings.Join(table.Header, "|"), "id|texte|texte (2)|note|colonne 5"; got != want {
		t.Errorf("columns %q, want %q", got, want)
	}
	const want = "Plusieurs colonnes portent le même nom\u00a0: la colonne 3, «\u00a0texte\u00a0», s’appelle ici «\u00a0texte (2)\u00a0». Vérifiez que la bonne est lue."
	if len(table.Doubts) != 1 || table.Doubts[0].Sentence != want || table.Doubts[0].Severe {
		t.Errorf("doubts %v, want %q", table.Doubts, want)
	}
	if header, err := table.Find("texte (2)"); err != nil || header != "texte (2)" {
		t.Errorf("found %q, %v", header, err)
	}
}

// XML is refused rather than read as a table; a text that only begins with a
// chevron is a text.
func TestXML(t *testing.T) {
	const xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<textes>\n<texte id=\"1\">Les bus, le soir</texte>\n</textes>\n"
	for name, data := range map[string]string{
		"a.xml": xml, "a.csv": "\ufeff" + xml, "a.txt": " \n" + xml, "b.xml": "<textes><texte>Les bus</texte></textes>",
	} {
		table, err := Read(name, strings.NewReader(data), Limits{})
		var refused *FileError
		if !errors.As(err, &refused) || !errors.Is(err, ErrNoTable) || !strings.Contains(refused.Sentence, "XML") {
			t.Errorf("%s: %v, error %v", name, table, err)
		}
	}
	if got := rows(read(t, "a.txt", "<3 les bus\n")); got != "<3 les bus" {
		t.Errorf("a text: %q", got)
	}
}

// Emoji are an answer; a table without any text is told so once.
func TestDocumentsWordless(t *testing.T) {
	table := read(t, "a.csv", "id,texte\n1,😀😀\n2,👍\n")
	documents, doubts := table.Documents(table.Guess())
	if len(documents) != 2 || documents[1].Text != "👍" || len(doubts) != 0 {
		t.Errorf("emoji: %v, doubts %v", documents, doubts)
	}
	table = read(t, "a.csv", "id,note\n1,12\n2,14\n")
	documents, doubts = table.Documents(table.Guess())
	if len(documents) != 0 || len(doubts) != 1 || doubts[0].Line != 0 {
		t.Errorf("numbers: %v, doubts %v", documents, doubts)
	}
}

func TestDocuments(t *testing.T) {
	table := read(t, "a.csv", "id;titre;texte;auteur;note\n1;T; Un texte ;e1;x\n;;Sans nom;;\n1;;Encore;;\n4;;;;\n5;Seul;;;\n")
	table.MaxText = 10
	documents, doubts := table.Documents(table.Guess())
	var ids, texts []string
	for _, d := range documents {
		ids, texts = append(ids, d.ID), append(texts, d.Text)
	}
	if want := []string{"1", "2", "1-2", "5"}; !slices.Equal(ids, want) {
		t.Errorf("ids %q, want %q", ids, want)
	}
	if want := []string{"T\n\n Un texte ", "Sans nom", "Encore", "Seul"}; !slices.Equal(texts, want) {
		t.Errorf("texts %q, want %q", texts, want)
	}
	if v := documents[0].Variables; v[VarAuthor] != "e1" || v["note"] != "x" || len(v) != 2 {
		t.Errorf("variables %v", v)
	}
	var lines []int
	for _, d := range doubts {
		lines = append(lines, d.Line)
	}
	if want := []int{2, 3, 4, 5, 6}; !slices.Equal(lines, want) {
		t.Errorf("doubts %v", doubts)
	}
	if got, want := doubts[1].String(), "ligne 3, colonne «\u00a0id\u00a0»\u00a0: L’identifiant manque\u00a0: cette ligne s’appelle «\u00a02\u00a0», d’après son rang. Donnez à chaque ligne un identifiant qui ne change pas."; got != want {
		t.Errorf("doubt %q, want %q", got, want)
	}
	if _, err := table.Find("TEXTE"); err != nil {
		t.Error(err)
	}
	if _, err := table.Find("nulle part"); !errors.Is(err, ErrColumn) || !strings.Contains(err.Error(), "auteur") {
		t.Errorf("Find: %v", err)
	}
}

func TestDecidim(t *testing.T) {
	file, err := os.Open(filepath.Join("..", "..", "shared", "data", "decidim-mel", "propositions-libres.csv"))
	if err != nil {
		t.Skip("propositions-libres.csv is absent")
	}
	defer file.Close()
	table, err := Read("propositions-libres.csv", file, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	documents, doubts := table.Documents(table.Guess())
	if len(documents) != 196 || len(doubts) != 0 || table.Separator != ';' {
		t.Errorf("%d documents, %d doubts, separator %q", len(documents), len(doubts), table.Separator)
		for _, d := range doubts[:min(5, len(doubts))] {
			t.Log(d)
		}
	}
	c := table.Guess()
	if c.Text != "body" || c.Title != "title" || c.Axis != "category/name/fr" || c.Support != "votes" || c.Date != "created_at" {
		t.Errorf("columns %+v", c)
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"id,texte\n1,\"a\"\"b\"\n", "{\"a\":{\"b\":[1,{}]}}", "**** *a_b\nx", "\xff\xfea\x00", "\"\"\"", "sep=;\na;b", "[{}]", "T;;\nNom;Prénom;b\nx;y;<p>a\n", "a^b\nc^d\ne^f"} {
		for _, name := range []string{"a.csv", "a.jsonl", "a.txt"} {
			f.Add(name, seed)
		}
	}
	f.Fuzz(func(t *testing.T, name, data string) {
		table, err := Read(name, strings.NewReader(data), Limits{})
		if err != nil {
			var file *FileError
			if !errors.As(err, &file) {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		for i, row := range table.Rows {
			if len(row) < len(table.Header) || table.Lines[i] < 1 {
				t.Fatalf("row %d of %q: %q, header %q", i, data, row, table.Header)
			}
		}
		columns := table.Guess()
		if questions := table.Questions(columns); questions != nil {
			columns, _ = table.Ask(columns, questions)
		}
		documents, _ := table.Documents(columns)
		seen := make(map[string]bool)
		for _, d := range documents {
			if seen[d.ID] || strings.TrimSpace(d.Text) == "" {
				t.Fatalf("document %+v of %q", d, data)
			}
			seen[d.ID] = true
		}
	})
}
