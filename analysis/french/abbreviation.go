package french

import "strings"

// abbreviation says whether word, written with a dot, is commonly one that the
// dot shortens. Those that end sentences as often (etc.) are listed too: whether
// the sentence goes on is for [Segmenter] to say.
func abbreviation(word string) bool {
	if len(word) > 6 || len(word) < 2 {
		return word == "p" || word == "M"
	}
	switch strings.ToLower(word) {
	case "etc", "art", "al", "av", "bd", "boul", "cf", "chap", "coll", "dir", "dr", "ed", "éd", "env", "ex",
		"fig", "hab", "ibid", "inf", "jr", "janv", "févr", "juil", "sept", "oct", "nov", "déc", "mlle", "mlles",
		"mm", "mme", "mmes", "mr", "mgr", "me", "no", "nos", "nb", "op", "obs", "pp", "pl", "pr", "prof", "réf",
		"resp", "sq", "st", "ste", "sté", "suiv", "sup", "tél", "tom", "vol", "vs", "min", "max", "dép", "arr",
		"circ", "gal", "cap", "dept", "dpt", "ht", "ttc", "alin", "al.":
		return !ambiguous(word)
	}
	return false
}

// ambiguous names those that are also whole words at the end of a sentence.
func ambiguous(word string) bool {
	switch strings.ToLower(word) {
	case "me", "no", "nos", "sup", "min", "max", "op", "st", "ste", "gal", "cap", "tom", "ht", "ttc", "sept", "nb", "ex", "al":
		return true
	}
	return false
}

// runsOn says whether a sentence goes on after « word. », whatever comes next:
// titles, references.
func runsOn(word string) bool {
	switch word {
	case "M", "MM", "Mme", "Mmes", "Mlle", "Mr", "Mgr", "Dr", "Pr", "Me", "St", "Ste", "art", "Art", "av", "Av",
		"bd", "Bd", "p", "pp", "cf", "Cf", "vol", "chap", "fig", "no", "ex", "réf", "tél", "Tél", "env", "al":
		return true
	}
	return false
}
