package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/web"
)

// TestAlso asks for every file, guided by a file of axes.
func TestAlso(t *testing.T) {
	dir := t.TempDir()
	corpus, axes, out := filepath.Join(dir, "c.csv"), filepath.Join(dir, "axes.csv"), filepath.Join(dir, "out")
	text := "id,texte\n1,Les bus sont trop rares le soir.\n2,Il faut plus de bus le dimanche.\n3,La cantine scolaire devrait servir des légumes.\n4,Des légumes à la cantine scolaire.\n5,Un bus de nuit\n6,Des légumes frais\n"
	for path, data := range map[string]string{corpus: text, axes: "axe;amorces\nMobilité;bus|train\nMobilité;vélo\n"} {
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	also := "docx,xlsx,opml,mm,iramuteq,txm,txm-mots"
	want := []string{"rapport.docx", "rapport.xlsx", "carte.opml", "carte.mm", "corpus-iramuteq.txt", "corpus-txm.zip", "corpus-txm-mots.zip"}
	if len(web.PrintFonts().Regular) > 0 {
		also, want = also+",pdf", append(want, "rapport.pdf")
	}
	var stdout, stderr bytes.Buffer
	if err := analyse(context.Background(), []string{corpus, "--themes", "2", "--axes", axes, "--also", also, "--out", out}, &stdout, &stderr); err != nil {
		t.Fatal(err, stderr.String())
	}
	for _, name := range want {
		if info, err := os.Stat(filepath.Join(out, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	// The corpus comes back with its texts and, as a variable, their themes.
	for _, name := range []string{"corpus-iramuteq.txt", "corpus-txm.zip"} {
		table, err := open(filepath.Join(out, name), "")
		if err != nil {
			t.Fatal(err)
		}
		if len(table.Rows) != 6 || table.Cell(0, "texte") != "Les bus sont trop rares le soir." || table.Cell(0, "id") != "1" {
			t.Errorf("%s: %q %q", name, table.Header, table.Rows)
		}
		for i := range table.Rows {
			if theme := table.Cell(i, "theme"); (theme == "Mobilité") != strings.Contains(table.Cell(i, "texte"), "bus") {
				t.Errorf("%s: « %s » is of theme %q", name, table.Cell(i, "texte"), theme)
			}
		}
	}
	data, err := os.ReadFile(filepath.Join(out, "rapport.json"))
	if err != nil {
		t.Fatal(err)
	}
	var r analysis.Report
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Themes) != 2 || len(r.Settings.Axes) != 1 || strings.Join(r.Settings.Axes[0].Seeds, ",") != "bus,train,vélo" {
		t.Errorf("%d themes, axes %+v", len(r.Themes), r.Settings.Axes)
	}
	for _, x := range r.Themes {
		if x.Guided != (x.Label == "Mobilité") {
			t.Errorf("theme %q, guided %v", x.Label, x.Guided)
		}
	}
	if qpdf, err := exec.LookPath("qpdf"); err == nil && strings.Contains(also, "pdf") {
		if said, err := exec.Command(qpdf, "--check", filepath.Join(out, "rapport.pdf")).CombinedOutput(); err != nil {
			t.Errorf("qpdf: %s", said)
		}
	}
	for _, args := range [][]string{{corpus, "--also", "doc"}, {corpus, "--axes", corpus}, {corpus, "--axes", filepath.Join(dir, "absent.csv")}} {
		if err := analyse(context.Background(), append(args, "--out", filepath.Join(dir, "none")), &stdout, &stderr); err == nil {
			t.Errorf("%q passes", args[1:])
		}
		if _, err := os.Stat(filepath.Join(dir, "none")); err == nil {
			t.Errorf("%q wrote something", args[1:])
		}
	}
}

// A run says which files beside its own are of another one, and leaves them.
func TestStale(t *testing.T) {
	dir := t.TempDir()
	corpus, out := filepath.Join(dir, "c.csv"), filepath.Join(dir, "out")
	if err := os.WriteFile(corpus, []byte("id,texte\n1,Les bus sont trop rares le soir.\n2,Il faut plus de bus le dimanche.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ also, says string }{{"docx,xlsx", ""}, {"docx", "rapport.xlsx"}, {"", "rapport.docx, rapport.xlsx"}} {
		var stdout, stderr bytes.Buffer
		if err := analyse(context.Background(), []string{corpus, "--also", c.also, "--out", out}, &stdout, &stderr); err != nil {
			t.Fatal(err)
		}
		got := ""
		if _, rest, ok := strings.Cut(stderr.String(), "d’une autre analyse\u00a0: "); ok {
			got, _, _ = strings.Cut(rest, ". Refaites")
		}
		if got != c.says {
			t.Errorf("--also %q: %q, want %q", c.also, got, c.says)
		}
	}
	if _, err := os.Stat(filepath.Join(out, "rapport.xlsx")); err != nil {
		t.Error(err)
	}
}
