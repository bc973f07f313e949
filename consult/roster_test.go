package consult_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/corpora"
)

func TestRoster(t *testing.T) {
	c := newCongress(t)
	tab := table(t, "elus.csv", strings.Join([]string{
		"Nom;Prénom;Adresse mail;Fonction;Commune;Code INSEE;Département;Population;Rôle",
		"Martin;Ana;Ana@Ville.example;maire;Ville;X01;98;1 234;",
		"Brume;Zoé;zoe@villebrume.example;maire;Villebrume;X0101;98;2400;élue",
		"Haddad;Karim;karim@villebrume.example;premier adjoint;Villebrume;X0101;98;2400;rapporteur",
		"Sans;Courriel;;maire;Ville;;;;",
		"Faux;Courriel;pas une adresse;maire;Ville;;;;",
		"Martin;Bis;ANA@ville.example;maire;Ville;;;;",
		"Rôle;Faux;role@ville.example;maire;Ville;;;;chef",
		";;anonyme@ville.example;maire;Ville;;;beaucoup;",
		"Équipe;Une;equipe@congres.example;;;;;;élu",
		"Autre;Une;autre@congres.example;;;;;;équipe",
	}, "\n"))
	r := consult.ReadRoster(tab, consult.GuessRoster(tab))
	c.view(r.Compare)
	if r.Total != 10 || len(r.People) != 6 || r.Left != 4 || r.New != 3 || r.Changed != 2 || r.Same != 1 {
		t.Errorf("%d rows, %d people, %d left, %d new, %d changed, %d same", r.Total, len(r.People), r.Left, r.New, r.Changed, r.Same)
	}
	var lines []int
	for _, d := range r.Doubts {
		lines = append(lines, d.Line)
	}
	if got, want := fmt.Sprint(lines), "[5 6 7 8 9 9 10 11]"; got != want {
		t.Errorf("doubts on lines %s, want %s: %v", got, want, r.Doubts)
	}
	if p := r.People[0]; p.Email != "ana@ville.example" || p.Town.Population != 1234 || p.Role != consult.Elu || p.Town.Code != "X01" || p.Town.Department != "98" {
		t.Errorf("first person %+v", p)
	}
	for round, want := range []string{"3 2", "0 0"} {
		var got string
		c.must(c.staff, func(tx *ledger.Tx) error {
			fresh, changed, err := consult.AccreditAll(tx, r.People)
			got = fmt.Sprint(len(fresh), " ", changed)
			return err
		})
		if got != want {
			t.Errorf("round %d: %s, want %s", round, got, want)
		}
	}
	c.view(func(s *consult.State) {
		if s.Role(c.staff) != consult.Staff || s.Role(c.karim) != consult.Rapporteur {
			t.Errorf("roles %q and %q", s.Role(c.staff), s.Role(c.karim))
		}
	})
	// The list of élus again: nobody loses what they had.
	again := consult.ReadRoster(tab, consult.GuessRoster(tab))
	c.view(again.Compare)
	if again.New != 0 || again.Changed != 0 || again.Same != 6 {
		t.Errorf("again: %d new, %d changed, %d same", again.New, again.Changed, again.Same)
	}
}

// TestRosterKeepsWhatItDoesNotSay: a list takes nothing away by the columns that it
// does not have and the cells that it leaves empty.
func TestRosterKeepsWhatItDoesNotSay(t *testing.T) {
	town := consult.Collectivity{Code: "X0101", Name: "Villebrume", Department: "98", Population: 2400}
	with := func(change func(*consult.Person)) consult.Person {
		p := consult.Person{FirstName: "Zoé", LastName: "Brume", Mandate: "maire", Town: town}
		change(&p)
		return p
	}
	for _, f := range []struct {
		header, row string
		want        consult.Person
	}{
		{"Courriel;Nom;Prénom", "zoe@villebrume.example;Brume;Zoé", with(func(*consult.Person) {})},
		{"Courriel;Nom;Prénom", "zoe@villebrume.example;Brume-Roy;", with(func(p *consult.Person) { p.LastName = "Brume-Roy" })},
		{"Courriel;Mandat", "zoe@villebrume.example;députée", with(func(p *consult.Person) { p.Mandate = "députée" })},
		{"Courriel;Commune;Population", "zoe@villebrume.example;VILLEBRUME;2500", with(func(p *consult.Person) { p.Town.Name, p.Town.Population = "VILLEBRUME", 2500 })},
		{"Courriel;Commune", "zoe@villebrume.example;Rade", with(func(p *consult.Person) { p.Town = consult.Collectivity{Name: "Rade"} })},
		{"Courriel;Département", "zoe@villebrume.example;97", with(func(p *consult.Person) { p.Town = consult.Collectivity{Department: "97"} })},
		{"Courriel;Commune", "zoe@villebrume.example;", with(func(*consult.Person) {})},
	} {
		c := newCongress(t)
		tab := table(t, "elus.csv", f.header+"\n"+f.row+"\n")
		r := consult.ReadRoster(tab, consult.GuessRoster(tab))
		c.view(r.Compare)
		c.must(c.staff, func(tx *ledger.Tx) error { _, _, err := consult.AccreditAll(tx, r.People); return err })
		c.view(func(s *consult.State) {
			got := *s.Person(c.zoe)
			changed := 0
			if f.want.ID, f.want.Email, f.want.Role = got.ID, got.Email, got.Role; f.want != with(func(p *consult.Person) { p.ID, p.Email, p.Role = got.ID, got.Email, got.Role }) {
				changed = 1
			}
			if got != f.want || r.Changed != changed {
				t.Errorf("%s\n%s: %+v, want %+v; %d changed, want %d", f.header, f.row, got, f.want, r.Changed, changed)
			}
		})
	}
}

