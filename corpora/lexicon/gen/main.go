// Command gen makes the lexicon fr.bin of Debian's hunspell-fr-comprehensive
// 1:7.0-1 (apt-get install hunspell-fr-comprehensive): each entry of the
// dictionary and all its suffixed forms, with what each may be.
//
// Nothing is drawn and nothing depends on the machine: the same dictionary gives
// the same bytes, and only that one is taken.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"

	"github.com/villes-internet/congres/corpora/lexicon"
)

// The files of the pinned package, and their SHA-256.
var pinned = map[string]string{
	"fr.aff": "0c756a9cae09bf4c4fd8ad1fc894a800cfc65940b7914ef9bf681fea66a4f19c",
	"fr.dic": "f98d56be522f05426ae254ecfac1d089b196ea19a35f231d8306715c19e47d9a",
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("lexicon: ")
	folder := flag.String("dictionary", "/usr/share/hunspell", "where hunspell-fr-comprehensive 1:7.0-1 is installed")
	out := flag.String("out", "fr.bin", "the lexicon")
	flag.Parse()
	if err := generate(*folder, *out); err != nil {
		log.Fatal(err)
	}
}

func generate(folder, out string) error {
	for name, want := range pinned {
		data, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		if got := hex.EncodeToString(sum[:]); got != want {
			return fmt.Errorf("%s is not that of hunspell-fr-comprehensive 1:7.0-1: %s", name, got)
		}
	}
	rules, err := suffixes(filepath.Join(folder, "fr.aff"))
	if err != nil {
		return err
	}
	units, err := multiples(filepath.Join(folder, "fr.aff"))
	if err != nil {
		return err
	}
	words, err := entries(filepath.Join(folder, "fr.dic"))
	if err != nil {
		return err
	}
	forms := map[string][]lexicon.Reading{}
	for _, e := range words {
		for _, flag := range e.flags {
			for _, p := range units[flag] {
				words = append(words, entry{p.add + e.word, p.flags, e.fields})
			}
		}
	}
	for _, e := range words {
		e.expand(rules, func(form string, r lexicon.Reading) {
			for i, known := range forms[form] {
				if known.Lemma == r.Lemma && known.POS == r.POS && known.Features&lexicon.Nonfinite == r.Features&lexicon.Nonfinite {
					forms[form][i].Features |= r.Features
					return
				}
			}
			forms[form] = append(forms[form], r)
		})
	}
	data, err := lexicon.Bytes(forms)
	if err != nil {
		return err
	}
	log.Printf("%s: %d entries, %d forms, %d bytes", out, len(words), len(forms), len(data))
	return os.WriteFile(out, data, 0o644)
}

// expand yields the forms of an entry.
func (e *entry) expand(rules map[string][]rule, yield func(string, lexicon.Reading)) {
	lemma, masculine, feminine := e.lemma(), "", ""
	say := func(form string, of []lexicon.POS, f lexicon.Feature) {
		for _, part := range of {
			switch {
			case part == lexicon.VERB || part == lexicon.PROPN:
				yield(form, lexicon.Reading{Lemma: lemma, POS: part, Features: f})
			case f&lexicon.Nonfinite != 0: // a participle taken for an adjective, by its masculine
				yield(form, lexicon.Reading{Lemma: masculine, POS: part, Features: f &^ lexicon.Nonfinite})
			case part == lexicon.NOUN && feminine != "" && f&(lexicon.Feminine|lexicon.Masculine) == lexicon.Feminine:
				yield(form, lexicon.Reading{Lemma: feminine, POS: part, Features: f}) // « commune » is no « commun »
			default:
				yield(form, lexicon.Reading{Lemma: lemma, POS: part, Features: f})
			}
		}
	}
	own := parts(e.fields)
	if !slices.Contains(e.flags, "()") { // else only its suffixed forms are words
		say(e.word, own, features(e.fields))
	}
	for _, flag := range e.flags {
		for _, r := range rules[flag] {
			form, ok := r.apply(e.word)
			if !ok {
				continue
			}
			of, stated := own, parts(r.fields)
			f := features(r.fields)
			if f&lexicon.Singular == 0 && f&lexicon.Plural == 0 || f&(lexicon.Masculine|lexicon.Feminine) == 0 {
				f |= features(e.fields) &^ lexicon.Nonfinite
			}
			if f&(lexicon.Feminine|lexicon.Masculine|lexicon.Singular) == lexicon.Feminine|lexicon.Singular {
				feminine = form // stated before its plural
			}
			if slices.Contains(own, lexicon.VERB) { // the rule says the mood; « adj » there is a participle's
				of = []lexicon.POS{lexicon.VERB}
				if f&lexicon.Past != 0 && f&lexicon.Feminine == 0 && f&lexicon.Singular != 0 {
					masculine = form // stated before the others
				}
				if f&lexicon.Past != 0 && masculine != "" && slices.Contains(stated, lexicon.ADJ) {
					of = []lexicon.POS{lexicon.VERB, lexicon.ADJ}
				}
			}
			say(form, of, f)
		}
	}
}
