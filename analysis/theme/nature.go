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
	case wants(words) || wishes(words) || commands(words) || aims(words) || names(words) || imagines(words):
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
