package desk

import (
	"context"
	"errors"
	"maps"
	"slices"
)

// An era is the time during which a run was an edition's newest, and what the
// machine called themes then. Those names may hold words of a contribution: so no
// fact has them, and they are read in the run's report, which erasures purge.
type era struct {
	after uint64 // the run's fact
	name  map[string]string
}

// eras are those in which people decided something, in time. A theme that has no
// name of the machine's in one, for it bore a person's, keeps that of the last
// before. errMoved: a report has just been replaced.
func (d *Desk) eras(ctx context.Context, m *moment) (out []era, err error) {
	name := map[string]string{}
	for i, r := range m.runs {
		if !slices.ContainsFunc(m.choices, func(c *choice) bool {
			return c.Seq > r.Seq && (i+1 == len(m.runs) || c.Seq < m.runs[i+1].Seq)
		}) {
			continue
		}
		names, err := d.names(ctx, r, m.gone)
		if err != nil {
			return nil, err
		}
		name = maps.Clone(name)
		maps.Copy(name, names)
		out = append(out, era{r.Seq, name})
	}
	return out, nil
}

// Formerly says of the themes that bear the machine's name and that the machine called
// otherwise what that was: in the newest run, where decisions since have taken away
// what that name said, else in the run before. Errors: ErrNoRun, the store's, ctx's.
func (d *Desk) Formerly(ctx context.Context, edition string) (map[string]string, error) {
	for {
		out, err := d.formerly(ctx, edition)
		if !errors.Is(err, errMoved) {
			return out, err
		}
	}
}

func (d *Desk) formerly(ctx context.Context, edition string) (map[string]string, error) {
	report, err := d.Report(ctx, edition)
	if err != nil {
		return nil, err
	}
	m := d.moment(edition, false)
	out := map[string]string{}
	for _, r := range []*Run{m.run, m.before} {
		if r == nil {
			continue
		}
		was, err := d.names(ctx, r, m.gone)
		if err != nil {
			return nil, err
		}
		for _, t := range report.Themes {
			if old := was[t.ID]; !named(t) && old != "" && old != t.Label && out[t.ID] == "" {
				out[t.ID] = old
			}
		}
	}
	return out, nil
}

// calledAt is what the machine called themes when fact at was kept.
func calledAt(eras []era, at uint64) (name map[string]string) {
	for _, e := range eras {
		if e.after < at {
			name = e.name
		}
	}
	return name
}

// names are those that the machine gave a run's themes, as far as what is not
// hidden or erased says them; "" for those that are gone.
type names struct {
	gone uint64 // the last fact that hid, showed or erased
	of   map[string]string
}

func (d *Desk) names(ctx context.Context, r *Run, gone uint64) (map[string]string, error) {
	d.mu.Lock()
	known := d.called[r.blob]
	d.mu.Unlock()
	if known.of != nil && known.gone == gone {
		return known.of, nil
	}
	report, err := d.load(ctx, r)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	machine(out, report)
	for id := range out {
		out[id] = ""
	}
	for _, t := range d.seen(report).Themes {
		if !named(t) && !t.Replaced {
			out[t.ID] = t.Label
		}
	}
	d.mu.Lock()
	if !d.deleted[r.blob] {
		d.called[r.blob] = names{gone, out}
	}
	d.mu.Unlock()
	return out, nil
}
