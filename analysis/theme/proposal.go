package theme

import (
	"slices"
	"strings"

	"github.com/villes-internet/congres/corpora/lexicon"
)

// wants says whether words say that something must be done.
func wants(words []heard) bool {
	supposes := slices.ContainsFunc(words, func(w heard) bool { return w.form == "si" })
	for i, w := range words {
		if !w.finite || w.within {
			continue
		}
		next := heard{}
		for _, n := range words[i+1:] {
			if next = n; n.pos != lexicon.ADV && n.pos != lexicon.CCONJ {
				break
			}
		}
		passive := next.features&lexicon.Past != 0
		switch w.lemma {
		case "falloir":
			return !doubted(words[:i])
		case "devoir":
			if !dated(words) && !doubted(words[:i]) {
				return true
			}
		case "pouvoir":
			if conditional(w) {
				return true
			}
		case "suffire", "sembler", "paraître":
			// « il suffit de… », « il me semble utile de… »
			if impersonal(words[:i]) && (w.lemma == "suffire" || necessary[next.lemma]) && verbSoon(words[i+1:], "de", "d'") {
				return true
			}
		case "convenir", "convier", "importer": // « convient » may be either's
			if i > 0 && words[i-1].form == "il" {
				return true
			}
		case "être":
			switch {
			case (conditional(w) && !supposes || w.form == "sera" || w.form == "seront") && passive:
				return true
			case enacted[next.lemma] && passive, wanted[next.form] && impersonal(words[:i]):
				return true
			case i > 0 && words[i-1].form == "c'" && (next.form == "à" || next.form == "au" || next.form == "aux") && verbSoon(words[i+2:], "de", "d'"):
				return true // « c’est aux communes de décider »
			case (next.form == "à" || next.form == "a") && i > 0 && words[i-1].form != "c'" && done(words[i+1:]):
				return true // « les horaires sont à revoir »
			case necessary[next.lemma] && i > 0 && (words[i-1].form == "il" || words[i-1].form == "c'"):
				return true
			}
		}
	}
	return false
}

// impersonal says whether the subject of the verb behind words is « il », pronouns and
// adverbs between them.
func impersonal(before []heard) bool {
	for n := len(before) - 1; n >= 0 && n >= len(before)-3; n-- {
		if before[n].form == "il" {
			return true
		}
		if before[n].pos != lexicon.PRON && before[n].pos != lexicon.ADV {
			return false
		}
	}
	return false
}

// verbSoon says whether a preposition and an infinitive follow soon.
func verbSoon(words []heard, forms ...string) bool {
	for i := range words[:max(0, min(len(words)-1, soon))] {
		n := i + 1
		for n < len(words)-1 && words[n].pos == lexicon.PRON {
			n++
		}
		if slices.Contains(forms, words[i].form) && words[n].features&lexicon.Infinitive != 0 {
			return true
		}
	}
	return false
}

// soon is how many words stand at most between « il suffit », « c’est » and what is
// to be done.
const soon = 6

// done says whether words are « à » and an infinitive of what is to be done, adverbs
// before it.
func done(words []heard) bool {
	for i, w := range words {
		if (w.form == "à" || w.form == "a") && i+1 < len(words) {
			v := words[i+1]
			return v.features&lexicon.Infinitive != 0 && !inert[v.lemma] && !told[v.lemma] && !felt[v.lemma]
		}
		if w.pos != lexicon.ADV && w.pos != lexicon.CCONJ || w.form == "pas" || w.form == "plus" {
			return false
		}
	}
	return false
}

// doubted says whether the words before a clause take it back: « je ne pense
// pas qu'il faut ».
func doubted(before []heard) bool {
	n := len(before)
	if n > 0 && subjects[before[n-1].form] {
		n--
	}
	return n > 1 && (before[n-1].form == "qu'" || before[n-1].form == "que") && before[n-2].form == "pas"
}

