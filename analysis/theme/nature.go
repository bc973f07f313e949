package theme

import (
	"slices"
	"strings"

	"github.com/villes-internet/congres/corpora/lexicon"
)

// What a sentence does.
const (
	Fact     = "constat"
	Proposal = "proposition"
	Question = "question"
	Witness  = "témoignage"
)

// NatureOf is [Listener.Nature] of one text.
func NatureOf(text string) string { return new(Listener).Nature(text) }

// Nature says what a sentence does, by cues of language: it asks, with a question
// mark or an interrogative in front; it wants something, by a verb of duty, by a
// verb of wish whose subject is its author, by an infinitive, an imperative or the
// name of an action in front (« Créer une maison… », « Interdiction de… »); it
// tells what its author lives; else it states a fact.
func (l *Listener) Nature(text string) string {
	l.hear(text)
	words := l.words
	if len(words) == 0 {
		return Fact
	}
	switch asked := asks(text); {
	case suggests(words):
		return Proposal
	case asked || interrogates(words):
		return Question
	case wants(words) || wishes(words) || commands(words) || aims(words) || names(words):
		return Proposal
	case witnesses(words):
		return Witness
	}
	return Fact
}

// asks says whether a text ends with a question mark of its own, not with one
// that it quotes.
func asks(text string) bool {
	trimmed := strings.TrimRight(text, " \u00a0\u202f\n\t)")
	unquoted := strings.TrimRight(trimmed, " \u00a0\u202f»”\"")
	if !strings.HasSuffix(unquoted, "?") {
		return false
	}
	if len(unquoted) == len(trimmed) {
		return len(trimmed) == len(strings.TrimRight(text, " \u00a0\u202f\n\t")) || strings.HasPrefix(strings.TrimSpace(text), "(")
	}
	at := strings.IndexAny(text, "«“\"")
	return at < 0 || at < 4
}

// suggests says whether words ask only to propose: « pourquoi ne pas… », « ne
// pourrait-on pas… », « serait-il possible de… ».
func suggests(words []heard) bool {
	for i, w := range words {
		switch {
		case w.form == "pourquoi" && i+1 < len(words) && (words[i+1].form == "pas" || words[i+1].form == "ne" && i+2 < len(words) && words[i+2].form == "pas"):
			return true
		case i > 0 && i+2 < len(words) && (words[i-1].form == "ne" || words[i-1].form == "n'") && conditional(w) && subjects[words[i+1].form] && words[i+2].form == "pas":
			return true
		case w.form == "serait" && i+2 < len(words) && words[i+1].form == "il" && words[i+2].lemma == "possible":
			return true
		}
	}
	return false
}

// interrogates says whether words ask without a question mark.
func interrogates(words []heard) bool {
	for i, w := range words {
		if !w.opens {
			continue
		}
		rest := words[i:]
		for len(rest) > 0 && (rest[0].pos == lexicon.CCONJ || rest[0].lemma == "alors") {
			rest = rest[1:]
		}
		if i == 0 && starts(rest, "pourquoi", "comment", "combien") && len(rest) > 1 && !rest[1].opens {
			return true
		}
		if starts(rest, "à", "a") && starts(rest[1:], "quand") || i == 0 && starts(rest, "et") && starts(rest[1:], "si") {
			return true
		}
	}
	return false
}

func starts(words []heard, forms ...string) bool {
	return len(words) > 0 && slices.Contains(forms, words[0].form)
}

// conditional says whether a finite verb is in the conditional; the future's
// forms in -rai are the speaker's.
func conditional(w heard) bool {
	return w.finite && (strings.HasSuffix(w.form, "rait") || strings.HasSuffix(w.form, "raient") || strings.HasSuffix(w.form, "rions"))
}

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
		case "convenir", "convier", "importer": // « convient » may be either's
			if i > 0 && words[i-1].form == "il" {
				return true
			}
		case "être":
			switch {
			case (conditional(w) && !supposes || w.form == "sera" || w.form == "seront") && passive:
				return true
			case enacted[next.lemma] && passive:
				return true
			case necessary[next.lemma] && i > 0 && (words[i-1].form == "il" || words[i-1].form == "c'"):
				return true
			}
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
		case w.finite && !w.within && wishing[w.lemma] && spoken(words[:i]):
			return true
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
		if starts(rest, "que", "qu'") && i == 0 {
			return true // « Que l’État finance… »
		}
		if len(rest) == 0 {
			continue
		}
		v := rest[0]
		if v.pos != lexicon.VERB && v.pos != lexicon.AUX || inert[v.lemma] {
			continue
		}
		if v.features&lexicon.Infinitive != 0 {
			// « Voter sans choisir, c'est… » states.
			if !slices.ContainsFunc(rest, func(w heard) bool { return w.form == "c'" }) {
				return true
			}
		} else if v.finite && strings.HasSuffix(v.form, "ons") && !slices.ContainsFunc(words[i:len(words)-len(rest)], func(w heard) bool { return w.form == "nous" }) {
			return true
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
		case particles && (w.form == "à" || w.form == "a" || w.form == "de" || w.form == "d'" || w.form == "le" || w.form == "la" || w.form == "les" || w.form == "se" || w.form == "y" || w.form == "en"):
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
