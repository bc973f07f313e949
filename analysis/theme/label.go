package theme

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/analysis/lexis"
)

// A Theme as [Labels] needs it.
type Theme struct {
	Terms    []lexis.Term // most characteristic first
	Segments int
	Label    string // a name that stands already; "": to be found
}

// Labels names every theme that has no name with terms that people wrote: the
// most telling term of several words first, then another that shares no word
// with it, « fracture numérique, accès aux services »; where there is no such
// term, up to three words. Two themes never bear the same name: themes are
// served in their order, and a term that leads one name leads no other.
func Labels(themes []Theme) []string {
	out := make([]string, len(themes))
	taken := make(map[string]bool)
	for i, t := range themes {
		if t.Label != "" {
			out[i] = t.Label
			taken[french.Normalise(t.Label)] = true
		}
	}
	var lead []lexis.Key
	for i, t := range themes {
		if out[i] != "" {
			continue
		}
		chosen := choose(t, lead)
		if len(chosen) > 0 {
			lead = append(lead, chosen[0].Key)
		}
		label := join(chosen)
		if label == "" {
			label = "Autres sujets"
			if t.Segments == 0 {
				label = "Thème sans texte"
			}
		}
		// Add words until it is like no other.
		for _, extra := range t.Terms {
			if !taken[french.Normalise(label)] {
				break
			}
			if !strings.Contains(label, extra.Form) {
				label += ", " + extra.Form
			}
		}
		for n, base := 2, label; taken[french.Normalise(label)]; n++ {
			label = base + " (" + roman(n) + ")"
		}
		taken[french.Normalise(label)] = true
		out[i] = capital(label)
	}
	return out
}

// longName is how many words, the little ones aside, make a name long enough.
const longName = 3

// choose picks the terms of a name, in the order of how well they name: of those
// that people would take for subjects, unless a word that is none names so much
// better that they would mislead (« accord » in a theme of « je ne suis pas
// d’accord »); failing them, of those that are words.
func choose(t Theme, lead []lexis.Key) []lexis.Term {
	of := func(fit func(lexis.Term) bool) []lexis.Term {
		fitting := slices.DeleteFunc(slices.Clone(t.Terms), func(c lexis.Term) bool { return !fit(c) })
		return pick(Theme{Terms: whole(fitting), Segments: t.Segments}, lead)
	}
	subjects, words := of(subject), of(word)
	if len(subjects) == 0 || naming(subjects[0], t.Segments) < weaker*naming(words[0], t.Segments) {
		return words
	}
	return subjects
}

// whole leaves out the terms that seldom stand outside a longer one: « passe » of
// « mot de passe », « caractère personnel » of « données à caractère personnel »
// (Frantzi, Ananiadou and Mima, « Automatic recognition of multi-word terms: the
// C-value/NC-value method », 2000, section 2.2).
func whole(terms []lexis.Term) []lexis.Term {
	var out []lexis.Term
	for _, c := range terms {
		if !slices.ContainsFunc(terms, func(longer lexis.Term) bool {
			return longer.Key.Len() > c.Key.Len() && longer.Key.Holds(c.Key) && float64(longer.In) >= nested*float64(c.In)
		}) {
			out = append(out, c)
		}
	}
	return out
}

func pick(t Theme, lead []lexis.Key) []lexis.Term {
	terms := slices.DeleteFunc(t.Terms, func(c lexis.Term) bool { return naming(c, t.Segments) <= 0 })
	slices.SortStableFunc(terms, func(a, b lexis.Term) int { return cmp.Compare(naming(b, t.Segments), naming(a, t.Segments)) })
	var chosen []lexis.Term
	words := 0
	for _, c := range terms {
		if len(chosen) == 0 && slices.Contains(lead, c.Key) {
			continue
		}
		if slices.ContainsFunc(chosen, func(other lexis.Term) bool { return other.Key.Shares(c.Key) }) {
			continue
		}
		// Not a much weaker one after a name that is good enough.
		least := weak
		if words < 2 {
			least = weaker
		}
		if len(chosen) > 0 && naming(c, t.Segments) < least*naming(chosen[0], t.Segments) {
			break
		}
		chosen = append(chosen, c)
		if words += c.Key.Len(); words >= longName || len(chosen) == longName {
			break
		}
	}
	return chosen
}

