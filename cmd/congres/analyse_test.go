package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const contributions = "id;titre;texte;auteur;commune\n" +
	"1;Bus;\"Les bus sont trop rares le soir.\nIl faut plus de bus.\";a;Lens\n" +
	"2;Bus encore;Plus de bus le dimanche, et des arrêts de bus abrités.;b;Lens\n" +
	"3;Cantine;La cantine scolaire devrait servir des légumes de la région.;;Lille\n" +
	"4;;Une cantine scolaire avec des légumes frais, pourquoi pas ?;d;Lille\n" +
	"5;;;;\n"

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAnalyse(t *testing.T) {
	path := write(t, "essai.csv", contributions)
	var first []byte
	for range 2 {
		out := filepath.Join(t.TempDir(), "résultats")
		var stdout, stderr bytes.Buffer
		if err := analyse(context.Background(), []string{path, "--themes", "2", "--text", "texte", "--out", out}, &stdout, &stderr); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(stdout.String(), "texte = «\u00a0texte\u00a0»") || !strings.Contains(stdout.String(), "2 thèmes") {
			t.Errorf("stdout %s", &stdout)
		}
		if !strings.Contains(stderr.String(), "ligne 7") {
			t.Errorf("stderr %s", &stderr)
		}
		entries, _ := os.ReadDir(out)
		if len(entries) != 7 {
			t.Errorf("%d files, want 7", len(entries))
		}
		data, err := os.ReadFile(filepath.Join(out, "rapport.json"))
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = data
		} else if !bytes.Equal(first, data) {
			t.Error("two runs differ")
		}
		// The offsets are those of the column's own bytes.
		table, err := os.Open(filepath.Join(out, "segments.csv"))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(table).ReadAll()
		table.Close()
		if err != nil || rows[1][7] != "Les bus sont trop rares le soir.\nIl faut plus de bus." || rows[1][2] != "0" {
			t.Errorf("segments.csv: %v %v", rows, err)
		}
	}
}

// The report says the command that makes it again, which gives the same bytes.
func TestAnalyseAgain(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{"l'avis.csv": contributions, "axes.csv": "axe,amorces\nTransports,bus|arrêts\n"} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{"l'avis.csv", "--text", "texte", "--title=titre", "--axes", "axes.csv", "--themes", "2", "--out", "un"}
	if err := analyse(context.Background(), args, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	r, first := report(t, "un")
	want := `congres analyse 'l'\''avis.csv' --axes axes.csv --text texte --title titre --themes 2 --view fused --seed 0`
	if got := r.Again().Command; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	sh := exec.Command("sh", "-c", strings.Replace(want, "congres analyse", "printf '%s\\n'", 1))
	words, err := sh.Output()
	if err != nil {
		t.Fatal(err)
	}
	args = append(strings.Split(strings.TrimSpace(string(words)), "\n"), "--out", "deux")
	if err := analyse(context.Background(), args, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	if _, second := report(t, "deux"); !bytes.Equal(first, second) {
		t.Error("the command gives another report")
	}
}

// Columns that are called alike can be chosen, and all of them are shown.
func TestAnalyseAlike(t *testing.T) {
	path := write(t, "essai.csv", "id,texte,texte,note\n1,Les bus,Les vélos,a\n2,Les bus du soir,Des pistes,b\n")
	var stdout, stderr bytes.Buffer
	if err := analyse(context.Background(), []string{path, "--text", "texte (2)", "--out", t.TempDir()}, &stdout, &stderr); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"texte = «\u00a0texte (2)\u00a0»", "autres colonnes, lues comme variables\u00a0: «\u00a0texte\u00a0», «\u00a0note\u00a0»"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("stdout lacks %q:\n%s", want, &stdout)
		}
	}
	if !strings.Contains(stderr.String(), "s’appelle ici «\u00a0texte (2)\u00a0»") {
		t.Errorf("stderr %s", &stderr)
	}
}

