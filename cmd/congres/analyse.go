package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/corpora"
)

const analyseHelp = `congres analyse CORPUS… — analyse un corpus, sans serveur et sans réseau

  congres analyse contributions.csv
  congres analyse reponses.xlsx --themes auto
  congres analyse contributions.csv --text texte --themes 12 --out rapport

CORPUS est un tableau (CSV, tout séparateur ; UTF-8, UTF-16 ou Windows-1252), un
classeur (XLSX, ODS ; la première feuille qui est un tableau, ou --sheet), un
fichier JSON ou JSONL, un export Decidim ou du Grand débat (un texte par réponse
à une question ouverte ; les questions fermées deviennent des variables), un
corpus IRaMuTeQ ou TXM, un document (DOCX, ODT ; un texte par paragraphe, puce ou
ligne de tableau) ou un texte (.txt, lu d’un seul tenant). Plusieurs fichiers font
un seul corpus. D’un tableau de plusieurs questions ouvertes, chaque réponse est un
texte ; d’une colonne en HTML, les mots sont lus sans les balises.

Noms, courriels et téléphones ne deviennent jamais des variables : ils servent au
plus à compter qui a écrit. Un nombre d’habitants devient une taille de commune ;
les autres nombres ne sont pas comparés, sauf les codes.

Les colonnes sont devinées et montrées ; une option l’emporte :
  --text COL      la colonne des textes. Le texte est alors cette colonne seule ;
                  sinon, un titre trouvé est placé devant le texte, et plusieurs
                  questions ouvertes sont lues ensemble
                  (d’un export du Grand débat, aussi bien une seule question ouverte)
  --title COL     la colonne des titres, placés devant les textes
  --id COL        la colonne des identifiants
  --author COL    la colonne des auteur·rices
  --commune COL   la colonne des communes
  --support COL   la colonne des soutiens
  --sheet NOM     la feuille à lire d’un classeur

L’analyse :
  --themes N      le nombre de thèmes ; auto (par défaut) le laisse au corpus
  --view VUE      fused (par défaut) rapproche les textes par leurs mots communs
                  et, d’autant plus qu’ils en ont peu, par des mots de sens voisin ;
                  lexical, par leurs mots communs seulement
  --seed N        la graine du hasard (0 par défaut) : mêmes textes, mêmes réglages
                  et même graine donnent les mêmes fichiers
  --axes FICHIER  des thèmes attendus : un CSV aux colonnes « axe » et « amorces »
                  (mots ou phrases d’exemple, séparés par |, ou des mots séparés
                  par des virgules). Ils attirent ce qui leur ressemble, le reste
                  forme ses propres thèmes ; --themes les compte tous. Un mot écrit une seule fois n’attire que les
                  textes proches des autres amorces ; un axe sans amorces, rien
  --previous RAPPORT
                  un rapport à suivre : le rapport.json d’une analyse précédente,
                  ou le dossier où il est. Un thème qui continue garde son
                  identifiant, son nom, son axe et, s’il est figé, toutes ses
                  phrases. Les textes sont reconnus à leur identifiant : gardez la
                  même colonne (--id) d’une analyse à l’autre
  --also LISTE    d’autres fichiers : pdf, docx (à imprimer, à reprendre), xlsx
                  (tout en feuilles de calcul), iramuteq, txm (le corpus, avec
                  les thèmes de chaque texte parmi ses variables ; les
                  auteur·rices y sont 1, 2, 3…), txm-mots (le même, chaque mot
                  avec son lemme et sa nature : module « XML/w+CSV » de TXM),
                  séparés par des virgules
  --out DIR       le dossier des résultats (rapport-congres par défaut)

Résultats : rapport.html (se lit sans connexion), rapport.json, documents.csv,
themes.csv, segments.csv, et la carte mentale : carte.opml, carte.mm (Freeplane).
`

// analyse is « congres analyse ».
// analyseMemory is what an analysis may take before its garbage is collected sooner
// than when it has doubled: a small machine does other work as well. GOMEMLIMIT sets
// another.
const analyseMemory = 700 << 20

