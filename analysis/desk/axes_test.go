package desk_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/analysis/desk"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/corpora"
)

// heeding is the fake that also notes by which axes it was guided.
type heeding struct {
	fake
	axes [][]analysis.Guide
}

func (h *heeding) Run(ctx context.Context, c corpora.Corpus, s analysis.Settings) (*analysis.Report, error) {
	h.axes = append(h.axes, s.Axes)
	return h.fake.Run(ctx, c, s)
}

// TestAxesGuide has axes given, changed, withdrawn and brought back, before the
// first run and after it, and sees which ones each run is told.
func TestAxesGuide(t *testing.T) {
	engine := &heeding{fake: fake{topics: topics}}
	h := newHouse(t, engine)
	ctx := context.Background()
	h.seed()
	give := func(id, name string, seeds ...string) error {
		return h.desk.GiveAxis(ctx, h.staff, h.edition, desk.Axis{ID: id, Name: name, Seeds: seeds}, h.key())
	}
	told := func(want ...string) {
		t.Helper()
		h.run()
		var got []string
		for _, g := range engine.axes[len(engine.axes)-1] {
			got = append(got, g.Name+": "+strings.Join(g.Seeds, ", "))
		}
		if !slices.Equal(got, want) {
			t.Errorf("the run was told %q, want %q", got, want)
		}
	}
	undo := func(what string) error {
		t.Helper()
		history, err := h.desk.History(ctx, h.edition)
		h.must(err)
		for _, d := range slices.Backward(history) {
			if d.What == what && !d.Undone {
				return h.desk.Undo(ctx, h.staff, h.edition, d.Seq, h.key())
			}
		}
		t.Fatalf("no decision %q in %+v", what, history)
		return nil
	}

	h.must(give("", " Se  déplacer ", "vélo", "", "  bus ", "vélo"))
	h.must(give("", "École"))
	axes := h.desk.Axes(h.edition)
	if len(axes) != 2 || axes[0].Name != "Se déplacer" || !slices.Equal(axes[0].Seeds, []string{"vélo", "bus"}) {
		t.Fatalf("axes %+v", axes)
	}
	before := h.ledger.Head()
	h.must(give(axes[1].ID, "École")) // as it is
	if h.ledger.Head() != before {
		t.Error("giving an axis again as it is was kept as a fact")
	}
	h.must(undo("L’axe «\u00a0École\u00a0» guide les analyses, avec son nom seul."))
	h.must(give("", "École", "classe"))
	told("Se déplacer: vélo, bus", "École: classe")

	school := h.desk.Axes(h.edition)[1].ID
	h.must(give(school, "L’école", "classe", "cantine"))
	h.must(h.desk.WithdrawAxis(ctx, h.staff, h.edition, axes[0].ID, h.key()))
	told("L’école: classe, cantine")
	h.must(undo("L’axe «\u00a0L’école\u00a0» guide les analyses, avec 2\u00a0amorces."))
	h.must(undo("L’axe «\u00a0Se déplacer\u00a0» ne guide plus les analyses."))
	told("Se déplacer: vélo, bus", "École: classe")

	h.close() // it was all kept
	h.open()
	told("Se déplacer: vélo, bus", "École: classe")
	h.want("fibre: Fibre lente. / Fibre chère.\npartout: Vélo partout.\nécole: École ouverte. / École rurale.\n-: Bonjour à vous.")
}

