package paper

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/villes-internet/congres/analysis"
)

// XLSX writes the report as a workbook (ECMA-376 part 1, SpreadsheetML) of these
// sheets: indicateurs, thèmes, sous-thèmes, documents, segments, spécificités,
// lexique, hapax, then, where the report has them, those of its figures: AFC, Reinert,
// similitudes, accroissement. Words are inline strings, which no program takes for formulas; what a
// cell cannot hold (32 767 letters) is cut, and says so.
func XLSX(w io.Writer, r *analysis.Report) error {
	all := sheets(r)
	z := zip.NewWriter(w)
	put := func(name, text string) error {
		out, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(out, text)
		}
		if err != nil {
			return fmt.Errorf("paper: xlsx: %w", err)
		}
		return nil
	}
	types, list, relations := "", "", ""
	for i, s := range all {
		n := strconv.Itoa(i + 1)
		types += `<Override PartName="/xl/worksheets/sheet` + n + `.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`
		list += `<sheet name="` + escape(s.name) + `" sheetId="` + n + `" r:id="s` + n + `"/>`
		relations += `<Relationship Id="s` + n + `" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet` + n + `.xml"/>`
	}
	for _, f := range [][2]string{
		{"[Content_Types].xml", xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` + types + `</Types>`},
		{"_rels/.rels", xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="w" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", xml.Header + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>` + list + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + relations + `<Relationship Id="styles" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`},
		{"xl/styles.xml", xml.Header + `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="#,##0.0"/><numFmt numFmtId="165" formatCode="#,##0.000"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>` + cellStyles + `<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`},
	} {
		if err := put(f[0], f[1]); err != nil {
			return err
		}
	}
	for i, s := range all {
		if err := put("xl/worksheets/sheet"+strconv.Itoa(i+1)+".xml", s.xml()); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("paper: xlsx: %w", err)
	}
	return nil
}

// The styles of cells: none, a head's, words as they are, whole numbers, numbers of one
// to three decimals (built-in formats 49, 3 and 2; the others are ours).
const cellStyles = `<cellXfs count="7"><xf xfId="0"/><xf fontId="1" xfId="0" applyFont="1"/><xf numFmtId="49" xfId="0" applyNumberFormat="1" quotePrefix="1"/><xf numFmtId="3" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="164" xfId="0" applyNumberFormat="1"/><xf numFmtId="2" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" xfId="0" applyNumberFormat="1"/></cellXfs>`

const (
	styleHead   = 1
	styleWords  = 2
	styleNumber = 3 // plus its decimals
	decimals    = 2 // of a number that says nothing else
)

// An amount is a number shown with 0 to 3 decimals.
type amount struct {
	value  float64
	digits int
}

// A sheet is a name and rows, of strings, ints, floats and amounts; the first is its
// head.
type sheet struct {
	name string
	rows [][]any
}

func (s *sheet) add(cells ...any) { s.rows = append(s.rows, cells) }

