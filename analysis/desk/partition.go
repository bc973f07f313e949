package desk

import (
	"math"
	"slices"

	"github.com/villes-internet/congres/analysis"
)

// always is a moment after every fact.
const always = math.MaxUint64

// A partition says which segment is in which theme once people have decided.
type partition struct {
	segments []string          // in the report's order
	own      map[string]string // segment → theme, merges aside; "": unclassified
	pinned   map[string]bool   // segments that a person put where they are
	themes   []string          // the report's, then those that people made or filled
	parent   map[string]string // theme → the theme that it joined
	label    map[string]string // theme → the name that a person gave
	frozen   map[string]bool
	axis     map[string]string
	whole    map[string]string // theme that people made → the one of which most of it was a part
	found    map[string]string // theme that people made and did not name → the name that the machine gave that part
}

// apply puts the choices that stand as of fact at over base (nil: no report),
// the result of a run that had been told the decisions up to fact heard.
func apply(base *analysis.Report, heard uint64, choices []*choice, at uint64) *partition {
	p := &partition{
		own: map[string]string{}, pinned: map[string]bool{}, parent: map[string]string{},
		label: map[string]string{}, frozen: map[string]bool{}, axis: map[string]string{}, whole: map[string]string{}, found: map[string]string{},
	}
	exists := map[string]bool{"": true}
	if base != nil {
		for _, s := range base.Segments {
			p.segments = append(p.segments, s.ID)
			p.own[s.ID] = s.Theme
		}
		for _, t := range base.Themes {
			p.themes = append(p.themes, t.ID)
			exists[t.ID] = true
		}
	}
	for _, c := range choices {
		if c.Kind == kindSplit && c.stands(at) && !exists[c.Theme] {
			p.themes = append(p.themes, c.Theme)
			exists[c.Theme] = true
		}
	}
	// What the run was told and people have undone since is still in its
	// result: take it back, the last first. What came from a theme that is gone
	// stays where it is, no longer a person's will: the next run places it.
	for _, c := range slices.Backward(choices) {
		if !c.stands(heard) || c.stands(at) {
			continue
		}
		for _, m := range c.Data.Moves {
			for _, s := range m.Segments {
				if now, ok := p.own[s]; ok && now == c.Theme && exists[m.From] {
					p.own[s] = m.From
				}
			}
		}
	}
	for _, c := range choices {
		if c.stands(at) {
			p.take(c)
		}
	}
	for _, c := range choices {
		if c.Kind == kindSplit && c.stands(at) && c.Data.Label == "" {
			p.found[c.Theme] = partOf(base, c.Data.Moves)
		}
		if c.Kind == kindSplit && !c.stands(at) && !p.holds(c.Theme) {
			p.themes = slices.DeleteFunc(p.themes, func(t string) bool { return t == c.Theme })
		}
	}
	return p
}

// holds says whether anything is in theme, merges aside.
func (p *partition) holds(theme string) bool {
	for _, t := range p.own {
		if t == theme {
			return true
		}
	}
	return false
}

// stuck counts the segments that undoing a decision, which the run was told, would
// leave where they are, for the theme that they come from is gone.
func (p *partition) stuck(c *choice, heard uint64) (n int) {
	if !c.stands(heard) {
		return 0
	}
	for _, m := range c.Data.Moves {
		if m.From == "" || slices.Contains(p.themes, m.From) {
			continue
		}
		for _, s := range m.Segments {
			if now, ok := p.own[s]; ok && now == c.Theme {
				n++
			}
		}
	}
	return n
}

func (p *partition) take(c *choice) {
	switch c.Kind {
	case kindRenamed:
		p.label[c.Theme] = c.Data.Label
	case kindMerged:
		p.parent[c.Theme] = c.Data.Into
	case kindMoved, kindSplit:
		found := c.Kind == kindSplit
		for _, m := range c.Data.Moves {
			for _, s := range m.Segments {
				if _, ok := p.own[s]; ok {
					p.own[s], p.pinned[s], found = c.Theme, true, true
				}
			}
		}
		if c.Kind == kindSplit {
			p.label[c.Theme], p.whole[c.Theme] = c.Data.Label, p.most(c.Data.Moves)
		}
		if found && c.Theme != "" && !slices.Contains(p.themes, c.Theme) {
			p.themes = append(p.themes, c.Theme)
		}
	case kindFrozen, kindThawed:
		p.frozen[c.Theme] = c.Kind == kindFrozen
	case kindPlaced:
		if p.axis[c.Theme] = c.Data.Axis; c.Data.Axis == "" {
			delete(p.axis, c.Theme)
		}
	}
}

