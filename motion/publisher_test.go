package motion

import (
	"bytes"
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion/ydoc"
)

func TestRights(t *testing.T) {
	w := newWorld(t)
	var id string
	for _, who := range []string{"Zoé", "Léa", "Max"} {
		err := w.try(w.people[who], func(tx *ledger.Tx) (err error) {
			id, err = Open(tx, w.edition, " Motion  finale ", []string{"t1"})
			return err
		})
		if refused := errors.Is(err, consult.ErrForbidden); refused != (who == "Zoé") || !refused && err != nil {
			t.Errorf("%s opens: %v", who, err)
		}
	}
	var field *consult.FieldError
	if err := w.try("", func(tx *ledger.Tx) error { _, err := Open(tx, w.edition, " ", nil); return err }); !errors.As(err, &field) {
		t.Errorf("no title: %v", err)
	}
	if err := w.try("", func(tx *ledger.Tx) error { _, err := Open(tx, "?", "t", nil); return err }); !errors.Is(err, consult.ErrNotFound) {
		t.Errorf("no edition: %v", err)
	}
	w.do(w.people["Léa"], func(tx *ledger.Tx) error { return Freeze(tx, id, true, "Séance") })
	w.do("", func(tx *ledger.Tx) error { return Snapshotted(tx, id, 7, store.Hash{1}) })
	w.open()
	w.view(func(people *consult.State, s *State) {
		m := s.Motion(id)
		if m.Title != "Motion finale" || !m.Frozen || m.Snapshot.Number != 7 || m.By != w.people["Max"] || len(s.Motions(w.edition)) != 2 {
			t.Errorf("got %+v", m)
		}
		for who, want := range map[string][3]bool{"Zoé": {}, "Léa": {true, false, true}, "Max": {true, false, true}, "": {}} {
			read, write, reason := Rights(people, m, w.people[who])
			if got := [3]bool{read, write, MayRead(people, m, 0, w.people[who])}; got != want || !write && reason == "" {
				t.Errorf("%q: got %v %q, want %v", who, got, reason, want)
			}
		}
		if MayRead(people, m, 1, "") {
			t.Error("a version that is none can be read")
		}
	})
	if err := w.try(w.people["Zoé"], func(tx *ledger.Tx) error { return Freeze(tx, id, false, "x") }); !errors.Is(err, consult.ErrForbidden) {
		t.Errorf("an élue thaws: %v", err)
	}
}

