package desk

import (
	"context"
	"slices"

	"github.com/villes-internet/congres/analysis"
)

// addCores gives the priors of themes that people merged what those had then, as
// far as keep wants it and nobody put it elsewhere since. It is read in the reports
// of the runs on which people decided: later ones may have put more into them.
func (d *Desk) addCores(ctx context.Context, m *moment, now *partition, priors []analysis.Prior, keep func(segment string) bool) error {
	bases := map[string]*analysis.Report{}
	for _, c := range m.choices {
		if c.Kind != kindMerged || !c.stands(always) {
			continue
		}
		root := now.root(c.Theme)
		at := slices.IndexFunc(priors, func(p analysis.Prior) bool { return p.ID == root })
		if at < 0 {
			at = slices.IndexFunc(priors, func(p analysis.Prior) bool { return p.Joined == root })
		}
		run := newestBefore(m.runs, c.Seq)
		if at < 0 || run == nil {
			continue
		}
		if bases[run.ID] == nil {
			base, err := d.load(ctx, run)
			if err != nil {
				return err
			}
			bases[run.ID] = base
		}
		then := apply(bases[run.ID], run.heard, m.choices, c.Seq)
		core := map[string]bool{}
		for _, s := range priors[at].Core {
			core[s] = true
		}
		for _, s := range then.segments {
			elsewhere := now.pinned[s] && now.root(now.own[s]) != root
			if then.root(then.own[s]) == then.root(c.Theme) && keep(s) && !elsewhere && !core[s] {
				priors[at].Core = append(priors[at].Core, s)
			}
		}
	}
	return nil
}

// newestBefore is the run that was the newest when fact seq was kept.
func newestBefore(runs []*Run, seq uint64) (newest *Run) {
	for _, r := range runs {
		if r.Seq < seq {
			newest = r
		}
	}
	return newest
}
