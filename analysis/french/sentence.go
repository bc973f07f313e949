package french

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jdkato/prose/v2"
)

// A Span is [Start, End) in bytes.
type Span struct{ Start, End int }

// A Segmenter finds sentences. Its zero value is ready.
//
// Every paragraph, heading and item of a list is one or more sentences by
// itself; inside them our own rules for French decide, and ask prose's Punkt
// segmenter (Kiss and Strunk 2006) where they have no opinion. Few paragraphs need
// that, and Punkt's model takes 13 ms to load at each call, so those are fed to it
// many at a time, parted by a word that keeps them from seeing each other: a text
// is always cut the same way, whatever stands beside it.
type Segmenter struct {
	Batch int // bytes handed to Punkt at once; 0: 1 MB
}

// part stands between two paragraphs. It holds no mark that ends a sentence, so
// Punkt sees it as the word after the paragraph's end and before nothing.
const part = "\n\nparagraphe\n\n"

// Sentences cuts each text; spans are trimmed of white space and never empty.
// It returns early with the context's error.
func (s Segmenter) Sentences(ctx context.Context, texts []string) ([][]Span, error) {
	batch := s.Batch
	if batch <= 0 {
		batch = 1 << 20
	}
	out := make([][]Span, len(texts))
	var joined strings.Builder
	var places []place // of the blocks that ask Punkt
	flush := func() {
		for i, proposed := range punkt(joined.String(), places) {
			p := places[i]
			cuts, _ := repair(texts[p.text][p.Start:p.End], proposed)
			out[p.text] = appendIn(out[p.text], cuts, p.Start)
			if i+1 == len(places) || places[i+1].text != p.text {
				slices.SortFunc(out[p.text], func(a, b Span) int { return a.Start - b.Start })
			}
		}
		joined.Reset()
		places = places[:0]
	}
	for i, text := range texts {
		for _, block := range blocks(text) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			cuts, sure := repair(text[block.Start:block.End], nil)
			if sure {
				out[i] = appendIn(out[i], cuts, block.Start)
				continue
			}
			places = append(places, place{i, joined.Len(), block})
			joined.WriteString(text[block.Start:block.End])
			joined.WriteString(part)
			if joined.Len() >= batch {
				flush()
			}
		}
	}
	flush()
	return out, ctx.Err()
}

// appendIn appends the spans of a block that starts at start.
func appendIn(dst, spans []Span, start int) []Span {
	for _, s := range spans {
		dst = append(dst, Span{start + s.Start, start + s.End})
	}
	return dst
}

// A place says where a block of a text lies in the joined text.
type place struct {
	text, at int
	Span
}

// punkt returns, for each place, the offsets in its block at which Punkt starts
// a new sentence.
func punkt(joined string, places []place) [][]int {
	breaks := make([][]int, len(places))
	if len(places) == 0 {
		return breaks
	}
	doc, err := prose.NewDocument(joined, prose.WithTokenization(false), prose.WithTagging(false), prose.WithExtraction(false))
	if err != nil { // it has no way to fail today; our own rules still stand
		return breaks
	}
	at, n := 0, 0
	for _, sentence := range doc.Sentences() {
		found := strings.Index(joined[at:], sentence.Text)
		if found < 0 || sentence.Text == "" {
			continue
		}
		start := at + found
		at = start + len(sentence.Text)
		for n < len(places) && places[n].at+places[n].End-places[n].Start <= start {
			n++
		}
		if n < len(places) && start > places[n].at {
			breaks[n] = append(breaks[n], start-places[n].at)
		}
	}
	return breaks
}

// repair cuts a block where French says, and where Punkt proposes if French has no
// opinion; sure is whether it always had one.
func repair(block string, proposed []int) (spans []Span, sure bool) {
	start := 0
	sure = true
	var quotes quotes
	for i := 0; i < len(block); {
		c := block[i]
		if c != '.' && c != '!' && c != '?' && c != 0xE2 || c == 0xE2 && !strings.HasPrefix(block[i:], "…") {
			i++
			continue
		}
		stop := i
		for i < len(block) && (strings.IndexByte(".!?", block[i]) >= 0 || strings.HasPrefix(block[i:], "…")) {
			if block[i] == 0xE2 {
				i += 2
			}
			i++
		}
		end, next := quotes.closers(block, i)
		if next >= len(block) {
			break
		}
		for len(proposed) > 0 && proposed[0] < next {
			proposed = proposed[1:]
		}
		punkt := len(proposed) > 0 && proposed[0] == next
		if next == end && !(end == i && glued(block, stop, i)) {
			continue // no space follows
		}
		said := ends(block, start, stop, i, next)
		sure = sure && said != unsure
		if said == over || said == unsure && punkt {
			spans = appendTrimmed(spans, block, start, end)
			start = next
		}
	}
	return appendTrimmed(spans, block, start, len(block)), sure
}

// quotes counts the straight quotation marks of a block, as far as it was read.
type quotes struct{ n, at int }

