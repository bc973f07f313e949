package motion

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion/ydoc"
)

func TestDraft(t *testing.T) {
	w := newWorld(t)
	bus := w.submit("Zoé", "Le bus ne passe\nplus le soir.")
	gare := w.submit("Ali", "Il faut rouvrir la gare.")
	velo := w.unknown("On manque de pistes cyclables.")
	haut := w.submit("Zoé", "La fibre n’arrive pas.")
	w.do("", func(tx *ledger.Tx) error {
		for _, d := range []string{"2026-10-01", "2026-10-20"} {
			if _, err := consult.NoteMeeting(tx, consult.Meeting{Edition: w.edition, Title: "R", Date: d, Notes: "notes"}); err != nil {
				return err
			}
		}
		return nil
	})
	r := report(map[string]string{"t1": "Mobilité", "t2": "Fibre", "t3": "Vide"}, []string{"t1", "t2", "t3"},
		w.placedIn("t1", "constat", bus), w.placedIn("t1", "proposition", gare), w.placedIn("t1", "constat", velo), w.placedIn("t2", "constat", haut))
	w.view(func(people *consult.State, _ *State) {
		e := people.Edition(w.edition)
		ops := Draft("Un titre", e, people, r, []string{"t1", "inconnu", "t2", "t3"})
		if again := Draft("Un titre", e, people, r, []string{"t1", "inconnu", "t2", "t3"}); !reflect.DeepEqual(ops, again) {
			t.Error("the same themes gave another text")
		}
		text := Parse(ops)
		want := strings.NewReplacer("_", "\u202f", "~", "\u00a0").Replace(strings.Join([]string{
			"title Un titre",
			"visa Vu la consultation «_Congrès 2026_», ouverte du 1ᵉʳ novembre 2026 au 30 novembre 2026, qui a recueilli 4 contributions, dont 3 de 2 élu·es d’une commune et une sans auteur connu_;",
			"visa Vu les 2 rencontres thématiques tenues du 1ᵉʳ octobre 2026 au 20 octobre 2026_;",
			"axis Mobilité",
			"recital Considérant que 2 élu·es d’une commune, dans 2 contributions, et une contribution sans auteur connu s’expriment sur le thème «_Mobilité_»~: «_Le bus ne passe plus le soir._» (Zoé Martin, maire, Villebrume)_; «_Il faut rouvrir la gare._» (Ali Martin, maire, Villebrume)_; «_On manque de pistes cyclables._» (auteur inconnu)_;",
			"proposal Proposition à rédiger, d’après cette contribution~: «_Il faut rouvrir la gare._» (Ali Martin, maire, Villebrume).",
			"axis Fibre",
			"recital Considérant qu’un·e élu·e d’une commune, dans une contribution, s’exprime sur le thème «_Fibre_»~: «_La fibre n’arrive pas._» (Zoé Martin, maire, Villebrume)_;",
			"proposal Proposition à rédiger.",
			"axis Vide",
			"recital Considérant qu’aucune contribution ne s’exprime sur le thème «_Vide_»_;",
			"proposal Proposition à rédiger.", ""}, "\n"))
		got := ""
		for i := range text.Blocks {
			got += string(text.Blocks[i].Kind) + " " + text.Blocks[i].Text() + "\n"
		}
		if got != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
		if got := NewDocument(&Motion{}, text, people, 0, store.Head{}, time.Now()).Review().Unwritten; len(got) != 3 || got[0].Label != "1" {
			t.Errorf("%d proposals are still to be written, want 3", len(got))
		}
		// Citations cover exactly the quoted words, and end before their block.
		for _, b := range text.Blocks {
			for i, run := range b.Runs {
				if len(run.Citations) == 0 {
					continue
				}
				s, ok := ParseSegment(run.Citations[0])
				if !ok || len(run.Citations) != 1 || oneLine(s.Words(people)) != run.Text {
					t.Errorf("%q cites %v", run.Text, run.Citations)
				}
				if i == 0 || i == len(b.Runs)-1 || !strings.HasSuffix(b.Runs[i-1].Text, "«\u202f") || !strings.HasPrefix(b.Runs[i+1].Text, "\u202f»") {
					t.Errorf("%q is not between « and »", run.Text)
				}
			}
		}
		for _, op := range ops {
			if op.Attributes == nil {
				t.Errorf("%q has no explicit attributes", op.Insert)
			}
		}
	})
}

