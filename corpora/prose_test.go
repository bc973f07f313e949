package corpora

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func documentXML(body string) string {
	return `<w:document xmlns:w="w"><w:body>` + body + `</w:body></w:document>`
}

// docx is a text document with styles as a French Word names them.
func docx(body string) []byte {
	return zipped("[Content_Types].xml", "<Types/>", "_rels/.rels", linked("officeDocument", "word/document.xml"),
		"word/document.xml", documentXML(body), "word/_rels/document.xml.rels", linked("styles", "styles.xml"),
		"word/styles.xml", `<w:styles><w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/></w:style>`+
			`<w:style w:type="paragraph" w:styleId="Sous"><w:name w:val="Mon sous-titre"/><w:basedOn w:val="Titre2"/></w:style>`+
			`<w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="heading 2"/></w:style>`+
			`<w:style w:type="paragraph" w:styleId="Titre"><w:name w:val="Title"/></w:style>`+
			`<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>`+
			`<w:style w:type="paragraph" w:styleId="Puce"><w:name w:val="List Bullet"/></w:style><w:style w:type="paragraph" w:styleId="Puce2"><w:name w:val="List Bullet 2"/></w:style></w:styles>`)
}

func wordP(style, runs string) string {
	if !strings.HasPrefix(runs, "<") {
		runs = "<w:r><w:t>" + runs + "</w:t></w:r>"
	}
	if style == "-" {
		return `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr>` + runs + `</w:p>`
	}
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + runs + `</w:p>`
}

func wordRow(cells ...string) string {
	out := "<w:tr>"
	for _, cell := range cells {
		out += "<w:tc>" + wordP("", cell) + "</w:tc>"
	}
	return out + "</w:tr>"
}

const bold = `<w:r><w:rPr><w:b/></w:rPr><w:t>Ce qui manque</w:t></w:r>`

func TestProse(t *testing.T) {
	notes := wordP("Titre", "Rencontre du 5") + wordP("TM1", "Inclusion 1") +
		wordP("Titre1", "Inclusion") + wordP("", `<w:r><w:t xml:space="preserve">Il faut </w:t></w:r><w:del><w:r><w:delText>fermer</w:delText></w:r></w:del><w:ins><w:r><w:t>ouvrir</w:t><w:br/><w:t>le samedi.</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r><w:r><w:footnoteReference/><w:commentReference/></w:r>`) +
		wordP("Sous", "Le guichet") + wordP("", "On demande\u00a0:") + wordP("-", "Former les agents") + wordP("Puce", `<w:hyperlink><w:r><w:t>Un lien</w:t></w:r></w:hyperlink>`) + wordP("", "- Un tiret à la main") +
		wordP("", bold) + wordP("", "Du temps.") + wordP("Titre1", "Vide") +
		`<w:moveFrom><w:r><w:t>non</w:t></w:r></w:moveFrom><w:tbl>` + wordRow("Bus", "Plus le soir") + `<w:tr><w:trPr><w:del/></w:trPr><w:tc>` + wordP("", "ôté") + `</w:tc></w:tr></w:tbl>` +
		`<w:tbl>` + wordRow("Un cadre") + `</w:tbl>` +
		wordP("", `<w:r><mc:AlternateContent xmlns:mc="mc"><mc:Choice><w:drawing><w:txbxContent>`+wordP("", "Dans une zone")+`</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>`+wordP("", "Dans une zone")+`</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>`) +
		wordP("Titre1", "Fin")
	odt := `<text:tracked-changes><text:changed-region><text:deletion><text:p>ôté</text:p></text:deletion></text:changed-region></text:tracked-changes>` +
		`<text:table-of-content><text:p>Inclusion 1</text:p></text:table-of-content>` +
		`<text:p text:style-name="Title">Rencontre du 5</text:p><text:h text:outline-level="1">Inclusion</text:h>` +
		`<text:p>Il  faut <text:change text:change-id="x"/>ouvrir<text:line-break/>le<text:s/>samedi.<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>non</text:p></text:note-body></text:note><office:annotation><text:p>non</text:p></office:annotation></text:p>` +
		`<text:h text:outline-level="2">Le guichet</text:h><text:p>On demande` + "\u00a0:" + `</text:p>` +
		`<text:list><text:list-item><text:p>Former les agents</text:p></text:list-item><text:list-item><text:p><text:a>Un lien</text:a></text:p><text:p/></text:list-item></text:list><text:p>- Un tiret à la main</text:p>` +
		`<text:p><text:span text:style-name="T1">Ce qui manque</text:span></text:p><text:p>Du temps.</text:p><text:h text:outline-level="1">Vide</text:h>` +
		`<table:table><table:table-row><table:table-cell><text:p>Bus</text:p></table:table-cell><table:table-cell><text:p>Plus le soir</text:p></table:table-cell></table:table-row></table:table>` +
		`<table:table><table:table-row><table:table-cell><text:p>Un cadre</text:p></table:table-cell></table:table-row></table:table>` +
		`<text:p><draw:frame><draw:text-box><text:p>Dans une zone</text:p></draw:text-box></draw:frame></text:p><text:h text:outline-level="1">Fin</text:h>`
	const want = "Il faut ouvrir\nle samedi.¦Inclusion¦⏎Former les agents¦Inclusion¦On demande\u00a0:⏎Un lien¦Inclusion¦On demande\u00a0:⏎Un tiret à la main¦Inclusion¦On demande\u00a0:⏎" +
		"Du temps.¦Inclusion¦Ce qui manque⏎Bus\nPlus le soir¦Vide¦⏎Un cadre¦Vide¦⏎Dans une zone¦Vide¦"
	const asNotes = "# Rencontre du 5\n\n# Inclusion\n\nIl faut ouvrir\nle samedi.\n\n## Le guichet\n\nOn demande\u00a0:\n\n- Former les agents\n- Un lien\n- Un tiret à la main\n\n###### Ce qui manque\n\nDu temps.\n\n# Vide\n\n- Bus\n  Plus le soir\n\nUn cadre\n\nDans une zone\n\n# Fin"
	for _, c := range []struct {
		name string
		data []byte
	}{{"a.docx", docx(notes)}, {"a.odt", openDocument("text", odt, `<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>`)}} {
		table := read(t, c.name, string(c.data))
		if got := strings.Join(table.Header, "¦"); got != "texte¦section¦sous-section" {
			t.Errorf("%s: header %q", c.name, got)
		}
		if got := rows(table); got != want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, want)
		}
		wantDoubts(t, table, []string{"Le titre «\u00a0Fin\u00a0» n’est suivi d’aucun texte"})
		if g := table.Guess(); g.Text != "texte" || g.Axis != "section" || g.ID != "" {
			t.Errorf("%s: columns %+v", c.name, g)
		}
		got, err := ReadNotes(c.name, bytes.NewReader(c.data), Limits{})
		if err != nil || got != asNotes {
			t.Errorf("%s: notes %v\n got %q\nwant %q", c.name, err, got, asNotes)
		}
	}
}

