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

// TestReadingUnread names the columns that an import does not take.
func TestReadingUnread(t *testing.T) {
	c := newCongress(t)
	tab := table(t, "essai.csv", "id;texte;Commune;Population;Vide;Autre remarque\n1;Il faut davantage de bus;Lens;31000;;\n2;Il faut une école;;;;Merci\n")
	if r := c.reading(tab, tab.Guess()); fmt.Sprintf("%q", r.Unread) != `["Commune" "Population" "Autre remarque"]` {
		t.Errorf("unread %q", r.Unread)
	}
	text := "id;besoins;idées;Ville\n"
	for i := range 4 {
		n := strconv.Itoa(i)
		text += n + ";Il nous faut bien plus de bus que les " + n + " du soir;La cantine devrait servir " + n + " légumes de la région;Lens\n"
	}
	for alone, want := range map[bool]string{false: `["Ville"]`, true: `["idées" "Ville"]`} {
		tab = table(t, "deux.csv", text)
		choice := consult.Choice{Columns: tab.Guess(), Alone: alone}
		choice.Text = "besoins"
		c.view(func(s *consult.State) {
			if r := consult.ReadContributions(tab, choice, "deux", s.Edition(c.edition), nil); fmt.Sprintf("%q", r.Unread) != want {
				t.Errorf("alone %v: unread %q, want %s", alone, r.Unread, want)
			}
		})
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
