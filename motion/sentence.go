package motion

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Sentence is a sentence of the motion, with what supports it.
type Sentence struct {
	Block     string // Block.ID
	Index     int    // from 0 in its block
	Start     int    // bytes of the block's text
	End       int
	Text      string
	Citations []string // segments cited anywhere in it, sorted
}

// Anchor names the sentence in a page: its block, then its number from 1.
func (s *Sentence) Anchor() string { return anchor(s.Block, s.Index) }

func anchor(block string, index int) string { return "b-" + block + "." + strconv.Itoa(index+1) }

// Sentences returns all sentences of the text, in order.
func (t *Text) Sentences() []Sentence {
	var out []Sentence
	for i := range t.Blocks {
		out = append(out, t.Blocks[i].Sentences()...)
	}
	return out
}

// Sentences returns the block's sentences. Words in « » belong to the
// sentence that quotes them, however many sentences they are.
func (b *Block) Sentences() []Sentence {
	text := b.Text()
	var out []Sentence
	for _, s := range split(text) {
		sentence := Sentence{Block: b.ID, Index: len(out), Start: s[0], End: s[1], Text: text[s[0]:s[1]]}
		at := 0
		for _, r := range b.Runs {
			if at < s[1] && at+len(r.Text) > s[0] {
				sentence.Citations = append(sentence.Citations, r.Citations...)
			}
			at += len(r.Text)
		}
		slices.Sort(sentence.Citations)
		sentence.Citations = slices.Compact(sentence.Citations)
		out = append(out, sentence)
	}
	return out
}

// split returns the byte spans of a block's sentences, blanks between them
// left out. A sentence ends at . ! ? or … (with what closes after it) where a
// blank and then something that can begin a sentence follow. Within « » none
// ends, but one may end with the quotation, see [quoteEnd].
func split(text string) (spans [][2]int) {
	start, depth, open := 0, 0, 0
	closers := strings.Count(text, "»")
	add := func(end int) {
		s := text[start:end]
		trimmed := strings.TrimSpace(s)
		if trimmed != "" {
			at := start + strings.Index(s, trimmed)
			spans = append(spans, [2]int{at, at + len(trimmed)})
		}
		start = end
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		switch r {
		case '«':
			if closers > depth { // one that nothing closes opens nothing
				if depth++; depth == 1 {
					open = i - size
				}
			}
			continue
		case '»':
			closers--
			if depth == 0 {
				continue
			}
			if depth--; depth == 0 {
				if end := quoteEnd(text, start, open, i); end > 0 {
					add(end)
					i = end
				}
			}
			continue
		case '.', '!', '?', '…':
		default:
			continue
		}
		if depth > 0 || r == '.' && abbreviated(text[start:i-1]) {
			continue
		}
		end := i
		for end < len(text) {
			c, n := utf8.DecodeRuneInString(text[end:])
			if !strings.ContainsRune(".!?…)]”’\"'", c) {
				break
			}
			end += n
		}
		next := strings.TrimLeftFunc(text[end:], unicode.IsSpace)
		if next == "" || len(next) == len(text[end:]) {
			continue
		}
		if c, _ := utf8.DecodeRuneInString(next); unicode.IsUpper(c) || unicode.IsDigit(c) || strings.ContainsRune("«“\"([–—-•", c) {
			add(end)
			i = end
		}
	}
	add(len(text))
	return spans
}

// quoteEnd is where the sentence that began at start ends with its quotation,
// text[open:end], and who is named for it in parentheses; 0 where it goes on.
// It ends where words that are a sentence are quoted, or where the sentence
// begins with the quotation and names whose it is, if a capital or another
// quotation follows: what is written behind an élu's words is not theirs.
func quoteEnd(text string, start, open, end int) int {
	words := strings.TrimRightFunc(text[open:end], func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("»)]”’\"'", r) })
	last, size := utf8.DecodeLastRuneInString(words)
	whole := strings.ContainsRune(".!?…", last) && !(last == '.' && abbreviated(words[:len(words)-size]))
	if n := attribution(text[end:]); n > 0 {
		whole = whole || strings.TrimSpace(text[start:open]) == ""
		end += n
	}
	next := strings.TrimLeftFunc(text[end:], unicode.IsSpace)
	c, _ := utf8.DecodeRuneInString(next)
	if whole && len(next) < len(text[end:]) && (unicode.IsUpper(c) || c == '«' || c == '“') {
		return end
	}
	return 0
}

// attribution is the length of what s begins with if that is, behind blanks,
// in parentheses; 0 where it is not.
func attribution(s string) int {
	at := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsSpace(r) })
	if at < 0 || s[at] != '(' {
		return 0
	}
	for depth := 0; at < len(s); at++ {
		switch {
		case s[at] == '(':
			depth++
		case s[at] == ')':
			if depth--; depth == 0 {
				return at + 1
			}
		case strings.HasPrefix(s[at:], "«"):
			return 0
		}
	}
	return 0
}

// abbreviated is whether the dot after s ends a word rather than a sentence:
// an initial (« J. Moulin »), or one of the usual abbreviations.
func abbreviated(s string) bool {
	word := s
	if i := strings.LastIndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("(’'«", r) }); i >= 0 {
		_, n := utf8.DecodeRuneInString(s[i:])
		word = s[i+n:]
	}
	if r, n := utf8.DecodeRuneInString(word); n > 0 && n == len(word) && unicode.IsUpper(r) {
		return true
	}
	switch strings.ToLower(word) {
	case "m", "mm", "dr", "pr", "st", "ste", "art", "al", "cf", "p", "pp", "ex", "env", "n", "no", "vol", "éd", "chap", "av", "bd", "hab":
		return true
	}
	return false
}
