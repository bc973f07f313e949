package desk_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// erase erases an élu.
func (h *house) erase(elu int) {
	h.t.Helper()
	h.do(h.staff, func(tx *ledger.Tx) error {
		_, err := consult.ErasePerson(tx, h.elus[elu])
		desk.EraseSeeds(tx, h.elus[elu])
		return err
	})
}

// holds says whether the store's file has word once compacted.
func (h *house) holds(word string) bool {
	h.t.Helper()
	h.must(h.store.Compact(context.Background()))
	data, err := os.ReadFile(h.path)
	h.must(err)
	return bytes.Contains(bytes.ToLower(data), []byte(strings.ToLower(word)))
}

// TestErasure has the words of an erased person leave every report and every
// file, by itself.
func TestErasure(t *testing.T) {
	h := newHouse(t, &fake{topics: append([]string{"zanzibar"}, topics...)})
	h.seed()
	ctx := context.Background()
	// Alone in a theme that the machine names after it, and first in another.
	id := h.write(3, "Zanzibar zanzibar. École xylophone xylophone xylophone.")
	h.run()
	h.must(h.desk.Rename(ctx, h.staff, h.edition, h.theme("fibre").ID, "La fibre", h.key()))
	h.must(h.desk.Move(ctx, h.staff, h.edition, h.segment("Bonjour").ID, h.theme("La fibre").ID, h.key()))
	h.theme("zanzibar")
	h.theme("xylophone")
	h.run()
	if !h.holds("zanzibar") || !h.holds("xylophone") {
		t.Fatal("the words are not in the file to begin with")
	}
	facts, _ := h.ledger.Subscribe(64)
	defer facts.Close()
	h.erase(3)
	text := bytesOf(t, h.report())
	for _, word := range []string{"zanzibar", "xylophone", id} {
		if strings.Contains(strings.ToLower(text), word) {
			t.Errorf("%q is in the report right after the erasure: %s", word, text)
		}
	}
	for purged := 0; purged < 2; {
		if f := <-facts.C; f.Kind == "run.purged" {
			purged++
		}
	}
	h.must(h.desk.Purge(ctx)) // waits for the end of the one under way
	for _, word := range []string{"zanzibar", "xylophone"} {
		if h.holds(word) {
			t.Errorf("%q is in the file", word)
		}
	}
	want := "La fibre: Bonjour à vous. / Fibre lente. / Fibre chère.\npartout: Vélo partout.\nécole: École ouverte. / École rurale."
	h.want(want)
	head := h.ledger.Head()
	h.must(h.desk.Purge(ctx))
	if h.ledger.Head() != head {
		t.Error("a second purge is a fact")
	}
	before := bytesOf(t, h.report())
	h.close()
	h.open()
	if after := bytesOf(t, h.report()); after != before {
		t.Errorf("after a restart\n%s\nwant\n%s", after, before)
	}
	if _, err := h.desk.Changes(ctx, h.edition); err != nil {
		t.Error(err)
	}
	h.run()
	h.want(want)
}

// TestErasedWhileAway has the desk purge at its start.
func TestErasedWhileAway(t *testing.T) {
	h := newHouse(t, &fake{topics: topics})
	h.seed()
	h.write(3, "École xylophone.")
	h.run()
	h.desk.Close()
	h.erase(3)
	h.close()
	h.open()
	h.must(h.desk.Purge(context.Background()))
	if h.holds("xylophone") {
		t.Error("the word is in the file")
	}
}

// closing are blobs that have put closed before they say that one is kept.
type closing struct {
	store.Blobs
	put func()
}

func (b closing) PutBlob(ctx context.Context, data []byte) (string, store.Hash, error) {
	key, hash, err := b.Blobs.PutBlob(ctx, data)
	b.put()
	return key, hash, err
}

// TestPurgeFails leaves no file of a purge that the journal does not tell of.
func TestPurgeFails(t *testing.T) {
	h := newHouse(t, &fake{topics: topics})
	h.seed()
	h.write(3, "École xylophone.")
	h.run()
	h.desk.Close()
	h.erase(3)
	failed := make(chan error, 1)
	d := desk.New(desk.Config{Ledger: h.ledger, Engine: h.engine, Blobs: closing{h.store, h.ledger.Close}, Failed: func(err error) {
		select {
		case failed <- err:
		default:
		}
	}})
	if err := <-failed; !errors.Is(err, ledger.ErrClosed) {
		t.Errorf("failed with %v", err)
	}
	d.Close()
	n := 0
	h.must(h.store.EachBlob(context.Background(), func(string) bool { n++; return true }))
	if n != 1 {
		t.Errorf("%d files, want the report's", n)
	}
}

