package corpora

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestPeople finds who wrote under the headers that people give, and makes a variable
// of none of what names them or reaches them.
func TestPeople(t *testing.T) {
	for _, h := range []string{"Élu·e", "Élue", "Élu(e)", "Élu", "Nom et prénom", "Vos nom et prénom", "Nom", "Prénom", "Participant·e", "Rédacteur·rice", "Auteur(trice)",
		"Adresse e-mail", "E-mail", "Courriel", "Mél", "Qui êtes-vous ?", "Nom de l’élu·e", "Contributeur⸱rice"} {
		who := "Personne %d"
		if slices.Contains(people.email, named(h)) {
			who = "personne%d@exemple.fr"
		}
		text := h + ";commune;contribution\n"
		for i := range 25 {
			text += fmt.Sprintf(who, i) + ";Lens;Un bus de plus\n"
		}
		table := read(t, "a.csv", text)
		c := table.Guess()
		documents, _ := table.Documents(c)
		if c.Author != h || c.Text != "contribution" || len(documents) != 25 || documents[3].Variables[VarAuthor] == "" || len(documents[3].Variables) != 2 {
			t.Errorf("%s: columns %+v, %d documents", h, c, len(documents))
		}
	}
}

func TestPeopleVariables(t *testing.T) {
	for _, c := range []struct {
		text  string
		want  map[string]string // of the first document
		apart string            // private columns
	}{
		{"Nom;Prénom;Courriel;Téléphone;texte\nDupont;Jeanne;j@exemple.fr;06 12 34 56 78;Un\n", map[string]string{"auteur": "j@exemple.fr"}, "Nom Prénom Téléphone"},
		{"Nom;Prénom;texte\nDupont;Jeanne;Un\n", map[string]string{"auteur": "Jeanne Dupont"}, ""},
		{"Joindre;Rappel;texte\nj@exemple.fr;+33 6 12 34 56 78;Un\nk@exemple.fr;0612345678;Deux\n", map[string]string{"auteur": "j@exemple.fr"}, "Rappel"},
		{"auteur;Nom;texte\ne1;Dupont;Un\n", map[string]string{"auteur": "e1"}, "Nom"},
		{"Élu·e;texte\noui;Un\nnon;Deux\n", map[string]string{"Élu·e": "oui"}, ""},
		{"habitants;texte\n12 345;Un\n500;Deux\n", map[string]string{"taille": "10 000 à 49 999 hab."}, ""},
		{"taille;habitants;texte\npetite;500;Un\n", map[string]string{"taille": "petite", "habitants": "500"}, ""},
		{"taille;texte\n500;Un\n", map[string]string{"taille": "moins de 1 000 hab."}, ""},
	} {
		table := read(t, "a.csv", c.text)
		columns := table.Guess()
		documents, doubts := table.Documents(columns)
		if !reflect.DeepEqual(documents[0].Variables, c.want) || len(doubts) > 0 || strings.Join(table.Private(columns), " ") != c.apart {
			t.Errorf("%q: variables %v, apart %q, doubts %v", c.text, documents[0].Variables, table.Private(columns), doubts)
		}
	}
}

// TestPseudonymous numbers authors by their first texts and changes nothing else.
func TestPseudonymous(t *testing.T) {
	c := Corpus{Documents: []Document{{ID: "a"}, {ID: "b", Variables: map[string]string{VarAuthor: "Zoé", VarCommune: "Lens"}},
		{ID: "c", Variables: map[string]string{VarAuthor: UnknownAuthor}}, {ID: "d", Variables: map[string]string{VarAuthor: "Ana"}}, {ID: "e", Variables: map[string]string{VarAuthor: "Zoé"}}}}
	var got []string
	for _, d := range c.Pseudonymous().Documents {
		got = append(got, d.Variables[VarAuthor])
	}
	if want := []string{"", "1", UnknownAuthor, "2", "1"}; !reflect.DeepEqual(got, want) {
		t.Errorf("authors %q, want %q", got, want)
	}
	if c.Documents[1].Variables[VarAuthor] != "Zoé" {
		t.Error("the corpus was changed")
	}
}