// closers skips what closes a quotation after its last mark, then white space;
// it returns the end of the sentence and the start of what follows. A block is
// read in order.
func (q *quotes) closers(block string, i int) (end, next int) {
	end = i
	for j := i; j < len(block); {
		r, size := utf8.DecodeRuneInString(block[j:])
		if r == '»' || r == '"' || r == ')' || r == '”' || r == ']' || r == '’' || r == '\'' {
			if r == '"' && j > end && !q.closes(block, j) {
				break
			}
			end, j = j+size, j+size
			continue
		}
		if r == '\u00a0' || r == '\u202f' || r == ' ' { // « … ! » : a space may part the mark from what closes
			if k := j + size; k < len(block) && strings.HasPrefix(block[k:], "»") {
				j = k
				continue
			}
		}
		break
	}
	next = end
	for next < len(block) {
		r, size := utf8.DecodeRuneInString(block[next:])
		if !unicode.IsSpace(r) {
			break
		}
		next += size
	}
	return end, next
}

// closes says whether the mark at i closes what another opened.
func (q *quotes) closes(block string, i int) bool {
	q.n, q.at = q.n+strings.Count(block[q.at:i], `"`), i
	return q.n%2 == 1
}

// A verdict is whether a sentence ends.
type verdict uint8

const (
	goesOn verdict = iota
	over
	unsure
)

// ends says whether the marks at [stop, after) end a sentence that started at
// start and whose next words are at next.
func ends(block string, start, stop, after, next int) verdict {
	r := first(block[next:])
	mark := block[stop:after]
	before := lastWord(block[start:stop])
	if unicode.IsLower(r) {
		// A sentence seldom starts with a small letter; in what people type it
		// does after ? and !, and after a word that is no abbreviation where
		// Punkt saw an end too.
		return goesOn
	}
	if mark == "." {
		if strings.HasSuffix(block[start:stop], "-à-d") { // c.-à-d.
			return goesOn
		}
		era := strings.HasSuffix(block[start:stop], "J.-C") // shortens like any word, and is nobody's initials
		if runsOn(before) || strings.HasPrefix(block[next:], "J.-C.") {
			return goesOn
		}
		if before == "n" || before == "N" {
			return goesOn
		}
		if !era && utf8.RuneCountInString(before) == 1 && unicode.IsUpper(first(before)) && (unicode.IsUpper(r) || unicode.IsDigit(r)) {
			return goesOn // an initial, or an article of a law: J. Dupont, L. 122-5
		}
		if isNumeral(before) && start+len(before) >= stop-1 && stop-start == len(before) {
			return goesOn // « 1. Premier point »: the number belongs to the item
		}
		if era || before == "etc" || abbreviation(before) {
			switch {
			case unicode.IsUpper(r):
				return over
			case unicode.IsDigit(r):
				return goesOn
			}
			return unsure
		}
	}
	switch r {
	case '«', '"', '“', '(', '[', '-', '–', '—', '•', '*', '#', '¿', '¡', '\'', '‘', '’':
		return over
	}
	if unicode.IsDigit(r) || unicode.IsLetter(r) || unicode.IsSymbol(r) {
		return over
	}
	return unsure
}

// glued says whether a mark without a space after it still ends a sentence:
// « c'est fini.Les gens ».
func glued(block string, stop, i int) bool {
	if !unicode.IsUpper(first(block[i:])) || i-stop != 1 && block[stop] == '.' {
		return false
	}
	_, size := utf8.DecodeRuneInString(block[i:])
	if !unicode.IsLower(first(block[min(len(block), i+size):])) {
		return false
	}
	before := block[max(0, stop-longestRun):stop]
	word := lastWord(before)
	return utf8.RuneCountInString(word) > 2 && unicode.IsLower(first(word)) && !strings.ContainsAny(lastRun(before), ":/@.")
}

// longestRun is how many bytes before a mark are looked at for what makes it one of
// an address.
const longestRun = 256

// lastRun returns what stands after the last white space of s.
func lastRun(s string) string { return s[strings.LastIndexAny(s, " \t\n\u00a0\u202f")+1:] }

// lastWord returns the letters and digits that s ends with.
func lastWord(s string) string {
	i := len(s)
	for i > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			break
		}
		i -= size
	}
	return s[i:]
}

func isNumeral(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func appendTrimmed(spans []Span, text string, start, end int) []Span {
	piece := strings.TrimRightFunc(text[start:end], unicode.IsSpace)
	trimmed := strings.TrimLeftFunc(piece, unicode.IsSpace)
	if strings.TrimLeftFunc(trimmed, unseen) == "" {
		return spans
	}
	start += len(piece) - len(trimmed)
	return append(spans, Span{start, start + len(trimmed)})
}

// unseen says whether r belongs to no token: white space, what is written without
// being seen, and, as [utf8.RuneError], a byte that is no UTF-8.
func unseen(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r >= utf8.RuneSelf && format(r)
}
