package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/corpora"
)

// MaxSplit is how many segments one split takes.
const MaxSplit = 5_000

// The acts below are staff's, each one fact or, where nothing would change,
// none; key is the command's idempotency key. Errors of all: ErrNoRun,
// consult.ErrForbidden, consult.ErrNotFound for a theme, a segment or a
// decision that is not there, a consult.FieldError for what the person must
// correct, the ledger's.

// Rename gives a theme a name of 1 to 80 characters that no other has.
func (d *Desk) Rename(ctx context.Context, actor, edition, theme, label, key string) error {
	if err := d.staff(actor); err != nil {
		return err
	}
	label, err := cleanLabel(label)
	if err != nil {
		return err
	}
	report, err := d.Report(ctx, edition) // for the names that the machine gave
	if err != nil {
		return err
	}
	_, err = d.decide(ctx, actor, edition, key, func(tx *ledger.Tx, p *partition) error {
		if !p.shown()[theme] {
			return notFound("theme", theme)
		}
		if err := p.free(report, theme, label); err != nil {
			return err
		}
		if p.label[theme] != label {
			tx.Emit(kindRenamed, 1, theme, decisionData{Edition: edition, Label: label})
		}
		return nil
	})
	return err
}

// Merge puts all of theme from into theme into, which keeps its name.
func (d *Desk) Merge(ctx context.Context, actor, edition, into, from, key string) error {
	_, err := d.decide(ctx, actor, edition, key, func(tx *ledger.Tx, p *partition) error {
		if err := p.mayMerge(into, from); err != nil {
			return err
		}
		tx.Emit(kindMerged, 1, from, decisionData{Edition: edition, Into: into})
		return nil
	})
	return err
}

// mayMerge refuses themes that nobody sees, and a theme with itself.
func (p *partition) mayMerge(into, from string) error {
	shown := p.shown()
	switch {
	case !shown[into]:
		return notFound("theme", into)
	case !shown[from]:
		return notFound("theme", from)
	case into == from:
		return bad("thème", "Choisissez deux thèmes différents à réunir.")
	}
	return nil
}

// Move puts a segment into a theme, or out of all when theme is "".
func (d *Desk) Move(ctx context.Context, actor, edition, segment, theme, key string) error {
	return d.MoveAll(ctx, actor, edition, []string{segment}, theme, key)
}

// MoveAll is Move for several segments, wherever they are: one decision, which
// is undone as one.
func (d *Desk) MoveAll(ctx context.Context, actor, edition string, segments []string, theme, key string) error {
	if segments = slices.Compact(slices.Sorted(slices.Values(segments))); len(segments) == 0 || len(segments) > MaxSplit {
		return bad("phrases", "Cochez une phrase au moins et 5\u202f000 au plus, puis choisissez où les déplacer.")
	}
	_, err := d.decide(ctx, actor, edition, key, func(tx *ledger.Tx, p *partition) error {
		if theme != "" && !p.shown()[theme] {
			return notFound("theme", theme)
		}
		moves, err := p.gather(tx, segments, func(own, s string) bool { return p.root(own) != theme || !p.pinned[s] })
		if err != nil || len(moves) == 0 {
			return err
		}
		document, _, _, _, _ := corpora.ParseSegmentID(moves[0].Segments[0])
		tx.Emit(kindMoved, 1, document, decisionData{Edition: edition, To: theme, Moves: moves})
		return nil
	})
	return err
}

// gather groups those segments that keep wants by the theme that they are in.
func (p *partition) gather(v ledger.View, segments []string, keep func(own, segment string) bool) (moves []moved, err error) {
	for _, s := range segments {
		own, err := p.segment(v, s)
		if err != nil {
			return nil, err
		}
		if !keep(own, s) {
			continue
		}
		i := slices.IndexFunc(moves, func(m moved) bool { return m.From == own })
		if i < 0 {
			i, moves = len(moves), append(moves, moved{From: own})
		}
		moves[i].Segments = append(moves[i].Segments, s)
	}
	return moves, nil
}

// Split makes a new theme of segments, wherever they are. Its name is a person's, or
// the machine's where label is "".
func (d *Desk) Split(ctx context.Context, actor, edition, label string, segments []string, key string) (theme string, err error) {
	return d.SplitNaming(ctx, actor, edition, label, segments, "", "", key)
}

// SplitNaming is Split that also gives rest, the theme that they come from, a name:
// both or neither. It keeps its own where restLabel is "".
func (d *Desk) SplitNaming(ctx context.Context, actor, edition, label string, segments []string, rest, restLabel, key string) (theme string, err error) {
	if err := d.staff(actor); err != nil {
		return "", err
	}
	for _, l := range []*string{&label, &restLabel} {
		if *l == "" {
			continue
		}
		if *l, err = cleanLabel(*l); err != nil {
			return "", err
		}
	}
	if label != "" && equalLabels(label, restLabel) {
		return "", bad("nom", "Donnez deux noms différents au nouveau thème et à ce qui reste.")
	}
	if segments, err = cleanSplit(segments); err != nil {
		return "", err
	}
	report, err := d.Report(ctx, edition)
	if err != nil {
		return "", err
	}
	out, err := d.decide(ctx, actor, edition, key, func(tx *ledger.Tx, p *partition) error {
		if err := p.free(report, "", label); err != nil {
			return err
		}
		moves, err := p.gather(tx, segments, func(string, string) bool { return true })
		if err != nil {
			return err
		}
		if restLabel != "" && !p.shown()[rest] {
			return notFound("theme", rest)
		}
		if err := p.free(report, rest, restLabel); err != nil {
			return err
		}
		tx.Emit(kindSplit, 1, store.NewID(), decisionData{Edition: edition, Label: label, Moves: moves})
		if restLabel != "" && restLabel != p.label[rest] {
			tx.Emit(kindRenamed, 1, rest, decisionData{Edition: edition, Label: restLabel})
		}
		return nil
	})
	return out.Subject, err
}