func TestPublishAndErase(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	bus, gare := w.submit("Zoé", "Le bus ne passe plus le soir."), w.submit("Ali", "Il faut rouvrir la gare.")
	var id string
	w.do(w.people["Léa"], func(tx *ledger.Tx) (err error) {
		id, err = Open(tx, w.edition, "Motion", nil)
		return err
	})
	busWords, gareWords := w.segment(bus, "bus ne passe plus"), w.segment(gare, "rouvrir la gare")
	ops := []ydoc.Op{said("Motion"), line("title|t"), said("Mobilité"), line("axis|a"),
		said("Dit «\u202f"), said("bus ne passe plus", busWords), said("\u202f» (Zoé Martin, maire, Villebrume). "), said("Rouvrons", gareWords),
		{Insert: " vite", Attributes: map[string]any{"comment--k": true}}, said(".", "inconnu@1:0-3"), line("proposal|p")}
	p := &Publisher{Ledger: w.ledger, Blobs: w.store, Shelf: &Shelf{Blobs: w.store}}

	if _, err := p.Publish(ctx, w.people["Zoé"], "", id, ops, Reading{}); !errors.Is(err, consult.ErrForbidden) {
		t.Errorf("an élue publishes: %v", err)
	}
	var field *consult.FieldError
	if _, err := p.Publish(ctx, w.people["Léa"], "", id, nil, Reading{}); !errors.As(err, &field) {
		t.Errorf("an empty text: %v", err)
	}
	head := w.ledger.Head()
	v, err := p.Publish(ctx, w.people["Léa"], "clé", id, ops, Reading{})
	if err != nil || v.Number != 1 || v.Head != head {
		t.Fatalf("got %+v, %v", v, err)
	}
	if again, err := p.Publish(ctx, w.people["Léa"], "clé", id, ops, Reading{}); err != nil || !reflect.DeepEqual(again, v) {
		t.Errorf("the same key: %+v, %v", again, err)
	}
	d, err := p.Shelf.Document(ctx, v)
	if err != nil {
		t.Fatal(err)
	}
	if d.Title != "Motion" || d.Congress != "Congrès 2026" || d.Published != "2026-11-10T12:00:00Z" || d.Head.Hash != head.Hash.String() || len(d.Sources) != 2 {
		t.Errorf("got %+v", d)
	}
	want := Source{busWords, bus, 1, 3, 20, "bus ne passe plus", "Zoé Martin, maire, Villebrume", 1}
	if d.Sources[0] != want || d.Sources[0].Path() != "/contributions/"+bus+"#v1-3-20" {
		t.Errorf("got %+v", d.Sources[0])
	}
	if b := d.Blocks[2]; b.Label != "1" || b.Runs[1].Sentence != 1 || b.Runs[4].Sentence != 2 || b.Runs[4].Sources[0] != 2 {
		t.Errorf("got %+v", b)
	}
	data, _ := d.Encode()
	if strings.Contains(string(data), "comment") {
		t.Error("comments are published")
	}
	if back, err := DecodeDocument(data); err != nil || !reflect.DeepEqual(back, d) {
		t.Errorf("read again: %+v, %v", back, err)
	}
	// Provenance, both ways.
	refs := func(contribution string) []Reference {
		var motions []*Motion
		w.view(func(_ *consult.State, s *State) { motions = s.Motions("") })
		out, err := p.Shelf.References(ctx, motions, []string{contribution}, func(d *Document) *Document { return d })
		if err != nil {
			t.Fatal(err)
		}
		return out[contribution]
	}
	if got := refs(gare); len(got) != 1 || got[0].Text != "Rouvrons vite." || got[0].Anchor != "b-p.2" || got[0].Version != 1 || got[0].Motion != id {
		t.Errorf("got %+v", got)
	}
	if got := Parse(ops).References()[gare]; len(got) != 1 || got[0].Version != 0 || got[0].Sentence != 1 {
		t.Errorf("in the draft: %+v", got)
	}

	w.do("", func(tx *ledger.Tx) error {
		_, err := consult.ErasePerson(tx, w.people["Zoé"])
		return err
	})
	if err := p.Redact(ctx); err != nil {
		t.Fatal(err)
	}
	w.open()
	p.Ledger = w.ledger
	var now Version
	w.view(func(_ *consult.State, s *State) { now = *s.Motion(id).Version(1) })
	if now.Blob == v.Blob || now.Redacted != 1 || !reflect.DeepEqual(now.Cites, []string{gare}) {
		t.Errorf("got %+v", now)
	}
	if _, err := w.store.Blob(ctx, v.Blob); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the old blob: %v", err)
	}
	if data, err = w.store.Blob(ctx, now.Blob); err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"bus ne", "Zoé", bus} {
		if bytes.Contains(data, []byte(words)) {
			t.Errorf("%q is still published", words)
		}
	}
	if !bytes.Contains(data, []byte("[propos effacé]\u202f» (contribution effacée)")) {
		t.Errorf("got %s", data)
	}
	if d, err = p.Shelf.Document(ctx, &now); err != nil || d.Sources[0].Segment != gareWords || d.Blocks[2].Runs[len(d.Blocks[2].Runs)-2].Sources == nil && d.Blocks[2].Runs[2].Sources == nil {
		t.Errorf("got %+v, %v", d, err)
	}
	if got := refs(bus); len(got) != 0 {
		t.Errorf("still cited: %+v", got)
	}
	before := w.ledger.Head()
	if err := p.Redact(ctx); err != nil || w.ledger.Head() != before {
		t.Errorf("done again: %v", err)
	}
	// What was erased is not published anew from a text that still holds it.
	if _, err := p.Publish(ctx, w.people["Léa"], "", id, ops, Reading{}); !errors.Is(err, ErrUnchanged) {
		t.Errorf("what is published already: %v", err)
	}
	ops = append(ops, said("De plus"), line("paragraph|plus"))
	v2, err := p.Publish(ctx, w.people["Léa"], "", id, ops, Reading{})
	if err != nil || v2.Number != 2 {
		t.Fatalf("got %+v, %v", v2, err)
	}
	if data, _ := w.store.Blob(ctx, v2.Blob); bytes.Contains(data, []byte("bus ne")) || bytes.Contains(data, []byte(bus)) {
		t.Errorf("got %s", data)
	}
	// A release that was made before something changed is refused.
	stale := Release{Version: 2, Blob: "x"}
	if err := w.try("", func(tx *ledger.Tx) error { return Publish(tx, id, stale) }); !errors.Is(err, ErrStale) {
		t.Errorf("got %v", err)
	}
	stale = Release{Version: 3, Blob: "x", Cites: []string{bus}}
	if err := w.try("", func(tx *ledger.Tx) error { return Publish(tx, id, stale) }); !errors.Is(err, ErrStale) {
		t.Errorf("got %v", err)
	}
}

