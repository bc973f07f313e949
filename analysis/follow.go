package analysis

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/analysis/theme"
)

// Majority says whether an earlier theme goes on as a later one, with which it has so
// many segments in common: most of its segments are there, and most of those that the
// later one has of earlier ones are its. One of the two, as in Spiliopoulou et al.,
// « MONIC: modeling and monitoring cluster transitions », KDD 2006 (survival, τ = 1/2),
// would have a small theme's identifier pass to the large one that swallows it, or a
// large one's to a part. Both bound Jaccard's similarity by 1/3 from below; Hennig,
// « Cluster-wise assessment of cluster stability », 2007, calls a cluster dissolved at
// 1/2. An earlier theme has one such later one at most, and the other way round.
func Majority(common, earlier, later int) bool { return 2*common > earlier && 2*common > later }

// mostlyNew: a theme of which less than one segment in so many was known is mostly
// made of new texts. It only continues a prior one that speaks of the same, see alike.
const mostlyNew = 4

// follow gives themes the identifiers of the priors that they continue, and puts
// people's decisions back: pinned segments go to their theme, a frozen theme gets
// back all that it held, a person's name stays with its theme. What continues a prior
// is as [Majority] has it. A prior that a person named, froze or pinned something to
// comes back with its segments when no theme continues it, a joined one with those
// of the core. more is how many more themes people see for it than were found.
func (g *grouping) follow(ctx context.Context, r *reading, priors []Prior) (more int, err error) {
	if len(priors) == 0 {
		return 0, nil
	}
	found := len(g.themes)
	was := make([]int, len(r.segments)) // prior of each segment; -1: none
	for i := range was {
		was[i] = -1
	}
	sizes := make([]int, len(priors))
	for p, prior := range priors {
		for _, id := range slices.Concat(prior.Pinned, prior.Segments) {
			if i, ok := r.segment(id); ok && was[i] < 0 {
				was[i] = p
				sizes[p]++
			}
		}
	}
	alike := r.alike(ctx, was, g.theme, len(g.themes))
	matched := g.match(was, sizes, priors, alike)
	core := r.cores(priors)
	g.join(was, matched, core, priors)

	// Bring back what people decided on.
	for p, prior := range priors {
		protected := prior.Label != "" || prior.Frozen || len(prior.Pinned) > 0
		if matched[p] < 0 && (protected || prior.Joined != "") {
			matched[p] = len(g.themes)
			g.themes = append(g.themes, group{})
			for i, q := range was {
				if q == p && (protected || core[i] == prior.Joined) {
					g.put(i, matched[p])
				}
			}
		}
		if t := matched[p]; t >= 0 {
			if prior.Label == "" && g.themes[t].seeds != nil { // a guide's name stays
				prior.Label = g.themes[t].label
			}
			g.themes[t].id, g.themes[t].label, g.themes[t].frozen, g.themes[t].keep = prior.ID, prior.Label, prior.Frozen, protected
			g.themes[t].keepsName = prior.keepsName()
		}
	}
	for p, prior := range priors {
		if prior.Frozen {
			for _, id := range prior.Segments {
				if i, ok := r.segment(id); ok && was[i] == p {
					g.put(i, matched[p])
				}
			}
		}
	}
	for p, prior := range priors { // pinned last: the most precise decision wins
		for _, id := range prior.Pinned {
			if i, ok := r.segment(id); ok {
				g.put(i, matched[p])
			}
		}
	}
	return len(g.themes) - beneath(matched, priors) - found, ctx.Err()
}

// shrink has so many themes give way, the smallest first: those that continue nothing;
// then, where people asked for a number, those that continue what nobody decided on.
func (g *grouping) shrink(r *reading, priors []Prior, more int, asked bool) {
	for ; more > 0 && g.dissolve(r, func(t group) bool { return t.id == "" }); more-- {
	}
	for ; asked && more > 0 && g.dissolve(r, undecided(priors)); more-- {
	}
}

// fewer returns a grouping in which what people decided brings back so many themes more
// that these and the found ones are as many as were found in g: fewer are sought, for a
// theme that gives way swells those that people made. g stays, and more, where so few
// cannot be, or where less comes back then.
func (r *reading) fewer(ctx context.Context, g *grouping, l *linked, s Settings, found, more int) (*grouping, int, error) {
	less := s
	if less.Themes = found - more; less.Themes <= len(s.Axes) {
		return g, more, nil
	}
	again, err := r.group(ctx, l, less, func(string, int, int) {})
	if err != nil {
		return nil, 0, err
	}
	beyond := len(again.themes) - found
	back, err := again.follow(ctx, r, s.Previous)
	if beyond += back; err != nil || beyond < 0 {
		return g, more, err
	}
	again.notes = g.notes
	return again, beyond, nil
}

// undecided says of themes whether people decided nothing on them.
func undecided(priors []Prior) func(group) bool {
	joined := make(map[string]bool)
	for _, p := range priors {
		joined[p.ID] = p.Joined != ""
	}
	return func(t group) bool { return !t.keep && !joined[t.id] }
}

