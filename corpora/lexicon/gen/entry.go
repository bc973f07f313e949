package main

import (
	"bufio"
	"os"
	"strings"

	"github.com/villes-internet/congres/corpora/lexicon"
)

// An entry is one line of the dictionary.
type entry struct {
	word   string
	flags  []string
	fields []string
}

// entries reads a dictionary.
func entries(path string) ([]entry, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var out []entry
	lines := bufio.NewScanner(file)
	lines.Scan() // how many there are
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) < 2 {
			continue
		}
		e := entry{fields: f[1:]}
		flags := ""
		e.word, flags, _ = strings.Cut(f[0], "/")
		e.flags = pairs(flags)
		out = append(out, e)
	}
	return out, lines.Err()
}

// The dictionary's words for parts of speech. What is not here (prefixes,
// locutions, signs) is left out.
var partOf = map[string]lexicon.POS{
	"nom": lexicon.NOUN, "adj": lexicon.ADJ, "adv": lexicon.ADV, "advint": lexicon.ADV,
	"npr": lexicon.PROPN, "prn": lexicon.PROPN, "patr": lexicon.PROPN, "titr": lexicon.NOUN,
	"prep": lexicon.ADP, "prepv": lexicon.ADP, "cjco": lexicon.CCONJ, "cjsub": lexicon.SCONJ,
	"det": lexicon.DET, "detdem": lexicon.DET, "detind": lexicon.DET, "detneg": lexicon.DET, "detpos": lexicon.DET, "detex": lexicon.DET,
	"propersuj": lexicon.PRON, "properobj": lexicon.PRON, "preverb": lexicon.PRON, "prodem": lexicon.PRON, "proind": lexicon.PRON,
	"proneg": lexicon.PRON, "prorel": lexicon.PRON, "proint": lexicon.PRON, "proadv": lexicon.PRON,
	"nb": lexicon.NUM, "nbro": lexicon.NUM, "interj": lexicon.INTJ, "infi": lexicon.VERB,
}

// parts are the parts of speech that an entry or a rule states, each once.
func parts(fields []string) (out []lexicon.POS) {
	add := func(p lexicon.POS) {
		for _, x := range out {
			if x == p {
				return
			}
		}
		out = append(out, p)
	}
	for _, f := range fields {
		name, ok := strings.CutPrefix(f, "po:")
		switch part, known := partOf[name]; {
		case !ok:
		case known:
			add(part)
		case len(name) > 2 && name[0] == 'v' && name[1] >= '0' && name[1] <= '3':
			add(lexicon.VERB)
		}
	}
	return out
}

// features are the number, gender and mood that fields state.
func features(fields []string) (out lexicon.Feature) {
	imperative, finite := false, false
	for _, f := range fields {
		switch f {
		case "is:sg", "po:1sg", "po:2sg", "po:3sg", "po:1isg", "po:1jsg":
			out |= lexicon.Singular
		case "is:pl", "po:1pl", "po:2pl", "po:3pl", "po:3pl!":
			out |= lexicon.Plural
		case "is:inv":
			out |= lexicon.Singular | lexicon.Plural
		case "is:mas":
			out |= lexicon.Masculine
		case "is:fem":
			out |= lexicon.Feminine
		case "is:epi":
			out |= lexicon.Masculine | lexicon.Feminine
		case "po:infi":
			out |= lexicon.Infinitive
		case "po:ppre":
			out |= lexicon.Present
		case "po:ppas":
			out |= lexicon.Past
		case "po:impe":
			imperative = true
		case "po:ipre", "po:spre", "po:iimp", "po:ipsi", "po:ifut", "po:cond", "po:simp":
			finite = true
		}
	}
	if imperative && !finite {
		out |= lexicon.Imperative
	}
	return out
}

// lemma is the word that an entry is a form of.
func (e *entry) lemma() string {
	for _, f := range e.fields {
		if stem, ok := strings.CutPrefix(f, "st:"); ok {
			return stem
		}
	}
	return e.word
}
