package consult

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// SaidRun is how many words in a row a text may share with a contribution and
// still be nobody's but its author's.
const SaidRun = 6

// Said are the runs of words of a person's contributions that are too long to be
// another's by chance.
type Said map[string]bool

// Said returns those of all that a person contributed, in any version, hidden or not.
func (s *State) Said(person string) Said {
	said := Said{}
	for _, c := range s.contributions {
		if c.Author == person {
			for _, v := range c.Versions {
				runs(v.Text, func(run string) bool { said[run] = true; return true })
			}
		}
	}
	return said
}

// In says whether a text holds one of them.
func (s Said) In(text string) bool {
	found := false
	if len(s) > 0 {
		runs(text, func(run string) bool { found = s[run]; return !found })
	}
	return found
}

// runs calls yield, until it returns false, with each run of words, whatever
// stands between them.
func runs(text string, yield func(run string) bool) {
	words := strings.FieldsFunc(strings.ToLower(norm.NFC.String(text)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
	})
	for i := 0; i+SaidRun <= len(words); i++ {
		if !yield(strings.Join(words[i:i+SaidRun], " ")) {
			return
		}
	}
}
