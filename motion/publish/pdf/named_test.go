package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestHeld sees that a character is shown as itself, as one like it, by name, or
// not at all, and never as another.
func TestHeld(t *testing.T) {
	opened, err := fonts().open()
	if err != nil {
		t.Fatal(err)
	}
	s := setter{opened}
	for _, c := range []struct{ text, want string }{
		{"χ² ≥ → Жuk ½", "χ² ≥ → Жuk ½"}, {"le bus 🚌 passe", "le bus [bus] passe"}, {"🦬", "[U+1F9AC]"}, {"🇫🇷🇧", "[drapeau\u00a0FR][U+1F1E7]"},
		{"👍🏽 ❤️ 1️⃣", "[pouce\u00a0levé] [cœur] 1"}, {"a\u200db", "ab"}, {"➜ vite ?", "→ vite ?"}, {"漢", "[U+6F22]"},
	} {
		got := ""
		for _, g := range s.glyphs(nil, c.text, 0, 11, 0, &node{}) {
			for _, part := range append([]glyph{g}, g.parts...) {
				if part.face != nil && (part.width > 0) {
					got += looks(t, part)
				}
			}
		}
		if got != c.want {
			t.Errorf("%q is shown as %q, want %q", c.text, got, c.want)
		}
	}
}

// looks is the character of the font that a glyph shows.
func looks(t *testing.T, g glyph) string {
	t.Helper()
	shown := g.face.chars[g.cid-1].glyph
	for _, r := range []rune{g.r, '→'} {
		if x, err := g.face.font.GlyphIndex(&g.face.buf, r); err == nil && x == shown {
			return string(r)
		}
	}
	return "<another>"
}

// TestNamed sees that what is shown by name is copied as itself.
func TestNamed(t *testing.T) {
	const said = "Le bus 🚌 passe, 🇫🇷 20 h ≥ χ² → gare 🦬."
	text := &Text{Title: said, Blocks: []Block{{Kind: Title, Spans: []Span{{Text: said}}}, {Table: &Table{Head: []string{"Mot 🚌"}, Rows: [][]string{{"χ² 🚌"}}}},
		{Figure: &Figure{Width: 300, Height: 40, Alt: "x", Shapes: []Shape{{Form: Label, X: 9, Y: 9, Size: 12, Text: "gare 🚌 ici"}}}}}}
	var b bytes.Buffer
	if err := Write(&b, text, fonts()); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if qpdf, err := exec.LookPath("qpdf"); err == nil {
		if out, err := exec.Command(qpdf, "--check", path).CombinedOutput(); err != nil {
			t.Errorf("qpdf: %s", out)
		}
	}
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not here")
	}
	out, err := exec.Command(reader, path, "-").CombinedOutput()
	words := strings.Join(strings.Fields(string(out)), " ")
	for _, want := range []string{said, "Mot 🚌", "χ² 🚌", "gare 🚌 ici"} {
		if err != nil || !strings.Contains(words, want) {
			t.Errorf("no %q in %q (%v)", want, words, err)
		}
	}
}
