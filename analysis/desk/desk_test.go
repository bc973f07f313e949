package desk_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"

	"github.com/villes-internet/congres/consult/store/bolt"
)

// A house is an installation in a directory of its own.
type house struct {
	t       *testing.T
	path    string
	store   *bolt.Store
	ledger  *ledger.Ledger
	desk    *desk.Desk
	engine  desk.Engine
	edition string
	staff   string
	elus    []string
	keys    int
	themes  int // that runs are asked for
}

var topics = []string{"école", "vélo", "fibre"}

func newHouse(t *testing.T, engine desk.Engine) *house {
	h := &house{t: t, path: filepath.Join(t.TempDir(), "congres.db"), engine: engine}
	h.open()
	t.Cleanup(h.close)
	h.do("", func(tx *ledger.Tx) (err error) {
		h.staff, _, err = consult.Accredit(tx, consult.Person{Email: "equipe@example.org", Role: consult.Staff})
		return err
	})
	for i := range 4 {
		var id string
		h.do("", func(tx *ledger.Tx) (err error) {
			id, _, err = consult.Accredit(tx, consult.Person{Email: fmt.Sprintf("elu%d@example.org", i), Role: consult.Elu})
			return err
		})
		h.elus = append(h.elus, id)
	}
	h.do("", func(tx *ledger.Tx) (err error) {
		h.edition, err = consult.OpenEdition(tx, consult.Edition{
			Title: "Congrès 2026", Axes: []consult.Axis{{Title: "Éducation"}}, Opens: time.Now().Add(-24 * time.Hour), Closes: time.Now().Add(24 * time.Hour),
			Readers: consult.ReadPublic, Names: consult.ByFunction,
		})
		return err
	})
	return h
}

func (h *house) open() {
	h.t.Helper()
	var err error
	if h.store, err = bolt.Open(context.Background(), h.path, nil); err != nil {
		h.t.Fatal(err)
	}
	h.ledger, err = ledger.Open(context.Background(), ledger.Config{
		Journal: h.store, Folds: func() []ledger.Fold { return []ledger.Fold{consult.NewState(), desk.NewState()} },
	})
	if err != nil {
		h.t.Fatal(err)
	}
	h.desk = desk.New(desk.Config{Ledger: h.ledger, Blobs: h.store, Engine: h.engine, Failed: func(err error) { h.t.Error(err) }})
}

func (h *house) close() {
	h.desk.Close()
	h.ledger.Close()
	h.store.Close()
}

func (h *house) do(actor string, decide func(*ledger.Tx) error) {
	h.t.Helper()
	if _, err := h.ledger.Do(context.Background(), ledger.Command{Actor: actor, Decide: decide}); err != nil {
		h.t.Fatal(err)
	}
}

// write has an élu contribute.
func (h *house) write(elu int, text string) (id string) {
	h.t.Helper()
	h.do(h.elus[elu], func(tx *ledger.Tx) (err error) {
		id, err = consult.Submit(tx, h.edition, "Éducation", text)
		return err
	})
	return id
}

// run analyses and waits for the end.
func (h *house) run() string {
	h.t.Helper()
	events, cancel := h.desk.Watch()
	defer cancel()
	run, err := h.desk.Start(context.Background(), h.staff, h.edition, analysis.Settings{Themes: h.themes})
	if err != nil {
		h.t.Fatal(err)
	}
	if e := ended(events); e.Run != run || e.Err != nil {
		h.t.Fatalf("run %s ended as %+v", run, e)
	}
	return run
}

func ended(events <-chan desk.Event) (e desk.Event) {
	for e = range events {
		if e.Finished {
			break
		}
	}
	return e
}

