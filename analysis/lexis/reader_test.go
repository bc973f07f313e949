package lexis

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
)

// Two readers leave what one would.
func TestAdopt(t *testing.T) {
	for seed := range uint64(20) {
		texts := random(seed)
		l, rows := readAll(texts)
		var readers [2]Reader
		var adopted Lexicon
		for i, text := range texts {
			r := &readers[int(seed)*i%3%2]
			words := r.Read(text)
			adopted.Adopt(r, words)
			if !slices.Equal(words, rows[i]) {
				t.Fatalf("seed %d: %q\n got %v\nwant %v", seed, text, words, rows[i])
			}
		}
		got, want := fmt.Sprint(adopted.Forms, adopted.Roots, adopted.Lemmas, adopted.Count, adopted.Best()), fmt.Sprint(l.Forms, l.Roots, l.Lemmas, l.Count, l.Best())
		if got != want {
			t.Errorf("seed %d:\n got %s\nwant %s", seed, got, want)
		}
	}
}

// A part of a text is read as if it stood alone.
func FuzzPart(f *testing.F) {
	for _, text := range []string{"Nous sommes d' accord. Le plan B. Il faut 10 000 euros", "le  bus: www.ville.fr, a@b.fr élu.e.s M. X", "\u00a01\u00a0000 J.\nD. \xff d'\xc2\xa0accord"} {
		f.Add(text, 8, 30)
	}
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		if start < 0 || end < start || end > len(text) {
			return
		}
		var l Lexicon
		got, want := l.Part(l.Read(text), text, start, end), l.Read(text[start:end])
		if !slices.Equal(got, want) {
			t.Errorf("%q of %q:\n got %v\nwant %v", text[start:end], text, got, want)
		}
	})
}

// What stands in the memory that Append is given says nothing of what it reads.
func TestAppend(t *testing.T) {
	var one, two Lexicon
	var words []Word
	for _, text := range []string{"Compte rendu", "rendu public : Les ÉLU·ES", "", "Les élu·es, l’école"} {
		want := one.Read(text)
		kept := len(words)
		words = two.Append(words, text)
		if got := words[kept:]; len(got) != len(want) || len(got) > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	if !reflect.DeepEqual(one.Forms, two.Forms) || !reflect.DeepEqual(one.Count, two.Count) {
		t.Error("the lexicons differ")
	}
}