func analyse(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("analyse", flag.ContinueOnError)
	var asked corpora.Columns
	flags.StringVar(&asked.Text, "text", "", "")
	flags.StringVar(&asked.Title, "title", "", "")
	flags.StringVar(&asked.ID, "id", "", "")
	flags.StringVar(&asked.Author, "author", "", "")
	flags.StringVar(&asked.Commune, "commune", "", "")
	flags.StringVar(&asked.Support, "support", "", "")
	themes := flags.String("themes", "auto", "")
	view := flags.String("view", "fused", "")
	seed := flags.Uint64("seed", 0, "")
	axes := flags.String("axes", "", "")
	previous := flags.String("previous", "", "")
	also := flags.String("also", "", "")
	out := flags.String("out", "rapport-congres", "")
	sheet := flags.String("sheet", "", "")
	files, err := parse(flags, args)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return usageError("Indiquez le fichier à analyser\u00a0: congres analyse CORPUS. Voyez «\u00a0congres help analyse\u00a0».")
	}
	settings := analysis.Settings{View: *view, Seed: *seed, Read: howRead(files, flags)}
	if *themes != "auto" {
		n, err := strconv.Atoi(*themes)
		if err != nil || n < 1 || n > analysis.MaxThemes {
			return usageError(fmt.Sprintf("--themes attend «\u00a0auto\u00a0» ou un nombre de 1 à %d.", analysis.MaxThemes))
		}
		settings.Themes = n
	}
	if *view != "fused" && *view != "lexical" {
		return usageError("--view attend «\u00a0fused\u00a0» ou «\u00a0lexical\u00a0».")
	}
	if *axes != "" {
		if settings.Axes, err = guides(*axes); err != nil {
			return err
		}
	}
	if n := len(settings.Axes); settings.Themes > 0 && settings.Themes <= n {
		return usageError(fmt.Sprintf("Avec %s dans --axes, demandez au moins %d thèmes\u00a0: un de plus, pour ce qui n’est d’aucun axe. Ou laissez «\u00a0--themes auto\u00a0».", many(n, "axe", "axes"), n+1))
	}
	if info, err := os.Stat(*out); err == nil && !info.IsDir() {
		return problemf(nil, "«\u00a0%s\u00a0» est un fichier, et les résultats vont dans un dossier\u00a0: donnez-en un autre à --out. Rien n’a été écrit.", *out)
	}
	more, err := formats(ctx, *also)
	if err != nil {
		return err
	}
	var before *analysis.Report
	if *previous != "" {
		if before, err = readReport(*previous); err != nil {
			return err
		}
	}
	corpus, err := gather(files, *sheet, asked, stdout, stderr)
	if err != nil {
		return err
	}
	if before != nil {
		if err := follow(&settings, before, corpus, stdout); err != nil {
			return err
		}
	}
	bar := newBar(stderr)
	settings.Progress = bar.show
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(analyseMemory)
	}
	report, err := analysis.Run(ctx, corpus, settings)
	bar.clear()
	switch {
	case errors.Is(err, context.Canceled):
		return problemf(err, "L’analyse a été interrompue\u00a0: rien n’a été écrit. Relancez-la.")
	case errors.Is(err, analysis.ErrEmpty):
		return problemf(err, "Le corpus ne contient aucun texte\u00a0: vérifiez la colonne des textes, ou nommez-la par --text.")
	case errors.Is(err, analysis.ErrGuides), errors.Is(err, analysis.ErrDuplicate), errors.Is(err, analysis.ErrNoID):
		return problemf(err, "%s.", capital(err.Error()))
	case err != nil:
		return err
	}
	if err := keep(*out, report, corpus, more); err != nil {
		var said *problem
		if errors.As(err, &said) {
			return err
		}
		return problemf(err, "Les résultats n’ont pas pu être écrits dans «\u00a0%s\u00a0»\u00a0: vérifiez vos droits et la place qui reste, ou donnez un autre dossier à --out.%s", *out, detail(err))
	}
	summarise(stdout, report, *out)
	if old := stale(*out, more); len(old) > 0 {
		fmt.Fprintf(stderr, "Dans «\u00a0%s\u00a0», ces fichiers restent d’une autre analyse\u00a0: %s. Refaites-les avec --also, ou retirez-les.\n", *out, strings.Join(old, ", "))
	}
	if report.Corpus.Authors > 0 && slices.ContainsFunc(more, func(x extra) bool { return x.corpus }) {
		fmt.Fprintln(stdout, "Dans le corpus pour IRaMuTeQ ou TXM, les auteur·rices sont numérotés (1, 2, 3…) dans l’ordre de leurs premiers textes\u00a0: leurs noms n’y sont pas.")
	}
	return nil
}

