package consult_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"golang.org/x/text/unicode/norm"
)

// TestCleanText keeps words as they are and takes away what steers a page.
func TestCleanText(t *testing.T) {
	for in, want := range map[string]string{
		"un\r\ndeux\rtrois\u2028quatre":         "un\ndeux\ntrois\nquatre",
		"a\x00b\x1b[31mc\u0085\ufeff":           "ab[31mc",
		"prix \u202E001\u202C euros":            "prix 001 euros",
		"\u2066isolé\u2069 \u2067\u2068":        "isolé",
		"\u202A\u202B\u202D":                    "",
		" \u200b\u2060 ":                        "",
		"مرحبا\u200f et שלום\u200e":             "مرحبا\u200f et שלום\u200e",
		"œuvre — «\u202foui\u202f»\u00a0: 👩🏽‍🌾": "œuvre — «\u202foui\u202f»\u00a0: 👩🏽‍🌾",
		"tab\tet � d’origine":                   "tab\tet � d’origine",
	} {
		got, err := consult.CleanText(in)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("%q: got %q, error %v, want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"\xff", "caf\xe9", "a\xc3", "\xed\xa0\x80"} {
		var field *consult.FieldError
		if got, err := consult.CleanText(in); !errors.As(err, &field) || !strings.Contains(field.Problem, "n’ont pas pu être lus") {
			t.Errorf("%q: got %q, error %v, want to be asked for other letters", in, got, err)
		}
	}
	for in, want := range map[string]bool{"a\r\nb\tc\ufeff": false, "a\u202eb": true, "\u2069": true, "\x00": true, "«\u00a0a\u00a0»": false} {
		if got := consult.HasControls(in); got != want {
			t.Errorf("%q: controls %v, want %v", in, got, want)
		}
	}
}

// TestNamesSteerNothing takes the same out of what is not a contribution.
func TestNamesSteerNothing(t *testing.T) {
	c := newCongress(t)
	id := c.accredit(c.staff, consult.Person{FirstName: "Zoé\u202e", LastName: "Mar\u2066tin", Email: "z@exemple.fr", Mandate: "ma\x00ire", Role: consult.Elu})
	c.view(func(s *consult.State) {
		if p := s.Person(id); p.Name() != "Zoé Martin" || p.Mandate != "maire" {
			t.Errorf("got %q, %q", p.Name(), p.Mandate)
		}
	})
	kept, err := c.submit(c.zoe, "", "Des mots")
	if err != nil {
		t.Fatal(err)
	}
	c.must(c.staff, func(tx *ledger.Tx) error { return consult.Hide(tx, kept.Subject, "hors\u202e  sujet") })
	c.view(func(s *consult.State) {
		if got := s.Contribution(kept.Subject).Hidden; got != "hors sujet" {
			t.Errorf("reason %q", got)
		}
	})
}

// TestImportKeepsRows replaces bytes that are no UTF-8, as the sender was told.
func TestImportKeepsRows(t *testing.T) {
	c := newCongress(t)
	rows := []consult.Imported{{External: "1", Text: "caf\xe9 du village"}}
	for _, want := range []consult.Tally{{New: 1}, {Same: 1}} {
		var got consult.Tally
		c.must(c.staff, func(tx *ledger.Tx) (err error) { got, err = consult.Import(tx, c.edition, "f", rows); return err })
		if got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

// FuzzCleanText: what it keeps is kept again as it is, and steers nothing.
func FuzzCleanText(f *testing.F) {
	for _, s := range []string{"un\r\ndeux", "\u202eabc\u2066", "caf\xe9", "\x00", "« a »\u2029b", "👩🏽‍🌾"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got, err := consult.CleanText(in)
		if err != nil {
			return
		}
		again, err := consult.CleanText(got)
		if err != nil || again != got || consult.HasControls(got) {
			t.Errorf("%q is kept as %q, then as %q, error %v", in, got, again, err)
		}
	})
}

// TestComparable folds every letter alone and among others as Unicode decomposes it.
func TestComparable(t *testing.T) {
	for in, want := range map[string]string{
		"Cœur d’ÎLE, Ægir": "coeur d'ile, aegir", "e\u0301te\u0301": "ete", "Ångström №": "angstrom №", "Ελλάδα": "ελλαδα", "a\xffb": "a\uFFFDb", "": "",
	} {
		if got := consult.Comparable(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for r := rune(1); r < 0x3000; r++ {
		want := strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFD.String(strings.ToLower("a"+string(r)+"z")))
		want = strings.NewReplacer("œ", "oe", "æ", "ae", "’", "'").Replace(want)
		if got := consult.Comparable("a" + string(r) + "z"); got != want {
			t.Errorf("%U: %q, want %q", r, got, want)
		}
	}
}
