package french

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/villes-internet/congres/corpora/lexicon"
)

// Lemma returns the word that a form, as [Token.Form] gives it, is most plausibly a
// form of, whatever stands beside it; "" for what the lexicon does not hold.
// [Glosser] says what a form is in its sentence; counting asks for one word a form,
// as IRaMuTeQ's dictionaries have it, so that a list of words and the places that it
// leads to are of the same forms.
//
// Of what the lexicon says that a form may be, a noun is taken before an adjective
// (« droit »), an adjective before a finite verb (« aide », « vote »). A participle is
// the verb's, unless it is a noun too (« proposé », « élu »); the lists below have
// the nouns that are far rarer than their verb (« passe », « reçu »). A woman's name
// of trade or origin goes with the man's, as « habitant·e » does. What is written
// without its accents is what it would be with them.
//
// It says what linguists say in their sentences of 95 words of 100 (TestLemmaAlone).
// What it cannot say: « commune » is the noun in « culture commune » too, and
// « paris » a form of « pari », since forms have no capitals.
func Lemma(form string) string {
	form = strings.TrimLeft(Base(form), "#@")
	l := lexicon.French()
	readings := l.Lookup(nil, form)
	if len(readings) == 0 {
		readings = named(l, form)
	}
	if len(readings) == 0 && utf8.RuneCountInString(form) > 2 {
		readings = l.Unaccented(nil, form)
	}
	var senses []sense
	for _, r := range readings {
		senses = append(senses, sense{Gloss{r.Lemma, r.POS, r.Features}, noun, 0})
	}
	if len(senses) == 0 {
		return ""
	}
	nearer(senses, form)
	best := 0
	for i := range senses {
		if senses[i].cost += alone(senses[i].Gloss, senses); senses[i].cost < senses[best].cost {
			best = i
		}
	}
	if g := senses[best].Gloss; g.POS == lexicon.NOUN && g.Features&genders == lexicon.Feminine {
		return masculine(l, g.Lemma)
	}
	return senses[best].Lemma
}

const genders = lexicon.Masculine | lexicon.Feminine

// alone is what it costs that a form is one thing rather than the others that it
// may be, where nothing stands beside it.
func alone(g Gloss, others []sense) float32 {
	switch g.POS {
	case lexicon.NOUN:
		if seldom[g.Lemma] {
			return 1
		}
		return rare(g.Lemma)
	case lexicon.PROPN:
		return 0
	case lexicon.ADJ:
		if seldom[g.Lemma] {
			return 1
		}
		if slices.ContainsFunc(others, func(o sense) bool {
			return o.Features&lexicon.Past != 0 && o.Features&^lexicon.Past == g.Features
		}) {
			return .4 // a participle
		}
		return .2
	case lexicon.VERB, lexicon.AUX:
		if g.Features&lexicon.Nonfinite != 0 {
			return .3 + rare(g.Lemma)
		}
		return .6 + rare(g.Lemma)
	case lexicon.INTJ:
		return 2
	}
	return .1
}

// named are the readings of a proper name, which forms have without its capital.
func named(l *lexicon.Lexicon, form string) []lexicon.Reading {
	r, size := utf8.DecodeRuneInString(form)
	return l.Lookup(nil, string(unicode.ToUpper(r))+form[size:])
}

// masculine returns what a feminine noun is the feminine of, where it names a woman
// or is an adjective too: « citoyen » for « citoyenne », « national » for
// « nationale »; what names a thing as it is.
func masculine(l *lexicon.Lexicon, noun string) string {
	if things[noun] {
		return noun
	}
	isNoun := func(lemma string) bool {
		return slices.ContainsFunc(l.Lookup(nil, lemma), func(r lexicon.Reading) bool {
			return r.POS == lexicon.NOUN && r.Lemma == lemma && r.Features&lexicon.Masculine != 0
		})
	}
	readings := l.Lookup(nil, noun)
	participle := slices.ContainsFunc(readings, func(r lexicon.Reading) bool { return r.Features&lexicon.Past != 0 })
	for _, r := range readings {
		if r.POS != lexicon.ADJ || r.Lemma == noun {
			continue
		}
		if !participle || women[noun] || strings.HasSuffix(noun, "ée") && isNoun(r.Lemma) {
			return r.Lemma
		}
	}
	for _, e := range []struct {
		feminine, masculine string
		listed              bool // only what women has
	}{
		{"trice", "teur", false}, {"euse", "eur", false}, {"ienne", "ien", false}, {"ante", "ant", false},
		{"dente", "dent", false}, {"rente", "rent", false}, {"ée", "é", false}, {"ère", "er", true}, {"e", "", true},
	} {
		if e.listed && !women[noun] {
			continue
		}
		if stem, ok := strings.CutSuffix(noun, e.feminine); ok && len(stem) > 2 && isNoun(stem+e.masculine) {
			return stem + e.masculine
		}
	}
	return noun
}

// things are feminine nouns of their own, whatever looks like their masculine.
var things = set(`commune droite moyenne capitale mutuelle seconde alternative directive coopérative locomotive maternelle
	donnée entrée sortie pensée allée arrivée montée durée tournée rentrée portée traversée avancée plongée retombée levée
	destinée menée variante constante résultante imprimante tondeuse perceuse calculatrice directrice
	patente pente vente entente attente rente`)

// women are nouns that name a woman, where most that end like them name a thing
// (« partie », « entreprise », « carrière », « vente »).
var women = set(`élue exclue inconnue détenue prévenue apprentie inscrite agente adjointe cliente patiente avocate
	conseillère infirmière ouvrière usagère caissière`)

// seldom share a form with a verb that is nearly always meant.
var seldom = set(`passe cherche paye pense trouve lance pousse rentre mène tire chante joue laisse montre tente savon équipée
	reçu connu nommé appelé composé repris écrit inscrit vu perdu tenu rendu suivi recommandé adopté accusé baptisé disparu
	développé prononcé qualifié fondé administré compris concerné condamné associé chargé cru su passé dispos`)

func set(words string) map[string]bool {
	out := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		out[word] = true
	}
	return out
}
