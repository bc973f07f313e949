package desk_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

// TestRandom plays people and machine at random. After each act every move
// that stands is seen, and identifiers are unique; once all is undone, the
// next run gives what a run without people gives.
func TestRandom(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	ctx := context.Background()
	h := newHouse(t, &fake{topics: topics})
	h.seed()
	h.run()
	type move struct {
		seq         uint64
		segment, to string
	}
	var moves []move
	parent := map[string]string{} // by merges, none of which is undone before the end
	pick := func(n int) int { return rnd.IntN(n) }
	for step := range 120 {
		r := h.report()
		segment := r.Segments[pick(len(r.Segments))].ID
		theme, other := r.Themes[pick(len(r.Themes))].ID, r.Themes[pick(len(r.Themes))].ID
		var err error
		head := h.ledger.Head().Seq
		switch pick(12) {
		case 0:
			h.write(pick(4), fmt.Sprintf("Fibre %d. École %d. Vélo %d.", step, step, step))
		case 1, 2:
			h.run()
		case 3, 4, 5:
			to := theme
			if pick(4) == 0 {
				to = ""
			}
			err = h.desk.Move(ctx, h.staff, h.edition, segment, to, "")
			if seq := h.ledger.Head().Seq; seq > head {
				moves = append(moves, move{seq, segment, to})
			}
		case 6:
			if theme != other && len(r.Themes) > 2 {
				err = h.desk.Merge(ctx, h.staff, h.edition, theme, other, "")
				parent[other] = theme
			}
		case 7:
			var to string
			to, err = h.desk.Split(ctx, h.staff, h.edition, fmt.Sprintf("Thème %d", step), []string{segment}, "")
			moves = append(moves, move{h.ledger.Head().Seq, segment, to})
		case 8:
			err = h.desk.Rename(ctx, h.staff, h.edition, theme, fmt.Sprintf("Nom %d", pick(4)), "")
		case 9:
			err = h.desk.Freeze(ctx, h.staff, h.edition, theme, "")
		case 10:
			err = h.desk.Thaw(ctx, h.staff, h.edition, theme, "")
		case 11:
			if len(moves) > 0 {
				i := pick(len(moves))
				err = h.desk.Undo(ctx, h.staff, h.edition, moves[i].seq, "")
				moves = slices.Delete(moves, i, i+1)
			}
		}
		var field *consult.FieldError
		if err != nil && !errors.As(err, &field) {
			t.Fatalf("step %d: %v", step, err)
		}
		r = h.report()
		ids, in := map[string]bool{}, map[string]string{}
		for _, x := range r.Themes {
			if ids[x.ID] {
				t.Fatalf("step %d: theme %s twice", step, x.ID)
			}
			ids[x.ID] = true
		}
		for _, s := range r.Segments {
			if in[s.ID] = s.Theme; s.Theme != "" && !ids[s.Theme] {
				t.Fatalf("step %d: segment %s is in no theme of the report: %s", step, s.ID, s.Theme)
			}
		}
		last := map[string]string{}
		for _, m := range moves {
			last[m.segment] = m.to
		}
		for s, want := range last {
			for parent[want] != "" {
				want = parent[want]
			}
			if in[s] != want {
				t.Fatalf("step %d: segment %s is in %s, moved to %s", step, s, in[s], want)
			}
		}
	}
	before := bytesOf(t, h.report())
	h.close()
	h.open()
	if after := bytesOf(t, h.report()); after != before {
		t.Errorf("after a restart\n%s\nwant\n%s", after, before)
	}
	history, err := h.desk.History(ctx, h.edition)
	h.must(err)
	for _, d := range slices.Backward(history) {
		h.must(h.desk.Undo(ctx, h.staff, h.edition, d.Seq, ""))
	}
	h.run()
	h.run() // what was split off is forgotten by the second at the latest
	got := outline(h.report())
	fresh := newHouse(t, &fake{topics: topics})
	for _, d := range h.report().Documents {
		var text string
		h.ledger.View(func(v ledger.View) { text = ledger.Of[*consult.State](v).Contribution(d.ID).Text() })
		fresh.write(0, text)
	}
	fresh.run()
	if want := outline(fresh.report()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
