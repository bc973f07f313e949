package lexicon

import (
	"errors"
	"fmt"
	"slices"
	"testing"
)

func (r Reading) String() string { return fmt.Sprintf("%s/%s/%d", r.Lemma, r.POS, r.Features) }

func TestBytes(t *testing.T) {
	forms := map[string][]Reading{
		"élue":   {{"élu", NOUN, Singular | Feminine}, {"élire", VERB, Past}},
		"élues":  {{"élu", NOUN, Plural | Feminine}},
		"nue":    {{"nu", ADJ, Singular | Feminine}},
		"été":    {{"été", NOUN, Singular}, {"être", VERB, Past}},
		"a":      {{"avoir", VERB, Singular}},
		"à":      {{"à", ADP, 0}},
		"Zürich": {{"Zürich", PROPN, 0}},
	}
	data, err := Bytes(forms)
	if err != nil {
		t.Fatal(err)
	}
	l, err := Read(string(data))
	if err != nil {
		t.Fatal(err)
	}
	for form, want := range forms {
		if got := l.Lookup(nil, form); !slices.Equal(got, want) {
			t.Errorf("Lookup(%q) = %v, want %v", form, got, want)
		}
	}
	for _, form := range []string{"", "é", "élu", "éluess", "zürich", "\xc3", "a\xff", "élue\xff\x00\x00"} {
		if got := l.Lookup(nil, form); got != nil {
			t.Errorf("Lookup(%q) = %v", form, got)
		}
	}
	again, _ := Bytes(forms)
	if !slices.Equal(again, data) {
		t.Error("the same forms give other bytes")
	}
	for i := range data {
		if _, err := Read(string(data[:i])); !errors.Is(err, ErrFormat) {
			t.Errorf("%d bytes of a lexicon are taken for one", i)
		}
	}
	data[len(magic)]++
	if _, err := Read(string(data)); !errors.Is(err, ErrFormat) {
		t.Error("a later version is taken for this one")
	}
}

// TestFrench reads the embedded lexicon.
func TestFrench(t *testing.T) {
	for _, c := range []struct {
		form string
		want Reading
	}{
		{"élues", Reading{"élue", NOUN, Plural | Feminine}},
		{"chevaux", Reading{"cheval", NOUN, Plural | Masculine}},
		{"portes", Reading{"porter", VERB, Singular}},
		{"portes", Reading{"porte", NOUN, Plural | Feminine}},
		{"fracturée", Reading{"fracturer", VERB, Past | Singular | Feminine}},
		{"fracturée", Reading{"fracturé", ADJ, Singular | Feminine}},
		{"nationales", Reading{"national", ADJ, Plural | Feminine}},
		{"suis", Reading{"être", VERB, Singular}},
		{"aller", Reading{"aller", VERB, Infinitive}},
		{"finissant", Reading{"finir", VERB, Present}},
		{"lentement", Reading{"lentement", ADV, 0}},
	} {
		if got := French().Lookup(nil, c.form); !slices.Contains(got, c.want) {
			t.Errorf("Lookup(%q) = %v, want also %v", c.form, got, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	data, _ := Bytes(map[string][]Reading{"élue": {{"élu", NOUN, Singular}}, "élues": {{"élu", NOUN, Plural}}})
	f.Add(string(data), "élue")
	f.Fuzz(func(t *testing.T, data, form string) {
		if l, err := Read(data); err == nil {
			l.Lookup(nil, form)
		}
	})
}

func BenchmarkLookup(b *testing.B) {
	l := French()
	var dst []Reading
	for b.Loop() {
		for _, form := range []string{"communes", "numérique", "porte", "xyz"} {
			dst = l.Lookup(dst[:0], form)
		}
	}
}
