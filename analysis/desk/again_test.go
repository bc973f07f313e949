package desk_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
)

// TestReturn takes back an analysis, and the decisions over it, and takes that back.
func TestReturn(t *testing.T) {
	engine := &fake{topics: topics}
	h := newHouse(t, engine)
	h.seed()
	ctx := context.Background()
	back := func(run string) { t.Helper(); h.must(h.desk.Return(ctx, h.staff, h.edition, run, h.key())) }
	if err := h.desk.Return(ctx, h.staff, h.edition, "none", ""); !errors.Is(err, desk.ErrNoRun) {
		t.Errorf("before the first: %v", err)
	}
	first := h.run()
	school := h.theme("école").ID
	h.must(h.desk.Rename(ctx, h.staff, h.edition, school, "Écoles", h.key()))
	renamed := h.ledger.Head().Seq
	h.must(h.desk.Move(ctx, h.staff, h.edition, h.segment("Bonjour").ID, school, h.key()))
	one, said := bytesOf(t, h.report()), outline(h.report())

	engine.topics = []string{"fibre", "bonjour"}
	h.write(3, "Fibre encore.")
	second := h.run()
	h.must(h.desk.Undo(ctx, h.staff, h.edition, renamed, h.key()))
	h.must(h.desk.Rename(ctx, h.staff, h.edition, h.segment("Fibre lente").Theme, "Réseaux", h.key()))
	two := outline(h.report())
	if two == said {
		t.Fatal("the second analysis changed nothing")
	}

	for _, actor := range []string{"", h.elus[0]} {
		if err := h.desk.Return(ctx, actor, h.edition, first, ""); !errors.Is(err, consult.ErrForbidden) {
			t.Errorf("by %q: %v", actor, err)
		}
	}
	if err := h.desk.Return(ctx, h.staff, h.edition, "none", ""); !errors.Is(err, consult.ErrNotFound) {
		t.Errorf("to no run: %v", err)
	}
	back(second) // the newest already
	if n := len(h.desk.Runs(h.edition)); n != 2 {
		t.Errorf("%d runs, want 2", n)
	}
	h.must(h.desk.Return(ctx, h.staff, h.edition, first, "once"))
	h.must(h.desk.Return(ctx, h.staff, h.edition, first, "once"))
	if n := len(h.desk.Runs(h.edition)); n != 3 {
		t.Errorf("%d runs, want 3", n)
	}
	h.want(said)
	if got := bytesOf(t, h.report()); got != one {
		t.Errorf("got\n%s\nwant\n%s", got, one)
	}
	c, err := h.desk.Changes(ctx, h.edition)
	h.must(err)
	if all := strings.Join(c.Sentences, "\n"); !strings.Contains(all, "Retour à une analyse précédente") || !strings.Contains(all, "1\u00a0contribution lue depuis n’y est pas") {
		t.Errorf("changes: %s", all)
	}
	history, err := h.desk.History(ctx, h.edition)
	h.must(err)
	last := history[len(history)-1]
	if last.What != "Retour à une analyse précédente, avec les décisions d’alors." || last.Final || !last.Of.Equal(h.desk.Runs(h.edition)[0].At) {
		t.Errorf("history ends with %+v", last)
	}
	if history[0].Undone || history[1].Undone || !history[2].Undone || history[2].UndoneBy != h.staff {
		t.Errorf("decisions are not as they were: %+v", history)
	}
	h.close()
	h.open()
	h.want(said)

	h.must(h.desk.Undo(ctx, h.staff, h.edition, last.Seq, h.key()))
	h.want(two)
	if history, err = h.desk.History(ctx, h.edition); err != nil || !history[3].Final || !history[0].Undone || history[2].Undone {
		t.Errorf("history %+v, %v", history, err)
	}
	back(first)
	engine.topics = topics
	h.run() // the machine is told of the themes that are back
	h.want("fibre: Fibre lente. / Fibre chère. / Fibre encore.\npartout: Vélo partout.\nÉcoles: École ouverte. / École rurale. / Bonjour à vous.")
	if got := h.theme("Écoles").ID; got != school {
		t.Errorf("theme %s, want %s", got, school)
	}
}

// TestReturnErased brings nothing back of whom was erased since.
func TestReturnErased(t *testing.T) {
	h := newHouse(t, &fake{topics: topics})
	h.seed()
	h.write(3, "Fibre xylophone.")
	first := h.run()
	h.run()
	h.erase(3)
	ctx := context.Background()
	h.must(h.desk.Return(ctx, h.staff, h.edition, first, h.key()))
	h.must(h.desk.Purge(ctx))
	if h.holds("xylophone") {
		t.Error("the word is in the file")
	}
	h.want("fibre: Fibre lente. / Fibre chère.\npartout: Vélo partout.\nécole: École ouverte. / École rurale.\n-: Bonjour à vous.")
	c, err := h.desk.Changes(ctx, h.edition)
	h.must(err)
	if said := strings.Join(c.Sentences, " "); c.Removed != 0 || strings.Contains(said, "les lira") {
		t.Errorf("%d are to be read again: %s", c.Removed, said)
	}
	// Undone twice, it is undone once.
	seq := h.ledger.Head().Seq
	for _, d := range h.desk.Runs(h.edition) {
		if d.Back != "" {
			seq = d.Seq
		}
	}
	for range 2 {
		h.must(h.desk.Undo(ctx, h.staff, h.edition, seq, ""))
	}
	if n := len(h.desk.Runs(h.edition)); n != 4 {
		t.Errorf("%d runs, want 4", n)
	}
}

// TestThemesComeBack: a theme that an analysis of fewer ones has not keeps its
// identifier when it is found again, unless it is made of other sentences.
func TestThemesComeBack(t *testing.T) {
	engine := &fake{topics: topics}
	h := newHouse(t, engine)
	h.seed()
	h.run()
	school, bike, fibre := h.theme("école").ID, h.theme("partout").ID, h.theme("fibre").ID
	engine.topics = []string{"fibre"}
	h.run()
	h.run()
	for range 2 {
		h.write(3, "Vélo encore.")
	}
	engine.topics = topics
	h.run()
	if got := h.theme("école").ID; got != school {
		t.Errorf("theme %s, want %s", got, school)
	}
	if got := h.theme("fibre").ID; got != fibre {
		t.Errorf("theme %s, want %s", got, fibre)
	}
	if got := h.theme("vélo").ID; got == bike {
		t.Error("a theme of new sentences has the identifier of an old one")
	}
	c, err := h.desk.Changes(context.Background(), h.edition)
	h.must(err)
	if len(c.Again) != 1 || c.Again[0].Theme != school || len(c.New) != 1 || !slices.Contains(c.Sentences, "1\u00a0thème d’une analyse antérieure est de retour\u00a0: «\u00a0école\u00a0».") {
		t.Errorf("changes %+v", c)
	}
}
