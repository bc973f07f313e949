package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/corpora"
)

// remembered is how many runs Progress knows that were not kept.
const remembered = 16

// A task is a run in progress.
type task struct {
	event    Event // guarded by the desk's mutex
	cancel   context.CancelFunc
	actor    string
	settings analysis.Settings
	started  time.Time
	moment   *moment
}

// errMoved: what was made ready no longer fits, make it again.
var errMoved = errors.New("desk: moved meanwhile")

// Start has an edition analysed, with the themes as people left them, and
// returns at once. Unless s has axes, those that staff gave the edition guide
// it. Staff only. Errors: consult.ErrForbidden,
// consult.ErrNotFound, ErrRunning, a consult.FieldError when there is nothing
// to analyse.
//
// One run at a time goes on in this process; of two that nodes sharing a store
// start together, the second to end is not kept (ErrOvertaken).
func (d *Desk) Start(ctx context.Context, actor, edition string, s analysis.Settings) (run string, err error) {
	if err := d.staff(actor); err != nil {
		return "", err
	}
	m := d.moment(edition, true)
	if s.Axes == nil {
		for _, a := range guides(m.choices, always) {
			s.Axes = append(s.Axes, a.guide())
		}
	}
	switch {
	case !m.known:
		return "", fmt.Errorf("desk: edition %.40s: %w", edition, consult.ErrNotFound)
	case len(m.corpus.Documents) == 0:
		return "", &consult.FieldError{Field: "édition", Problem: "Il n’y a encore aucune contribution à analyser\u00a0: attendez la première ou importez-en."}
	}
	if s.Themes > 0 && s.Themes <= len(s.Axes) {
		return "", bad("themes", "%s guident l’analyse\u00a0: demandez au moins %d thèmes, un de plus pour ce qui n’est d’aucun axe, ou laissez l’analyse en décider.",
			several(len(s.Axes), "axe", "axes"), len(s.Axes)+1)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.running != nil {
		return "", ErrRunning
	}
	if d.watchers == nil || d.ctx.Err() != nil {
		return "", fmt.Errorf("desk: closed: %w", context.Canceled)
	}
	t := &task{actor: actor, settings: s, started: d.config.Now(), moment: m}
	t.event = Event{Run: store.NewID(), Edition: edition, Stage: "préparation"}
	var work context.Context
	work, t.cancel = context.WithCancel(d.ctx)
	d.running, d.tasks = t, append(d.tasks, t)
	if len(d.tasks) > remembered {
		d.tasks = d.tasks[1:]
	}
	run = t.event.Run
	d.done.Go(func() {
		defer t.cancel()
		err := d.work(work, t, run)
		if err != nil && work.Err() != nil {
			err = fmt.Errorf("desk: run: %w", work.Err())
		}
		t.moment = nil // it holds the corpus
		stage, done, total, _, _ := d.Progress(run)
		d.tell(t, Event{run, edition, stage, done, total, true, err})
	})
	return run, nil
}

// staff refuses whoever is not.
func (d *Desk) staff(actor string) (err error) {
	d.config.Ledger.View(func(v ledger.View) { err = staff(v, actor) })
	return err
}

func staff(v ledger.View, actor string) error {
	if ledger.Of[*consult.State](v).Role(actor) != consult.Staff {
		return fmt.Errorf("desk: %w", consult.ErrForbidden)
	}
	return nil
}

// work runs t and keeps what it found.
func (d *Desk) work(ctx context.Context, t *task, run string) (err error) {
	defer func() {
		if r := recover(); r != nil { // one corpus must not stop the service
			err = fmt.Errorf("desk: the analysis panicked: %v", r)
		}
	}()
	s := t.settings
	for {
		s.Previous, s.PreviousAxes, err = d.previous(ctx, t.moment)
		if !errors.Is(err, errMoved) {
			break
		}
		t.moment = d.moment(t.moment.edition, true) // somebody has just been erased
	}
	if err != nil {
		return err
	}
	m := t.moment
	edition := m.edition
	s.Progress = func(stage string, done, total int) {
		d.tell(t, Event{Run: run, Edition: edition, Stage: stage, Done: done, Total: total})
	}
	found, err := d.config.Engine.Run(ctx, m.corpus, s)
	if err != nil {
		return fmt.Errorf("desk: run: %w", err)
	}
	back, err := d.returning(ctx, m, found, s.Previous)
	if err != nil {
		return err
	}
	found = mint(found, s.Previous, back)
	rest := found
	for {
		// Whoever was erased while it ran is not in what is kept.
		rest = unseeded(without(rest, d.erased()), d.seeds(edition))
		err = d.keep(ctx, t, run, rest, rest != found)
		if !errors.Is(err, errMoved) {
			return err
		}
	}
}

// previous lists the themes of the newest run as people left them, and their axes.
func (d *Desk) previous(ctx context.Context, m *moment) ([]analysis.Prior, []analysis.Axis, error) {
	if m.run == nil {
		return nil, nil, nil
	}
	base, err := d.base(ctx, m.run)
	if err != nil {
		return nil, nil, err
	}
	there := map[string]bool{}
	for _, x := range m.corpus.Documents {
		there[x.ID] = true
	}
	keep := func(segment string) bool {
		document, _, _, _, ok := corpora.ParseSegmentID(segment)
		return ok && there[document]
	}
	p := apply(base, m.run.heard, m.choices, always)
	priors := p.priors(false, keep)
	found, err := d.names(ctx, m.run, m.gone)
	if err != nil {
		return nil, nil, err
	}
	made, err := d.unnamed(ctx, m)
	if err != nil {
		return nil, nil, err
	}
	for i := range priors {
		x := &priors[i]
		x.Found = cmp.Or(found[x.ID], made[x.ID])
		if n := slices.IndexFunc(base.Themes, func(t analysis.Theme) bool { return t.ID == x.ID }); n >= 0 {
			x.X, x.Y = base.Themes[n].X, base.Themes[n].Y
		}
	}
	return priors, p.axes(d.seen(base).Axes), d.addCores(ctx, m, p, priors, keep)
}

// erased are the contributions that are so now.
func (d *Desk) erased() (out map[string]bool) {
	d.config.Ledger.View(func(v ledger.View) { out = ledger.Of[*consult.State](v).ErasedContributions() })
	return out
}

// seeds are those that an edition's axes have, or had.
func (d *Desk) seeds(edition string) (out map[string]bool) {
	d.config.Ledger.View(func(v ledger.View) { out = ledger.Of[*State](v).seeds(edition) })
	return out
}

// keep puts the report away and says so in the journal; purged is whether it is less
// than what the analysis found. errMoved: somebody was erased meanwhile.
func (d *Desk) keep(ctx context.Context, t *task, run string, found *analysis.Report, purged bool) error {
	data, err := json.Marshal(found)
	if err != nil {
		return fmt.Errorf("desk: run: %w", err)
	}
	themes := make([]string, len(found.Themes))
	for i, x := range found.Themes {
		themes[i] = x.ID
	}
	edition, after := t.moment.edition, ""
	if t.moment.run != nil {
		after = t.moment.run.ID
	}
	decide := func(blob string, hash store.Hash, tx *ledger.Tx) error {
		if newest := ledger.Of[*State](tx).Newest(edition); newest != nil && newest.ID != after {
			return ErrOvertaken
		}
		if holdsErased(tx, found) {
			return errMoved
		}
		tx.Emit(kindRun, 1, run, runData{
			Edition: edition, After: after, Blob: blob, Hash: hash, Started: t.started.UnixMilli(), Heard: t.moment.last,
			Using:  settingsData{t.settings.Themes, t.settings.View, t.settings.Seed},
			Counts: counts(found.Corpus), Themes: themes, Purged: purged,
		})
		return nil
	}
	if err := d.put(ctx, data, ledger.Command{Actor: t.actor, Key: "run " + run}, decide); err != nil {
		return fmt.Errorf("desk: run: %w", err)
	}
	return nil
}
