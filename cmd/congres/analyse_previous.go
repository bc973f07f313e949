package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/corpora"
)

// readReport reads --previous: rapport.json, or the folder that holds it.
func readReport(path string) (*analysis.Report, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, "rapport.json")
	}
	file, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	r := new(analysis.Report)
	if err := json.NewDecoder(file).Decode(r); err != nil {
		return nil, problemf(err, "Le rapport %s ne peut pas être lu\u00a0: il est incomplet, ou ce n’est pas un rapport.json. Reprenez-le là où l’analyse l’a écrit, ou téléchargez-le de nouveau. Rien n’a été écrit.", path)
	}
	if !sound(r) {
		return nil, problemf(nil, "%s n’est pas le rapport.json d’une analyse de Congrès, ou il a été modifié\u00a0: donnez à --previous celui que l’analyse a écrit. Rien n’a été écrit.", path)
	}
	return r, nil
}

// follow has settings follow a report, and tells what of it the corpus still says.
func follow(settings *analysis.Settings, before *analysis.Report, corpus corpora.Corpus, stdout io.Writer) (err error) {
	settings.Previous, settings.PreviousAxes, err = before.Priors(corpus)
	if err != nil {
		return problemf(err, "%s\u00a0: suivez le rapport d’une analyse des mêmes textes, aux mêmes identifiants et dans la même colonne. Rien n’a été écrit.", capital(err.Error()))
	}
	placed, found := 0, 0
	for _, t := range before.Themes {
		placed += t.Segments
	}
	for _, p := range settings.Previous {
		found += len(p.Segments)
	}
	fmt.Fprintf(stdout, "Analyse suivie\u00a0: %s, %s sur %s\n", many(len(before.Themes), "thème", "thèmes"),
		many(found, "phrase retrouvée", "phrases retrouvées"), many(placed, "phrase classée", "phrases classées"))
	return nil
}

// sound is whether what was read is a report whose themes and sentences can be
// followed.
func sound(r *analysis.Report) bool {
	if r.Format != 1 || len(r.Segments) == 0 {
		return false
	}
	themes := map[string]bool{"": true}
	for _, t := range r.Themes {
		if themes[t.ID] || min(t.X, t.Y) < 0 || max(t.X, t.Y) > 1 {
			return false
		}
		themes[t.ID] = true
	}
	for _, s := range r.Segments {
		document, _, start, end, ok := corpora.ParseSegmentID(s.ID)
		if !ok || document != s.Document || start != s.Start || end != s.End || !themes[s.Theme] {
			return false
		}
	}
	return true
}
