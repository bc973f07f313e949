package desk

import (
	"context"

	"github.com/villes-internet/congres/analysis"
)

// placing is the placer of a report as handed out.
type placing struct {
	report *analysis.Report
	placer *analysis.Placer
}

// Joins says which of an edition's themes, as they are now, a text that no run has
// read would join; none of them: the zero Named. What that takes is kept for one
// edition, the last that was asked for, until its report is described anew or
// purged. Errors: ErrNoRun, the store's, ctx's.
func (d *Desk) Joins(ctx context.Context, edition, text string) (Named, error) {
	report, err := d.Report(ctx, edition)
	if err != nil {
		return Named{}, err
	}
	placer, err := d.placer(ctx, edition, report)
	if err != nil {
		return Named{}, err
	}
	to := placer.Place(text).Theme
	for _, t := range report.Themes {
		if t.ID == to {
			return Named{t.ID, t.Label}, nil
		}
	}
	return Named{}, nil
}

func (d *Desk) placer(ctx context.Context, edition string, report *analysis.Report) (*analysis.Placer, error) {
	if p := d.placed(report); p != nil {
		return p, nil
	}
	if err := take(ctx, d.turn); err != nil { // one at a time
		return nil, err
	}
	defer func() { <-d.turn }()
	if p := d.placed(report); p != nil { // by whoever had the turn before
		return p, nil
	}
	p := analysis.NewPlacer(report)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.reports[edition].report == report { // else it was replaced meanwhile
		d.placing = placing{report, p}
	}
	return p, nil
}

// placed is the placer kept for a report, nil when it is not that one's.
func (d *Desk) placed(report *analysis.Report) *analysis.Placer {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.placing.report == report {
		return d.placing.placer
	}
	return nil
}

// unplace lets go of the placer of an edition's report; the desk's mutex is held.
func (d *Desk) unplace(edition string) {
	if d.placing.report == d.reports[edition].report {
		d.placing = placing{}
	}
}
