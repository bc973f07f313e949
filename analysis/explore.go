package analysis

import (
	"github.com/villes-internet/congres/analysis/lexis"
)

// An Explorer looks words up in the segments of a report, as analysts do by hand:
// concordance, co-occurrents, and how each theme uses a word. It may be used by
// several goroutines. It holds the words of the report: let go of it with that.
type Explorer struct {
	report  *Report
	lexicon lexis.Lexicon
	words   [][]lexis.Word // of each segment
	best    []string       // of each root, the form most often met
	themes  map[string]int // place in the report
	counts  []int          // occurrences in each theme; the last: unclassified
	total   int
}

// NewExplorer reads a report's segments: about a second for 40,000 of them.
func NewExplorer(r *Report) *Explorer {
	e := &Explorer{report: r, words: make([][]lexis.Word, len(r.Segments)), themes: make(map[string]int, len(r.Themes)),
		counts: make([]int, len(r.Themes)+1)}
	for i := range r.Themes {
		e.themes[r.Themes[i].ID] = i
	}
	for i := range r.Segments {
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

// A Neighbour is a word that stands near what was looked for more than elsewhere.
type Neighbour struct {
	Form        string
	Near        int     // occurrences within ten words of it
	All         int     // occurrences in the corpus
	Specificity float64 // of the former
}

// A Finding is what an Explorer found.
type Finding struct {
	Contexts                         []Context // those asked for
	Occurrences, Segments, Documents int       // all of them
	Uses                             []Use     // the report's themes in its order, then the unclassified; none where nothing was found
	Neighbours                       []Neighbour
}

// How a finding's contexts are ordered.
const (
	AsRead  = lexis.AsRead
	ByLeft  = lexis.ByLeft
	ByRight = lexis.ByRight
)

// mostNeighbours bounds the words of a finding.
const mostNeighbours = 30

// Find looks up a word or several that follow each other: all forms of each
// (« école » finds « écoles »), whatever their capitals. It returns the contexts from
// the given place on, so many at most.
func (e *Explorer) Find(text string, by lexis.Sort, from, limit int) Finding {
	var f Finding
	query := e.lexicon.Query(text, lexis.Roots)
	if query.Len() == 0 {
		return f
	}
	lines := e.lexicon.Concordance(e.words, query, 12, by)
	f.Occurrences = len(lines)
	segments, documents := map[int]bool{}, map[string]bool{}
	uses := make([]int, len(e.counts))
	for _, l := range lines {
		segments[l.Text], documents[e.report.Segments[l.Text].Document] = true, true
		uses[e.place(l.Text)]++
	}
	f.Segments, f.Documents = len(segments), len(documents)
	from = max(0, min(from, len(lines)))
	for _, l := range lines[from:min(len(lines), from+limit)] {
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
	near := lexis.Cooccurrents(e.words, query, 10, 10, lexis.Roots, 2)
	for _, c := range near[:min(len(near), mostNeighbours)] {
		f.Neighbours = append(f.Neighbours, Neighbour{e.best[c.ID], c.Near, c.All, c.Score})
	}
	return f
}