// TestReadNotesWithin keeps which items are within another.
func TestReadNotesWithin(t *testing.T) {
	item := func(level, text string) string {
		return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	within := func(items string) string { return "<text:list>" + items + "</text:list>" }
	for _, c := range []struct {
		name string
		data []byte
	}{
		{"a.docx", docx(item("0", "Ouvrir") + item("1", "le samedi") + item("2", "en été") + item("0", "Former") + item("-1", "Payer"))},
		{"a.odt", openDocument("text", within(`<text:list-item><text:p>Ouvrir</text:p>`+within(`<text:list-item><text:p>le samedi</text:p>`+
			within(`<text:list-item><text:p>en été</text:p></text:list-item>`)+`</text:list-item>`)+`</text:list-item><text:list-item><text:p>Former</text:p></text:list-item>`)+
			within(`<text:list-item><text:p>Payer</text:p></text:list-item>`), "")},
	} {
		if got, err := ReadNotes(c.name, bytes.NewReader(c.data), Limits{}); err != nil || got != "- Ouvrir\n  - le samedi\n    - en été\n- Former\n- Payer" {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
	if got, err := ReadNotes("a.docx", bytes.NewReader(docx(wordP("Puce", "Ouvrir")+wordP("Puce2", "le samedi"))), Limits{}); err != nil || got != "- Ouvrir\n  - le samedi" {
		t.Errorf("by styles: %q, %v", got, err)
	}
}

// TestProseTitle takes a lone first heading above others for the title.
func TestProseTitle(t *testing.T) {
	table := read(t, "a.docx", string(docx(wordP("Titre1", "Compte rendu")+wordP("Titre2", "Eau")+wordP("", "Un.")+wordP("Titre2", "Bus")+wordP("", "Deux."))))
	if got := rows(table); got != "Un.¦Eau⏎Deux.¦Bus" {
		t.Errorf("rows %q", got)
	}
}

func TestProseTable(t *testing.T) {
	table := read(t, "a.docx", string(docx(wordP("", "Contributions")+"<w:tbl>"+wordRow("Commune", "Contribution")+wordRow("Lens", "Des bus le soir.")+wordRow("Lille", "Des pistes.")+"</w:tbl>")))
	if got, want := strings.Join(table.Header, "¦")+"⏎"+rows(table), "Commune¦Contribution⏎Lens¦Des bus le soir.⏎Lille¦Des pistes."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	wantDoubts(t, table, []string{"1 paragraphe est laissé en dehors"})
}

func TestReadNotes(t *testing.T) {
	for _, c := range []struct {
		name, data, want string
		err              error
	}{
		{"a.txt", "\ufeffid, date ; texte\n- Un\n", "id, date ; texte\n- Un", nil}, // no table, whatever its first line
		{"a.txt", "\xc9t\xe9\n", "Été", nil},
		{"a.txt", " \n", "", ErrEmpty},
		{"a.pdf", "%PDF-1.7", "", ErrBinary},
		{"a.xlsx", string(xlsx(cells([]string{"id"}))), "", ErrBinary},
		{"a.docx", "PK\x03\x04", "", ErrDamaged},
	} {
		got, err := ReadNotes(c.name, strings.NewReader(c.data), Limits{})
		var file *FileError
		if got != c.want || !errors.Is(err, c.err) || c.err != nil && !errors.As(err, &file) {
			t.Errorf("%s %q: %q, %v", c.name, c.data, got, err)
		}
	}
	if _, err := ReadNotes("a.txt", strings.NewReader("Bonjour"), Limits{Bytes: 3}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
}
