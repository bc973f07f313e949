package analysis

import (
	"strings"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/analysis/lexis"
)

// A segment is one sentence, or a few that are too short to be read alone. What
// is fewer than fewWords counted words joins its neighbour of the same line, and
// what holds fewer than shredWords even over a line break; a sentence longer
// than longSentence bytes is cut at a pause.
const (
	fewWords     = 3
	shredWords   = 2
	longSentence = 900
)

// segments cuts a document whose sentences are known. counted gives the number
// of counted words of a span.
func segments(text string, sentences []french.Span, counted func(french.Span) int) []french.Span {
	var spans []french.Span
	for _, s := range sentences {
		spans = append(spans, pauses(text, s)...)
	}
	var out []french.Span
	open := french.Span{Start: -1} // too short so far
	words := 0
	for i, s := range spans {
		n := counted(s)
		if open.Start >= 0 {
			s.Start = open.Start
			n += words
		}
		if i+1 < len(spans) && short(n, text[s.End:spans[i+1].Start]) {
			open, words = s, n
			continue
		}
		if i+1 == len(spans) && len(out) > 0 && short(n, text[out[len(out)-1].End:s.Start]) {
			out[len(out)-1].End = s.End
		} else {
			out = append(out, s)
		}
		open, words = french.Span{Start: -1}, 0
	}
	return out
}

func short(words int, gap string) bool {
	if strings.ContainsAny(gap, "\n\r") {
		return words < shredWords
	}
	return words < fewWords
}

// pauses cuts a sentence that is too long at the last semicolon, line, comma or
// space of each longSentence bytes.
func pauses(text string, s french.Span) []french.Span {
	var out []french.Span
	for s.End-s.Start > longSentence {
		window := text[s.Start : s.Start+longSentence]
		at := -1
		for _, pause := range []string{"\n", ";", ":", ",", " "} {
			if i := strings.LastIndex(window, pause); i > longSentence/3 {
				at = i + len(pause)
				break
			}
		}
		if at < 0 {
			at = longSentence
			for at > 0 && window[at-1] >= 0x80 { // never inside a letter
				at--
			}
			if at == 0 {
				break
			}
		}
		out = appendSpan(out, text, s.Start, s.Start+at)
		s.Start += at
	}
	return appendSpan(out, text, s.Start, s.End)
}

// appendSpan appends [start, end) without white space around it.
func appendSpan(spans []french.Span, text string, start, end int) []french.Span {
	piece := text[start:end]
	left := strings.TrimSpace(piece)
	if left == "" {
		return spans
	}
	start += strings.Index(piece, left)
	return append(spans, french.Span{Start: start, End: start + len(left)})
}

// countedIn returns how many counted words of words, which are in order, lie in
// a span; spans must be asked for in order.
func countedIn(words []lexis.Word) func(french.Span) int {
	at := 0
	return func(s french.Span) int {
		for at < len(words) && int(words[at].Start) < s.Start {
			at++
		}
		n := 0
		for ; at < len(words) && int(words[at].Start) < s.End; at++ {
			if words[at].Root >= 0 {
				n++
			}
		}
		return n
	}
}
