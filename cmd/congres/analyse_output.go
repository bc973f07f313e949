package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/corpora"
)

// show says how a file was understood: what each column is, and what of it an
// analysis uses.
func show(w io.Writer, t *corpora.Table, c corpora.Columns, documents []corpora.Document) {
	fmt.Fprintf(w, "%s\u00a0: %s, %s\n", t.Name, many(len(t.Rows), "ligne", "lignes"), t.Kind())
	if t.Format == "txt" {
		return
	}
	var parts []string
	for _, p := range []struct{ name, header, note string }{
		{"texte", c.Text, ""}, {"titre", c.Title, ""}, {"identifiant", c.ID, ""}, {"auteur", c.Author, ""}, {"prénom", c.FirstName, ""},
		{"commune", c.Commune, ""}, {"département", c.Department, ""}, {"taille", c.Size, ""}, {"taille", c.Population, " (en classes)"},
		{"axe", c.Axis, ""}, {"soutiens", c.Support, ""}, {"date", c.Date, ""}, {"source", c.Source, ""},
	} {
		if p.header == "" {
			continue
		}
		if slices.Contains(t.Unmarked, p.header) {
			p.note += " (sans ses balises HTML)"
		}
		parts = append(parts, fmt.Sprintf("%s = «\u00a0%s\u00a0»%s", p.name, p.header, p.note))
	}
	fmt.Fprintf(w, "  colonnes\u00a0: %s\n", strings.Join(parts, ", "))
	line := func(what string, headers []string, rest string) {
		if len(headers) > 0 {
			fmt.Fprintf(w, "  %s\u00a0: %s%s\n", what, listed(headers), rest)
		}
	}
	line("questions ouvertes, lues ensemble, la question comme axe", t.Asked, ". Pour en lire une seule\u00a0: --text COLONNE.")
	if c.FirstName != "" {
		line("lues comme auteur·rice, jamais montrées", []string{c.FirstName, c.Author}, "")
	} else if c.Author != "" {
		line("lue comme auteur·rice, jamais montrée", []string{c.Author}, "")
	}
	private := t.Private(c)
	line("noms ou coordonnées, jamais montrés", private, "")
	fates := make(map[analysis.Fate][]string)
	said := append(c.Mapped(), private...)
	for _, h := range t.Header {
		if !slices.Contains(said, h) {
			fate := fateOf(h, documents)
			fates[fate] = append(fates[fate], h)
		}
	}
	line("autres colonnes, lues comme variables", fates[analysis.Compared], "")
	line("nombres, non comparés", fates[analysis.Numbers], ". Pour les comparer, remplacez-les par des classes («\u00a0moins de 10\u00a0», «\u00a010 et plus\u00a0»).")
	line(fmt.Sprintf("plus de %d valeurs différentes, non comparées", analysis.MostValues), fates[analysis.ManyValues], "")
	line("une seule valeur ou aucune, rien à comparer", fates[analysis.OneValue], "")
}

// fateOf says what becomes of a variable.
func fateOf(name string, documents []corpora.Document) analysis.Fate {
	values := make(map[string]bool)
	for _, d := range documents {
		if v := strings.TrimSpace(d.Variables[name]); v != "" && len(values) <= analysis.MostValues {
			values[v] = true
		}
	}
	return analysis.FateOf(name, values)
}

// listed names columns, the first of them.
func listed(headers []string) string {
	const most, longest = 20, 50 // names, and letters of one: some are whole questions
	var out []string
	for _, h := range headers[:min(len(headers), most)] {
		if r := []rune(h); len(r) > longest {
			h = string(r[:longest]) + "…"
		}
		out = append(out, "«\u00a0"+h+"\u00a0»")
	}
	list := strings.Join(out, ", ")
	if n := len(headers) - most; n > 0 {
		list += " et " + many(n, "autre", "autres")
	}
	return list
}

// warn mentions the first doubts of a file.
func warn(w io.Writer, name string, doubts []corpora.Doubt) {
	const most = 5
	for _, d := range doubts[:min(most, len(doubts))] {
		fmt.Fprintf(w, "%s, %s\n", name, d)
	}
	if n := len(doubts) - most; n > 0 {
		fmt.Fprintf(w, "%s\u00a0: %d autres remarques du même genre.\n", name, n)
	}
}