// dated says whether words tell what is to come: « doivent arriver d'ici 2020 ».
func dated(words []heard) bool {
	for i := 1; i < len(words); i++ {
		if words[i].form == "ici" && words[i-1].form == "d'" {
			return true
		}
	}
	return false
}

// wishes says whether words say that their author wants something.
func wishes(words []heard) bool {
	for i, w := range words {
		switch {
		case w.form == "favorable" || w.form == "favorables":
			if i > 0 && words[i-1].lemma == "être" || i > 1 && words[i-2].lemma == "être" {
				return true
			}
		case w.form == "accord" || w.form == "suis" || w.form == "sommes":
			if w.form != "accord" && spoken(words[:i]) && measured(words[i+1:]) {
				return true
			}
			if to := verbAfter(words[i+1:], "pour"); to && !slices.ContainsFunc(words[max(0, i-3):i], func(w heard) bool { return w.form == "pas" }) {
				return true
			}
		case w.form == "besoin" && i > 0 && words[i-1].lemma == "avoir" && i > 1 && speakers[words[i-2].form]:
			return true
		case proposals[w.lemma] && (w.pos == lexicon.NOUN) && (owned(words, i)):
			for _, n := range words[i+1 : min(len(words), i+4)] {
				if n.lemma == "être" && n.finite {
					return true
				}
			}
		case w.finite && !w.within && wishing[w.lemma] && spoken(words[:i]) && !speaks(words[i+1:]):
			return true
		case w.finite && !w.within && backing[w.lemma] && spoken(words[:i]) && i+2 < len(words):
			// « j’approuve le vote blanc », not « j’approuve cette idée »
			if d, n := words[i+1], words[i+2]; articled[d.form] && n.pos == lexicon.NOUN && !proposals[n.lemma] && !remarks[n.lemma] {
				return true
			}
		}
	}
	return false
}

// measured says whether words are for a measure that they name: « pour le vote
// obligatoire », « également pour une baisse… ».
func measured(words []heard) bool {
	for i, w := range words {
		if w.pos != lexicon.ADV || w.form == "pas" {
			return w.form == "pour" && i+2 < len(words) && words[i+1].pos == lexicon.DET && words[i+2].pos == lexicon.NOUN
		}
	}
	return false
}

// speaks says whether a verb of wish wants but to say something: « je souhaiterais
// remercier… », « je voudrais bien savoir… ».
func speaks(words []heard) bool {
	for _, w := range words {
		if w.features&lexicon.Infinitive != 0 {
			return told[w.lemma] || courteous[w.lemma]
		}
		if w.pos != lexicon.ADV && w.pos != lexicon.PRON && w.form != "à" && w.form != "de" && w.form != "d'" {
			return false
		}
	}
	return false
}

// owned says whether a noun is the author's, or the one spoken of: mon idée,
// l'idée, la proposition.
func owned(words []heard, i int) bool {
	return i > 0 && (words[i-1].form == "mon" || words[i-1].form == "ma" || words[i-1].form == "notre" || words[i-1].form == "l'" || words[i-1].form == "la")
}

// verbAfter says whether words begin with a word and an infinitive, adverbs aside.
func verbAfter(words []heard, form string) bool {
	met := false
	for _, w := range words {
		switch {
		case !met && w.form == form:
			met = true
		case met && w.features&lexicon.Infinitive != 0 && w.pos == lexicon.VERB:
			return true
		case w.pos == lexicon.ADV || w.pos == lexicon.PRON && met:
		default:
			return false
		}
	}
	return false
}

// spoken says whether the subject of the verb that follows words is its author.
func spoken(before []heard) bool {
	for n := len(before) - 1; n >= 0 && n >= len(before)-4; n-- {
		switch w := before[n]; {
		case speakers[w.form] && w.pos == lexicon.PRON:
			return true
		case w.form == "pas" || w.form == "n'" || w.form == "ne":
			return false
		case w.pos == lexicon.ADV || w.pos == lexicon.PRON:
		default:
			return false
		}
	}
	return false
}