// What a column is, and what becomes of it, is said; no name is written anywhere.
func TestAnalyseColumns(t *testing.T) {
	text := "Nom;Prénom;Téléphone;depth;question_id;secteur;unique;Votre avis\n"
	for i := range 40 {
		text += fmt.Sprintf("Dupont%d;Zénobie;06 12 34 56 %02d;%d;%d;%s;même;<p>Les bus numéro %d sont trop rares le soir, et la cantine aussi.</p>\n", i%7, i, i%3, i%4, []string{"mail", "web"}[i%2], i)
	}
	path, out := write(t, "essai.csv", text), t.TempDir()
	var stdout, stderr bytes.Buffer
	if err := analyse(context.Background(), []string{path, "--also", "iramuteq,txm", "--out", out}, &stdout, &stderr); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"texte = «\u00a0Votre avis\u00a0» (sans ses balises HTML)", "axe = «\u00a0question_id\u00a0»",
		"lues comme auteur·rice, jamais montrées\u00a0: «\u00a0Prénom\u00a0», «\u00a0Nom\u00a0»",
		"noms ou coordonnées, jamais montrés\u00a0: «\u00a0Téléphone\u00a0»",
		"autres colonnes, lues comme variables\u00a0: «\u00a0secteur\u00a0»\n",
		"nombres, non comparés\u00a0: «\u00a0depth\u00a0»",
		"une seule valeur ou aucune, rien à comparer\u00a0: «\u00a0unique\u00a0»",
		"les auteur·rices sont numérotés (1, 2, 3…)",
	} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("stdout lacks %q:\n%s", want, &stdout)
		}
	}
	r, _ := report(t, out)
	var names []string
	for _, v := range r.Variables {
		names = append(names, v.Name)
	}
	if got := strings.Join(names, " "); got != "axe secteur" {
		t.Errorf("variables %s", got)
	}
	files, _ := os.ReadDir(out)
	for _, file := range files {
		data, _ := os.ReadFile(filepath.Join(out, file.Name()))
		if archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err == nil {
			data = nil
			for _, part := range archive.File {
				if r, err := part.Open(); err == nil {
					inside, _ := io.ReadAll(r)
					data = append(data, inside...)
				}
			}
		}
		for _, private := range []string{"Dupont", "Zénobie", "06 12"} {
			if bytes.Contains(data, []byte(private)) {
				t.Errorf("%s holds %q", file.Name(), private)
			}
		}
	}
	data, _ := os.ReadFile(filepath.Join(out, "corpus-iramuteq.txt"))
	if !strings.HasPrefix(string(data), "**** *id_1 *auteur_1 ") {
		t.Errorf("corpus %.60s", data)
	}
}

// Two open questions are one corpus; --text reads one alone.
func TestAnalyseQuestions(t *testing.T) {
	text := "id;Vos besoins;Vos idées\n"
	for i := range 6 {
		text += fmt.Sprintf("%d;Il nous faut plus de bus que les %d bus du soir;La cantine devrait servir %d légumes de la région\n", i, i, i)
	}
	path := write(t, "essai.csv", text)
	for want, args := range map[string][]string{
		"12 lignes, tableau, UTF-8, séparateur\u00a0: point-virgule, une ligne par réponse":                                  nil,
		"questions ouvertes, lues ensemble, la question comme axe\u00a0: «\u00a0Vos besoins\u00a0», «\u00a0Vos idées\u00a0»": nil,
		"6 lignes, tableau, UTF-8, séparateur\u00a0: point-virgule\n  colonnes\u00a0: texte = «\u00a0Vos idées\u00a0»":       {"--text", "Vos idées"},
	} {
		var stdout bytes.Buffer
		if err := analyse(context.Background(), append([]string{path, "--out", t.TempDir()}, args...), &stdout, &bytes.Buffer{}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("stdout lacks %q:\n%s", want, &stdout)
		}
	}
}

