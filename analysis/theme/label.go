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
	"github.com/villes-internet/congres/corpora/lexicon"
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
// served in their order, and a term that leads one name leads no other, nor that
// of a theme when it names another much better.
func Labels(themes []Theme) []string {
	out := make([]string, len(themes))
	taken := make(map[string]bool)
	for i, t := range themes {
		if t.Label != "" {
			out[i] = t.Label
			taken[french.Normalise(t.Label)] = true
		}
	}
	best := make(map[lexis.Key]float64) // how well a term names the theme that it names best
	for i, t := range themes {
		for _, c := range t.Terms {
			if out[i] == "" {
				best[c.Key] = max(best[c.Key], naming(c, t.Segments))
			}
		}
	}
	var lead []lexis.Key
	for i, t := range themes {
		if out[i] != "" {
			continue
		}
		chosen := choose(t, func(c lexis.Term) bool {
			return !slices.Contains(lead, c.Key) && better*naming(c, t.Segments) >= best[c.Key]
		})
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
func choose(t Theme, leads func(lexis.Term) bool) []lexis.Term {
	of := func(fit func(lexis.Term) bool) []lexis.Term {
		fitting := slices.DeleteFunc(slices.Clone(t.Terms), func(c lexis.Term) bool { return !fit(c) })
		return pick(Theme{Terms: whole(fitting), Segments: t.Segments}, leads)
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

// pick picks at most three terms, the best first; leads says whether a term may be
// the first. A word gives way to a term of several words that it stands in and that
// names nearly as well: « vote obligatoire » says more than « vote ».
func pick(t Theme, leads func(lexis.Term) bool) []lexis.Term {
	terms := slices.DeleteFunc(t.Terms, func(c lexis.Term) bool { return naming(c, t.Segments) <= 0 })
	slices.SortStableFunc(terms, func(a, b lexis.Term) int { return cmp.Compare(naming(b, t.Segments), naming(a, t.Segments)) })
	var chosen []lexis.Term
	words := 0
	for _, c := range terms {
		if len(chosen) == 0 {
			if !leads(c) {
				continue
			}
			if fuller := slices.IndexFunc(terms, func(longer lexis.Term) bool {
				return longer.Key.Len() > c.Key.Len() && longer.Key.Holds(c.Key) && leads(longer)
			}); fuller >= 0 && naming(terms[fuller], t.Segments) >= nearly*naming(c, t.Segments) {
				c = terms[fuller]
			}
		}
		if slices.ContainsFunc(chosen, func(other lexis.Term) bool { return repeats(other.Key, c.Key) }) {
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

// repeats says whether two terms say a word twice; two of several words may have the
// first in common: « vote obligatoire, vote blanc ».
func repeats(a, b lexis.Key) bool {
	if a.Len() > 1 && b.Len() > 1 && a[0] == b[0] {
		a, b = rest(a), rest(b)
	}
	return a.Shares(b)
}

func rest(k lexis.Key) (out lexis.Key) {
	copy(out[:], k[1:])
	return out
}

const (
	several   = 2.5 // how much more a term of several words tells than its count
	nested    = .7  // a term that stands so often inside a longer one is a part of it
	surely    = .5  // a term as often a noun as this is one
	nearly    = .82 // as well as a word, for a term of several words to stand for it
	better    = 1.5 // times: a term that names another theme so much better leads no name but that one's
	weak      = .35
	announced = .25 // a name as often behind a determiner as this is no person's
	weaker    = .25 // beside a name of one word
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
	if !word(c) || c.Noun < surely && !unicode.IsUpper(first) || person(c) {
		return false
	}
	head, rest, _ := strings.Cut(french.Normalise(c.Form), " ")
	if head = french.Fold(head); fullerWords[head] && c.Key.Len() > 1 && strings.Count(rest, " ") == c.Key.Len()-2 {
		return true
	}
	return !vagueWords[head] || compounds[french.Fold(french.Normalise(c.Form))]
}

// person says whether a term looks like the name of a person: words with a capital
// that are no acronyms, one of which no dictionary holds and the others it holds as
// given names at most, and which determiners seldom announce (« la Caf »); or a
// given name without its capital.
func person(c lexis.Term) bool {
	if c.Article >= announced {
		return false
	}
	name := false
	for _, part := range strings.Fields(c.Form) {
		first, size := utf8.DecodeRuneInString(part)
		if strings.ContainsFunc(part[size:], unicode.IsUpper) {
			return false
		}
		readings := lexicon.French().Unaccented(nil, capital(part))
		readings = lexicon.French().Lookup(readings, french.Normalise(part))
		if unicode.IsUpper(first) {
			name = name || len(readings) == 0
		} else if name = len(readings) > 0; !name {
			return false
		}
		for _, r := range readings {
			if genders := r.Features & (lexicon.Masculine | lexicon.Feminine); r.POS != lexicon.PROPN || genders != lexicon.Masculine && genders != lexicon.Feminine {
				return false
			}
		}
	}
	return name
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
