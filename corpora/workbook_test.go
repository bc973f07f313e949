package corpora

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

const (
	relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	opendoc   = "urn:oasis:names:tc:opendocument:xmlns:"
)

// linked is the part of an Office Open XML package that says where others are.
func linked(targets ...string) string {
	var b strings.Builder
	b.WriteString("<Relationships>")
	for i := 0; i < len(targets); i += 2 {
		fmt.Fprintf(&b, `<Relationship Id="r%d" Type="%s/%s" Target="%s"/>`, i/2+1, relations, targets[i], targets[i+1])
	}
	return b.String() + "</Relationships>"
}

// xlsx is a workbook of one sheet « Réponses », or of several where more names
// and their insides follow.
func xlsx(inside string, more ...string) []byte {
	sheets := append([]string{"Réponses", inside}, more...)
	files := []string{"[Content_Types].xml", "<Types/>", "_rels/.rels", linked("officeDocument", "xl/workbook.xml")}
	list, links := "", []string{}
	for i := 0; i < len(sheets); i += 2 {
		n := i/2 + 1
		state := ""
		name, hidden := strings.CutSuffix(sheets[i], "?")
		if hidden {
			state = ` state="hidden"`
		}
		list += fmt.Sprintf(`<sheet name="%s" sheetId="%d" r:id="r%d"%s/>`, name, n, n, state)
		links = append(links, "worksheet", fmt.Sprintf("worksheets/sheet%d.xml", n))
		files = append(files, fmt.Sprintf("xl/worksheets/sheet%d.xml", n), "<worksheet>"+sheets[i+1]+"</worksheet>")
	}
	links = append(links, "sharedStrings", "/xl/SharedStrings.xml", "styles", "styles.xml")
	files = append(files,
		"xl/workbook.xml", `<workbook xmlns:r="`+relations+`"><sheets>`+list+"</sheets></workbook>",
		"xl/_rels/workbook.xml.rels", linked(links...),
		"xl/sharedStrings.xml", `<sst><si><t>id</t></si><si><t>texte</t></si><si><t>date</t></si><si><r><t xml:space="preserve">Un </t></r><r><t>été_x000A_&amp; deux</t></r><rPh><t>non</t></rPh></si></sst>`,
		"xl/styles.xml", `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy\ hh:mm"/><numFmt numFmtId="171" formatCode="00000"/><numFmt numFmtId="172" formatCode="0.0&quot; jours&quot;"/></numFmts>`+
			`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/></cellXfs></styleSheet>`)
	return zipped(files...)
}

// cells is a sheet's rows: each cell is a word, or raw XML.
func cells(rows ...[]string) string {
	var b strings.Builder
	b.WriteString("<sheetData>")
	for _, row := range rows {
		b.WriteString("<row>")
		for _, cell := range row {
			if strings.HasPrefix(cell, "<") {
				b.WriteString(cell)
			} else {
				b.WriteString(`<c t="inlineStr"><is><t>` + cell + `</t></is></c>`)
			}
		}
		b.WriteString("</row>")
	}
	return b.String() + "</sheetData>"
}

