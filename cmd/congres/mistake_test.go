package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/villes-internet/congres/corpora"
)

// TestMistakes makes those that anybody makes at the command line: each is said
// in one sentence that a person can act on, and nothing is made by the way.
func TestMistakes(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"c.csv": "id;texte\n1;Les bus sont rares.\n2;Plus de bus.\n", "axes.csv": "axe;autre\nBus;x\n", "rien.csv": "axe;amorces\n;x\n", "elus.csv": "nom;prénom\nBrume;Zoé\n", "vide.csv": "", "notes.txt": "- Ouvrir tard.",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if status, _, errOut := congres(t, "invite", "équipe", "a@b.example", "--data", "ici"); status != 0 {
		t.Fatal(errOut)
	}
	for _, tc := range []struct {
		args   string
		status int
		want   string // how the line begins
	}{
		{"analyse absent.csv", 1, "Le fichier absent.csv n’existe pas : vérifiez son nom."},
		{"analyse .", 1, "« . » est un dossier : indiquez"},
		{"analyse c.csv --axes absent.csv", 1, "Le fichier absent.csv n’existe pas"},
		{"analyse c.csv --axes .", 1, "« . » est un dossier"},
		{"analyse c.csv --axes axes.csv", 1, "Le fichier des axes axes.csv doit avoir une colonne « axe » et une colonne « amorces ». Ses colonnes : axe, autre."},
		{"analyse c.csv --axes rien.csv", 1, "Le fichier des axes rien.csv ne nomme aucun axe"},
		{"analyse c.csv --out elus.csv", 1, "« elus.csv » est un fichier"},
		{"analyse c.csv --out elus.csv/x", 1, "Les résultats n’ont pas pu être écrits dans « elus.csv/x »"},
		{"annotate absent.txt", 1, "Le fichier absent.txt n’existe pas"},
		{"annotate .", 1, "« . » est un dossier"},
		{"import elus elus.csv --data ici", 1, "elus.csv : aucune colonne ne donne les courriels, sans lesquels personne ne peut entrer. Nommez-la « courriel »"},
		{"import elus elus.csv --data ici --check", 1, "elus.csv : aucune colonne ne donne les courriels"},
		{"import elus . --data ici", 1, "« . » est un dossier"},
		{"import elus elus.csv --data ailleurs", 1, "Il n’y a pas de congrès dans ailleurs"},
		{"import notes notes.txt --data ici --check", 1, "Aucune édition n’est encore ouverte"},
		{"export rien --data ici", 2, "« rien » ne s’exporte pas : motion"},
		{"export themes --motion m --data ici", 2, "--motion et --version disent quelle motion exporter"},
		{"export motion --public-url congres --data ici", 2, "« congres » n’est pas l’adresse d’un site"},
		{"export motion --motion m --data ici", 1, "Aucune motion n’a l’identifiant « m »"},
		{"export themes --format csv --data ici", 2, "« themes » ne s’exporte pas au format « csv »."},
		{"serve --addr bonjour --data ailleurs", 2, "« bonjour » n’est pas une adresse où écouter"},
		{"serve --addr 127.0.0.1:99999 --data ailleurs", 2, "« 127.0.0.1:99999 » n’est pas une adresse"},
		{"serve --public-url congres --data ailleurs", 2, "« congres » n’est pas l’adresse d’un site"},
		{"demo --addr bonjour --data ailleurs", 2, "« bonjour » n’est pas une adresse où écouter"},
		{"restore vide.csv --data ailleurs", 1, "« vide.csv » n’est pas une copie de congres"},
		{"restore . --data ailleurs", 1, "« . » n’est pas une copie de congres"},
	} {
		status, _, errOut := congres(t, strings.Fields(tc.args)...)
		if status != tc.status || !strings.HasPrefix(errOut, tc.want) || strings.Count(errOut, "\n") != 1 {
			t.Errorf("%s: status %d, want %d, said %q, want %q", tc.args, status, tc.status, errOut, tc.want)
		}
	}
	for _, name := range []string{"ailleurs", "rapport-congres"} {
		if exists(name) {
			t.Errorf("a refused command made %s", name)
		}
	}
}

// TestAsksHelp prints a command's manual whichever way it is asked for.
func TestAsksHelp(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, c := range commands() {
		_, manual, _ := congres(t, "help", c.name)
		for _, args := range [][]string{{c.name, "--help"}, {c.name, "-h"}, {c.name, "--data", "ici", "--help"}} {
			if status, out, errOut := congres(t, args...); status != 0 || out != manual || errOut != "" {
				t.Errorf("%q: status %d, out %q, err %q", args, status, out, errOut)
			}
		}
	}
	_, want, _ := congres(t, "version")
	if status, out, _ := congres(t, "--version"); status != 0 || out != want || want == "" {
		t.Errorf("--version: status %d, %q, want %q", status, out, want)
	}
	if entries, err := os.ReadDir("."); err != nil || len(entries) != 0 {
		t.Errorf("asking for help made %v: %v", entries, err)
	}
}

// TestCheckedNotes refuses notes with --check as without it.
func TestCheckedNotes(t *testing.T) {
	h, _ := newHouse(t, place{dir: t.TempDir()})
	defer h.Close()
	for _, tc := range []struct{ option, want string }{
		{"--date=2026-99-01", "La date de la rencontre s’écrit comme 2026-11-24."},
		{"--title=" + strings.Repeat("é", 201), "un titre de 200 caractères au plus"},
	} {
		for _, more := range [][]string{nil, {"--check"}} {
			var out bytes.Buffer
			err := importOne(t.Context(), h, append([]string{"notes", "notes.txt", tc.option}, more...), strings.NewReader("- Ouvrir tard."), &out)
			if err == nil || !strings.Contains(sentence(err), tc.want) || out.Len() > 0 {
				t.Errorf("%s %q: %v, said %q", tc.option, more, err, out.String())
			}
		}
	}
}

// TestNamelessFile begins the sentence with a capital where no name is before it.
func TestNamelessFile(t *testing.T) {
	_, err := corpora.Read("", strings.NewReader(""), corpora.Limits{})
	if err == nil || !strings.HasPrefix(sentence(err), "Le fichier est vide.") {
		t.Errorf("said %v", err)
	}
}
