package publish

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/image/font/gofont/goregular"

	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/publish/pdf"
)

func options() Options {
	f := [][]byte{goregular.TTF}
	return Options{Base: "https://congres.exemple.fr", Fonts: &pdf.Fonts{Regular: f, Strong: f, Em: f, StrongEm: f}}
}

func TestFormats(t *testing.T) {
	for _, f := range Formats() {
		var b, again bytes.Buffer
		if err := f.Write(&b, sample(), options()); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if f.Write(&again, sample(), options()); !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Errorf("%s: the same document gave other bytes", f.Name)
		}
		if got, ok := FormatOf(f.Name); !ok || got.Type != f.Type {
			t.Errorf("%s: not found by its name", f.Name)
		}
	}
	if _, ok := FormatOf("doc"); ok {
		t.Error("a format that is none was found")
	}
	if err := PDF(io.Discard, sample(), "", &pdf.Fonts{}); !errors.Is(err, pdf.ErrFont) {
		t.Errorf("without fonts: %v", err)
	}
}

func TestText(t *testing.T) {
	var b bytes.Buffer
	if err := Text(&b, sample(), "https://congres.exemple.fr"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Motion <été>\n\nCongrès 2026\nVersion\u00a02, publiée le 1ᵉʳ décembre 2026\nPage permanente\u00a0: https://congres.exemple.fr/motion/m?version=2\n\nVu la consultation", "II. Mobilités", "\na) un\nb) deux\x01\n", "passe\u00a0[1]\u00a0[2]\u202f».", "[2] «\u202fÉ & À\u202f», auteur inconnu. https://congres.exemple.fr/contributions/c2#v3-5-9\n"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in %q", want, b.String())
		}
	}
}

func TestDOCX(t *testing.T) {
	var b bytes.Buffer
	if err := DOCX(&b, sample(), "https://congres.exemple.fr"); err != nil {
		t.Fatal(err)
	}
	all := files(t, b.Bytes())
	body, notes := all["word/document.xml"], all["word/footnotes.xml"]
	for _, m := range regexp.MustCompile(`<w:[pr]Style w:val="([^"]+)"`).FindAllStringSubmatch(body+notes, -1) {
		if !strings.Contains(all["word/styles.xml"], `w:styleId="`+m[1]+`"`) {
			t.Errorf("no style %q", m[1])
		}
	}
	for part, text := range map[string]string{"document": body, "footnotes": notes} {
		for _, m := range regexp.MustCompile(`r:(?:id|embed)="([^"]+)"`).FindAllStringSubmatch(text, -1) {
			if !strings.Contains(all["word/_rels/"+part+".xml.rels"], `Id="`+m[1]+`"`) {
				t.Errorf("%s has no relation %q", part, m[1])
			}
		}
	}
	for _, m := range regexp.MustCompile(`PartName="/([^"]+)"`).FindAllStringSubmatch(all["[Content_Types].xml"], -1) {
		if all[m[1]] == "" {
			t.Errorf("no part %q", m[1])
		}
	}
	// Numbers go on from where the text's begin: axis II, proposal 4, item a).
	for _, want := range []string{`<w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="2"/>`, `<w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/>`} {
		if !strings.Contains(all["word/numbering.xml"], want) {
			t.Errorf("no %s in %s", want, all["word/numbering.xml"])
		}
	}
	if strings.Count(body, "<w:footnoteReference ") != 2 || strings.Count(notes, "<w:footnoteRef/>") != 2 {
		t.Error("footnotes are not two")
	}
	if strings.Count(body, " NOTEREF note2 ") != 1 || strings.Count(body, `w:name="note2"`) != 1 {
		t.Error("the source that is called again is no reference to its note")
	}
}

func TestLetters(t *testing.T) {
	for n, want := range map[int]string{1: "a)", 2: "b)", 26: "z)", 27: "aa)", 52: "az)", 53: "ba)", 703: "aaa)"} {
		if got := letter(n); got != want {
			t.Errorf("item %d is %q, want %q", n, got, want)
		}
	}
	all := parts(sample(), "")
	list := pdfBlocks(&all[len(all)-2])
	if len(list) != 2 || list[0].Label != "a)" || list[1].Label != "b)" {
		t.Errorf("in the PDF: %+v", list)
	}
}

