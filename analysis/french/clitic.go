package french

import "strings"

// clitics returns the end of the chain of pronouns or particles that starts at
// the hyphen at i (-t-il, -le-moi, -là), or i when what follows is not one.
func clitics(text string, i int) int {
	end := i
	for end < len(text) {
		size := hyphenAt(text, end)
		if size == 0 {
			break
		}
		next := letters(text, end+size)
		if to := elidedClitic(text, end+size, next); to > next {
			return letters(text, to)
		}
		if !isClitic(text[end+size : next]) {
			return i
		}
		end = next
	}
	if strings.HasSuffix(text[i:end], "-t") || strings.HasSuffix(text[i:end], "-T") {
		return i // a bare -t- belongs to what follows
	}
	return end
}

// elidedClitic returns where « en » or « y » starts behind the pronoun [i, end)
// that loses its vowel before it (donne-m'en, va-t'en), or end.
func elidedClitic(text string, i, end int) int {
	if end-i != 1 || end >= len(text) || text[end] == '-' || strings.IndexByte("mtlMTL", text[i]) < 0 {
		return end
	}
	size := apostropheAt(text, end)
	if size == 0 {
		return end
	}
	switch strings.ToLower(text[end+size : letters(text, end+size)]) {
	case "en", "y":
		return end + size
	}
	return end
}

func hyphenAt(text string, i int) int {
	switch {
	case text[i] == '-':
		return 1
	case strings.HasPrefix(text[i:], "\u2010"), strings.HasPrefix(text[i:], "\u2011"):
		return 3
	}
	return 0
}

func isClitic(word string) bool {
	if len(word) > 5 {
		return false
	}
	switch strings.ToLower(word) {
	case "t", "je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ce",
		"moi", "toi", "lui", "leur", "le", "la", "les", "y", "en", "là", "ci":
		return true
	}
	return false
}

// cutClitics cuts a chain into its tokens; « -t- » goes with its pronoun.
func cutClitics(text string, start, end int) []Token {
	var cut []Token
	for i := start; i < end; {
		next := letters(text, i+hyphenAt(text, i))
		if to := elidedClitic(text, i+hyphenAt(text, i), next); to > next {
			return append(cut, Token{i, to, Clitic}, Token{to, end, Clitic})
		}
		if strings.EqualFold(text[i+hyphenAt(text, i):next], "t") && next < end {
			next = letters(text, next+hyphenAt(text, next))
		}
		cut = append(cut, Token{i, next, Clitic})
		i = next
	}
	return cut
}

// fused names the words whose last part only looks like a clitic.
func fused(word string) bool {
	switch strings.ToLower(word) {
	case "rendez", "celui", "celle", "celles", "ceux", "au", "par", "jusque", "garde", "chez", "là", "de",
		"entre", "sans", "soi", "eux", "vis-à", "garde-à", "va-et", "cela", "quant-à":
		return true
	}
	return false
}
