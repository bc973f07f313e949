package motion

import (
	"errors"
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion/ydoc"
)

// TestSigned has what the house signed follow the rule on names, and leaves
// what people wrote.
func TestSigned(t *testing.T) {
	w := newWorld(t)
	const quote = "Il faut un guichet dans chaque village."
	id := w.submit("Zoé", quote)
	seg := Segment{id, 1, 0, len(quote)}
	rule := func(r consult.NameRule) {
		t.Helper()
		w.do("", func(tx *ledger.Tx) error {
			e := *ledger.Of[*consult.State](tx).Edition(w.edition)
			e.Names = r
			_, err := consult.OpenEdition(tx, e)
			return err
		})
	}
	// publish is a version that quotes Zoé as a draft does, and goes on.
	publish := func(after string) (d *Document) {
		w.view(func(people *consult.State, _ *State) {
			text := Parse([]ydoc.Op{
				{Insert: "Considérant «", Attributes: map[string]any{}},
				{Insert: quote, Attributes: map[string]any{CitePrefix + seg.String(): true}},
				{Insert: "» (" + people.Signature(people.Edition(w.edition), w.people["Zoé"]) + ")" + after, Attributes: map[string]any{}},
				newline(Recital, "r1")})
			d = NewDocument(&Motion{ID: "m", Edition: w.edition, Title: "M"}, text, people, 1, store.Head{}, w.now)
			d.Annex = Fates(&Motion{ID: "m", Edition: w.edition}, text, nil, people)
		})
		return d
	}
	shown := func(d *Document) (text, signature string, names bool) {
		w.view(func(people *consult.State, _ *State) {
			d := d.Signed(people)
			text, signature, names = strings.TrimSpace(d.Text().String()), d.Sources[0].Signature, d.Names(people)
			if got := d.Annex[0].Signature; got != signature {
				t.Errorf("the annex says %q, the sources %q", got, signature)
			}
		})
		return text, signature, names
	}
	const start = "Considérant «" + quote + "» "
	named := publish(".")
	byHand := publish(", comme le dit Zoé Martin.")
	rule(consult.ByFunction)
	unnamed := publish(".")
	for _, tc := range []struct {
		what            string
		rule            consult.NameRule
		d               *Document
		text, signature string
		names           bool
	}{
		{"published with names", consult.ByName, named, start + "(Zoé Martin, maire, Villebrume).", "Zoé Martin, maire, Villebrume", true},
		{"the same once functions are shown", consult.ByFunction, named, start + "(maire).", "maire", false},
		{"a name that somebody wrote", consult.ByFunction, byHand, start + "(maire), comme le dit Zoé Martin.", "maire", true},
		{"published without", consult.ByFunction, unnamed, start + "(maire).", "maire", false},
		{"the same once names are shown", consult.ByName, unnamed, start + "(maire).", "maire", false},
	} {
		rule(tc.rule)
		before, err := tc.d.Encode()
		if err != nil {
			t.Fatal(err)
		}
		text, signature, names := shown(tc.d)
		if text != tc.text || signature != tc.signature || names != tc.names {
			t.Errorf("%s: got %q, %q, names %v, want %q, %q, %v", tc.what, text, signature, names, tc.text, tc.signature, tc.names)
		}
		if after, _ := tc.d.Encode(); string(after) != string(before) {
			t.Errorf("%s: the kept version was changed", tc.what)
		}
	}
}

