package analysis

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/analysis/lexis"
)

// An Explorer looks words up in the segments of a report, as analysts do by hand:
// concordance, co-occurrents, and how each theme uses a word. It may be used by
// several goroutines. It holds the words of the report: let go of it with that.
type Explorer struct {
	report  *Report
	lexicon lexis.Lexicon
	words   [][]lexis.Word      // of each segment
	best    []string            // of each lemma, the form most often met
	themes  map[string]int      // place in the report
	values  []map[string]string // of each segment's document, by variable
	counts  []int               // occurrences in each theme; the last: unclassified
	total   int
}

// NewExplorer reads a report's segments: about a second for 40,000 of them.
func NewExplorer(r *Report) *Explorer {
	e := &Explorer{report: r, words: make([][]lexis.Word, len(r.Segments)), themes: make(map[string]int, len(r.Themes)),
		counts: make([]int, len(r.Themes)+1)}
	for i := range r.Themes {
		e.themes[r.Themes[i].ID] = i
	}
	values := make(map[string]map[string]string, len(r.Documents))
	for _, d := range r.Documents {
		values[d.ID] = d.Values
	}
	e.values = make([]map[string]string, len(r.Segments))
	for i := range r.Segments {
		e.values[i] = values[r.Segments[i].Document]
		e.words[i] = e.lexicon.Read(r.Segments[i].Text)
		e.counts[e.place(i)] += len(e.words[i])
		e.total += len(e.words[i])
	}
	e.best = e.lexicon.Best()
	return e
}

// place is the number of a segment's theme, that after the last when it has none.
func (e *Explorer) place(segment int) int {
	if t, ok := e.themes[e.report.Segments[segment].Theme]; ok {
		return t
	}
	return len(e.report.Themes)
}

// Report is the one that was read.
func (e *Explorer) Report() *Report { return e.report }

// A Context is one place where a word stands: what comes before it, the word,
// what follows, as written.
type Context struct {
	Segment             Segment
	Before, Word, After string
}

// A Use is how often a theme uses what was looked for. Specificity is that of
// Lafon (Mots 1, 1980): 3 reads « more than chance would, which gives as much once
// in a thousand », −3 the contrary.
type Use struct {
	Theme       string // its identifier, "": unclassified
	Occurrences int
	Specificity float64
}

// A Voice is how often the texts of a variable's value say what was looked for,
// counted as [Specific] is: In of its All occurrences in the texts that have the
// variable, Words of whose Total words that carry a subject are the value's.
type Voice struct {
	Variable, Value string
	In, All         int
	Words, Total    int
	Specificity     float64 // of Lafon, as a Use's
}

// A Neighbour is a word that stands near what was looked for more than elsewhere.
type Neighbour struct {
	Form        string
	Near        int     // occurrences within ten words of it
	All         int     // occurrences in the corpus
	Specificity float64 // of the former
}

// A Spelling is a form, or several that follow each other, and its occurrences.
type Spelling struct {
	Form        string
	Occurrences int
}

// A Finding is what an Explorer found.
type Finding struct {
	Contexts                         []Context   // those asked for
	Shown                            int         // occurrences that fit what was asked for
	Occurrences, Segments, Documents int         // all of them
	Uses                             []Use       // the report's themes in its order, then the unclassified; none where nothing was found
	Voices                           []Voice     // the most surprising of the report's values, at most ten, over-use first; none of what carries no subject
	Neighbours                       []Neighbour // met near twice or more
	Forms                            []Spelling  // in which it is met, the most frequent first
}

// How a finding's contexts are ordered.
const (
	AsRead  = lexis.AsRead
	ByLeft  = lexis.ByLeft
	ByRight = lexis.ByRight
)

// A Look says what an Explorer is to look up, and which of its places to show.
type Look struct {
	// Text is a word, or several that follow each other: all forms of each are
	// meant (« école » finds « écoles », but no « équipe » « équipement »), whatever
	// their capitals; with Exact only those that Text has.
	Text  string
	Exact bool
	Sort  lexis.Sort
	// Theme, unless it is "", has the places in a theme shown, by its identifier or
	// Unclassified, or with Outside those in none but it; With those within ten
	// words of another word.
	Theme   string
	Outside bool
	With    string
	// Variable, unless it is "", has only the places shown in the texts where it has
	// that Value, which is not [Others].
	Variable, Value string
	// From is the first place to show, Limit how many at most.
	From, Limit int
}

// Unclassified names what no theme holds, where a theme is looked at.
const Unclassified = "-"

