package publish

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/image/font/gofont/goregular"

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
	for _, want := range []string{"Motion <été>\n\nVu la consultation", "II. Mobilités", "passe\u00a0[1]\u00a0[2]\u202f».", "[2] «\u202fÉ & À\u202f», auteur inconnu. https://congres.exemple.fr/contributions/c2#v3-5-9\n"} {
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
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(data)
		for d := xml.NewDecoder(bytes.NewReader(data)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	body, notes := all["word/document.xml"], all["word/footnotes.xml"]
	for _, m := range regexp.MustCompile(`<w:[pr]Style w:val="([^"]+)"`).FindAllStringSubmatch(body+notes, -1) {
		if !strings.Contains(all["word/styles.xml"], `w:styleId="`+m[1]+`"`) {
			t.Errorf("no style %q", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`r:id="([^"]+)"`).FindAllStringSubmatch(body+notes, -1) {
		if !strings.Contains(all["word/_rels/document.xml.rels"], `Id="`+m[1]+`"`) || !strings.Contains(all["word/_rels/footnotes.xml.rels"], `Id="`+m[1]+`"`) {
			t.Errorf("no relation %q", m[1])
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
	if strings.Count(body, "<w:footnoteReference ") != 3 || strings.Count(notes, "<w:footnoteRef/>") != 3 {
		t.Error("footnotes are not three")
	}
}

// TestWordProcessor lets LibreOffice read what is written for it.
func TestWordProcessor(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not here")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "motion.docx")
	var b bytes.Buffer
	if err := errors.Join(DOCX(&b, sample(), "https://congres.exemple.fr"), os.WriteFile(path, b.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", dir, path)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	text, err := os.ReadFile(filepath.Join(dir, "motion.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Motion <été>", "II. Mobilités", "Proposition\u00a04. Agir", "a) un", "œuvre €."} {
		if !strings.Contains(string(text), want) {
			t.Errorf("LibreOffice does not read %q in %s", want, text)
		}
	}
}
