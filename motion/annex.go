package motion

import (
	"strconv"
	"strings"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
)

// A Fate says what became of one contribution in a version of the motion.
type Fate struct {
	Contribution string   `json:"contribution"`
	Signature    string   `json:"signature"`        // of its author, by the edition's rule
	Opening      string   `json:"debut,omitempty"`  // its first words, where everybody may read them
	Themes       []string `json:"themes,omitempty"` // labels, the heaviest theme first
	Cited        []Place  `json:"citee,omitempty"`  // the sentences that cite it
	Reflected    bool     `json:"reprise"`          // the text cites it or one of its themes
}

// A Place is a sentence of the text.
type Place struct {
	Anchor string `json:"ancre"`
	Label  string `json:"lieu"` // « Proposition 4 », « Axe II, considérants »
}

// An Outcome is what a [Fate] comes to.
type Outcome int

// The outcomes, in the order in which an annex tells them.
const (
	Quoted   Outcome = iota // a sentence cites it
	Covered                 // the text cites another that speaks of the same theme
	Waiting                 // the text cites none of its themes
	Unplaced                // no theme
)

// Outcome sums a fate up.
func (f *Fate) Outcome() Outcome {
	switch {
	case len(f.Cited) > 0:
		return Quoted
	case f.Reflected:
		return Covered
	case len(f.Themes) > 0:
		return Waiting
	}
	return Unplaced
}

// Says is the outcome in French, of n contributions.
func (o Outcome) Says(n int) string {
	s := ""
	if n > 1 {
		s = "s"
	}
	switch o {
	case Quoted:
		return "citée" + s + " dans le texte"
	case Covered:
		return "pas citée" + s + ", sur un thème que le texte aborde"
	case Waiting:
		return "sur un thème que le texte n’aborde pas"
	}
	return "sans thème"
}

// openingLength bounds a fate's first words, in characters.
const openingLength = 90

// Fates says what became of every contribution of m's edition that is shown,
// in the order in which they came; where not everybody may read them, of those
// alone that the text cites, since the annex is public. report may be nil: nothing is known of
// themes then.
func Fates(m *Motion, t *Text, report *analysis.Report, people *consult.State) []Fate {
	edition := people.Edition(m.Edition)
	if edition == nil {
		return nil
	}
	cited := placesOf(t)
	themes, reflected := themesOf(t, report, people)
	out := []Fate{}
	for _, id := range all(people, m.Edition) {
		c := people.Contribution(id)
		if c == nil || c.Erased || c.Hidden != "" {
			continue
		}
		if edition.Readers != consult.ReadPublic && len(cited[id]) == 0 {
			continue // who is not quoted is not named to those who may not read
		}
		f := Fate{Contribution: id, Signature: people.Signature(edition, c.Author), Cited: cited[id], Reflected: len(cited[id]) > 0 || reflected[id]}
		if edition.Readers == consult.ReadPublic {
			f.Opening = opening(c.Text())
		}
		f.Themes = themes[id]
		out = append(out, f)
	}
	return out
}

// placesOf are the sentences that cite each contribution.
func placesOf(t *Text) map[string][]Place {
	out := map[string][]Place{}
	for id, list := range t.References() {
		for _, r := range list {
			out[id] = append(out[id], Place{r.Anchor, r.Place})
		}
	}
	return out
}

// place says in French where a block is, as a reader finds it: recitals,
// paragraphs and lists bear no number in print, but their axis does.
func (b *Block) place(axis string) string {
	switch b.Kind {
	case Title:
		return "Titre"
	case Visa:
		return "Visa"
	case Axis:
		return "Axe" + nbsp + b.Label()
	case Proposal:
		return "Proposition" + nbsp + strconv.Itoa(b.Number)
	}
	what := "Paragraphe"
	switch b.Kind {
	case Recital:
		what = "Considérants"
	case Item:
		what = "Liste"
	}
	if axis == "" {
		return what
	}
	return "Axe" + nbsp + axis + ", " + strings.ToLower(what)
}

// themesOf are the labels of the themes of each contribution, and which
// contributions speak of a theme that the text reflects.
func themesOf(t *Text, report *analysis.Report, people *consult.State) (labels map[string][]string, reflected map[string]bool) {
	labels, reflected = map[string][]string{}, map[string]bool{}
	if report == nil {
		return labels, reflected
	}
	covered := map[string]bool{}
	for _, r := range Cover(t, report, people).Reflected {
		covered[r.Theme] = true
	}
	label := map[string]string{}
	for _, x := range report.Themes {
		label[x.ID] = x.Label
	}
	for _, d := range report.Documents {
		for _, x := range d.Themes {
			if label[x] != "" {
				labels[d.ID] = append(labels[d.ID], legible(label[x]))
				reflected[d.ID] = reflected[d.ID] || covered[x]
			}
		}
	}
	return labels, reflected
}

// opening is a text's first words on one line.
func opening(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	n := 0
	for i := range text {
		if n == openingLength {
			if at := strings.LastIndexByte(text[:i], ' '); at > i/2 {
				i = at
			}
			return strings.TrimRight(text[:i], " ,;:.") + "…"
		}
		n++
	}
	return text
}