// cleanSplit has each segment once, in order.
func cleanSplit(segments []string) ([]string, error) {
	if segments = slices.Compact(slices.Sorted(slices.Values(segments))); len(segments) == 0 || len(segments) > MaxSplit {
		return nil, bad("phrases", "Choisissez une phrase au moins et 5\u202f000 au plus pour le nouveau thème.")
	}
	return segments, nil
}

// Freeze keeps a theme as it is: the next run takes nothing out of it.
func (d *Desk) Freeze(ctx context.Context, actor, edition, theme, key string) error {
	return d.freeze(ctx, actor, edition, theme, key, true)
}

// Thaw undoes what Freeze does.
func (d *Desk) Thaw(ctx context.Context, actor, edition, theme, key string) error {
	return d.freeze(ctx, actor, edition, theme, key, false)
}

func (d *Desk) freeze(ctx context.Context, actor, edition, theme, key string, yes bool) error {
	_, err := d.decide(ctx, actor, edition, key, func(tx *ledger.Tx, p *partition) error {
		if !p.shown()[theme] {
			return notFound("theme", theme)
		}
		kind := kindThawed
		if yes {
			kind = kindFrozen
		}
		if p.frozen[theme] != yes {
			tx.Emit(kind, 1, theme, decisionData{Edition: edition})
		}
		return nil
	})
	return err
}

// Place puts a theme under an axis of the edition, given by its identifier or
// title, or under an issue, given by its name; under none when axis is "".
func (d *Desk) Place(ctx context.Context, actor, edition, theme, axis, key string) error {
	_, err := d.decide(ctx, actor, edition, key, func(tx *ledger.Tx, p *partition) error {
		if !p.shown()[theme] {
			return notFound("theme", theme)
		}
		to := spaced(axis)
		if to != "" {
			if a, ok := ledger.Of[*consult.State](tx).Edition(edition).Axis(to); ok {
				to = a.ID
			} else if utf8.RuneCountInString(to) > MaxLabel {
				return bad("axe", "Donnez à l’axe un nom de 80 caractères au plus.")
			}
		}
		if p.axis[theme] != to {
			tx.Emit(kindPlaced, 1, theme, decisionData{Edition: edition, Axis: to})
		}
		return nil
	})
	return err
}

// A ground is what a decision is taken on.
type ground struct {
	base    *analysis.Report
	run     *Run
	choices []*choice
}

// decide has rule decided on the partition as it is at that very moment.
func (d *Desk) decide(ctx context.Context, actor, edition, key string, rule func(*ledger.Tx, *partition) error) (ledger.Outcome, error) {
	return d.act(ctx, actor, edition, key, func(tx *ledger.Tx, g *ground) error {
		return rule(tx, apply(g.base, g.run.heard, g.choices, always))
	})
}

// act has rule decided on the newest run. Its report is loaded before, out of
// the ledger's way; when another run was kept meanwhile, it starts again.
func (d *Desk) act(ctx context.Context, actor, edition, key string, rule func(*ledger.Tx, *ground) error) (ledger.Outcome, error) {
	for {
		if err := d.staff(actor); err != nil {
			return ledger.Outcome{}, err
		}
		m := d.moment(edition, false)
		if m.run == nil {
			return ledger.Outcome{}, ErrNoRun
		}
		base, err := d.base(ctx, m.run)
		var out ledger.Outcome
		if err == nil {
			out, err = d.config.Ledger.Do(ctx, ledger.Command{Actor: actor, Key: key, Decide: func(tx *ledger.Tx) error {
				if err := staff(tx, actor); err != nil {
					return err
				}
				s := ledger.Of[*State](tx)
				if now := s.Newest(edition); now.ID != m.run.ID || now.blob != m.run.blob {
					return errMoved
				}
				return rule(tx, &ground{base, m.run, s.choices[edition]})
			}})
		}
		if !errors.Is(err, errMoved) {
			return out, err
		}
	}
}

// segment says in which theme a segment that people can see is, merges aside.
func (p *partition) segment(v ledger.View, id string) (theme string, err error) {
	theme, ok := p.own[id]
	document, _, _, _, _ := corpora.ParseSegmentID(id)
	if c := ledger.Of[*consult.State](v).Contribution(document); !ok || c == nil || c.Erased || c.Hidden != "" {
		return "", notFound("segment", id)
	}
	return theme, nil
}

func notFound(what, id string) error {
	return fmt.Errorf("desk: %s %.80s: %w", what, id, consult.ErrNotFound)
}

func bad(field, format string, args ...any) error {
	return &consult.FieldError{Field: field, Problem: fmt.Sprintf(format, args...)}
}
