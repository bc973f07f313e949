package motion

import (
	"reflect"
	"strings"
	"testing"

	"github.com/villes-internet/congres/motion/ydoc"
)

func said(text string, citations ...string) ydoc.Op {
	a := map[string]any{}
	for _, c := range citations {
		a["cite--"+c] = true
	}
	return ydoc.Op{Insert: text, Attributes: a}
}

func TestRedact(t *testing.T) {
	const gone, kept = "x@1:0-12", "k@1:0-5"
	erased := map[string]bool{"x": true}
	for _, tt := range []struct {
		name  string
		ops   []ydoc.Op
		want  string
		cites []string
	}{
		{"a quote and its signature", []ydoc.Op{said("Selon «\u202f"), said("je dis 😀 tout", gone), said("\u202f» (Zoé (LR), maire), on agit."), line("item|i")},
			"Selon «\u202f[propos effacé]\u202f» (contribution effacée), on agit.", nil},
		{"two quotes", []ydoc.Op{said("«\u202f"), said("mots", gone), said("\u202f» (Zoé)\u202f; «\u202f"), said("autres", kept), said("\u202f» (Ali)"), line("item|i")},
			"«\u202f[propos effacé]\u202f» (contribution effacée)\u202f; «\u202fautres\u202f» (Ali)", []string{kept}},
		{"uncited ends of a quote go too", []ydoc.Op{said("« Oui, "), said("mots", gone), said(" dits. » Fin"), line("item|i")},
			"« [propos effacé] » Fin", nil},
		{"another's words in the same quote stay", []ydoc.Op{said("« "), said("mots", gone), said(" autres", kept), said(" » Fin"), line("item|i")},
			"« [propos effacé] autres » Fin", []string{kept}},
		{"the motion's own words stay", []ydoc.Op{said("Considérant que bien des choses manquent partout", gone), said(", agissons."), line("item|i")},
			"Considérant que bien des choses manquent partout, agissons.", nil},
		{"words as long as the segment are a quote", []ydoc.Op{said("Il a dit "), said("douze lettres"[:12], gone), said(" (Zoé)."), line("item|i")},
			"Il a dit «\u202f[propos effacé]\u202f» (contribution effacée).", nil},
		{"a quote within a cited sentence", []ydoc.Op{said("Considérant que « tout va » et que rien ne va bien", gone, kept), line("item|i")},
			"Considérant que « [propos effacé] » et que rien ne va bien", []string{kept}},
		{"never closed", []ydoc.Op{said("« "), said("mots", gone), line("item|i"), said("« reste »")}, "« [propos effacé]", nil},
		{"never closed, and others went on", []ydoc.Op{said("Voici. « "), said("mots", gone), said(" Nous demandons aussi. "), said("Et ceci.", kept), line("item|i")},
			"Voici. « [propos effacé] Nous demandons aussi. Et ceci.", []string{kept}},
		{"its closing mark is the segment's own", []ydoc.Op{said("« "), said("Le « mot » dit", gone), said(" et nous"), line("item|i")},
			"« [propos effacé] et nous", nil},
		{"an embed", []ydoc.Op{said("a"), {Insert: map[string]any{"image": 1}}, said(" « "), said("m", gone), said(" »"), line("item|i")},
			"a\ufffc « [propos effacé] »", nil},
		{"a citation on an embed", []ydoc.Op{said("a"), {Insert: map[string]any{"image": 1}, Attributes: map[string]any{"cite--" + gone: true}}, line("item|i")},
			"a\ufffc", nil},
		{"a cited embed in a quote", []ydoc.Op{said("« a"), {Insert: map[string]any{"image": 1}, Attributes: map[string]any{"cite--" + gone: true}}, said(" »"), line("item|i")},
			"« [propos effacé] »", nil},
		{"a citation on a newline", []ydoc.Op{said("a"), {Insert: "\n", Attributes: map[string]any{"b": "item|i", "cite--" + gone: true}}}, "a", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := ydoc.New(1)
			text := d.Text(Root)
			text.ApplyDelta(tt.ops)
			edit := Redact(text.Delta(), erased)
			if edit == nil {
				t.Fatal("nothing to do")
			}
			text.ApplyDelta(edit)
			got := Parse(text.Delta())
			if s := got.Blocks[0].Text(); s != tt.want {
				t.Errorf("\n got %q\nwant %q", s, tt.want)
			}
			if c := got.Citations(); !reflect.DeepEqual(c, tt.cites) {
				t.Errorf("cites %v, want %v", c, tt.cites)
			}
			if Redact(text.Delta(), erased) != nil {
				t.Error("there is something left to do")
			}
			for _, op := range text.Delta() {
				for key := range op.Attributes {
					if strings.Contains(key, gone) {
						t.Errorf("%q still cites it", op.Insert)
					}
				}
			}
		})
	}
	// A quote that somebody parted in two blocks.
	d := ydoc.New(1)
	text := d.Text(Root)
	text.ApplyDelta([]ydoc.Op{said("« "), said("des mots", gone), line("item|i"), said("et d’autres", gone), said(" » Fin. "), said("À nous", gone), line("item|j")})
	text.ApplyDelta(Redact(text.Delta(), erased))
	if b := Parse(text.Delta()).Blocks; b[0].Text() != "« [propos effacé]" || b[1].Text() != "[propos effacé] » Fin. À nous" {
		t.Errorf("a quote in two blocks: %q, %q", b[0].Text(), b[1].Text())
	}
	if Redact([]ydoc.Op{said("« mots »", kept)}, erased) != nil || Redact([]ydoc.Op{said("« mots »", gone)}, nil) != nil {
		t.Error("an edit though nothing was erased")
	}
}
