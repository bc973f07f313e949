package analysis

import (
	"slices"
	"strings"
	"unicode"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/analysis/theme"
)

// saidElsewhere is how many segments of other themes must hold a word of a name for
// the name to seem theirs rather than a person's own word for the theme.
const saidElsewhere = 5

// keepsName says whether people settled the name that the machine found for a theme:
// they froze it, or joined others to it, « which keeps its name ».
func (p Prior) keepsName() bool { return p.Frozen || p.Joined == p.ID && p.ID != "" }

// names names the themes of a report, which named describes in its order with the
// names that people chose. A name that was found before stays as long as it fits, one
// that people settled, or whose theme is the same, as long as its texts say it: people
// have read it, and it is not to change because a sentence moved. Otherwise the theme
// is named anew; an axis is more seldom, see [reading.entitle].
func (r *reading) names(g *grouping, order []int, named []theme.Theme) []string {
	for _, a := range g.was.axes {
		if a.Label != "" && !slices.ContainsFunc(named, func(t theme.Theme) bool { return t.Label == a.Label }) {
			named = append(named, theme.Theme{Label: a.Label})
		}
	}
	fresh := theme.Labels(named)
	taken := make(map[string]bool)
	for _, t := range named {
		taken[strings.ToLower(t.Label)] = true
	}
	for n, t := range order {
		found := g.was.names[g.themes[t].id]
		if named[n].Label != "" || found == "" || taken[strings.ToLower(found)] {
			continue
		}
		settled := g.themes[t].keepsName || g.themes[t].same
		stays, rest := fits(named[n], r.nameTerms(found), r.nameTerms(fresh[n]))
		if stays = stays && (rest == nil || !r.elsewhere(g, t, rest)); stays || settled && r.said(g, t, found) {
			named[n].Label = found
			taken[strings.ToLower(found)] = true
		}
	}
	for n := range named {
		if named[n].Label == "" && !taken[strings.ToLower(fresh[n])] {
			named[n].Label = fresh[n]
		}
	}
	return theme.Labels(named)[:len(order)]
}

// fits says whether a name still says what sets a theme apart: half of its terms, at
// least, are among the theme's characteristic ones, and the texts that hold them are
// three quarters, at least, of those that hold a term of the name that would be found
// for it now. rest are its other terms.
func fits(t theme.Theme, name, fresh []lexis.Key) (yes bool, rest []lexis.Key) {
	rest, texts := apart(t, name)
	_, most := apart(t, fresh)
	return texts > 0 && 2*len(rest) <= len(name) && 4*texts >= 3*most, rest
}

// apart counts the texts of a theme that hold a term of a name which sets it apart, by
// itself or inside a longer one; rest are the others of its terms.
func apart(t theme.Theme, name []lexis.Key) (rest []lexis.Key, texts int) {
	held := make(map[int32]bool)
	for _, k := range name {
		some := false
		for _, c := range t.Terms {
			if k != (lexis.Key{}) && c.Key.Holds(k) {
				some = true
				for _, d := range c.Texts {
					held[d] = true
				}
			}
		}
		if !some {
			rest = append(rest, k)
		}
	}
	return rest, len(held)
}

// elsewhere says whether one of some terms is said more often outside theme t than in
// it, or is nowhere.
func (r *reading) elsewhere(g *grouping, t int, terms []lexis.Key) bool {
	return r.own(g.theme, t, terms) < len(terms)
}

// tells is whether half of some terms, at least, are said more often in group t than
// outside it; of gives each segment's group.
func (r *reading) tells(of []int, t int, terms []lexis.Key) bool {
	n := r.own(of, t, terms)
	return n > 0 && 2*n >= len(terms)
}

// own counts those of some terms that are said more often in group t than outside it.
func (r *reading) own(of []int, t int, terms []lexis.Key) (own int) {
	size := 0
	for _, g := range of {
		if g == t {
			size++
		}
	}
	for n, holders := range lexis.Holders(r.words, terms) {
		in := 0
		for _, row := range holders {
			if of[row] == t {
				in++
			}
		}
		if terms[n] != (lexis.Key{}) && in*len(of) > len(holders)*size {
			own++
		}
	}
	return own
}

// nameTerms reads the terms of a name that [theme.Labels] made; the zero Key for one of
// which a word is nowhere.
func (r *reading) nameTerms(name string) (terms []lexis.Key) {
	for _, form := range theme.Said(name) {
		terms = append(terms, r.lexicon.Key(form))
	}
	if terms == nil {
		return []lexis.Key{{}}
	}
	return terms
}

// said says whether theme t's texts hold each term of a name.
func (r *reading) said(g *grouping, t int, name string) bool {
	var rows [][]lexis.Word
	for i, of := range g.theme {
		if of == t {
			rows = append(rows, r.words[i])
		}
	}
	return !slices.ContainsFunc(lexis.Holders(rows, r.nameTerms(name)), func(holders []int) bool {
		return len(holders) == 0 || len(holders) < min(2, len(rows))
	})
}

// unchanged notes the themes whose segments are those that they had in a report of
// the same segments.
func (g *grouping) unchanged(report *Report) {
	place := make(map[string]int, len(g.themes))
	for n := range g.themes {
		place[g.themes[n].id], g.themes[n].same = n, true
	}
	for i, s := range report.Segments {
		was, known := place[s.Theme]
		if !known {
			was = -1
		}
		if is := g.theme[i]; is != was {
			for _, n := range []int{was, is} {
				if n >= 0 {
					g.themes[n].same = false
				}
			}
		}
	}
}

// away says of each theme whether people chose or settled its name, and none of the
// name's words sets it apart while others say them: the name may have to be seen
// again. A word that hardly anybody writes is a person's own, and says nothing of it.
func (r *reading) away(g *grouping, order, of []int, labels []string) []bool {
	type use struct {
		theme int
		lemma int32
	}
	out := make([]bool, len(order))
	wanted := make(map[int32][]int) // lemma → themes whose name has it
	for n, t := range order {
		if x := g.themes[t]; x.label == "" && !x.keepsName || x.seeds != nil && labels[n] == x.guide {
			continue
		}
		for _, word := range strings.FieldsFunc(labels[n], func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
			if k := r.lexicon.Key(word); k != (lexis.Key{}) && !slices.Contains(wanted[k[0]-1], n) {
				wanted[k[0]-1] = append(wanted[k[0]-1], n)
			}
		}
	}
	if len(wanted) == 0 {
		return out
	}
	sizes, all, in := make([]int, len(order)), make(map[int32]int), make(map[use]int)
	for i, words := range r.words {
		if of[i] >= 0 {
			sizes[of[i]]++
		}
		for j, w := range words {
			if wanted[w.Lemma] != nil && !slices.ContainsFunc(words[:j], func(x lexis.Word) bool { return x.Lemma == w.Lemma }) {
				all[w.Lemma]++
				in[use{of[i], w.Lemma}]++
			}
		}
	}
	own := make([]bool, len(order)) // a word of the name sets the theme apart
	for lemma, themes := range wanted {
		for _, n := range themes {
			here := in[use{n, lemma}]
			others := all[lemma] - here
			out[n] = out[n] || others >= saidElsewhere
			own[n] = own[n] || here*(len(of)-sizes[n]) > others*sizes[n]
		}
	}
	for n := range out {
		out[n] = out[n] && !own[n] && sizes[n] > 0
	}
	return out
}