const (
	mostNeighbours = 30 // words of a finding
	mostVoices     = 10 // values of a finding
	leastNear      = 2  // times that a neighbour stands near, as TXM asks
	beside         = 10 // words away that still stand near
)

// Find looks a word up.
func (e *Explorer) Find(look Look) Finding {
	var f Finding
	unit := lexis.Lemmas
	if look.Exact {
		unit = lexis.Forms
	}
	query, with := e.lexicon.Query(look.Text, unit), e.lexicon.Query(look.With, lexis.Lemmas)
	if query.Len() == 0 {
		return f
	}
	lines := e.lexicon.Concordance(e.words, query, 12, look.Sort)
	f.Occurrences = len(lines)
	segments, documents := map[int]bool{}, map[string]bool{}
	uses := make([]int, len(e.counts))
	all := look.Theme == ""
	theme, known := e.themes[look.Theme]
	switch {
	case look.Theme == Unclassified:
		theme = len(e.report.Themes)
	case !known:
		theme = -1
	}
	shown := make([]lexis.Line, 0, len(lines))
	for _, l := range lines {
		segments[l.Text], documents[e.report.Segments[l.Text].Document] = true, true
		at := e.place(l.Text)
		uses[at]++
		if (all || (at == theme) != look.Outside) && (with.Len() == 0 || l.Near(e.words[l.Text], query, with, beside)) &&
			(look.Variable == "" || look.Value != Others && e.values[l.Text][look.Variable] == look.Value) {
			shown = append(shown, l)
		}
	}
	f.Shown = len(shown)
	f.Forms = e.forms(lines)
	f.Segments, f.Documents = len(segments), len(documents)
	from := max(0, min(look.From, len(shown)))
	for _, l := range shown[from:min(len(shown), from+look.Limit)] {
		s := e.report.Segments[l.Text]
		f.Contexts = append(f.Contexts, Context{s, s.Text[l.Left:l.Start], s.Text[l.Start:l.End], s.Text[l.End:l.Right]})
	}
	if f.Occurrences == 0 {
		return f
	}
	for t, n := range uses {
		u := Use{Occurrences: n, Specificity: lexis.Specificity(n, f.Occurrences, e.counts[t], e.total)}
		if t < len(e.report.Themes) {
			u.Theme = e.report.Themes[t].ID
		}
		f.Uses = append(f.Uses, u)
	}
	f.Voices = e.voices(lines)
	near := lexis.Cooccurrents(e.words, query, beside, beside, lexis.Lemmas, leastNear, 2)
	for _, c := range near[:min(len(near), mostNeighbours)] {
		f.Neighbours = append(f.Neighbours, Neighbour{e.best[c.ID], c.Near, c.All, c.Score})
	}
	return f
}

// voices says whose word is at lines.
func (e *Explorer) voices(lines []lexis.Line) []Voice {
	in := make(map[[2]string]int)
	all := make(map[string]int)
	for _, l := range lines {
		if !slices.ContainsFunc(e.words[l.Text], func(w lexis.Word) bool {
			return w.Root >= 0 && int(w.Start) >= l.Start && int(w.End) <= l.End
		}) {
			continue
		}
		for variable, value := range e.values[l.Text] {
			in[[2]string{variable, value}]++
			all[variable]++
		}
	}
	var out []Voice
	for _, v := range e.report.Variables {
		for _, m := range v.Modalities {
			if m.Name == Others || all[v.Name] == 0 {
				continue
			}
			n := in[[2]string{v.Name, m.Name}]
			out = append(out, Voice{v.Name, m.Name, n, all[v.Name], m.Words, v.Words, lexis.Specificity(n, all[v.Name], m.Words, v.Words)})
		}
	}
	slices.SortStableFunc(out, func(a, b Voice) int { return cmp.Compare(math.Abs(b.Specificity), math.Abs(a.Specificity)) })
	out = out[:min(len(out), mostVoices)]
	slices.SortStableFunc(out, func(a, b Voice) int { return cmp.Compare(b.Specificity, a.Specificity) })
	return out
}

// forms counts the forms that lines are of.
func (e *Explorer) forms(lines []lexis.Line) []Spelling {
	var out []Spelling
	at := make(map[string]int)
	for _, l := range lines {
		form := strings.Join(strings.Fields(french.Normalise(e.report.Segments[l.Text].Text[l.Start:l.End])), " ")
		n, ok := at[form]
		if !ok {
			n = len(out)
			at[form] = n
			out = append(out, Spelling{Form: form})
		}
		out[n].Occurrences++
	}
	slices.SortStableFunc(out, func(a, b Spelling) int { return cmp.Compare(b.Occurrences, a.Occurrences) })
	return out
}
