package desk

import (
	"context"
	"fmt"
	"slices"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

// Undo undoes the decision that fact seq is, however old; those taken after
// it stand. It refuses to bring back a name that another theme has got since.
func (d *Desk) Undo(ctx context.Context, actor, edition string, seq uint64, key string) error {
	_, err := d.act(ctx, actor, edition, key, func(tx *ledger.Tx, g *ground) error {
		i := slices.IndexFunc(g.choices, func(c *choice) bool { return c.Seq == seq })
		if i < 0 {
			return fmt.Errorf("desk: decision %d: %w", seq, consult.ErrNotFound)
		}
		if g.choices[i].Undone != 0 {
			return nil
		}
		after := slices.Clone(g.choices)
		undone := *after[i]
		undone.Undone = always
		after[i] = &undone
		p := apply(g.base, g.run.heard, after, always)
		for t := range p.shown() {
			if p.label[t] != "" {
				if err := p.free(nil, t, p.label[t]); err != nil {
					return err
				}
			}
		}
		tx.Emit(kindUndone, 1, undone.Theme, decisionData{Edition: edition, Undoes: seq})
		return nil
	})
	return err
}
