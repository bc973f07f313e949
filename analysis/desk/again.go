package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// Return has an earlier run of an edition be its newest again, with its themes'
// identifiers, and the decisions on themes as they were when the next run was kept:
// those taken since are undone, those undone since stand again. The axes that guide
// the next run stay what they are. What was erased since stays so. It is a run like
// another, which one returns from as well. Nothing happens where the run is the newest.
// Errors: consult.ErrForbidden, ErrNoRun, consult.ErrNotFound for a run that is not the
// edition's, ErrRunning, the store's, the ledger's.
func (d *Desk) Return(ctx context.Context, actor, edition, run, key string) error {
	for {
		if err := d.goBack(ctx, actor, edition, run, key); !errors.Is(err, errMoved) {
			return err
		}
	}
}

func (d *Desk) goBack(ctx context.Context, actor, edition, run, key string) error {
	if err := d.staff(actor); err != nil {
		return err
	}
	m := d.moment(edition, false)
	i := slices.IndexFunc(m.runs, func(r *Run) bool { return r.ID == run })
	switch {
	case m.run == nil:
		return ErrNoRun
	case i < 0:
		return notFound("run", run)
	case i == len(m.runs)-1:
		return nil
	}
	if _, of := d.Running(); of == edition {
		return ErrRunning
	}
	old := m.runs[i]
	found, err := d.load(ctx, old)
	if err != nil {
		return err
	}
	rest := unseeded(without(found, d.erased()), d.seeds(edition))
	file, err := json.Marshal(rest)
	if err != nil {
		return fmt.Errorf("desk: return: %w", err)
	}
	return d.put(ctx, file, ledger.Command{Actor: actor, Key: key}, func(blob string, hash store.Hash, tx *ledger.Tx) error {
		if err := staff(tx, actor); err != nil {
			return err
		}
		if ledger.Of[*State](tx).Newest(edition).ID != m.run.ID || holdsErased(tx, rest) {
			return errMoved
		}
		tx.Emit(kindRun, 1, store.NewID(), runData{
			Edition: edition, After: m.run.ID, Blob: blob, Hash: hash, Started: d.config.Now().UnixMilli(), Heard: old.heard,
			Using:  settingsData{old.Settings.Themes, old.Settings.View, old.Settings.Seed},
			Counts: counts(rest.Corpus), Themes: old.Themes, Purged: old.purged || rest != found, Back: old.ID,
		})
		return nil
	})
}

// asThen are the decisions of now with those on themes as they were then, and those
// that were not taken then undone by fact back.
func asThen(now, then []*choice, back *Run) []*choice {
	was := make(map[uint64]*choice, len(then))
	for _, c := range then {
		was[c.Seq] = c
	}
	out := slices.Clone(now)
	for i, c := range out {
		switch old := was[c.Seq]; {
		case c.guides():
		case old != nil:
			out[i] = old
		case c.Undone == 0:
			x := *c
			x.Undone, x.UndoneBy, x.UndoneAt = back.Seq, back.Actor, back.At
			out[i] = &x
		}
	}
	return out
}

// mostFormer is in how many earlier runs a theme is looked for that may come back.
const mostFormer = 10

// returning says which of r's new themes are again one of an earlier run that was gone
// since, as [analysis.Majority] has it; the later run first. New sentences count against
// it: one that is mostly of such ones is another theme.
func (d *Desk) returning(ctx context.Context, m *moment, r *analysis.Report, priors []analysis.Prior) (map[string]string, error) {
	known := map[string]bool{}
	for _, p := range priors {
		known[p.ID] = true
	}
	fresh := map[string]bool{}
	for _, t := range r.Themes {
		fresh[t.ID] = !known[t.ID]
	}
	for theme := range apply(nil, 0, m.choices, always).parent {
		known[theme] = true // people said that it is another
	}
	is, later := make(map[string]string, len(r.Segments)), map[string]int{}
	for _, s := range r.Segments {
		is[s.ID] = s.Theme
		later[s.Theme]++
	}
	out := map[string]string{}
	for n, run := range slices.Backward(m.runs[:max(0, len(m.runs)-1)]) {
		if len(m.runs)-1-n > mostFormer || !slices.ContainsFunc(r.Themes, func(t analysis.Theme) bool { return fresh[t.ID] }) {
			break
		}
		if !slices.ContainsFunc(run.Themes, func(t string) bool { return !known[t] }) {
			continue
		}
		base, err := d.load(ctx, run)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil { // replaced meanwhile or not to be read: it tells nothing, and is no reason to lose a run
			continue
		}
		earlier, common := map[string]int{}, map[[2]string]int{}
		left := apply(base, run.heard, run.left, always)
		for _, s := range left.segments {
			if was, now := left.own[s], is[s]; was != "" {
				earlier[was]++
				common[[2]string{was, now}]++
			}
		}
		for k, n := range common {
			if was, now := k[0], k[1]; !known[was] && fresh[now] && analysis.Majority(n, earlier[was], later[now]) {
				out[now], known[was], fresh[now] = was, true, false
			}
		}
	}
	return out, nil
}
