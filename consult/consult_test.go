package consult_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/bolt"
	"github.com/villes-internet/congres/corpora"
)

// congress is an open edition with a member of staff and two élus.
type congress struct {
	t                          *testing.T
	path                       string
	now                        time.Time
	store                      *bolt.Store
	ledger                     *ledger.Ledger
	staff, zoe, karim, edition string
	axis                       string
}

func newCongress(t *testing.T) *congress {
	c := &congress{t: t, path: filepath.Join(t.TempDir(), "congres.db"), now: time.Date(2026, 11, 10, 8, 0, 0, 0, time.UTC)}
	c.open()
	t.Cleanup(func() { c.close() })
	c.staff = c.accredit("", consult.Person{Email: "equipe@congres.example", Role: consult.Staff})
	town := consult.Collectivity{Code: "X0101", Name: "Villebrume", Department: "98", Population: 2400}
	c.zoe = c.accredit(c.staff, consult.Person{FirstName: "Zoé", LastName: "Brume", Email: "zoe@villebrume.example", Mandate: "maire", Town: town, Role: consult.Elu})
	c.karim = c.accredit(c.staff, consult.Person{FirstName: "Karim", LastName: "Haddad", Email: "karim@villebrume.example", Mandate: "adjoint", Town: town, Role: consult.Elu})
	c.must(c.staff, func(tx *ledger.Tx) (err error) {
		c.edition, err = consult.OpenEdition(tx, consult.Edition{
			Title: "Congrès 2026", Axes: []consult.Axis{{Title: "Inclusion", Question: "Comment n'oublier personne ?"}},
			Opens: c.now.Add(-24 * time.Hour), Closes: c.now.Add(24 * time.Hour), Readers: consult.ReadElus, Names: consult.ByName,
		})
		return err
	})
	c.view(func(s *consult.State) { c.axis = s.Edition(c.edition).Axes[0].ID })
	return c
}

func (c *congress) open() {
	c.t.Helper()
	var err error
	clock := func() time.Time { return c.now }
	if c.store, err = bolt.Open(c.t.Context(), c.path, &bolt.Options{Now: clock}); err != nil {
		c.t.Fatal(err)
	}
	c.ledger, err = ledger.Open(c.t.Context(), ledger.Config{Journal: c.store, Now: clock,
		Folds: func() []ledger.Fold { return []ledger.Fold{consult.NewState()} }})
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *congress) close() { c.ledger.Close(); c.store.Close() }

func (c *congress) do(actor, key string, fn func(*ledger.Tx) error) (ledger.Outcome, error) {
	return c.ledger.Do(c.t.Context(), ledger.Command{Actor: actor, Key: key, Decide: fn})
}

func (c *congress) must(actor string, fn func(*ledger.Tx) error) {
	c.t.Helper()
	if _, err := c.do(actor, "", fn); err != nil {
		c.t.Fatal(err)
	}
}

func (c *congress) accredit(actor string, p consult.Person) (id string) {
	c.t.Helper()
	c.must(actor, func(tx *ledger.Tx) (err error) { id, _, err = consult.Accredit(tx, p); return err })
	return id
}

func (c *congress) submit(actor, key, text string) (ledger.Outcome, error) {
	return c.do(actor, key, func(tx *ledger.Tx) error { _, err := consult.Submit(tx, c.edition, c.axis, text); return err })
}

func (c *congress) view(fn func(*consult.State)) {
	c.ledger.View(func(v ledger.View) { fn(ledger.Of[*consult.State](v)) })
}