// commands says whether words open with an infinitive or an imperative: « Créer
// une maison… », « Ne plus construire… », « Les rendre… », « Regardons… ».
func commands(words []heard) bool {
	for i, w := range words {
		if !w.opens {
			continue
		}
		rest := past(words[i:], true)
		if at := len(words) - len(rest); starts(rest, "que", "qu'") && i == 0 && (at == 0 || words[at-1].pos != lexicon.ADV && words[at-1].pos != lexicon.CCONJ) {
			return true // « Que l’État finance… », not « Alors que… »
		}
		if len(rest) == 0 {
			continue
		}
		if i == 0 && purposes(rest) {
			return true
		}
		v := rest[0]
		able := v.form == "pouvoir" && len(rest) > 1 && rest[1].features&lexicon.Infinitive != 0 // « Pouvoir renouveler… »
		if v.pos != lexicon.VERB && v.pos != lexicon.AUX || inert[v.lemma] && !able {
			continue
		}
		if v.features&lexicon.Infinitive != 0 {
			// « Voter sans choisir, c'est… » states.
			if !slices.ContainsFunc(rest, func(w heard) bool { return w.form == "c'" }) {
				return true
			}
		} else if v.finite && orders(v, rest[1:]) {
			return true
		} else if v.finite && strings.HasSuffix(v.form, "ons") && !slices.ContainsFunc(words[i:len(words)-len(rest)], func(w heard) bool { return w.form == "nous" }) {
			return true
		}
	}
	return false
}

// purposes says whether words are only what would be reached: « Pour que chacun
// puisse… », « Afin que… », « De sorte que… », without a main verb.
func purposes(words []heard) bool {
	verbs := 0
	for _, w := range words {
		if w.finite && !w.within {
			verbs++
		}
	}
	if verbs > 1 {
		return false
	}
	for n, w := range words[:min(len(words), 4)] {
		if w.form == "que" || w.form == "qu'" {
			return n > 0 && (words[n-1].form == "pour" || words[n-1].form == "afin" || words[n-1].form == "sorte" || words[n-1].form == "ce" && n > 1 && words[n-2].form == "à")
		}
	}
	return false
}

// orders says whether a verb without a subject is an imperative of the second person:
// « Arrêtez donc… », not « Voulez-vous… ».
func orders(v heard, rest []heard) bool {
	if !strings.HasSuffix(v.form, "ez") && v.form != "faites" || told[v.lemma] || polite[v.lemma] {
		return false
	}
	return len(rest) > 0 && rest[0].form != "vous" && !rest[0].finite
}

// imagines says whether words open with a thing that is not there and say what it would
// do, « Un site unique changerait… », or with any that would make things better, « Le
// partage des locaux permettrait… », without « si ».
func imagines(words []heard) bool {
	rest := past(words, false)
	if len(rest) < 2 || rest[0].pos != lexicon.DET || slices.ContainsFunc(words, func(w heard) bool { return w.form == "si" || w.form == "s'" }) {
		return false
	}
	for _, w := range rest {
		if w.finite && !w.within {
			return conditional(w) && (starts(rest, "un", "une") || betters[w.lemma])
		}
	}
	return false
}

// aims says whether words open with what they are about, then an infinitive: « Au
// niveau local, développer… », « Pour les lois importantes, exiger… ».
func aims(words []heard) bool {
	for i, w := range words {
		if !w.opens {
			continue
		}
		rest := past(words[i:], false)
		if len(rest) < 3 || rest[0].pos != lexicon.ADP {
			continue
		}
		for n := 1; n < len(rest) && !rest[n].opens && (!rest[n].finite || rest[n].within); n++ {
			v, tail := rest[n], n
			for tail > 1 && (rest[tail-1].form == "ne" || rest[tail-1].form == "l'" || rest[tail-1].form == "les" && rest[tail-1].pos == lexicon.PRON) {
				tail--
			}
			before := rest[tail-1].pos
			if v.pos == lexicon.VERB && v.features&lexicon.Infinitive != 0 && !inert[v.lemma] && (before == lexicon.NOUN || before == lexicon.ADJ || before == lexicon.PROPN) {
				// « Pour l'élection, remettre en jeu le mandat ne permet… » states.
				end := n + 1
				for end < len(rest) && !rest[end].opens && end < n+nearby {
					end++
				}
				if !ruled(rest[n:end]) {
					return true
				}
			}
		}
	}
	return false
}