func (g *grouping) put(segment, t int) {
	g.theme[segment], g.why[segment] = t, ""
}

// alike says whether a prior speaks of what a theme does: its segments hold one of
// the theme's characteristic terms at least half as often as the theme's do. was and
// is give each segment's prior and theme.
func (r *reading) alike(ctx context.Context, was, is []int, themes int) func(prior, theme int) bool {
	var terms [][]lexis.Term // found when first asked for
	share := func(of []int, group int, keys []lexis.Key) float64 {
		var rows [][]lexis.Word
		for i, g := range of {
			if g == group {
				rows = append(rows, r.words[i])
			}
		}
		held := make(map[int]bool)
		for _, holders := range lexis.Holders(rows, keys) {
			for _, row := range holders {
				held[row] = true
			}
		}
		return float64(len(held)) / float64(max(1, len(rows)))
	}
	return func(prior, theme int) bool {
		if terms == nil {
			terms = r.terms.Terms(ctx, is, themes, maxTerms)
		}
		var keys []lexis.Key
		for _, t := range terms[theme] {
			keys = append(keys, t.Key)
		}
		return 2*share(was, prior, keys) >= share(is, theme, keys)
	}
}

// match returns for each prior the theme that continues it, or -1. New texts change
// nothing to it, but alike says whether a theme that is mostly made of such ones speaks
// of what the prior does.
func (g *grouping) match(was, sizes []int, priors []Prior, alike func(prior, theme int) bool) []int {
	both := make(map[[2]int]int)
	known := make([]int, len(g.themes)) // segments of the theme that some prior knew
	all := make([]int, len(g.themes))
	for i, t := range g.theme {
		if t >= 0 {
			all[t]++
		}
		if t >= 0 && was[i] >= 0 {
			known[t]++
			both[[2]int{was[i], t}]++
		}
	}
	matched := make([]int, len(priors))
	for p := range matched {
		matched[p] = -1
	}
	for k, n := range both {
		if p, t := k[0], k[1]; Majority(n, sizes[p], known[t]) && (mostlyNew*known[t] >= all[t] || alike(p, t)) {
			matched[p] = t
		}
	}
	return matched
}

// dissolve gives the segments of the smallest theme that may go, and that no axis
// guides, to the themes closest to them; false when there is none.
func (g *grouping) dissolve(r *reading, may func(group) bool) bool {
	sizes := make([]int, len(g.themes))
	for _, t := range g.theme {
		if t >= 0 {
			sizes[t]++
		}
	}
	least := -1
	for t, th := range g.themes {
		if th.seeds == nil && may(th) && (least < 0 || sizes[t] < sizes[least]) {
			least = t
		}
	}
	if least < 0 || len(g.themes) == 1 {
		return false
	}
	centroids := theme.Centroids(r.rows, g.theme, len(g.themes), len(r.lexicon.Roots))
	for i, t := range g.theme {
		if t == least {
			g.theme[i] = -1
			g.why[i] = whyAlone
			best, closest := -1, 0.
			for other, c := range centroids {
				if other != least {
					if a := theme.Affinity(r.rows[i], c); a > closest {
						best, closest = other, a
					}
				}
			}
			if best >= 0 {
				g.put(i, best)
			}
		}
	}
	for i, t := range g.theme {
		if t > least {
			g.theme[i]--
		}
	}
	g.themes = slices.Delete(g.themes, least, least+1)
	return true
}

// before returns each unit's prior theme, the one that holds most of its segments,
// or -1; nil when there are no priors.
func (r *reading) before(priors []Prior, of []int, units int) []int {
	if len(priors) == 0 {
		return nil
	}
	votes := make(map[[2]int]int)
	out := make([]int, units)
	most := make([]int, units)
	for u := range out {
		out[u] = -1
	}
	for p, prior := range priors {
		for _, id := range prior.Segments {
			if i, ok := r.segment(id); ok {
				k := [2]int{of[i], p}
				votes[k]++
				if votes[k] > most[of[i]] {
					out[of[i]], most[of[i]] = p, votes[k]
				}
			}
		}
	}
	return out
}

// mint gives an identifier to every theme that has none: « t » and a hash of its
// segments, different from every identifier in use.
func (g *grouping) mint(r *reading, priors []Prior) {
	used := make(map[string]bool)
	for _, p := range priors {
		used[p.ID] = true
	}
	for _, t := range g.themes {
		used[t.id] = true
	}
	members := make([][]string, len(g.themes))
	for i, t := range g.theme {
		if t >= 0 {
			members[t] = append(members[t], r.segments[i].id)
		}
	}
	for t := range g.themes {
		text := strings.Join(members[t], "\n")
		for n := 0; g.themes[t].id == ""; n++ {
			sum := sha256.Sum256([]byte(strconv.Itoa(n) + "\n" + text))
			id := "t" + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:5]))
			if !used[id] {
				g.themes[t].id, used[id] = id, true
			}
		}
	}
}
