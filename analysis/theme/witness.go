package theme

import "github.com/villes-internet/congres/corpora/lexicon"

// witnesses says whether words tell what their author lives.
func witnesses(words []heard) bool {
	for i, w := range words {
		next := func(n int) heard {
			for i := i + 1; i < len(words); i++ {
				if words[i].pos != lexicon.ADV {
					if n--; n < 0 {
						return words[i]
					}
				}
			}
			return heard{}
		}
		after := next(0)
		switch {
		case w.form == "chez" && (after.form == "moi" || after.form == "nous"):
			return true
		case w.form == "mon" || w.form == "ma" || w.form == "mes" || w.form == "notre" || w.form == "nos":
			if lived[after.lemma] {
				return true
			}
		case w.form == "titre" && after.form == "personnel":
			return true
		case (w.form == "m'") && after.lemma == "avoir" && after.finite && next(1).features&lexicon.Past != 0:
			return true
		case !w.finite || !spoken(words[:i]) && !denied(words[:i]):
		case w.lemma == "avoir" && (after.features&lexicon.Past != 0 || participles[after.form]) && !opinions[after.lemma]:
			return true
		case w.form == "étais" || w.form == "avais" || w.form == "étions" || w.form == "avions":
			return true
		case w.lemma == "être" && (after.pos == lexicon.NOUN || being[after.lemma]):
			return true
		case living[w.lemma]:
			return true
		}
	}
	return false
}

// denied says whether the verb that follows words is the author's, with « ne »
// before it.
func denied(before []heard) bool {
	n := len(before)
	for n > 0 && before[n-1].pos == lexicon.PRON && !speakers[before[n-1].form] {
		n--
	}
	if n == 0 || before[n-1].form != "ne" && before[n-1].form != "n'" {
		return false
	}
	return n > 1 && speakers[before[n-2].form]
}
