package motion

import (
	"context"
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/motion/ydoc"
)

func TestFates(t *testing.T) {
	w := newWorld(t)
	quoted := w.submit("Zoé", "Le bus ne passe plus.\nEt "+strings.Repeat("la gare est loin, ", 20))
	covered, waiting, unplaced := w.submit("Ali", "Plus de bus."), w.submit("Ali", "De l'eau."), w.unknown("Rien à dire.")
	hidden := w.submit("Ali", "Des injures.")
	w.do(w.people["Max"], func(tx *ledger.Tx) error { return consult.Hide(tx, hidden, "injures") })
	r := report(map[string]string{"b": "Transports", "e": "Eau"}, []string{"b", "e"}, w.placedIn("b", "", quoted), w.placedIn("b", "", covered), w.placedIn("e", "", waiting), w.placedIn("", "", unplaced))
	for i := range r.Documents {
		if x := r.Documents[i].Theme; x != "" {
			r.Documents[i].Themes = []string{x}
		}
	}
	text := Parse([]ydoc.Op{said("Il faut des bus", w.segment(quoted, "bus")), line("proposal|p")})
	var got []Fate
	w.view(func(people *consult.State, _ *State) {
		got = Fates(&Motion{Edition: w.edition}, text, r, people)
	})
	if len(got) != 4 {
		t.Fatalf("got %d fates", len(got))
	}
	of := map[string]Fate{}
	for _, f := range got {
		of[f.Contribution] = f
	}
	for id, want := range map[string]Outcome{quoted: Quoted, covered: Covered, waiting: Waiting, unplaced: Unplaced} {
		f := of[id]
		if f.Outcome() != want {
			t.Errorf("%q: outcome %d, want %d", f.Opening, f.Outcome(), want)
		}
	}
	f := of[quoted]
	if len(f.Cited) != 1 || f.Cited[0] != (Place{"b-p.1", "Proposition\u00a01"}) || f.Themes[0] != "Transports" || !strings.HasPrefix(f.Signature, "Zoé") {
		t.Errorf("got %+v", f)
	}
	if want := "Le bus ne passe plus. Et la gare est loin, la gare est loin, la gare est loin, la gare…"; f.Opening != want {
		t.Errorf("opening %q, want %q", f.Opening, want)
	}
	// Where not everybody may read contributions, their words stay out.
	w.do(w.people["Max"], func(tx *ledger.Tx) error {
		e := *ledger.Of[*consult.State](tx).Edition(w.edition)
		e.Readers = consult.ReadElus
		_, err := consult.OpenEdition(tx, e)
		return err
	})
	w.view(func(people *consult.State, _ *State) {
		closed := Fates(&Motion{Edition: w.edition}, text, nil, people)
		if len(closed) != 1 || closed[0].Contribution != quoted || closed[0].Opening != "" || len(closed[0].Themes) > 0 {
			t.Errorf("got %+v", closed)
		}
		before := &Document{Edition: w.edition, Annex: got}
		if shown := before.Signed(people).Annex; len(shown) != 1 || shown[0].Opening != "" || len(before.Annex) != 4 {
			t.Errorf("of what was published before: %+v", shown)
		}
	})
}

// TestAnnexForgets: whoever is erased is gone from the annex too, where no
// sentence cites them.
func TestAnnexForgets(t *testing.T) {
	w := newWorld(t)
	gone, stays := w.submit("Zoé", "Un tramway pour la vallée."), w.submit("Ali", "Plus de bus.")
	var m string
	w.do("", func(tx *ledger.Tx) (err error) {
		m, err = Open(tx, w.edition, "Motion", nil)
		return err
	})
	p := &Publisher{Ledger: w.ledger, Blobs: w.store, Shelf: &Shelf{Blobs: w.store}}
	ctx := context.Background()
	v, err := p.Publish(ctx, "", "", m, []ydoc.Op{said("Agir."), line("proposal|p")}, Reading{})
	if err != nil || len(v.Cites) != 0 || len(v.Annexed) != 2 {
		t.Fatalf("%v: %+v", err, v)
	}
	old := v.Blob
	w.do(w.people["Zoé"], func(tx *ledger.Tx) error {
		_, err := consult.ErasePerson(tx, w.people["Zoé"])
		return err
	})
	if err := p.Redact(ctx); err != nil {
		t.Fatal(err)
	}
	w.view(func(_ *consult.State, s *State) { v = s.Motion(m).Latest() })
	d, err := p.Shelf.Document(ctx, v)
	if err != nil || len(d.Annex) != 1 || d.Annex[0].Contribution != stays || len(v.Annexed) != 1 {
		t.Errorf("%v: %+v", err, d)
	}
	data, _ := d.Encode()
	if strings.Contains(string(data), "tramway") || strings.Contains(string(data), gone) || strings.Contains(string(data), "Zoé") {
		t.Errorf("still there: %s", data)
	}
	if _, err := w.store.Blob(ctx, old); err == nil {
		t.Error("the old version is still kept")
	}
}
