package french

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Inclusive spellings put the feminine ending behind a mark: élu·es, élu·e·s,
// celles·eux, élu.e.s, habitant(e)s, élu/e/s, acteurs/trices, citoyen-ne-s,
// étudiant_e_s, citoyen*ne*s, étudiantEs. They are read as one token; [Token.Form]
// keeps them as they are and [Base] gives the word under them.

// points are the raised dots that people type for the « point médian ».
var points = []string{"·", "•", "‧", "∙", "⋅", "・", "⸱"}

// middle reads on over a raised dot between two letters.
func middle(text string, i int) int {
	for _, point := range points {
		if strings.HasPrefix(text[i:], point) && letterAt(text, i+len(point)) {
			return letters(text, i+len(point))
		}
	}
	return i
}

// inclusive reads on over a low dot followed by a feminine ending. A low dot
// also ends sentences, and some people leave no space after it: only endings
// that no word is made of are taken, the others where the word calls for them.
func inclusive(text string, start, dot int) int {
	end := dot
	for end < len(text) && text[end] == '.' && letterAt(text, end+1) {
		next := letters(text, end+1)
		if !ending(strings.ToLower(text[end+1:next]), text[start:dot]) {
			return end
		}
		end = next
	}
	return end
}

// ending says whether a word may take this feminine or plural ending.
func ending(suffix, word string) bool {
	switch suffix {
	case "e", "es", "s", "x", "ne", "nes", "trice", "trices", "rice", "rices", "euse", "euses",
		"ère", "ères", "ière", "ières", "ive", "ives", "esse", "esses":
		return suffix != "ne" || strings.HasSuffix(word, "n")
	case "le", "les":
		return strings.HasSuffix(word, "el") || strings.HasSuffix(word, "els")
	case "te", "tes":
		return strings.HasSuffix(word, "t") || strings.EqualFold(word, "tou") || strings.EqualFold(word, "tous")
	case "ve", "ves":
		return strings.HasSuffix(word, "f") || strings.HasSuffix(word, "fs")
	case "fe", "fes":
		return strings.HasSuffix(word, "f")
	case "sse", "sses":
		return strings.HasSuffix(word, "e")
	case "se", "ses":
		return strings.HasSuffix(word, "eux")
	case "eux", "elles", "celles", "ceux", "ux":
		return true
	}
	return false
}

// bracketed reads on over an ending between brackets: habitant(e)s.
func bracketed(text string, start, open int) int {
	length := strings.IndexByte(text[open:min(len(text), open+9)], ')')
	if length < 2 || !ending(strings.ToLower(text[open+1:open+length]), text[start:open]) {
		return open
	}
	return letters(text, open+length+1)
}

// slashed reads on over élu/e, élu/es, élu/e/s, and over a feminine ending that
// the word takes: acteurs/trices, conseiller/ère/s.
func slashed(text string, start, slash int) int {
	for _, suffix := range []string{"/e/s", "/es", "/e"} {
		if strings.HasPrefix(text[slash:], suffix) && !letterAt(text, slash+len(suffix)) {
			return slash + len(suffix)
		}
	}
	end := letters(text, slash+1)
	if !feminine(strings.ToLower(text[start:slash]), strings.ToLower(text[slash+1:end])) {
		return slash
	}
	if strings.HasPrefix(text[end:], "/s") && !letterAt(text, end+2) {
		end += len("/s")
	}
	return end
}

// families are endings of words and the feminine ones that people write behind a
// slash. Unlike a dot a slash parts whole words too (et/ou, ils/elles): only what
// belongs to the word's own ending is taken for one.
var families = []struct{ of, take string }{
	{"teur", "trice rice ice teuse euse"}, {"eur", "euse eure esse"}, {"eux", "euse"}, {"ier", "ière ère"}, {"er", "ère"},
	{"if", "ive ve"}, {"uf", "uve ve"}, {"el", "elle le"}, {"en", "enne ne"}, {"on", "onne ne"}, {"al", "ale"}, {"aux", "ale"},
	{"ant", "ante te"}, {"ent", "ente te"}, {"ard", "arde"}, {"ais", "aise"}, {"ois", "oise"},
}