func (h *house) report() *analysis.Report {
	h.t.Helper()
	r, err := h.desk.Report(context.Background(), h.edition)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// key draws the next idempotency key.
func (h *house) key() string {
	h.keys++
	return fmt.Sprintf("key %d", h.keys)
}

// theme returns the theme with this label.
func (h *house) theme(label string) analysis.Theme {
	h.t.Helper()
	r := h.report()
	for _, t := range r.Themes {
		if t.Label == label {
			return t
		}
	}
	h.t.Fatalf("no theme %q in %s", label, outline(r))
	return analysis.Theme{}
}

// segment returns the one whose text starts so.
func (h *house) segment(start string) analysis.Segment {
	h.t.Helper()
	r := h.report()
	for _, s := range r.Segments {
		if strings.HasPrefix(s.Text, start) {
			return s
		}
	}
	h.t.Fatalf("no segment %q in %s", start, outline(r))
	return analysis.Segment{}
}

// outline writes a report as "label(!frozen): first words / …" by label.
func outline(r *analysis.Report) string {
	var lines []string
	add := func(id, label string) {
		var texts []string
		for _, s := range r.Segments {
			if s.Theme == id {
				texts = append(texts, s.Text)
			}
		}
		if id != "" || len(texts) > 0 {
			lines = append(lines, label+": "+strings.Join(texts, " / "))
		}
	}
	for _, t := range r.Themes {
		label := t.Label
		if t.Frozen {
			label += "!"
		}
		add(t.ID, label)
	}
	slices.Sort(lines)
	add("", "-")
	return strings.Join(lines, "\n")
}

func (h *house) want(want string) {
	h.t.Helper()
	if got := outline(h.report()); got != want {
		h.t.Fatalf("got\n%s\nwant\n%s", got, want)
	}
}

func bytesOf(t *testing.T, r *analysis.Report) string {
	t.Helper()
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// seed writes three contributions on three topics, one sentence on none.
func (h *house) seed() {
	h.write(0, "École ouverte. Vélo partout.")
	h.write(1, "École rurale. Bonjour à vous.")
	h.write(2, "Fibre lente. Fibre chère.")
}

func TestRun(t *testing.T) {
	h := newHouse(t, &fake{topics: topics})
	ctx := context.Background()
	if _, err := h.desk.Report(ctx, h.edition); !errors.Is(err, desk.ErrNoRun) {
		t.Fatalf("before the first run: %v", err)
	}
	var field *consult.FieldError
	if _, err := h.desk.Start(ctx, h.staff, h.edition, analysis.Settings{}); !errors.As(err, &field) {
		t.Fatalf("with nothing to analyse: %v", err)
	}
	if _, err := h.desk.Start(ctx, h.staff, "nowhere", analysis.Settings{}); !errors.Is(err, consult.ErrNotFound) {
		t.Fatalf("of no edition: %v", err)
	}
	h.seed()
	run := h.run()
	h.want("fibre: Fibre lente. / Fibre chère.\npartout: Vélo partout.\nécole: École ouverte. / École rurale.\n-: Bonjour à vous.")
	for _, x := range h.report().Themes {
		if strings.HasPrefix(x.ID, "new-") {
			t.Errorf("theme %s kept the engine's identifier", x.ID)
		}
	}
	for _, p := range h.report().Documents {
		for _, id := range p.Themes {
			if strings.HasPrefix(id, "new-") {
				t.Errorf("document %s is in %s", p.ID, id)
			}
		}
	}
	if _, _, _, finished, err := h.desk.Progress(run); !finished || err != nil {
		t.Errorf("progress of a kept run: %v, %v", finished, err)
	}
	if _, _, _, _, err := h.desk.Progress("none"); !errors.Is(err, consult.ErrNotFound) {
		t.Errorf("progress of no run: %v", err)
	}
	runs := h.desk.Runs(h.edition)
	if len(runs) != 1 || runs[0].ID != run || runs[0].Actor != h.staff || runs[0].Documents != 3 || runs[0].Segments != 6 || len(runs[0].Themes) != 3 {
		t.Errorf("runs: %+v", runs)
	}
}

func TestOneAtATime(t *testing.T) {
	gate := make(chan struct{})
	h := newHouse(t, &fake{topics: topics, gate: gate})
	h.seed()
	ctx := context.Background()
	events, stop := h.desk.Watch()
	run, err := h.desk.Start(ctx, h.staff, h.edition, analysis.Settings{Themes: h.themes})
	h.must(err)
	if _, err := h.desk.Start(ctx, h.staff, h.edition, analysis.Settings{}); !errors.Is(err, desk.ErrRunning) {
		t.Fatalf("a second: %v", err)
	}
	if got, _ := h.desk.Running(); got != run {
		t.Errorf("running %q, want %q", got, run)
	}
	if err := h.desk.Cancel(ctx, h.elus[0], run); !errors.Is(err, consult.ErrForbidden) {
		t.Errorf("cancelled by an élu: %v", err)
	}
	h.must(h.desk.Cancel(ctx, h.staff, run))
	if e := ended(events); !errors.Is(e.Err, context.Canceled) {
		t.Errorf("cancelled run ended as %+v", e)
	}
	if _, _, _, finished, err := h.desk.Progress(run); !finished || !errors.Is(err, context.Canceled) {
		t.Errorf("progress of a cancelled run: %v %v", finished, err)
	}
	if len(h.desk.Runs(h.edition)) != 0 {
		t.Error("a cancelled run was kept")
	}
	close(gate)
	stop()
	if _, open := <-events; open {
		t.Error("events go on after stop")
	}
	h.run()
}

func TestRoles(t *testing.T) {
	h := newHouse(t, &fake{topics: topics})
	h.seed()
	h.run()
	ctx := context.Background()
	a, b, s := h.theme("école").ID, h.theme("fibre").ID, h.segment("Vélo").ID
	for _, actor := range []string{"", h.elus[0], "nobody"} {
		for name, act := range map[string]func() error{
			"start":  func() error { _, err := h.desk.Start(ctx, actor, h.edition, analysis.Settings{}); return err },
			"rename": func() error { return h.desk.Rename(ctx, actor, h.edition, a, "Nom", "") },
			"merge":  func() error { return h.desk.Merge(ctx, actor, h.edition, a, b, "") },
			"move":   func() error { return h.desk.Move(ctx, actor, h.edition, s, a, "") },
			"split":  func() error { _, err := h.desk.Split(ctx, actor, h.edition, "Nom", []string{s}, ""); return err },
			"freeze": func() error { return h.desk.Freeze(ctx, actor, h.edition, a, "") },
			"thaw":   func() error { return h.desk.Thaw(ctx, actor, h.edition, a, "") },
			"place":  func() error { return h.desk.Place(ctx, actor, h.edition, a, "Éducation", "") },
			"undo":   func() error { return h.desk.Undo(ctx, actor, h.edition, 1, "") },
		} {
			if err := act(); !errors.Is(err, consult.ErrForbidden) {
				t.Errorf("%s by %q: %v", name, actor, err)
			}
		}
	}
}

// TestRestart has another process give the same bytes.
func TestRestart(t *testing.T) {
	h := newHouse(t, &fake{topics: topics})
	h.seed()
	run := h.run()
	ctx := context.Background()
	h.must(h.desk.Rename(ctx, h.staff, h.edition, h.theme("école").ID, "L'école", h.key()))
	h.must(h.desk.Merge(ctx, h.staff, h.edition, h.theme("fibre").ID, h.theme("partout").ID, h.key()))
	before := bytesOf(t, h.report())
	h.close()
	h.open()
	if after := bytesOf(t, h.report()); after != before {
		t.Errorf("got\n%s\nwant\n%s", after, before)
	}
	if _, _, _, finished, err := h.desk.Progress(run); !finished || err != nil {
		t.Errorf("progress of a run of the process before: %v %v", finished, err)
	}
}

// sayAll has four élus say all that is said of the subjects.
func (h *house) sayAll() {
	h.t.Helper()
	for i := range 4 {
		for n, subject := range said {
			h.write((i+n)%4, subject[i]+" "+subject[(i+1)%4])
		}
	}
}
