package analysis

import (
	"context"
	"slices"
	"testing"

	"github.com/villes-internet/congres/corpora"
)

// TestWholeTexts gives every text back to the byte, through rapport.json too.
func TestWholeTexts(t *testing.T) {
	c := small()
	for n, text := range []string{
		"Un titre\n\nUn paragraphe sur les bus du soir. Une suite,  avec deux espaces.\n\n- une puce sur les bus\r\n- une autre puce sur les cantines\n",
		"  \tLes bus du soir sont rares.", "***\n\nLes cantines scolaires. ***", "\n",
	} {
		c.Documents = append(c.Documents, corpora.Document{ID: "plus " + string(rune('a'+n)), Text: text})
	}
	r, err := Run(context.Background(), c, Settings{Themes: 2})
	if err != nil {
		t.Fatal(err)
	}
	v := r.view()
	if len(v.Texts) != len(c.Documents) {
		t.Fatalf("%d texts, want %d", len(v.Texts), len(c.Documents))
	}
	for i, d := range c.Documents {
		if v.Texts[i].Text != d.Text {
			t.Errorf("text %s: %q, want %q", d.ID, v.Texts[i].Text, d.Text)
		}
	}
	if plain := r.Documents[3].Between; plain != nil {
		t.Errorf("%q is said of a text of one sentence", plain)
	}
	odd := &Placed{Between: []string{"a"}}
	if got := odd.text([]*Segment{{Text: "Un."}, {Text: "Deux."}}); got != "Un. Deux." {
		t.Errorf("a text of before: %q", got)
	}
	if got := between("ab", []piece{{start: 0, end: 1}, {start: 1, end: 2}}); !slices.Equal(got, []string{"", "", ""}) {
		t.Errorf("segments that touch: %q", got)
	}
}