func TestWorkbook(t *testing.T) {
	for _, c := range []struct {
		name         string
		data         []byte
		header, want string
		lines        string
		doubts       []string
	}{
		{"kinds of cells", xlsx(`<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="s"><v>2</v></c></row>` +
			`<row r="3"><c r="A3"><v>12</v></c><c r="B3" t="s"><v>3</v></c><c r="C3" t="b"><v>1</v></c><c r="D3" s="1"><v>46350</v></c></row>` +
			`<row r="4" hidden="1"><c r="A4" s="3"><v>1000</v></c><c r="B4" t="str"><f>A1</f><v>calculé</v></c><c r="C4"><v>0.30000000000000004</v></c><c r="D4" s="2"><v>46350.75</v></c></row>` +
			`<row r="5"><c r="A5" s="4"><v>2.5</v></c><c r="B5" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C5" t="d"><v>2026-11-24</v></c><c r="D5" t="str"><f>NOW()</f></c></row></sheetData>`),
			"id¦texte¦colonne 3¦date", "12¦Un été\n& deux¦VRAI¦2026-11-24⏎01000¦calculé¦0.3¦2026-11-24 18:00:00⏎2.5¦¦2026-11-24¦", "3 4 5",
			[]string{"1 ligne masquée ou filtrée est lue quand même.", "B5 donne #DIV/0!", "D5 n’a jamais été calculée"}},
		{"sheets", xlsx("<sheetData><row><c/></row></sheetData>", "Notes?", cells([]string{"caché"}), "Été", cells([]string{"id", "texte"}, []string{"1", "Un"}), "Autre", cells([]string{"x"})),
			"id¦texte", "1¦Un", "2", []string{"Seule la feuille «\u00a0Été\u00a0» est lue. Le classeur en a d’autres\u00a0: «\u00a0Autre\u00a0»."}},
		{"a title above", xlsx(cells([]string{"Contributions de 2026"}, []string{}, []string{"id", "texte"}, []string{"1", "Un"}) + `<mergeCells><mergeCell ref="A1:B1"/></mergeCells>`),
			"id¦texte", "1¦Un", "4", []string{"ligne 1\u00a0: Ce qui précède la ligne 3"}},
		{"one column", xlsx(cells([]string{"texte"}, []string{"Un", "note"})), "texte¦colonne 2", "Un¦note", "2", nil},
		{"no names", xlsx(cells([]string{"1", "Bonjour à tous"}, []string{"2", "Merci"})), "colonne 1¦colonne 2", "1¦Bonjour à tous⏎2¦Merci", "1 2", []string{"La première ligne"}},
		{"merged", xlsx(cells([]string{"axe", "texte"}, []string{"Eau", "Un"}, []string{"<c/>", "Deux"}, []string{}, []string{"<c/>", "Trois"}, []string{"Bus", "Quatre"}) + `<mergeCells><mergeCell ref="A2:A5"/><mergeCell ref="A1:B1"/></mergeCells>`),
			"axe¦texte", "Eau¦Un⏎Eau¦Deux⏎Eau¦Trois⏎Bus¦Quatre", "2 3 5 6", []string{"Des cellules sont fusionnées"}},
		{"ods", ods(`<table:table-row>` + odsCell("id") + odsCell("texte") + odsCell("note") + odsCell("jour") + `</table:table-row>` +
			`<table:table-row table:number-rows-repeated="2"/>` +
			`<table:table-row><table:table-cell office:value-type="float" office:value="1000"><text:p>01000</text:p></table:table-cell>` +
			`<table:table-cell office:value-type="string"><office:annotation><text:p>non</text:p></office:annotation><text:p>Un <text:span>été</text:span><text:s text:c="2"/>chaud</text:p><text:p>et<text:line-break/>sec</text:p></table:table-cell>` +
			`<table:table-cell office:value-type="float" office:value="3.5" table:number-columns-repeated="1"><text:p>3,50 €</text:p></table:table-cell>` +
			`<table:table-cell office:value-type="date" office:date-value="2026-11-24T00:00:00"><text:p>24/11/26</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16380"/></table:table-row>` +
			`<table:table-row table:number-rows-repeated="1048572"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`),
			"id¦texte¦note¦jour", "01000¦Un été  chaud\net\nsec¦3.5¦2026-11-24", "4", nil},
		{"ods, merged and repeated", ods(`<table:table-row>` + odsCell("axe") + odsCell("texte") + `</table:table-row>` +
			`<table:table-row><table:table-cell table:number-rows-spanned="3"><text:p>Eau</text:p></table:table-cell>` + odsCell("Un") + `</table:table-row>` +
			`<table:table-row table:number-rows-repeated="2"><table:covered-table-cell/>` + odsCell("Deux") + `</table:table-row>`),
			"axe¦texte", "Eau¦Un⏎Eau¦Deux⏎Eau¦Deux", "2 3 4", []string{"fusionnées"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := read(t, "a.xlsx", string(c.data))
			if got := strings.Join(table.Header, "¦"); got != c.header {
				t.Errorf("header %q, want %q", got, c.header)
			}
			if got := rows(table); got != c.want {
				t.Errorf("rows\n got %q\nwant %q", got, c.want)
			}
			if got := strings.Trim(fmt.Sprint(table.Lines), "[]"); got != c.lines {
				t.Errorf("lines %s, want %s", got, c.lines)
			}
			wantDoubts(t, table, c.doubts)
		})
	}
}