// keep writes the report's files into a folder, at once: all of them beside their
// places first, so that a failure leaves what was there before.
func keep(folder string, r *analysis.Report, c corpora.Corpus, also []extra) (err error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	type output struct {
		name  string
		write func(io.Writer) error
	}
	files := []output{
		{"rapport.html", r.WriteHTML}, {"rapport.json", r.WriteJSON}, {"documents.csv", r.WriteDocuments},
		{"themes.csv", r.WriteThemes}, {"segments.csv", r.WriteSegments},
		{"carte.opml", r.WriteOPML}, {"carte.mm", r.WriteFreeplane},
	}
	for _, x := range also {
		files = append(files, output{x.name, func(w io.Writer) error { return x.write(w, r, c) }})
	}
	temporary := make([]string, len(files))
	defer func() {
		if err != nil {
			for _, path := range temporary {
				if path != "" {
					os.Remove(path)
				}
			}
		}
	}()
	beside := func(i int) error {
		file, err := os.CreateTemp(folder, "."+files[i].name+".*")
		if err != nil {
			return err
		}
		temporary[i] = file.Name()
		err = files[i].write(file)
		if err == nil {
			err = file.Chmod(0o644)
		}
		if closing := file.Close(); err == nil {
			err = closing
		}
		return err
	}
	failed := make([]error, len(files))
	var all sync.WaitGroup
	for i := range files {
		all.Go(func() { failed[i] = beside(i) })
	}
	all.Wait()
	if err = cmp.Or(failed...); err != nil {
		return err
	}
	for i, f := range files {
		if err := os.Rename(temporary[i], filepath.Join(folder, f.name)); err != nil {
			return err
		}
		temporary[i] = ""
	}
	return nil
}

// summarise prints what was found.
func summarise(w io.Writer, r *analysis.Report, folder string) {
	fmt.Fprintf(w, "\n%s, %s, %s", many(r.Corpus.Documents, "texte", "textes"), many(r.Corpus.Segments, "phrase", "phrases"), many(r.Corpus.Tokens, "mot", "mots"))
	if n := r.Corpus.Authors; n > 0 {
		fmt.Fprint(w, ", ", many(n, "auteur·rice connu·e", "auteur·rices connu·es"))
	}
	switch len(r.Themes) {
	case 0:
		fmt.Fprintln(w, "\nAucun thème")
	default:
		fmt.Fprintf(w, "\n%s%s\u00a0:\n", many(len(r.Themes), "thème", "thèmes"), ranked(r))
	}
	for _, t := range r.Themes {
		people := ""
		if r.Corpus.Authors > 0 {
			people = fmt.Sprintf("  %16s", many(t.Authors, "auteur·rice", "auteur·rices"))
		}
		fmt.Fprintf(w, "  %12s%s  %s\n", many(t.Documents, "texte", "textes"), people, t.Label)
	}
	if r.Corpus.Unplaced > 0 {
		fmt.Fprintf(w, "  %12s  sans thème\n", many(r.Corpus.Unplaced, "texte", "textes"))
	}
	for _, note := range append([]string{r.Corpus.Language}, r.Notes...) {
		if note != "" {
			fmt.Fprintln(w, note)
		}
	}
	fmt.Fprintf(w, "\nRésultats dans %s\u00a0: ouvrez %s\n", folder, filepath.Join(folder, "rapport.html"))
}

// ranked says how the list of themes is to be read: in which order, and why its texts
// add up to more than there are.
func ranked(r *analysis.Report) string {
	out := ", rangés par nombre de textes"
	if r.Corpus.Authors > 0 {
		out = ", rangés par nombre d’auteur·rices"
	}
	if len(r.Themes) < 2 {
		out = ""
	}
	sum := r.Corpus.Unplaced
	for _, t := range r.Themes {
		sum += t.Documents
	}
	if sum > r.Corpus.Documents {
		out += " (un texte peut être dans plusieurs)"
	}
	return out
}

// A bar is the progress bar of a long work; it draws nothing where nobody looks.
type bar struct {
	w     io.Writer
	stage string
	bar   *progressbar.ProgressBar
}

func newBar(w io.Writer) *bar {
	if file, ok := w.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		return &bar{w: w}
	}
	return &bar{}
}

func (b *bar) show(stage string, done, total int) {
	if b.w == nil {
		return
	}
	if stage != b.stage {
		b.clear()
		b.stage = stage
		b.bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(b.w), progressbar.OptionSetDescription(stage),
			progressbar.OptionSetWidth(30), progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(false))
	}
	b.bar.Set(done)
}

func (b *bar) clear() {
	if b.bar != nil {
		b.bar.Clear()
		b.bar = nil
	}
}
