package consult_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/corpora"
)

func table(t *testing.T, name, text string) *corpora.Table {
	t.Helper()
	tab, err := corpora.Read(name, strings.NewReader(text), corpora.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

// reading reads a table as contributions to the congress, and compares it.
func (c *congress) reading(t *corpora.Table, columns corpora.Columns, left ...string) *consult.Reading {
	var r *consult.Reading
	c.view(func(s *consult.State) {
		r = consult.ReadContributions(t, consult.Choice{Columns: columns, Left: left}, consult.OriginOf(t.Name), s.Edition(c.edition), s.People())
	})
	r.Compare(c.edition, c.view)
	return r
}

// take imports what was read.
func (c *congress) take(r *consult.Reading) (sum consult.Tally) {
	for rows := range r.Commands() {
		var tally consult.Tally
		c.must(c.staff, func(tx *ledger.Tx) (err error) {
			tally, err = consult.Import(tx, c.edition, r.Origin, rows)
			return err
		})
		sum = sum.Add(tally)
	}
	return sum
}

// A last and a first name name somebody together. Each answer to each question is a
// contribution: on the edition's axis of that name, or with its question. What is
// imported twice is there once, whatever questions are read.
func TestReadingNames(t *testing.T) {
	c := newCongress(t)
	text := "id;Nom;Prénom;Vos besoins;Vos idées\r\n"
	for i := range 4 {
		n := strconv.Itoa(i)
		text += n + ";HADDAD;Karim;Il nous faut bien plus de bus que les " + n + " du soir;La cantine devrait servir " + n + " légumes de la région\r\n"
	}
	tab := table(t, "essai.csv", text)
	columns := tab.Guess()
	r := c.reading(tab, columns)
	if r.Total != 4 || r.Answers != 8 || len(r.Rows) != 8 || r.Authors != 8 || r.Rows[0].Author == "" || r.Columns != columns {
		t.Errorf("%d lines, %d answers, %d rows, %d of known authors: %+v", r.Total, r.Answers, len(r.Rows), r.Authors, r.Columns)
	}
	if len(r.Doubts) != 0 || r.Doubted != 0 {
		t.Errorf("doubts %v", r.Doubts)
	}
	if want := (consult.Tally{New: 8}); r.Tally != want {
		t.Errorf("would do %+v", r.Tally)
	}
	if q := r.Questions; len(q) != 2 || q[0] != (consult.Question{Name: "Vos besoins", Read: true, Answers: 4}) {
		t.Errorf("questions %+v", q)
	}
	again := func(want consult.Tally, left ...string) {
		t.Helper()
		tab := table(t, "essai.csv", text)
		r := c.reading(tab, columns, left...)
		if r.Tally != want {
			t.Errorf("without %q, would do %+v, want %+v", left, r.Tally, want)
		}
		if got := c.take(r); got != want {
			t.Errorf("without %q, did %+v, want %+v", left, got, want)
		}
	}
	again(consult.Tally{New: 4}, "Vos besoins")
	again(consult.Tally{New: 4, Same: 4})
	again(consult.Tally{Same: 8})
	again(consult.Tally{Same: 4}, "Vos besoins")
	again(consult.Tally{}, "Vos besoins", "Vos idées")
	c.view(func(s *consult.State) {
		e := s.Edition(c.edition)
		all := s.Contributions(consult.Query{Edition: c.edition})
		n := map[string]int{}
		for _, x := range all {
			if x.Origin == "essai" {
				n[e.Under(x)]++
			}
			if x.External == "0/q2" && !strings.HasPrefix(x.Text(), "La cantine") {
				t.Errorf("%s says %q", x.External, x.Text())
			}
		}
		if n["Vos besoins"] != 4 || n["Vos idées"] != 4 {
			t.Errorf("under %v", n)
		}
		for _, d := range s.Corpus(c.edition).Documents {
			if strings.HasPrefix(d.Text, "La cantine devrait") && d.Variables[corpora.VarAxis] != "Vos idées" {
				t.Errorf("the analysis is told %v", d.Variables)
			}
		}
	})
}

// A question that is an axis of the edition is that one; without identifiers, the same
// words under two questions are two answers.
func TestReadingQuestionAxis(t *testing.T) {
	c := newCongress(t)
	text := "Inclusion;Vos idées\r\n"
	for i := range 4 {
		n := strconv.Itoa(i)
		text += "Il nous faut bien plus de bus que les " + n + " du soir;La cantine devrait servir " + n + " légumes de la région\r\n"
	}
	text += "Nous voulons un lieu ouvert à toutes et à tous;Nous voulons un lieu ouvert à toutes et à tous\r\n"
	tab := table(t, "axe.csv", text)
	columns := tab.Guess()
	r := c.reading(tab, columns)
	if want := (consult.Tally{New: 10}); c.take(r) != want || r.Questions[0].Axis != "Inclusion" || r.Questions[1].Axis != "" {
		t.Errorf("did %+v of %+v", r.Tally, r.Questions)
	}
	c.view(func(s *consult.State) {
		all := s.Contributions(consult.Query{Edition: c.edition})
		for _, x := range all {
			if x.Origin == "axe" && (x.Axis == "") != (x.Question == "Vos idées") {
				t.Errorf("%q is on %q, %q", x.Text(), x.Axis, x.Question)
			}
		}
	})
	// A line before the others changes nothing to them.
	more := strings.Replace(text, "\r\n", "\r\nIl manque aussi des trains le matin et le soir;Les fermes pourraient livrer chaque semaine les écoles\r\n", 1)
	tab = table(t, "axe.csv", more)
	if r := c.reading(tab, columns); r.Tally != (consult.Tally{New: 2, Same: 10}) {
		t.Errorf("a longer file would do %+v", r.Tally)
	}
}

func TestReading(t *testing.T) {
	c := newCongress(t)
	tab := table(t, "essai.csv", strings.Join([]string{
		"id;titre;texte;auteur;axe;date",
		"1;Titre;Un texte;zoe@villebrume.example;Inclusion;02/11/2026",
		"2;;Un autre texte;haddad Karim;Ailleurs;01/11/2026",
		"2;;Encore un;;;01/11/2026",
		";;Sans identifiant;;;01/11/2026",
		"5;;;;;01/11/2026",
		"6;;Inconnue au bataillon;Paule Nemo;;hier",
		"7;;trop;peu",
		"8;;" + strings.Repeat("é", 20_001) + ";;;",
	}, "\r\n"))
	r := c.reading(tab, tab.Guess())
	var got []string
	for i, row := range r.Rows {
		name := map[string]string{c.zoe: "zoé", c.karim: "karim"}[row.Author]
		id := row.External
		if strings.HasPrefix(id, "texte-") {
			id = "texte"
		}
		got = append(got, id+"/"+name+"/"+row.Axis+"/"+row.Text)
		if want := map[string]int{"1": 2, "2": 3, "texte": 5, "6": 7}[id]; r.Lines[i] != want {
			t.Errorf("row %s stands on line %d, want %d", id, r.Lines[i], want)
		}
	}
	want := "1/zoé/Inclusion/Titre\n\nUn texte|2/karim/Ailleurs/Un autre texte|texte///Sans identifiant|6///Inconnue au bataillon"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("rows\n got %s\nwant %s", s, want)
	}
	lines := map[int]bool{}
	for _, d := range r.Doubts {
		if lines[d.Line] = true; d.Sentence == "" {
			t.Errorf("line %d: a doubt without a sentence", d.Line)
		}
	}
	for _, line := range []int{4, 5, 6, 7, 8, 9} {
		if !lines[line] {
			t.Errorf("nothing is said of line %d", line)
		}
	}
	if len(lines) != 6 || r.Doubted != 6 || r.Left != 4 || r.Authors != 2 {
		t.Errorf("%d lines, %d doubted, %d left, %d authors: %v", len(lines), r.Doubted, r.Left, r.Authors, r.Doubts)
	}
	if len(r.Axes) != 2 || r.Axes[1].Axis != "Inclusion" || r.Axes[0].Axis != "" {
		t.Errorf("axes %+v", r.Axes)
	}
	if want := (consult.Tally{New: 4, Refused: 4}); r.Tally != want {
		t.Errorf("would do %+v, want %+v", r.Tally, want)
	}
	if got := c.take(r); got != (consult.Tally{New: 4}) {
		t.Errorf("did %+v", got)
	}
	if r := c.reading(tab, tab.Guess()); r.Tally != (consult.Tally{Same: 4, Refused: 4}) {
		t.Errorf("again, would do %+v", r.Tally)
	}
	changed := table(t, "essai.csv", "id;texte\n2;Un autre texte, mieux dit\n9;Neuf\n")
	if r := c.reading(changed, changed.Guess()); r.Tally != (consult.Tally{New: 1, Changed: 1}) {
		t.Errorf("a changed file would do %+v", r.Tally)
	} else if got := c.take(r); got != (consult.Tally{New: 1, Changed: 1}) {
		t.Errorf("a changed file did %+v", got)
	}
}

// TestReadingUnfolded leaves out all answers of a line that is broken.
func TestReadingUnfolded(t *testing.T) {
	c := newCongress(t)
	const head = "id,reference,title,createdAt,authorId,authorType,authorZipCode,Q1 - Que faire ?,Q2 - Et ensuite ?\n"
	tab := table(t, "debat.csv", head+"x,2-1,T,2019-01-22 10:00:00,a,Citoyen,59000,Il faut davantage de bus,Et des trains aussi\n"+
		"y,2-2,T,2019-01-22 10:00:00,b,Citoyen,59000,Il faut, davantage de trains,Et des bus aussi\n")
	r := c.reading(tab, tab.Guess())
	if r.Total != 4 || r.Tally != (consult.Tally{New: 2, Refused: 2}) || len(r.Doubts) != 1 {
		t.Errorf("%d answers, would do %+v, doubts %v", r.Total, r.Tally, r.Doubts)
	}
	if got := c.take(r); got != (consult.Tally{New: 2}) {
		t.Errorf("did %+v", got)
	}
	if r := c.reading(tab, tab.Guess()); r.Tally != (consult.Tally{Same: 2, Refused: 2}) {
		t.Errorf("again, would do %+v", r.Tally)
	}
}

func TestReadingInTime(t *testing.T) {
	c := newCongress(t)
	tab := table(t, "dates.csv", "id;texte;date\n1;mardi;2026-11-03 10:00:00 +0100\n2;lundi;2026-11-02\n3;mercredi;04/11/2026\n")
	r := c.reading(tab, tab.Guess())
	if got := r.Rows[0].Text + r.Rows[1].Text + r.Rows[2].Text; got != "lundimardimercredi" || r.Lines[0] != 3 {
		t.Errorf("order %s, lines %v", got, r.Lines)
	}
}

func TestReadingWithoutText(t *testing.T) {
	c := newCongress(t)
	tab := table(t, "vide.csv", "a;b\n1;2\n")
	if r := c.reading(tab, corpora.Columns{ID: "a"}); len(r.Rows) != 0 || len(r.Doubts) == 0 || r.Left != 1 {
		t.Errorf("%+v", r)
	}
}

func TestCommands(t *testing.T) {
	r := &consult.Reading{}
	for range 250 {
		r.Rows = append(r.Rows, consult.Imported{Text: "x"})
	}
	big := strings.Repeat("y", 5<<20)
	r.Rows = append(r.Rows, consult.Imported{Text: big}, consult.Imported{Text: big})
	var got []int
	for rows := range r.Commands() {
		got = append(got, len(rows))
	}
	if len(got) != 4 || got[0] != 100 || got[1] != 100 || got[2] != 51 || got[3] != 1 {
		t.Errorf("commands of %v rows", got)
	}
}

// shared finds the real data beside the repository.
func shared(t *testing.T, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
	}
	path := filepath.Join(dir, "..", "shared", "data", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no %s here", name)
	}
	return path
}

func TestReadingRealFiles(t *testing.T) {
	for _, f := range []struct {
		name string
		rows int
	}{{"decidim-mel/propositions-libres.csv", 196}, {"republique-numerique/opinions.tsv", 696}} {
		t.Run(f.name, func(t *testing.T) {
			file, err := os.Open(shared(t, f.name))
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			tab, err := corpora.Read(filepath.Base(f.name), file, corpora.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			c := newCongress(t)
			r := c.reading(tab, tab.Guess())
			for _, d := range r.Doubts {
				t.Log(d)
			}
			if len(r.Rows) != f.rows || r.Total != f.rows || r.Left != 0 {
				t.Fatalf("%d rows of %d, %d left out, want %d", len(r.Rows), r.Total, r.Left, f.rows)
			}
			if got := c.take(r); got.New != f.rows {
				t.Errorf("first import %+v", got)
			}
			if r = c.reading(tab, tab.Guess()); r.Tally != (consult.Tally{Same: f.rows}) {
				t.Errorf("second import would do %+v", r.Tally)
			}
			if got := c.take(r); got != (consult.Tally{Same: f.rows}) {
				t.Errorf("second import did %+v", got)
			}
		})
	}
}

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