// TestSheet reads the sheet that is asked for.
func TestSheet(t *testing.T) {
	books := map[string][]byte{
		"a.xlsx": xlsx(cells([]string{"texte"}, []string{"Un"}), "Vide", "", "Été", cells([]string{"texte"}, []string{"Deux"}), "Cachée?", cells([]string{"texte"}, []string{"Trois"})),
		"a.ods": openDocument("spreadsheet", `<table:table table:name="Réponses"><table:table-row>`+odsCell("texte")+`</table:table-row><table:table-row>`+odsCell("Un")+`</table:table-row></table:table>`+
			`<table:table table:name="Vide"/><table:table table:name="Été"><table:table-row>`+odsCell("texte")+`</table:table-row><table:table-row>`+odsCell("Deux")+`</table:table-row></table:table>`, ""),
	}
	for name, data := range books {
		for sheet, want := range map[string]string{"": "Un [Réponses Été]", "Été": "Deux [Été Réponses]"} {
			table, err := Read(name, bytes.NewReader(data), Limits{Sheet: sheet})
			if err != nil {
				t.Fatal(err)
			}
			if got := rows(table) + " " + fmt.Sprint(table.Sheets); got != want {
				t.Errorf("%s, sheet %q: %s, want %s", name, sheet, got, want)
			}
		}
		_, err := Read(name, bytes.NewReader(data), Limits{Sheet: "Hiver"})
		if !errors.Is(err, ErrSheet) || !strings.Contains(err.Error(), "«\u00a0Été\u00a0»") {
			t.Errorf("%s: error %v, want %v and the names", name, err, ErrSheet)
		}
		if _, err := Read(name, bytes.NewReader(data), Limits{Sheet: "Vide"}); !errors.Is(err, ErrEmpty) {
			t.Errorf("%s, an empty sheet: %v", name, err)
		}
	}
	table, err := Read("a.xlsx", bytes.NewReader(books["a.xlsx"]), Limits{Sheet: "Cachée"})
	if err != nil || rows(table) != "Trois" {
		t.Errorf("a hidden sheet that is asked for: %v", err)
	}
}

func wantDoubts(t *testing.T, table *Table, want []string) {
	t.Helper()
	said := ""
	for _, d := range table.Doubts {
		said += d.String() + "\n"
	}
	for _, sentence := range want {
		if !strings.Contains(said, sentence) {
			t.Errorf("nothing says %q:\n%s", sentence, said)
		}
	}
	if len(table.Doubts) != len(want) {
		t.Errorf("%d doubts, want %d:\n%s", len(table.Doubts), len(want), said)
	}
}

func ods(rows string) []byte {
	return openDocument("spreadsheet", `<table:table table:name="Un">`+rows+`</table:table>`, "")
}

func odsCell(text string) string {
	return `<table:table-cell office:value-type="string"><text:p>` + text + `</text:p></table:table-cell>`
}

// openDocument is a file of OpenDocument of that kind.
func openDocument(kind, body, styles string) []byte {
	content := `<office:document-content xmlns:office="` + opendoc + `office:1.0" xmlns:text="` + opendoc + `text:1.0" xmlns:table="` + opendoc + `table:1.0" xmlns:draw="` + opendoc +
		`drawing:1.0" xmlns:style="` + opendoc + `style:1.0" xmlns:fo="` + opendoc + `xsl-fo-compatible:1.0">` +
		`<office:automatic-styles>` + styles + `</office:automatic-styles><office:body><office:` + kind + `>` + body + `</office:` + kind + `></office:body></office:document-content>`
	return zipped("mimetype", "application/vnd.oasis.opendocument."+kind, "content.xml", content)
}

