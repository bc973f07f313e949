package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// MaxSeed is the length of a seed, in characters.
const MaxSeed = analysis.MaxSeed / utf8.UTFMax

// An Axis is what staff expect in an edition: every run of it draws to a theme of
// that name what is like the seeds, words and terms or example sentences. Without
// a seed its name is one.
type Axis struct {
	ID, Name string
	Seeds    []string
}

func (a Axis) guide() analysis.Guide { return analysis.Guide{Name: a.Name, Seeds: a.Seeds} }

// guides are the axes that stand as of fact at, in the order in which they were
// first given.
func guides(choices []*choice, at uint64) (out []Axis) {
	for _, c := range choices {
		if !c.stands(at) {
			continue
		}
		same := func(a Axis) bool { return a.ID == c.Theme }
		switch c.Kind {
		case kindGiven, kindCleared:
			a := Axis{c.Theme, c.Data.Label, c.Data.Seeds}
			if i := slices.IndexFunc(out, same); i >= 0 {
				out[i] = a
			} else {
				out = append(out, a)
			}
		case kindWithdrawn:
			out = slices.DeleteFunc(out, same)
		}
	}
	return out
}

// Axes are those that guide an edition's next run.
func (d *Desk) Axes(edition string) []Axis { return guides(d.moment(edition, false).choices, always) }

// GiveAxis has an axis guide the edition's runs from the next one on, or changes
// the one whose identifier a has. Errors: consult.ErrForbidden,
// consult.ErrNotFound for an edition or an axis that is not there, a
// consult.FieldError for what the person must correct, the ledger's.
func (d *Desk) GiveAxis(ctx context.Context, actor, edition string, a Axis, key string) error {
	if err := d.staff(actor); err != nil {
		return err
	}
	a.Name, a.Seeds = spaced(a.Name), cleanSeeds(a.Seeds)
	switch n := utf8.RuneCountInString(a.Name); {
	case n < 1 || n > MaxLabel:
		return bad("nom", "Donnez à l’axe un nom de %d caractères au plus.", MaxLabel)
	case len(a.Seeds) > analysis.MaxSeeds:
		return bad("amorces", "Un axe a %d amorces au plus, et vous en donnez %d\u00a0: gardez celles qui le disent le mieux.", analysis.MaxSeeds, len(a.Seeds))
	}
	for _, s := range a.Seeds {
		if utf8.RuneCountInString(s) > MaxSeed {
			return bad("amorces", "Une amorce a %d caractères au plus\u00a0: raccourcissez, ou mettez sur plusieurs lignes, celle qui commence par «\u00a0%s\u00a0».", MaxSeed, string([]rune(s)[:40]))
		}
	}
	return d.guide(ctx, actor, edition, key, func(tx *ledger.Tx, choices []*choice) error {
		now, subject := guides(choices, always), a.ID
		i := slices.IndexFunc(now, func(x Axis) bool { return x.ID == a.ID })
		switch {
		case a.ID == "":
			subject, now = store.NewID(), append(now, a)
		case i < 0:
			return notFound("axis", a.ID)
		case now[i].Name == a.Name && slices.Equal(now[i].Seeds, a.Seeds):
			return nil
		default:
			now[i] = a
		}
		if err := checkAxes(now); err != nil {
			return err
		}
		tx.Emit(kindGiven, 1, subject, decisionData{Edition: edition, Label: a.Name, Seeds: a.Seeds})
		return nil
	})
}

// WithdrawAxis lets the edition's next runs go without an axis. Errors as of
// GiveAxis.
func (d *Desk) WithdrawAxis(ctx context.Context, actor, edition, axis, key string) error {
	return d.guide(ctx, actor, edition, key, func(tx *ledger.Tx, choices []*choice) error {
		now := guides(choices, always)
		i := slices.IndexFunc(now, func(x Axis) bool { return x.ID == axis })
		if i < 0 {
			return notFound("axis", axis)
		}
		tx.Emit(kindWithdrawn, 1, axis, decisionData{Edition: edition, Label: now[i].Name})
		return nil
	})
}

// guide has rule decided on an edition's decisions; unlike other acts of the
// desk it needs no run.
func (d *Desk) guide(ctx context.Context, actor, edition, key string, rule func(*ledger.Tx, []*choice) error) error {
	_, err := d.config.Ledger.Do(ctx, ledger.Command{Actor: actor, Key: key, Decide: func(tx *ledger.Tx) error {
		if err := staff(tx, actor); err != nil {
			return err
		}
		if ledger.Of[*consult.State](tx).Edition(edition) == nil {
			return fmt.Errorf("desk: edition %.40s: %w", edition, consult.ErrNotFound)
		}
		return rule(tx, ledger.Of[*State](tx).choices[edition])
	}})
	return err
}

// ofAxis says whether a decision is on an axis that guides.
func (d *Desk) ofAxis(edition string, seq uint64) bool {
	return slices.ContainsFunc(d.moment(edition, false).choices, func(c *choice) bool {
		return c.Seq == seq && c.guides()
	})
}

// undoAxis undoes such a decision. It refuses to bring back a name that another
// axis has got since, or more axes than a run follows.
func (d *Desk) undoAxis(ctx context.Context, actor, edition string, seq uint64, key string) error {
	return d.guide(ctx, actor, edition, key, func(tx *ledger.Tx, choices []*choice) error {
		after, c := undone(choices, seq)
		if c == nil {
			return nil
		}
		if err := checkAxes(guides(after, always)); err != nil {
			return err
		}
		tx.Emit(kindUndone, 1, c.Theme, decisionData{Edition: edition, Undoes: seq})
		return nil
	})
}

// checkAxes refuses axes that a run could not follow together.
func checkAxes(axes []Axis) error {
	if len(axes) > analysis.MaxGuides {
		return bad("nom", "%d axes au plus guident l’analyse\u00a0: retirez-en un d’abord.", analysis.MaxGuides)
	}
	for i, a := range axes {
		if slices.ContainsFunc(axes[:i], func(b Axis) bool { return equalLabels(a.Name, b.Name) }) {
			return bad("nom", "Un autre axe s’appelle déjà «\u00a0%s\u00a0»\u00a0: choisissez un autre nom, ou complétez ses amorces.", a.Name)
		}
	}
	return nil
}

// cleanSeeds leaves out empty ones and those that come twice.
func cleanSeeds(seeds []string) (out []string) {
	for _, s := range seeds {
		if s = strings.TrimSpace(spaced(s)); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