// feminine says whether a word takes this ending, of either number.
func feminine(word, suffix string) bool {
	one := strings.TrimSuffix(suffix, "s")
	for _, f := range families {
		if (strings.HasSuffix(word, f.of) || strings.HasSuffix(word, f.of+"s")) && len(word) > len(f.of)+1 {
			for take := range strings.FieldsSeq(f.take) {
				if take == one {
					return true
				}
			}
		}
	}
	return false
}

// Base returns the word under an inclusive form: what stands before the first
// mark, with the last letters when they are a plural (« élu·es » → « élus »). Any
// other form is returned as it is.
func Base(form string) string {
	if len(form) < 3 {
		return form
	}
	switch form[len(form)-1] {
	case 'x', 's', 'e':
		if base, ok := blended[form]; ok {
			return base
		}
	}
	cut := strings.IndexAny(form, "·•‧∙⋅・⸱(/.")
	if cut <= 0 || cut == len(form)-1 {
		if cut = chained(form); cut <= 0 {
			return form
		}
	}
	base := form[:cut]
	if len(base) < 2 || strings.ContainsFunc(base, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		return form
	}
	if last := form[len(form)-1]; last == 's' && !strings.HasSuffix(base, "s") && !strings.HasSuffix(base, "x") && utf8.RuneCountInString(base) > 1 {
		return base + "s"
	}
	return base
}

// chained finds the first mark of the feminine and plural endings that hyphens, low
// lines or stars set apart (citoyen-ne-s, étudiant_e_s, élu*e*s), or 0.
func chained(form string) int {
	last := 0
	for {
		i := strings.LastIndexAny(form, "-_*")
		if i <= 0 {
			return last
		}
		word, suffix := form[:i], form[i+1:]
		plural := last == 0 && (suffix == "s" || suffix == "x")
		if !plural && !takes(word, suffix) {
			return last
		}
		if last = i; !plural {
			return last
		}
		form = word
	}
}

// takes says whether a word takes an ending behind a mark that parts compounds
// too: a pronoun is the ending of another only (celles-eux).
func takes(word, suffix string) bool {
	switch suffix {
	case "eux", "elles", "ceux", "celles", "ux":
		return word == "celles" || word == "ceux" || feminine(word, suffix)
	}
	return ending(suffix, word) || feminine(word, suffix)
}

// starred reads on over the endings of citoyen*ne*s.
func starred(text string, start, star int) int {
	if start > 0 && text[start-1] == '*' || utf8.RuneCountInString(text[start:star]) < 2 {
		return star // a word in bold letters
	}
	end := star
	for end < len(text) && text[end] == '*' && letterAt(text, end+1) {
		next := letters(text, end+1)
		suffix, word := strings.ToLower(text[end+1:next]), strings.ToLower(text[start:star])
		if !(end > star && suffix == "s") && !takes(word, suffix) {
			break
		}
		end = next
	}
	return end
}

// raised returns where the capital ending of étudiantEs or citoyenNEs starts, or 0.
func raised(s string) int {
	n := len(s)
	if n < 4 || s[n-1] != 'E' && s[n-1] != 's' && s[n-1] != 'S' {
		return 0
	}
	end := n
	if s[n-1] == 's' {
		end--
	}
	start := end
	for start > 0 && upperAt(s, start-1) {
		start--
	}
	if start == end || start < 2 || end-start > 5 {
		return 0
	}
	for i, r := range s[:start] {
		if !unicode.IsLower(r) && !(i == 0 && unicode.IsUpper(r)) {
			return 0
		}
	}
	suffix, word := strings.ToLower(s[start:]), strings.ToLower(s[:start])
	if suffix != "s" && takes(word, suffix) {
		return start
	}
	return 0
}

// doubled says whether what looks like clitics is the ending of professionnel-les:
// no verb that commands ends so.
func doubled(word, tail string) bool {
	return strings.HasSuffix(word, "el") && (tail == "le" || tail == "les")
}

// blended are pronouns of both genders in one, and one that says as much.
var blended = map[string]string{"celleux": "celles", "ceulles": "celles", "elleux": "elles", "ell·eux": "elles", "ell.eux": "elles", "ell-eux": "elles", "toustes": "tous"}
