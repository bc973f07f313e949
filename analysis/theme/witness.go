package theme

import (
	"slices"
	"strings"

	"github.com/villes-internet/congres/corpora/lexicon"
)

// witnesses says whether words tell what their author lived: « j'ai dû », « ma
// mère attend », « dans mon village », « je travaille à ». « On » is anybody, and what
// people have said, read or thought is no testimony.
func witnesses(words []heard) bool {
	for i, w := range words {
		after, next := nextWords(words[i+1:])
		switch {
		case w.form == "chez" && after.form == "moi":
			return true
		case i == 0 && w.form == "chez" && after.form == "nous":
			return true
		case w.form == "moi" && i > 0 && with[words[i-1].form] && perfect(words[:i]):
			return true
		case w.form == "on" && !(i > 0 && anytime[words[i-1].form]) && goes(words[i+1:]):
			return true
		case w.form == "mon" || w.form == "ma" || w.form == "mes":
			if i+2 < len(words) && (words[i+2].pos == lexicon.NOUN || words[i+2].pos == lexicon.ADJ) && lived[words[i+2].lemma] {
				return true // « ma meilleure amie »
			}
			if lived[after.lemma] || places[after.lemma] || after.form == "vie" && i > 0 && (words[i-1].form == "de" || words[i-1].form == "toute" || words[i-1].form == "dans") {
				return true
			}
		case w.form == "notre":
			if places[after.lemma] {
				return true
			}
		case w.form == "m'" && after.lemma == "avoir" && after.finite && happened(next):
			return true
		case !w.finite || slices.ContainsFunc(words[max(0, i-3):i], func(n heard) bool { return n.form == "si" }):
		default:
			if who := speaker(words[:i]); who != "" && tells(words[:i], w, words[i+1:], who) {
				return true
			}
		}
	}
	return false
}

// with are the prepositions by which the author is of the scene: « il est venu vers
// moi ».
var with = set("vers avec devant derrière contre sur chez")

// perfect says whether words have a verb in the passé composé.
func perfect(words []heard) bool {
	for i, w := range words {
		if w.finite && (w.lemma == "avoir" || w.lemma == "être") && !conditional(w) {
			if after, _ := nextWords(words[i+1:]); happened(after) {
				return true
			}
		}
	}
	return false
}

// goes says whether words behind « on » tell of a movement that was made: « on est
// allé au bar ».
func goes(words []heard) bool {
	if len(words) < 2 || words[0].lemma != "être" || words[0].form != "est" {
		return false
	}
	after, _ := nextWords(words[1:])
	return travelled[after.lemma] && after.features&lexicon.Past != 0
}

// anytime are what makes of « on » anybody: « lorsqu’on est allé voter ».
var anytime = set("lorsqu' lorsque quand si où qu' que dès")

// travelled are verbs of movement that are seldom said of times and causes.
var travelled = set("aller partir rentrer sortir venir retourner descendre monter")

// tells says whether a verb of which the author is the subject tells of a life.
func tells(before []heard, w heard, rest []heard, who string) bool {
	after, next := nextWords(rest)
	if who == "nous" {
		shared := slices.ContainsFunc(before[max(0, len(before)-3):], everybody) || slices.ContainsFunc(rest[:min(len(rest), 3)], everybody)
		return w.lemma == "avoir" && strings.HasSuffix(w.form, "ons") && happened(after) && !shared // « nous avons tous vu »
	}
	switch w.lemma {
	case "avoir":
		if w.form == "avais" {
			return !told[after.lemma] && !told[after.form]
		}
		if after.form == "pu" || after.form == "voulu" || after.form == "dû" || after.form == "fait" {
			return !told[next.lemma]
		}
		return happened(after)
	case "être":
		if len(before) > 0 && (before[len(before)-1].form == "me" || before[len(before)-1].form == "m'") && happened(after) {
			return true // « je me suis installé »
		}
		if w.form == "étais" {
			return true
		}
		if being[after.lemma] || moved[after.lemma] && after.features&lexicon.Past != 0 {
			return true
		}
		for _, n := range rest[:min(len(rest), 3)] {
			if states[n.lemma] {
				return true
			}
		}
		return false
	case "souvenir", "rappeler": // « je m’en souviens », « je me rappelle »
		return slices.ContainsFunc(before[max(0, len(before)-2):], func(n heard) bool { return n.form == "me" || n.form == "m'" })
	case "prendre":
		return slices.ContainsFunc(rest[:min(len(rest), 3)], func(n heard) bool { return carriers[n.lemma] })
	}
	if living[w.lemma] {
		return !conditional(w) && !strings.HasSuffix(w.form, "rais") && !strings.HasSuffix(w.form, "rai")
	}
	return imperfect(w) && !told[w.lemma] && !wishing[w.lemma]
}

// imperfect says whether a verb of je is in the imperfect: « je prenais ».
func imperfect(w heard) bool {
	stem, ok := strings.CutSuffix(w.form, "ais")
	return ok && len(stem) > 2 && !strings.HasSuffix(stem, "r") && !strings.HasSuffix(stem, "conn") && !strings.HasSuffix(stem, "pl")
}

// everybody says whether a word makes everybody of « nous ».
func everybody(w heard) bool { return w.lemma == "tout" || w.form == "tous" || w.form == "toutes" }

// happened says whether a word is the participle of what happens to people.
func happened(w heard) bool {
	return (w.features&lexicon.Past != 0 || participles[w.form]) && !told[w.lemma] && !told[w.form]
}

// nextWords returns the first two words that are no adverb.
func nextWords(words []heard) (first, second heard) {
	n := 0
	for _, w := range words {
		if w.pos == lexicon.ADV {
			continue
		}
		if n++; n == 1 {
			first = w
		} else {
			return first, w
		}
	}
	return first, second
}

// speaker returns the pronoun of the author that is the subject of the verb behind
// words, adverbs and other pronouns between them: je, j' or nous; or "".
func speaker(before []heard) string {
	for n := len(before) - 1; n >= 0 && n >= len(before)-4; n-- {
		switch w := before[n]; {
		case w.form == "je" || w.form == "j'":
			return w.form
		case w.form == "nous" && (n == len(before)-1 || before[n+1].pos != lexicon.PRON):
			if n > 0 && before[n-1].pos == lexicon.PRON { // « on nous a dit »
				return ""
			}
			return "nous"
		case w.pos != lexicon.ADV && w.pos != lexicon.PRON:
			return ""
		}
	}
	return ""
}