// TestErasedMeanwhile erases somebody while an analysis of their words runs.
func TestErasedMeanwhile(t *testing.T) {
	gate := make(chan struct{})
	engine := &fake{topics: topics, gate: gate}
	h := newHouse(t, engine)
	h.seed()
	h.write(3, "École xylophone.")
	events, cancel := h.desk.Watch()
	defer cancel()
	_, err := h.desk.Start(context.Background(), h.staff, h.edition, analysis.Settings{})
	h.must(err)
	h.erase(3)
	close(gate)
	if e := ended(events); e.Err != nil {
		t.Fatal(e.Err)
	}
	if h.holds("xylophone") {
		t.Error("the word is in the file")
	}
	if strings.Contains(bytesOf(t, h.report()), "xylophone") {
		t.Error("the word is in the report")
	}
	// Nor does any figure count them: all is described and read again, once.
	if r := h.report(); r.Network == nil || r.Network.Nodes[0].Segments != len(r.Documents) || engine.revised.Load() != 1 || engine.reread.Load() != 1 {
		t.Errorf("described again %d times, read again %d: the graph of similarity is %+v", engine.revised.Load(), engine.reread.Load(), r.Network)
	}
	h.close()
	h.open()
	if r := h.report(); r.Network == nil || r.Network.Nodes[0].Segments != len(r.Documents) {
		t.Errorf("after a restart the graph of similarity is %+v", r.Network)
	}
}

// TestHidden takes a hidden contribution out of the report, and back.
func TestHidden(t *testing.T) {
	h := newHouse(t, &fake{topics: topics})
	h.seed()
	id := h.write(3, "École xylophone xylophone xylophone.")
	h.run()
	hide := func(reason string) {
		h.do(h.staff, func(tx *ledger.Tx) error { return consult.Hide(tx, id, reason) })
	}
	segment := h.segment("École xylophone")
	shown := bytesOf(t, h.report())
	hide("hors sujet")
	h.want("fibre: Fibre lente. / Fibre chère.\npartout: Vélo partout.\nécole: École ouverte. / École rurale.\n-: Bonjour à vous.")
	if got := bytesOf(t, h.report()); strings.Contains(got, "xylophone") || strings.Contains(got, id) {
		t.Errorf("hidden words are in the report: %s", got)
	}
	if err := h.desk.Move(context.Background(), h.staff, h.edition, segment.ID, "", ""); err == nil {
		t.Error("a hidden sentence was moved")
	}
	hide("")
	if got := bytesOf(t, h.report()); got != shown {
		t.Errorf("shown again: got\n%s\nwant\n%s", got, shown)
	}
	for _, x := range h.report().Documents {
		h.do(h.staff, func(tx *ledger.Tx) error { return consult.Hide(tx, x.ID, "tout") })
	}
	h.want("")
}

// TestOtherReadings are made anew when texts leave the report, once for all that
// people decide then.
func TestOtherReadings(t *testing.T) {
	engine := &fake{topics: topics}
	h := newHouse(t, engine)
	h.seed()
	h.write(3, "École xylophone.")
	h.run()
	ctx := context.Background()
	h.must(h.desk.Rename(ctx, h.staff, h.edition, h.theme("fibre").ID, "La fibre", h.key()))
	h.report()
	if n := engine.reread.Load(); n != 0 {
		t.Errorf("read again %d times before anything left", n)
	}
	h.erase(3)
	h.must(h.desk.Purge(ctx))
	all := len(h.report().Documents)
	school := h.theme("école").ID
	for _, name := range []string{"L’école", "Les écoles"} {
		h.must(h.desk.Rename(ctx, h.staff, h.edition, school, name, h.key()))
		if n := h.report().Network; n == nil || n.Nodes[0].Segments != all {
			t.Errorf("the graph of similarity is %+v, want that of %d texts", n, all)
		}
	}
	if n := engine.reread.Load(); n < 1 || n > 2 { // with the file of before, or of after the purge
		t.Errorf("read again %d times", n)
	}
}