func TestOfficeRefused(t *testing.T) {
	utf16 := func(s string) string {
		out, _ := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(s)
		return out
	}
	whole := xlsx(cells([]string{"id", "texte"}, []string{"1", "Un"}))
	locked := zipped("mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "x", "META-INF/manifest.xml", "<manifest:encryption-data/>")
	var flagged bytes.Buffer
	w := zip.NewWriter(&flagged)
	w.CreateRaw(&zip.FileHeader{Name: "x", Flags: 1})
	w.Close()
	long := strings.Repeat("a", 2000)
	for _, c := range []struct {
		name   string
		data   []byte
		limits Limits
		want   error
		says   string
	}{
		{"cut short", whole[:len(whole)-40], Limits{}, ErrDamaged, "incomplet ou abîmé"},
		{"password", []byte("\xd0\xcf\x11\xe0" + strings.Repeat("\x00", 600) + utf16("EncryptedPackage")), Limits{}, ErrPassword, "mot de passe"},
		{"password of OpenDocument", locked, Limits{}, ErrPassword, "mot de passe"},
		{"password of a zip", flagged.Bytes(), Limits{}, ErrPassword, "mot de passe"},
		{"before 2007", []byte("\xd0\xcf\x11\xe0" + strings.Repeat("\x00", 600)), Limits{}, ErrBinary, "xlsx ou docx"},
		{"another zip", zipped("a.txt", "Un"), Limits{}, ErrBinary, "archive"},
		{"slides", openDocument("presentation", "", ""), Limits{}, ErrBinary, "ni un classeur"},
		{"no cell", xlsx("<sheetData/>"), Limits{}, ErrEmpty, "aucune cellule"},
		{"no paragraph", openDocument("text", "<text:p/>", ""), Limits{}, ErrEmpty, "aucun paragraphe"},
		{"half a sheet", xlsx("<sheetData><row>"), Limits{}, ErrDamaged, "sheet1.xml"},
		{"entities", xlsx(`<sheetData><row><c t="inlineStr"><is><t>&lol;</t></is></c></row></sheetData>`), Limits{}, ErrDamaged, "cellule A1"},
		{"a document type", zipped("[Content_Types].xml", "", "_rels/.rels", `<!DOCTYPE x [<!ENTITY a "b">]><Relationships/>`), Limits{}, ErrDamaged, "abîmé"},
		{"NUL bytes", xlsx("<sheetData><row><c><v>\x00</v></c></row></sheetData>"), Limits{}, ErrDamaged, "cellule A1"},
		{"rows backwards", xlsx(`<sheetData><row r="5"/><row r="2"/></sheetData>`), Limits{}, ErrDamaged, "sheet1.xml"},
		{"cells backwards", xlsx(`<sheetData><row><c r="C1"><v>1</v></c><c r="B1"><v>1</v></c></row></sheetData>`), Limits{}, ErrDamaged, "cellule B1"},
		{"a long cell", xlsx(cells([]string{"id", "texte"}, []string{"1", long})), Limits{Cell: 1000}, ErrTooLong, "feuille «\u00a0Réponses\u00a0», cellule B2"},
		{"a long shared string", zipped("[Content_Types].xml", "", "_rels/.rels", linked("officeDocument", "w.xml"), "w.xml", "<workbook/>", "_rels/w.xml.rels", linked("sharedStrings", "s.xml"), "s.xml", "<sst><si><t>"+long+"</t></si></sst>"),
			Limits{Cell: 1000}, ErrTooLong, "s.xml"},
		{"many rows", xlsx(cells([]string{"id"}, []string{"1"}, []string{"2"}, []string{"3"})), Limits{Rows: 2}, ErrTooMany, "plus de 2 lignes"},
		{"a bomb", xlsx("<sheetData>" + strings.Repeat(" ", 1<<20) + "</sheetData>"), Limits{Bytes: 100_000}, ErrTooLarge, "décompressé"},
		{"a bomb that is small", xlsx("<sheetData>" + strings.Repeat("<row/>", 4<<20) + "</sheetData>"), Limits{}, ErrTooLarge, "décompressé"},
		{"one string many times", xlsx(`<sheetData>` + strings.Repeat(`<row><c t="s"><v>3</v></c></row>`, 5000) + `</sheetData>`), Limits{Bytes: 50_000}, ErrTooLarge, "décompressé"},
		{"wide", xlsx(`<sheetData>` + strings.Repeat(`<row><c r="XFD1"><v>1</v></c></row>`, 700) + `</sheetData>`), Limits{}, ErrTooMany, "trop de cellules"},
		{"wide, one row", xlsx(`<sheetData><row><c r="XFD1"><v>1</v></c></row>` + strings.Repeat(`<row><c><v>1</v></c></row>`, 700) + `</sheetData>`), Limits{}, ErrTooMany, "trop de cellules"},
		{"deep", openDocument("text", strings.Repeat("<text:section>", 100_000), ""), Limits{}, ErrDamaged, "content.xml"},
		{"repeated for ever", ods(`<table:table-row table:number-rows-repeated="99999999">` + odsCell("un") + `</table:table-row>`), Limits{}, ErrTooMany, "plus de 200000 lignes"},
		{"repeated far", ods(`<table:table-row><table:table-cell table:number-columns-repeated="99999999"><text:p>un</text:p></table:table-cell></table:table-row>`), Limits{}, ErrDamaged, "cellule XFE1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read("a.xlsx", bytes.NewReader(c.data), c.limits)
			var file *FileError
			if !errors.Is(err, c.want) || !errors.As(err, &file) || file.File != "a.xlsx" || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v, want %v that says %q", err, c.want, c.says)
			}
		})
	}
}

// TestOverlappingMerges is a sheet that would be walked for ever.
func TestOverlappingMerges(t *testing.T) {
	data := xlsx(`<sheetData>` + strings.Repeat(`<row><c><v>1</v></c></row>`, 20_000) + `</sheetData><mergeCells>` + strings.Repeat(`<mergeCell ref="A1:A20000"/>`, 1000) + `</mergeCells>`)
	if _, err := Read("a.xlsx", bytes.NewReader(data), Limits{}); !errors.Is(err, ErrDamaged) {
		t.Errorf("error %v, want %v", err, ErrDamaged)
	}
}

