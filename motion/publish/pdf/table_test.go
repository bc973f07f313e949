package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTable sets a table over several pages and a figure, and has other programs
// read them back.
func TestTable(t *testing.T) {
	table := &Table{Head: []string{"Mot", "Nombre"}, Right: []bool{false, true}}
	for range 90 {
		table.Rows = append(table.Rows, []string{"médiation numérique", "12"}, []string{"vide"})
	}
	table.Rows = append(table.Rows, []string{strings.Repeat("très long ", 2000), "dernier"})
	text := &Text{Title: "Tableau", Blocks: []Block{{Kind: Title, Spans: []Span{{Text: "Tableau"}}}, {Table: table}, {Table: &Table{}},
		{Figure: &Figure{Width: 900, Height: 4000, Alt: "une figure", Shapes: []Shape{{Form: Ring, X: 5, Y: 5, W: 4}, {Form: Box, W: 2, H: 2}, {Form: Bow, W: 9, H: 9},
			{Form: Stroke, W: 9, H: 9}, {Form: Label, X: 9, Y: 9, Size: 12, Text: "étiquette", At: .5}}}}}}
	var one, two bytes.Buffer
	if err := Write(&one, text, fonts()); err != nil {
		t.Fatal(err)
	}
	if Write(&two, text, fonts()); !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("two writings differ")
	}
	for _, want := range []string{"/S /Table", "/S /TR", "/S /TD", "/Scope /Row", "/Scope /Column", "/S /Figure"} {
		if !strings.Contains(one.String(), want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(one.String(), "CreationDate") {
		t.Error("a text without a date has one")
	}
	path := filepath.Join(t.TempDir(), "t.pdf")
	if err := os.WriteFile(path, one.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if qpdf, err := exec.LookPath("qpdf"); err == nil {
		if said, err := exec.Command(qpdf, "--check", path).CombinedOutput(); err != nil {
			t.Errorf("qpdf: %s", said)
		}
	}
	if reader, err := exec.LookPath("pdftotext"); err == nil {
		said, err := exec.Command(reader, path, "-").Output()
		if n := strings.Count(string(said), "médiation numérique"); err != nil || n != 90 || !strings.Contains(string(said), "étiquette") || !strings.Contains(string(said), "dernier") {
			t.Errorf("pdftotext finds %d rows of 90 (%v)", n, err)
		}
	}
}
