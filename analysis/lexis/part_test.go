package lexis

import (
	"strings"
	"testing"
)

func TestNominal(t *testing.T) {
	for _, c := range []struct {
		text, form string
		want       bool
	}{
		{"Les bus sont rares le soir.", "bus", true},
		{"Il faut aider les familles.", "aider", false},
		{"Le changement climatique nous inquiète.", "changement climatique", true},
		{"Le changement climatique nous inquiète.", "climatique", false},
		{"L'ancien président est revenu.", "ancien président", true},
		{"Il faut prendre en compte le vote blanc.", "compte", false},
		{"Je ne suis pas d'accord avec vous.", "accord", false},
		{"Un accord a été signé.", "accord", true},
		{"Nous vivons à Lille.", "Lille", true},
		{"La Russie lance une offensive.", "Russie lance", false},
	} {
		var l Lexicon
		words := l.Read(c.text)
		var p parts
		p.open(c.text)
		found := false
		for from := range words {
			for to := from + 1; to <= len(words); to++ {
				if c.text[words[from].Start:words[to-1].End] == c.form {
					found = true
					if got := p.nominal(words[from:to]); got != c.want {
						t.Errorf("%q in %q: %v, want %v", c.form, c.text, got, c.want)
					}
				}
			}
		}
		if !found {
			t.Errorf("%q is not in %q", c.form, c.text)
		}
	}
}

func TestMay(t *testing.T) {
	text := "bus aider climatique proposent fracture zblurg très élu·es"
	var l Lexicon
	want := []bool{true, false, true, false, true, true, false, true}
	var names nominal
	for i, w := range l.Read(text) {
		if got := names.may(w, text); got != want[i] {
			t.Errorf("%s: %v, want %v", text[w.Start:w.End], got, want[i])
		}
	}
}

func TestTitled(t *testing.T) {
	for text, want := range map[string]bool{
		"On a vu M. Durand ici.": true, "On a vu Lionel Durand ici.": true, "La ministre Durand parle.": true,
		"La ville Durand existe.": false, "Selon Durand, rien.": false, "Un durand passe.": false,
	} {
		var l Lexicon
		words := l.Read(text)
		var p parts
		p.open(text)
		for i, w := range words {
			if strings.EqualFold(text[w.Start:w.End], "durand") {
				p.nominal(words[i : i+1])
				if got := p.titled(p.find(int(w.Start))); got != want {
					t.Errorf("%s: %v", text, got)
				}
			}
		}
	}
}
