package theme

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/analysis/lexis"
)

// A Theme as [Labels] needs it.
type Theme struct {
	Terms    []lexis.Term // most characteristic first
	Segments int
	Texts    int    // documents of which it has a segment
	Label    string // a name that stands already; "": to be found

	// Part gives the part of the theme that each document is in, where it is made of
	// several that its name must hold together, Sizes the documents of each part; nil:
	// it is not.
	Part  map[int32]int
	Sizes []int
}

// Labels names every theme that has no name with terms that people wrote: first
// the one that most of its texts hold and few others do, then those that say the
// most of its other texts, « fracture numérique, accès aux services », at most
// three. A name of which hardly any text holds a word, or whose first word says nothing
// by itself, says so: « Divers (…) ». Two
// themes never bear the same name, nor is a term in two of the names that are found:
// it is in that of the theme that it names best.
func Labels(themes []Theme) []string {
	out := make([]string, len(themes))
	taken := make(map[string]bool)
	for i, t := range themes {
		if t.Label != "" {
			out[i] = t.Label
			taken[french.Normalise(t.Label)] = true
		}
	}
	best := make(map[lexis.Key]float64) // how well a term names the theme that it names best
	for i, t := range themes {
		for _, c := range t.Terms {
			if out[i] == "" {
				best[c.Key] = max(best[c.Key], t.naming(c, nil))
			}
		}
	}
	leads := make([]lexis.Key, len(themes)) // the term that names each theme best
	for i, t := range themes {
		for _, c := range t.Terms {
			if out[i] == "" && subject(c) && t.naming(c, nil) == best[c.Key] && (leads[i] == (lexis.Key{}) || best[c.Key] > best[leads[i]]) {
				leads[i] = c.Key
			}
		}
	}
	used := make(map[lexis.Key]bool)
	for i, t := range themes {
		if out[i] != "" {
			continue
		}
		chosen, others := t.choose(func(c lexis.Term, first bool) bool {
			for j, lead := range leads {
				if i != j && lead.Len() > c.Key.Len() && lead.Holds(c.Key) {
					return false // « vote » beside « vote blanc »
				}
			}
			score := t.naming(c, nil)
			return !used[c.Key] && (score >= best[c.Key] || first && better*score >= best[c.Key])
		})
		for _, c := range chosen {
			used[c.Key] = true
		}
		label := t.called(chosen)
		// Add words until it is like no other.
		for _, extra := range others {
			if !taken[french.Normalise(label)] {
				break
			}
			label = t.called(append(chosen, extra))
		}
		for n, base := 2, label; taken[french.Normalise(label)]; n++ {
			label = base + " (" + roman(n) + ")"
		}
		taken[french.Normalise(label)] = true
		out[i] = capital(label)
	}
	return out
}

// Loose opens the name of a theme that hardly any word holds together, or only one that
// says nothing by itself.
const Loose = "Divers ("

// called is the name that terms make.
func (t Theme) called(terms []lexis.Term) string {
	switch {
	case t.Segments == 0:
		return Empty
	case len(terms) == 0:
		return Rest
	case t.loose(terms) || thing(terms[0]) && !subject(terms[0]):
		return Loose + join(terms) + ")"
	}
	return join(terms)
}

// choose picks the terms of a name: of those that people would take for subjects,
// unless a noun that says little names so much better that they would mislead
// (« système » in a theme of which two texts speak of costs); failing them, of nouns,
// then of words, on the same terms (« accord » in one of « je ne suis pas d’accord »).
// others could be in it too, the best first.
func (t Theme) choose(may func(c lexis.Term, first bool) bool) (chosen, others []lexis.Term) {
	of := func(fit func(lexis.Term) bool) (chosen, others []lexis.Term, lead float64) {
		chosen, others = t.pick(whole(slices.DeleteFunc(slices.Clone(t.Terms), func(c lexis.Term) bool { return !fit(c) })), may)
		if len(chosen) > 0 {
			lead = t.naming(chosen[0], nil)
		}
		return chosen, others, lead
	}
	chosen, others, subjects := of(subject)
	nouns, moreNouns, noun := of(thing)
	words, moreWords, word := of(word)
	switch {
	case subjects > 0 && subjects >= hollow*noun && subjects >= mislead*word:
		return chosen, others
	case noun > 0 && noun >= mislead*word:
		return nouns, moreNouns
	case len(words) > 0 && t.loose(words[:1]): // a verb that few texts hold says nothing
		if len(chosen) == 0 {
			return nouns, moreNouns
		}
		return chosen, others
	case len(words) > 0: // what goes on with it is what can be spoken of
		words = append(words[:1], slices.DeleteFunc(words[1:], func(c lexis.Term) bool { return !subject(c) })...)
	}
	return words, moreWords
}

