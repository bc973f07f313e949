package publish

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/villes-internet/congres/motion"
)

// numbered has three axes and four proposals, with points and a paragraph
// between them.
func numbered() *motion.Document {
	d := sample()
	d.Blocks = nil
	count := map[motion.Kind]int{}
	for i, b := range []struct {
		kind motion.Kind
		text string
	}{
		{motion.Title, "Titre"}, {motion.Axis, "Un axe"}, {motion.Proposal, "Agir"}, {motion.Item, "point"}, {motion.Item, "autre"},
		{motion.Proposal, "Faire"}, {motion.Paragraph, "Entre deux"}, {motion.Axis, "Un autre"}, {motion.Proposal, "Dire"},
		{motion.Axis, "Le dernier"}, {motion.Proposal, "Finir"},
	} {
		count[b.kind]++
		d.Blocks = append(d.Blocks, motion.DocumentBlock{Kind: b.kind, ID: strconv.Itoa(i), Number: count[b.kind], Label: "typed",
			Runs: []motion.DocumentRun{{Text: b.text, Sentence: 1}}})
	}
	return d
}

// TestODTNumbers has the word processor count: the text says where a list goes
// on, and its numbers only where they do not follow.
func TestODTNumbers(t *testing.T) {
	write := func(d *motion.Document) string {
		var b bytes.Buffer
		if err := ODT(&b, d, ""); err != nil {
			t.Fatal(err)
		}
		return files(t, b.Bytes())["content.xml"]
	}
	text := write(numbered())
	for _, want := range []string{
		`<text:list xml:id="Axes1" text:style-name="Axes"><text:list-item><text:h `,
		`<text:list xml:id="Axes3" text:style-name="Axes" text:continue-list="Axes2"><text:list-item><text:h `,
		`<text:list xml:id="Proposals4" text:style-name="Proposals" text:continue-list="Proposals3"><text:list-item><text:p `,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	if strings.Contains(text, "start-value") || strings.Contains(text, "typed") {
		t.Errorf("a number stands in the text: %s", text)
	}
	// Numbers that go on from elsewhere, axis II and proposal 4, are said.
	for _, want := range []string{`<text:list-item text:start-value="2"><text:h `, `<text:list-item text:start-value="4"><text:p `} {
		if text := write(sample()); !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
}

// convert lets LibreOffice read a file and write it in another format.
func convert(t *testing.T, name string, file []byte, format, ext string) string {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not here")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", format, "--outdir", dir, path)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", name, err, out)
	}
	text, err := os.ReadFile(strings.TrimSuffix(path, filepath.Ext(path)) + ext)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestLibreOffice lets it read what is written for word processors.
func TestLibreOffice(t *testing.T) {
	for name, write := range map[string]func(io.Writer, *motion.Document, string) error{"motion.odt": ODT, "motion.docx": DOCX} {
		var b bytes.Buffer
		if err := write(&b, sample(), "https://congres.exemple.fr"); err != nil {
			t.Fatal(err)
		}
		text := convert(t, name, b.Bytes(), "txt:Text (encoded):UTF8", ".txt")
		for _, want := range []string{"Motion <été>", "II. Mobilités", "Proposition\u00a04. Agir", "a) un", "œuvre €.", "Congrès 2026\nVersion\u00a02, publiée le 1ᵉʳ décembre 2026\nPage permanente\u00a0: https://congres.exemple.fr/motion/m?version=2"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: LibreOffice does not read %q in %s", name, want, text)
			}
		}
	}
	// As it is copied from there, what a clipboard holds is HTML: numbers are
	// the list's, the words are those of the text.
	var b bytes.Buffer
	if err := ODT(&b, numbered(), ""); err != nil {
		t.Fatal(err)
	}
	html := regexp.MustCompile(`<a name="[^"]*"></a>| class="[^"]*"|\s*\n\s*`).ReplaceAllString(convert(t, "motion.odt", b.Bytes(), "html", ".html"), "")
	for _, want := range []string{`<ol type="I"><li><h1>Un axe</h1>`, `<ol><li><p>Agir</p>`, `<ol type="a"><li><p>point</p><li><p>autre</p>`, `<ol start="2"><li><p>Faire</p>`,
		`<ol type="I" start="2"><li><h1>Un autre</h1>`, `<ol start="3"><li><p>Dire</p>`, `<ol type="I" start="3"><li><h1>Le dernier</h1>`, `<ol start="4"><li><p>Finir</p>`, `</ol><h1>Annexe`, `<h3>Transports (1)</h3>`, `<h2>Sans th`} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s in %s", want, html)
		}
	}
}
