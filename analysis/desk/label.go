package desk

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
)

// MaxLabel is the length of a theme's name, in characters.
const MaxLabel = 80

func cleanLabel(label string) (string, error) {
	label = spaced(label)
	if n := utf8.RuneCountInString(label); n < 1 || n > MaxLabel {
		return "", bad("nom", "Donnez au thème un nom de 80 caractères au plus.")
	}
	return label, nil
}

// spaced takes away what no one wrote on purpose: control characters, blanks
// at the ends and next to each other. No-break spaces between words stay.
func spaced(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case consult.Unseen(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.TrimSpace(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " "))
}

// equalLabels compares names as a reader does: case and kinds of blanks aside.
func equalLabels(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

// free refuses a label that another theme than theme has, be it a person's or
// the machine's in report (nil: the machine's do not matter).
func (p *partition) free(report *analysis.Report, theme, label string) error {
	if label == "" {
		return nil
	}
	shown := p.shown()
	for t := range shown {
		if t != theme && equalLabels(p.label[t], label) {
			return taken(p.label[t])
		}
	}
	if report == nil {
		return nil
	}
	for _, t := range report.Themes {
		if t.ID != theme && !named(t) && shown[t.ID] && p.label[t.ID] == "" && equalLabels(t.Label, label) {
			return taken(t.Label)
		}
	}
	return nil
}

func taken(label string) error {
	return bad("nom", "Un autre thème s’appelle déjà «\u00a0%s\u00a0»\u00a0: choisissez un autre nom, ou réunissez les deux.", label)
}
