package motion

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion/ydoc"
)

func (w *world) motion() (id string) {
	w.Helper()
	w.do(w.people["Léa"], func(tx *ledger.Tx) (err error) {
		id, err = Open(tx, w.edition, "Motion", nil)
		return err
	})
	return id
}

func (w *world) copies(motion string) (out []Kept) {
	w.view(func(_ *consult.State, s *State) { out = s.Motion(motion).Copies })
	return out
}

// TestCopies: kept and named by who may, read again whole, and told to verify.
func TestCopies(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	id := w.motion()
	p := &Publisher{Ledger: w.ledger, Blobs: w.store}
	c := Copy{Ops: append(lined(Proposal, "a", "Ouvrir une maison."), ydoc.Op{Insert: "\n", Attributes: map[string]any{"b": "item|i", "autre": "x"}}), Hands: Hands{"a": {w.people["Léa"]}}}
	for who, want := range map[string]error{"Zoé": consult.ErrForbidden, "Léa": nil, "Max": nil} {
		if _, err := p.Keep(ctx, w.people[who], "", id, c, ByHand, " Avant  mardi "); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", who, err, want)
		}
	}
	var field *consult.FieldError
	for _, name := range []string{"", strings.Repeat("é", 81)} {
		if _, err := p.Keep(ctx, w.people["Léa"], "", id, c, ByHand, name); !errors.As(err, &field) {
			t.Errorf("%q: got %v", name, err)
		}
	}
	w.open()
	p.Ledger = w.ledger
	kept := w.copies(id)
	if len(kept) != 2 || kept[0].Name != "Avant mardi" || kept[0].Words != 3 {
		t.Fatalf("got %+v", kept)
	}
	got, err := p.Copy(ctx, &kept[0])
	if err != nil || fmt.Sprint(got.Ops) != fmt.Sprint(c.Ops) || got.Hands["a"][0] != w.people["Léa"] {
		t.Errorf("got %+v, %v, want %+v", got, err, c)
	}
	blobs := 0
	if err := w.store.EachBlob(ctx, func(string) bool { blobs++; return true }); err != nil || blobs != 2 {
		t.Errorf("%d blobs kept, %v", blobs, err)
	}
	w.view(func(_ *consult.State, s *State) {
		if n := s.Named(); len(n) != 2 || n[0].Blob != kept[0].Blob {
			t.Errorf("named: %v", n)
		}
	})
	w.do(w.people["Max"], func(tx *ledger.Tx) error { return Rename(tx, id, kept[0].ID, "Autre") })
	if err := w.try(w.people["Zoé"], func(tx *ledger.Tx) error { return Rename(tx, id, kept[0].ID, "x") }); !errors.Is(err, consult.ErrForbidden) {
		t.Errorf("got %v", err)
	}
	if got := w.copies(id)[0].Name; got != "Autre" {
		t.Errorf("got %q", got)
	}
}

// TestAlong keeps a copy only where much has changed.
func TestAlong(t *testing.T) {
	w := newWorld(t)
	id := w.motion()
	p := &Publisher{Ledger: w.ledger, Blobs: w.store}
	for i, c := range []struct{ words, want int }{{199, 0}, {200, 1}, {210, 1}, {500, 2}} {
		if err := p.Along(context.Background(), id, Copy{Ops: lined(Paragraph, "a", strings.Repeat("mot ", c.words))}); err != nil {
			t.Fatal(err)
		}
		if got := len(w.copies(id)); got != c.want {
			t.Errorf("%d: got %d copies, want %d", i, got, c.want)
		}
	}
}

// TestCopiesErased: the words of an erased contribution leave the copies, the
// name that an erased person gave leaves the journal, and neither comes back
// by a restoration.
// TestReplacedOnce: before words are replaced everywhere, what the last copy holds
// already is not kept again.
func TestReplacedOnce(t *testing.T) {
	w := newWorld(t)
	id := w.motion()
	p := &Publisher{Ledger: w.ledger, Blobs: w.store}
	for i, words := range []string{"Vu", "Vu", "Vu bien", "Vu"} {
		if _, err := p.Keep(t.Context(), w.people["Max"], "", id, Copy{Ops: []ydoc.Op{said(words), line("recital|a")}}, Replaced, ""); err != nil {
			t.Fatal(err)
		}
		if got, want := len(w.copies(id)), []int{1, 1, 2, 3}[i]; got != want {
			t.Errorf("%d copies, want %d", got, want)
		}
	}
}