// whole leaves out the terms that seldom stand outside a longer one: « passe » of
// « mot de passe », « caractère personnel » of « données à caractère personnel »
// (Frantzi, Ananiadou and Mima, « Automatic recognition of multi-word terms: the
// C-value/NC-value method », 2000, section 2.2).
func whole(terms []lexis.Term) []lexis.Term {
	var out []lexis.Term
	for _, c := range terms {
		if !slices.ContainsFunc(terms, func(longer lexis.Term) bool {
			return longer.Key.Len() > c.Key.Len() && longer.Key.Holds(c.Key) && float64(longer.In) >= nested*float64(c.In)
		}) {
			out = append(out, c)
		}
	}
	return out
}

// pick picks at most three terms: the best first, then those that add the most to
// what it covers; may says whether a term may be in the name, and first in it. A word
// gives way to a term of several words that it stands in and that names nearly as
// well: « vote obligatoire » says more than « vote ».
func (t Theme) pick(terms []lexis.Term, may func(c lexis.Term, first bool) bool) (chosen, others []lexis.Term) {
	covered := make(map[int32]bool)
	words, lead := 0, 0.
	for len(chosen) < mostNames {
		best, score := -1, 0.
		for n, c := range terms {
			if 3*len(covered) >= t.Texts && len(c.Texts) < min(enough, t.Texts/4) {
				continue
			}
			if s := t.naming(c, covered); s > score && may(c, len(chosen) == 0) && !repeated(chosen, c) {
				best, score = n, s
			}
		}
		if best < 0 {
			break
		}
		c := terms[best]
		for _, longer := range terms {
			if longer.Key.Len() > c.Key.Len() && longer.Key.Holds(c.Key) && may(longer, len(chosen) == 0) && !repeated(chosen, longer) && t.naming(longer, covered) >= nearly*score {
				c = longer
				break
			}
		}
		if len(chosen) > 0 && score < weaker*lead {
			break
		}
		if len(chosen) == 0 {
			lead = score
		}
		chosen = append(chosen, c)
		for _, d := range c.Texts {
			covered[d] = true
		}
		if words += c.Key.Len(); words >= longName && 2*len(covered) >= t.Texts {
			break
		}
	}
	others = slices.DeleteFunc(slices.Clone(terms), func(c lexis.Term) bool { return t.naming(c, nil) <= 0 || repeated(chosen, c) })
	slices.SortStableFunc(others, func(a, b lexis.Term) int { return cmp.Compare(t.naming(b, nil), t.naming(a, nil)) })
	return chosen, others
}

// loose says whether fewer than a third of the texts hold a word of these terms.
func (t Theme) loose(terms []lexis.Term) bool {
	covered := make(map[int32]bool)
	for _, c := range terms {
		for _, d := range c.Around {
			covered[d] = true
		}
	}
	return 3*len(covered) < t.Texts
}

// repeated says whether a term repeats one of a name.
func repeated(name []lexis.Term, c lexis.Term) bool {
	return slices.ContainsFunc(name, func(other lexis.Term) bool { return repeats(other.Key, c.Key) || akin(other, c) })
}

// akin says whether two words are of one family, which a name needs but once:
// « France, Français », « agriculture, agriculteurs ».
func akin(a, b lexis.Term) bool {
	if a.Key.Len() > 1 || b.Key.Len() > 1 {
		return false
	}
	one, other := french.Fold(french.Normalise(a.Form)), french.Fold(french.Normalise(b.Form))
	n := 0
	for n < min(len(one), len(other)) && one[n] == other[n] {
		n++
	}
	return n >= family && 10*n >= 7*min(len(one), len(other))
}