// TestHidden has what staff hide leave what is shown, and only that.
func TestHidden(t *testing.T) {
	w := newWorld(t)
	const quote = "Il faut un guichet dans chaque village."
	id := w.submit("Zoé", quote)
	seg := Segment{id, 1, 0, len(quote)}
	var d *Document
	w.view(func(people *consult.State, _ *State) {
		text := Parse([]ydoc.Op{
			{Insert: "Considérant «", Attributes: map[string]any{}},
			{Insert: quote, Attributes: map[string]any{CitePrefix + seg.String(): true}},
			{Insert: "» (Zoé Martin, maire, Villebrume). ", Attributes: map[string]any{}},
			{Insert: "Les communes ouvriront des guichets partout où elles le pourront.", Attributes: map[string]any{CitePrefix + seg.String(): true}},
			newline(Recital, "r1")})
		d = NewDocument(&Motion{ID: "m", Edition: w.edition, Title: "M"}, text, people, 1, store.Head{}, w.now)
		d.Annex = Fates(&Motion{ID: "m", Edition: w.edition}, text, nil, people)
	})
	hide := func(reason string) (shown *Document) {
		t.Helper()
		w.do(w.people["Max"], func(tx *ledger.Tx) error { return consult.Hide(tx, id, reason) })
		w.view(func(people *consult.State, _ *State) { shown = d.Signed(people) })
		return shown
	}
	before, err := d.Encode()
	if err != nil {
		t.Fatal(err)
	}
	shown := hide("Propos sur une personne.")
	const want = "Considérant «[propos masqué]» (contribution masquée). Les communes ouvriront des guichets partout où elles le pourront."
	if got := strings.TrimSpace(shown.Text().String()); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if s := shown.Sources; len(s) != 1 || s[0].Contribution != id || s[0].Text != "" || s[0].Signature != "contribution masquée" {
		t.Errorf("got the sources %+v", s)
	}
	if len(shown.Annex) != 0 {
		t.Errorf("the annex tells of it: %+v", shown.Annex)
	}
	whole, err := shown.Encode()
	if err != nil || strings.Contains(string(whole), "guichet dans") {
		t.Errorf("the words are still there: %s (%v)", whole, err)
	}
	if after, _ := d.Encode(); string(after) != string(before) {
		t.Error("the kept version was changed")
	}
	if again, _ := hide("").Encode(); string(again) != string(before) {
		t.Errorf("shown again, got %s", again)
	}
}

// TestErasedAtOnce has the words of somebody erased be shown by no version, even
// before the versions are written again; and one that cannot be read keeps none
// from being.
func TestErasedAtOnce(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	const quote = "Il faut un guichet dans chaque village."
	id := w.submit("Zoé", quote)
	seg := Segment{id, 1, 0, len(quote)}
	ops := []ydoc.Op{said("Considérant «"), said(quote, seg.String()), said("» (Zoé Martin, maire, Villebrume)."), line("recital|r1")}
	var motion string
	w.do(w.people["Léa"], func(tx *ledger.Tx) (err error) {
		motion, err = Open(tx, w.edition, "Motion", nil)
		return err
	})
	p := &Publisher{Ledger: w.ledger, Blobs: w.store, Shelf: &Shelf{Blobs: w.store}}
	v, err := p.Publish(ctx, w.people["Léa"], "", motion, ops, Reading{Grave: true})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := p.Keep(ctx, w.people["Léa"], "", motion, Copy{Ops: ops}, Along, ""); err != nil {
			t.Fatal(err)
		}
	}
	d, err := p.Shelf.Document(ctx, v)
	if err != nil {
		t.Fatal(err)
	}
	w.do("", func(tx *ledger.Tx) error { _, err := consult.ErasePerson(tx, w.people["Zoé"]); return err })

	w.view(func(people *consult.State, _ *State) {
		shown, err := d.Signed(people).Encode()
		if text := string(shown); err != nil || strings.Contains(text, "guichet") || strings.Contains(text, "Zoé") || !strings.Contains(text, "[propos effacé]» (contribution effacée)") {
			t.Errorf("got %s, %v", text, err)
		}
	})
	copies := func() (out []Kept) {
		w.view(func(_ *consult.State, s *State) { out = s.Motion(motion).Copies })
		return out
	}
	lost := copies()[0].Blob
	if err := w.store.DeleteBlob(ctx, lost); err != nil {
		t.Fatal(err)
	}
	if err := p.Redact(ctx); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a copy that is lost: %v", err)
	}
	w.view(func(_ *consult.State, s *State) {
		if m := s.Motion(motion); m.Versions[0].Redacted != 1 || m.Copies[0].Redacted != 0 || m.Copies[1].Redacted != 1 {
			t.Errorf("got %+v", m)
		}
	})
	if _, err := w.store.Blob(ctx, v.Blob); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the old version: %v", err)
	}
}
