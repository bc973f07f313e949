package analysis

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/analysis/theme"
	"github.com/villes-internet/congres/corpora"
	"github.com/villes-internet/congres/corpora/tables"
)

// Run analyses a corpus. Its errors are those of this package, whose text is
// French, or the context's.
func Run(ctx context.Context, c corpora.Corpus, s Settings) (*Report, error) {
	return run(ctx, c, s, french.Segmenter{}.Sentences)
}

// A cutter finds the sentences of texts.
type cutter func(ctx context.Context, texts []string) ([][]french.Span, error)

func run(ctx context.Context, c corpora.Corpus, s Settings, sentences cutter) (*Report, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	r, err := newReading(c)
	if err != nil {
		return nil, err
	}
	progress := s.Progress
	if progress == nil {
		progress = func(string, int, int) {}
	}
	if err := r.cut(ctx, sentences, progress); err != nil {
		return nil, err
	}
	if len(r.segments) == 0 {
		return nil, ErrEmpty
	}
	g, l, err := r.groupAndFind(ctx, s, progress)
	if err != nil {
		return nil, err
	}
	found := len(g.themes)
	more, err := g.follow(ctx, r, s.Previous)
	if err == nil && more > 0 && s.Themes > 0 {
		g, more, err = r.fewer(ctx, g, l, s, found, more)
	}
	if err != nil {
		return nil, err
	}
	g.shrink(r, s.Previous, more, s.Themes > 0)
	if g, err = r.asked(ctx, g, l, s, found); err != nil {
		return nil, err
	}
	g.mint(r, s.Previous)
	g.was = s.seen()
	progress("Description", 0, 1)
	asked := s
	s.Progress, s.View = nil, g.view
	report, err := r.describe(ctx, g, s, nil)
	if err != nil {
		return nil, err
	}
	report.Notes = slices.Concat(r.identical(), g.notes, report.held(s.Themes), report.scattered(s.Themes), report.swallowed())
	progress("Description", 1, 1)
	if err := r.reread(ctx, report, asked, progress); err != nil {
		return nil, err
	}
	return report, nil
}

// scattered says of a number of themes that was asked for (0: it was not)
// whether it left a good part of them with a single text.
func (r *Report) scattered(asked int) []string {
	alone := 0
	for _, t := range r.Themes {
		if t.Documents == 1 {
			alone++
		}
	}
	if asked == 0 || alone < 2 || 4*alone < len(r.Themes) {
		return nil
	}
	return []string{fmt.Sprintf("%d thèmes sur %d n’ont qu’un seul texte\u00a0: demandez-en moins, ou laissez l’analyse en décider.", alone, len(r.Themes))}
}

// reread adds the other readings, in a corpus that is not too large for them.
func (r *reading) reread(ctx context.Context, report *Report, s Settings, progress func(string, int, int)) error {
	if slices.ContainsFunc(report.Themes, func(t Theme) bool { return t.Documents > maxPartUnits }) {
		report.Notes = append(report.Notes, noteParts)
	}
	if len(r.segments) > chdSegments {
		report.Notes = append(report.Notes, noteSecond)
		return nil
	}
	const stages = 3
	progress("Autres lectures", 0, stages)
	var class, bare error
	err := together(ctx, func() { // neither reads what the other writes
		class = r.classify(ctx, report)
		progress("Autres lectures", 1, stages)
		if class == nil {
			report.Network = r.network()
		}
		progress("Autres lectures", 2, stages)
	}, func() {
		if report.Settings.View != "lexical" {
			bare = r.bare(ctx, report, s)
		}
	})
	if err = cmp.Or(class, bare, err); err != nil {
		return err
	}
	report.compare(report.places())
	progress("Autres lectures", stages, stages)
	return nil
}

// places gives each segment's theme by its place in the report; -1: none.
func (r *Report) places() []int {
	place := make(map[string]int)
	for n, t := range r.Themes {
		place[t.ID] = n
	}
	of := make([]int, len(r.Segments))
	for i, s := range r.Segments {
		of[i] = -1
		if n, ok := place[s.Theme]; ok && s.Theme != "" {
			of[i] = n
		}
	}
	return of
}

// A grouping is a partition of segments into themes, before it is described.
type grouping struct {
	theme  []int    // of each segment; -1: unclassified
	why    []string // why not, where it is -1
	themes []group
	notes  []string
	view   string // which was used
	was    before // what people have seen of the themes
}

