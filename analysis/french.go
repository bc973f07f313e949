package analysis

import (
	"fmt"
	"strings"

	"github.com/villes-internet/congres/analysis/theme"
)

// plural writes « 1 thème », « 2 thèmes », « 0 thème ».
func plural(n int, noun string) string {
	if n > 1 {
		noun += "s"
	}
	return Number(n) + "\u00a0" + noun
}

// StabilityWords says in French what a [Theme]'s stability means: .5, .6, .75 and .85
// are Hennig's thresholds (2007, and the manual of clusterboot in his R package fpc).
func StabilityWords(s float64) string {
	switch {
	case s <= 0:
		return "stabilité non mesurée"
	case s < 0.5:
		return "fragile, le hasard y est pour beaucoup"
	case s < 0.6:
		return "peu stable, une partie de ses textes changerait de thème si le corpus changeait un peu"
	case s < 0.75:
		return "assez stable, son cœur se retrouve et ses bords varient"
	case s < 0.85:
		return "stable, on le retrouve le plus souvent"
	default:
		return "très stable, on le retrouve presque à l’identique à chaque tirage"
	}
}

// Steadiness says a theme's stability, « Stabilité 0,82 : stable… », or that it was not
// measured: that of a theme which an axis guides is not.
func (t Theme) Steadiness() string {
	if t.Stability <= 0 {
		return "Stabilité non mesurée"
	}
	return "Stabilité " + decimal2(t.Stability) + "\u00a0: " + StabilityWords(t.Stability)
}

// Reserve says in French why the name that was found for a theme says little of it;
// "" where it says enough.
func (t Theme) Reserve() string {
	if t.Named || !strings.HasPrefix(t.Label, theme.Loose) {
		return ""
	}
	return "Ses textes ont peu de mots en commun qui disent de quoi ils parlent."
}

// swallowed says whether one theme has most of the texts that have a theme, though
// the others are several.
func (r *Report) swallowed() []string {
	most, placed := 0, r.Corpus.Documents-r.Corpus.Unplaced
	count := make(map[string]int)
	for _, d := range r.Documents {
		if d.Theme != "" {
			count[d.Theme]++
			most = max(most, count[d.Theme])
		}
	}
	if len(r.Themes) < 4 || placed < len(r.Themes) || 3*most < 2*placed {
		return nil
	}
	of := "des textes"
	if r.Corpus.Unplaced > 0 {
		of = "des textes qui ont un thème"
	}
	return []string{fmt.Sprintf("Un thème tient %d\u00a0%% "+of+"\u00a0: le corpus ne se divise pas bien en %d. Essayez un autre nombre de thèmes, ou des axes guidés.", 100*most/placed, len(r.Themes))}
}
