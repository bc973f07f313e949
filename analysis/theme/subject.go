package theme

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/corpora/lexicon"
)

// word says whether a term can be shown as one.
func word(c lexis.Term) bool {
	return utf8.RuneCountInString(c.Form) >= 3 && !strings.ContainsAny(c.Form, "@\n0123456789") &&
		!slices.ContainsFunc(strings.Fields(c.Form), func(w string) bool { return !acronym(w) && english[strings.ToLower(w)] })
}

// english are the little words of the language that texts in French are most often
// mixed with, but for those that name something in French (« ours »). They are counted
// like others, and name nothing.
var english = set(`the of and to with by from into about between through this that those which who whom whose what when where why how
	there here than then also very more most such any both each other because while before after without within since until
	not you he she they we them him his her its our your yours their theirs my is was were been being have has had having
	did does would could should shall will may might can cannot for at as if are us do so no it be`)

// thing says whether a term is one that can be spoken of: a name that is no person's,
// or what is built around a noun.
func thing(c lexis.Term) bool {
	least := float64(surely)
	if c.Key.Len() == 1 {
		least = alone
	}
	return word(c) && (c.Noun >= least && !verb(c.Form) || name(c.Form)) && phrase(c.Form) && !person(c)
}

// verb says whether a word can only be a verb or a little word, whatever it was heard
// as where its accents were left out: « Detruire les ghettos ».
func verb(form string) bool {
	readings := dictionary(french.Normalise(form))
	return len(readings) > 0 && !slices.ContainsFunc(readings, func(r lexicon.Reading) bool {
		return r.POS == lexicon.NOUN || r.POS == lexicon.PROPN || r.POS == lexicon.ADJ || r.POS == lexicon.X
	})
}

// name says whether a form is a name: its first word has a capital and is no common
// word, or all of them have one (« Open Data »).
func name(form string) bool {
	words := strings.Fields(form)
	if !raised(form) || acronym(words[0]) || len(dictionary(french.Normalise(words[0]))) == 0 {
		return raised(form)
	}
	return len(words) > 1 && !slices.ContainsFunc(words, func(w string) bool { return !raised(w) })
}

// phrase says whether the words of a form are a whole noun phrase, as far as the
// little ones tell: its adjectives agree; nothing in it belongs to somebody that it
// does not name (« niveau de leur revenu »); what « et » joins has the same preposition
// on both sides (« droits des femmes et des enfants », not « nom et la rue »); it does
// not open with a word that points at what is said elsewhere (« présente loi »); no
// adverbial stands behind it (« heures pour les antennes »), nor the head of a
// locution (« perplexité face »).
func phrase(form string) bool {
	if !strings.Contains(form, " ") {
		return true
	}
	if !lexis.Agrees(form) {
		return false
	}
	words := strings.FieldsFunc(french.Normalise(form), func(r rune) bool { return r == ' ' || r == '\'' || r == '’' })
	if pointers[words[0]] {
		return false
	}
	of := false // « de » was met
	for i, w := range words {
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		switch {
		case possessives[w]:
			return false
		case w == "et" && (articles[next] || (next == "de" || next == "des" || next == "du" || next == "d") && !of):
			return false
		case (w == "pour" || w == "par") && articles[next]:
			return false
		case w == "de" || w == "des" || w == "du" || w == "d":
			of = true
		}
	}
	last := len(words) - 1
	return !(locutions[words[last]] && !little[words[last-1]])
}

var (
	possessives = set("leur leurs nos notre son sa ses mon ma mes vos votre ces cette cet ce")
	pointers    = set("présent présente présents présentes dit dite dits dites même mêmes autre autres certain certaine certains certaines tel telle tels telles premier première premiers premières dernier dernière derniers dernières prochain prochaine")
	articles    = set("le la les l un une")
	// locutions are nouns that open one when nothing is before them.
	locutions = set("face grâce suite faute lors quant quitte afin")
	little    = set("de d des du à au aux en sur par sans entre pour et le la les l")
)

// subject says whether people would take a term for a subject: a name, or what
// begins with a noun that says something.
func subject(c lexis.Term) bool { return thing(c) && !vague(c.Form, c.Key.Len()) }

// vague says whether a form of so many counted words begins with a noun that says
// nothing by itself.
func vague(form string, words int) bool {
	form = french.Fold(french.Normalise(form))
	if words == 1 && hollowWords[form] {
		return true
	}
	head, rest, _ := strings.Cut(form, " ")
	if fullerWords[head] && words > 1 && strings.Count(rest, " ") == words-2 {
		return false
	}
	return vagueWords[head] && !compounds[form]
}

// Hollow says whether the name of a theme says nothing: that it is loose, with words of
// which none says anything by itself.
func Hollow(name string) bool {
	terms, loose := strings.CutPrefix(strings.TrimSuffix(name, ")"), Loose)
	return loose && !slices.ContainsFunc(strings.Split(terms, ", "), func(form string) bool { return !vague(form, len(strings.Fields(form))) })
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
		lundi mardi mercredi jeudi vendredi samedi dimanche printemps automne hiver
		janvier février mars avril mai juin juillet août septembre octobre novembre décembre
		million millions milliard milliards membre membres acteur acteurs disposition dispositions défi défis page pages
		système systèmes pays organisme organismes preuve preuves
		époque date soir matin nuit siècle
		min personne personnes gens monde homme hommes femme dame dames monsieur madame individu individus
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

// hollowWords say nothing alone, though with a complement they do: « conditions de
// travail », « principe de précaution ». They are of the nouns that stand for what is
// said elsewhere (Legallois, « Sur quelques caractéristiques des noms sous-spécifiés »,
// Scolia 23, 2008).
var hollowWords = func() map[string]bool {
	out := make(map[string]bool)
	for _, word := range strings.Fields(`
		choix domaine aspect situation condition conditions principe principes élément éléments contexte processus rôle
		rôles facteur critère critères enjeu enjeux phénomène tendance conséquence conséquences cause motif difficulté
		difficultés occasion opportunité intention attente attentes exigence priorité priorités urgence introduction
		commentaire commentaires préambule remarque remarques fonction fonctions fonctionnement aspects domaines situations
		causes motifs outil outils usage usages pratique pratiques caractère caractéristique caractéristiques accès`) {
		out[french.Fold(word)] = true
	}
	return out
}()

// fullerWords are those of vagueWords that say something with an adjective right
// behind them: « changement climatique », « personnes âgées ».
var fullerWords = map[string]bool{"changement": true, "changements": true, "developpement": true, "personne": true, "personnes": true, "vie": true,
	"systeme": true, "systemes": true, "acteurs": true, "pays": true, "temps": true, "lieu": true, "lieux": true, "question": true, "questions": true, "interet": true}
