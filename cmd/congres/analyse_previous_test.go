package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/corpora/demo"
)

// table writes the demo congress's contributions but one in every, 0: all of them.
func table(t *testing.T, every int) string {
	t.Helper()
	c, err := demo.Load()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"id", "texte", "auteur"})
	for n, x := range append(c.Contributions, c.Later...) {
		if every == 0 || n%every > 0 {
			_ = w.Write([]string{x.Key, x.Text, x.Author})
		}
	}
	w.Flush()
	return write(t, "congres.csv", b.String())
}

func report(t *testing.T, folder string) (*analysis.Report, []byte) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, "rapport.json"))
	if err != nil {
		t.Fatal(err)
	}
	r := new(analysis.Report)
	if err := json.Unmarshal(data, r); err != nil {
		t.Fatal(err)
	}
	return r, data
}

// One text in twenty is new: nine in ten of the others stay under the theme that they
// had, themes keep their names and axes, and a frozen one all that it held.
func TestAnalysePrevious(t *testing.T) {
	first, folder := table(t, 20), t.TempDir()
	run := func(args ...string) string {
		t.Helper()
		var stdout bytes.Buffer
		if err := analyse(context.Background(), args, &stdout, &bytes.Buffer{}); err != nil {
			t.Fatal(err)
		}
		return stdout.String()
	}
	run(first, "--text", "texte", "--out", folder)
	before, _ := report(t, folder)
	frozen := &before.Themes[1]
	frozen.Frozen, frozen.Named, frozen.Label = true, true, "Le nôtre"
	file, err := os.Create(filepath.Join(folder, "rapport.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := before.WriteJSON(file); err != nil {
		t.Fatal(err)
	}
	file.Close()

	all, out := table(t, 0), t.TempDir()
	said := run(all, "--text", "texte", "--previous", folder, "--out", out)
	if !strings.Contains(said, "Analyse suivie\u00a0: ") {
		t.Error(said)
	}
	after, data := report(t, out)
	is := make(map[string]string)
	for _, d := range after.Documents {
		is[d.ID] = d.Theme
	}
	same := 0
	for _, d := range before.Documents {
		if is[d.ID] == d.Theme {
			same++
		}
	}
	t.Logf("%d of %d texts stay, %d are new", same, len(before.Documents), len(after.Documents)-len(before.Documents))
	if 10*same < 9*len(before.Documents) || len(after.Documents) == len(before.Documents) {
		t.Error("too many texts change theme")
	}
	type known struct {
		label, axis   string
		named, frozen bool
	}
	of := func(r *analysis.Report) map[string]known {
		out := make(map[string]known)
		for _, x := range r.Themes {
			out[x.ID] = known{x.Label, "", x.Named, x.Frozen}
		}
		for n, a := range r.Axes {
			for _, id := range a.Themes {
				k := out[id]
				k.axis = r.AxisLetter(n) + ". " + a.Label
				out[id] = k
			}
		}
		return out
	}
	now, renamed := of(after), 0
	for id, was := range of(before) {
		got, ok := now[id]
		if ok && got.label != was.label && !was.named { // a name that too few of its texts say any more
			renamed++
			was.label = got.label
		}
		if ok && got != was {
			t.Errorf("theme %+v is now %+v", was, got)
		}
	}
	if renamed > 1 {
		t.Errorf("%d themes have another name", renamed)
	}
	for _, s := range before.Segments {
		if s.Theme == frozen.ID {
			i := 0
			for i < len(after.Segments) && after.Segments[i].ID != s.ID {
				i++
			}
			if i == len(after.Segments) || after.Segments[i].Theme != frozen.ID {
				t.Fatalf("%q left a frozen theme", s.Text)
			}
		}
	}
	again := t.TempDir()
	run(all, "--text", "texte", "--previous", filepath.Join(folder, "rapport.json"), "--out", again)
	if _, same := report(t, again); !bytes.Equal(data, same) {
		t.Error("the same command gives another report")
	}
}

func TestAnalysePreviousRefuses(t *testing.T) {
	path := write(t, "essai.csv", contributions)
	folder := t.TempDir()
	if err := analyse(context.Background(), []string{path, "--text", "texte", "--out", folder}, &bytes.Buffer{}, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	_, data := report(t, folder)
	whole := string(data)
	other := filepath.Join(t.TempDir(), "autre")
	foreign := write(t, "autre.csv", "id;texte\n1;Rien de tout cela.\n2;Ni de ceci.\n")
	for _, c := range []struct{ corpus, previous, want string }{
		{path, filepath.Join(folder, "absent.json"), "n’existe pas"},
		{path, t.TempDir(), "n’existe pas"},
		{path, path, "ne peut pas être lu"},
		{path, write(t, "rapport.json", whole[:len(whole)/2]), "ne peut pas être lu"},
		{path, write(t, "rapport.json", ""), "ne peut pas être lu"},
		{path, write(t, "rapport.json", "null"), "n’est pas le rapport.json"},
		{path, write(t, "rapport.json", `{"format":2,"segments":[]}`), "n’est pas le rapport.json"},
		{path, write(t, "rapport.json", `{"type":"FeatureCollection"}`), "n’est pas le rapport.json"},
		{path, write(t, "rapport.json", strings.Replace(whole, `"theme": "t`, `"theme": "ailleurs`, 1)), "n’est pas le rapport.json"},
		{foreign, folder, "Aucune phrase du rapport à suivre n’est dans ce corpus"},
	} {
		err := analyse(context.Background(), []string{c.corpus, "--text", "texte", "--previous", c.previous, "--out", other}, &bytes.Buffer{}, &bytes.Buffer{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.previous, err, c.want)
			continue
		}
		if said := sentence(err); strings.Contains(said, "n’a pas abouti") {
			t.Error(said)
		}
		if _, err := os.Stat(other); err == nil {
			t.Fatal("something was written")
		}
	}
}