// A group is a theme before it is described.
type group struct {
	id        string // "": to be minted
	label     string // a person's; "": the machine's
	frozen    bool
	keep      bool // shown even when nothing is left in it
	stability float64
	keepsName bool     // people settled the name that was found for it, see [Prior.keepsName]
	same      bool     // its segments are those that it had in the report that is described again
	guide     string   // the axis that attracts what a guided theme holds
	seeds     []string // of that axis; nil: not guided
}

// Reasons for which a segment is left aside, and for which it hardly is in its theme.
const (
	whyEmpty  = "Aucun mot porteur de sens\u00a0: le texte est trop court ou n’est pas fait de mots."
	whyAlone  = "Aucun mot en commun avec les autres textes."
	whyAnswer = "Le texte approuve, juge ou répond, sans un mot de ce dont il parle."
	whyFar    = "Prise seule, elle ne ressemble pas plus à ce thème qu’aux autres."
	whyPeople = "Aucun thème ne lui a été donné par l’équipe."
)

// groupAndFind does at once what does not depend on each other: the search for themes
// leaves a processor free half of its time.
func (r *reading) groupAndFind(ctx context.Context, s Settings, progress func(string, int, int)) (g *grouping, l *linked, err error) {
	var beside error
	together(ctx, func() { l, err = r.link(ctx, s, progress) }, func() { beside = cmp.Or(r.weigh(ctx), r.hear(ctx), r.count(ctx)) })
	if err = cmp.Or(err, beside, ctx.Err()); err != nil {
		return nil, nil, err
	}
	together(ctx, func() { g, err = r.group(ctx, l, s, progress) }, func() { beside = r.find(ctx) })
	return g, l, cmp.Or(err, beside, ctx.Err())
}

// Linked units are what themes are made of.
type linked struct {
	folding
	text     []int // of each segment
	unit     []int // likewise
	distinct int   // units that are not empty and differ in a word
	view     string
	graph    theme.Graph
	first    int // how many units are of the sample, the first; 0: all
}

// link links the units that are alike.
func (r *reading) link(ctx context.Context, s Settings, progress func(string, int, int)) (*linked, error) {
	texts, text := r.units()
	roots := len(r.lexicon.Roots)
	l := &linked{folding: fold(texts, roots), text: text, unit: make([]int, len(text)), view: "fused"}
	vectors := l.table.BM25()
	words := theme.NewLexical(vectors, roots)
	l.distinct = countDistinct(vectors)
	if s.View == "lexical" {
		l.view = s.View
	}
	var view theme.View = words
	if l.view == "fused" {
		view = theme.Both(words, theme.NewStatic(l.table, r.lexicon.Roots, tables.Words()...))
	}
	sample := l.sample(r.lexicon.Roots, sampled)
	l.first = len(sample)
	graph, order, err := theme.Links(ctx, view, sample, func(done, total int) { progress("Rapprochement des textes", done, total) })
	if err != nil {
		return nil, err
	}
	l.graph = graph
	l.arrange(order)
	for i, t := range text {
		l.unit[i] = l.of[t]
	}
	return l, nil
}

// group finds the themes of the segments.
func (r *reading) group(ctx context.Context, l *linked, s Settings, progress func(string, int, int)) (*grouping, error) {
	graph, roots := l.graph, len(r.lexicon.Roots)
	g := &grouping{theme: make([]int, len(r.segments)), why: make([]string, len(r.segments)), view: l.view}
	before := r.before(s.Previous, l.unit, len(l.units))
	if before != nil {
		graph = graph.Lean(before)
	}
	want := s.Themes
	if want == 0 {
		want = max(suggest(l.distinct+l.more(), s.Previous), min(suggest(len(l.of), nil), l.letters()))
	}
	guided, held, err := r.guide(ctx, g, s.Axes, l.units, graph)
	if err != nil {
		return nil, err
	}
	graph = graph.Weighed(l.copies)
	if guided != nil {
		graph = less(graph, guided)
		want = max(want, held+1) - held
	}
	plan := theme.Plan{Themes: min(want, max(1, l.distinct)), Seed: s.Seed, Before: before, Copies: l.copies, Sample: l.first}
	found, err := theme.Partition(ctx, graph, plan, func(done, total int) { progress("Recherche des thèmes", done, total) })
	if err != nil {
		return nil, err
	}
	switch {
	case found.Themes == 0:
		g.notes = append(g.notes, "Aucun thème n’a été trouvé\u00a0: il y faut au moins deux textes différents qui aient quelque chose en commun.")
	case s.Themes > found.Themes+held:
		g.notes = append(g.notes, fmt.Sprintf("%s demandés, mais le corpus n’en permet que %d\u00a0: trop peu de textes différents partagent des mots.", plural(s.Themes, "thème"), found.Themes+held))
	}
	stability, err := theme.Stability(ctx, graph, found, s.Seed, func(done, total int) { progress("Mesure de la stabilité", done, total) })
	if err != nil {
		return nil, err
	}
	for t := range found.Themes {
		g.themes = append(g.themes, group{stability: math.Round(stability[t]*1000) / 1000})
	}
	for u, t := range found.Theme {
		switch {
		case guided == nil:
		case guided[u] >= 0:
			found.Theme[u] = guided[u]
		case t >= 0:
			found.Theme[u] = t + held
		}
	}
	found.Themes += held
	g.theme = theme.Place(r.placed(l.text, l.folding, found.Theme), found.Themes, roots)
	for i, t := range g.theme {
		switch {
		case t >= 0:
		case r.length[i] == 0:
			g.why[i] = whyEmpty
		case len(l.units[l.unit[i]]) == 0:
			g.why[i] = whyAnswer
		default:
			g.why[i] = whyAlone
		}
	}
	return g, nil
}

