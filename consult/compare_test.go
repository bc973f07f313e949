package consult_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/corpora"
)

// TestReadingSameWords: two people who are known may say the same, in one file and
// the next; whose words they are is not forgotten by an erasure.
func TestReadingSameWords(t *testing.T) {
	c := newCongress(t)
	const same = "Il faut davantage de bus le soir"
	file := func(authors ...string) *corpora.Table {
		text := "texte;auteur\n"
		for _, a := range authors {
			text += same + ";" + a + "\n"
		}
		return table(t, "bus.csv", text)
	}
	const zoe, karim = "zoe@villebrume.example", "karim@villebrume.example"
	read := func(want consult.Tally, authors ...string) {
		t.Helper()
		tab := file(authors...)
		r := c.reading(tab, tab.Guess())
		if got := r.Tally; got != want {
			t.Errorf("%q: would do %+v, want %+v: %v", authors, got, want, r.Doubts)
		}
		want.Refused -= r.Left
		if got := c.take(r); got != want {
			t.Errorf("%q: did %+v, want %+v", authors, got, want)
		}
	}
	read(consult.Tally{New: 2, Refused: 1}, zoe, karim, zoe)
	read(consult.Tally{Same: 2, Refused: 2}, karim, zoe, karim, "")
	c.close()
	c.open()
	read(consult.Tally{Same: 1}, karim)
	c.must(c.zoe, func(tx *ledger.Tx) error { _, err := consult.ErasePerson(tx, c.zoe); return err })
	read(consult.Tally{Same: 1}, zoe) // whose name nobody knows any more
	c.close()
	c.open()
	read(consult.Tally{Same: 1}, karim)
	read(consult.Tally{Same: 1, Refused: 1}, karim, zoe)

	c = newCongress(t)
	read(consult.Tally{New: 1}, "paule@ailleurs.example")
	c.accredit(c.staff, consult.Person{Email: "paule@ailleurs.example", Role: consult.Elu})
	read(consult.Tally{Same: 1}, "paule@ailleurs.example")
}

// TestReadingCopies tells of texts that are there already, from elsewhere.
func TestReadingCopies(t *testing.T) {
	c := newCongress(t)
	const bus, school, library = "Il faut davantage de bus", "Il faut une école", "Il faut une bibliothèque"
	if _, err := c.submit(c.zoe, "", school); err != nil {
		t.Fatal(err)
	}
	first := table(t, "latin.csv", "texte;auteur;axe\n"+bus+";;\n"+library+";;Inclusion\n")
	if r := c.reading(first, first.Guess()); len(r.Copies) != 0 {
		t.Errorf("copies %v", r.Copies)
	} else {
		c.take(r)
	}
	second := table(t, "comments.csv", strings.Join([]string{"id;texte;auteur;axe",
		"1;" + bus + ";karim@villebrume.example;Inclusion", // whose the words were was not known
		"2;" + school + ";zoe@villebrume.example;Inclusion",
		"3;" + school + ";karim@villebrume.example;Inclusion", // who says the same
		"4;" + library + ";;Autre question",                   // its answer too, as far as is known
		"5;" + library + " et un parc;;",
		"6;Il faut un marché;;", "7;Il faut un marché;;"}, "\n"))
	r := c.reading(second, second.Guess())
	if got := fmt.Sprint(r.Copies, r.Tally); got != "[0 1 3] {7 0 0 0}" {
		t.Errorf("copies and what would be done: %s", got)
	}
	part := &consult.Reading{Origin: r.Origin, Rows: r.Rows[5:6]} // interrupted
	c.take(part)
	r = c.reading(second, second.Guess())
	if got := fmt.Sprint(r.Copies, r.Tally); got != "[0 1 3] {6 0 1 0}" {
		t.Errorf("after a part of it: %s", got)
	}
	r.LeaveCopies()
	if got := c.take(r); got != (consult.Tally{New: 3, Same: 1}) || got != r.Tally || len(r.Lines) != len(r.Rows) || r.Rows[0].External != "3" || r.Lines[0] != 4 {
		t.Errorf("did %+v, said %+v", got, r.Tally)
	}
	if r = c.reading(second, second.Guess()); c.take(r) != (consult.Tally{New: 3, Same: 4}) {
		t.Errorf("all the same, would do %+v", r.Tally)
	}
}