// nearby is how many words behind an infinitive the verb stands of which it is the
// subject.
const nearby = 12

// ruled says whether words have a main verb without a subject pronoun, of which
// they are the subject then.
func ruled(words []heard) bool {
	for i, w := range words {
		if w.finite && !w.within && i > 0 && !subjects[words[i-1].form] {
			return true
		}
	}
	return false
}

// past returns the words behind those that open a sentence and do not count:
// « Oui, donc… », « Proposition 3 », and, before a verb, its particles.
func past(words []heard, particles bool) []heard {
	for len(words) > 0 {
		w := words[0]
		switch {
		case w.pos == lexicon.ADV || w.pos == lexicon.CCONJ || w.pos == lexicon.INTJ || w.pos == lexicon.NUM || greetings[w.form]:
			if !particles && halting[w.form] {
				return words
			}
		case len(w.form) == 1 && w.form != "à" && w.form != "y" && w.pos != lexicon.VERB:
		case particles && (w.form == "à" || w.form == "a" || w.form == "de" || w.form == "d'" || w.form == "le" || w.form == "la" || w.form == "les" || w.form == "se" || w.form == "s'" || w.form == "y" || w.form == "en"):
		default:
			return words
		}
		words = words[1:]
	}
	return nil
}

// action says whether words open with the name of an action and no article, which is
// no subject: « Création tranche supplémentaire », « Mise en place… ».
func action(words []heard) bool {
	w := words[0]
	switch w.form {
	case "mise", "mises", "remise":
		return words[1].form == "en" || words[1].form == "à" || words[1].form == "au"
	case "prise":
		return len(words) > 2 && (words[2].form == "charge" || words[2].form == "compte")
	}
	if w.pos != lexicon.NOUN || !actions[w.lemma] {
		return false
	}
	for _, ending := range []string{"tion", "sion", "ment"} {
		if strings.HasSuffix(w.lemma, ending) {
			return true
		}
	}
	return false
}

// names says whether words have no main verb and open with the name of an
// action: « Réduction des dépenses », « Pas de hausse », « Pour la création… ».
func names(words []heard) bool {
	for i, w := range words {
		if !w.opens {
			continue
		}
		end := i + 1
		for end < len(words) && !words[end].opens {
			end++
		}
		clause := words[i:end]
		if bare := past(clause, false); len(bare) > 1 && action(bare) && (bare[1].pos == lexicon.ADP || bare[1].pos == lexicon.DET || bare[1].pos == lexicon.ADJ || bare[1].finite) {
			return true
		}
		if slices.ContainsFunc(clause, func(w heard) bool { return w.finite && !w.within }) {
			continue
		}
		rest := past(clause, false)
		if len(rest) < 2 {
			continue
		}
		if halting[rest[0].form] && (rest[1].form == "de" || rest[1].form == "d'") || rest[0].form == "halte" || rest[0].form == "stop" {
			return true
		}
		if rest[0].form == "pour" || rest[0].form == "en" && rest[1].features&lexicon.Present != 0 && len(rest) > 2 {
			if rest[0].form == "en" {
				return i == 0 && end == len(words)
			}
			rest = rest[1:]
		}
		for len(rest) > 0 && (rest[0].pos == lexicon.DET || rest[0].pos == lexicon.ADJ) {
			rest = rest[1:]
		}
		if len(rest) > 1 && rest[0].pos == lexicon.NOUN && actions[rest[0].lemma] {
			return true
		}
	}
	return false
}
