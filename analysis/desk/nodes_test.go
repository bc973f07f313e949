package desk_test

import (
	"context"
	"errors"
	"testing"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// TestTwoNodes has two ledgers and desks share a store.
func TestTwoNodes(t *testing.T) {
	gate := make(chan struct{})
	h := newHouse(t, &fake{topics: topics, gate: gate})
	h.seed()
	h.write(3, "École xylophone.")
	ctx := context.Background()
	l, err := ledger.Open(ctx, ledger.Config{Journal: h.store, Folds: func() []ledger.Fold { return []ledger.Fold{consult.NewState(), desk.NewState()} }})
	h.must(err)
	defer l.Close()
	other := desk.New(desk.Config{Ledger: l, Blobs: h.store, Engine: h.engine, Failed: func(err error) { t.Error(err) }})
	defer other.Close()

	here, stop := h.desk.Watch()
	defer stop()
	there, stop := other.Watch()
	defer stop()
	_, err = h.desk.Start(ctx, h.staff, h.edition, analysis.Settings{})
	h.must(err)
	_, err = other.Start(ctx, h.staff, h.edition, analysis.Settings{})
	h.must(err)
	close(gate)
	a, b := ended(here).Err, ended(there).Err
	if a != nil {
		a, b = b, a
	}
	if a != nil || !errors.Is(b, desk.ErrOvertaken) {
		t.Fatalf("they ended with %v and %v", a, b)
	}
	// Each sees the other's decisions once its ledger has folded them.
	caughtUp := func(l *ledger.Ledger, seq uint64) {
		feed, head := l.Subscribe(64)
		defer feed.Close()
		for head.Seq < seq {
			f := <-feed.C
			head.Seq = f.Seq
		}
	}
	head, err := h.store.Head(ctx)
	h.must(err)
	caughtUp(h.ledger, head.Seq)
	h.must(h.desk.Rename(ctx, h.staff, h.edition, h.theme("école").ID, "Écoles", ""))
	caughtUp(l, h.ledger.Head().Seq)
	want := bytesOf(t, h.report())
	r, err := other.Report(ctx, h.edition)
	h.must(err)
	if got := bytesOf(t, r); got != want {
		t.Errorf("the other node has\n%s\nwant\n%s", got, want)
	}
	h.erase(3)
	caughtUp(l, h.ledger.Head().Seq)
	h.must(errors.Join(h.desk.Purge(ctx), other.Purge(ctx)))
	if h.holds("xylophone") {
		t.Error("the word is in the file")
	}
	head, err = h.store.Head(ctx)
	h.must(err)
	caughtUp(l, head.Seq)
	caughtUp(h.ledger, head.Seq)
	r, err = other.Report(ctx, h.edition)
	h.must(err)
	if got, want := bytesOf(t, r), bytesOf(t, h.report()); got != want {
		t.Errorf("after the erasure the other node has\n%s\nwant\n%s", got, want)
	}
}

// A deaf journal does not say by itself that other nodes have kept something.
type deaf struct{ store.Journal }

func (deaf) Wait(ctx context.Context, _ uint64) error {
	<-ctx.Done()
	return ctx.Err()
}

// TestTardyNode: a report that another node has purged is found, and a run made
// after it, though nobody has told this node yet.
func TestTardyNode(t *testing.T) {
	for name, act := range map[string]func(h *house, other *desk.Desk){
		"report": func(h *house, other *desk.Desk) {
			r, err := other.Report(context.Background(), h.edition)
			h.must(err)
			if got, want := bytesOf(h.t, r), bytesOf(h.t, h.report()); got != want {
				h.t.Errorf("the other node has\n%s\nwant\n%s", got, want)
			}
		},
		"run": func(h *house, other *desk.Desk) {
			events, stop := other.Watch()
			defer stop()
			_, err := other.Start(context.Background(), h.staff, h.edition, analysis.Settings{})
			h.must(err)
			h.must(ended(events).Err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, &fake{topics: topics})
			h.seed()
			h.write(3, "École xylophone.")
			h.run()
			ctx := context.Background()
			l, err := ledger.Open(ctx, ledger.Config{Journal: deaf{h.store}, Folds: func() []ledger.Fold { return []ledger.Fold{consult.NewState(), desk.NewState()} }})
			h.must(err)
			defer l.Close()
			other := desk.New(desk.Config{Ledger: l, Blobs: h.store, Engine: h.engine, Failed: func(err error) { t.Error(err) }})
			defer other.Close()
			h.erase(3)
			h.must(h.desk.Purge(ctx))
			act(h, other)
		})
	}
}
