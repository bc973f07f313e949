package consult

import (
	"fmt"
	"testing"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// TestPeopleOrder has people in the order in which a French dictionary compares
// their names.
func TestPeopleOrder(t *testing.T) {
	s, french := NewState(), collate.New(language.French)
	for i, name := range []string{"Élan", "elan", "Elan", "ÉLAN", "Éluard", "côte", "coté", "côté", "cote", "Œuvre", "oeuf", "Zoé", "zoe", "de la Tour", "De Latour", "Le-Goff", "Le Goff", "O’Brien", "O'Brien", "Ça", "", "Abélard"} {
		for _, first := range []string{"Éve", "Ana", "eve"} {
			id := fmt.Sprint(i, first)
			s.put(&Person{ID: id, FirstName: first, LastName: name, Role: Elu})
		}
	}
	all := s.People()
	for i := 1; i < len(all); i++ {
		a, b := all[i-1], all[i]
		last, first := french.CompareString(a.LastName, b.LastName), french.CompareString(a.FirstName, b.FirstName)
		if last > 0 || last == 0 && (first > 0 || first == 0 && a.ID > b.ID) {
			t.Errorf("%s %s is before %s %s", a.LastName, a.FirstName, b.LastName, b.FirstName)
		}
	}
	if len(all) != 66 || all[0].LastName != "" || all[65].LastName != "Zoé" {
		t.Errorf("%d people, %q the first, %q the last", len(all), all[0].LastName, all[len(all)-1].LastName)
	}
}