// howRead is the files and the flags that say which texts are read, for whoever makes
// the analysis again: files by their names, as folders may say whose they are.
func howRead(files []string, flags *flag.FlagSet) []string {
	var out []string
	name := func(path string) string {
		if base := filepath.Base(path); !strings.HasPrefix(base, "-") {
			return base
		}
		return "./" + filepath.Base(path)
	}
	for _, path := range files {
		out = append(out, name(path))
	}
	flags.Visit(func(f *flag.Flag) {
		switch f.Name {
		case "text", "title", "id", "author", "commune", "support", "sheet":
			out = append(out, "--"+f.Name, f.Value.String())
		case "axes":
			out = append(out, "--"+f.Name, name(f.Value.String()))
		}
	})
	return out
}

// gather reads all files into one corpus.
func gather(files []string, sheet string, asked corpora.Columns, stdout, stderr io.Writer) (corpora.Corpus, error) {
	var corpus corpora.Corpus
	var names []string
	ranges := make([]int, 0, len(files)+1) // where each file's documents start
	for _, path := range files {
		table, err := open(path, sheet)
		if err != nil {
			return corpus, err
		}
		columns, err := choose(table, asked)
		if err != nil {
			return corpus, err
		}
		documents, doubts := table.Documents(columns)
		show(stdout, table, columns, documents)
		warn(stderr, table.Name, doubts)
		base := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
		if table.Format == "txt" && len(documents) == 1 {
			documents[0].ID = base
		}
		names = append(names, base)
		ranges = append(ranges, len(corpus.Documents))
		corpus.Documents = append(corpus.Documents, documents...)
	}
	corpus.Name = strings.Join(names, ", ")
	seen := make(map[string]bool)
	for _, d := range corpus.Documents {
		if seen[d.ID] && len(files) > 1 { // two files number their texts alike
			for f, from := range ranges {
				to := len(corpus.Documents)
				if f+1 < len(ranges) {
					to = ranges[f+1]
				}
				for i := from; i < to; i++ {
					corpus.Documents[i].ID = fmt.Sprintf("%d:%s:%s", f+1, names[f], corpus.Documents[i].ID)
				}
			}
			break
		}
		seen[d.ID] = true
	}
	return corpus, nil
}

// open reads one file as a table; of a workbook, that sheet.
func open(path, sheet string) (*corpora.Table, error) {
	file, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return corpora.Read(filepath.Base(path), file, corpora.Limits{Sheet: sheet})
}

// openFile opens what must be a file; its errors say what to do.
func openFile(path string) (*os.File, error) {
	file, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, problemf(err, "Le fichier %s n’existe pas\u00a0: vérifiez son nom.", path)
	case errors.Is(err, fs.ErrPermission):
		return nil, problemf(err, "Le fichier %s ne peut pas être lu\u00a0: vérifiez vos droits sur lui.", path)
	case err != nil:
		return nil, err
	}
	if info, err := file.Stat(); err == nil && info.IsDir() {
		file.Close()
		return nil, problemf(nil, "«\u00a0%s\u00a0» est un dossier\u00a0: indiquez le ou les fichiers qu’il contient.", path)
	}
	return file, nil
}

// choose guesses the columns and lets flags overrule. A person who names the
// column of texts gets that column, to the byte: no guessed title before it, and no
// other question.
func choose(t *corpora.Table, asked corpora.Columns) (corpora.Columns, error) {
	c := t.Guess()
	if asked.Text != "" && t.Only(asked.Text) {
		asked.Text = ""
	}
	if asked.Text != "" {
		text, err := t.Find(asked.Text)
		if err != nil {
			return c, err
		}
		c = c.Without(text)
		c.Text, c.Title = text, ""
	}
	for _, f := range []struct {
		asked string
		to    *string
	}{{asked.Title, &c.Title}, {asked.ID, &c.ID}, {asked.Author, &c.Author}, {asked.Commune, &c.Commune}, {asked.Support, &c.Support}} {
		if f.asked == "" {
			continue
		}
		header, err := t.Find(f.asked)
		if err != nil {
			return c, err
		}
		if *f.to = header; f.to == &c.Author {
			c.FirstName = ""
		}
	}
	if questions := t.Questions(c); asked.Text == "" && questions != nil {
		c, _ = t.Ask(c, questions)
	}
	return c, nil
}