func TestHiddenAndOutdated(t *testing.T) {
	w := newWorld(t)
	bus, gare := w.submit("Zoé", "Le bus ne passe plus."), w.submit("Ali", "Rouvrir la gare.")
	a, b := w.segment(bus, "bus"), w.segment(gare, "gare")
	w.do(w.people["Zoé"], func(tx *ledger.Tx) error { return consult.Revise(tx, bus, "Rien.") })
	w.do(w.people["Max"], func(tx *ledger.Tx) error { return consult.Hide(tx, gare, "hors sujet") })
	w.view(func(people *consult.State, _ *State) {
		text := Parse([]ydoc.Op{said("Un bus", a), said(" et une gare", b), line("paragraph|p")})
		d := NewDocument(&Motion{ID: "m", Edition: w.edition, Title: "Repli"}, text, people, 0, store.Head{}, w.now)
		if d.Title != "Repli" || d.Sources[0].Newest != 2 || d.Sources[0].Text != "bus" || d.Sources[1].Text != "" || d.Sources[1].Signature != "contribution masquée" {
			t.Errorf("got %+v", d)
		}
	})
}

func TestDecodeDocument(t *testing.T) {
	for _, s := range []string{"", "{}", `{"format":2}`, `{"format":1,"blocks":[{"runs":[{"sources":[1]}]}]}`} {
		if _, err := DecodeDocument([]byte(s)); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: got %v", s, err)
		}
	}
}

// TestPublishGrave: what is grave in a text is published only by who says that they
// know, and what is published already not at all; a command that is repeated leads to
// what it led to.
func TestPublishGrave(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	bus, gare := w.submit("Zoé", "Le bus ne passe plus le soir."), w.submit("Ali", "Il faut rouvrir la gare.")
	busWords, gareWords := w.segment(bus, "bus ne passe plus"), w.segment(gare, "rouvrir la gare")
	w.do(w.people["Max"], func(tx *ledger.Tx) error { return consult.Hide(tx, gare, "hors sujet") })
	p := &Publisher{Ledger: w.ledger, Blobs: w.store, Shelf: &Shelf{Blobs: w.store}}
	for _, tt := range []struct {
		name  string
		ops   []ydoc.Op
		grave bool
	}{
		{"exact", []ydoc.Op{said("Dit «\u202f"), said("bus ne passe plus", busWords), said("\u202f»."), line("recital|r")}, false},
		{"altered", []ydoc.Op{said("Dit «\u202f"), said("bus passe", busWords), said("\u202f»."), line("recital|r")}, true},
		{"unwritten", []ydoc.Op{said("Proposition à rédiger"), line("proposal|p")}, true},
		{"hidden", []ydoc.Op{said("Rouvrons", gareWords), said("."), line("proposal|p")}, true},
	} {
		var id string
		w.do(w.people["Léa"], func(tx *ledger.Tx) (err error) {
			id, err = Open(tx, w.edition, tt.name, nil)
			return err
		})
		publish := func(key string, sure bool) error {
			_, err := p.Publish(ctx, w.people["Léa"], key, id, tt.ops, Reading{Grave: sure})
			return err
		}
		if err := publish(tt.name, false); tt.grave != errors.Is(err, ErrUnconfirmed) || !tt.grave && err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		if err := publish(tt.name, true); err != nil {
			t.Errorf("%s, sure: %v", tt.name, err)
		}
		if err := publish("", true); !errors.Is(err, ErrUnchanged) {
			t.Errorf("%s, again: %v", tt.name, err)
		}
		if err := publish(tt.name, false); err != nil {
			t.Errorf("%s, repeated: %v", tt.name, err)
		}
		first := slices.Clone(tt.ops)
		tt.ops = append(tt.ops, said("Encore"), line("paragraph|e"))
		if err := publish("encore "+tt.name, true); err != nil {
			t.Errorf("%s, once more: %v", tt.name, err)
		}
		if v, err := p.Publish(ctx, w.people["Léa"], tt.name, id, first, Reading{Grave: true}); err != nil || v.Number != 1 {
			t.Errorf("%s, the first repeated after the second: %+v, %v", tt.name, v, err)
		}
		w.view(func(_ *consult.State, s *State) {
			if n := len(s.Motion(id).Versions); n != 2 {
				t.Errorf("%s: %d versions", tt.name, n)
			}
		})
	}
	// What is hidden is said where it is cited, whatever is quoted there.
	w.view(func(people *consult.State, _ *State) {
		d := NewDocument(&Motion{Edition: w.edition}, Parse([]ydoc.Op{said("Bon. Dit «"), said("rien", gareWords), said("» et "), said("tout", gareWords, busWords), said("."), line("recital|r")}), people, 0, store.Head{}, w.now)
		if r := d.Review(); len(r.Hidden) != 2 || r.Hidden[0].Anchor != "b-r.2" || r.Hidden[0].Text != "rien" || r.Hidden[1].Text != "tout" || len(r.Altered) != 0 {
			t.Errorf("got %+v", r)
		}
	})
}
