package corpora

import (
	"bytes"
	"errors"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

func TestIramuteqRoundTrip(t *testing.T) {
	texts := []IramuteqText{
		{Stars: []Star{{"commune", "Saint-Étienne", false}, {"an", "2026_avril", false}, {"vue", "", true}, {"vide", "", false}},
			Parts: []IramuteqPart{{"", "Un texte.\n\nÀ deux lignes."}}},
		{Parts: []IramuteqPart{{"", "Avant"}, {"transport", "Le bus"}, {"école_1", ""}, {"transport", "Le vélo"}}},
		{Stars: []Star{{"a", "b", false}}, Parts: []IramuteqPart{{"eau", "Tout de suite"}}},
		{Stars: []Star{{"a", "c", false}}, Parts: []IramuteqPart{{}}},
	}
	var b bytes.Buffer
	if err := WriteIramuteq(&b, texts); err != nil {
		t.Fatal(err)
	}
	got, before := ParseIramuteq(b.String())
	for i := range got {
		got[i].Line = 0
	}
	if before != 0 || !reflect.DeepEqual(got, texts) {
		t.Errorf("read again:\n got %+v\nwant %+v", got, texts)
	}
}

func TestIramuteqCorpus(t *testing.T) {
	c := Corpus{Documents: []Document{
		{ID: "3@x y", Version: 1, Text: "**** pas une étoile\n-* ni un thème", Variables: map[string]string{"nom_de commune": "L’Haÿ-les-Roses", "vide": " "}},
	}}
	var b bytes.Buffer
	if err := WriteIramuteq(&b, c.Iramuteq()); err != nil {
		t.Fatal(err)
	}
	const want = "**** *id_3-x-y *nom-de-commune_L-Haÿ-les-Roses\n **** pas une étoile\n -* ni un thème\n"
	if b.String() != want {
		t.Errorf("wrote %q, want %q", b.String(), want)
	}
	table := read(t, "a.txt", b.String())
	if got := rows(table); got != "**** pas une étoile\n -* ni un thème¦3-x-y¦L-Haÿ-les-Roses" {
		t.Errorf("read %q", got)
	}
}

func TestIramuteqHostile(t *testing.T) {
	latin, _ := charmap.Windows1252.NewEncoder().String("**** *axe_santé\nUn été.\n")
	if table := read(t, "a.txt", latin); table.Encoding != "Windows-1252" || rows(table) != "Un été.¦santé" {
		t.Errorf("Windows-1252: %q", rows(table))
	}
	table := read(t, "a.txt", "**** axe_eau _x *\nUn\n*****\n**** \n")
	if got := rows(table); got != "Un\n*****¦eau⏎¦" {
		t.Errorf("variables without stars: %q", got)
	}
	var many strings.Builder
	for i := range 700 {
		many.WriteString("**** *v" + strconv.Itoa(i) + "_1\nUn\n")
	}
	table = read(t, "a.txt", many.String())
	if len(table.Header) != mostStars+1 || len(table.Doubts) != 1 || !table.Doubts[0].Severe {
		t.Errorf("700 variables: %d columns, doubts %v", len(table.Header), table.Doubts)
	}
	table = read(t, "a.txt", "**** *a_b\n-*eau\nUn\n")
	if len(table.Doubts) != 1 || table.Doubts[0].Severe {
		t.Errorf("a theme: doubts %v", table.Doubts)
	}
	empty := &Table{Name: "a.txt"}
	if err := empty.readIramuteq("rien\n", MaxRows); !errors.Is(err, ErrNoTable) {
		t.Errorf("no star: %v, want %v", err, ErrNoTable)
	}
	if _, before := ParseIramuteq("\nrien\n**** *a_b\n"); before != 2 {
		t.Errorf("something before the first text: line %d, want 2", before)
	}
	if _, err := Read("a.txt", strings.NewReader(strings.Repeat("**** \n", 50<<20/6)), Limits{}); !errors.Is(err, ErrTooMany) {
		t.Errorf("50 MB of stars: %v, want %v", err, ErrTooMany)
	}
}

func FuzzIramuteq(f *testing.F) {
	f.Add("**** *axe_eau *id_3\nUn.\nDeux.\n**** *axe_bus\n-*partie\nTrois.\n")
	f.Add("****\r\n-*\r\n ****\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		once, _ := ParseIramuteq(text)
		var b, again bytes.Buffer
		if err := WriteIramuteq(&b, once); err != nil {
			t.Fatal(err)
		}
		twice, before := ParseIramuteq(b.String())
		if len(twice) != len(once) || before != 0 {
			t.Fatalf("%d texts became %d", len(once), len(twice))
		}
		WriteIramuteq(&again, twice)
		if b.String() != again.String() {
			t.Fatalf("written again:\n%q\n%q", b.String(), again.String())
		}
	})
}