// TestErasedSeeds has a sentence that staff copied into the seeds of an axis leave
// with its author, from what stands, from what stood and from every report.
func TestErasedSeeds(t *testing.T) {
	h := newHouse(t, nil)
	ctx := context.Background()
	h.sayAll()
	copied := "Des xylophones pour chaque piste cyclable de la ville."
	h.write(3, "Je le redis : des xylophones pour chaque piste cyclable de la ville. Voilà.")
	give := func(id, name string, seeds ...string) string {
		t.Helper()
		h.must(h.desk.GiveAxis(ctx, h.staff, h.edition, desk.Axis{ID: id, Name: name, Seeds: seeds}, h.key()))
		axes := h.desk.Axes(h.edition)
		return axes[len(axes)-1].ID
	}
	give("", "Écoles", "école")
	bikes := give("", "Vélo", "vélo", copied)
	give(bikes, "Rouler à deux roues", copied, "vélo")
	h.run()
	if text := bytesOf(t, h.report()); !strings.Contains(text, "xylophones pour chaque") {
		t.Fatal("the seed is not in the report to begin with")
	}
	h.erase(3)
	seen := func(when string) {
		t.Helper()
		if text := bytesOf(t, h.report()); strings.Contains(strings.ToLower(text), "xylophone") {
			t.Errorf("%s the words are in the report", when)
		}
		axes := h.desk.Axes(h.edition)
		if len(axes) != 2 || axes[0].Name != "Écoles" || axes[1].ID != bikes || axes[1].Name != "Rouler à deux roues" || !slices.Equal(axes[1].Seeds, []string{"vélo"}) {
			t.Errorf("%s the axes are %+v", when, axes)
		}
	}
	seen("right after,")
	h.must(h.desk.Purge(ctx))
	if h.holds("xylophone") {
		t.Error("the words are in the file")
	}
	history, err := h.desk.History(ctx, h.edition)
	h.must(err)
	if n := len(history); n != 2 || history[1].What != "Des amorces de l’axe «\u00a0Rouler à deux roues\u00a0» ont disparu avec les propos de leur auteur·rice." {
		t.Errorf("the history says %+v", history)
	}
	h.close()
	h.open()
	seen("after a restart,")
	h.run()
	seen("after another run,")
}

// stalled are blobs that nobody reads while hold is locked.
type stalled struct {
	store.Blobs
	hold *sync.RWMutex
}

func (b stalled) Blob(ctx context.Context, key string) ([]byte, error) {
	b.hold.RLock()
	defer b.hold.RUnlock()
	return b.Blobs.Blob(ctx, key)
}

// TestErasedSeedsElsewhere has a seed leave, at once, the report of another edition
// than its author's, of which something hidden had already been described again.
func TestErasedSeedsElsewhere(t *testing.T) {
	h := newHouse(t, &fake{topics: topics})
	ctx := context.Background()
	h.write(3, "Je le redis : des xylophones pour chaque piste cyclable de la ville. Voilà.")
	h.do("", func(tx *ledger.Tx) (err error) {
		h.edition, err = consult.OpenEdition(tx, consult.Edition{
			Title: "Congrès 2027", Axes: []consult.Axis{{Title: "Éducation"}}, Opens: time.Now().Add(-24 * time.Hour), Closes: time.Now().Add(24 * time.Hour),
			Readers: consult.ReadPublic, Names: consult.ByFunction,
		})
		return err
	})
	h.desk.Close()
	hold := new(sync.RWMutex)
	h.desk = desk.New(desk.Config{Ledger: h.ledger, Blobs: stalled{h.store, hold}, Engine: h.engine, Failed: func(err error) { t.Error(err) }})
	h.seed()
	hidden := h.write(0, "École fermée.")
	seeds := []string{"vélo", "Des xylophones pour chaque piste cyclable de la ville."}
	h.must(h.desk.GiveAxis(ctx, h.staff, h.edition, desk.Axis{Name: "Vélo", Seeds: seeds}, h.key()))
	h.themes = 3
	h.run()
	h.do(h.staff, func(tx *ledger.Tx) error { return consult.Hide(tx, hidden, "hors sujet") })
	if !strings.Contains(bytesOf(t, h.report()), "xylophone") {
		t.Fatal("the seed is not in the report to begin with")
	}
	hold.Lock() // the purge waits
	h.erase(3)
	text := bytesOf(t, h.report())
	hold.Unlock()
	if strings.Contains(text, "xylophone") || !strings.Contains(text, "vélo") {
		t.Errorf("right after the erasure: %s", text)
	}
}
