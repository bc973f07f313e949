package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult/ledger"
)

// A Preview is what a merge or a split would make of the themes that it touches;
// nothing is decided by looking at it.
type Preview struct {
	Now, Then     *analysis.Report // all themes, as they are and as they would be
	Before, After []analysis.Theme // those that it touches; a split's new one comes first, under the machine's name
}

// PreviewMerge is what Merge would do. Errors: its own, ErrNoRun, ctx's.
func (d *Desk) PreviewMerge(ctx context.Context, actor, edition, into, from string) (Preview, error) {
	return d.preview(ctx, actor, edition, func(_ ledger.View, p *partition) (*choice, []string, error) {
		if err := p.mayMerge(into, from); err != nil {
			return nil, nil, err
		}
		return &choice{Kind: kindMerged, Theme: from, Data: decisionData{Into: into}}, []string{into, from}, nil
	})
}

// previewed is the identifier of the theme that a split would make.
const previewed = "nouveau"

// PreviewSplit is what Split would do. Errors as of PreviewMerge.
func (d *Desk) PreviewSplit(ctx context.Context, actor, edition string, segments []string) (Preview, error) {
	segments, err := cleanSplit(segments)
	if err != nil {
		return Preview{}, err
	}
	return d.preview(ctx, actor, edition, func(v ledger.View, p *partition) (*choice, []string, error) {
		moves, err := p.gather(v, segments, func(string, string) bool { return true })
		if err != nil {
			return nil, nil, err
		}
		touched := []string{previewed}
		for _, m := range moves {
			if from := p.root(m.From); from != "" && !slices.Contains(touched, from) {
				touched = append(touched, from)
			}
		}
		return &choice{Kind: kindSplit, Theme: previewed, Data: decisionData{Moves: moves}}, touched, nil
	})
}

// preview describes the themes as they would be had rule's choice been taken; rule
// also names those that it touches.
func (d *Desk) preview(ctx context.Context, actor, edition string, rule func(ledger.View, *partition) (*choice, []string, error)) (Preview, error) {
	for {
		if err := d.staff(actor); err != nil {
			return Preview{}, err
		}
		p, err := d.imagine(ctx, edition, rule)
		if !errors.Is(err, errMoved) {
			return p, err
		}
	}
}

func (d *Desk) imagine(ctx context.Context, edition string, rule func(ledger.View, *partition) (*choice, []string, error)) (out Preview, err error) {
	if out.Now, err = d.Report(ctx, edition); err != nil {
		return out, err
	}
	if err := take(ctx, d.turn); err != nil {
		return out, err
	}
	defer func() { <-d.turn }()
	m := d.moment(edition, true)
	base, err := d.base(ctx, m.run)
	if err != nil {
		return out, err
	}
	var c *choice
	var touched []string
	d.config.Ledger.View(func(v ledger.View) {
		c, touched, err = rule(v, apply(base, m.run.heard, m.choices, always))
	})
	if err != nil {
		return out, err
	}
	c.Seq = always // after all that was decided
	then := apply(base, m.run.heard, append(slices.Clone(m.choices), c), always)
	if out.Then, err = d.revise(ctx, m.run, m.read(base), base, then); err != nil {
		return out, fmt.Errorf("desk: preview: %w", err)
	}
	for _, id := range touched {
		same := func(t analysis.Theme) bool { return t.ID == id }
		if i := slices.IndexFunc(out.Now.Themes, same); i >= 0 {
			out.Before = append(out.Before, out.Now.Themes[i])
		}
		if i := slices.IndexFunc(out.Then.Themes, same); i >= 0 {
			out.After = append(out.After, out.Then.Themes[i])
		}
	}
	return out, nil
}