func TestRosterGuess(t *testing.T) {
	for _, f := range []struct{ header, row, want string }{
		{"NOM;PRENOM;E-mail;Libellé de la fonction;Libellé de la commune;Code de la commune", "A;B;a@b.example;maire;V;1",
			"{NOM PRENOM  E-mail Libellé de la fonction Libellé de la commune Code de la commune    }"},
		{"Nom complet,Contact", "Ana MARTIN,ana@v.example", "{  Nom complet Contact       }"},
		{"prénom\tnom\tcourriel\trôle\tnom du département\tdépartement\thabitants", "A\tB\ta@b.example\télu\tAube\t10\t5",
			"{nom prénom  courriel    département nom du département habitants rôle}"},
	} {
		tab := table(t, "elus.csv", f.header+"\n"+f.row+"\n")
		if got := fmt.Sprint(consult.GuessRoster(tab)); got != f.want {
			t.Errorf("%s:\n got %s\nwant %s", f.header, got, f.want)
		}
	}
}

func TestRosterNames(t *testing.T) {
	tab := table(t, "elus.csv", "nom complet,courriel\nAna MARTIN,a@v.example\nLE GOFF Yann,y@v.example\nLou de la Rive,l@v.example\nMadonna,m@v.example\n")
	var got []string
	for _, p := range consult.ReadRoster(tab, consult.GuessRoster(tab)).People {
		got = append(got, p.FirstName+"|"+p.LastName)
	}
	if want := "[Ana|MARTIN Yann|LE GOFF Lou|de la Rive |Madonna]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

// FuzzReadings reads whatever file as contributions and as people: every row is
// either taken or named, and nothing is taken twice.
func FuzzReadings(f *testing.F) {
	f.Add("elus.csv", "nom;prénom;courriel\nMartin;Ana;ana@ville.example\n;;x\n")
	f.Add("propositions.csv", "id;titre;texte;auteur;axe;date\n1;T;Un;zoe@v.example;A;hier\n1;;Deux\n")
	f.Add("a.jsonl", "{\"id\":1,\"texte\":\"Un\"}\n")
	people := []*consult.Person{{ID: "z", FirstName: "Zoé", LastName: "Brume", Email: "zoe@v.example", Role: consult.Elu}}
	f.Fuzz(func(t *testing.T, name, text string) {
		tab, err := corpora.Read(name, strings.NewReader(text), corpora.Limits{Rows: 1000})
		if err != nil {
			return
		}
		r := consult.ReadContributions(tab, consult.Choice{Columns: tab.Guess()}, consult.OriginOf(name), &consult.Edition{Axes: []consult.Axis{{ID: "a", Title: "A"}}}, people)
		if len(r.Rows)+r.Left != r.Total || len(r.Rows) != len(r.Lines) || r.Left > 0 && len(r.Doubts) == 0 || r.Origin == "" {
			t.Errorf("%d rows taken, %d left out, %d in all, %d doubts", len(r.Rows), r.Left, r.Total, len(r.Doubts))
		}
		seen := map[string]bool{}
		for _, row := range r.Rows {
			if seen[row.External] || row.External == "" || row.Text == "" {
				t.Errorf("row %+v", row)
			}
			seen[row.External] = true
			if clean, err := consult.CleanText(row.Text); err != nil || clean != row.Text {
				t.Errorf("%q would be altered: %q, %v", row.Text, clean, err)
			}
		}
		p := consult.ReadRoster(tab, consult.GuessRoster(tab))
		if len(p.People)+p.Left != p.Total {
			t.Errorf("%d people, %d left out, %d in all", len(p.People), p.Left, p.Total)
		}
		for _, s := range consult.ReadStatements("m", consult.Statements(text)) {
			if s.Text == "" || s.External == "" {
				t.Errorf("%+v", s)
			}
		}
	})
}
