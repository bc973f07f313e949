package pdf

import (
	"fmt"
	"slices"
	"unicode"
)

// named is one glyph for characters that no font has: what they are called, in
// brackets. Whoever copies it or has it read out gets the characters themselves,
// by its replacement text (§14.9.4).
func (s *setter) named(said, name string, st style, size, rise float64, n *node) glyph {
	g := glyph{r: unicode.ReplacementChar, said: said, size: size, rise: rise, node: n}
	for _, r := range "[" + name + "]" {
		f, cid := s.faces.show(st, r)
		if f == nil {
			f = s.faces[st][0]
			cid = f.code(r, 0, 1)
		}
		part := glyph{r: r, face: f, cid: cid, size: size * .85}
		part.width = f.width(cid) * part.size / 1000
		g.parts, g.width = append(g.parts, part), g.width+part.width
	}
	return g
}

// A Sign is a character that no font has, or two that are one flag.
type Sign struct {
	Char  string
	Shown string // what stands for it on the page: « [bus] », « [U+0645] »
}

// Missing are the signs of a text that no font of plain words has, each once, in its
// order. Errors: ErrFont.
func (f *Fonts) Missing(text string) (out []Sign, err error) {
	opened, err := (&Fonts{f.Regular, f.Regular, f.Regular, f.Regular}).open()
	if err != nil {
		return nil, err
	}
	s := setter{opened}
	for _, g := range s.glyphs(nil, text, 0, 1, 0, nil) {
		if g.parts == nil || slices.ContainsFunc(out, func(x Sign) bool { return x.Char == g.said }) {
			continue
		}
		sign := Sign{Char: g.said}
		for _, p := range g.parts {
			sign.Shown += string(p.r)
		}
		out = append(out, sign)
	}
	return out, nil
}

// silent says whether a character shows nothing where no font has it: joiners,
// and what only chooses among the looks of the one before it.
func silent(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Variation_Selector) || r == '\u20e3' || r >= 0x1f3fb && r <= 0x1f3ff
}

// regional says whether a character is half a flag; its letter.
func regional(r rune) (letter rune, ok bool) {
	return 'A' + r - 0x1f1e6, r >= 0x1f1e6 && r <= 0x1f1ff
}

// nameOf is what a character is called: a French word for the pictures that
// people write most often, else its number in Unicode.
func nameOf(r rune) string {
	if name, ok := names[r]; ok {
		return name
	}
	return fmt.Sprintf("U+%04X", r)
}

var names = map[rune]string{
	'😀': "sourire", '😃': "sourire", '😄': "sourire", '😁': "sourire", '😊': "sourire", '🙂': "sourire", '☺': "sourire",
	'😂': "rire", '🤣': "rire", '😅': "rire", '😆': "rire", '😉': "clin\u00a0d’œil", '😍': "ravissement", '😘': "baiser",
	'😢': "tristesse", '😭': "larmes", '😞': "tristesse", '😔': "tristesse", '☹': "tristesse", '🙁': "tristesse",
	'😡': "colère", '😠': "colère", '🤬': "colère", '😱': "effroi", '😨': "peur", '😮': "étonnement", '🤔': "réflexion", '🙄': "lassitude",
	'👍': "pouce\u00a0levé", '👎': "pouce\u00a0baissé", '👏': "applaudissements", '🙏': "mains\u00a0jointes", '💪': "force", '🤝': "poignée\u00a0de\u00a0main",
	'👋': "salut", '👉': "à\u00a0droite", '👈': "à\u00a0gauche", '👇': "plus\u00a0bas", '👆': "plus\u00a0haut", '✊': "poing\u00a0levé",
	'❤': "cœur", '💙': "cœur", '💚': "cœur", '💔': "cœur\u00a0brisé", '⭐': "étoile", '★': "étoile", '☆': "étoile", '🔥': "feu", '✨': "étincelles", '🎉': "fête",
	'✓': "coché", '✔': "coché", '✅': "coché", '☑': "coché", '☐': "à\u00a0cocher", '✗': "croix", '✘': "croix", '❌': "croix", '☒': "croix",
	'⚠': "attention", '🚨': "alerte", '⛔': "interdit", '🚫': "interdit", '❓': "question", '❗': "exclamation", '💡': "idée", '📢': "annonce", '📌': "épingle", '📞': "téléphone",
	'🚌': "bus", '🚍': "bus", '🚆': "train", '🚂': "train", '🚉': "gare", '🚊': "tram", '🚋': "tram", '🚇': "métro", '🚗': "voiture", '🚙': "voiture", '🚕': "taxi",
	'🚚': "camion", '🚲': "vélo", '🚴': "cycliste", '🚶': "à\u00a0pied", '♿': "fauteuil\u00a0roulant", '🛴': "trottinette", '🚜': "tracteur", '🚧': "travaux", '🚦': "feu\u00a0de\u00a0circulation", '🅿': "parking", '✈': "avion",
	'🏠': "maison", '🏡': "maison", '🏢': "immeuble", '🏥': "hôpital", '🏫': "école", '🏛': "monument", '🏭': "usine", '⛪': "église", '🏪': "magasin",
	'🌳': "arbre", '🌲': "arbre", '🌱': "pousse", '🌿': "feuilles", '🍃': "feuilles", '🌾': "blé", '🌍': "Terre", '🌎': "Terre", '🌞': "soleil", '☀': "soleil", '🌧': "pluie", '💧': "eau", '🌊': "vague", '♻': "recyclage", '🗑': "poubelle", '⚡': "éclair",
	'👨': "homme", '👩': "femme", '👴': "homme\u00a0âgé", '👵': "femme\u00a0âgée", '👶': "bébé", '👧': "fille", '👦': "garçon", '👪': "famille", '👥': "personnes",
	'💰': "argent", '💶': "euros", '📱': "téléphone", '💻': "ordinateur", '📅': "agenda", '⏰': "réveil", '📍': "lieu", '🗳': "urne", '📝': "note", '🎓': "diplôme", '⚽': "football", '🐕': "chien", '🐶': "chien", '🐝': "abeille",
	'∈': "appartient\u00a0à", '∀': "pour\u00a0tout", '∃': "il\u00a0existe", '∅': "ensemble\u00a0vide", '⇔': "équivaut\u00a0à", '⇒': "donc", '☎': "téléphone",
}