// TestAxesRefused says what people must correct, and lets nobody else give any.
func TestAxesRefused(t *testing.T) {
	h := newHouse(t, &heeding{fake: fake{topics: topics}})
	ctx := context.Background()
	h.seed()
	give := func(actor, id, name string, seeds ...string) error {
		return h.desk.GiveAxis(ctx, actor, h.edition, desk.Axis{ID: id, Name: name, Seeds: seeds}, h.key())
	}
	h.must(give(h.staff, "", "École", strings.Repeat("é", desk.MaxSeed)))
	school := h.desk.Axes(h.edition)[0].ID
	var many []string
	for i := range analysis.MaxSeeds + 1 {
		many = append(many, fmt.Sprint("mot ", i))
	}
	for name, err := range map[string]error{
		"no name": give(h.staff, "", " \t"), "too long a name": give(h.staff, "", strings.Repeat("n", desk.MaxLabel+1)),
		"a name twice": give(h.staff, "", "école "), "too many seeds": give(h.staff, school, "École", many...),
		"too long a seed": give(h.staff, school, "École", strings.Repeat("é", desk.MaxSeed+1)),
	} {
		var field *consult.FieldError
		if !errors.As(err, &field) || !strings.HasSuffix(field.Problem, ".") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := give(h.elus[0], "", "À moi", many...); !errors.Is(err, consult.ErrForbidden) {
		t.Errorf("an élu gives an axis: %v", err)
	}
	if err := h.desk.WithdrawAxis(ctx, h.elus[0], h.edition, school, h.key()); !errors.Is(err, consult.ErrForbidden) {
		t.Errorf("an élu withdraws an axis: %v", err)
	}
	if err := give(h.staff, "ailleurs", "Nulle part"); !errors.Is(err, consult.ErrNotFound) {
		t.Errorf("an axis that is not: %v", err)
	}
	if err := h.desk.GiveAxis(ctx, h.staff, "ailleurs", desk.Axis{Name: "Nulle part"}, h.key()); !errors.Is(err, consult.ErrNotFound) {
		t.Errorf("an edition that is not: %v", err)
	}
	var field *consult.FieldError
	if _, err := h.desk.Start(ctx, h.staff, h.edition, analysis.Settings{Themes: 1}); !errors.As(err, &field) {
		t.Errorf("one theme for one axis: %v", err)
	}
	// A name that was given away meanwhile does not come back.
	h.must(h.desk.WithdrawAxis(ctx, h.staff, h.edition, school, h.key()))
	gone := h.ledger.Head().Seq
	h.must(give(h.staff, "", "ÉCOLE"))
	if err := h.desk.Undo(ctx, h.staff, h.edition, gone, h.key()); !errors.As(err, &field) {
		t.Errorf("undoing brings a name back that another axis has: %v", err)
	}
	for i := range analysis.MaxGuides - 1 {
		h.must(give(h.staff, "", fmt.Sprint("Axe ", i)))
	}
	if err := give(h.staff, "", "Un de trop"); !errors.As(err, &field) {
		t.Errorf("more axes than a run follows: %v", err)
	}
}

// TestGuidedThemes has the analysis itself follow an axis: the theme that it makes
// says which axis drew it, under whatever name, and a name that it has of its axis
// is nobody's decision.
func TestGuidedThemes(t *testing.T) {
	h := newHouse(t, nil)
	ctx := context.Background()
	h.sayAll()
	h.must(h.desk.GiveAxis(ctx, h.staff, h.edition, desk.Axis{Name: "Rouler à deux roues", Seeds: []string{"vélo", "pistes cyclables"}}, h.key()))
	guided := func() (out analysis.Theme) {
		t.Helper()
		for _, x := range h.report().Themes {
			if x.Guided {
				out = x
			}
		}
		if out.Guide != "Rouler à deux roues" || out.Segments == 0 || !slices.Equal(out.Seeds, []string{"vélo", "pistes cyclables"}) {
			t.Fatalf("the guided theme is %+v", out)
		}
		return out
	}
	h.run()
	bike := guided()
	if bike.Label != bike.Guide {
		t.Errorf("it is called %q", bike.Label)
	}
	if err := h.desk.Rename(ctx, h.staff, h.edition, h.segment("La fibre").Theme, "rouler à deux roues", h.key()); err == nil {
		t.Error("another theme got its name")
	}
	h.must(h.desk.Rename(ctx, h.staff, h.edition, bike.ID, "Le vélo au quotidien", h.key()))
	if x := guided(); x.Label != "Le vélo au quotidien" {
		t.Errorf("renamed, it is called %q", x.Label)
	}
	renamed := h.ledger.Head().Seq
	h.run()
	if x := guided(); x.Label != "Le vélo au quotidien" || x.ID != bike.ID {
		t.Errorf("after another run: %+v", x)
	}
	h.must(h.desk.Undo(ctx, h.staff, h.edition, renamed, h.key()))
	if x := guided(); x.Label != x.Guide {
		t.Errorf("with its name undone, it is called %q", x.Label)
	}
	history, err := h.desk.History(ctx, h.edition)
	h.must(err)
	if last := history[len(history)-1]; last.What != "Le thème «\u00a0Rouler à deux roues\u00a0» s’appelle désormais «\u00a0Le vélo au quotidien\u00a0»." {
		t.Errorf("the history says %q", last.What)
	}
}
