package lexis

import (
	"context"
	"slices"
	"testing"
)

// TestSpelled sees that words have capitals where most people write them, heads
// of sentences and shouting aside.
func TestSpelled(t *testing.T) {
	texts := []string{"La TVA monte. Lille aussi, et la tva baisse.", "La TVA à Lille ! Cantines fermées, les cantines bio.", "IMPÔTS LOCAUX, impôts : presqu’île à Lille"}
	l, rows := readAll(texts)
	got := l.Spelled(texts, rows)
	for _, want := range []string{"TVA", "Lille", "cantines", "impôts", "presqu'île"} {
		if !slices.Contains(got, want) {
			t.Errorf("no %s in %v", want, got)
		}
	}
	for lemma, form := range l.Best() {
		if form == "" != (got[lemma] == "") {
			t.Errorf("lemma %d is %q, spelled %q", lemma, form, got[lemma])
		}
	}
}

// Accents that people leave out are put in where one word only can be meant.
func TestAccented(t *testing.T) {
	for form, want := range map[string]string{
		"systemes": "systèmes", "oeuvres": "œuvres", "Etat": "État", "prise en compte": "prise en compte",
		"l'education nationale": "l'éducation nationale", "cote": "cote", "Senegal": "Sénégal", "TVA": "TVA",
		"zblurg": "zblurg", "": "", "coup d’Etat": "coup d’État",
	} {
		if got := accented(form); got != want {
			t.Errorf("accented(%q) = %q, want %q", form, got, want)
		}
	}
}

// A term has the accents that most mean, and the capitals of most of the corpus; what
// announces people is heard.
func TestTermForms(t *testing.T) {
	texts := []string{"Les systemes de la mairie.", "Les systemes de la mairie tombent.", "On parle du système."}
	group := []int{0, 0, 0}
	for range 4 {
		texts, group = append(texts, "Une Aide Sociale versée."), append(group, 1)
	}
	for range 6 {
		texts, group = append(texts, "Une aide sociale."), append(group, -1)
	}
	for range 40 {
		texts, group = append(texts, "Le bus passe."), append(group, -1)
	}
	l, rows := readAll(texts)
	document := make([]int, len(texts))
	for i := range document {
		document[i] = i
	}
	x := NewIndex(context.Background(), rows, texts, document, len(l.Lemmas))
	terms := x.Terms(context.Background(), group, 2, 50)
	forms := make(map[string]Term)
	for _, list := range terms {
		for _, t := range list {
			forms[t.Form] = t
		}
	}
	for _, want := range []string{"systèmes", "aide sociale"} {
		if forms[want].In == 0 {
			t.Errorf("no %q in %v", want, forms)
		}
	}
	if forms["Aide Sociale"].In > 0 {
		t.Error("capitals that most do not write")
	}
}
