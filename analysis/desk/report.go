package desk

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/corpora"
)

// described is a report as handed out, and of what.
type described struct {
	last, gone uint64
	documents  []string
	report     *analysis.Report
}

func (d *Desk) described(edition string) described {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.reports[edition]
}

// Report is the newest run with all decisions that stand, described again
// where they changed something. It speaks of the contributions that the run
// read, in the versions that it read, those excepted that are hidden or erased
// now; support given since counts from the next decision on. It is computed
// once and must not be changed. Errors: ErrNoRun, the store's, ctx's.
func (d *Desk) Report(ctx context.Context, edition string) (*analysis.Report, error) {
	for {
		m := d.moment(edition, false)
		if m.run == nil {
			return nil, ErrNoRun
		}
		if c := d.described(edition); c.report != nil && c.last == m.last && c.gone == m.gone {
			return c.report, nil
		}
		if err := d.describe(ctx, edition); err != nil && !errors.Is(err, errMoved) {
			return nil, err
		}
	}
}

// describe makes the report of an edition as it is now.
func (d *Desk) describe(ctx context.Context, edition string) error {
	if err := take(ctx, d.turn); err != nil {
		return err
	}
	defer func() { <-d.turn }()
	m := d.moment(edition, true)
	old := d.described(edition)
	if old.report != nil && old.last == m.last && old.gone == m.gone {
		return nil // by whoever had the turn before
	}
	base, err := d.base(ctx, m.run)
	if err != nil {
		return err
	}
	corpus := m.read(base)
	now := described{last: m.last, gone: m.gone, documents: make([]string, len(corpus.Documents))}
	for i, x := range corpus.Documents {
		now.documents[i] = x.ID
	}
	p := apply(base, m.run.heard, m.choices, always)
	switch {
	case old.report != nil && old.last == m.last && slices.Equal(old.documents, now.documents):
		now.report = old.report // what was hidden or erased was not in it
	case !m.run.purged && len(corpus.Documents) == len(base.Documents) && p.same(base) && unseeded(base, d.seeds(edition)) == base:
		now.report = base
	default:
		if now.report, err = d.revise(ctx, m.run, corpus, base, p); err != nil {
			return fmt.Errorf("desk: report: %w", err)
		}
	}
	d.mu.Lock()
	if now.report != old.report {
		d.unplace(edition)
	}
	d.reports[edition] = now
	d.mu.Unlock()
	return nil
}

// revise has what p makes of base described, as far as corpus still has it.
func (d *Desk) revise(ctx context.Context, r *Run, corpus corpora.Corpus, base *analysis.Report, p *partition) (*analysis.Report, error) {
	rest, err := d.left(ctx, r, corpus, base)
	if err != nil || len(rest.Segments) == 0 { // nothing is left to describe
		return rest, err
	}
	there := map[string]bool{}
	for _, s := range rest.Segments {
		there[s.ID] = true
	}
	known := *rest
	known.Axes = p.axes(rest.Axes)
	priors := p.priors(true, func(s string) bool { return there[s] })
	d.mu.Lock()
	last := d.drawn
	d.mu.Unlock()
	if last.of == rest && reflect.DeepEqual(last.axes, known.Axes) && reflect.DeepEqual(last.priors, priors) && reflect.DeepEqual(last.corpus, corpus) {
		return last.report, nil
	}
	report, err := d.config.Engine.Revise(ctx, corpus, &known, priors)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	purged := d.bases[r.Edition].blob != r.blob
	if !purged {
		d.drawn = drawn{rest, corpus, known.Axes, priors, report}
	}
	d.mu.Unlock()
	if purged { // meanwhile
		d.config.Engine.Forget()
	}
	return report, nil
}

// drawn is a description, and what it is of: whoever decides what a preview has shown
// need not wait for it again.
type drawn struct {
	of     *analysis.Report
	corpus corpora.Corpus
	axes   []analysis.Axis
	priors []analysis.Prior
	report *analysis.Report
}

// remains are what a kept report still has, and by what.
type remains struct {
	blob      string
	documents []string
	report    *analysis.Report
}

// left is base as far as corpus still has it. Where texts have left it, its other
// readings are made anew, once: they are the same whatever people decide. The
// caller has the desk's turn.
func (d *Desk) left(ctx context.Context, r *Run, corpus corpora.Corpus, base *analysis.Report) (*analysis.Report, error) {
	gone := map[string]bool{}
	for _, x := range base.Documents {
		gone[x.ID] = true
	}
	now := remains{blob: r.blob, documents: make([]string, len(corpus.Documents))}
	for i, x := range corpus.Documents {
		delete(gone, x.ID)
		now.documents[i] = x.ID
	}
	now.report = unseeded(without(base, gone), d.seeds(r.Edition))
	if len(now.report.Segments) == 0 || now.report == base && !r.purged {
		return now.report, nil
	}
	d.mu.Lock()
	old := d.remains[r.Edition]
	d.mu.Unlock()
	if old.blob == now.blob && slices.Equal(old.documents, now.documents) && reflect.DeepEqual(old.report.Settings.Axes, now.report.Settings.Axes) {
		return old.report, nil
	}
	var err error
	if now.report, err = d.config.Engine.Reread(ctx, corpus, now.report); err != nil {
		return nil, err
	}
	d.mu.Lock()
	d.remains[r.Edition] = now
	d.mu.Unlock()
	return now.report, nil
}
