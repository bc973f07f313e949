package web

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

var (
	errImporting  = errors.New("web: an import is running")
	errSameImport = errors.New("web: this import is running already")
)

// start has u imported into the current edition, in the server's own goroutine:
// one import at a time. The person who started it is its actor.
func (d *steering) start(v *visit, u *upload) error {
	edition, err := v.edition()
	if err != nil {
		return err
	}
	d.mu.Lock()
	switch {
	case d.running == u.ID:
		err = errSameImport
	case d.running != "":
		err = errImporting
	case d.s.ctx.Err() != nil:
		err = ledger.ErrClosed
	default:
		d.running = u.ID
	}
	d.mu.Unlock()
	if err != nil {
		return err
	}
	free := func() {
		d.mu.Lock()
		d.running = ""
		d.mu.Unlock()
	}
	u.Edition, u.Stage, u.Problem = edition, stageRunning, ""
	u.Done, u.Total, u.Copies, u.Tally = 0, 0, 0, consult.Tally{}
	if err := errors.Join(d.beat(v.r.Context(), u.ID), d.keep(v.r.Context(), u)); err != nil {
		free()
		return err
	}
	actor := v.id()
	d.s.tasks.Go(func() {
		defer free()
		defer d.beating(u.ID)()
		d.run(u, actor)
	})
	return nil
}

// How long an import is believed to go on without a sign of it, by the nodes
// where it does not run, and how often it gives one.
const (
	beatLife  = 15 * time.Second
	beatEvery = 4 * time.Second
)

func beatKey(id string) string { return "importing:" + id }

// goes is whether an import that has begun goes on: here or, where other nodes
// share the store, on one that gave a sign of it. Nothing goes on after the
// process that had the store alone has ended. One that has come to its end since
// u was read makes u what it is now.
func (d *steering) goes(ctx context.Context, u *upload) (bool, error) {
	if u.Stage != stageRunning {
		return false, nil
	}
	if d.now() == u.ID {
		return true, nil
	}
	if !d.s.Alone {
		if _, err := d.s.Store.Secret(ctx, beatKey(u.ID)); !errors.Is(err, store.ErrNotFound) {
			return err == nil, err
		}
	}
	now, err := d.find(ctx, u.ID, u.Kind)
	switch {
	case errors.Is(err, errFileGone):
		return false, nil
	case err != nil:
		return false, err
	}
	*u = *now
	return false, nil
}

func (d *steering) beat(ctx context.Context, id string) error {
	if d.s.Alone {
		return nil
	}
	return d.s.Store.PutSecret(ctx, beatKey(id), nil, beatLife)
}

// beating gives signs of an import until the function that it returns is called.
func (d *steering) beating(id string) (end func()) {
	if d.s.Alone {
		return func() {}
	}
	ctx, stop := context.WithCancel(d.s.ctx)
	var done sync.WaitGroup
	done.Go(func() {
		tick := time.NewTicker(beatEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				if err := d.beat(ctx, id); err != nil && ctx.Err() == nil {
					d.s.Log.Error("no sign of an import was given", "error", err)
				}
			}
		}
	})
	return func() {
		stop()
		done.Wait()
		forget, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		if err := d.s.Store.DeleteSecret(forget, beatKey(id)); err != nil {
			d.s.Log.Error("the sign of an import stays for a moment", "error", err)
		}
	}
}

// stopped are the imports that were interrupted, for whoever may go on with them.
func (d *steering) stopped(ctx context.Context) (out []*upload, err error) {
	d.shelf.Lock()
	files, err := d.shelved(ctx)
	d.shelf.Unlock()
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if f.Kind != ofContributions {
			continue
		}
		u, err := d.find(ctx, f.ID, f.Kind)
		if errors.Is(err, errFileGone) {
			continue
		} else if err != nil {
			return nil, err
		}
		if u.Stage != stageRunning {
			continue
		}
		if goes, err := d.goes(ctx, u); err != nil {
			return nil, err
		} else if !goes && u.Stage == stageRunning {
			out = append(out, u)
		}
	}
	return out, nil
}

// run imports u and keeps what came of it.
func (d *steering) run(u *upload, actor string) {
	err := d.importAll(u, actor)
	if d.s.ctx.Err() != nil {
		return // the server stops: the page says that the import was interrupted
	}
	out := frameOut{Kind: "import.done", Run: u.ID, Done: u.Done, Total: u.Total}
	u.Stage = stageDone
	if err != nil {
		u.Stage = stageFailed
		if _, u.Problem = explain(err); u.Problem == "" {
			reference := store.NewID()[:8]
			d.s.Log.Error("import failed", "reference", reference, "error", err)
			u.Problem = "Une erreur inattendue a arrêté l’import (référence " + reference + ")."
		}
		if u.Done > 0 {
			u.Problem = "L’import s’est arrêté après " + pluriel(u.Done, "ligne, qui est gardée", "lignes, qui sont gardées") + ". " + u.Problem + " Relancez-le ensuite\u00a0: rien ne sera ajouté deux fois."
		}
		out.Error = u.Problem
	}
	if err := d.keep(d.s.ctx, u); err != nil {
		d.s.Log.Error("what came of an import was not kept", "error", err)
	}
	d.s.live.send(out, d.s.isStaff)
}

func (d *steering) importAll(u *upload, actor string) error {
	ctx := d.s.ctx
	t, done, err := d.table(ctx, u)
	if err != nil {
		return err
	}
	var e *consult.Edition
	var people []*consult.Person
	d.s.view(func(st *consult.State) { e, people = st.Edition(u.Edition), st.People() })
	r := consult.ReadContributions(t, u.choice(), u.Origin, e, people)
	done()
	if u.Skip {
		r.Compare(u.Edition, d.s.view)
		u.Copies = len(r.Copies)
		r.LeaveCopies()
	}
	u.Total, u.Tally.Refused = len(r.Rows), r.Left
	for rows := range r.Commands() {
		var tally consult.Tally
		err := d.insist(ctx, ledger.Command{Actor: actor, Decide: func(tx *ledger.Tx) (err error) {
			tally, err = consult.Import(tx, u.Edition, r.Origin, rows)
			return err
		}})
		if err != nil {
			return err
		}
		u.Done, u.Tally = u.Done+len(rows), u.Tally.Add(tally)
		if err := d.keep(ctx, u); err != nil {
			return err
		}
		d.s.live.send(frameOut{Kind: "import.progress", Run: u.ID, Stage: "Import", Done: u.Done, Total: u.Total, Percent: 100 * u.Done / u.Total}, d.s.isStaff)
	}
	return nil
}

// insist has a command decided, and waits while too many others do: an import
// has time.
func (d *steering) insist(ctx context.Context, c ledger.Command) error {
	for try := 1; ; try++ {
		_, err := d.s.Ledger.Do(ctx, c)
		if !errors.Is(err, ledger.ErrBusy) || try == 30 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(try) * 100 * time.Millisecond):
		}
	}
}