func TestFigures(t *testing.T) {
	for _, tt := range []struct {
		f    Figures
		want string
	}{
		{Figures{}, "qu’aucune contribution ne s’exprime"},
		{Figures{Contributions: 63, Elus: 47, Communes: 39}, "que 47 élu·es de 39 communes, dans 63 contributions, s’expriment"},
		{Figures{Contributions: 1, Elus: 1, Communes: 1}, "qu’un·e élu·e d’une commune, dans une contribution, s’exprime"},
		{Figures{Contributions: 2, Elus: 1}, "qu’un·e élu·e, dans 2 contributions, s’exprime"},
		{Figures{Contributions: 1, Unknown: 1}, "qu’une contribution sans auteur connu s’exprime"},
		{Figures{Contributions: 1234, Unknown: 1234}, "que 1\u202f234 contributions sans auteur connu s’expriment"},
		{Figures{Contributions: 3, Elus: 1, Communes: 1, Unknown: 2}, "qu’un·e élu·e d’une commune, dans une contribution, et 2 contributions sans auteur connu s’expriment"},
	} {
		if got := tt.f.expressed(); got != tt.want {
			t.Errorf("%+v\n got %q\nwant %q", tt.f, got, tt.want)
		}
	}
	for in, want := range map[string]string{"a\r\n\r\n b ": "a b", "a b": "a b", "\u202fa\u00a0": "a", "é  è": "é  è"} {
		if got := oneLine(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	for s, want := range map[Share]int{{0, 0}: 0, {1, 1000}: 1, {999, 1000}: 99, {1, 2}: 50, {3, 3}: 100} {
		if got := s.Percent(); got != want {
			t.Errorf("%v: got %d, want %d", s, got, want)
		}
	}
}

func TestCover(t *testing.T) {
	w := newWorld(t)
	bus, gare, velo, fibre := w.submit("Zoé", "Le bus ne passe plus."), w.submit("Ali", "Rouvrir la gare."), w.unknown("Des vélos."), w.submit("Léa", "La fibre manque.")
	r := report(map[string]string{"t1": "Mobilité", "t2": "Fibre"}, []string{"t1", "t2"},
		w.placedIn("t1", "constat", bus), w.placedIn("t1", "constat", gare), w.placedIn("t1", "constat", velo), w.placedIn("t2", "constat", fibre))
	w.do(w.people["Zoé"], func(tx *ledger.Tx) error { return consult.Revise(tx, bus, "Le bus passe.") })
	var ops []ydoc.Op
	for _, id := range []string{w.segment(bus, "bus ne"), "inconnu@1:0-4"} {
		ops = append(ops, ydoc.Op{Insert: "Une phrase.", Attributes: map[string]any{"cite--" + id: true}}, line("item|"))
	}
	w.view(func(people *consult.State, _ *State) {
		c := Cover(Parse(ops), r, people)
		if len(c.Reflected) != 1 || c.Reflected[0].Theme != "t1" || c.Reflected[0].Cited != 1 || len(c.Reflected[0].Sentences) != 1 ||
			c.Reflected[0].Figures != (Figures{3, 1, 2, 1}) {
			t.Errorf("reflected: %+v", c.Reflected)
		}
		if len(c.Missing) != 1 || c.Missing[0].Theme != "t2" {
			t.Errorf("missing: %+v", c.Missing)
		}
		if c.Contributions != (Share{3, 4}) || c.Elus != (Share{2, 3}) || c.Quoted != 1 {
			t.Errorf("got %v, %v, %d", c.Contributions, c.Elus, c.Quoted)
		}
		if len(c.Outdated) != 1 || len(c.Unplaced) != 1 || c.Unplaced[0] != "inconnu@1:0-4" {
			t.Errorf("outdated %v, unplaced %v", c.Outdated, c.Unplaced)
		}
	})
}
