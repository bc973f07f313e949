package web

import (
	"context"
	"errors"
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
	u.Edition, u.Stage, u.Beat, u.Problem = edition, stageRunning, d.s.now(), ""
	u.Done, u.Total, u.Tally = 0, 0, consult.Tally{}
	if err := d.keep(v.r.Context(), u); err != nil {
		free()
		return err
	}
	actor := v.id()
	d.s.tasks.Go(func() {
		defer free()
		d.run(u, actor)
	})
	return nil
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
			u.Problem = "Une erreur inattendue a arrêté l’import (référence " + reference + "). Relancez-le\u00a0: ce qui est déjà là ne sera pas ajouté deux fois."
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
	r := consult.ReadContributions(t, u.Columns, u.Origin, e, people)
	done()
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
		u.Done, u.Tally, u.Beat = u.Done+len(rows), u.Tally.Add(tally), d.s.now()
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