// TestFateSentence: the annex gives what cites a contribution as sentences of its
// own, ended once.
func TestFateSentence(t *testing.T) {
	refs := []motion.Reference{{Anchor: "b-a.1", Place: "Axe\u00a0II, considérants", Excerpt: "Considérant ceci\u202f;"}, {Anchor: "b-b.1", Place: "Proposition\u00a04", Excerpt: "Agir…"}}
	said := func(n int) (s string) {
		for _, r := range fate(&motion.Fate{Contribution: "c", Signature: "une élue"}, refs[:n], "", "/motion/m") {
			s += r.Text
		}
		return s
	}
	for n, want := range []string{"", " Citée (Axe\u00a0II, considérants)\u00a0: Considérant ceci.", " Citée (Axe\u00a0II, considérants)\u00a0: Considérant ceci\u202f; (Proposition\u00a04)\u00a0: Agir…"} {
		if got := said(n); got != "Contribution de\u00a0: une élue."+want {
			t.Errorf("%d: got %q", n, got)
		}
	}
}

// TestMissing: what the PDF writes by its name is known beforehand, and where.
func TestMissing(t *testing.T) {
	d := sample()
	d.Blocks[1].Runs[0].Text = "Vu «\u202fمر\u202f» et 🚌, œuvre 1ᵉʳ…"
	d.Sources[1].Text = "🚌 漢"
	got, err := Missing(d, options().Fonts)
	var list []string
	for _, s := range got {
		list = append(list, s.Char+" "+s.Shown+" "+s.Anchor)
	}
	if want := "م [U+0645] b-v|ر [U+0631] b-v|🚌 [bus] b-v|漢 [U+6F22] "; err != nil || strings.Join(list, "|") != want {
		t.Errorf("got %q, %v, want %s", list, err, want)
	}
	if got, err := Missing(sample(), options().Fonts); err != nil || got != nil {
		t.Errorf("got %v, %v where all is drawn", got, err)
	}
	if _, err := Missing(d, &pdf.Fonts{}); !errors.Is(err, pdf.ErrFont) {
		t.Errorf("without fonts: %v", err)
	}
}

func TestFileName(t *testing.T) {
	pdf, _ := FormatOf("pdf")
	for _, tt := range []struct {
		title       string
		version     int
		ascii, name string
	}{
		{"Pour l’École\u00a0: « œuvrer » ensemble\u202f!", 2, "motion-pour-l-ecole-oeuvrer-ensemble-v2.pdf", "motion-pour-l-école-œuvrer-ensemble-v2.pdf"},
		{`../a"b;c` + "\r\n", 1, "motion-a-b-c-v1.pdf", "motion-a-b-c-v1.pdf"},
		{"مرحبا", 1, "motion-v1.pdf", "motion-مرحبا-v1.pdf"},
		{"", 0, "motion-projet.pdf", "motion-projet.pdf"},
		{strings.Repeat("abcdefg ", 20), 12, "motion-abcdefg-abcdefg-abcdefg-abcdefg-abcdefg-abcdefg-abcdefg-v12.pdf", "motion-abcdefg-abcdefg-abcdefg-abcdefg-abcdefg-abcdefg-abcdefg-v12.pdf"},
		{strings.Repeat("é", 99), 1, "motion-" + strings.Repeat("e", 60) + "-v1.pdf", "motion-" + strings.Repeat("é", 60) + "-v1.pdf"},
	} {
		ascii, name := FileName(&motion.Document{Title: tt.title, Version: tt.version}, pdf)
		if ascii != tt.ascii || name != tt.name {
			t.Errorf("%q: got %q and %q, want %q and %q", tt.title, ascii, name, tt.ascii, tt.name)
		}
	}
}