func TestSubmit(t *testing.T) {
	c := newCongress(t)
	first, err := c.submit(c.zoe, "k1", "  L'accès à l'Internet\r\nest un droit.\x00 ")
	if err != nil {
		t.Fatal(err)
	}
	c.view(func(s *consult.State) {
		if got, want := s.Contribution(first.Subject).Text(), "L'accès à l'Internet\nest un droit."; got != want {
			t.Errorf("text = %q, want %q", got, want)
		}
	})
	again, err := c.submit(c.zoe, "k1", "L'accès à l'Internet est un droit.")
	if err != nil || !again.Repeated || again.Subject != first.Subject {
		t.Errorf("the same key again = %+v, %v; want the first contribution", again, err)
	}
	for _, tc := range []struct {
		name, actor, text string
		want              error
	}{
		{"staff", c.staff, "bonjour", consult.ErrForbidden},
		{"visitor", "", "bonjour", consult.ErrForbidden},
		{"unknown", store.NewID(), "bonjour", consult.ErrForbidden},
	} {
		if _, err := c.submit(tc.actor, "", tc.text); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
	for _, text := range []string{"", " \n\t", "\x00\x01", strings.Repeat("é", consult.MaxText+1)} {
		var field *consult.FieldError
		if _, err := c.submit(c.zoe, "", text); !errors.As(err, &field) || field.Field != "texte" {
			t.Errorf("text of %d bytes: %v, want a FieldError", len(text), err)
		}
	}
	if _, err := c.submit(c.zoe, "", strings.Repeat("é", consult.MaxText)); err != nil {
		t.Errorf("the longest text: %v", err)
	}
}

func TestWindowIsOpenFromItsFirstInstantToBeforeItsLast(t *testing.T) {
	c := newCongress(t)
	var opens, closes time.Time
	c.view(func(s *consult.State) { opens, closes = s.Edition(c.edition).Opens, s.Edition(c.edition).Closes })
	for _, tc := range []struct {
		at   time.Time
		want error
	}{
		{opens.Add(-time.Millisecond), consult.ErrNotOpen}, {opens, nil},
		{closes.Add(-time.Millisecond), nil}, {closes, consult.ErrOver}, {closes.Add(time.Second), consult.ErrOver},
	} {
		c.now = tc.at
		if _, err := c.submit(c.zoe, "", "à "+tc.at.String()); !errors.Is(err, tc.want) {
			t.Errorf("at %s: %v, want %v", tc.at, err, tc.want)
		}
	}
}

func TestImportTwiceAddsNothing(t *testing.T) {
	c := newCongress(t)
	rows := []consult.Imported{{External: "1", Text: "Un"}, {External: "2", Text: "Deux"}, {External: "2", Text: "Deux bis"}, {External: "3"}}
	run := func() (tally consult.Tally) {
		c.must(c.staff, func(tx *ledger.Tx) (err error) {
			tally, err = consult.Import(tx, c.edition, "fichier", rows)
			return err
		})
		return tally
	}
	if got, want := run(), (consult.Tally{New: 2, Refused: 2}); got != want {
		t.Errorf("first import = %+v, want %+v", got, want)
	}
	if got, want := run(), (consult.Tally{Same: 2, Refused: 2}); got != want {
		t.Errorf("second import = %+v, want %+v", got, want)
	}
	rows[0].Text = "Un, corrigé"
	if got, want := run(), (consult.Tally{Changed: 1, Same: 1, Refused: 2}); got != want {
		t.Errorf("changed import = %+v, want %+v", got, want)
	}
	c.view(func(s *consult.State) {
		page := consult.Holding(s.Contributions(consult.Query{Edition: c.edition}), "CORRIGE")
		if len(page) != 1 || page[0].Version() != 2 || page[0].Versions[0].Text != "Un" {
			t.Errorf("found %d, want the second version and the first kept", len(page))
		}
		if n := s.Count(c.edition); n != (consult.Count{Contributions: 2, Unknown: 2}) {
			t.Errorf("count = %+v: unknown authors are no élus", n)
		}
	})
}

// TestImportAgain: a file that comes again undoes nothing that its authors did since.
func TestImportAgain(t *testing.T) {
	c := newCongress(t)
	rows := []consult.Imported{{External: "1", Author: c.zoe, Text: "Du fichier"}}
	run := func(want consult.Tally) {
		t.Helper()
		var got consult.Tally
		c.must(c.staff, func(tx *ledger.Tx) (err error) { got, err = consult.Import(tx, c.edition, "f", rows); return err })
		if got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	run(consult.Tally{New: 1})
	var id string
	c.view(func(s *consult.State) {
		page := s.Contributions(consult.Query{Edition: c.edition})
		id = page[0].ID
	})
	c.must(c.zoe, func(tx *ledger.Tx) error { return consult.Revise(tx, id, "Corrigé par Zoé") })
	run(consult.Tally{Same: 1})
	c.view(func(s *consult.State) {
		if got := s.Contribution(id).Text(); got != "Corrigé par Zoé" || s.Known(c.edition, "f", rows[0]) != "inchangée" {
			t.Errorf("it says %q, %s", got, s.Known(c.edition, "f", rows[0]))
		}
	})
	c.must(c.staff, func(tx *ledger.Tx) error { _, err := consult.ErasePerson(tx, c.karim); return err })
	rows = []consult.Imported{{External: "2", Author: c.karim, Text: "De qui n’est plus là"}}
	run(consult.Tally{Refused: 1})
}

// TestCount: who joins the staff is nobody's élu any more, whatever they wrote before.
func TestCount(t *testing.T) {
	c := newCongress(t)
	for _, who := range []string{c.zoe, c.zoe, c.karim} {
		if _, err := c.submit(who, "", "Des mots de "+who); err != nil {
			t.Fatal(err)
		}
	}
	want := func(want consult.Count) {
		t.Helper()
		c.view(func(s *consult.State) {
			if got := s.Count(c.edition); got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
	want(consult.Count{Contributions: 3, Elus: 2, Communes: 1})
	c.must(c.staff, func(tx *ledger.Tx) error { return consult.Assign(tx, c.zoe, consult.Staff) })
	want(consult.Count{Contributions: 3, Unknown: 2, Elus: 1, Communes: 1})
}

// TestImportByWords: rows without an identifier are known by their words, also when
// their author is no longer recognised, and what was erased does not come back.
func TestImportByWords(t *testing.T) {
	c := newCongress(t)
	run := func(author string, want consult.Tally) {
		t.Helper()
		file, err := corpora.Read("f.csv", strings.NewReader("texte\nPlus de bus\n"), corpora.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		var e *consult.Edition
		c.view(func(s *consult.State) { e = s.Edition(c.edition) })
		rows := consult.ReadContributions(file, consult.Choice{Columns: file.Guess()}, "f", e, nil).Rows
		rows[0].Author = author
		var got consult.Tally
		c.must(c.staff, func(tx *ledger.Tx) (err error) { got, err = consult.Import(tx, c.edition, "f", rows); return err })
		if got != want {
			t.Errorf("by %q: got %+v, want %+v", author, got, want)
		}
	}
	run(c.zoe, consult.Tally{New: 1})
	run("", consult.Tally{Same: 1})
	run(c.karim, consult.Tally{New: 1})
	run(c.karim, consult.Tally{Same: 1})
	c.must(c.staff, func(tx *ledger.Tx) error { _, err := consult.ErasePerson(tx, c.zoe); return err })
	again := c.accredit(c.staff, consult.Person{Email: "zoe@villebrume.example", Role: consult.Elu})
	run(again, consult.Tally{Same: 1})
	run(c.karim, consult.Tally{Same: 1})
}

// TestLastOfStaff: somebody must be able to run the congress.
func TestLastOfStaff(t *testing.T) {
	c := newCongress(t)
	erase := func() error {
		_, err := c.do(c.staff, "", func(tx *ledger.Tx) error { _, err := consult.ErasePerson(tx, c.staff); return err })
		return err
	}
	var told *consult.FieldError
	if err := erase(); !errors.As(err, &told) {
		t.Fatalf("the last member of staff goes: %v", err)
	}
	c.accredit(c.staff, consult.Person{Email: "autre@congres.example", Role: consult.Staff})
	if err := erase(); err != nil {
		t.Errorf("one of two may not go: %v", err)
	}
}

func TestErasure(t *testing.T) {
	c := newCongress(t)
	const secret = "une phrase que Zoé ne veut plus voir"
	out, err := c.submit(c.zoe, "", secret)
	if err != nil {
		t.Fatal(err)
	}
	c.must(c.staff, func(tx *ledger.Tx) error {
		_, err := consult.Import(tx, c.edition, "f", []consult.Imported{{External: "9", Author: c.zoe, Text: secret + " (bis)"}})
		return err
	})
	other, _ := c.submit(c.karim, "", "une autre phrase")
	c.must(c.zoe, func(tx *ledger.Tx) error { return consult.Support(tx, other.Subject, true) })
	if _, err := c.do(c.karim, "", func(tx *ledger.Tx) error { _, err := consult.ErasePerson(tx, c.zoe); return err }); !errors.Is(err, consult.ErrForbidden) {
		t.Fatalf("another élu erases: %v, want ErrForbidden", err)
	}
	c.must(c.zoe, func(tx *ledger.Tx) error { _, err := consult.ErasePerson(tx, c.zoe); return err })
	check := func() {
		t.Helper()
		c.view(func(s *consult.State) {
			if x := s.Contribution(out.Subject); !x.Erased || x.Text() != "" {
				t.Errorf("the contribution still has its words")
			}
			if n := len(consult.Holding(s.Contributions(consult.Query{Edition: c.edition}), "phrase")); n != 1 {
				t.Errorf("search finds %d, want the other one alone", n)
			}
			if p := s.Person(c.zoe); !p.Erased || p.Email != "" || s.PersonByEmail("zoe@villebrume.example") != nil {
				t.Errorf("the person is still known: %+v", p)
			}
			if n := len(s.Contribution(other.Subject).Supports); n != 0 {
				t.Errorf("%d supports, want none", n)
			}
		})
		c.must(c.staff, func(tx *ledger.Tx) error {
			tally, err := consult.Import(tx, c.edition, "f", []consult.Imported{{External: "9", Text: secret + " (bis)"}})
			if tally.New != 0 {
				t.Errorf("importing again brings erased words back")
			}
			return err
		})
	}
	check()
	c.close()
	c.open()
	check()
	n := 0
	if err := c.store.Read(t.Context(), 1, func(f store.Fact) bool { n++; return !strings.Contains(string(f.Data), secret) }); err != nil {
		t.Errorf("the chain does not verify: %v", err)
	}
	if head, _ := c.store.Head(t.Context()); uint64(n) != head.Seq {
		t.Errorf("fact %d still holds the words", n)
	}
}

func TestNamesAreShownAsTheEditionSays(t *testing.T) {
	c := newCongress(t)
	c.view(func(s *consult.State) {
		e := *s.Edition(c.edition)
		if got, want := s.Signature(&e, c.zoe), "Zoé Brume, maire, Villebrume"; got != want {
			t.Errorf("by name: %q, want %q", got, want)
		}
		e.Names = consult.ByFunction
		if got, want := s.Signature(&e, c.zoe), "maire"; got != want {
			t.Errorf("by function, two élus in town: %q, want %q", got, want)
		}
		if got, want := s.Signature(&e, ""), "auteur inconnu"; got != want {
			t.Errorf("unknown: %q, want %q", got, want)
		}
	})
	for i := range 3 {
		c.accredit(c.staff, consult.Person{Email: string(rune('a'+i)) + "@villebrume.example", Role: consult.Elu,
			Town: consult.Collectivity{Name: "Villebrume", Department: "98"}})
	}
	c.view(func(s *consult.State) {
		e := *s.Edition(c.edition)
		e.Names = consult.ByFunction
		if got, want := s.Signature(&e, c.zoe), "maire, Villebrume"; got != want {
			t.Errorf("by function, five élus in town: %q, want %q", got, want)
		}
	})
	// The mandate in one's own words would say the town, or who alone it is.
	c.accredit(c.staff, consult.Person{Email: "zoe@villebrume.example", FirstName: "Zoé", LastName: "Brume", Role: consult.Elu, Mandate: "Adjointe au maire de Villebrume, déléguée aux drones"})
	c.view(func(s *consult.State) {
		e := *s.Edition(c.edition)
		if e.Names = consult.ByFunction; s.Signature(&e, c.zoe) != "adjoint·e au maire, Villebrume" {
			t.Errorf("by function: %q", s.Signature(&e, c.zoe))
		}
	})
	// Whoever was invited by an address alone is not shown by it.
	var nameless string
	c.view(func(s *consult.State) { nameless = s.PersonByEmail("a@villebrume.example").ID })
	c.view(func(s *consult.State) {
		if got, want := s.Signature(s.Edition(c.edition), nameless), "sans nom, Villebrume"; got != want {
			t.Errorf("without a name: %q, want %q", got, want)
		}
	})
}