func (s *sheet) xml() string {
	var b strings.Builder
	b.WriteString(xml.Header + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="12" width="22" customWidth="1"/></cols><sheetData>`)
	for i, row := range s.rows {
		n := strconv.Itoa(i + 1)
		b.WriteString(`<row r="` + n + `">`)
		for j, cell := range row {
			at := string(rune('A'+j)) + n
			number := func(digits int, value string) {
				b.WriteString(`<c r="` + at + `" s="` + strconv.Itoa(styleNumber+digits) + `"><v>` + value + `</v></c>`)
			}
			switch x := cell.(type) {
			case int:
				number(0, strconv.Itoa(x))
			case float64:
				number(decimals, written(x))
			case amount:
				number(x.digits, written(x.value))
			case string:
				style := styleWords
				if i == 0 {
					style = styleHead
				}
				b.WriteString(`<c r="` + at + `" s="` + strconv.Itoa(style) + `" t="inlineStr"><is><t xml:space="preserve">` + escape(held(x)) + `</t></is></c>`)
			}
		}
		b.WriteString("</row>")
	}
	b.WriteString("</sheetData></worksheet>")
	return b.String()
}

// written is a number as the format writes it, nothing for what is none.
func written(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return ""
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// held is what a cell can hold, counted as the format counts: in UTF-16.
func held(s string) string {
	const most, note = 32_767, " […] coupé, voir segments.csv"
	if len(s) <= most || len(utf16.Encode([]rune(s))) <= most {
		return s
	}
	units := utf16.Encode([]rune(s))[:most-len(note)]
	return strings.TrimRight(string(utf16.Decode(units)), "\ufffd") + note
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder never fails
	return b.String()
}

func sheets(r *analysis.Report) []*sheet {
	name := make(map[string]string)
	axis := make(map[string]string)
	for _, t := range r.Themes {
		name[t.ID] = t.Label
	}
	for _, a := range r.Axes {
		for _, id := range a.Themes {
			axis[id] = a.Label
		}
	}
	label := func(id string) string { return name[id] }
	indicators := &sheet{name: "indicateurs"}
	indicators.add("indicateur", "valeur", "ce qu’il dit")
	for _, i := range r.Indicators() {
		indicators.add(i.Name, amount{i.Value, i.Digits}, i.Meaning)
	}
	indicators.add("Réglage\u00a0: thèmes", asked(r.Settings.Themes), "nombre demandé")
	indicators.add("Réglage\u00a0: vue", r.Settings.View, "fused\u00a0: avec les tables de mots\u00a0; lexical\u00a0: sans elles")
	indicators.add("Réglage\u00a0: graine", strconv.FormatUint(r.Settings.Seed, 10), "du hasard")
	indicators.add("Spécificités", "f, F, t, T", "feuille «\u00a0spécificités\u00a0»\u00a0: f fois, sur F en tout, dans une valeur de taille t sur T\u202f; en textes pour un thème, en mots porteurs de sens pour un mot\u202f; loi hypergéométrique (Lafon 1980)")
	themes := &sheet{name: "thèmes"}
	themes.add("identifiant", "thème", "axe", "textes", "auteur·rices", "communes", "phrases", "constats", "propositions", "questions", "témoignages", "stabilité", "mots")
	parts := &sheet{name: "sous-thèmes"}
	parts.add("thème", "n°", "sous-thème", "textes", "phrases", "stabilité", "mots")
	specific := &sheet{name: "spécificités"}
	specific.add("de quoi", "thème ou mot", "variable", "valeur", "compté en", "f\u00a0: dans la valeur", "F\u00a0: en tout", "t\u00a0: taille de la valeur", "T\u00a0: taille du tout", "spécificité")
	forms := func(list []analysis.Term) string {
		var out []string
		for _, t := range list {
			out = append(out, t.Form)
		}
		return strings.Join(out, ", ")
	}
	for _, t := range r.Themes {
		var stability any = ""
		if t.Stability > 0 { // else it was not measured
			stability = t.Stability
		}
		themes.add(t.ID, t.Label, axis[t.ID], t.Documents, t.Authors, t.Communes, t.Segments, t.Natures["constat"], t.Natures["proposition"],
			t.Natures["question"], t.Natures["témoignage"], stability, forms(t.Terms))
		for n, s := range t.Subthemes {
			parts.add(t.Label, n+1, s.Label, s.Documents, s.Segments, s.Stability, forms(s.Terms))
		}
		for _, s := range t.Profile {
			specific.add("thème", t.Label, s.Variable, s.Modality, "textes", s.In, s.Theme, s.All, s.Total, s.Score)
		}
	}
	for _, v := range r.Variables {
		for _, m := range v.Modalities {
			for _, s := range m.Specific {
				specific.add("mot", s.Form, v.Name, m.Name, "mots", s.In, s.All, m.Words, v.Words, s.Score)
			}
		}
	}
	documents := &sheet{name: "documents"}
	head := []any{"identifiant", "thème", "thèmes", "mots clés"}
	for _, v := range r.Variables {
		head = append(head, v.Name)
	}
	documents.add(head...)
	for _, d := range r.Documents {
		var also []string
		for _, id := range d.Themes {
			also = append(also, label(id))
		}
		row := []any{d.ID, label(d.Theme), strings.Join(also, " | "), strings.Join(d.Keywords, " | ")}
		for _, v := range r.Variables {
			row = append(row, d.Values[v.Name])
		}
		documents.add(row...)
	}
	part := make(map[string][]analysis.Subtheme)
	for _, t := range r.Themes {
		part[t.ID] = t.Subthemes
	}
	segments := &sheet{name: "segments"}
	segments.add("document", "segment", "début", "fin", "thème", "sous-thème", "score", "nature", "classe de Reinert", "texte")
	for _, s := range r.Segments {
		sub := ""
		if list := part[s.Theme]; s.Sub > 0 && s.Sub <= len(list) {
			sub = list[s.Sub-1].Label
		}
		segments.add(s.Document, s.ID, s.Start, s.End, label(s.Theme), sub, s.Score, s.Nature, s.Class, s.Text)
	}
	lexicon := &sheet{name: "lexique"}
	lexicon.add("mot", "occurrences", "phrases", "textes")
	for _, e := range r.Lexicon {
		lexicon.add(e.Form, e.Count, e.Segments, e.Documents)
	}
	if r.Lemmas > len(r.Lexicon) {
		lexicon.add(fmt.Sprintf("(les %d plus employés, sur %d mots)", len(r.Lexicon), r.Lemmas))
	}
	once := &sheet{name: "hapax"}
	once.add("mot employé une seule fois, toutes ses formes réunies")
	for _, word := range r.Hapax {
		once.add(word)
	}
	if r.HapaxAll > len(r.Hapax) {
		once.add(fmt.Sprintf("(les %d premiers, sur %d)", len(r.Hapax), r.HapaxAll))
	}
	return append([]*sheet{indicators, themes, parts, documents, segments, specific, lexicon, once}, figures(r, label)...)
}
