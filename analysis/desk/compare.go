package desk

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult/ledger"
)

// A Comparison sets an edition's themes as they are now beside those of a run. Of
// one of the edition's own, as the machine found them then: which sentences of
// both are where. Of another edition's, of which no sentence is the same: where the
// sentences of now would have gone then. What is hidden or erased now is in neither.
type Comparison struct {
	Run       *Run
	Crossings []Crossing // by the present themes' order, then the most sentences first
	Common    int        // sentences of both
	Same      int        // of those, the ones under a theme of the same identifier, or in both unclassified
	Gained    int        // sentences that only the present themes have
	Lost      int        // that only the run had

	// With another edition's run:
	Other     bool
	Corrected bool    // the run is that edition's newest: its themes are as people left them
	New       []Named // themes of now whose sentences mostly go to none of then
	Gone      []Named // themes of then to which none of now's sentences go, of those that were placed
	All       int     // sentences of now that are under a theme; Common counts those that were placed
}

// A Crossing is how many sentences are under one theme now and were, or would have
// been, under another then. A theme without identifier is the unclassified.
type Crossing struct {
	Now, Then Named
	Sentences int
}

// Compare compares with a run, of whatever edition. Errors: ErrNoRun for one that
// is not there, the store's, ctx's.
func (d *Desk) Compare(ctx context.Context, edition, run string) (Comparison, error) {
	for {
		c, err := d.compare(ctx, edition, run)
		if !errors.Is(err, errMoved) {
			return c, err
		}
	}
}

func (d *Desk) compare(ctx context.Context, edition, run string) (Comparison, error) {
	var c Comparison
	var newest *Run
	d.config.Ledger.View(func(v ledger.View) {
		s := ledger.Of[*State](v)
		if c.Run = s.run(run); c.Run != nil {
			newest = s.Newest(c.Run.Edition)
		}
	})
	if c.Run == nil {
		return c, ErrNoRun
	}
	now, err := d.Report(ctx, edition)
	if err != nil {
		return c, err
	}
	if c.Other = c.Run.Edition != edition; c.Other && newest.ID == run {
		c.Corrected = true
		then, err := d.Report(ctx, c.Run.Edition)
		if err == nil {
			err = d.place(ctx, &c, now, then)
		}
		return c, err
	}
	then, err := d.load(ctx, c.Run)
	if err != nil {
		return c, err
	}
	if c.Other {
		err := d.place(ctx, &c, now, d.seen(then))
		return c, err
	}
	c.cross(now, d.seen(then))
	return c, nil
}

// Then says in which theme of one of the edition's runs, as the machine found them, each
// sentence was, "" being the unclassified, and what those themes were called; what is
// hidden or erased now is left out. Errors: ErrNoRun for a run that is not there, the
// store's, ctx's.
func (d *Desk) Then(ctx context.Context, edition, run string) (of, label map[string]string, err error) {
	var r *Run
	d.config.Ledger.View(func(v ledger.View) { r = ledger.Of[*State](v).run(run) })
	if r == nil || r.Edition != edition {
		return nil, nil, ErrNoRun
	}
	report, err := d.load(ctx, r)
	if errors.Is(err, errMoved) {
		return d.Then(ctx, edition, run)
	}
	if err != nil {
		return nil, nil, err
	}
	of, label = map[string]string{}, map[string]string{}
	report = d.seen(report)
	for _, s := range report.Segments {
		of[s.ID] = s.Theme
	}
	for _, t := range report.Themes {
		label[t.ID] = t.Label
	}
	return of, label, nil
}

// cross counts the sentences of two reports.
func (c *Comparison) cross(now, then *analysis.Report) {
	was := make(map[string]string, len(then.Segments))
	for _, s := range then.Segments {
		was[s.ID] = s.Theme
	}
	count := map[[2]string]int{}
	for _, s := range now.Segments {
		before, both := was[s.ID]
		if !both {
			c.Gained++
			continue
		}
		delete(was, s.ID)
		c.Common++
		if before == s.Theme {
			c.Same++
		}
		count[[2]string{s.Theme, before}]++
	}
	c.Lost = len(was)
	c.tell(count, now, then)
}

// tell lists the crossings that were counted.
func (c *Comparison) tell(count map[[2]string]int, now, then *analysis.Report) {
	order, labels := map[string]int{"": len(now.Themes)}, map[string]string{}
	for i, t := range now.Themes {
		order[t.ID], labels[t.ID] = i, t.Label
	}
	old := map[string]string{}
	for _, t := range then.Themes {
		old[t.ID] = t.Label
	}
	for pair, n := range count {
		c.Crossings = append(c.Crossings, Crossing{Named{pair[0], labels[pair[0]]}, Named{pair[1], old[pair[1]]}, n})
	}
	slices.SortFunc(c.Crossings, func(a, b Crossing) int {
		return cmp.Or(cmp.Compare(order[a.Now.Theme], order[b.Now.Theme]), cmp.Compare(b.Sentences, a.Sentences), cmp.Compare(a.Then.Theme, b.Then.Theme))
	})
}
