package desk_test

import (
	"context"
	"slices"
	"testing"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

// said are sentences on four subjects, invented for this test.
var said = [][]string{
	{"Les cantines scolaires doivent servir des produits locaux aux enfants.", "La cantine de l'école manque de cuisinières et de produits frais.",
		"Nos enfants déjeunent à la cantine pour deux euros.", "Un menu végétarien par semaine à la cantine scolaire plaît aux enfants."},
	{"La fibre optique n'arrive pas dans les hameaux.", "Le réseau mobile et la fibre manquent aux habitants des hameaux.",
		"Raccorder chaque hameau à la fibre optique coûte trop cher.", "Sans fibre ni réseau mobile, le télétravail reste un rêve."},
	{"Une piste cyclable relie enfin la gare au collège.", "Les vélos ont besoin de pistes cyclables et d'arceaux à la gare.",
		"Le vélo à assistance électrique mérite une aide à l'achat.", "Des pistes cyclables sûres mettraient les collégiens au vélo."},
	{"Le médecin généraliste part en retraite et personne ne le remplace.", "La maison de santé cherche un médecin depuis deux ans.",
		"Les patients sans médecin traitant vont aux urgences.", "Une maison de santé avec des médecins salariés aiderait les patients."},
}

// TestAnalysis works with package analysis itself.
func TestAnalysis(t *testing.T) {
	h := newHouse(t, nil)
	h.themes = 4
	ctx := context.Background()
	write := func(from, to int) {
		for i := from; i < to; i++ {
			for n, subject := range said {
				h.write((i+n)%4, subject[i%4]+" "+said[n][(i+1)%4])
			}
		}
	}
	write(0, 4)
	h.run()
	r := h.report()
	if len(r.Themes) < 2 || len(r.Segments) != 32 {
		t.Fatalf("%d themes of %d segments", len(r.Themes), len(r.Segments))
	}
	with := func(text string) string { return h.segment(text).Theme }
	canteen, network, bike := with("Les cantines"), with("La fibre"), with("Une piste")
	if canteen == "" || canteen == network || network == bike || bike == canteen {
		t.Fatalf("subjects in themes %q, %q and %q:\n%s", canteen, network, bike, outline(r))
	}
	moved := h.segment("Le vélo à assistance").ID
	out := h.segment("Sans fibre").ID
	h.must(h.desk.Rename(ctx, h.staff, h.edition, canteen, "Bien manger à l'école", h.key()))
	h.must(h.desk.Freeze(ctx, h.staff, h.edition, canteen, h.key()))
	h.must(h.desk.Merge(ctx, h.staff, h.edition, bike, network, h.key()))
	h.must(h.desk.Move(ctx, h.staff, h.edition, moved, canteen, h.key()))
	h.must(h.desk.Move(ctx, h.staff, h.edition, out, "", h.key()))
	check := func() {
		t.Helper()
		r := h.report()
		in := map[string]string{}
		for _, s := range r.Segments {
			in[s.ID] = s.Theme
		}
		if in[moved] != canteen || in[out] != "" || with("La fibre") != bike || with("Une piste") != bike || with("Les cantines") != canteen {
			t.Errorf("decisions do not stand:\n%s", outline(r))
		}
		i := slices.IndexFunc(r.Themes, func(x analysis.Theme) bool { return x.ID == canteen })
		if i < 0 || r.Themes[i].Label != "Bien manger à l'école" || !r.Themes[i].Named || !r.Themes[i].Frozen || len(r.Themes[i].Terms) == 0 {
			t.Errorf("the theme is not as it was left: %+v", r.Themes)
		}
		if slices.ContainsFunc(r.Themes, func(x analysis.Theme) bool { return x.ID == network }) {
			t.Error("the merged theme is back")
		}
	}
	check()
	write(4, 8)
	h.run()
	check()
	if _, err := h.desk.Changes(ctx, h.edition); err != nil {
		t.Error(err)
	}
	before := bytesOf(t, h.report())
	h.close()
	h.open()
	if after := bytesOf(t, h.report()); after != before {
		t.Errorf("after a restart\n%s\nwant\n%s", after, before)
	}
	id := h.write(3, "Le xylophone municipal attend son médecin.")
	h.run()
	h.do(h.staff, func(tx *ledger.Tx) error { return consult.Hide(tx, id, "hors sujet") })
	for _, s := range h.report().Segments {
		if s.Document == id {
			t.Error("a hidden contribution is in the report")
		}
	}
	h.erase(3)
	h.must(h.desk.Purge(ctx))
	if h.holds("xylophone") {
		t.Error("the word is in the file")
	}
	history, err := h.desk.History(ctx, h.edition)
	h.must(err)
	for _, d := range history {
		t.Log(d.What)
		h.must(h.desk.Undo(ctx, h.staff, h.edition, d.Seq, h.key()))
	}
	if with("La fibre") == with("Une piste") {
		t.Errorf("the merge was not undone:\n%s", outline(h.report()))
	}
}

// TestSplitUnnamed makes a theme that nobody names: it bears the machine's name, which
// stays in the next run, in the axis of its whole.
func TestSplitUnnamed(t *testing.T) {
	h := newHouse(t, nil)
	h.themes = 4
	ctx := context.Background()
	for i := range 8 {
		for n, subject := range said {
			h.write((i+n)%4, subject[i%4]+" "+said[n][(i+1)%4])
		}
	}
	h.run()
	axes := func() map[string]string {
		r, out := h.report(), map[string]string{}
		for n, a := range r.Axes {
			for _, theme := range a.Themes {
				out[theme] = r.AxisLetter(n) + ". " + a.Label
			}
		}
		return out
	}
	was := axes()
	whole := h.segment("La fibre").Theme
	if was[whole] == "" {
		t.Fatalf("no axes: %v", was)
	}
	var segments []string
	for _, s := range h.report().Segments {
		if s.Theme == whole && len(segments) < 5 {
			segments = append(segments, s.ID)
		}
	}
	p, err := h.desk.PreviewSplit(ctx, h.staff, h.edition, segments)
	h.must(err)
	made, err := h.desk.Split(ctx, h.staff, h.edition, "", segments, h.key())
	h.must(err)
	find := func() analysis.Theme {
		t.Helper()
		r := h.report()
		i := slices.IndexFunc(r.Themes, func(x analysis.Theme) bool { return x.ID == made })
		if i < 0 {
			t.Fatalf("the theme is gone:\n%s", outline(r))
		}
		return r.Themes[i]
	}
	label := p.After[0].Label
	check := func() {
		t.Helper()
		if x := find(); x.Label != label || x.Named {
			t.Errorf("the theme is called %q (a person's: %v), and was announced as %q", x.Label, x.Named, label)
		}
		now := axes()
		if now[made] != was[whole] {
			t.Errorf("the part of %q is in %q", was[whole], now[made])
		}
		for theme, axis := range was {
			if now[theme] != axis {
				t.Errorf("theme %s was in %q and is in %q", theme, axis, now[theme])
			}
		}
	}
	check()
	h.write(1, "Sans réseau mobile, rien ne marche dans nos hameaux.")
	h.themes++ // the part counts
	h.run()
	check()
	h.must(h.desk.Rename(ctx, h.staff, h.edition, made, "Les réseaux", h.key()))
	if x := find(); x.Label != "Les réseaux" || !x.Named {
		t.Errorf("theme %+v", x)
	}
	history, err := h.desk.History(ctx, h.edition)
	h.must(err)
	if got, want := history[0].What, "Un nouveau thème, aujourd’hui «\u00a0Les réseaux\u00a0», réunit 5\u00a0phrases, venues de «\u00a0Fibre optique\u00a0»."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := history[1].What, "Le thème «\u00a0"+label+"\u00a0» s’appelle désormais «\u00a0Les réseaux\u00a0»."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	h.must(h.desk.Undo(ctx, h.staff, h.edition, history[1].Seq, h.key()))
	check()
}