const (
	several = 2.5 // how much more a term of several words tells than its count
	nested  = .7  // a term that stands so often inside a longer one is a part of it
	surely  = .5  // a term as often a noun as this is one
	weak    = .35
	weaker  = .25 // beside a name of one word
)

// naming says how well a term names a theme of so many segments: the harmonic
// mean of the share of the theme's segments that hold it and of the share of the
// segments that hold it which are the theme's (Lamirel, Cuxac et al., « feature
// maximization », 2013), the latter counted half as much again. χ² alone would
// name themes after rare words.
func naming(c lexis.Term, segments int) float64 {
	if segments == 0 || c.In == 0 {
		return 0
	}
	recall, precision := float64(c.In)/float64(segments), float64(c.In)/float64(c.In+c.Out)
	if c.Key.Len() > 1 {
		// A term of several words stands for a theme when it is sure and shared.
		if least := min(3, 2+segments/20); c.In < least {
			return 0
		}
		recall *= several
	}
	return 2 * recall * precision / (recall + precision) * math.Sqrt(precision)
}

// word says whether a term can be shown as one.
func word(c lexis.Term) bool {
	return utf8.RuneCountInString(c.Form) >= 3 && !strings.ContainsAny(c.Form, "@\n0123456789")
}

// subject says whether people would take a term for a subject: a name, or what
// begins with a noun that says something.
func subject(c lexis.Term) bool {
	first, _ := utf8.DecodeRuneInString(c.Form)
	if !word(c) || c.Noun < surely && !unicode.IsUpper(first) {
		return false
	}
	head, rest, _ := strings.Cut(french.Normalise(c.Form), " ")
	if head = french.Fold(head); fullerWords[head] && c.Key.Len() > 1 && strings.Count(rest, " ") == c.Key.Len()-2 {
		return true
	}
	return !vagueWords[head] || compounds[french.Fold(french.Normalise(c.Form))]
}

// compounds name one thing, whatever their first word says by itself.
var compounds = map[string]bool{"mot de passe": true, "mots de passe": true, "personne en situation de handicap": true, "personnes en situation de handicap": true}

// vagueWords are nouns that say nothing by themselves, nor open a term that
// does.
var vagueWords = func() map[string]bool {
	out := make(map[string]bool)
	for _, word := range strings.Fields(`
		an ans année années jour jours mois semaine semaines heure heures minute minutes temps moment moments fin début
		époque date soir matin nuit siècle
		min personne personnes gens monde homme hommes femme femmes dame dames monsieur madame individu individus
		problème problèmes question questions point points sujet sujets exemple exemples cas raison raisons idée idées
		fait faits effet effets sens type types genre genres forme formes niveau niveaux cadre titre titres ensemble
		nombre nombres nombreux partie parties reste moitié tiers quart pourcentage taux somme majorité plupart
		moyen moyens besoin besoins manque absence présence existence mise mises prise prises place places
		lieu lieux abord côté milieu suite base fond objet but objectif objectifs résultat résultats
		avis réponse réponses proposition propositions contribution contributions mesure mesures solution solutions
		possibilité possibilités capacité volonté souhait nécessité importance obligation intérêt intérêts
		création développement utilisation amélioration augmentation réduction suppression diminution changement
		mot mots nom noms ligne lignes article articles alinéa paragraphe paragraphes texte textes phrase
		vie face façon manière chose choses truc fois œuvre mieux bien mal grand grande petit petite bon bonne
		nouveau nouvelle nouveaux nouvelles autre autres ceux celui pourquoi comment`) {
		out[french.Fold(word)] = true
	}
	return out
}()

// fullerWords are those of vagueWords that say something with an adjective right
// behind them: « changement climatique », « personnes âgées ».
var fullerWords = map[string]bool{"changement": true, "changements": true, "developpement": true, "personne": true, "personnes": true, "vie": true,
	"temps": true, "lieu": true, "lieux": true, "question": true, "questions": true, "interet": true}

func join(terms []lexis.Term) string {
	forms := make([]string, len(terms))
	for i, t := range terms {
		forms[i] = strings.ReplaceAll(t.Form, "'", "’")
	}
	return strings.Join(forms, ", ")
}

func roman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		value int
		sign  string
	}{{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.sign)
		}
	}
	return b.String()
}

// capital gives a label the capital that a title has.
func capital(label string) string {
	r, n := utf8.DecodeRuneInString(label)
	return string(unicode.ToUpper(r)) + label[n:]
}
