package motion

import (
	"reflect"
	"testing"

	"github.com/villes-internet/congres/motion/ydoc"
)

// TestCredited: what comes back is in its authors' edits, the rest in that of who
// did it, and one after the other they make the same text as the whole edit.
func TestCredited(t *testing.T) {
	strong := map[string]any{"strong": true}
	then := []ydoc.Op{{Insert: "Le bus 😀 de Zoé"}, {Insert: map[string]any{"image": "x"}}, {Insert: "passe", Attributes: strong}, {Insert: "\nFin\n"}}
	letters := []Hand{{"zoé", 7}, {"ali", 2}, {"", 7}, {"zoé", 3}, {"projet", 3}, {"moi", 2}} // « Fin » and its end: nobody knows
	for _, now := range [][]ydoc.Op{
		nil, {{Insert: "Le bus de Zoé passe\nFin\n"}}, {{Insert: "Tout autre chose\n"}}, {{Insert: "Le car 😀 de Zoé"}, {Insert: map[string]any{"image": "x"}}, {Insert: "passe\nFin de tout\n"}},
	} {
		whole := restored(now, then)
		d := ydoc.New(1)
		text := d.Text(Root)
		text.ApplyDelta(now)
		edits := credited(whole, letters, "moi")
		people := map[string]bool{}
		for _, e := range edits {
			if people[e.By] {
				t.Errorf("two edits of %s's", e.By)
			}
			people[e.By] = true
			text.ApplyDelta(e.Ops)
		}
		if got := text.Delta(); !SameOps(got, then) {
			t.Errorf("from %v: got %v", now, got)
		}
		if last := edits[len(edits)-1]; last.By != "moi" {
			t.Errorf("the last is %s's", last.By)
		}
		if now == nil && (!people["zoé"] || !people["ali"] || !people["projet"] || len(people) != 4) {
			t.Errorf("edits of %v", people)
		}
	}
}

// TestBorrow: who wrote the words that two copies share.
func TestBorrow(t *testing.T) {
	from := &Copy{Ops: []ydoc.Op{{Insert: "Un bus 😀 passe ici\nFin\n"}}, Letters: []Hand{{"zoé", 3}, {"ali", 7}, {"zoé", 14}}}
	c := &Copy{Ops: []ydoc.Op{{Insert: "Deux bus 😀 passe ici\nLa Fin\n"}}}
	c.Borrow(from)
	if want := []Hand{{"", 4}, {"zoé", 1}, {"ali", 7}, {"zoé", 10}, {"", 3}, {"zoé", 4}}; !reflect.DeepEqual(c.Letters, want) {
		t.Errorf("got %v, want %v", c.Letters, want)
	}
	total := 0
	for _, h := range c.Letters {
		total += h.N
	}
	if total != length(c.Ops[0].Insert) {
		t.Errorf("%d letters", total)
	}
	c.Borrow(&Copy{Letters: []Hand{{"ali", 1}}}) // it knows already
	if c.Letters[0].By != "" {
		t.Error("it has learnt again")
	}
}

// TestAfter: who wrote what follows an edit.
func TestAfter(t *testing.T) {
	list := []Hand{{"a", 3}, {"b", 2}, {"c", 4}}
	for _, c := range []struct {
		edit []ydoc.Op
		want []Hand
	}{
		{nil, list},
		{[]ydoc.Op{{Retain: 2}, {Insert: "😀x"}, {Delete: 2}}, []Hand{{"a", 2}, {"", 3}, {"b", 1}, {"c", 4}}},
		{[]ydoc.Op{{Retain: 3}, {Delete: 2}, {Retain: 4}, {Insert: map[string]any{}}}, []Hand{{"a", 3}, {"c", 4}, {"", 1}}},
		{[]ydoc.Op{{Delete: 9}, {Retain: 1}}, []Hand{{"", 1}}},
	} {
		if got := after(list, c.edit); !reflect.DeepEqual([]Hand(got), c.want) {
			t.Errorf("%v: got %v, want %v", c.edit, got, c.want)
		}
	}
	if after(nil, []ydoc.Op{{Insert: "x"}}) != nil {
		t.Error("a copy that knows nobody has learnt of somebody")
	}
}
