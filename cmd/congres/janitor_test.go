package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

// TestErasureReachesTheLog: words that somebody quoted in a motion, and took out
// again, are gone from the files too once they are erased.
func TestErasureReachesTheLog(t *testing.T) {
	const words = "le bac de Villebrume ne part plus"
	p := place{dir: t.TempDir()}
	h, id := newHouse(t, p)
	defer func() { h.Close() }()
	ctx := t.Context()
	do := func(actor string, fn func(*ledger.Tx) error) string {
		t.Helper()
		out, err := h.ledger.Do(ctx, ledger.Command{Actor: actor, Decide: fn})
		if err != nil {
			t.Fatal(err)
		}
		return out.Subject
	}
	zoe := do("", func(tx *ledger.Tx) error {
		_, _, err := consult.Accredit(tx, consult.Person{FirstName: "Zoé", LastName: "Brume", Email: "zoe@congres.example", Role: consult.Elu})
		return err
	})
	var e *consult.Edition
	h.ledger.View(func(v ledger.View) { e = ledger.Of[*consult.State](v).Current(time.Now()) })
	do(zoe, func(tx *ledger.Tx) error { _, err := consult.Submit(tx, e.ID, e.Axes[0].ID, words); return err })

	d := ydoc.New(8)
	text := d.Text(motion.Root)
	push(t, h, id, zoe, d.Transact(func() { text.ApplyDelta([]ydoc.Op{{Insert: words}}) }))
	push(t, h, id, zoe, d.Transact(func() { text.ApplyDelta([]ydoc.Op{{Delete: len([]rune(words))}}) }))

	do(zoe, func(tx *ledger.Tx) error { _, err := consult.ErasePerson(tx, zoe); return err })
	for range 2 { // the second finds nothing to do
		if err := h.compact(ctx); err != nil {
			t.Fatal(err)
		}
	}
	h.Close()
	data, err := os.ReadFile(filepath.Join(p.dir, "congres.db"))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(data, []byte(words)) {
		t.Error("the file still holds erased words")
	}
	if h, err = p.open(ctx, quiet(), nil); err != nil {
		t.Fatal(err)
	}
	if now, err := h.rooms.Text(ctx, id); err != nil || now.Title() != "Agir. Pour un numérique humain" {
		t.Errorf("the text is %q, %v", now.Title(), err)
	}
}
