package officetest

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

// A Sheet is the cells of a sheet, and its name.
type Sheet struct {
	Name string
	Rows [][]string
}

// XLSX is a workbook of one sheet « Réponses » with these cells.
func XLSX(rows ...[]string) []byte { return Workbook(Sheet{"Réponses", rows}) }

// Workbook is a workbook of these sheets.
func Workbook(sheets ...Sheet) []byte {
	var list, links strings.Builder
	var parts []string
	for i, s := range sheets {
		var b strings.Builder
		for _, row := range s.Rows {
			b.WriteString("<row>")
			for _, cell := range row {
				b.WriteString(`<c t="inlineStr"><is><t>` + escape(cell) + `</t></is></c>`)
			}
			b.WriteString("</row>")
		}
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d" r:id="r%d"/>`, escape(s.Name), i+1, i+1)
		fmt.Fprintf(&links, `<Relationship Id="r%d" Type="%s/worksheet" Target="sheet%d.xml"/>`, i+1, office, i+1)
		parts = append(parts, fmt.Sprintf("xl/sheet%d.xml", i+1), "<worksheet><sheetData>"+b.String()+"</sheetData></worksheet>")
	}
	return zipped(append(parts, "[Content_Types].xml", "<Types/>", "_rels/.rels", link("officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml", `<workbook xmlns:r="`+office+`"><sheets>`+list.String()+`</sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", "<Relationships>"+links.String()+"</Relationships>")...)
}

// DOCX is a text document of these paragraphs; one that begins with « # » is a
// heading, with « - » an item of a list.
func DOCX(paragraphs ...string) []byte {
	var b strings.Builder
	for _, p := range paragraphs {
		style := ""
		if rest, ok := strings.CutPrefix(p, "# "); ok {
			style, p = `<w:outlineLvl w:val="0"/>`, rest
		} else if rest, ok := strings.CutPrefix(p, "- "); ok {
			style, p = `<w:numPr><w:numId w:val="1"/></w:numPr>`, rest
		}
		b.WriteString(`<w:p><w:pPr>` + style + `</w:pPr><w:r><w:t xml:space="preserve">` + escape(p) + `</w:t></w:r></w:p>`)
	}
	return zipped("[Content_Types].xml", "<Types/>", "_rels/.rels", link("officeDocument", "word/document.xml"),
		"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`+b.String()+`</w:body></w:document>`)
}

func link(kind, target string) string {
	return fmt.Sprintf(`<Relationships><Relationship Id="r" Type="%s/%s" Target="%s"/></Relationships>`, office, kind, target)
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder never fails
	return b.String()
}

// zipped panics on what cannot fail in memory.
func zipped(files ...string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err == nil {
			_, err = f.Write([]byte(files[i+1]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}