// TestNamesErased: a copy goes by the last name of somebody who is not erased, at
// once and when the journal is read again.
func TestNamesErased(t *testing.T) {
	w := newWorld(t)
	id := w.motion()
	p := &Publisher{Ledger: w.ledger, Blobs: w.store}
	for range 3 {
		if _, err := p.Keep(t.Context(), w.people["Max"], "", id, Copy{Ops: []ydoc.Op{said("Vu"), line("recital|a")}}, ByHand, "Nom de Max"); err != nil {
			t.Fatal(err)
		}
	}
	for i, name := range []string{"Nom de Léa", ""} {
		w.do(w.people["Léa"], func(tx *ledger.Tx) error { return Rename(tx, id, ledger.Of[*State](tx).Motion(id).Copies[i].ID, name) })
	}
	w.do(w.people["Léa"], func(tx *ledger.Tx) error {
		return Rename(tx, id, ledger.Of[*State](tx).Motion(id).Copies[2].ID, "Nom de Léa")
	})
	w.do(w.people["Max"], func(tx *ledger.Tx) error {
		return Rename(tx, id, ledger.Of[*State](tx).Motion(id).Copies[2].ID, "Autre")
	})
	w.do(w.people["Max"], func(tx *ledger.Tx) error {
		_, err := consult.ErasePerson(tx, w.people["Léa"])
		EraseWords(tx, w.people["Léa"])
		return err
	})
	for _, when := range []string{"at once", "read again"} {
		for i, want := range []string{"Nom de Max", "Nom de Max", "Autre"} {
			if got := w.copies(id)[i].Name; got != want {
				t.Errorf("%s: copy %d is %q, want %q", when, i, got, want)
			}
		}
		w.open()
	}
}

func TestCopiesErased(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	id := w.motion()
	p := &Publisher{Ledger: w.ledger, Blobs: w.store}
	said := w.submit("Zoé", "Un tramway pour la vallée.")
	c := Copy{Ops: []ydoc.Op{{Insert: "Vu «\u202f"}, {Insert: "Un tramway pour la vallée.", Attributes: map[string]any{CitePrefix + w.segment(said, "Un tramway pour la vallée."): true}},
		{Insert: "\u202f»"}, newline(Recital, "a")}}
	if _, err := p.Keep(ctx, w.people["Léa"], "", id, c, ByHand, "Nom confidentiel"); err != nil {
		t.Fatal(err)
	}
	old := w.copies(id)[0]
	for _, who := range []string{"Zoé", "Léa"} {
		w.do(w.people["Max"], func(tx *ledger.Tx) error {
			_, err := consult.ErasePerson(tx, w.people[who])
			EraseWords(tx, w.people[who])
			return err
		})
	}
	if got := w.copies(id)[0].Name; got != "" {
		t.Errorf("at once: the name is still %q", got)
	}
	if err := p.Redact(ctx); err != nil {
		t.Fatal(err)
	}
	if err := p.Redact(ctx); err != nil { // changes nothing that is done
		t.Fatal(err)
	}
	w.open()
	p.Ledger = w.ledger
	kept := w.copies(id)[0]
	got, err := p.Copy(ctx, &kept)
	if err != nil || strings.Contains(Parse(got.Ops).String(), "tramway") || kept.Name != "" || kept.Redacted != 1 {
		t.Errorf("got %+v, %+v, %v", kept, got, err)
	}
	if _, err := w.store.Blob(ctx, old.Blob); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the old copy is still there: %v", err)
	}
	var erased map[string]bool
	w.view(func(people *consult.State, _ *State) { erased = people.ErasedContributions() })
	back := ""
	for _, e := range c.Back(&Copy{}, erased, "moi") {
		back += Parse(apply(nil, e.Ops)).String()
	}
	if strings.Contains(back, "tramway") {
		t.Errorf("came back: %q", back)
	}
	path := w.path
	if err := w.store.Compact(ctx); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"Nom confidentiel", "Un tramway pour la vall"} {
		if bytes.Contains(data, []byte(words)) {
			t.Errorf("%q is still in the file", words)
		}
	}
}
