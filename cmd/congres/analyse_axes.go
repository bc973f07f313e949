package main

import (
	"errors"
	"strings"

	"github.com/villes-internet/congres/analysis"
)

// guides reads --axes: a CSV of two columns, axe and amorces, which
// [analysis.ReadSeeds] reads. An axis that stands on several lines has the seeds of all.
func guides(path string) ([]analysis.Guide, error) {
	table, err := open(path, "")
	if err != nil {
		return nil, err
	}
	name, noName := table.Find("axe")
	words, noWords := table.Find("amorces")
	if err := errors.Join(noName, noWords); err != nil {
		return nil, problemf(err, "Le fichier des axes %s doit avoir une colonne «\u00a0axe\u00a0» et une colonne «\u00a0amorces\u00a0». Ses colonnes\u00a0: %s.", path, strings.Join(table.Header, ", "))
	}
	var out []analysis.Guide
	at := make(map[string]int)
	for i := range table.Rows {
		axis := strings.TrimSpace(table.Cell(i, name))
		if axis == "" {
			continue
		}
		n, ok := at[axis]
		if !ok {
			n = len(out)
			at[axis] = n
			out = append(out, analysis.Guide{Name: axis})
		}
		out[n].Seeds = append(out[n].Seeds, analysis.ReadSeeds(table.Cell(i, words))...)
	}
	if len(out) == 0 {
		return nil, problemf(nil, "Le fichier des axes %s ne nomme aucun axe\u00a0: donnez-en un par ligne.", path)
	}
	return out, nil
}
