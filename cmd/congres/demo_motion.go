package main

import (
	"context"
	"errors"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/corpora/demo"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

// The demo's draft motion: its title, and how many themes it is made from.
const (
	demoTitle = "Pour un numérique qui n’oublie personne"
	demoAxes  = 4
)

// prepareMotion makes what the demo shows beyond the consultation, where it is
// not there yet: a first analysis, and a draft motion with one published
// version.
func (h *house) prepareMotion(ctx context.Context, c *demo.Congress) error {
	staff, rapporteure := h.personOf(c, "equipe-roussillat"), h.personOf(c, "tanguic")
	var edition *consult.Edition
	var motions []*motion.Motion
	h.ledger.View(func(v ledger.View) {
		edition = ledger.Of[*consult.State](v).Current(h.ledger.Now())
		motions = ledger.Of[*motion.State](v).Motions(edition.ID)
	})
	report, err := h.desk.Report(ctx, edition.ID)
	if errors.Is(err, desk.ErrNoRun) {
		report, err = h.analyseNow(ctx, staff, edition.ID)
	}
	if err != nil || len(motions) > 0 {
		return err
	}
	var themes []string
	for _, t := range report.Themes[:min(demoAxes, len(report.Themes))] {
		themes = append(themes, t.ID)
	}
	out, err := h.ledger.Do(ctx, ledger.Command{Actor: rapporteure, Decide: func(tx *ledger.Tx) error {
		_, err := motion.Open(tx, edition.ID, demoTitle, themes)
		return err
	}})
	if err != nil {
		return err
	}
	var ops []ydoc.Op
	h.ledger.View(func(v ledger.View) {
		ops = motion.Draft(demoTitle, edition, ledger.Of[*consult.State](v), report, themes)
	})
	if err := h.rooms.Seed(ctx, out.Subject, ops, rapporteure); err != nil {
		return err
	}
	_, err = h.publisher.Publish(ctx, rapporteure, "", out.Subject, ops, motion.Reading{Grave: true}) // proposals are still to be written: the demo shows that too
	return err
}

// analyseNow runs an analysis and waits for it.
func (h *house) analyseNow(ctx context.Context, actor, edition string) (*analysis.Report, error) {
	events, cancel := h.desk.Watch()
	defer cancel()
	run, err := h.desk.Start(ctx, actor, edition, analysis.Settings{})
	if err != nil {
		return nil, err
	}
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case e := <-events:
			if e.Run == run && e.Finished {
				if e.Err != nil {
					return nil, e.Err
				}
				return h.desk.Report(ctx, edition)
			}
		}
	}
}