func TestAnalyseRefuses(t *testing.T) {
	path := write(t, "essai.csv", contributions)
	for _, c := range []struct {
		args  []string
		usage bool
		want  string
	}{
		{nil, true, "Indiquez"},
		{[]string{path, "--themes", "beaucoup"}, true, "--themes"},
		{[]string{path, "--themes", "0"}, true, "--themes"},
		{[]string{path, "--view", "x"}, true, "--view"},
		{[]string{path, "--seed", "x"}, true, "--seed"},
		{[]string{path, "--themes", "2", "--axes", write(t, "axes.csv", "axe;amorces\nA;bus\nB;eau\nC;école\n")}, true, "Avec 3 axes dans --axes, demandez au moins 4 thèmes"},
		{[]string{path, "--axes", write(t, "axes.csv", "axe;amorces\nA;bus"+strings.Repeat("|bus", 200)+"\n")}, false, "Les axes guidés ne peuvent pas être suivis\u00a0: l’axe « A » a trop d’amorces, ou de trop longues."},
		{[]string{path, "--inconnue"}, true, "--inconnue"},
		{[]string{path, "--out"}, true, "--out"},
		{[]string{path, "--text", "nulle part"}, false, "titre"},
		{[]string{"absent.csv"}, false, "n’existe pas"},
		{[]string{filepath.Dir(path)}, false, "dossier"},
		{[]string{write(t, "vide.csv", "id;texte\n1;\n")}, false, "aucun texte"},
	} {
		args := append(c.args, "--out", t.TempDir())
		if c.want == "--out" || c.args == nil {
			args = c.args
		}
		err := analyse(context.Background(), args, &bytes.Buffer{}, &bytes.Buffer{})
		if err == nil || errors.Is(err, errUsage) != c.usage || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error %v, want %q", c.args, err, c.want)
		} else if said := sentence(err); strings.Contains(said, "n’a pas abouti") {
			t.Errorf("%q: %s", c.args, said)
		}
	}
}

func TestAnnotate(t *testing.T) {
	const text = "\ufeffL’été. Les élu·es disent\u00a0: 3,5\u00a0% !\n"
	var stdout bytes.Buffer
	if err := annotate(context.Background(), []string{write(t, "a.txt", text)}, &stdout, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	var forms []string
	for line := range strings.Lines(stdout.String()) {
		var a annotation
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		if text[a.Start:a.End] != a.Form {
			t.Errorf("%+v is not %q", a, text[a.Start:a.End])
		}
		want := 0
		if a.Start > 12 {
			want = 1
		}
		if a.Sentence != want {
			t.Errorf("%+v in sentence %d", a, want)
		}
		forms = append(forms, a.Form)
	}
	if got := strings.Join(forms, "|"); got != "L’|été|.|Les|élu·es|disent|:|3,5|%|!" {
		t.Errorf("forms %s", got)
	}
	for _, odd := range []string{"Ok\n\xe9 \xff\xfe \x00\nFin.\n", "\xff\xfe Ok\n\xe9\nFin."} { // bytes that are no UTF-8 are kept and skipped
		var out bytes.Buffer
		if err := annotate(context.Background(), []string{write(t, "b.txt", odd)}, &out, &bytes.Buffer{}); err != nil {
			t.Errorf("%q: %v", odd, err)
		}
		n, last := strings.Count(out.String(), "\n"), annotation{}
		if lines := strings.Split(strings.TrimSpace(out.String()), "\n"); json.Unmarshal([]byte(lines[len(lines)-1]), &last) != nil || n != 3 || last.Sentence != 1 || odd[last.Start:last.End] != "." {
			t.Errorf("%q: %d tokens, the last is %+v", odd, n, last)
		}
	}
	if err := annotate(context.Background(), nil, &stdout, &stdout); !errors.Is(err, errUsage) {
		t.Errorf("error %v, want errUsage", err)
	}
}