// most is the theme, as people see it, from which most of some segments come; "" where
// they were all unclassified.
func (p *partition) most(moves []moved) (theme string) {
	n := map[string]int{}
	for _, m := range moves {
		if m.From == "" {
			continue
		}
		from := p.root(m.From)
		n[from] += len(m.Segments)
		if theme == "" || n[from] > n[theme] {
			theme = from
		}
	}
	return theme
}

// partOf is the name of the part of a report's theme that segments are, all of it and
// nothing else; "" where they are none.
func partOf(r *analysis.Report, moves []moved) string {
	if r == nil || len(moves) != 1 || len(moves[0].Segments) == 0 {
		return ""
	}
	moving := map[string]bool{}
	for _, s := range moves[0].Segments {
		moving[s] = true
	}
	sub, there := 0, 0
	for _, s := range r.Segments {
		if moving[s.ID] && s.Theme == moves[0].From {
			sub = s.Sub
			break
		}
	}
	for _, s := range r.Segments {
		if in := s.Theme == moves[0].From && s.Sub == sub; in != moving[s.ID] {
			return ""
		} else if in {
			there++
		}
	}
	for _, t := range r.Themes {
		if t.ID == moves[0].From && there == len(moving) && sub > 0 && sub <= len(t.Subthemes) {
			return t.Subthemes[sub-1].Label
		}
	}
	return ""
}

// axes are a report's with the themes that people made, each in that of its whole.
func (p *partition) axes(of []analysis.Axis) []analysis.Axis {
	in := map[string]int{}
	out := slices.Clone(of)
	for n, a := range out {
		out[n].Themes = slices.Clone(a.Themes)
		for _, t := range a.Themes {
			in[t] = n + 1
		}
	}
	for _, t := range p.themes {
		if in[t] > 0 {
			continue
		}
		whole := t
		for whole != "" && in[whole] == 0 {
			whole = p.whole[whole]
		}
		if n := in[whole]; n > 0 {
			out[n-1].Themes, in[t] = append(out[n-1].Themes, t), n
		}
	}
	return out
}

// root is the theme under which people see theme. A merge always joins two
// that were seen, so there is no circle; undoing only takes links away.
func (p *partition) root(theme string) string {
	for {
		up, ok := p.parent[theme]
		if !ok {
			return theme
		}
		theme = up
	}
}

// shown says which themes people see. One that they emptied stays until the
// next run, so that something can be put back into it.
func (p *partition) shown() map[string]bool {
	out := map[string]bool{}
	for _, t := range p.themes {
		out[p.root(t)] = true
	}
	return out
}

// priors lists the themes with their segments. Merged, they are as people see
// them; otherwise those that were merged stay apart, each frozen when the one
// that it joined is, and each telling which that is. Segments that keep refuses are left out, and a theme that
// has only such ones, unless people named or froze it.
func (p *partition) priors(merged bool, keep func(segment string) bool) []analysis.Prior {
	visible := func(t string) string {
		if merged {
			return p.root(t)
		}
		return t
	}
	group, hidden := map[string][]string{}, map[string]bool{}
	for _, s := range p.segments {
		switch t := p.own[s]; {
		case t == "":
		case keep(s):
			group[visible(t)] = append(group[visible(t)], s)
		default:
			hidden[visible(t)] = true
		}
	}
	joined := map[string]bool{} // those that others joined
	for t := range p.parent {
		joined[p.root(t)] = true
	}
	var out []analysis.Prior
	listed := map[string]bool{}
	for _, t := range p.themes {
		t = visible(t)
		x := analysis.Prior{ID: t, Label: p.label[t], Frozen: p.frozen[p.root(t)], Segments: group[t], Found: p.found[t]}
		if listed[t] || x.Segments == nil && hidden[t] && x.Label == "" && !x.Frozen {
			continue
		}
		listed[t] = true
		if root := p.root(t); joined[root] {
			x.Joined = root
		}
		for _, s := range x.Segments {
			if p.pinned[s] {
				x.Pinned = append(x.Pinned, s)
			}
		}
		out = append(out, x)
	}
	return out
}

// same says whether base already is what people decided.
func (p *partition) same(base *analysis.Report) bool {
	for _, s := range base.Segments {
		if p.root(p.own[s.ID]) != s.Theme {
			return false
		}
	}
	shown := p.shown()
	for _, t := range base.Themes {
		name := ""
		if named(t) {
			name = t.Label
		}
		if !shown[t.ID] || p.label[t.ID] != name || p.frozen[t.ID] != t.Frozen {
			return false
		}
	}
	return len(shown) == len(base.Themes)
}
