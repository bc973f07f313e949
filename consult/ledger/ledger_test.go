package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/bolt"
)

// tally folds facts of kind "said": how often each word was said.
type tally struct{ said map[string]int }

func newTally() *tally { return &tally{map[string]int{}} }

func (t *tally) Apply(f *store.Fact) {
	var word string
	if f.Kind == "said" && !f.Erased && store.Unmarshal(f.Data, &word) == nil {
		t.said[word]++
	}
}

func folds() []ledger.Fold { return []ledger.Fold{newTally()} }

func say(word string) func(*ledger.Tx) error {
	return func(tx *ledger.Tx) error {
		tx.Emit("said", 1, word, word)
		return nil
	}
}

func openStore(t *testing.T) *bolt.Store {
	t.Helper()
	s, err := bolt.Open(t.Context(), filepath.Join(t.TempDir(), "congres.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func open(t *testing.T, j store.Journal) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Open(t.Context(), ledger.Config{Journal: j, Folds: folds})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return l
}

func said(l *ledger.Ledger, word string) (n int) {
	l.View(func(v ledger.View) { n = ledger.Of[*tally](v).said[word] })
	return n
}

func TestCommandsShareCommitsAndLoseNothing(t *testing.T) {
	l := open(t, openStore(t))
	var all sync.WaitGroup
	for i := range 200 {
		all.Go(func() {
			word := fmt.Sprint(i)
			if _, err := l.Do(t.Context(), ledger.Command{Decide: say(word)}); err != nil {
				t.Error(err)
			} else if n := said(l, word); n != 1 {
				t.Errorf("answered, yet %q is published %d times", word, n)
			}
		})
	}
	all.Wait()
	if got := l.Head().Seq; got != 200 {
		t.Errorf("%d facts, want 200", got)
	}
}

func TestARepeatedKeyAddsNothing(t *testing.T) {
	s := openStore(t)
	l := open(t, s)
	first, err := l.Do(t.Context(), ledger.Command{Actor: "a", Key: "k", Decide: say("oui")})
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	again := open(t, s) // the key is remembered by the journal, not by the process
	out, err := again.Do(t.Context(), ledger.Command{Actor: "a", Key: "k", Decide: say("non")})
	if err != nil || !out.Repeated || out.Subject != first.Subject || out.Seq != first.Seq {
		t.Errorf("again = %+v, %v; want what the first did: %+v", out, err, first)
	}
	if out, err := again.Do(t.Context(), ledger.Command{Actor: "b", Key: "k", Decide: say("non")}); err != nil || out.Repeated {
		t.Errorf("another person's key = %+v, %v; keys are each person's own", out, err)
	}
}

// failing keeps nothing while it has an error.
type failing struct {
	store.Journal
	err error
}

func (f *failing) Append(ctx context.Context, h store.Head, b store.Batch) ([]store.Fact, error) {
	if f.err != nil {
		return nil, f.err
	}
	return f.Journal.Append(ctx, h, b)
}

func TestWhatIsNotKeptIsNotShown(t *testing.T) {
	j := &failing{Journal: openStore(t), err: store.ErrReadOnly}
	l := open(t, j)
	if _, err := l.Do(t.Context(), ledger.Command{Decide: say("perdu")}); !errors.Is(err, store.ErrReadOnly) {
		t.Fatalf("err = %v, want ErrReadOnly", err)
	}
	if n := said(l, "perdu"); n != 0 || l.Failure() == nil {
		t.Errorf("shown %d times, failure %v; want neither shown nor forgotten", n, l.Failure())
	}
	j.err = nil
	if _, err := l.Do(t.Context(), ledger.Command{Decide: func(tx *ledger.Tx) error {
		if n := ledger.Of[*tally](tx).said["perdu"]; n != 0 {
			t.Errorf("the next command is decided on what was not kept")
		}
		return say("gardé")(tx)
	}}); err != nil {
		t.Fatal(err)
	}
	if said(l, "gardé") != 1 || l.Failure() != nil {
		t.Errorf("not well again: %v", l.Failure())
	}
}

func TestTwoNodesDecideOnOneOrder(t *testing.T) {
	s := openStore(t)
	nodes := []*ledger.Ledger{open(t, s), open(t, s)}
	once := func(tx *ledger.Tx) error { // a rule that only one of them may pass
		if ledger.Of[*tally](tx).said["unique"] > 0 {
			return errors.New("already")
		}
		return say("unique")(tx)
	}
	var all sync.WaitGroup
	var mu sync.Mutex
	passed := 0
	for _, l := range nodes {
		for range 20 {
			all.Go(func() {
				if _, err := l.Do(t.Context(), ledger.Command{Decide: once}); err == nil {
					mu.Lock()
					passed++
					mu.Unlock()
				}
				if _, err := l.Do(t.Context(), ledger.Command{Decide: say("tous")}); err != nil {
					t.Error(err)
				}
			})
		}
	}
	all.Wait()
	if passed != 1 {
		t.Errorf("%d passed a rule that one may, want 1", passed)
	}
	head, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range nodes {
		for deadline := time.Now().Add(10 * time.Second); l.Head() != head && time.Now().Before(deadline); {
			time.Sleep(time.Millisecond) // it follows by itself
		}
		if n := said(l, "tous"); n != 40 {
			t.Errorf("node %d folded %d, want 40", i, n)
		}
	}
}

func TestAPanickingRuleStopsNobody(t *testing.T) {
	l := open(t, openStore(t))
	if _, err := l.Do(t.Context(), ledger.Command{Decide: func(*ledger.Tx) error { panic("oups") }}); err == nil {
		t.Error("no error")
	}
	if _, err := l.Do(t.Context(), ledger.Command{Decide: say("suite")}); err != nil {
		t.Error(err)
	}
}

// TestTooLargeFailsAlone has what the store could not keep refuse one command, and
// none of those that wait with it.
func TestTooLargeFailsAlone(t *testing.T) {
	l := open(t, openStore(t))
	var all sync.WaitGroup
	for i := range 100 {
		cmd, large := ledger.Command{Decide: say("mot"), Key: fmt.Sprint(i)}, true
		switch i {
		case 30:
			cmd.Key = strings.Repeat("k", 20_000)
		case 60:
			cmd.Decide = func(tx *ledger.Tx) error { tx.Emit("said", 1, "", make([]byte, store.MaxData)); return nil }
		default:
			large = false
		}
		all.Go(func() {
			if _, err := l.Do(t.Context(), cmd); errors.Is(err, store.ErrTooLarge) != large || !large && err != nil {
				t.Errorf("command %d: %v", i, err)
			}
		})
	}
	all.Wait()
	if n := said(l, "mot"); n != 98 {
		t.Errorf("%d are kept, want 98", n)
	}
}

func TestASlowSubscriberIsEnded(t *testing.T) {
	l := open(t, openStore(t))
	slow, _ := l.Subscribe(1)
	for range 3 {
		if _, err := l.Do(t.Context(), ledger.Command{Decide: say("vite")}); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	for range slow.C {
		n++
	}
	if n != 1 {
		t.Errorf("got %d facts before the end, want the 1 that fitted", n)
	}
}

func TestAfterTheEnd(t *testing.T) {
	l := open(t, openStore(t))
	l.Close()
	if _, err := l.Do(context.Background(), ledger.Command{Decide: say("trop tard")}); !errors.Is(err, ledger.ErrClosed) {
		t.Errorf("err = %v, want ErrClosed", err)
	}
}
