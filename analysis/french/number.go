package french

import "strings"

// number appends the number at i, or the word that starts with a digit there:
// 3,5 · 10 000 · 12/03/2019 · 20h30 are numbers, 1er an ordinal; 5G is a word.
func number(dst []Token, text string, i int) ([]Token, int) {
	end := i
	for digitAt(text, end) {
		end++
	}
	if letterAt(text, end) {
		to := letters(text, end)
		switch {
		case clock(text[end:to]) && end-i <= 3:
			return append(dst, Token{i, to, Number}), to
		case ordinal(text[i:to]) && !compound(text, to):
			return append(dst, Token{i, to, Ordinal}), to
		}
		return word(dst, text, i)
	}
	if end-i <= 3 { // thousands set apart by a space of any width
		for {
			space := spaceAt(text, end)
			if space == 0 {
				break
			}
			group := end + space
			if !digitAt(text, group) || !digitAt(text, group+1) || !digitAt(text, group+2) || digitAt(text, group+3) || letterAt(text, group+3) {
				break
			}
			end = group + 3
		}
	}
	for end+1 < len(text) && strings.IndexByte(".,/", text[end]) >= 0 && digitAt(text, end+1) {
		end++
		for digitAt(text, end) {
			end++
		}
	}
	return append(dst, Token{i, end, Number}), end
}

// spaceAt returns the length of the space that may part thousands at i, or 0.
func spaceAt(text string, i int) int {
	for _, space := range []string{" ", "\u00a0", "\u202f", "\u2009"} {
		if strings.HasPrefix(text[i:], space) {
			return len(space)
		}
	}
	return 0
}

// clock says whether s is what stands behind the hours of a time: h, h30.
func clock(s string) bool {
	return (s[0] == 'h' || s[0] == 'H') && len(s) <= 3 && strings.Trim(s[1:], "0123456789") == ""
}

// ordinal says whether a word is a figure and the ending of an ordinal. Roman
// figures are capitals, their endings are not: « Vie » and « Ve ».
func ordinal(word string) bool { rank, _ := ranked(word); return rank != "" }

// ranked cuts an ordinal into its figure and the ending that is advised for it (Lexique
// des règles typographiques en usage à l'Imprimerie nationale, « Abréviations »):
// 1er and, whatever is written, 4e. Both are "" for any other word.
func ranked(word string) (rank, ending string) {
	n := len(word) - len(strings.TrimLeft(word, "0123456789"))
	roman := n == 0
	if roman {
		n = len(word) - len(strings.TrimLeft(word, "IVX"))
	}
	if n == 0 {
		return "", ""
	}
	rank = word[:n]
	switch word[n:] {
	case "er", "ᵉʳ", "ère", "ere", "ers", "ères", "re", "res", "ʳᵉ":
		if (rank == "1" || rank == "I") && word != "Ire" {
			return rank, "er"
		}
	case "nd", "nde", "nds", "ndes":
		if rank == "2" || rank == "II" {
			return rank, "e"
		}
	case "e", "ᵉ", "ème", "eme", "ième", "ieme", "èmes", "ièmes", "es":
		if rank != "I" && (!roman || len(word[n:]) != 2) {
			return rank, "e"
		}
	}
	return "", ""
}
