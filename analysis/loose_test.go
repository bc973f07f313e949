package analysis

import (
	"fmt"
	"testing"

	"github.com/villes-internet/congres/corpora"
)

// Texts that only answer are in no theme, and it is said why; one that says of what
// is in one.
func TestAnswers(t *testing.T) {
	c := corpora.Corpus{}
	add := func(text string) string {
		id := fmt.Sprint(len(c.Documents))
		c.Documents = append(c.Documents, corpora.Document{ID: id, Text: text})
		return id
	}
	for i := range 20 {
		add(fmt.Sprint("Les bus sont rares le soir, ligne ", i))
		add(fmt.Sprint("La cantine de l’école est trop chère, classe ", i))
	}
	answers := map[string]bool{}
	for _, text := range []string{"Excellente proposition !", "bonne idée", "Je partage ce point de vue.", "Mauvais clic de souris, je suis pour", "Exactement. Rien à rajouter"} {
		answers[add(text)] = true
	}
	add("Bonne idée, car les bus sont rares le soir")
	r := analyse(t, c, Settings{})
	for _, s := range r.Segments {
		if got := s.Why == whyAnswer; got != answers[s.Document] || got != (s.Theme == "") {
			t.Errorf("%q: theme %q, %q", s.Text, s.Theme, s.Why)
		}
	}
}

// A theme that holds most of the texts beside others is remarked on, and a name that
// says little of its texts.
func TestSwallowed(t *testing.T) {
	r := &Report{Corpus: Summary{Documents: 10}, Themes: make([]Theme, 4)}
	for i := range 10 {
		id := "a"
		if i > 7 {
			id = "b"
		}
		r.Documents = append(r.Documents, Placed{Theme: id})
	}
	if got := r.swallowed(); len(got) != 1 {
		t.Errorf("eight texts of ten in one theme of four: %q", got)
	}
	r.Documents[0].Theme, r.Documents[1].Theme = "b", "c"
	if got := r.swallowed(); got != nil {
		t.Errorf("six texts of ten: %q", got)
	}
	if got := (Theme{Label: "Divers (bus, eau)"}).Reserve(); got == "" {
		t.Error("a loose theme does not say so")
	}
	if got := (Theme{Label: "Divers (bus, eau)", Named: true}).Reserve() + (Theme{Label: "Bus"}).Reserve(); got != "" {
		t.Errorf("a name that people gave, or that says enough: %q", got)
	}
}
