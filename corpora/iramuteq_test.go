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

// A star that only some texts bear, always alike, tells something by being there.
func TestIramuteqMarks(t *testing.T) {
	table := read(t, "a.txt", "**** *Impots_Depenses_Publiques *rang_1 *ville_Lille\nUn\n**** *Impots_Depenses_Publiques *rang_2 *vue\nDeux\n"+
		"**** *Transition_Ecologique *rang_3 *ville_Lille\nTrois\n**** *Transition_Ecologique *rang_4 *vue\nQuatre\n**** *seule_ici *rang_4\nCinq\n")
	if got, want := strings.Join(table.Header, " "), "texte Impots_Depenses_Publiques rang ville vue Transition_Ecologique seule"; got != want {
		t.Errorf("columns %q, want %q", got, want)
	}
	if got, want := rows(table), "Un¦oui¦1¦Lille¦non¦non¦⏎Deux¦oui¦2¦¦oui¦non¦⏎Trois¦non¦3¦Lille¦non¦oui¦⏎Quatre¦non¦4¦¦oui¦oui¦⏎Cinq¦non¦4¦¦non¦non¦ici"; got != want {
		t.Errorf("rows\n got %s\nwant %s", got, want)
	}
	if len(table.Doubts) != 0 {
		t.Errorf("doubts %v", table.Doubts)
	}
	documents, _ := table.Documents(table.Guess())
	if v := documents[2].Variables; v["Transition_Ecologique"] != "oui" || v["Impots_Depenses_Publiques"] != "non" || v["rang"] != "3" || v[VarCommune] != "Lille" {
		t.Errorf("variables %v", v)
	}
	// What cannot be read is said, once; a variable called « texte » is kept.
	table = read(t, "a.txt", "**** *_x *texte_3 *a_1 *a_2\nUn\n**** * *texte_4\nDeux\n")
	if got, want := strings.Join(table.Header, ","), "texte,texte (2),a"; got != want || rows(table) != "Un¦3¦2⏎Deux¦4¦" {
		t.Errorf("columns %q, rows %q", got, rows(table))
	}
	if len(table.Doubts) != 2 || table.Doubts[0].Line != 1 || !strings.Contains(table.Doubts[0].Sentence, "sans nom") || !strings.Contains(table.Doubts[1].Sentence, "deux fois") {
		t.Errorf("doubts %v", table.Doubts)
	}
	var many strings.Builder
	for i := range 20 {
		many.WriteString(strings.Repeat("**** *v"+strconv.Itoa(i)+"_1\nUn\n", 2))
	}
	table = read(t, "a.txt", many.String())
	if table.Header[mostMarks] != "v11_1" || table.Header[mostMarks+1] != "v12" || len(table.Doubts) != 1 {
		t.Errorf("many marks: %q, doubts %v", table.Header, table.Doubts)
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
