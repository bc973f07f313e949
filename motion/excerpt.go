package motion

import (
	"strings"
	"unicode/utf8"
)

// Bounds of an excerpt, in characters. A quote is never cut.
const (
	wholeLength   = 200 // a sentence as long is shown whole
	leadLength    = 160 // of its first words
	trailLength   = 60  // what may follow the cited words
	ownLength     = 400 // cited words that quote nobody
	closeTogether = 20  // two pieces as near are shown as one
)

// pauses are what words that are cut do not end in.
const pauses = " ,;:" + nbsp + nnbsp

// excerpt is the part of a sentence around the words that it cites of one
// contribution, given as byte spans in order: the sentence's first words, before
// those that it cites of anybody (from byte first on), then each quote whole with
// whose it is, and « … » for what is left out. It never begins or ends within a
// quote, so that nobody reads another's words for their own.
func excerpt(sentence string, cited [][2]int, first int) string {
	if utf8.RuneCountInString(sentence) <= wholeLength || len(cited) == 0 {
		return sentence
	}
	quotes := quoteSpans(sentence)
	var own [][2]int
	for _, c := range cited {
		quoted := false
		for _, q := range quotes {
			if q[0] < c[1] && c[0] < q[1] {
				c, quoted = [2]int{min(c[0], q[0]), max(c[1], q[1])}, true
			}
		}
		if !quoted {
			c[1] = c[0] + len(firstWords(sentence[c[0]:c[1]], ownLength))
		}
		if end := c[1] + signed(sentence[c[1]:]); quoted {
			c[1] = end
		}
		if n := len(own); n > 0 && (c[0] <= own[n-1][1] || utf8.RuneCountInString(sentence[own[n-1][1]:c[0]]) <= closeTogether) {
			own[n-1][1] = max(own[n-1][1], c[1])
		} else {
			own = append(own, c)
		}
	}
	for _, q := range quotes {
		if q[0] < first && first < q[1] {
			first = q[0]
		}
	}
	lead := firstWords(sentence[:min(first, own[0][0])], leadLength)
	if first < own[0][0] {
		lead = strings.TrimRight(lead, pauses)
	}
	var s strings.Builder
	s.WriteString(lead)
	at := len(lead)
	for _, o := range own {
		if o[0] > at && strings.TrimFunc(sentence[at:o[0]], isBlank) != "" {
			s.WriteString("… ")
		} else {
			s.WriteString(sentence[at:o[0]])
		}
		s.WriteString(sentence[o[0]:o[1]])
		at = o[1]
	}
	if rest := sentence[at:]; utf8.RuneCountInString(rest) <= trailLength && !strings.Contains(rest, "«") {
		s.WriteString(rest)
	} else {
		s.WriteString("…")
	}
	return s.String()
}

// firstWords are words of s from its beginning, n characters at most unless
// they are all of it, cut between two words and outside its quotes.
func firstWords(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	quotes := quoteSpans(s)
	end, count := 0, 0
	for i, r := range s {
		for len(quotes) > 0 && i >= quotes[0][1] {
			quotes = quotes[1:]
		}
		if (r == ' ' || r == '\n') && (len(quotes) == 0 || i <= quotes[0][0]) {
			end = i
		}
		if count++; count > n {
			break
		}
	}
	return strings.TrimRight(s[:end], pauses)
}

// signed is the length of « (whose words these are) » right at s's beginning.
func signed(s string) int {
	rest := strings.TrimLeftFunc(s, isBlank)
	if end := strings.IndexByte(rest, ')'); strings.HasPrefix(rest, "(") && end > 0 && !strings.ContainsAny(rest[1:end], "(«") {
		return len(s) - len(rest) + end + 1
	}
	return 0
}

// quoteSpans are the byte spans of the quotes of s, with their « », none
// within another. What nothing closes is none.
func quoteSpans(s string) (out [][2]int) {
	depth, start := 0, 0
	closers := strings.Count(s, "»")
	for i, r := range s {
		switch r {
		case '«':
			if closers > depth {
				if depth++; depth == 1 {
					start = i
				}
			}
		case '»':
			closers--
			if depth > 0 {
				if depth--; depth == 0 {
					out = append(out, [2]int{start, i + len("»")})
				}
			}
		}
	}
	return out
}
