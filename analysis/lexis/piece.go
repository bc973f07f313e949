package lexis

import (
	"math"
	"strings"
	"unicode"

	"github.com/villes-internet/congres/analysis/french"
)

// Pieces cuts a text into segments of about size words (what white space parts;
// 0: 40, Reinert's and IRaMuTeQ's), each an exact span of its bytes. A cut falls
// where the mark that a word ends with, divided by 1 + its distance to size,
// weighs most: . ? ! … weigh 6, a colon 5, a semicolon 4, a comma 1, any other
// end 0.01, as in rainette's split_segments. A piece exceeds size by window words
// at most (0: 0.4 size), the text's last one aside.
func Pieces(text string, size, window int) []french.Span {
	if size <= 0 {
		size = 40
	}
	if window <= 0 {
		window = int(.4 * float64(size))
	}
	words := spaced(text)
	if len(words) == 0 {
		return nil
	}
	var out []french.Span
	at, reach := 0, size+window
	for len(words) > size && at+reach < len(words) {
		cut, most := 0, 0.
		for i := range reach {
			w := markWeight(text[words[at+i].Start:words[at+i].End]) / (math.Abs(float64(i+1-size)) + 1)
			if w > most {
				cut, most = i+1, w
			}
		}
		out = append(out, french.Span{Start: words[at].Start, End: words[at+cut-1].End})
		at += cut
	}
	return append(out, french.Span{Start: words[at].Start, End: words[len(words)-1].End})
}

// spaced returns the spans between white space.
func spaced(text string) []french.Span {
	var out []french.Span
	start := -1
	for i, r := range text {
		switch {
		case unicode.IsSpace(r) && start >= 0:
			out = append(out, french.Span{Start: start, End: i})
			start = -1
		case !unicode.IsSpace(r) && start < 0:
			start = i
		}
	}
	if start >= 0 {
		out = append(out, french.Span{Start: start, End: len(text)})
	}
	return out
}

func markWeight(word string) float64 {
	switch {
	case strings.HasSuffix(word, "."), strings.HasSuffix(word, "?"), strings.HasSuffix(word, "!"), strings.HasSuffix(word, "…"):
		return 6
	case strings.HasSuffix(word, ":"):
		return 5
	case strings.HasSuffix(word, ";"):
		return 4
	case strings.HasSuffix(word, ","):
		return 1
	}
	return .01
}
