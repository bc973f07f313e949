package french

import "strings"

// number appends the number at i, or the word that starts with a digit there:
// 3,5 · 10 000 · 12/03/2019 are numbers; 1er, 20h30, 5G are words.
func number(dst []Token, text string, i int) ([]Token, int) {
	end := i
	for digitAt(text, end) {
		end++
	}
	if letterAt(text, end) {
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
