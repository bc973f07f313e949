package analysis

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// An Again says, in French, how to make a report again by a command, and how far that
// is the same.
type Again struct {
	Promise string // what the command gives
	Command string
	Notes   []string // what it reads and what it cannot do
	Axes    string   // the file of the axes, where there are some
}

// Again says it of a report. Only what one command made of texts, settings and files can
// be made again to the byte: not what people decided by hand.
func (r *Report) Again() Again {
	s := r.Settings
	themes := "auto"
	if s.Themes > 0 {
		themes = strconv.Itoa(s.Themes)
	}
	a := Again{Promise: "Mêmes textes, mêmes réglages\u00a0: mêmes résultats, à l’octet près.", Axes: "AXES.csv"}
	read := "FICHIER"
	if len(s.Read) > 0 {
		read = quoted(s.Read)
	}
	a.Command = fmt.Sprintf("congres analyse %s --themes %s --view %s --seed %d", read, themes, s.View, s.Seed)
	if at := slices.Index(s.Read, "--axes") + 1; at > 0 && at < len(s.Read) {
		a.Axes = s.Read[at]
	} else if len(s.Axes) > 0 {
		a.Command += " --axes " + a.Axes
	}
	follows := ""
	if n := len(s.Previous); n > 0 {
		follows = "Cette analyse suit " + plural(n, "thème") + " d’une analyse précédente, dont les noms, les axes et les décisions ont été gardés."
	}
	switch {
	case r.Workshop || r.Revised:
		a.Promise = "Une commande repart de ce rapport\u00a0: les thèmes gardent leurs identifiants, leurs noms et leurs axes, ceux qui sont figés toutes leurs phrases. Des phrases peuvent passer d’un thème à l’autre\u00a0: ce n’est pas le même rapport à l’octet près."
		a.Command += " --previous rapport.json"
		a.Notes = []string{"rapport.json est celui de ce rapport, à télécharger dans l’atelier\u00a0; FICHIER, un tableau des mêmes textes, aux mêmes identifiants."}
		if follows != "" {
			a.Notes = append(a.Notes, follows)
		}
		a.Notes = append(a.Notes, "Ce qu’une commande ne refait pas\u00a0: les décisions prises à la main dans l’atelier (réunir ou diviser des thèmes, déplacer des phrases). Elle part de ce qu’elles ont donné, et peut séparer de nouveau des thèmes réunis ou ramener une phrase déplacée là où ses mots la portent.")
	case follows != "":
		a.Promise = "Mêmes textes, mêmes réglages, même rapport précédent\u00a0: mêmes résultats, à l’octet près."
		a.Command += " --previous PRECEDENT/rapport.json"
		a.Notes = []string{follows + " PRECEDENT/rapport.json est le sien\u00a0: gardez-le, sans lui cette analyse ne se refait pas."}
	}
	return a
}

// quoted writes words as a POSIX shell reads them back (IEEE 1003.1, 2.2.2 Single-Quotes).
func quoted(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		plain := w != "" && strings.IndexFunc(w, func(c rune) bool {
			return !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("-_./,:@%+", c))
		}) < 0
		if out[i] = w; !plain {
			out[i] = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
	}
	return strings.Join(out, " ")
}
