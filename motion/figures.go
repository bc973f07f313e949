package motion

import (
	"strings"

	"github.com/villes-internet/congres/consult"
)

// Figures say in French how much was said and by whom.
type Figures consult.Count

// count counts contributions, each once, erased and hidden ones left out.
func count(people *consult.State, contributions []string) Figures {
	return Figures(people.CountOf(contributions))
}

// all are the contributions of an edition.
func all(people *consult.State, edition string) []string {
	page := people.Contributions(consult.Query{Edition: edition})
	ids := make([]string, len(page))
	for i, c := range page {
		ids[i] = c.ID
	}
	return ids
}

// Spaces of French typography.
const (
	nbsp  = "\u00a0" // before :
	nnbsp = "\u202f" // inside « » and before ; ! ?
)

// plural agrees one or many with n, and groups n's digits. In French 0 and 1
// are both singular.
func plural(n int, one, many string) string {
	if n < 2 {
		return consult.Thousands(n) + " " + one
	}
	return consult.Thousands(n) + " " + many
}

// several is one, worded, for 1; otherwise n and many.
func several(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return plural(n, many, many)
}

// ones is n contributions without the word.
func ones(n int) string {
	if n == 1 {
		return "une"
	}
	return consult.Thousands(n)
}

// elided writes a word that loses its e before « un » (qu’un, d’une).
func elided(word, after string) string {
	if strings.HasPrefix(after, "un") {
		return strings.TrimSuffix(word, "e") + "’" + after
	}
	return word + " " + after
}

// who writes « 47 élu·es de 39 communes », "" when no élu is known.
func (f Figures) who() string {
	if f.Elus == 0 {
		return ""
	}
	s := several(f.Elus, "un·e élu·e", "élu·es")
	if f.Communes > 0 {
		s += " " + elided("de", several(f.Communes, "une commune", "communes"))
	}
	return s
}

// expressed writes a recital's beginning: « que 47 élu·es de 39 communes, dans
// 63 contributions, s’expriment », « qu’un·e élu·e… ».
func (f Figures) expressed() string {
	unknown := several(f.Unknown, "une contribution sans auteur connu", "contributions sans auteur connu")
	verb := "s’expriment"
	if f.Elus+f.Unknown < 2 {
		verb = "s’exprime"
	}
	known := several(f.Contributions-f.Unknown, "une contribution", "contributions")
	switch {
	case f.Contributions == 0:
		return "qu’aucune contribution ne s’exprime"
	case f.Elus == 0:
		return elided("que", unknown) + " " + verb
	case f.Unknown == 0:
		return elided("que", f.who()) + ", dans " + known + ", " + verb
	default:
		return elided("que", f.who()) + ", dans " + known + ", et " + unknown + " " + verb
	}
}

// oneLine is s without line ends: a block cannot hold them. The editor does
// the same to what it quotes.
func oneLine(s string) string {
	s = strings.TrimFunc(s, isBlank)
	if !strings.ContainsAny(s, "\r\n") {
		return s
	}
	lines := strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' })
	kept := lines[:0]
	for _, l := range lines {
		if l = strings.TrimFunc(l, isBlank); l != "" {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, " ")
}

func isBlank(r rune) bool {
	return strings.ContainsRune(" \t\r\n\u00a0\u202f", r)
}