// guide gives each unit the guided theme that attracts it, or -1, and puts those
// that attract something first among the themes; it returns how many they are. nil:
// nobody guides.
func (r *reading) guide(ctx context.Context, g *grouping, guides []Guide, units [][]lexis.Word, graph theme.Graph) ([]int, int, error) {
	if len(guides) == 0 {
		return nil, 0, nil
	}
	seeds, of, roots := r.seeds(guides)
	table := lexis.NewTable(slices.Concat(units, seeds), len(roots))
	words := theme.NewLexical(table.BM25(), len(roots))
	var view theme.View = words
	if g.view == "fused" {
		view = theme.Both(words, theme.NewStatic(table, roots, tables.Words()...))
	}
	attracts, err := attract(ctx, view, table, of, len(guides), len(units))
	if err == nil && g.view == "fused" {
		err = attracts.doubt(ctx, units, seeds, roots)
	}
	if err != nil {
		return nil, 0, err
	}
	guided := attracts.settle(graph, len(guides))
	place := make([]int, len(guides))
	for n, guide := range guides {
		place[n] = -1
		if len(seedsOf(guide)) == 0 {
			g.notes = append(g.notes, fmt.Sprintf("L’axe guidé «\u00a0%s\u00a0» n’a pas d’amorces et n’attire donc aucun texte\u00a0: donnez-lui des mots ou des phrases d’exemple.", guide.Name))
			continue
		}
		if !slices.Contains(guided, n) {
			g.notes = append(g.notes, fmt.Sprintf("L’axe guidé «\u00a0%s\u00a0» n’attire aucun texte\u00a0: donnez-lui d’autres amorces.", guide.Name))
			continue
		}
		place[n] = len(g.themes)
		g.themes = append(g.themes, group{label: strings.TrimSpace(guide.Name), guide: strings.TrimSpace(guide.Name), seeds: seedsOf(guide)})
	}
	for u, n := range guided {
		if n >= 0 {
			guided[u] = place[n]
		}
	}
	return guided, len(g.themes), nil
}

// countDistinct returns how many different non-empty rows there are.
func countDistinct(rows []lexis.Vector) int {
	order := make([]int, 0, len(rows))
	for i, row := range rows {
		if len(row) > 0 {
			order = append(order, i)
		}
	}
	compare := func(a, b int) int {
		return slices.CompareFunc(rows[a], rows[b], func(x, y lexis.Weight) int {
			if x.Root != y.Root {
				return int(x.Root - y.Root)
			}
			switch {
			case x.Value < y.Value:
				return -1
			case x.Value > y.Value:
				return 1
			}
			return 0
		})
	}
	slices.SortFunc(order, compare)
	n := 0
	for i, u := range order {
		if i == 0 || compare(order[i-1], u) != 0 {
			n++
		}
	}
	return n
}

// suggest returns a number of themes that a team can hold in its head: about 6
// for 50 texts, 9 for 150, 13 for 700, 20 at most. Themes that people are used
// to are not multiplied or dropped for a few more texts.
func suggest(texts int, previous []Prior) int {
	n := int(math.Round(2.6*math.Log(float64(max(1, texts))) - 4))
	n = max(1, min(20, n))
	if texts >= 8 {
		n = max(2, n)
	}
	if k := len(previous); k > 0 && k >= n-3 && k <= n+5 {
		return k
	}
	return n
}