// repeats says whether two terms say a word twice; two of several words may have the
// first in common: « vote obligatoire, vote blanc ».
func repeats(a, b lexis.Key) bool {
	if a.Len() > 1 && b.Len() > 1 && a[0] == b[0] {
		a, b = rest(a), rest(b)
	}
	return a.Shares(b)
}

func rest(k lexis.Key) (out lexis.Key) {
	copy(out[:], k[1:])
	return out
}

// How long a name is: at most so many terms; no more than so many words, the little
// ones aside, where they cover half of the texts.
const (
	mostNames = 3
	longName  = 3
	family    = 5 // letters that words of one family begin with, and seven in ten of the shorter
	enough    = 4 // texts that hold a term, or a quarter of them, for it to follow what names a third of them
)

const (
	several   = 1.5 // how much more a term of several words tells than its count
	nested    = .7  // a term that stands so often inside a longer one is a part of it
	surely    = .5  // a term of several words as often a noun as this is one
	alone     = .55 // and a word
	nearly    = .7  // as well as a word, for a term of several words to stand for it
	hollow    = .25 // a subject that names so much worse than a noun which says little would mislead
	mislead   = .15 // so does one that names so much worse than a word which is no noun
	better    = 1.2 // times: a term that names another theme so much better leads no name but that one's
	announced = .25 // a name as often behind a determiner as this is no person's; one as often behind a title is
	somewhere = .1  // and one as often behind « en » or « sur » as this is none either
	weaker    = .2  // than the first, for another to be worth saying
)

// naming says how well a term names the texts of a theme that are not covered: the
// share of the theme's texts that hold it, these left out, times how much the theme has
// it to itself. χ² alone would name themes after rare words.
func (t Theme) naming(c lexis.Term, covered map[int32]bool) float64 {
	fresh := t.held(c, covered)
	if fresh == 0 {
		return 0
	}
	score := math.Sqrt(fresh*float64(c.In)/float64(t.Segments)) * math.Pow(max(0, c.Own), t.proper())
	if c.Key.Len() > 1 {
		// A term of several words stands for a theme when it is shared.
		if least := min(3, 2+t.Texts/20); len(c.Texts) < least {
			return 0
		}
		score *= several
	}
	return score
}

// proper is the power to which it counts that a theme has a term to itself: less where
// a name must hold several parts together, whose common words are common to others.
func (t Theme) proper() float64 {
	if len(t.Sizes) > 1 {
		return 1.1
	}
	return 1.5
}

// held is the share of the theme's texts that hold a term, those that are covered left
// out. Of a theme of several parts it is the square of the mean of the roots of the
// parts' shares, each weighing by its size: two parts of which a quarter of each hold
// a term count for a quarter, one of which half and the other none for an eighth.
func (t Theme) held(c lexis.Term, covered map[int32]bool) float64 {
	parts := make([]int, max(1, len(t.Sizes)))
	for _, d := range c.Texts {
		if !covered[d] {
			parts[t.Part[d]]++
		}
	}
	if len(t.Sizes) == 0 {
		return float64(parts[0]) / float64(max(1, t.Texts))
	}
	sum, all := 0., 0.
	for p, size := range t.Sizes {
		sum += float64(float64(size) * math.Sqrt(float64(parts[p])/float64(max(1, size))))
		all += float64(size)
	}
	return sum / all * (sum / all)
}

func join(terms []lexis.Term) string {
	forms := make([]string, len(terms))
	for i, t := range terms {
		forms[i] = strings.ReplaceAll(t.Form, "'", "’")
	}
	return strings.Join(forms, ", ")
}

func roman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		value int
		sign  string
	}{{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.sign)
		}
	}
	return b.String()
}

// capital gives a label the capital that a title has.
func capital(label string) string {
	r, n := utf8.DecodeRuneInString(label)
	return string(unicode.ToUpper(r)) + label[n:]
}
