package analysis

import (
	"context"
	"fmt"
	"slices"
)

// cores says of which joined theme each segment is the core; "": of none.
func (r *reading) cores(priors []Prior) []string {
	out := make([]string, len(r.segments))
	for _, p := range priors {
		for _, id := range p.Core {
			if i, ok := r.segment(id); ok {
				out[i] = p.Joined
			}
		}
	}
	return out
}

// join has what people made one theme of stay one, however the segments were
// grouped: a theme that continues no prior, and is mostly of the core of a joined
// one, continues the prior of that one that had the most of its segments, or joins
// the theme that does. Segments that no prior knew do not count, but a theme that
// is mostly of such ones is a new theme. What the machine alone put into a joined
// theme is no core, and may leave it.
func (g *grouping) join(was, matched []int, core []string, priors []Prior) {
	continues := make([]bool, len(g.themes))
	for _, t := range matched {
		if t >= 0 {
			continues[t] = true
		}
	}
	size, known := make([]int, len(g.themes)), make([]int, len(g.themes))
	of, cores := make(map[[2]int]int), make([]map[string]int, len(g.themes)) // of: theme, prior
	for i, t := range g.theme {
		if t < 0 {
			continue
		}
		if size[t]++; was[i] >= 0 || core[i] != "" {
			known[t]++
		}
		of[[2]int{t, was[i]}]++
		if core[i] != "" {
			if cores[t] == nil {
				cores[t] = make(map[string]int)
			}
			cores[t][core[i]]++
		}
	}
	for t := len(g.themes) - 1; t >= 0; t-- { // the last first: those before keep their numbers
		if continues[t] || g.themes[t].seeds != nil || 2*known[t] < size[t] {
			continue
		}
		most := -1
		for p, prior := range priors {
			if 2*cores[t][prior.Joined] > known[t] && (most < 0 || of[[2]int{t, p}] > of[[2]int{t, most}]) {
				most = p
			}
		}
		switch {
		case most < 0:
		case matched[most] < 0:
			matched[most] = t
		default:
			g.absorb(matched[most], t)
			for p, to := range matched {
				if to > t {
					matched[p]--
				}
			}
		}
	}
}

// absorb puts the segments of theme t into another, and takes t away.
func (g *grouping) absorb(into, t int) {
	for i, of := range g.theme {
		if of == t {
			g.theme[i] = into
		}
		if g.theme[i] > t {
			g.theme[i]--
		}
	}
	g.themes = slices.Delete(g.themes, t, t+1)
}

// beneath counts the themes that people see as part of another.
func beneath(matched []int, priors []Prior) int {
	n, seen := 0, make(map[string]bool)
	for p, t := range matched {
		if id := priors[p].Joined; t >= 0 && id != "" {
			if seen[id] {
				n++
			}
			seen[id] = true
		}
	}
	return n
}

// seen counts the themes of segments that people see: those that were joined are one.
func (g *grouping) seen(priors []Prior) int {
	joined := make(map[string]string)
	for _, p := range priors {
		joined[p.ID] = p.Joined
	}
	holds := make([]bool, len(g.themes))
	for _, t := range g.theme {
		if t >= 0 {
			holds[t] = true
		}
	}
	n, one := 0, make(map[string]bool)
	for t, x := range g.themes {
		switch id := joined[x.id]; {
		case !holds[t] && !x.keep || one[id]:
		case id != "":
			one[id] = true
			n++
		default:
			n++
		}
	}
	return n
}

// soughtAgain is how many times more themes are sought at most.
const soughtAgain = 4

// asked returns a grouping in which people see as many themes as they asked for, where
// some of those that were found, so many, went into what people joined: more are sought
// then, as many as bring that number if they go there as often; what is beyond it gives
// way, those that continue what nobody decided on after those that continue nothing. g
// stays where that brings no more.
func (r *reading) asked(ctx context.Context, g *grouping, l *linked, s Settings, found int) (*grouping, error) {
	if s.Themes == 0 || !slices.ContainsFunc(s.Previous, func(p Prior) bool { return p.Joined != "" }) {
		return g, nil
	}
	notes, sought := g.notes, s.Themes
	for range soughtAgain {
		seen := g.seen(s.Previous)
		if seen >= found || sought >= min(MaxThemes, l.distinct) {
			break
		}
		sought = min(MaxThemes, l.distinct, (sought*found+seen-1)/max(1, seen))
		more := s
		more.Themes = sought
		again, err := r.group(ctx, l, more, func(string, int, int) {})
		if err != nil {
			return nil, err
		}
		beyond := len(again.themes) - found
		back, err := again.follow(ctx, r, s.Previous)
		if err != nil {
			return nil, err
		}
		again.shrink(r, s.Previous, beyond+back, true)
		for again.seen(s.Previous) > found && again.dissolve(r, undecided(s.Previous)) {
		}
		if again.notes = notes; again.seen(s.Previous) > seen {
			g = again
		}
	}
	return g, nil
}

// held says of a number of themes that was asked for (0: it was not) that what
// people decided changes it.
func (r *Report) held(asked int) []string {
	joined := make(map[string]string)
	for _, p := range r.Settings.Previous {
		joined[p.ID] = p.Joined
	}
	seen, under := make(map[string]bool), false
	for _, t := range r.Themes {
		id := t.ID
		if joined[id] != "" {
			id, under = joined[id], true
		}
		seen[id] = true
	}
	why := "les thèmes qu’elle a réunis le restent"
	switch {
	case asked == 0 || len(seen) == asked || !under && len(seen) < asked:
		return nil
	case !under:
		why = "ceux qu’elle a nommés, figés, formés ou complétés d’une phrase restent"
	}
	return []string{fmt.Sprintf("%s demandés, %s\u00a0: les décisions de l’équipe tiennent, et %s.", plural(asked, "thème"), plural(len(seen), "obtenu"), why)}
}
