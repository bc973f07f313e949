package theme

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/corpora/lexicon"
)

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
	name, parts := false, strings.Fields(c.Form)
	for _, part := range parts {
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
		given := func(r lexicon.Reading) bool {
			genders := r.Features & (lexicon.Masculine | lexicon.Feminine)
			return r.POS == lexicon.PROPN && (genders == lexicon.Masculine || genders == lexicon.Feminine)
		}
		if len(parts) > 1 && unicode.IsUpper(first) && slices.ContainsFunc(readings, given) {
			continue // Rose, Pierre
		}
		if slices.ContainsFunc(readings, func(r lexicon.Reading) bool { return !given(r) }) {
			return false
		}
	}
	return name
}

// compounds name one thing, whatever their first word says by itself.
var compounds = func() map[string]bool {
	out := make(map[string]bool)
	for _, term := range []string{"système d’exploitation", "systèmes d’exploitation", "mot de passe", "mots de passe", "personne en situation de handicap", "personnes en situation de handicap"} {
		out[french.Fold(french.Normalise(term))] = true
	}
	return out
}()

// vagueWords are nouns that say nothing by themselves, nor open a term that
// does.
var vagueWords = func() map[string]bool {
	out := make(map[string]bool)
	for _, word := range strings.Fields(`
		an ans année années jour jours mois semaine semaines heure heures minute minutes temps moment moments fin début
		janvier février mars avril mai juin juillet août septembre octobre novembre décembre
		million millions milliard milliards membre membres acteur acteurs disposition dispositions défi défis page pages
		système systèmes pays organisme organismes preuve preuves
		époque date soir matin nuit siècle
		min personne personnes gens monde homme hommes femme femmes dame dames monsieur madame individu individus
		problème problèmes question questions point points sujet sujets exemple exemples cas raison raisons idée idées
		fait faits effet effets sens type types genre genres forme formes niveau niveaux cadre titre titres ensemble
		nombre nombres nombreux partie parties reste moitié tiers quart pourcentage taux somme majorité plupart
		moyen moyens besoin besoins manque absence présence existence mise mises prise prises place places sort
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
	"systeme": true, "systemes": true, "acteurs": true, "pays": true, "temps": true, "lieu": true, "lieux": true, "question": true, "questions": true, "interet": true}