// TestWideText is delimited and JSON text that would take memory for empty cells.
func TestWideText(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"a.csv", strings.Repeat("id;", 10_000) + "\n" + strings.Repeat("1\n", 2000)},
		{"a.csv", strings.Repeat("id;", 20_000) + "\n1\n"},
		{"a.jsonl", func() string {
			var b strings.Builder
			for i := range 900 {
				fmt.Fprintf(&b, "{\"a%d\":1}\n", i)
			}
			return b.String() + strings.Repeat("{}\n", 20_000)
		}()},
	} {
		if _, err := Read(c.name, strings.NewReader(c.text), Limits{}); !errors.Is(err, ErrTooMany) {
			t.Errorf("%s: error %v, want %v", c.name, err, ErrTooMany)
		}
	}
}

func FuzzOffice(f *testing.F) {
	f.Add("xl/worksheets/sheet1.xml", `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A9"/></mergeCells></worksheet>`)
	f.Add("xl/workbook.xml", `<workbook xmlns:r="x"><workbookPr date1904="1"/><sheets><sheet name="a" r:id="r1"/></sheets></workbook>`)
	f.Add("xl/sharedStrings.xml", `<sst><si><r><t>_x000D_</t></r></si></sst>`)
	f.Add("xl/styles.xml", `<styleSheet><numFmts><numFmt numFmtId="1" formatCode="[$-40C]d&quot;"/></numFmts><cellXfs><xf numFmtId="1"/></cellXfs></styleSheet>`)
	f.Add("word/document.xml", documentXML(`<w:p><w:pPr><w:pStyle w:val="T1"/></w:pPr><w:r><w:t>Un</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>`))
	f.Add("word/styles.xml", `<w:styles><w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="a"/></w:style></w:styles>`)
	f.Add("content.xml", `<a><body><spreadsheet><table name="x"><table-row number-rows-repeated="3"><table-cell number-rows-spanned="2"><p>x</p></table-cell></table-row></table></spreadsheet></body></a>`)
	f.Add("content.xml", `<a><body><text><list><list-item><p>x</p></list-item></list><h outline-level="2">x</h></text></body></a>`)
	f.Fuzz(func(t *testing.T, part, xml string) {
		var data [][]byte
		switch {
		case strings.HasPrefix(part, "xl/"):
			data = append(data, replaced(t, xlsx(cells([]string{"id", "texte"}, []string{"1", "Un"})), part, xml))
		case strings.HasPrefix(part, "word/"):
			data = append(data, replaced(t, docx(`<w:p><w:r><w:t>Un</w:t></w:r></w:p>`), part, xml))
		default:
			data = append(data, replaced(t, openDocument("text", "", ""), "content.xml", xml), replaced(t, openDocument("spreadsheet", "", ""), "content.xml", xml), []byte(xml))
		}
		for _, d := range data {
			table, err := Read("a", bytes.NewReader(d), Limits{Bytes: 1 << 20, Rows: 1000, Cell: 1 << 16})
			var file *FileError
			if err != nil {
				if !errors.As(err, &file) {
					t.Fatalf("%T: %v", err, err)
				}
				continue
			}
			for i, row := range table.Rows {
				if len(row) < len(table.Header) || table.Lines[i] < 1 {
					t.Fatalf("row %d: %q, header %q", i, row, table.Header)
				}
			}
			table.Documents(table.Guess())
			if _, err := ReadNotes("a", bytes.NewReader(d), Limits{}); err != nil && !errors.As(err, &file) {
				t.Fatalf("%T: %v", err, err)
			}
		}
	})
}

// replaced is an archive with another content under one name.
func replaced(t *testing.T, data []byte, name, content string) []byte {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, f := range archive.File {
		body, err := unpack(f, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == name {
			body = []byte(content)
		}
		files = append(files, f.Name, string(body))
	}
	return zipped(files...)
}

// BenchmarkWorkbook reads 50,000 rows of five columns.
func BenchmarkWorkbook(b *testing.B) {
	row := `<row>` + strings.Repeat(`<c t="inlineStr"><is><t>quelques mots de plus ici</t></is></c>`, 5) + `</row>`
	data := xlsx(`<sheetData>` + strings.Repeat(row, 50_000) + `</sheetData>`)
	b.SetBytes(int64(50_000 * len(row)))
	for b.Loop() {
		if _, err := Read("a.xlsx", bytes.NewReader(data), Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
