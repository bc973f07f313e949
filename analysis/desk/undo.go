package desk

import (
	"context"
	"fmt"
	"slices"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

// Undo undoes the decision that fact seq is, however old; those taken after
// it stand. It refuses to bring back a name that another theme has got since. A return
// to an earlier run is undone as long as it is the newest, by another return.
func (d *Desk) Undo(ctx context.Context, actor, edition string, seq uint64, key string) error {
	if d.ofAxis(edition, seq) {
		return d.undoAxis(ctx, actor, edition, seq, key)
	}
	m := d.moment(edition, false)
	for _, r := range m.runs {
		switch {
		case r.Seq != seq || r.Back == "":
		case r == m.run:
			return d.Return(ctx, actor, edition, r.After, key)
		default: // another run has come since: undone already, or past undoing
			return nil
		}
	}
	_, err := d.act(ctx, actor, edition, key, func(tx *ledger.Tx, g *ground) error {
		after, c := undone(g.choices, seq)
		if after == nil {
			return fmt.Errorf("desk: decision %d: %w", seq, consult.ErrNotFound)
		}
		if c == nil {
			return nil
		}
		p := apply(g.base, g.run.heard, after, always)
		for t := range p.shown() {
			if p.label[t] != "" {
				if err := p.free(nil, t, p.label[t]); err != nil {
					return err
				}
			}
		}
		tx.Emit(kindUndone, 1, c.Theme, decisionData{Edition: edition, Undoes: seq})
		return nil
	})
	return err
}

// undone is choices without what decision seq did, and that decision: nil where it
// is undone already. No choices: there is no such decision.
func undone(choices []*choice, seq uint64) (after []*choice, c *choice) {
	i := slices.IndexFunc(choices, func(c *choice) bool { return c.Seq == seq })
	if i < 0 {
		return nil, nil
	}
	if choices[i].Undone != 0 {
		return choices, nil
	}
	x := *choices[i]
	x.Undone = always
	after = slices.Clone(choices)
	after[i] = &x
	return after, &x
}
