package theme

import (
	"regexp"
	"strings"
)

// What names a theme that no term does.
const (
	Rest  = "Autres sujets"
	Empty = "Thème sans texte"
)

// another is the number by which a name differs from others, see [roman].
var another = regexp.MustCompile(` \([XVI]+\)$`)

// Said returns the terms of a name that [Labels] made, without what it adds of its own;
// none where no term names the theme.
func Said(name string) []string {
	name = another.ReplaceAllString(name, "")
	if name == Rest || name == Empty {
		return nil
	}
	if terms, loose := strings.CutPrefix(name, Loose); loose {
		name = strings.TrimSuffix(terms, ")")
	}
	return strings.Split(name, ", ")
}
